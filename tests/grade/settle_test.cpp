#include "grade/settle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

#include "forecast/distribution.h"
#include "hand_made.h"

namespace tipoff::grade {
namespace {

constexpr std::int64_t kGame = 22200101;

/// Facts, and forecasts of one system each with its feature row.
struct Night {
    conform::Summaries facts;
    std::vector<forecast::Prediction> predictions;

    [[nodiscard]] std::vector<Accuracy> settled(std::size_t threads = 1) const {
        std::vector<features::FeatureStoreRow> rows;
        for (const auto& prediction : predictions)
            rows.push_back(feature_row(prediction));
        return settle(rows, predictions, {}, Outcomes(facts), threads);
    }
};

/// A forecast of mean 20 and sd 7 for the player in one finished game.
Night one_forecast() {
    Night night;
    night.facts.games.push_back(final_game(kGame, day(30)));
    night.predictions.push_back(prediction(night.facts.games[0], kPlayer, 20, 7));
    return night;
}

TEST(Settle, GradesAForecastAgainstTheBoxRow) {
    Night night = one_forecast();
    night.facts.player_games.push_back(box(kGame, kPlayer, day(30), 31, 26));
    const auto grades = night.settled();
    ASSERT_EQ(grades.size(), 1U);
    const Accuracy& grade = grades[0];
    const forecast::CountDistribution distribution(20, 7);

    EXPECT_EQ(grade.outcome, "graded");
    EXPECT_EQ(grade.actual, 26);
    EXPECT_EQ(grade.minutes, 31);
    EXPECT_EQ(grade.revision, 0);
    EXPECT_EQ(grade.absolute_error, 26 - distribution.median());
    EXPECT_EQ(grade.error, -6);
    EXPECT_EQ(grade.absolute_error_mean, 6);
    double crps = 0;
    for (int k = 0; k < 200; ++k) {
        const double miss = distribution.cdf(k) - (k >= 26 ? 1 : 0);
        crps += miss * miss;
    }
    EXPECT_NEAR(grade.crps, crps, 1e-9);
    EXPECT_GE(grade.pit, distribution.cdf(25));
    EXPECT_LE(grade.pit, distribution.cdf(26));
    EXPECT_EQ(grade.quality_grade, "A");
    EXPECT_EQ(grade.system_id, "system_v1");
    EXPECT_EQ(grade.as_of.at, tip_off(day(30)));
}

TEST(Settle, SecondsOnCourtMakeTheBetStand) {
    Night night = one_forecast();
    night.facts.player_games.push_back(box(kGame, kPlayer, day(30), 0, 0));
    const auto grades = night.settled();
    ASSERT_EQ(grades.size(), 1U);
    EXPECT_EQ(grades[0].outcome, "graded");
    EXPECT_EQ(grades[0].actual, 0);
    EXPECT_EQ(grades[0].minutes, 0);
}

TEST(Settle, NoBoxRowInAFinishedGameIsVoid) {
    Night night = one_forecast();
    night.facts.player_games.push_back(box(kGame, PlayerId{2}, day(30), 40, 30));
    const auto grades = night.settled();
    ASSERT_EQ(grades.size(), 1U);
    EXPECT_EQ(grades[0].outcome, "VOID_DID_NOT_PLAY");
    EXPECT_FALSE(grades[0].actual);
    EXPECT_FALSE(grades[0].minutes);
    for (const double measure : {grades[0].absolute_error, grades[0].absolute_error_mean,
                                 grades[0].error, grades[0].crps, grades[0].pit}) {
        EXPECT_TRUE(std::isnan(measure));
    }
    EXPECT_EQ(grades[0].mean, 20);
}

TEST(Settle, APostponedGameIsVoid) {
    Night night = one_forecast();
    night.facts.games[0].status = "postponed";
    night.facts.games[0].player_rows = 0;
    const auto grades = night.settled();
    ASSERT_EQ(grades.size(), 1U);
    EXPECT_EQ(grades[0].outcome, "VOID_POSTPONED");
}

TEST(Settle, AGameThatIsNotOverHasNoGrade) {
    Night night = one_forecast();
    night.facts.games[0].status = "scheduled";
    night.facts.games[0].player_rows = 0;
    EXPECT_TRUE(night.settled().empty());
}

TEST(Settle, AFinalScoreWithoutABoxScoreSaysNothingOfWhoPlayed) {
    Night night = one_forecast();
    night.facts.games[0].player_rows = 0;
    EXPECT_TRUE(night.settled().empty());
}

TEST(Settle, AMarketWhoseOutcomeIsNotOnRecordHasNoGrade) {
    Night night = one_forecast();
    night.predictions[0].market = "threes";
    night.facts.player_games.push_back(box(kGame, kPlayer, day(30), 31, 26));
    EXPECT_TRUE(night.settled().empty());
    night.facts.player_games[0].three_pointers_made = 4;
    const auto grades = night.settled();
    ASSERT_EQ(grades.size(), 1U);
    EXPECT_EQ(grades[0].actual, 4);
}

TEST(Settle, ACorrectionStandsBesideWhatWasSettled) {
    Night night = one_forecast();
    night.facts.player_games.push_back(box(kGame, kPlayer, day(30), 31, 26));
    night.facts.player_games.push_back(box(kGame, kPlayer, day(30), 31, 24));
    night.facts.player_games[1].revision = 1;
    const auto grades = night.settled();
    ASSERT_EQ(grades.size(), 2U);
    EXPECT_EQ(grades[0].revision, 0);
    EXPECT_EQ(grades[0].actual, 26);
    EXPECT_EQ(grades[1].revision, 1);
    EXPECT_EQ(grades[1].actual, 24);
    EXPECT_EQ(grades[1].error, -4);
    EXPECT_TRUE(is_same_forecast(grades[0], grades[1]));
}

TEST(Settle, AStatementThatSaysTheSameIsNoFurtherGrade) {
    Night night = one_forecast();
    const auto state = [&](int minutes, int points, int rebounds) {
        auto& row =
            night.facts.player_games.emplace_back(box(kGame, kPlayer, day(30), minutes, points));
        row.rebounds = rebounds;
        row.revision = static_cast<std::int32_t>(night.facts.player_games.size()) - 1;
    };
    state(31, 26, 4);
    state(31, 26, 4);  // of another source
    state(31, 26, 5);  // a correction of his rebounds
    state(31, 24, 5);
    state(32, 24, 5);
    const auto revisions = [&] {
        std::vector<std::int32_t> of_grades;
        for (const Accuracy& grade : night.settled())
            of_grades.push_back(grade.revision);
        return of_grades;
    };
    EXPECT_EQ(revisions(), (std::vector<std::int32_t>{0, 3, 4}));
    night.predictions[0].market = "rebounds";
    EXPECT_EQ(revisions(), (std::vector<std::int32_t>{0, 2, 4}));
}

TEST(Settle, KnowsWhatStoodBeforeTheGame) {
    // Ten games of 10, 11, ..., 19 points and 30 minutes, mean 14.5; the game itself does not
    // count.
    Night night;
    for (int i = 0; i < 10; ++i) {
        night.facts.player_games.push_back(box(kGame + i, kPlayer, day(i), 30, 10 + i));
    }
    night.facts.games.push_back(final_game(kGame + 10, day(10)));
    night.facts.player_games.push_back(box(kGame + 10, kPlayer, day(10), 5, 50));
    night.predictions.push_back(prediction(night.facts.games[0], kPlayer, 20, 7));
    const auto grades = night.settled();
    ASSERT_EQ(grades.size(), 1U);
    EXPECT_EQ(grades[0].prior_games, 10);
    EXPECT_EQ(grades[0].season_games, 10);
    EXPECT_EQ(grades[0].last_10_points, 14.5);
    EXPECT_EQ(grades[0].last_10_minutes, 30);
}

TEST(Settle, IsLinedWhereSomethingWasSaidOfAMainLine) {
    Night night = one_forecast();
    night.predictions.push_back(prediction(night.facts.games[0], PlayerId{2}, 12, 5));
    std::vector<features::FeatureStoreRow> rows;
    for (const forecast::Prediction& made : night.predictions)
        rows.push_back(feature_row(made));
    forecast::Pick pick;
    pick.game_id = night.predictions[1].game_id;
    pick.player_id = night.predictions[1].player_id;
    std::vector<forecast::Pick> picks(2, pick);  // of two books
    picks[0].is_main_line = false;
    const auto grades = settle(rows, night.predictions, picks, Outcomes(night.facts), 2);
    ASSERT_EQ(grades.size(), 2U);
    EXPECT_FALSE(grades[0].lined);
    EXPECT_TRUE(grades[1].lined);
    picks.pop_back();
    EXPECT_FALSE(settle(rows, night.predictions, picks, Outcomes(night.facts), 2)[1].lined);
}

/// Many players of one game, each forecast as X ~ (mean, sd) and doing what the distribution's
/// quantiles say: a calibrated forecast.
Night calibrated_night(double mean, double sd, int players) {
    Night night;
    night.facts.games.push_back(final_game(kGame, day(30)));
    const forecast::CountDistribution distribution(mean, sd);
    for (int i = 0; i < players; ++i) {
        const PlayerId player{i + 1};
        const int points = distribution.quantile((i + 0.5) / players);
        night.predictions.push_back(prediction(night.facts.games[0], player, mean, sd));
        night.facts.player_games.push_back(box(kGame, player, day(30), 30, points));
    }
    return night;
}

TEST(Settle, TheRandomisedPitOfACalibratedForecastIsUniform) {
    constexpr int kPlayers = 4000;
    for (const auto& [mean, sd] :
         std::map<double, double>{{0.6, 1.1}, {3.0, 3.2}, {9.0, 5.5}, {17.5, 7.0}, {30.0, 8.5}}) {
        std::array<int, 10> bins{};
        int in_80 = 0;
        for (const Accuracy& grade : calibrated_night(mean, sd, kPlayers).settled()) {
            ASSERT_GE(grade.pit, 0);
            ASSERT_LE(grade.pit, 1);
            ++bins[std::min<std::size_t>(9, static_cast<std::size_t>(grade.pit * 10))];
            in_80 += grade.pit >= 0.1 && grade.pit <= 0.9 ? 1 : 0;
        }
        // A bin of 4000 draws has a standard deviation of at most sqrt(4000 x 0.1 x 0.9) = 19.
        for (const int bin : bins)
            EXPECT_NEAR(bin, kPlayers / 10, 4.5 * 19) << "mean " << mean;
        EXPECT_NEAR(in_80 / static_cast<double>(kPlayers), 0.8, 0.02) << "mean " << mean;
    }
}

TEST(Settle, ThePitDependsOnTheForecastAndNotOnItsNeighbours) {
    const Night night = calibrated_night(10, 5, 50);
    const auto grades = night.settled();
    Night reversed = night;
    std::ranges::reverse(reversed.predictions);
    auto again = reversed.settled();
    std::ranges::reverse(again);
    ASSERT_EQ(again.size(), grades.size());
    for (std::size_t i = 0; i < grades.size(); ++i)
        EXPECT_EQ(again[i].pit, grades[i].pit);

    Night other_system = night;
    for (auto& row : other_system.predictions)
        row.system_id = "system_v2";
    const auto others = other_system.settled();
    std::size_t same = 0;
    for (std::size_t i = 0; i < grades.size(); ++i)
        same += others[i].pit == grades[i].pit ? 1 : 0;
    EXPECT_EQ(same, 0U);
}

auto bits(const Accuracy& row) {
    return std::tuple(row.game_id, row.player_id, row.outcome,
                      std::bit_cast<std::uint64_t>(row.pit), std::bit_cast<std::uint64_t>(row.crps),
                      std::bit_cast<std::uint64_t>(row.error));
}

TEST(Settle, GivesTheSameRowsInTheSameOrderOnAnyNumberOfThreads) {
    const Night night = calibrated_night(12, 6, 37);
    const auto one = night.settled(1);
    ASSERT_EQ(one.size(), 37U);
    for (const std::size_t threads : {2U, 8U, 64U}) {
        const auto many = night.settled(threads);
        ASSERT_TRUE(std::ranges::equal(one, many, {}, bits, bits)) << threads << " threads";
    }
}

/// The rows of one population, by system.
std::map<std::string, SystemPerformance> of_population(const std::vector<SystemPerformance>& rows,
                                                       std::string_view population) {
    std::map<std::string, SystemPerformance> found;
    for (const auto& row : rows) {
        if (row.population == population) found[row.system_id] = row;
    }
    return found;
}

TEST(PerformanceByDate, CountsEachGradedForecastOnceInEachOfItsPopulations) {
    Night night;
    night.facts.games.push_back(final_game(kGame, day(30)));
    const auto& game = night.facts.games[0];
    // Four newcomers: one graded with a later correction, one graded, one of seconds, one void.
    for (const std::int64_t id : {1, 2, 3, 4}) {
        night.predictions.push_back(prediction(game, PlayerId{id}, 10, 5));
    }
    night.facts.player_games = {
        box(kGame, PlayerId{1}, day(30), 30, 14), box(kGame, PlayerId{1}, day(30), 30, 13),
        box(kGame, PlayerId{2}, day(30), 30, 8), box(kGame, PlayerId{3}, day(30), 0, 0)};
    night.facts.player_games[1].revision = 1;

    const auto rows = performance_by_date(night.settled());
    const auto all = of_population(rows, "all");
    const auto new_players = of_population(rows, "new_player");
    ASSERT_EQ(rows.size(), 2U);
    ASSERT_TRUE(all.contains("system_v1") && new_players.contains("system_v1"));
    EXPECT_EQ(all.at("system_v1").n, 3);
    EXPECT_EQ(new_players.at("system_v1").n, 2);
    // As corrected: 10 - 13 = -3 and 10 - 8 = 2.
    EXPECT_EQ(new_players.at("system_v1").bias, -0.5);
    EXPECT_EQ(new_players.at("system_v1").mae_mean, 2.5);
    EXPECT_DOUBLE_EQ(new_players.at("system_v1").rmse, std::sqrt(6.5));
    EXPECT_EQ(new_players.at("system_v1").game_date, day(30));
    EXPECT_EQ(new_players.at("system_v1").season, kSeason);
    EXPECT_EQ(new_players.at("system_v1").market, "points");
}

TEST(PerformanceByDate, HasARowForEachSystemDateAndSeasonType) {
    Night night;
    night.facts.games = {final_game(kGame, day(30)), final_game(kGame + 1, day(31))};
    night.facts.games[1].season_type = SeasonType::kPlayoffs;
    for (const auto& game : night.facts.games) {
        for (const auto* const system : {"system_v1", "system_v2"}) {
            night.predictions.push_back(prediction(game, kPlayer, 10, 5));
            night.predictions.back().system_id = system;
        }
        night.facts.player_games.push_back(
            box(game.game_id.value, kPlayer, game.game_date, 30, 14));
    }
    std::set<std::tuple<GameDate, std::string, SeasonType>> seen;
    for (const auto& row : performance_by_date(night.settled())) {
        if (row.population == "all") seen.emplace(row.game_date, row.system_id, row.season_type);
    }
    EXPECT_EQ(seen, (std::set<std::tuple<GameDate, std::string, SeasonType>>{
                        {day(30), "system_v1", SeasonType::kRegular},
                        {day(30), "system_v2", SeasonType::kRegular},
                        {day(31), "system_v1", SeasonType::kPlayoffs},
                        {day(31), "system_v2", SeasonType::kPlayoffs}}));
}

}  // namespace
}  // namespace tipoff::grade
