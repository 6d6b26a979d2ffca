/// Who was expected and what became of him: each reason by hand.
#include "operate/coverage.h"

#include <gtest/gtest.h>

#include "operate/made_grid.h"

namespace tipoff::operate {
namespace {

using namespace test;

constexpr PlayerId kOne{101};
constexpr PlayerId kTwo{102};

/// The one gap of a report.
CoverageGap only_gap(const CoverageReport& report) {
    EXPECT_EQ(report.gaps.size(), 1U);
    return report.gaps.empty() ? CoverageGap{} : report.gaps.front();
}

/// "NOT_ON_ROSTER: last seen ...", of the one gap.
std::string told(const CoverageReport& report) {
    const CoverageGap gap = only_gap(report);
    return std::string(to_string(gap.reason)) + ": " + gap.detail;
}

TEST(CoverageOfADate, CountsThePredictedTheVoidedAndTheirLines) {
    MadeGrid made("final");
    made.predicted(kOne);
    made.played(kOne, 31);
    made.line(kOne);
    made.predicted(kTwo);  // and did not play
    made.inactive(kTwo, "inactive", "left ankle sprain");
    made.predicted(PlayerId{103});
    made.played(PlayerId{103}, 9);
    made.line(PlayerId{103}, "points", true);  // in play: for no feature and no grade
    const CoverageReport report = made.coverage();
    EXPECT_EQ(report.expected, 3);
    EXPECT_EQ(report.predicted, 2);
    EXPECT_EQ(report.voided, 1);
    EXPECT_TRUE(report.gaps.empty());
    ASSERT_EQ(report.voids.size(), 1U);
    EXPECT_EQ(report.voids[0].player_id, kTwo);
    EXPECT_EQ(to_string(report.voids[0].reason), "VOID_DID_NOT_PLAY");
    EXPECT_EQ(report.voids[0].detail, "inactive: left ankle sprain");
    EXPECT_EQ(report.lines.lined, 1);
    EXPECT_EQ(report.lines.no_line, 1);
    EXPECT_EQ(report.lines.no_line_yet, 0);
    EXPECT_EQ(report.played_ten_minutes.n, 1);
    EXPECT_EQ(report.played_ten_minutes.predicted, 1);
}

TEST(CoverageOfADate, ALineThatIsNotThereYetIsNoGap) {
    MadeGrid made;
    made.predicted(kOne);
    const auto report = made.coverage({.dates = {},
                                       .market = "points",
                                       .system_id = {},
                                       .now = made_tip_off() - std::chrono::hours{8}});
    EXPECT_EQ(report.predicted, 1);
    EXPECT_TRUE(report.gaps.empty());
    EXPECT_EQ(report.lines.no_line_yet, 1);
    EXPECT_EQ(report.lines.no_line, 0);
}

TEST(CoverageOfADate, WhomABookOffersIsExpectedThoughNothingElseKnowsOfHim) {
    MadeGrid made;
    made.predicted(kOne);
    made.line(kTwo);
    made.line(PlayerId{103}, "rebounds");  // another market
    made.line(PlayerId{104}, "points", true);
    const CoverageReport report = made.coverage();
    EXPECT_EQ(report.expected, 2);
    EXPECT_EQ(only_gap(report).player_id, kTwo);
    EXPECT_EQ(only_gap(report).reason, GapReason::kNewPlayerNoHistory);
}

TEST(CoverageOfADate, WhoIsListedAsOutAndIsForecastStaysPredicted) {
    MadeGrid made;
    made.predicted(kOne);
    made.reported(kOne, "out", "knee");
    EXPECT_EQ(made.coverage().predicted, 1);
}

TEST(CoverageOfADate, APostponedGameVoidsWhatWasForecastAndLeavesTheRestToWait) {
    MadeGrid made("postponed");
    made.predicted(kOne);
    made.grid(kTwo, "gap");
    const CoverageReport report = made.coverage();
    EXPECT_EQ(report.voided, 1);
    EXPECT_EQ(report.void_reasons.at(VoidReason::kPostponed), 1);
    EXPECT_EQ(only_gap(report).reason, GapReason::kGamePostponed);
}

TEST(GapReasons, StepsThatHaveNotRun) {
    {
        MadeGrid made;
        made.context(kOne);
        EXPECT_EQ(only_gap(made.coverage()).reason, GapReason::kFeaturesNotRun);
    }
    {
        MadeGrid made;
        made.context(kOne);
        made.features(kOne);
        EXPECT_EQ(only_gap(made.coverage()).reason, GapReason::kForecastsNotRun);
    }
    {
        // No step has seen the game: whoever last appeared for its teams is expected.
        MadeGrid made("scheduled", false);
        made.played_before(kOne, kHome, 3);
        made.played_before(kTwo, kHome, 5);
        made.played_before(kTwo, kThird, 2);  // and has moved on
        EXPECT_EQ(only_gap(made.coverage()).reason, GapReason::kContextNotRun);
    }
    {
        MadeGrid made("scheduled", true, false);
        made.played_before(kOne, kAway, 3);
        EXPECT_EQ(only_gap(made.coverage()).reason, GapReason::kContextNotRun);
    }
}

TEST(CoverageOfADate, ADayToComeIsExpectedWhereItIsAskedForAlone) {
    MadeGrid made("scheduled", false);
    made.played_before(kOne, kHome, 3);
    store::Database& database = made.write();
    CoverageRequest request{.dates = {made_date(), made_date()},
                            .market = "points",
                            .system_id = std::nullopt,
                            .now = made_tip_off() - std::chrono::hours{48}};
    EXPECT_EQ(support::value_of(coverage(database, request)).expected, 1);
    request.dates.from = made_date().plus_days(-2);
    EXPECT_EQ(support::value_of(coverage(database, request)).expected, 0)
        << "the rest of a season is no gap";
}

TEST(GapReasons, AStepThatFailedHasItsRun) {
    MadeGrid made;
    made.context(kOne);
    made.run("features", "2022-23", "succeeded", "");
    made.run("features", "2022-23", "failed", "io");
    EXPECT_EQ(told(made.coverage()), "STEP_FAILED: features failed: run run-1 io");
    MadeGrid again;
    again.context(kOne);
    again.run("features", "2022-23", "failed", "io");
    again.run("features", "2022-23", "running", "");
    EXPECT_EQ(only_gap(again.coverage()).reason, GapReason::kFeaturesNotRun) << "the newest counts";
}

TEST(GapReasons, ASystemWithoutAModel) {
    MadeGrid made;
    made.predicted(kOne);
    const auto report = made.coverage(
        {.dates = {}, .market = "points", .system_id = "xgboost_v1", .now = std::nullopt});
    EXPECT_EQ(report.predicted, 0);
    EXPECT_EQ(only_gap(report).reason, GapReason::kModelNotInService);
}

TEST(GapReasons, AnotherMarketHasNotBeenForecast) {
    MadeGrid made;
    made.predicted(kOne);
    const auto report = made.coverage(
        {.dates = {}, .market = "rebounds", .system_id = std::nullopt, .now = std::nullopt});
    EXPECT_EQ(only_gap(report).reason, GapReason::kForecastsNotRun);
}

TEST(GapReasons, NobodyWhoWasNeverSeenCanBeForecast) {
    MadeGrid made("final");
    made.played(kOne, 12);
    EXPECT_EQ(only_gap(made.coverage()).reason, GapReason::kNewPlayerNoHistory);
}

TEST(GapReasons, OnlyARosterCouldHavePlacedHim) {
    MadeGrid made("final");
    made.played(kOne, 25);
    made.played_before(kOne, kThird, 4);
    const CoverageReport report = made.coverage();
    EXPECT_EQ(told(report),
              "NO_ROSTER_SOURCE: last seen with LAL on 2022-12-19; no roster of BOS was known "
              "before tip-off");
    EXPECT_EQ(report.played_ten_minutes.n, 1);
    EXPECT_EQ(report.played_ten_minutes.predicted, 0);
}

TEST(GapReasons, ARosterThatDoesNotHaveHim) {
    MadeGrid made("final");
    made.played(kOne, 25);
    made.played_before(kOne, kThird, 4);
    made.rostered("Another One", kHome, kTwo);
    made.predicted(kTwo);
    made.played(kTwo, 20);
    EXPECT_EQ(told(made.coverage()),
              "NOT_ON_ROSTER: last seen with LAL on 2022-12-19; not on br_rosters of BOS");
}

TEST(GapReasons, ARosterOfAfterTipOffIsNotKnown) {
    MadeGrid made("final");
    made.played(kOne, 25);
    made.played_before(kOne, kThird, 4);
    made.rostered("Another One", kHome, kTwo, std::chrono::hours{-1});
    EXPECT_EQ(only_gap(made.coverage()).reason, GapReason::kNoRosterSource);
}

TEST(GapReasons, AListThatMovedHimAfterTheContextsWereMade) {
    MadeGrid made;
    made.rostered("Some Body", kHome, kOne);
    made.played_before(kOne, kThird, 4);
    EXPECT_EQ(only_gap(made.coverage()).reason, GapReason::kContextNotRun);
}

TEST(GapReasons, WhoIsOnTheRosterAndReportedOutOrDoubtful) {
    MadeGrid made;
    made.rostered("Out For Long", kHome, kOne);
    made.reported(kOne, "questionable", "knee", std::chrono::hours{20});
    made.reported(kOne, "out", "left knee surgery");
    EXPECT_EQ(told(made.coverage()), "RULED_OUT: nbac_injury_report: out, left knee surgery");
    MadeGrid doubtful;
    doubtful.rostered("Out For Long", kHome, kOne);
    doubtful.reported(kOne, "doubtful", "illness");
    doubtful.reported(kOne, "out", "after the fact", std::chrono::hours{-1});
    EXPECT_EQ(told(doubtful.coverage()), "DOUBTFUL: nbac_injury_report: doubtful, illness");
}

TEST(GapReasons, WhoHasNotPlayedForTwoSeasons) {
    MadeGrid made;
    made.rostered("Long Gone", kHome, kOne);
    made.played_before(kOne, kHome, 700);
    EXPECT_EQ(told(made.coverage()), "LONG_ABSENT: last seen with BOS on 2021-01-22");
}

TEST(GapReasons, ANameThatNobodyKnows) {
    MadeGrid made;
    made.rostered("J. Doe", kHome, std::nullopt);
    made.unresolved("oddsapi_player_props", "J. Doe", kHome);  // the same, once
    made.unresolved("nbac_injury_report", "K. Roe", kHome);    // expected by others, if at all
    made.unresolved("bettingpros_player_props", "L. Poe", kThird);
    const CoverageReport report = made.coverage();
    EXPECT_EQ(report.expected, 1);
    EXPECT_EQ(told(report),
              "NAME_UNRESOLVED: 'J. Doe' of br_rosters: tipoff names link 'J. Doe' --player ID");
    MadeGrid played("final");
    played.played(kOne, 12);
    played.unresolved("br_rosters", "Some Body", kHome);
    EXPECT_TRUE(told(played.coverage())
                    .starts_with("NAME_UNRESOLVED: 'Some Body' of br_rosters with BOS, 3 times"));
}

TEST(GapReasons, ASourceThatIsLate) {
    MadeGrid made("final");
    made.played(kOne, 12);
    made.breaker("nbac_player_boxscore", "no answer in 5 tries");
    EXPECT_TRUE(told(made.coverage())
                    .starts_with("SOURCE_LATE: nbac_player_boxscore is left alone until "));
    MadeGrid traded("final");
    traded.played(kOne, 12);
    traded.played_before(kOne, kThird, 4);
    traded.run("collect", "br_rosters 2022-23 30 teams", "failed", "unreachable", false);
    EXPECT_EQ(told(traded.coverage()),
              "SOURCE_LATE: br_rosters has given nothing ever: run run-0 failed unreachable");
}

TEST(CoverageOfADate, WithoutGamesExpectsNobody) {
    MadeGrid made;
    made.predicted(kOne);
    const GameDate off = made_date().plus_days(1);
    const auto report = support::value_of(coverage(made.write(), {.dates = {off, off}}));
    EXPECT_EQ(report.expected, 0);
    EXPECT_TRUE(report.days.empty());
}

TEST(CoverageOfADate, MarketsThatNobodyModelsAreCountedBeside) {
    MadeGrid made;
    made.predicted(kOne);
    made.line(kOne, "steals");
    const CoverageReport report = made.coverage();
    EXPECT_EQ(report.expected, 1);
    EXPECT_EQ(report.not_modelled.at("steals"), 1);
}

TEST(CoverageOfADate, TheTrendNamesTheMostFrequentReason) {
    MadeGrid made;
    made.predicted(kOne);
    made.context(kTwo);
    made.context(PlayerId{103});
    made.rostered("Rookie", kHome, PlayerId{104});
    const CoverageReport report = made.coverage();
    ASSERT_EQ(report.days.size(), 1U);
    EXPECT_EQ(report.days[0].expected, 4);
    EXPECT_EQ(report.days[0].predicted, 1);
    EXPECT_EQ(report.days[0].gaps, 3);
    EXPECT_EQ(report.days[0].top_reason, GapReason::kFeaturesNotRun);
    EXPECT_EQ(report.reasons.at(GapReason::kNewPlayerNoHistory), 1);
}

TEST(GapReasons, HaveNamesThatAreReadBackAndSayWhatToDo) {
    for (const GapReason reason : kGapReasons) {
        EXPECT_EQ(support::value_of(parse_gap_reason(to_string(reason))), reason);
        EXPECT_GT(explanation(reason).size(), 20U);
    }
    EXPECT_FALSE(parse_gap_reason("UNKNOWN_REASON"));
    EXPECT_FALSE(parse_gap_reason("VOID_DID_NOT_PLAY")) << "an outcome, not a reason";
}

TEST(GapReasons, AreAllOnTheirPage) {
    const std::string page =
        support::read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) / "docs/coverage.md");
    for (const GapReason reason : kGapReasons)
        EXPECT_NE(page.find("`" + std::string(to_string(reason)) + "`"), std::string::npos)
            << to_string(reason);
    for (const VoidReason reason : kVoidReasons)
        EXPECT_NE(page.find("`" + std::string(to_string(reason)) + "`"), std::string::npos);
}

}  // namespace
}  // namespace tipoff::operate
