// What opponents allow of rebounds, assists and threes, worked out by hand for two or three teams.
#include "features/families/box_allowed.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tipoff::features {
namespace {

struct TeamLine {
    TeamIndex team;
    std::int32_t rebounds = 40;
    std::int32_t assists = 20;
    std::optional<std::int32_t> threes = 10;
    std::optional<std::int32_t> made = 40;
    std::optional<std::int32_t> attempted = 80;
};

struct PlayerLine {
    PlayerIndex player;
    TeamIndex team;
    std::int32_t minutes;
    std::int32_t rebounds = 0;
    std::optional<std::int32_t> threes = 0;
};

class League {
public:
    void play(const TeamLine& a, const TeamLine& b, const std::vector<PlayerLine>& lines = {}) {
        std::array<conform::TeamOffense, 2> offenses{offense(a), offense(b)};
        const std::array<TeamResult, 2> teams{{{.team_index = a.team,
                                                .opponent_index = b.team,
                                                .offense = offenses.data(),
                                                .opponent_offense = &offenses[1]},
                                               {.team_index = b.team,
                                                .opponent_index = a.team,
                                                .offense = &offenses[1],
                                                .opponent_offense = offenses.data()}}};
        std::vector<conform::PlayerGame> boxes(lines.size());
        std::vector<PlayerResult> players;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            boxes[i].minutes = lines[i].minutes;
            boxes[i].rebounds = lines[i].rebounds;
            boxes[i].three_pointers_made = lines[i].threes;
            players.push_back({.player_index = lines[i].player,
                               .team_index = lines[i].team,
                               .opponent_index = lines[i].team == a.team ? b.team : a.team,
                               .row = &boxes[i]});
        }
        family.observe({.game_id = {},
                        .game_date = {},
                        .season = Season::starting_in(2021),
                        .season_type = SeasonType::kRegular,
                        .players = players,
                        .teams = teams});
    }

    /// A feature of a player of `team` who meets `opponent`.
    [[nodiscard]] double feature(TeamIndex team, TeamIndex opponent, std::string_view name,
                                 const std::string& position = "") const {
        conform::PlayerContext player;
        player.position = position;
        const conform::TeamContext context;
        std::array<float, BoxAllowed::kSpecs.size()> values{};
        values.fill(std::numeric_limits<float>::quiet_NaN());
        FamilyRow<BoxAllowed> row(values);
        family.emit({.game_id = {},
                     .game_date = {},
                     .season = Season::starting_in(2021),
                     .season_type = SeasonType::kRegular,
                     .player_index = 0,
                     .team_index = team,
                     .opponent_index = opponent,
                     .player = player,
                     .team = context,
                     .opponent = context,
                     .teammates = {},
                     .teammate_indexes = {},
                     .chances_to_play = {}},
                    row);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (BoxAllowed::kSpecs[i].name == name) return values[i];
        }
        ADD_FAILURE() << "no feature " << name;
        return 0;
    }

    BoxAllowed family;

private:
    static conform::TeamOffense offense(const TeamLine& line) {
        conform::TeamOffense offense;
        offense.rebounds = line.rebounds;
        offense.assists = line.assists;
        offense.three_pointers_made = line.threes;
        offense.field_goals_made = line.made;
        offense.field_goals_attempted = line.attempted;
        return offense;
    }
};

TEST(BoxAllowed, IsUnknownBeforeTheFirstGame) {
    const League league;
    for (const FeatureSpec& spec : BoxAllowed::kSpecs)
        EXPECT_TRUE(std::isnan(league.feature(0, 1, spec.name, "G"))) << spec.name;
}

// One game, 50 rebounds of team 0 and 30 of team 1: team 1 allowed 50. The league's mean, its older
// team game weighing 2^(-1/600) = 0.998845 (team 0 is learned first: it allowed 30):
//   (30 * 0.998845 + 50) / 1.998845 = 40.005776; (50 + 10 * 40.005776) / 11 / 40.005776 = 1.022711
TEST(BoxAllowed, IsShrunkToTheLeaguesLevel) {
    League league;
    league.play({.team = 0, .rebounds = 50}, {.team = 1, .rebounds = 30});
    EXPECT_NEAR(league.feature(0, 1, "opponent_rebounds_factor"), 1.022711, 1e-6);
    EXPECT_NEAR(league.feature(1, 0, "opponent_rebounds_factor"), 0.977263, 1e-6);
    EXPECT_NEAR(league.feature(0, 1, "opponent_assists_factor"), 1, 1e-6);
}

// Team 1 allowed 30 assists, then 20, with a half-life of 20 games (0.965936): weight 1.965936, sum
// 48.978090. The league, in the order learned: 10, 30, 20 and 20, faded by 0.996540, 0.997692,
// 0.998845 and 1, mean 20.002885: (48.978090 + 200.02885) / 11.965936 / 20.002885 = 1.040332
TEST(BoxAllowed, OldGamesFadeWithAHalfLifeOf20) {
    League league;
    league.play({.team = 0, .assists = 30}, {.team = 1, .assists = 10});
    league.play({.team = 2, .assists = 20}, {.team = 1, .assists = 20});
    EXPECT_NEAR(league.feature(0, 1, "opponent_assists_factor"), 1.040332, 1e-5);
}

