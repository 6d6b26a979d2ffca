#include <gtest/gtest.h>

#include <string>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

json scores(int home, int away) {
    return json::array(
        {{{"participant", "PHO"}, {"score", home}}, {{"participant", "UTH"}, {"score", away}}});
}

/// A game that is over and one that is to come, as the upstream writes them.
json two_events() {
    const json over{
        {"id", 31001},
        {"sport", "NBA"},
        {"scheduled", "2026-01-16 03:10:00"},
        {"season", 2025},
        {"season_type", "REG"},
        {"status", "closed"},
        {"home", "PHO"},
        {"visitor", "UTH"},
        {"venue", {{"name", "Footprint Center"}, {"id", nullptr}, {"city", "Phoenix"}}},
        {"results",
         {{"outcomes",
           json::array({{{"label", "event"}, {"winner", "UTH"}, {"scores", scores(101, 104)}}})},
          {"periods", json::array({{{"number", 1}, {"scores", scores(50, 60)}},
                                   {{"number", 2}, {"scores", scores(51, 44)}}})}}}};
    json to_come = over;
    to_come["id"] = 31002;
    to_come["scheduled"] = "2026-01-16 00:30:00";
    to_come["status"] = "scheduled";
    to_come["home"] = "BOS";
    to_come["visitor"] = "MIA";
    to_come["venue"] = nullptr;
    to_come["results"] = nullptr;
    return {{"_parameters", {{"sport", "NBA"}, {"date", "2026-01-15"}}},
            {"events", json::array({over, to_come})},
            {"ts", 1768500000}};
}

GameDate day(const char* text) { return *parse_date(text); }

void expect_the_recorded_day(const std::string& document) {
    const Reading reading =
        test::read(kBettingprosEvents, document,
                   {.date = day("2021-10-21"), .season = Season::starting_in(2021)});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_TRUE(reading.notes.empty());
    ASSERT_EQ(reading.records.games.size(), 3U);
    const StatedGame& first = reading.records.games[0];
    EXPECT_EQ(first.source_game_id, "20879");
    EXPECT_EQ(first.home_team_id, find_team("ATL")->team_id);
    EXPECT_EQ(first.away_team_id, find_team("DAL")->team_id);
    // 7:30 in the evening in Atlanta.
    EXPECT_EQ(tipoff::to_string(*first.tip_off), "2021-10-21T23:30:00Z");
    EXPECT_EQ(first.status, "final");
    EXPECT_EQ(first.season_type, SeasonType::kRegular);
    EXPECT_EQ(first.home_points, 113);
    EXPECT_EQ(first.away_points, 87);
    EXPECT_EQ(first.arena, "State Farm Arena");
    EXPECT_EQ(first.city, "Atlanta");
    // After midnight UTC, and still the 21st.
    const StatedGame& last = reading.records.games[2];
    EXPECT_EQ(last.game_date, day("2021-10-21"));
    EXPECT_EQ(tipoff::to_string(*last.tip_off), "2021-10-22T02:00:00Z");
    EXPECT_EQ(last.home_team_id, find_team("GSW")->team_id);
    EXPECT_EQ(last.home_points, 115);
    EXPECT_EQ(last.away_points, 113);
}

TEST(BettingprosEvents, ReadsARecordedDay) {
    TIPOFF_SAMPLE(document, "bp_events/raw_75470647.json");
    expect_the_recorded_day(document);
    EXPECT_EQ(test::read(kBettingprosEvents, document, {.date = day("2021-10-22")}).outcome.detail,
              "_parameters has the date 2021-10-21, where 2021-10-22 was asked for");
}

TEST(BettingprosEvents, ReadsTheSameDayOfAnEarlierQuestionAlike) {
    TIPOFF_SAMPLE(document, "bp_events/raw_865cd116.json");
    expect_the_recorded_day(document);
}

TEST(BettingprosEvents, ReadsAGameThatIsOverAndOneToCome) {
    const Reading reading =
        test::read(kBettingprosEvents, two_events().dump(), {.date = day("2026-01-15")});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.games.size(), 2U);
    const StatedGame& over = reading.records.games[0];
    EXPECT_EQ(over.home_team_id, find_team("PHX")->team_id);
    EXPECT_EQ(over.away_team_id, find_team("UTA")->team_id);
    EXPECT_EQ(over.home_points, 101);
    EXPECT_EQ(over.away_points, 104);
    const StatedGame& to_come = reading.records.games[1];
    EXPECT_EQ(to_come.status, "scheduled");
    EXPECT_EQ(to_come.home_points, std::nullopt);
    EXPECT_EQ(to_come.arena, "");
}

TEST(BettingprosEvents, KnowsEveryStatusAndKindOfGame) {
    const auto with = [](const char* field, const char* value) {
        json document = two_events();
        document["events"][1][field] = value;
        return test::read(kBettingprosEvents, document.dump());
    };
    const std::pair<const char*, const char*> statuses[] = {
        {"scheduled", "scheduled"},    {"created", "scheduled"},    {"delayed", "scheduled"},
        {"inprogress", "in_progress"}, {"halftime", "in_progress"}, {"postponed", "postponed"}};
    for (const auto& [theirs, ours] : statuses) {
        const Reading reading = with("status", theirs);
        ASSERT_EQ(reading.records.games.size(), 2U) << theirs;
        EXPECT_EQ(reading.records.games[1].status, ours);
    }
    for (const char* none : {"cancelled", "unnecessary", "if-necessary"}) {
        const Reading reading = with("status", none);
        EXPECT_EQ(reading.records.games.size(), 1U);
        ASSERT_EQ(reading.notes.size(), 1U);
        EXPECT_EQ(reading.notes[0], std::string("MIA at BOS (2026-01-15) left out: ") + none);
    }
    EXPECT_EQ(with("status", "abandoned").outcome.detail,
              "events[1] has the status 'abandoned', which nobody knows");
    const std::pair<const char*, SeasonType> types[] = {{"REG", SeasonType::kRegular},
                                                        {"PRE", SeasonType::kPreseason},
                                                        {"PST", SeasonType::kPlayoffs},
                                                        {"PIT", SeasonType::kPlayIn}};
    for (const auto& [text, type] : types) {
        const Reading reading = with("season_type", text);
        ASSERT_EQ(reading.records.games.size(), 2U) << text;
        EXPECT_EQ(reading.records.games[1].season_type, type);
    }
    EXPECT_EQ(with("season_type", "XYZ").outcome.kind, OutcomeKind::kMalformed);
}

