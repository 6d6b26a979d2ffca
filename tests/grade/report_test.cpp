#include "grade/report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>

#include "collect/raw_tables.h"
#include "forecast/line.h"
#include "grade/settle.h"
#include "hand_made.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::grade {
namespace {

constexpr std::int64_t kGame = 22200201;

GradeRequest request(Population population = Population::kAll) {
    return {.dates = {day(0), day(60)}, .population = population};
}

/// A season in small: every player game on a day of its own, so that a player's games follow.
class SmallSeason {
public:
    /// Player `id` scores `points` in his next game.
    SmallSeason& plays(PlayerId id, std::int32_t points, std::int32_t minutes = 30) {
        const GameDate date = day(static_cast<int>(facts_.player_games.size()));
        const auto game = kGame + static_cast<std::int64_t>(facts_.player_games.size());
        facts_.player_games.push_back(box(game, id, date, minutes, points));
        return *this;
    }

    /// A graded forecast of the last game.
    SmallSeason& forecast(double mean, std::string system = "system_v1") {
        const conform::PlayerGame& row = facts_.player_games.back();
        const auto game = final_game(row.game_id.value, row.game_date);
        forecast::Prediction made = prediction(game, row.player_id, mean, 7);
        made.system_id = std::move(system);
        conform::Summaries summaries;
        summaries.games.push_back(game);
        summaries.player_games.push_back(row);
        const auto features = feature_row(made);
        for (Accuracy& grade :
             settle(std::span(&features, 1), std::span(&made, 1), Outcomes(summaries), 1)) {
            facts_.accuracy.push_back(std::move(grade));
        }
        return *this;
    }

    /// The last forecast against a book's main line; the side as in the table, or "PASS".
    SmallSeason& pick(double line, std::string recommendation,
                      std::optional<std::int32_t> over = -110,
                      std::optional<std::int32_t> under = -110, std::string book = "a") {
        const Accuracy& row = facts_.accuracy.back();
        const forecast::CountDistribution distribution(row.mean, row.sd);
        forecast::Pick pick;
        pick.game_id = row.game_id;
        pick.player_id = row.player_id;
        pick.market = row.market;
        pick.system_id = row.system_id;
        pick.as_of = row.as_of;
        pick.origin = row.origin;
        pick.book = std::move(book);
        pick.line_value = line;
        pick.over_price = over;
        pick.under_price = under;
        pick.p_no_vig = over && under ? forecast::without_vig(*over, *under).over : kNone;
        pick.p_over = distribution.p_over(line);
        pick.p_push = distribution.p_push(line);
        pick.recommendation = std::move(recommendation);
        facts_.picks.push_back(std::move(pick));
        return *this;
    }

    /// A book's line on the last game, so many minutes before tip-off.
    SmallSeason& quote(double line, int minutes_before, bool undated = false,
                       std::int32_t over = -110, std::int32_t under = -110) {
        const conform::PlayerGame& row = facts_.player_games.back();
        const Instant at = tip_off(row.game_date) - std::chrono::minutes{minutes_before};
        quotes_.push_back({.game_id = row.game_id,
                           .player_id = row.player_id,
                           .book = "a",
                           .line_value = line,
                           .snapshot = at,
                           .over_price = over,
                           .under_price = under,
                           .known_at = KnownAt{at},
                           .is_undated = undated,
                           .tip_off = tip_off(row.game_date)});
        return *this;
    }

    [[nodiscard]] ReportFacts facts() const {
        ReportFacts facts = facts_;
        facts.lines = MarketLines(quotes_);
        return facts;
    }
    [[nodiscard]] ReportFacts& change() { return facts_; }

