// Laws that each of the five systems keeps, for each market.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "fitted_systems.h"
#include "forecast/parameters.h"

namespace tipoff::forecast {
namespace {

std::vector<TestRow> any_matchups(std::size_t count, std::uint32_t seed) {
    std::minstd_rand random(seed);
    std::vector<TestRow> rows(count);
    std::ranges::generate(rows, [&] { return any_matchup(random); });
    return rows;
}

/// Calls `check(market, system, forecasts of a row)` for every forecast that was made.
template <class Check>
void for_each_forecast(const std::vector<SystemForecasts>& said, Check check) {
    ASSERT_EQ(said.size(), kMarkets.size());
    for (const SystemForecasts& made : said) {
        ASSERT_EQ(made.system_ids.size(), kSystemIds.size()) << to_string(made.market);
        ASSERT_FALSE(made.forecasts.empty());
        for (std::size_t f = 0; f < made.forecasts.size(); ++f) {
            SCOPED_TRACE(std::string(to_string(made.market)) + " by " +
                         std::string(made.system_ids[f % kSystemIds.size()]));
            check(made.market, f, made.forecasts[f]);
        }
    }
}

/// Everything that a forecast says, to the bit.
std::string bits_of(const Forecast& forecast) {
    std::string bits = forecast.missing.to_text();
    const auto add = [&bits](auto number) {
        bits.append(reinterpret_cast<const char*>(&number), sizeof number);
    };
    add(forecast.market);
    add(forecast.members);
    for (const double number : {forecast.mean, forecast.sd, forecast.minutes})
        add(number);
    for (const Contribution& part : forecast.contributions.all()) {
        add(part.part);
        add(part.amount);
    }
    return bits;
}

/// A line for every other row, of every market; some of the others are passed over.
OffersOfMarkets lines_for(std::size_t rows) {
    OffersOfMarkets lines;
    for (const Market market : kMarkets) {
        Offers& of_market = lines[index_of(market)];
        of_market.resize(rows);
        for (std::size_t i = 0; i < rows; ++i) {
            of_market[i].others_have_lines = i % 3 == 0;
            if (i % 2 == 0) {
                of_market[i].line = KnownLine{.line_value = static_cast<double>(i % 30) + 0.5,
                                              .p_over = 0.4 + 0.002 * static_cast<double>(i % 100)};
            }
        }
    }
    return lines;
}

/// `said` of rows in another order: what stands at i was said of the row that stood at `order[i]`.
void expect_permuted(const std::vector<SystemForecasts>& permuted,
                     const std::vector<SystemForecasts>& said, std::span<const std::size_t> order) {
    for (std::size_t m = 0; m < said.size(); ++m) {
        ASSERT_EQ(permuted[m].system_ids, said[m].system_ids);
        for (std::size_t i = 0; i < order.size(); ++i) {
            for (std::size_t s = 0; s < said[m].system_ids.size(); ++s) {
                ASSERT_EQ(bits_of(permuted[m].of_row(i)[s]), bits_of(said[m].of_row(order[i])[s]))
                    << to_string(said[m].market) << " by " << said[m].system_ids[s];
            }
        }
    }
}

TEST(EverySystem, PermutingThePlayersPermutesTheForecasts) {
    const std::vector<TestRow> rows = any_matchups(220, 1);
    const OffersOfMarkets lines = lines_for(rows.size());
    const auto said = said_of(rows, lines);
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), 0);
    std::minstd_rand random(3);
    for (const std::size_t threads : {1U, 3U}) {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[random() % i]);
        std::vector<TestRow> permuted;
        OffersOfMarkets permuted_lines;
        for (const std::size_t from : order) {
            permuted.push_back(rows[from]);
            for (const Market market : kMarkets)
                permuted_lines[index_of(market)].push_back(lines[index_of(market)][from]);
        }
        expect_permuted(said_of(permuted, permuted_lines, threads), said, order);
    }
}

