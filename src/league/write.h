#pragma once
/// A simulated season as files, in the forms in which real data sets come (`tipoff import` reads
/// them).

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "league/season.h"

namespace tipoff::league {

struct WrittenFile {
    std::filesystem::path path;
    std::size_t rows = 0;   ///< without the header
    std::size_t bytes = 0;  ///< compressed
};

using WrittenFiles = std::vector<WrittenFile>;

/// Writes eight files into `directory`, which is made if need be: `player_box`, `team_box`,
/// `schedule`, `shots`, `game_lines`, `player_prop_lines`, `injury_transactions` and
/// `player_positions`, each `_<season>.csv.gz`. Same season and seed, same bytes. Files of these
/// names are replaced. `kIo` when the disk refuses.
[[nodiscard]] Expected<WrittenFiles> write_season(const SimulatedSeason& season,
                                                  const std::filesystem::path& directory);

/// The content of one of those files before compression: "player_box", "team_box", ... A header,
/// then a row a line.
[[nodiscard]] std::string csv_of(const SimulatedSeason& season, std::string_view kind);

}  // namespace tipoff::league