    [[nodiscard]] GradeReport report(const GradeRequest& asked = request()) const {
        return build_report(facts(), asked);
    }

private:
    ReportFacts facts_;
    std::vector<MarketQuote> quotes_;
};

const ReferenceReport& reference(const GradeReport& report, std::string_view name) {
    return *std::ranges::find(report.references, name, &ReferenceReport::name);
}

TEST(GradeReport, ReferencesAreWorkedOutOverTheWholePopulation) {
    // Points 10, 20, 30 in a row: before the second the mean is 10 (off by 10), before the third 15
    // (off by 15). The first has nothing before it.
    const GradeReport report =
        SmallSeason().plays(kPlayer, 10).plays(kPlayer, 20).plays(kPlayer, 30).report();
    EXPECT_EQ(report.population_n, 3);
    EXPECT_TRUE(report.systems.empty());
    EXPECT_EQ(reference(report, "last_10_mean").n, 2);
    EXPECT_EQ(reference(report, "last_10_mean").mae, 12.5);
    EXPECT_EQ(reference(report, "season_mean").n, 2);
    EXPECT_EQ(reference(report, "season_mean").mae, 12.5);
    EXPECT_EQ(reference(report, "line").n, 0);
    EXPECT_TRUE(std::isnan(reference(report, "line").mae));
    EXPECT_EQ(reference(report, "last_10_mean").n_shared, 0);
}

TEST(GradeReport, TheSharedRowsAreThoseThatEverySystemForecast) {
    // The second game (off by 10 from the mean of 10 before it) is forecast by both systems, the
    // third (off by 15) by one.
    SmallSeason season;
    season.plays(kPlayer, 10);
    season.plays(kPlayer, 20).forecast(18, "a_v1").forecast(23, "b_v1");
    season.plays(kPlayer, 30).forecast(25, "b_v1");
    const GradeReport report = season.report();
    ASSERT_EQ(report.systems.size(), 2U);
    EXPECT_EQ(report.systems[0].system_id, "a_v1");
    EXPECT_EQ(report.systems[0].measures.n(), 1);
    EXPECT_EQ(report.systems[1].measures.n(), 2);
    EXPECT_EQ(report.systems[1].measures.bias(), -1);
    EXPECT_EQ(report.systems[1].shared.n(), 1);
    EXPECT_EQ(report.systems[1].shared.bias(), 3);
    EXPECT_EQ(reference(report, "last_10_mean").n, 2);
    EXPECT_EQ(reference(report, "last_10_mean").n_shared, 1);
    EXPECT_EQ(reference(report, "last_10_mean").mae_shared, 10);
}

TEST(GradeReport, IsOfOnePopulationTheDatesAndTheSeasonType) {
    SmallSeason season;
    for (int i = 0; i < 12; ++i)
        season.plays(kPlayer, 10).forecast(10);
    EXPECT_EQ(season.report(request(Population::kTenPriorGames)).population_n, 2);
    EXPECT_EQ(season.report(request(Population::kTenPriorGames)).systems[0].measures.n(), 2);
    EXPECT_EQ(season.report(request(Population::kNewPlayer)).population_n, 10);

    GradeRequest asked = request();
    asked.dates = {day(3), day(5)};
    EXPECT_EQ(season.report(asked).population_n, 3);
    EXPECT_EQ(season.report(asked).systems[0].measures.n(), 3);

    season.change().player_games[4].season_type = SeasonType::kPlayoffs;
    EXPECT_EQ(season.report(asked).population_n, 2);
    asked.season_type = SeasonType::kPlayoffs;
    EXPECT_EQ(season.report(asked).population_n, 1);
    EXPECT_EQ(season.report(asked).systems[0].measures.n(), 1);
}

TEST(GradeReport, VoidForecastsAreCountedAndMeasuredNowhere) {
    SmallSeason season;
    season.plays(kPlayer, 10).forecast(10);
    season.plays(kPlayer, 10).forecast(10);
    season.change().accuracy[1].outcome = kVoidDidNotPlay;
    season.change().accuracy[1].actual.reset();
    season.change().player_games.pop_back();
    const GradeReport report = season.report();
    EXPECT_EQ(report.systems[0].measures.n(), 1);
    EXPECT_EQ(report.systems[0].voided, 1);
    EXPECT_EQ(report.population_n, 1);
}

TEST(GradeReport, TheLineIsTheLastBeforeTipOffAndLinedGamesAreThoseWithOne) {
    SmallSeason season;
    season.plays(kPlayer, 18).quote(20.5, 300).quote(21.5, 20);
    season.plays(kPlayer, 25).quote(24.5, 1, true);
    season.plays(kPlayer, 30).quote(28.5, 0);  // known at tip-off: too late
    const GradeReport report = season.report(request(Population::kLined));
    EXPECT_EQ(report.population_n, 2);
    EXPECT_EQ(reference(report, "line").n, 2);
    EXPECT_EQ(reference(report, "line").mae, (3.5 + 0.5) / 2);
    EXPECT_EQ(report.undated_lines, 1);
}

TEST(GradeReport, HitRateAndReturnAreOfTheRecommendedSides) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(24).pick(20.5, "OVER", -110, -110);  // won 10/11
    season.plays(kPlayer, 18).forecast(24).pick(20.5, "OVER", 120, -140);   // lost 1
    season.plays(kPlayer, 12).forecast(10).pick(15.5, "UNDER", 105, -125);  // won 0.8
    season.plays(kPlayer, 20).forecast(24).pick(20.0, "OVER", -110, -110);  // pushed
    season.plays(kPlayer, 30).forecast(20).pick(20.5, "PASS", -110, -110);  // no bet
    season.plays(kPlayer, 30).forecast(20);                                 // no line
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.picks.bets(), 4);
    EXPECT_DOUBLE_EQ(system.picks.hit_rate(), 2.0 / 3);
    EXPECT_DOUBLE_EQ(system.picks.roi(), (10.0 / 11 - 1 + 0.8 + 0) / 4);
    EXPECT_DOUBLE_EQ(system.picks.break_even(),
                     (110.0 / 210 + 100.0 / 220 + 125.0 / 225 + 110.0 / 210) / 4);
    EXPECT_EQ(system.measures.n(), 6);
}

