#pragma once
/// The statistics of a box score's row, which players and teams share: their columns, ranges and
/// identities.

#include <array>
#include <cstdint>
#include <string_view>

#include "collect/import/kind.h"

namespace tipoff::collect {

/// The places of the statistics in a kind's columns: these names in this order, from the kind's own
/// first place on.
enum BoxColumn : std::size_t {
    kBoxMin,
    kBoxPts,
    kBoxFgm,
    kBoxFga,
    kBoxFg3m,
    kBoxFg3a,
    kBoxFtm,
    kBoxFta,
    kBoxOreb,
    kBoxDreb,
    kBoxReb,
    kBoxAst,
    kBoxStl,
    kBoxBlk,
    kBoxTov,
    kBoxPf,
};

/// The greatest believable values: a game with six overtimes fits, a shifted column does not.
struct BoxLimits {
    std::int32_t minutes_low = 0;
    std::int32_t minutes_high = 0;
    std::int32_t points = 0;
    std::int32_t attempts = 0;
    std::int32_t rebounds = 0;
    std::int32_t others = 0;
};

inline constexpr BoxLimits kPlayerLimits{.minutes_low = 0,
                                         .minutes_high = 80,
                                         .points = 110,
                                         .attempts = 70,
                                         .rebounds = 60,
                                         .others = 40};
inline constexpr BoxLimits kTeamLimits{.minutes_low = 235,
                                       .minutes_high = 400,
                                       .points = 250,
                                       .attempts = 180,
                                       .rebounds = 110,
                                       .others = 90};

/// Reads the statistics from `first` on and checks what must hold between them: made is not more
/// than attempted, points and rebounds add up.
template <class Box>
void read_box_statistics(RowFields& row, std::size_t first, const BoxLimits& limits, Box& box) {
    const auto count = [&](BoxColumn column, std::int32_t high) {
        return row.whole(first + column, 0, high);
    };
    box.minutes = row.whole(first + kBoxMin, limits.minutes_low, limits.minutes_high);
    box.points = count(kBoxPts, limits.points);
    const std::int32_t made = count(kBoxFgm, limits.attempts);
    const std::int32_t attempted = count(kBoxFga, limits.attempts);
    const std::int32_t threes_made = count(kBoxFg3m, limits.attempts);
    const std::int32_t threes_attempted = count(kBoxFg3a, limits.attempts);
    const std::int32_t free_throws_made = count(kBoxFtm, limits.attempts);
    const std::int32_t free_throws_attempted = count(kBoxFta, limits.attempts);
    const std::int32_t offensive = count(kBoxOreb, limits.rebounds);
    const std::int32_t defensive = count(kBoxDreb, limits.rebounds);
    box.rebounds = count(kBoxReb, limits.rebounds);
    box.assists = count(kBoxAst, limits.others);
    box.steals = count(kBoxStl, limits.others);
    box.blocks = count(kBoxBlk, limits.others);
    box.turnovers = count(kBoxTov, limits.others);
    box.personal_fouls = count(kBoxPf, limits.others);
    row.check(made <= attempted, first + kBoxFgm, "more made than attempted");
    row.check(threes_made <= threes_attempted, first + kBoxFg3m, "more made than attempted");
    row.check(free_throws_made <= free_throws_attempted, first + kBoxFtm,
              "more made than attempted");
    row.check(threes_made <= made && threes_attempted <= attempted, first + kBoxFg3a,
              "more three-pointers than field goals");
    row.check(box.points == 2 * made + threes_made + free_throws_made, first + kBoxPts,
              "points do not add up: 2 x (FGM - FG3M) + 3 x FG3M + FTM");
    row.check(box.rebounds == offensive + defensive, first + kBoxReb,
              "rebounds do not add up: OREB + DREB");
    box.field_goals_made = made;
    box.field_goals_attempted = attempted;
    box.three_pointers_made = threes_made;
    box.three_pointers_attempted = threes_attempted;
    box.free_throws_made = free_throws_made;
    box.free_throws_attempted = free_throws_attempted;
    box.offensive_rebounds = offensive;
    box.defensive_rebounds = defensive;
}

inline constexpr std::int32_t kMaxPlusMinus = 90;

/// Reads MATCHUP ("DAL vs. BOS" at home, "DAL @ BOS" away) into the reference's two teams and
/// refuses the row when the first of them is not `team`.
void read_matchup(RowFields& row, std::size_t column, TeamId team, GameReference& game);

/// Refuses the row when SEASON_ID ("22022": season type, year) is not that of the game id.
void check_season_id(RowFields& row, std::size_t column, GameId game_id);

/// Refuses the row when the tricode is another team's.
void check_tricode(RowFields& row, std::size_t column, TeamId team);

}  // namespace tipoff::collect
