#pragma once
/// Statistics of a season's player box scores, for comparing a simulated season with real ones. The
/// same code reads both.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace tipoff::league::test {

/// A row of a `player_box` file.
struct BoxRow {
    std::int64_t game = 0;
    std::int64_t player = 0;
    std::int64_t team = 0;
    GameDate date{};
    bool home = false;
    int minutes = 0;
    int points = 0;
    int field_goals_attempted = 0;
    int threes_attempted = 0;
    int free_throws_attempted = 0;
    int offensive_rebounds = 0;
    int defensive_rebounds = 0;
    int assists = 0;
    int steals = 0;
    int blocks = 0;
    int turnovers = 0;
    int fouls = 0;
};

/// The rows of a file's bytes, plain or gzip, by game and team.
[[nodiscard]] std::vector<BoxRow> read_box(std::span<const char> bytes);

struct Moment {
    std::string name;
    double value = 0.0;
};

/// All moments of a season, always the same ones in the same order.
[[nodiscard]] std::vector<Moment> moments_of(std::span<const BoxRow> rows);

/// The value of one of them.
[[nodiscard]] double moment(std::span<const Moment> moments, std::string_view name);

}  // namespace tipoff::league::test