TEST(GradeReport, EdgesAreOnTheSideOfTheMeanByItsDistanceFromTheLine) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(22.0).pick(20.5, "PASS");  // 1.5 over: won
    season.plays(kPlayer, 25).forecast(15.5).pick(20.5, "PASS");  // 5 under: lost
    season.plays(kPlayer, 10).forecast(18.0).pick(20.5, "PASS");  // 2.5 under: won
    season.plays(kPlayer, 10).forecast(20.5).pick(20.5, "PASS");  // on the line: no side
    const auto edges = season.report().systems.at(0).edges;
    std::vector<std::pair<double, std::int64_t>> counts;
    for (const EdgeReport& edge : edges)
        counts.emplace_back(edge.min_edge, edge.bets.bets());
    EXPECT_EQ(counts, (std::vector<std::pair<double, std::int64_t>>{
                          {0, 3}, {1, 3}, {2, 2}, {3, 1}, {5, 1}}));
    EXPECT_DOUBLE_EQ(edges[0].bets.hit_rate(), 2.0 / 3);
    EXPECT_EQ(edges[4].bets.hit_rate(), 0);
}

TEST(GradeReport, AmongBooksTheMiddleLineIsBetAtItsPriceAndAtTheBest) {
    // Lines 20.5 (a), 21.5 (b), 21.5 (c): b is in the middle; c pays the over better.
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(24);
    season.pick(21.5, "OVER", 100, -120, "c");
    season.pick(20.5, "OVER", 150, -180, "a");
    season.pick(21.5, "OVER", -120, 100, "b");
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.picks.bets(), 1);
    EXPECT_DOUBLE_EQ(system.picks.roi(), 100.0 / 120);
    EXPECT_DOUBLE_EQ(system.picks.roi_best_price(), 1);
}

TEST(GradeReport, ReturnIsUnknownWhereTheSourceHasNoPrices) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(24).pick(20.5, "OVER", std::nullopt, std::nullopt);
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.picks.hit_rate(), 1);
    EXPECT_TRUE(std::isnan(system.picks.roi()));
    EXPECT_TRUE(std::isnan(system.picks.break_even()));
    EXPECT_TRUE(std::isnan(system.edges[0].bets.roi()));
}

TEST(GradeReport, BrierAndLogLossAreOfTheOverGivenNoPush) {
    SmallSeason season;
    season.plays(kPlayer, 25).forecast(21).pick(20.0, "PASS");
    season.plays(kPlayer, 20).forecast(21).pick(20.0, "PASS");  // a push: left out
    const forecast::CountDistribution distribution(21, 7);
    const double p = distribution.p_over(20) / (distribution.p_over(20) + distribution.p_under(20));
    const SystemReport system = season.report().systems.at(0);
    EXPECT_NEAR(system.probability.brier(), (1 - p) * (1 - p), 1e-12);
    EXPECT_NEAR(system.probability.log_loss(), -std::log(p), 1e-12);
}