// The second game has no threes on record: the factor stays what it was.
TEST(BoxAllowed, AGameWithoutThreesOnRecordIsLeftOut) {
    League league;
    league.play({.team = 0, .threes = 14}, {.team = 1, .threes = 6});
    const double before = league.feature(0, 1, "opponent_threes_factor");
    league.play({.team = 0, .threes = std::nullopt}, {.team = 1, .threes = std::nullopt});
    EXPECT_EQ(league.feature(0, 1, "opponent_threes_factor"), before);
    EXPECT_GT(before, 1);
}

// Guards had 6 rebounds in 30 minutes against team 1 and 2 in 20 against team 0. The league, team 0
// first: (2 * 0.998845 + 6) / (20 * 0.998845 + 30) = 0.160028 in 25.002888 minutes a team game:
//   (6 + 250.02888 * 0.160028) / (30 + 250.02888) / 0.160028 = 1.026760
TEST(BoxAllowed, PositionsAreByMinute) {
    League league;
    league.family.set_position(0, "G");
    league.family.set_position(1, "G-F");
    league.family.set_position(2, "C");
    league.play({.team = 0}, {.team = 1},
                {{.player = 0, .team = 0, .minutes = 30, .rebounds = 6},
                 {.player = 1, .team = 1, .minutes = 20, .rebounds = 2},
                 {.player = 2, .team = 0, .minutes = 40, .rebounds = 20},
                 {.player = 3, .team = 0, .minutes = 40, .rebounds = 20}});
    EXPECT_NEAR(league.feature(0, 1, "opponent_position_rebounds_factor", "G"), 1.026760, 1e-6);
    EXPECT_TRUE(std::isnan(league.feature(0, 1, "opponent_position_rebounds_factor", "F")));
    EXPECT_TRUE(std::isnan(league.feature(0, 1, "opponent_position_rebounds_factor", "")));
}

// Without threes on record a player's minutes do not count for the position's threes: with them the
// second guard would halve the rate.
TEST(BoxAllowed, MinutesWithoutThreesOnRecordDoNotCount) {
    League with;
    League without;
    for (League* league : {&with, &without}) {
        league->family.set_position(0, "G");
        league->family.set_position(1, "G");
        league->family.set_position(2, "G");
    }
    const PlayerLine shooter{.player = 0, .team = 0, .minutes = 30, .threes = 3};
    const PlayerLine other{.player = 2, .team = 1, .minutes = 30, .threes = 1};
    with.play({.team = 0}, {.team = 1},
              {shooter, other, {.player = 1, .team = 0, .minutes = 30, .threes = std::nullopt}});
    without.play({.team = 0}, {.team = 1}, {shooter, other});
    EXPECT_EQ(with.feature(0, 1, "opponent_position_threes_factor", "G"),
              without.feature(0, 1, "opponent_position_threes_factor", "G"));
    EXPECT_GT(with.feature(0, 1, "opponent_position_threes_factor", "G"), 1);
}

// Team 0 misses 50, team 1 misses 40. The league's mean: (50 * 0.998845 + 40) / 1.998845 =
// 44.997112. Team 0's own misses (50 + 449.97112) / 11 / 44.997112 = 1.010107, those that team 1
// forces are the same; team 1's own and team 0's forced (40 + 449.97112) / 11 / 44.997112 =
// 0.989904: (1.010107^2 + 0.989904^2) / 2 = 1.000114.
// After 60 misses of team 0 and 70 of team 2: the league's mean 55.011556, team 0's own 1.000224
// and forced 1.000742, team 2's own 1.024769 and forced 1.008244:
//   (1.000224 * 1.008244 + 1.024769 * 1.000742) / 2 = 1.016999
TEST(BoxAllowed, MissesAreOfBothTeams) {
    League league;
    league.play({.team = 0, .made = 40, .attempted = 90}, {.team = 1, .made = 40, .attempted = 80});
    EXPECT_NEAR(league.feature(0, 1, "missed_shots_factor"), 1.000114, 1e-6);
    EXPECT_EQ(league.feature(0, 1, "missed_shots_factor"),
              league.feature(1, 0, "missed_shots_factor"));
    league.play({.team = 0, .made = 30, .attempted = 90}, {.team = 2, .made = 20, .attempted = 90});
    EXPECT_NEAR(league.feature(0, 2, "missed_shots_factor"), 1.016999, 1e-6);
    EXPECT_TRUE(std::isnan(league.feature(0, 3, "missed_shots_factor")));
}

}  // namespace
}  // namespace tipoff::features
