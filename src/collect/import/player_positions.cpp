/// Positions on the rosters of one season. The season is a column or, as in the files that have
/// none, stands in the file's name.

#include <algorithm>
#include <array>

#include "base/parse.h"
#include "collect/import/kind.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 4> kColumns{"PLAYER_ID", "POSITION", "TeamID", "SEASON"};
enum Column : std::size_t { kPlayerId, kPosition, kTeamId, kSeason };
constexpr std::size_t kRequired = kSeason;

constexpr std::array<std::string_view, 1> kAbsent{"GAME_ID"};

/// "G", or two of them with a hyphen: "G-F".
bool is_position(std::string_view text) {
    const auto is_letter = [](char c) { return c == 'G' || c == 'F' || c == 'C'; };
    if (text.size() == 1) return is_letter(text[0]);
    return text.size() == 3 && is_letter(text[0]) && text[1] == '-' && is_letter(text[2]);
}

/// The season in a name such as "player_positions_2021-22.csv.gz".
std::optional<Season> season_in_name(std::string_view file_name) {
    constexpr std::size_t kLength = 7;
    for (std::size_t at = 0; at + kLength <= file_name.size(); ++at) {
        if (const auto season = Season::parse(file_name.substr(at, kLength))) return *season;
    }
    return std::nullopt;
}

Season read_season(RowFields& row, const StagedFile& file) {
    if (row.refused()) return {};
    if (!row.raw(kSeason).empty()) {
        const auto season = Season::parse(row.raw(kSeason));
        row.check(season.has_value(), kSeason, "not a season such as 2022-23");
        return season.value_or(Season{});
    }
    const auto season = season_in_name(file.file_name);
    row.check(season.has_value(), kSeason,
              "no season: neither a column SEASON nor one such as 2022-23 in the file's name");
    return season.value_or(Season{});
}

/// The next season's first day (see `season_of`), at midnight.
Instant start_of_next(Season season) {
    const int year = season.start_year() + 1;
    const std::chrono::month month = year == 2020 ? std::chrono::December : std::chrono::October;
    return eastern_instant({std::chrono::sys_days{std::chrono::year{year} / month / 1}}, {});
}

void read(RowFields& row, RowOutput output) {
    StagedPosition staged;
    staged.line = output.line;
    Position& position = staged.row;
    position.source = kPlayerPositionsKind.name;
    position.player_id = row.player_id(kPlayerId);
    position.position = row.required_text(kPosition);
    row.check(is_position(position.position), kPosition, "not a position such as G, F, C or G-F");
    const std::string_view team = row.raw(kTeamId);
    if (!team.empty() && team != "0") position.team_id = row.team_id(kTeamId);
    position.season = read_season(row, output.file);
    if (row.refused()) return;
    position.known_at = {start_of_next(position.season)};
    position.known_at_basis = kBasisAssumed;
    output.file.records.positions.push_back(std::move(staged));
}

}  // namespace

const Kind kPlayerPositionsKind{.name = "player_positions",
                                .columns = kColumns,
                                .required = kRequired,
                                .absent = kAbsent,
                                .read = read};

}  // namespace tipoff::collect