TEST(GradeReport, WithoutLinesWhatNeedsOneIsUnknown) {
    const SystemReport system =
        SmallSeason().plays(kPlayer, 25).forecast(24).report().systems.at(0);
    EXPECT_TRUE(std::isnan(system.probability.brier()));
    EXPECT_TRUE(std::isnan(system.picks.hit_rate()));
    EXPECT_EQ(system.picks.bets(), 0);
    EXPECT_EQ(system.edges[0].bets.bets(), 0);
    EXPECT_EQ(system.clv.n(), 0);
    EXPECT_TRUE(std::isnan(system.clv.points()));
}

TEST(GradeReport, TheClosingLineIsComparedWithTheOneTaken) {
    const auto early = [](SmallSeason& season) {
        // The forecast looks from an hour before tip-off.
        season.change().accuracy.back().as_of =
            AsOf{tip_off(season.change().player_games.back().game_date) - std::chrono::hours{1}};
    };
    SmallSeason season;
    // Over 20.5, closed at 22.0: 1.5 points to the good.
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120).quote(22.0, 10);
    early(season);
    season.pick(20.5, "OVER");
    // Under 18.5, closed at 19.0: 0.5 to the bad.
    season.plays(kPlayer, 25).forecast(14).quote(18.5, 120).quote(19.0, 10);
    early(season);
    season.pick(18.5, "UNDER");
    // Over 20.5 at even odds, closed there with the over at -120/+100: 12/23 against 1/2.
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120).quote(20.5, 10, false, -120, 100);
    early(season);
    season.pick(20.5, "OVER");
    // One snapshot: nothing to compare. A last snapshot too early: no closing line.
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120);
    early(season);
    season.pick(20.5, "OVER");
    season.plays(kPlayer, 25).forecast(24).quote(20.5, 120).quote(21.5, 45);
    early(season);
    season.pick(20.5, "OVER");
    const ClosingLineMeasures clv = season.report().systems.at(0).clv;
    EXPECT_EQ(clv.n(), 3);
    EXPECT_DOUBLE_EQ(clv.points(), (1.5 - 0.5 + 0) / 3);
    EXPECT_DOUBLE_EQ(clv.probability(), 12.0 / 23 - 0.5);
}

/// One forecast of the last game more, from another instant, with another mean.
void forecast_again(SmallSeason& season, double mean, Instant as_of, std::string_view origin) {
    season.forecast(mean);
    season.change().accuracy.back().as_of = AsOf{as_of};
    season.change().accuracy.back().origin = origin;
}

double bias(const SmallSeason& season, AsOfChoice choice) {
    GradeRequest asked = request();
    asked.as_of = choice;
    const GradeReport report = season.report(asked);
    return report.systems.empty() ? kNone : report.systems[0].measures.bias();
}

TEST(GradeReport, OfSeveralForecastsOneCounts) {
    // Outcome 20. Live at 9:00 (mean 21), at 11:59 (22) and at tip-off (23); afterwards a backfill
    // as of tip-off (30).
    SmallSeason season;
    season.plays(kPlayer, 20);
    const GameDate date = day(0);
    forecast_again(season, 30, tip_off(date), forecast::kOriginBackfill);
    EXPECT_EQ(bias(season, AsOfChoice::kLast), 10);
    EXPECT_TRUE(std::isnan(bias(season, AsOfChoice::kMorning)));  // none before noon: none counts

    forecast_again(season, 23, tip_off(date), forecast::kOriginLive);
    forecast_again(season, 21, eastern_instant(date, {9, 0, 0}), forecast::kOriginLive);
    forecast_again(season, 22, eastern_instant(date, {11, 59, 0}), forecast::kOriginLive);
    EXPECT_EQ(bias(season, AsOfChoice::kFirst), 1);
    EXPECT_EQ(bias(season, AsOfChoice::kMorning), 2);
    EXPECT_EQ(bias(season, AsOfChoice::kLast), 3);

    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.measures.n(), 1);
    EXPECT_EQ(system.live, 1);
    EXPECT_EQ(system.backfill, 0);
}

