#include "operate/walk_forward.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/expected.h"
#include "support/mini_league.h"

namespace tipoff::operate {
namespace {

/// What was said of a day, to the bit.
using Said = std::map<GameDate, std::vector<std::uint64_t>>;

test::MiniLeagueOptions two_seasons() { return {.seed = 3, .game_days = 40}; }

/// The league's second season.
WalkForwardRequest request_for(const conform::RawFacts& raw) {
    WalkForwardRequest request;
    for (const auto& game : raw.schedule) {
        if (request.dates.from == GameDate{} &&
            season_of(game.game_id) == Season::starting_in(2022))
            request.dates.from = game.game_date;
        request.dates.to = std::max(request.dates.to, game.game_date);
    }
    request.retrain_days = 20;
    request.fewest_games = 300;
    request.trees.most_rounds = 30;
    request.trees.min_child_weight = 5;
    return request;
}

struct Walked {
    Said said;
    int trainings = 0;
    std::vector<std::string> systems;
};

Walked walk(conform::RawFacts raw, const WalkForwardRequest& request,
            features::Admissible admissible = is_admissible) {
    const Facts facts(std::move(raw));
    const grade::Outcomes outcomes(facts.summaries());
    WalkForward forward(facts, outcomes, admissible);
    Walked walked;
    support::value_of(forward.run(request, [&](GameDate date, auto rows, auto markets) {
        const forecast::SystemForecasts& forecasts = markets.front();
        EXPECT_EQ(forecasts.forecasts.size(), rows.size() * forecasts.system_ids.size());
        walked.systems.assign(forecasts.system_ids.begin(), forecasts.system_ids.end());
        for (const forecast::Forecast& made : forecasts.forecasts) {
            walked.said[date].push_back(std::bit_cast<std::uint64_t>(made.mean));
            walked.said[date].push_back(std::bit_cast<std::uint64_t>(made.sd));
        }
    }));
    walked.trainings = forward.trainings();
    return walked;
}

TEST(WalkForward, ForecastsEveryDayOfTheRangeWithAllFiveSystems) {
    const auto raw = test::mini_league(two_seasons());
    const auto request = request_for(raw);
    const Walked walked = walk(raw, request);
    EXPECT_EQ(walked.systems,
              (std::vector<std::string>{"moving_average_v1", "zone_matchup_v1", "similarity_v1",
                                        "xgboost_v1", "ensemble_v1"}));
    EXPECT_GE(walked.said.size(), 38U);  // a postponed game may empty a day
    EXPECT_GE(walked.said.begin()->first, request.dates.from);
    EXPECT_LE(walked.said.rbegin()->first, request.dates.to);
    EXPECT_GT(walked.trainings, 3);
}

TEST(WalkForward, IsTheSameToTheBitAgainAndOnAnyNumberOfThreads) {
    const auto raw = test::mini_league(two_seasons());
    auto request = request_for(raw);
    const Said once = walk(raw, request).said;
    for (const std::size_t threads : {1U, 4U}) {
        request.threads = threads;
        EXPECT_EQ(walk(raw, request).said, once);
    }
}

/// The days up to the one before the future begins.
Said before(const Said& said, GameDate date) { return {said.begin(), said.lower_bound(date)}; }

TEST(WalkForward, SaysTheSameOfADayWhateverComesAfterIt) {
    const auto raw = test::mini_league(two_seasons());
    const auto request = request_for(raw);
    const Said said = walk(raw, request).said;
    const GameDate turn = std::next(said.begin(), static_cast<long>(said.size()) / 2)->first;
    const Instant from = eastern_instant(turn, {.hour = 12, .minute = 0});
    for (const bool change : {true, false}) {
        const Said other = walk(test::with_another_future(raw, from, change), request).said;
        EXPECT_EQ(before(other, turn), before(said, turn));
    }
}

bool everything(KnownAt, AsOf) { return true; }

TEST(WalkForward, SeesTheFutureOnceTheGuardIsTakenOut) {
    const auto raw = test::mini_league(two_seasons());
    const auto request = request_for(raw);
    const Said said = walk(raw, request, everything).said;
    const GameDate turn = std::next(said.begin(), static_cast<long>(said.size()) / 2)->first;
    const Instant from = eastern_instant(turn, {.hour = 12, .minute = 0});
    const Said other = walk(test::with_another_future(raw, from, true), request, everything).said;
    EXPECT_NE(before(other, turn), before(said, turn));
}

TEST(WalkForward, LearnsFromTheLastFourYearsAlone) {
    const auto fitted = [](int first_season, int seasons) {
        const Facts facts(test::mini_league(
            {.seed = 3, .first_season = first_season, .seasons = seasons, .game_days = 20}));
        const grade::Outcomes outcomes(facts.summaries());
        WalkForward forward(facts, outcomes);
        WalkForwardRequest request;
        const auto& games = facts.summaries().games;
        request.dates = {games.back().game_date, games.back().game_date};
        request.fewest_games = 300;
        request.trees.most_rounds = 5;
        request.warm_up_days = 0;
        support::value_of(forward.run(request, [](GameDate, auto, auto) {}));
        support::value_of(forward.fit(request));
        EXPECT_GE(*forward.first_date(), request.dates.to.plus_days(-4 * 365));
        return forward.games_learnt();
    };
    // A season more, and a season that is let go of: within a few games as many.
    const auto of_six = static_cast<double>(fitted(2018, 6));
    const auto of_seven = static_cast<double>(fitted(2017, 7));
    const auto of_two = static_cast<double>(fitted(2022, 2));
    EXPECT_NEAR(of_seven / of_six, 1, 0.1);
    EXPECT_NEAR(of_six / of_two, 2, 0.3);
}

TEST(WalkForward, RefusesToTrainOnTooFewGames) {
    const Facts facts(test::mini_league({.seed = 3, .game_days = 5}));
    const grade::Outcomes outcomes(facts.summaries());
    WalkForward forward(facts, outcomes);
    WalkForwardRequest request = request_for(facts.raw());
    request.fewest_games = 5000;
    const auto outcome = forward.run(request, [](GameDate, auto, auto) {});
    EXPECT_NE(support::told(outcome).find("too few to train on"), std::string::npos);
    EXPECT_NE(support::told(outcome).find("import earlier seasons"), std::string::npos);
}

}  // namespace
}  // namespace tipoff::operate