TEST(BettingprosEvents, LeavesOutTeamsOfNoLeague) {
    json document = two_events();
    document["events"][1]["visitor"] = "RMA";
    const Reading reading = test::read(kBettingprosEvents, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0], "RMA at BOS (2026-01-15) is no game of two teams of the league");
    document["events"].erase(0);
    EXPECT_EQ(test::read(kBettingprosEvents, document.dump()).outcome.kind,
              OutcomeKind::kEmptyUnexpected);
}

TEST(BettingprosEvents, ADayWithoutEventsIsLegal) {
    json document = two_events();
    document["events"] = json::array();
    const Reading reading =
        test::read(kBettingprosEvents, document.dump(), {.date = day("2026-01-15")});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(
        test::read(kBettingprosEvents, document.dump(), {.date = day("2026-01-16")}).outcome.kind,
        OutcomeKind::kMalformed);
}

TEST(BettingprosEvents, ADamagedFieldIsNamed) {
    const json document = two_events();
    for (const char* field : {"/_parameters",
                              "/events",
                              "/events/0/id",
                              "/events/0/sport",
                              "/events/0/scheduled",
                              "/events/0/season",
                              "/events/0/season_type",
                              "/events/0/status",
                              "/events/0/home",
                              "/events/0/visitor",
                              "/events/0/venue/name",
                              "/events/0/venue/city",
                              "/events/0/results",
                              "/events/0/results/outcomes",
                              "/events/0/results/periods",
                              "/events/0/results/outcomes/0/winner",
                              "/events/0/results/outcomes/0/scores",
                              "/events/0/results/outcomes/0/scores/1/participant",
                              "/events/0/results/outcomes/0/scores/1/score",
                              "/events/0/results/periods/1/scores/0/score"})
        test::expect_relied_on(kBettingprosEvents, document, field);
    test::expect_relied_on(kBettingprosEvents, document, "/events/0/venue", true);
    test::expect_relied_on(kBettingprosEvents, document, "/_parameters/date", true);
}

TEST(BettingprosEvents, RefusesWhatCannotBe) {
    const auto problem_with = [](const char* pointer, const json& value) {
        json document = two_events();
        document[json::json_pointer(pointer)] = value;
        const Reading reading = test::read(kBettingprosEvents, document.dump());
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << pointer;
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    EXPECT_EQ(problem_with("/events/0/results/periods/0/scores/0/score", 49),
              "events[0].results has periods that add up to 100:104, not 101:104");
    EXPECT_EQ(problem_with("/events/0/results/outcomes/0/winner", "PHO"),
              "events[0].results.outcomes[0] has the winner 'PHO' of 101:104");
    EXPECT_EQ(problem_with("/events/0/results/outcomes/0/scores/1/score", -1),
              "events[0].results.outcomes[0].scores[1] has the score -1");
    EXPECT_EQ(problem_with("/events/0/results/outcomes/0/scores/1/participant", "PHO"),
              "events[0].results.outcomes[0].scores[1] has the participant 'PHO'");
    EXPECT_EQ(problem_with("/events/0/results/outcomes/0/scores", json::array()),
              "events[0].results.outcomes[0] has not the scores of both teams");
    EXPECT_EQ(problem_with("/events/0/results/outcomes", json::array()),
              "events[0].results has 0 outcomes, to be 1");
    EXPECT_EQ(problem_with("/events/1/id", 31001), "events[1] has the id of an earlier event");
    EXPECT_EQ(problem_with("/events/1/home", "UTH"),
              "events[1] is the second game of Utah Jazz on a day");
    EXPECT_EQ(problem_with("/events/1/home", "MIA"),
              "events[1] is the second game of Miami Heat on a day");
    EXPECT_EQ(problem_with("/events/1/sport", "WNBA"), "events[1] has a sport that is not NBA");
    EXPECT_EQ(problem_with("/events/1/scheduled", "2026-01-16T00:30:00Z"),
              "events[1] has no instant in scheduled: '2026-01-16T00:30:00Z'");
    const Reading other_season =
        test::read(kBettingprosEvents, two_events().dump(), {.season = Season::starting_in(2024)});
    EXPECT_EQ(other_season.outcome.detail, "events[0] is of 2025-26, where 2024-25 was asked for");
}

TEST(BettingprosEvents, AnEventOfAnotherDayThanAskedForIsMalformed) {
    json document = two_events();
    document["events"][1]["scheduled"] = "2026-01-17 00:30:00";
    EXPECT_EQ(
        test::read(kBettingprosEvents, document.dump(), {.date = day("2026-01-15")}).outcome.detail,
        "events[1] is of 2026-01-16, where 2026-01-15 was asked for");
}

}  // namespace
}  // namespace tipoff::collect