TEST(GradeReport, ErrorsAreOfTheCorrectedBoxScoreAndBetsStandAsSettled) {
    SmallSeason season;
    season.plays(kPlayer, 19).forecast(24).pick(20.5, "OVER");
    Accuracy corrected = season.change().accuracy[0];
    corrected.revision = 1;
    corrected.actual = 21;
    corrected.error = 3;
    season.change().accuracy.push_back(corrected);
    season.change().player_games[0].points = 21;
    const SystemReport system = season.report().systems.at(0);
    EXPECT_EQ(system.measures.n(), 1);
    EXPECT_EQ(system.measures.bias(), 3);
    EXPECT_EQ(system.picks.bets(), 1);
    EXPECT_EQ(system.picks.hit_rate(), 0);
}

TEST(GradeReport, SlicesAddUpToTheWhole) {
    SmallSeason season;
    for (int i = 0; i < 8; ++i)
        season.plays(kPlayer, 4 * i).forecast(4 * i + 1);
    season.change().accuracy[3].quality_grade = "C";
    season.change().accuracy[5].last_10_points = 25;
    const SystemReport system = season.report().systems.at(0);
    std::int64_t tiers = 0, grades = 0;
    for (const SliceReport& slice : system.tiers)
        tiers += slice.measures.n();
    for (const SliceReport& slice : system.grades)
        grades += slice.measures.n();
    EXPECT_EQ(tiers, 8);
    EXPECT_EQ(grades, 8);
    const auto slice = [&](std::string_view name) {
        for (const auto* slices : {&system.tiers, &system.grades}) {
            const auto found = std::ranges::find(*slices, name, &SliceReport::name);
            if (found != slices->end()) return found->measures.n();
        }
        return std::int64_t{-1};
    };
    EXPECT_EQ(slice("20_to_30"), 1);
    EXPECT_EQ(slice("C"), 1);
    EXPECT_EQ(slice("A"), 7);
}

TEST(GradeReport, OtherMarketsHaveTheirOwnOutcomes) {
    SmallSeason season;
    season.plays(kPlayer, 10).plays(kPlayer, 20);
    season.change().player_games[0].rebounds = 4;
    season.change().player_games[1].rebounds = 9;
    season.change().player_games[1].three_pointers_made = 2;
    GradeRequest asked = request();
    asked.market = Market::kRebounds;
    EXPECT_EQ(reference(season.report(asked), "last_10_mean").mae, 5);
    // The first game's threes are not on record: it is in no population of that market.
    asked.market = Market::kThrees;
    EXPECT_EQ(season.report(asked).population_n, 1);
    EXPECT_EQ(reference(season.report(asked), "last_10_mean").n, 0);
}

std::vector<std::uint64_t> bits(const GradeReport& report) {
    std::vector<std::uint64_t> all;
    const auto add = [&](double value) { all.push_back(std::bit_cast<std::uint64_t>(value)); };
    for (const SystemReport& system : report.systems) {
        for (const double value :
             {system.measures.mae(), system.measures.rmse(), system.measures.bias(),
              system.measures.crps(), system.probability.brier(), system.probability.log_loss(),
              system.picks.roi(), system.edges[0].bets.break_even()}) {
            add(value);
        }
    }
    for (const ReferenceReport& row : report.references) {
        add(row.mae);
        add(row.mae_shared);
    }
    return all;
}

template <class T>
void shuffle(std::vector<T>& rows, std::mt19937& random) {
    for (std::size_t i = rows.size(); i > 1; --i)
        std::swap(rows[i - 1], rows[random() % i]);
}

TEST(GradeReport, HasTheSameBitsInWhateverOrderTheFactsCome) {
    SmallSeason season;
    std::mt19937 random(7);
    for (int i = 0; i < 50; ++i) {
        season.plays(PlayerId{1 + i % 7}, static_cast<std::int32_t>(random() % 40));
        season.quote(15.5 + i % 9, 30);
        for (const auto* const system : {"a_v1", "b_v1"}) {
            season.forecast(5 + static_cast<double>(random() % 300) / 10.0 + 0.1, system);
            season.pick(15.5 + i % 9, i % 2 == 0 ? "OVER" : "UNDER", -110 - i, 100 + i);
        }
    }
    const auto in_order = bits(season.report());
    ASSERT_EQ(in_order.size(), 22U);
    for (const std::uint64_t bit : in_order)
        EXPECT_FALSE(std::isnan(std::bit_cast<double>(bit)));
    for (int round = 0; round < 5; ++round) {
        ReportFacts facts = season.facts();
        shuffle(facts.accuracy, random);
        shuffle(facts.picks, random);
        shuffle(facts.player_games, random);
        EXPECT_EQ(bits(build_report(facts, request())), in_order);
    }
}

