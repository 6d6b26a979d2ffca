// Rebounds, assists and threes of one player, worked out by hand.
#include "features/families/box_form.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace tipoff::features {
namespace {

constexpr TeamIndex kFirstTeam = 0;
constexpr TeamIndex kSecondTeam = 1;

struct Line {
    std::int32_t minutes;
    std::int32_t rebounds;
    std::int32_t assists;
    std::optional<std::int32_t> threes_made = 0;
    std::optional<std::int32_t> threes_attempted = 0;
    std::optional<std::int32_t> offensive_rebounds = 0;
};

/// One player's games, and what is then said of him before a game of 2021-22.
class OnePlayer {
public:
    void play(const Line& line, TeamIndex team = kFirstTeam, int season = 2021) {
        conform::PlayerGame box;
        box.minutes = line.minutes;
        box.rebounds = line.rebounds;
        box.assists = line.assists;
        box.three_pointers_made = line.threes_made;
        box.three_pointers_attempted = line.threes_attempted;
        box.offensive_rebounds = line.offensive_rebounds;
        const std::array<PlayerResult, 1> players{
            {{.player_index = 0, .team_index = team, .opponent_index = 1 - team, .row = &box}}};
        family_.observe({.game_id = {},
                         .game_date = {},
                         .season = Season::starting_in(season),
                         .season_type = SeasonType::kRegular,
                         .players = players,
                         .teams = {}});
    }

    [[nodiscard]] double feature(std::string_view name, TeamIndex team = kFirstTeam) const {
        const conform::PlayerContext player;
        const conform::TeamContext context;
        std::array<float, BoxForm::kSpecs.size()> values{};
        FamilyRow<BoxForm> row(values);
        family_.emit({.game_id = {},
                      .game_date = {},
                      .season = Season::starting_in(2021),
                      .season_type = SeasonType::kRegular,
                      .player_index = 0,
                      .team_index = team,
                      .opponent_index = 1 - team,
                      .player = player,
                      .team = context,
                      .opponent = context,
                      .teammates = {},
                      .teammate_indexes = {},
                      .chances_to_play = {}},
                     row);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (BoxForm::kSpecs[i].name == name) return values[i];
        }
        ADD_FAILURE() << "no feature " << name;
        return 0;
    }

private:
    BoxForm family_;
};

TEST(BoxForm, IsUnknownBeforeTheFirstGame) {
    const OnePlayer player;
    for (const FeatureSpec& spec : BoxForm::kSpecs)
        EXPECT_TRUE(std::isnan(player.feature(spec.name))) << spec.name;
}

// Half-life 10: the older of two games weighs 0.933033; half-life 40: 0.982821.
//   rebounds 4 and 10 in 20 and 30 minutes: (4 * 0.933033 + 10) / 1.933033 = 7.103930
//   a minute 13.732132 / (20 * 0.933033 + 30) = 0.282202; long 13.931282 / 49.656412 = 0.280554
//   assists 6 and 1: 6.598198 / 48.660660 = 0.135596; long 6.896924 / 49.656412 = 0.138893
//   offensive rebounds 1 and 4, long: 4.982821 / 49.656412 = 0.100346
TEST(BoxForm, OldGamesFade) {
    OnePlayer player;
    player.play({.minutes = 20, .rebounds = 4, .assists = 6, .offensive_rebounds = 1});
    player.play({.minutes = 30, .rebounds = 10, .assists = 1, .offensive_rebounds = 4});
    EXPECT_NEAR(player.feature("rebounds_mean_ewm"), 7.103930, 1e-5);
    EXPECT_NEAR(player.feature("rebounds_per_minute_ewm"), 0.282202, 1e-5);
    EXPECT_NEAR(player.feature("rebounds_per_minute_ewm_long"), 0.280554, 1e-5);
    EXPECT_NEAR(player.feature("assists_per_minute_ewm"), 0.135596, 1e-5);
    EXPECT_NEAR(player.feature("assists_per_minute_ewm_long"), 0.138893, 1e-5);
    EXPECT_NEAR(player.feature("offensive_rebounds_per_minute_ewm_long"), 0.100346, 1e-5);
    EXPECT_FLOAT_EQ(static_cast<float>(player.feature("assists_mean_last_10")), 3.5F);
}