TEST(EverySystem, SaysTheSameOfAPlayerWhoeverElseIsForecast) {
    const std::vector<TestRow> rows = any_matchups(40, 2);
    const auto said = said_of(rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
        expect_permuted(said_of({&rows[i], 1}), said, std::array{i});
}

TEST(EverySystem, GivesADistributionWhoseProbabilitiesMakeSense) {
    constexpr std::array kLevels{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};
    const std::vector<TestRow> rows = any_matchups(60, 4);
    for_each_forecast(said_of(rows), [&](Market market, std::size_t, const Forecast& forecast) {
        EXPECT_EQ(forecast.market, market);
        const CountDistribution distribution = forecast.distribution();
        for (std::size_t level = 1; level < kLevels.size(); ++level) {
            EXPECT_LE(distribution.quantile(kLevels[level - 1]),
                      distribution.quantile(kLevels[level]));
        }
        double over_before = 1;
        for (double line = 0; line < 70; line += 0.5) {
            const double over = distribution.p_over(line);
            const double push = distribution.p_push(line);
            const double under = distribution.p_under(line);
            EXPECT_GE(std::min({over, push, under}), 0) << line;
            EXPECT_NEAR(over + push + under, 1, 1e-12) << line;
            EXPECT_LE(over, over_before) << line;
            if (line != std::floor(line)) {
                EXPECT_EQ(push, 0) << line;
            }
            over_before = over;
        }
        EXPECT_LT(over_before, 0.05);
    });
}

TEST(EverySystem, IsWholeWhateverIsUnknown) {
    std::vector<TestRow> rows = any_matchups(120, 6);
    rows.push_back(newcomer());  // all that the fold can leave unknown
    for_each_forecast(said_of(rows), [&](Market, std::size_t, const Forecast& forecast) {
        EXPECT_GE(forecast.mean, CountDistribution::kMinMean);
        EXPECT_LT(forecast.mean, 120);
        EXPECT_GT(forecast.sd, 0);
        EXPECT_LT(forecast.sd, 60);
        EXPECT_GT(forecast.minutes, 0);
        EXPECT_LT(forecast.minutes, 60);
        EXPECT_NEAR(forecast.contributions.sum(), forecast.mean, 1e-9);
    });
}

TEST(EverySystem, OfAPlayerOfWhomNothingIsKnownSaysSo) {
    for_each_forecast(said_of(std::array{newcomer()}),
                      [&](Market, std::size_t, const Forecast& forecast) {
                          EXPECT_TRUE(forecast.missing.has(Missing::kHistory));
                          EXPECT_LE(forecast.distribution().quantile(0.1), 1);
                      });
}

/// Neither the spread nor its share of the mean shrinks from `sure` to `unsure`, in every market
/// and system. What is not known may move the mean: a smaller mean has the smaller spread, and the
/// larger share.
void expect_no_narrower(const std::vector<SystemForecasts>& unsure,
                        const std::vector<SystemForecasts>& sure) {
    for_each_forecast(unsure, [&](Market market, std::size_t f, const Forecast& forecast) {
        const auto& of_market = sure[index_of(market)];
        double least_ratio = 1;
        // The parts of a sum have means that move each for itself.
        for (const Market count : counts_in(market)) {
            least_ratio = std::min(least_ratio, unsure[index_of(count)].forecasts[f].mean /
                                                    sure[index_of(count)].forecasts[f].mean);
        }
        EXPECT_GE(forecast.sd, of_market.forecasts[f].sd * least_ratio * (1 - 1e-9));
    });
}

TEST(EverySystem, IsNoNarrowerForADoubtfulPlayer) {
    const std::vector<TestRow> rows = any_matchups(100, 8);
    std::vector<TestRow> sure = rows;
    std::vector<TestRow> doubtful = rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sure[i].set("chance_to_play", 0.99).set("listed_out", 0);
        doubtful[i].set("chance_to_play", 0.2).set("listed_out", 1);
    }
    expect_no_narrower(said_of(doubtful), said_of(sure));
}

/// Players like a newcomer in all but the number of games: what their form says is what would be
/// assumed of them without it, so that fewer games take nothing away but certainty.
std::vector<TestRow> as_usual_as_can_be(double games) {
    std::vector<TestRow> rows;
    for (const double days_rest : {1, 6, 30}) {
        for (const bool with_zones : {true, false}) {
            const MovingAverageParameters& points = form_parameters(Market::kPoints);
            const ZoneMatchupParameters zones;
            TestRow row = starter();
            row.set("games_on_record", games).set("games_this_season", games);
            row.set("player_days_rest", days_rest);
            for (const auto* const window :
                 {"minutes_mean_ewm_short", "minutes_mean_ewm_long", "minutes_mean_season"})
                row.set(window, points.minutes.newcomer_minutes);
            row.set("points_per_minute_ewm", points.rate_prior);
            row.set("rebounds_per_minute_ewm", form_parameters(Market::kRebounds).rate_prior);
            row.set("assists_per_minute_ewm", form_parameters(Market::kAssists).rate_prior);
            row.set("threes_per_minute_ewm", form_parameters(Market::kThrees).rate_prior);
            row.set("field_goals_attempted_per_minute_ewm", zones.attempts_prior);
            row.set("free_throws_attempted_per_minute_ewm", zones.free_throws_prior);
            row.set("free_throw_pct_long", zones.free_throw_pct_prior);
            if (!with_zones) row.forget("zone_share_paint");
            rows.push_back(row);
        }
    }
    return rows;
}

TEST(EverySystem, IsNoNarrowerForAPlayerWithFewerGames) {
    constexpr std::array kGames{300.0, 82.0, 40.0, 10.0, 9.0, 3.0, 1.0};
    for (std::size_t i = 1; i < kGames.size(); ++i) {
        const auto few = said_of(as_usual_as_can_be(kGames[i]));
        const auto many = said_of(as_usual_as_can_be(kGames[i - 1]));
        expect_no_narrower(few, many);
        // The formulas' means stay, so that the spread has to grow.
        for (std::size_t f = 0; f < few.front().forecasts.size(); f += kSystemIds.size()) {
            EXPECT_NEAR(few.front().forecasts[f].mean, many.front().forecasts[f].mean, 1e-6);
            EXPECT_GT(few.front().forecasts[f].sd, many.front().forecasts[f].sd);
        }
    }
}

}  // namespace
}  // namespace tipoff::forecast