TEST(AsOfChoiceNames, AreReadAsTheyArePrinted) {
    for (const AsOfChoice choice : {AsOfChoice::kFirst, AsOfChoice::kMorning, AsOfChoice::kLast}) {
        EXPECT_EQ(*parse_as_of_choice(to_string(choice)), choice);
    }
    ASSERT_FALSE(parse_as_of_choice("noon"));
    EXPECT_EQ(parse_as_of_choice("noon").error().code(), ErrorCode::kUsage);
}

/// A database that holds one graded forecast against one line, and a play-in game that has a final
/// score alone.
class StoredReport : public testing::Test {
protected:
    void SetUp() override {
        SmallSeason season;
        season.plays(kPlayer, 10).plays(kPlayer, 25).forecast(24).pick(20.5, "OVER");
        for (auto& pick : season.change().picks)
            pick.game_date = day(1);
        const ReportFacts facts = season.facts();

        std::vector<conform::Game> games{final_game(kGame, day(0)), final_game(kGame + 1, day(1)),
                                         final_game(kGame + 50, day(2))};
        games.back().player_rows = 0;
        support::merge_rows(*database_, conform::kGame, games);
        support::merge_rows(*database_, conform::kPlayerGame, facts.player_games);
        support::merge_rows(*database_, kAccuracy, facts.accuracy);
        support::merge_rows(*database_, forecast::kPick, facts.picks);
        support::merge_rows(*database_, forecast::kPrediction,
                            std::vector{prediction(games[1], kPlayer, 24, 7),
                                        prediction(games[2], kPlayer, 24, 7)});
        collect::PropLine line;
        line.source = "prop_lines";
        line.game_id = GameId{kGame + 1};
        line.player_id = kPlayer;
        line.market = "points";
        line.book = "a";
        line.line_value = 20.5;
        line.game_date = day(1);
        line.over_price = -110;
        line.under_price = -110;
        line.snapshot = tip_off(day(1)) - std::chrono::minutes{1};
        line.known_at = KnownAt{line.snapshot};
        line.known_at_basis = collect::kBasisAssumedClosing;
        collect::PropLine in_play = line;
        in_play.player_id = PlayerId{2};
        in_play.in_play = true;
        support::merge_rows(*database_, collect::kPropLine, std::vector{line, in_play});
    }

    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_ = support::open_with_tables(
        folder_.path() / "report.duckdb",
        {&conform::kGame.spec(), &conform::kPlayerGame.spec(), &kAccuracy.spec(),
         &forecast::kPick.spec(), &forecast::kPrediction.spec(), &collect::kPropLine.spec()});
};

TEST_F(StoredReport, ReadsWhatIsStored) {
    const GradeReport report = support::value_of(grade_report(*database_, request()));
    EXPECT_EQ(report.population_n, 2);
    ASSERT_EQ(report.systems.size(), 1U);
    EXPECT_EQ(report.systems[0].measures.n(), 1);
    EXPECT_EQ(report.systems[0].measures.bias(), -1);
    EXPECT_EQ(report.systems[0].picks.hit_rate(), 1);
    EXPECT_EQ(reference(report, "last_10_mean").mae, 15);
    EXPECT_EQ(reference(report, "line").n, 1);
    EXPECT_EQ(reference(report, "line").mae, 4.5);
    EXPECT_EQ(report.undated_lines, 1);
}

TEST_F(StoredReport, ARangeWithoutResultsIsAReportOfZeros) {
    GradeRequest asked = request();
    asked.dates = {day(300), day(310)};
    const GradeReport report = support::value_of(grade_report(*database_, asked));
    EXPECT_EQ(report.population_n, 0);
    EXPECT_TRUE(report.systems.empty());
    EXPECT_EQ(reference(report, "last_10_mean").n, 0);
}

TEST_F(StoredReport, GamesWithoutABoxScoreAreNotWaitingForGrades) {
    EXPECT_EQ(support::value_of(ungraded_games(*database_, request().dates)), 0);
    support::execute(*database_, "DELETE FROM predictions.prediction_accuracy");
    EXPECT_EQ(support::value_of(ungraded_games(*database_, request().dates)), 1);
}

}  // namespace
}  // namespace tipoff::grade