// The middle game has no threes on record: its 40 minutes do not count for threes either, and the
// weights are those of the two others.
//   made 2 and 5 in 20 and 30 minutes: a game 3.5; a minute (2 * 0.933033 + 5) / (20 * 0.933033 +
//   30) = 0.141101; long (2 * 0.982821 + 5) / (20 * 0.982821 + 30) = 0.140277
//   attempts 4 and 10: (4 * 0.933033 + 10) / 48.660660 = 0.282202
//   accuracy, half-life 60 (0.988514): (2 * 0.988514 + 5) / (4 * 0.988514 + 10) = 0.500000
TEST(BoxForm, AGameWithoutThreesOnRecordIsNoneOfThem) {
    OnePlayer player;
    player.play(
        {.minutes = 20, .rebounds = 3, .assists = 0, .threes_made = 2, .threes_attempted = 4});
    player.play({.minutes = 40,
                 .rebounds = 9,
                 .assists = 0,
                 .threes_made = std::nullopt,
                 .threes_attempted = std::nullopt,
                 .offensive_rebounds = std::nullopt});
    player.play(
        {.minutes = 30, .rebounds = 6, .assists = 0, .threes_made = 5, .threes_attempted = 10});
    EXPECT_NEAR(player.feature("threes_mean_season"), 3.5, 1e-6);
    EXPECT_NEAR(player.feature("threes_mean_last_10"), 3.5, 1e-6);
    EXPECT_NEAR(player.feature("threes_mean_last_20"), 3.5, 1e-6);
    EXPECT_NEAR(player.feature("threes_mean_ewm"), 3.551966, 1e-5);
    EXPECT_NEAR(player.feature("threes_per_minute_ewm"), 0.141101, 1e-5);
    EXPECT_NEAR(player.feature("threes_per_minute_ewm_long"), 0.140277, 1e-5);
    EXPECT_NEAR(player.feature("three_pointers_attempted_per_minute_ewm"), 0.282202, 1e-5);
    EXPECT_NEAR(player.feature("three_point_pct_long"), 0.5, 1e-6);
    EXPECT_NEAR(player.feature("rebounds_mean_season"), 6, 1e-6);
}

// 1 of 2, then 1 of 8: (0.988514 + 1) / (2 * 0.988514 + 8) = 0.199309.
TEST(BoxForm, AccuracyIsMadeOverAttempted) {
    OnePlayer player;
    player.play(
        {.minutes = 20, .rebounds = 0, .assists = 0, .threes_made = 1, .threes_attempted = 2});
    player.play(
        {.minutes = 20, .rebounds = 0, .assists = 0, .threes_made = 1, .threes_attempted = 8});
    EXPECT_NEAR(player.feature("three_point_pct_long"), 0.199309, 1e-5);
}

// Ten games with 1 rebound, then ten with 3, then one with 8: the last ten have 9 * 3 + 8 = 35, the
// last twenty 9 + 30 + 8 = 47.
TEST(BoxForm, WindowsHoldTheNewestGames) {
    OnePlayer player;
    for (int game = 0; game < 20; ++game)
        player.play({.minutes = 25, .rebounds = game < 10 ? 1 : 3, .assists = 2});
    player.play({.minutes = 25, .rebounds = 8, .assists = 2});
    EXPECT_NEAR(player.feature("rebounds_mean_last_10"), 3.5, 1e-6);
    EXPECT_NEAR(player.feature("rebounds_mean_last_20"), 2.35, 1e-6);
    EXPECT_NEAR(player.feature("rebounds_mean_season"), 48.0 / 21, 1e-6);
}

// Traded after two games: means and rates go on as if he had stayed.
TEST(BoxForm, FollowsAPlayerToHisNewTeam) {
    OnePlayer traded;
    OnePlayer stayed;
    for (const TeamIndex team : {kFirstTeam, kFirstTeam, kSecondTeam}) {
        const Line line{
            .minutes = 30, .rebounds = 7, .assists = 4, .threes_made = 3, .threes_attempted = 6};
        traded.play(line, team);
        stayed.play(line);
    }
    for (const FeatureSpec& spec : BoxForm::kSpecs) {
        EXPECT_EQ(traded.feature(spec.name, kSecondTeam), stayed.feature(spec.name)) << spec.name;
    }
    EXPECT_NEAR(traded.feature("rebounds_mean_last_10", kSecondTeam), 7, 1e-6);
}

TEST(BoxForm, ANewSeasonBeginsItsOwnMean) {
    OnePlayer player;
    player.play({.minutes = 30, .rebounds = 10, .assists = 2}, kFirstTeam, 2020);
    EXPECT_TRUE(std::isnan(player.feature("rebounds_mean_season")));
    EXPECT_NEAR(player.feature("rebounds_mean_last_10"), 10, 1e-6);
    player.play({.minutes = 30, .rebounds = 4, .assists = 2});
    EXPECT_NEAR(player.feature("rebounds_mean_season"), 4, 1e-6);
    EXPECT_NEAR(player.feature("rebounds_mean_last_10"), 7, 1e-6);
}

TEST(BoxForm, SomeSecondsAreNoGame) {
    OnePlayer player;
    player.play({.minutes = 30, .rebounds = 10, .assists = 2});
    player.play({.minutes = 0, .rebounds = 1, .assists = 0});
    EXPECT_NEAR(player.feature("rebounds_mean_last_10"), 10, 1e-6);
}

}  // namespace
}  // namespace tipoff::features
