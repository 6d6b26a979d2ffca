#include "forecast/similarity.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <set>

#include "feature_row.h"
#include "forecast/moving_average.h"

namespace tipoff::forecast {
namespace {

KnownAt day(int number) { return {Instant{std::chrono::days{number}}}; }
AsOf as_of_day(int number) { return {Instant{std::chrono::days{number}}}; }

Forecast form_of(const TestRow& row) {
    return moving_average(row.view(), Market::kPoints, MovingAverageParameters{});
}

/// A played game of `row` whose outcome was `ratio` times what was expected.
PastMatchup game_of(const TestRow& row, double ratio, int known_on = 1) {
    const Forms forms = forms_of(row.view());
    CountValues outcomes{};
    for (std::size_t count = 0; count < kCounts; ++count)
        outcomes[count] = static_cast<float>(ratio * forms[count].mean);
    return past_matchup(row.view(), forms, day(known_on), outcomes, SimilarityParameters{});
}

Forecast forecast_of(const TestRow& row, const SimilarityPool& pool, int as_of = 100,
                     const SimilarityParameters& parameters = {}, Market count = Market::kPoints) {
    const Forms forms = forms_of(row.view());
    const auto neighbours = similar_matchups(row.view(), forms, as_of_day(as_of), pool, parameters);
    return similarity(row.view(), forms[index_of(count)], neighbours, parameters);
}

SimilarityPool pool_of(const std::vector<PastMatchup>& entries) {
    SimilarityPool pool;
    pool.add(entries);
    return pool;
}

std::vector<PastMatchup> any_games(std::minstd_rand& random, std::size_t count) {
    std::vector<PastMatchup> games;
    for (std::size_t i = 0; i < count; ++i) {
        games.push_back(game_of(any_row(random), static_cast<double>(random() % 20) / 10,
                                static_cast<int>(i / 200)));
    }
    return games;
}

bool same_bits(const Forecast& a, const Forecast& b) {
    return std::memcmp(&a.mean, &b.mean, sizeof a.mean) == 0 &&
           std::memcmp(&a.sd, &b.sd, sizeof a.sd) == 0 &&
           a.missing.to_text() == b.missing.to_text();
}

TEST(Similarity, IsTheMovingAverageWithoutAPast) {
    const Forecast forecast = forecast_of(starter(), {});
    EXPECT_TRUE(same_bits(forecast, [] {
        Forecast form = form_of(starter());
        form.missing.add(Missing::kNeighbours);
        return form;
    }()));
    EXPECT_EQ(forecast.missing.to_text(), "neighbours");
    EXPECT_EQ(contributions_text(forecast), contributions_text(form_of(starter())));
}

// 500 games of the same matchup, each 20% above what was expected. Every weight is 1: the error is
// 0.2 x 500 m / (500 m + 100). All outcomes agree, so that the dispersion is at its least, 1.
TEST(Similarity, WorkedByHand) {
    const double m = form_of(starter()).mean;
    const Forecast forecast =
        forecast_of(starter(), pool_of(std::vector(500, game_of(starter(), 1.2))), 100,
                    {.neighbours = 500, .shrinkage = 100, .dispersion_share = 1});
    const double mean = m * (1 + 100 * m / (500 * m + 100));
    EXPECT_NEAR(forecast.mean, mean, 1e-5 * m);
    EXPECT_NEAR(forecast.sd, std::sqrt(mean), 1e-5);
    EXPECT_TRUE(forecast.missing.empty());
    EXPECT_EQ(contributions_text(forecast).substr(0, 16), "form 35 min +20.");
    EXPECT_NE(contributions_text(forecast).find("similar matchups +4."), std::string::npos);
}

// Half of the games at no points, half at twice what was expected: the variance is m^2, the
// dispersion m.
TEST(Similarity, SpreadsAsItsNeighboursDo) {
    std::vector<PastMatchup> games(250, game_of(starter(), 0));
    games.insert(games.end(), 250, game_of(starter(), 2));
    const Forecast forecast =
        forecast_of(starter(), pool_of(games), 100, {.neighbours = 500, .dispersion_share = 1});
    EXPECT_NEAR(forecast.mean, form_of(starter()).mean, 1e-5);
    EXPECT_NEAR(forecast.sd, forecast.mean, 1e-4);
}

TEST(Similarity, TrustsFewNeighboursLess) {
    const double form = form_of(starter()).mean;
    const auto change = [&](std::size_t games) {
        return forecast_of(starter(), pool_of(std::vector(games, game_of(starter(), 1.5)))).mean -
               form;
    };
    EXPECT_GT(change(10), 0);
    EXPECT_LT(change(10), 0.05 * change(500));
    EXPECT_LT(change(250), change(500));
    EXPECT_EQ(forecast_of(starter(), pool_of({game_of(starter(), 1)})).missing.to_text(),
              "neighbours");
}

TEST(Similarity, ListensToTheNearMoreThanToTheFar) {
    TestRow star = starter();
    star.set("usage_vacated", 0.4);
    std::vector<PastMatchup> games(300, game_of(starter(), 1.3));
    games.insert(games.end(), 300, game_of(star, 0.7));
    EXPECT_GT(forecast_of(starter(), pool_of(games)).mean, form_of(starter()).mean);
    EXPECT_LT(forecast_of(star, pool_of(games)).mean, form_of(star).mean);
}

TEST(Similarity, WhatIsUnknownLiesWhereNothingIsUnusual) {
    TestRow usual = starter();
    usual.set("player_minutes_last_7_days", 0).set("usage_vacated", 0).set("days_into_season", 0);
    TestRow unknown = usual;
    for (const auto* const name :
         {"player_minutes_last_7_days", "usage_vacated", "days_into_season",
          "opponent_defence_factor", "expected_pace_factor"})
        unknown.forget(name);
    const auto place = [](const TestRow& row) {
        return place_of(row.view(), form_of(row), SimilarityParameters{});
    };
    EXPECT_EQ(place(unknown), place(usual));
    // Without minutes on record there is no change of them.
    EXPECT_EQ(place(newcomer())[2], 0.0F);
}

TEST(Similarity, AReachIsADistanceOfOne) {
    const SimilarityParameters parameters;
    const auto distance = [&](const std::string& name, double reach) {
        TestRow row = starter();
        row.set("player_minutes_last_7_days", 0).set("usage_vacated", 0).set("days_into_season", 0);
        TestRow other = row;
        other.set(name, static_cast<double>(row.values[features::find_feature(name)]) + reach);
        return squared_distance(place_of(row.view(), form_of(row), parameters),
                                place_of(other.view(), form_of(other), parameters));
    };
    EXPECT_NEAR(distance("player_minutes_last_7_days", parameters.week_minutes_reach), 1, 1e-5);
    EXPECT_NEAR(distance("usage_vacated", parameters.usage_vacated_reach), 1, 1e-5);
    EXPECT_NEAR(distance("days_into_season", parameters.season_phase_reach), 1, 1e-5);
    EXPECT_NEAR(distance("opponent_defence_factor", parameters.defence_reach), 1, 1e-4);
    EXPECT_NEAR(distance("expected_pace_factor", parameters.pace_reach), 1, 1e-4);
}

TEST(Similarity, EveryConstantCountsInTheHash) {
    std::set<Fingerprint> hashes{hash(SimilarityParameters{})};
    for (std::size_t at = 0; at < sizeof(SimilarityParameters); at += sizeof(double)) {
        SimilarityParameters parameters;
        auto* const bytes = reinterpret_cast<unsigned char*>(&parameters);
        double constant = 0;
        std::memcpy(&constant, bytes + at, sizeof constant);
        constant += 1;
        std::memcpy(bytes + at, &constant, sizeof constant);
        hashes.insert(hash(parameters));
    }
    EXPECT_EQ(hashes.size(), sizeof(SimilarityParameters) / sizeof(double) + 1);
}

RC_GTEST_PROP(Similarity, ForgettingTheFutureChangesNoBit, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    const std::vector<PastMatchup> games = any_games(random, 1500);
    const int as_of = *rc::gen::inRange(0, 9);
    std::vector<PastMatchup> earlier = games;
    std::erase_if(earlier, [&](const PastMatchup& game) {
        return !is_admissible(game.known_at, as_of_day(as_of));
    });
    const TestRow row = any_row(random);
    RC_ASSERT(same_bits(forecast_of(row, pool_of(games), as_of),
                        forecast_of(row, pool_of(earlier), as_of)));
}

RC_GTEST_PROP(Similarity, TheOrderOfADaysGamesChangesNoBit, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    std::vector<PastMatchup> games = any_games(random, 1200);
    const SimilarityPool pool = pool_of(games);
    for (std::size_t i = games.size(); i > 1; --i)
        std::swap(games[i - 1], games[random() % i]);
    const TestRow row = any_row(random);
    RC_ASSERT(same_bits(forecast_of(row, pool), forecast_of(row, pool_of(games))));
}

RC_GTEST_PROP(Similarity, BetterGamesOfTheNeighboursNeverLowerIt, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    std::vector<PastMatchup> games = any_games(random, *rc::gen::inRange<std::size_t>(1, 1000));
    const TestRow row = any_row(random);
    const double before = forecast_of(row, pool_of(games)).mean;
    for (PastMatchup& game : games) {
        if (random() % 2 == 0) game.outcome.front() += static_cast<float>(random() % 5);
    }
    RC_ASSERT(forecast_of(row, pool_of(games)).mean >= before - 1e-9);
}

RC_GTEST_PROP(Similarity, WhateverIsUnknownTheForecastIsWhole, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    const SimilarityPool pool = pool_of(any_games(random, *rc::gen::inRange<std::size_t>(0, 1500)));
    TestRow row = any_row(random);
    for (float& value : row.values) {
        if (random() % 3 == 0) value = std::nanf("");
    }
    // What is always known: how many games are on record, and where the game is.
    row.set("games_on_record", *rc::gen::inRange(0, 300));
    row.set("games_this_season", *rc::gen::inRange(0, 82)).set("is_home", *rc::gen::inRange(0, 2));
    const Forecast forecast = forecast_of(row, pool);
    RC_ASSERT(forecast.mean >= CountDistribution::kMinMean && forecast.mean < 60);
    RC_ASSERT(forecast.sd > 0 && forecast.sd < 40);
    double total = 0;
    for (const Contribution& part : forecast.contributions.all())
        total += part.amount;
    RC_ASSERT(std::abs(total - forecast.mean) < 1e-9);

    const CountDistribution distribution = forecast.distribution();
    RC_ASSERT(distribution.quantile(0.1) <= distribution.median());
    RC_ASSERT(distribution.median() <= distribution.quantile(0.9));
    for (const double line : {4.5, 12.0, 22.5}) {
        RC_ASSERT(distribution.p_over(line) >= distribution.p_over(line + 1));
        RC_ASSERT(std::abs(distribution.p_over(line) + distribution.p_push(line) +
                           distribution.p_under(line) - 1) < 1e-9);
    }
}

TEST(Similarity, APlayersForecastIsHisOwnWhoeverElseIsForecast) {
    std::minstd_rand random(7);
    const SimilarityPool pool = pool_of(any_games(random, 2000));
    std::vector<TestRow> rows(30);
    std::ranges::generate(rows, [&] { return any_row(random); });
    std::vector<Forecast> forward;
    for (const TestRow& row : rows)
        forward.push_back(forecast_of(row, pool));
    for (std::size_t i = rows.size(); i > 0; --i)
        EXPECT_TRUE(same_bits(forecast_of(rows[i - 1], pool), forward[i - 1]));
}

}  // namespace
}  // namespace tipoff::forecast
