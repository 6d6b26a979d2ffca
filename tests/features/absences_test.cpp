#include "features/families/absences.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace tipoff::features {
namespace {

constexpr TeamIndex kHome = 0;
constexpr TeamIndex kAway = 1;

/// A league of two teams. Players 0 to 2 belong to the home team unless a game says otherwise.
class TwoTeams {
public:
    struct Line {
        PlayerIndex player;
        std::int32_t minutes;
        double usage = 0.2;
        TeamIndex team = kHome;
    };

    void play(const std::vector<Line>& lines, int season = 2021) {
        std::vector<conform::PlayerGame> boxes(lines.size());
        std::vector<PlayerResult> players;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            boxes[i].minutes = lines[i].minutes;
            boxes[i].usage_rate = lines[i].usage;
            players.push_back({.player_index = lines[i].player,
                               .team_index = lines[i].team,
                               .opponent_index = 1 - lines[i].team,
                               .row = &boxes[i]});
        }
        family_.observe({.game_id = {},
                         .game_date = {},
                         .season = Season::starting_in(season),
                         .season_type = SeasonType::kRegular,
                         .players = players,
                         .teams = {}});
    }

    void list_out(PlayerIndex player) { status_[player] = "out"; }

    /// A feature of `player` when the home team expects players 0 to 2.
    double feature(PlayerIndex player, std::string_view name) const {
        std::vector<conform::PlayerContext> contexts(3);
        for (std::size_t i = 0; i < contexts.size(); ++i)
            contexts[i].injury_status = status_[i];
        conform::TeamContext team;
        team.days_rest = 1;
        const std::array<PlayerIndex, 3> indexes{0, 1, 2};
        const auto chances = family_.chances_to_play(team, kHome, contexts, indexes);
        std::array<float, Absences::kSpecs.size()> values{};
        FamilyRow<Absences> row(values);
        family_.emit({.game_id = {},
                      .game_date = {},
                      .season = Season::starting_in(2021),
                      .season_type = SeasonType::kRegular,
                      .player_index = player,
                      .team_index = kHome,
                      .opponent_index = kAway,
                      .player = contexts[player],
                      .team = team,
                      .opponent = team,
                      .teammates = contexts,
                      .teammate_indexes = indexes,
                      .chances_to_play = chances},
                     row);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (Absences::kSpecs[i].name == name) return values[i];
        }
        ADD_FAILURE() << "no feature " << name;
        return 0;
    }

private:
    Absences family_;
    std::array<std::string, 3> status_{"available", "available", "available"};
};

TEST(Absences, ChanceToPlayFallsWithEveryGameMissed) {
    TwoTeams league;
    for (int game = 0; game < 10; ++game)
        league.play({{0, 30}, {1, 30}, {2, 20}});
    double chance = league.feature(2, "chance_to_play");
    EXPECT_GT(chance, 0.9);
    for (int missed = 1; missed <= 12; ++missed) {
        league.play({{0, 30}, {1, 30}});
        EXPECT_EQ(league.feature(2, "team_games_missed"), missed);
        const double next = league.feature(2, "chance_to_play");
        EXPECT_LT(next, chance);
        chance = next;
    }
    EXPECT_LT(chance, 0.1);
}

TEST(Absences, TheInjuryListLowersTheChanceToPlay) {
    TwoTeams league;
    for (int game = 0; game < 10; ++game)
        league.play({{0, 30}, {1, 30}, {2, 20}});
    const double before = league.feature(1, "minutes_expected_missing");
    league.list_out(2);
    EXPECT_LT(league.feature(2, "chance_to_play"), 0.3);
    EXPECT_GT(league.feature(1, "minutes_expected_missing"), before + 10);
}

/// Worked by hand: player 2 plays 20 minutes at a usage of 0.24, then misses two games. In the
/// games of player 0, none, none, 20 and 20 of the usual minutes were missing: with a half-life of
/// three games the mean of them is (20 + 20 d) / (1 + d + d^2 + d^3), d = 2^(-1/3).
TEST(Absences, WhatWasMissingInHisGames) {
    TwoTeams league;
    league.play({{0, 30}, {1, 30}, {2, 20, 0.24}});
    league.play({{0, 30}, {1, 30}, {2, 20, 0.24}});
    league.play({{0, 30}, {1, 30}});
    league.play({{0, 30}, {1, 30}});
    const double d = 0.793700525984100;
    const double share = (1 + d) / (1 + d + d * d + d * d * d);
    EXPECT_NEAR(league.feature(0, "minutes_missing_form_short"), 20 * share, 1e-4);
    EXPECT_NEAR(league.feature(0, "usage_missing_form_short"), 0.24 * 20 / 48 * share, 1e-6);
    EXPECT_NEAR(league.feature(0, "minutes_missing_change_short"),
                league.feature(0, "minutes_expected_missing") - 20 * share, 1e-4);
    // Player 2 has not played since: his own games had everybody.
    EXPECT_EQ(league.feature(2, "minutes_missing_form_short"), 0);
}

TEST(Absences, HisShareOfTheMinutesGrowsWhenOthersAreMissing) {
    TwoTeams league;
    for (int game = 0; game < 10; ++game)
        league.play({{0, 30}, {1, 30}, {2, 20}});
    const double with_all = league.feature(0, "minutes_in_proportion");
    league.list_out(1);
    EXPECT_GT(league.feature(0, "minutes_in_proportion"), with_all);
}

TEST(Absences, APlayerBelongsToTheTeamOfHisLastGame) {
    TwoTeams league;
    league.play({{0, 30}, {1, 30}, {2, 20}});
    league.play({{2, 25, 0.2, kAway}});
    league.play({{0, 30}, {1, 30}});
    EXPECT_EQ(league.feature(0, "minutes_missing_form_long"), 0);
}

TEST(Absences, WhoHasBeenGoneForASeasonIsNotMissedAnyMore) {
    TwoTeams league;
    league.play({{0, 30}, {1, 30}, {2, 20}}, 2019);
    league.play({{0, 30}, {1, 30}}, 2020);
    const double missed = league.feature(0, "minutes_missing_form_short");
    EXPECT_GT(missed, 0);
    league.play({{0, 30}, {1, 30}}, 2021);
    EXPECT_LT(league.feature(0, "minutes_missing_form_short"), missed);
}

}  // namespace
}  // namespace tipoff::features
