#include <gtest/gtest.h>

#include <algorithm>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"
#include "support/expected.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;
using support::value_of;

const json kKeys = {"minutes",
                    "fieldGoalsMade-fieldGoalsAttempted",
                    "threePointFieldGoalsMade-threePointFieldGoalsAttempted",
                    "freeThrowsMade-freeThrowsAttempted",
                    "offensiveRebounds",
                    "defensiveRebounds",
                    "rebounds",
                    "assists",
                    "steals",
                    "blocks",
                    "turnovers",
                    "fouls",
                    "plusMinus",
                    "points"};

json athlete(int id) {
    return {{"id", std::to_string(id)}, {"dspNm", "Player " + std::to_string(id)}};
}

/// Ten points: 3 field goals, 2 of them threes, and 2 free throws.
json line(int id, const char* plus_minus) {
    return {{"stats",
             {"31", "3-7", "2-4", "2-3", "1", "4", "5", "6", "1", "0", "3", "2", plus_minus, "10"}},
            {"athlt", athlete(id)}};
}

json box(const char* name, bool is_home, int first_player) {
    json starters = json::array();
    for (int i = 0; i < 5; ++i)
        starters.push_back(line(first_player + i, is_home ? "+3" : "-3"));
    json bench = json::array({line(first_player + 5, "0"),
                              {{"stats", json::array()},
                               {"athlt", athlete(first_player + 6)},
                               {"dnpRsn", "DNP-COACH'S DECISION"}}});
    json totals{"",   "18-42", "12-24", "12-18", "6",  "24", "30",
                "36", "6",     "0",     "20",    "13", "",   "60"};
    if (is_home) {
        bench[0]["stats"][3] = "3-3";
        bench[0]["stats"][13] = "11";
        totals[3] = "13-18";
        totals[13] = "61";
    }
    return {{"tm", {{"dspNm", name}, {"hm", is_home}}},
            {"stats", json::array({{{"type", "starters"}, {"keys", kKeys}, {"athlts", starters}},
                                   {{"type", "bench"}, {"keys", kKeys}, {"athlts", bench}},
                                   {{"type", "totals"}, {"ttls", totals}}})}};
}

json strip_team(const char* name, bool is_home, const char* score, const char* fourth) {
    return {{"displayName", name},
            {"isHome", is_home},
            {"score", score},
            {"linescores", json::array({{{"displayValue", "20"}},
                                        {{"displayValue", "20"}},
                                        {{"displayValue", "20"}},
                                        {{"displayValue", fourth}}})}};
}

/// What the page of a short game has embedded.
json game() {
    const json strip{{"gid", "401"},
                     {"dt", "2025-11-06T00:30Z"},
                     {"seasonType", 2},
                     {"status", {{"state", "post"}, {"desc", "Final"}}},
                     {"tms", json::array({strip_team("Boston Celtics", true, "61", "1"),
                                          strip_team("LA Clippers", false, "60", "0")})}};
    const json boxes =
        json::array({box("LA Clippers", false, 10), box("Boston Celtics", true, 20)});
    const json package{{"gmStrp", strip}, {"bxscr", boxes}};
    return {{"page", {{"content", {{"gamepackage", package}}}}}};
}

std::string page_of(const std::string& embedded) {
    return "<html><head><script>window.before = {};</script><script>window['__espnfitt__']=" +
           embedded + ";</script></head><body><script>after = {};</script></body></html>";
}

/// A page is what the source reads; the damage is to what it embeds.
Reading read_page(std::span<const char> embedded, const Ask& ask) {
    const std::string page = page_of({embedded.data(), embedded.size()});
    return kEspnBoxscore.read(page, ask);
}

const Source kEmbedded{.name = "embedded", .also_called = {}, .what = "", .read = &read_page};

Reading read(const json& document, const Ask& ask = {}) {
    return test::read(kEmbedded, document.dump(), ask);
}

json& package_of(json& document) { return document["page"]["content"]["gamepackage"]; }

TEST(EspnBoxscore, ReadsARecordedPage) {
    for (const char* path :
         {"espn_game_boxscore/raw_6f34c64b.html.gz", "espn_game_boxscore/raw_fbd5b07e.html.gz"}) {
        TIPOFF_SAMPLE(document, path);
        const Reading reading = test::read(kEspnBoxscore, document,
                                           {.date = value_of(parse_date("2024-01-15")),
                                            .season = Season::starting_in(2023),
                                            .team = find_team("HOU")->team_id,
                                            .source_game_id = "401585183"});
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        const auto& boxes = reading.records.player_boxes;
        ASSERT_EQ(boxes.size(), 25U);
        const auto played = [](const auto& box) { return box.seconds.has_value(); };
        EXPECT_EQ(std::ranges::count_if(boxes, played), 23);
        EXPECT_EQ(std::ranges::count(boxes, std::optional(true), &StatedPlayerBox::started), 10);
        const auto embiid = std::ranges::find(boxes, "Joel Embiid", &StatedPlayerBox::player_name);
        ASSERT_NE(embiid, boxes.end());
        EXPECT_EQ(embiid->source_player_id, "3059318");
        EXPECT_EQ(embiid->source_game_id, "401585183");
        EXPECT_EQ(embiid->game_date, support::value_of(parse_date("2024-01-15")));
        EXPECT_EQ(embiid->team_id, find_team("PHI")->team_id);
        EXPECT_EQ(embiid->opponent_team_id, find_team("HOU")->team_id);
        EXPECT_EQ(embiid->is_home, true);
        EXPECT_EQ(embiid->started, true);
        EXPECT_EQ(embiid->seconds, 31 * 60);
        EXPECT_EQ(embiid->points, 41);
        EXPECT_EQ(embiid->field_goals_made, 12);
        EXPECT_EQ(embiid->field_goals_attempted, 21);
        EXPECT_EQ(embiid->three_pointers_made, 1);
        EXPECT_EQ(embiid->three_pointers_attempted, 5);
        EXPECT_EQ(embiid->free_throws_made, 16);
        EXPECT_EQ(embiid->free_throws_attempted, 17);
        EXPECT_EQ(embiid->offensive_rebounds, 2);
        EXPECT_EQ(embiid->defensive_rebounds, 8);
        EXPECT_EQ(embiid->rebounds, 10);
        EXPECT_EQ(embiid->assists, 3);
        EXPECT_EQ(embiid->steals, 1);
        EXPECT_EQ(embiid->blocks, 1);
        EXPECT_EQ(embiid->turnovers, 2);
        EXPECT_EQ(embiid->personal_fouls, 5);
        EXPECT_EQ(embiid->plus_minus, 7);
        const auto bullock =
            std::ranges::find(boxes, "Reggie Bullock Jr.", &StatedPlayerBox::player_name);
        ASSERT_NE(bullock, boxes.end());
        EXPECT_EQ(bullock->not_played_reason, "DNP-COACH'S DECISION");
        EXPECT_FALSE(bullock->points || bullock->seconds || bullock->plus_minus);

        ASSERT_EQ(reading.records.team_boxes.size(), 2U);
        const StatedTeamBox& houston = reading.records.team_boxes[0];
        EXPECT_EQ(houston.team_id, find_team("HOU")->team_id);
        EXPECT_EQ(houston.points, 115);
        EXPECT_EQ(houston.field_goals_made, 44);
        EXPECT_EQ(houston.field_goals_attempted, 88);
        EXPECT_EQ(houston.three_pointers_attempted, 27);
        EXPECT_EQ(houston.free_throws_made, 19);
        EXPECT_EQ(houston.rebounds, 46);
        EXPECT_EQ(houston.turnovers, 13);
        EXPECT_EQ(houston.personal_fouls, 23);
        EXPECT_EQ(reading.records.team_boxes[1].points, 124);
        for (const StatedTeamBox& team : reading.records.team_boxes)
            EXPECT_EQ(team.seconds, 240 * 60) << "five players for four quarters";
    }
}

TEST(EspnBoxscore, ReadsAPage) {
    const Reading reading = read(game());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.player_boxes.size(), 14U);
    EXPECT_EQ(reading.records.player_boxes[0].plus_minus, -3);
    EXPECT_EQ(reading.records.player_boxes[5].started, false);
    EXPECT_EQ(reading.records.player_boxes[6].not_played_reason, "DNP-COACH'S DECISION");
    // What is no player's is in the totals alone.
    EXPECT_EQ(reading.records.team_boxes.at(0).turnovers, 20);
}

TEST(EspnBoxscore, FindsColumnsByTheirNames) {
    json document = game();
    for (json& team : package_of(document)["bxscr"]) {
        for (json& block : team["stats"]) {
            if (block.contains("keys")) std::swap(block["keys"][7], block["keys"][8]);
            if (block.contains("ttls")) std::swap(block["ttls"][7], block["ttls"][8]);
            if (!block.contains("athlts")) continue;
            for (json& row : block["athlts"]) {
                if (!row["stats"].empty()) std::swap(row["stats"][7], row["stats"][8]);
            }
        }
    }
    EXPECT_EQ(read(document).records.player_boxes.at(0).assists, 6);
    EXPECT_EQ(read(document).records.player_boxes.at(0).steals, 1);
}

TEST(EspnBoxscore, AGameThatIsNotOverHasNoBoxScoreYet) {
    json document = game();
    json& status = package_of(document)["gmStrp"]["status"];
    const auto outcome = [&](const char* state, const char* words) {
        status = {{"state", state}, {"desc", words}};
        const Reading reading = read(document);
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome;
    };
    EXPECT_EQ(outcome("pre", "Scheduled").kind, OutcomeKind::kNotYet);
    EXPECT_EQ(outcome("in", "Halftime").detail, "not over: LA Clippers at Boston Celtics");
    EXPECT_EQ(outcome("in", "Halftime").kind, OutcomeKind::kNotYet);
    EXPECT_EQ(outcome("post", "Postponed").kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(outcome("post", "Canceled").detail, "LA Clippers at Boston Celtics: canceled");
    EXPECT_EQ(outcome("post", "Abandoned").kind, OutcomeKind::kMalformed);
    json empty = game();
    package_of(empty)["bxscr"] = json::array();
    EXPECT_EQ(read(empty).outcome.kind, OutcomeKind::kEmptyUnexpected);
}

TEST(EspnBoxscore, AGuestsGameBeforeTheSeasonIsANote) {
    json document = game();
    json& strip = package_of(document)["gmStrp"];
    strip["tms"][1]["displayName"] = "Real Madrid";
    EXPECT_EQ(read(document).outcome.kind, OutcomeKind::kMalformed);
    strip["seasonType"] = 1;
    const Reading reading = read(document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(reading.notes,
              std::vector<std::string>{
                  "left out: Real Madrid at Boston Celtics, not both of the league"});
    EXPECT_EQ(records_in(reading.records), 0U);
}

TEST(EspnBoxscore, APageWithoutItsDataIsRefused) {
    for (const char* page : {"<html>busy</html>", "", "<script>window['__espnfitt__']=</script>",
                             "<script>window['__espnfitt__']=null;</script>"})
        EXPECT_EQ(test::read(kEspnBoxscore, page).outcome.detail,
                  "the page has no window['__espnfitt__']={...}");
    const std::string page = page_of(game().dump());
    EXPECT_EQ(test::read(kEspnBoxscore, page).outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(test::read(kEspnBoxscore, page.substr(0, page.size() / 2)).outcome.kind,
              OutcomeKind::kMalformed);
}

TEST(EspnBoxscore, ADamagedFieldIsNamed) {
    const std::string package = "/page/content/gamepackage";
    for (const char* field : {"/page", "/page/content", "/page/content/gamepackage"})
        test::expect_relied_on(kEmbedded, game(), field);
    for (const char* field : {"gmStrp",
                              "gmStrp/gid",
                              "gmStrp/dt",
                              "gmStrp/seasonType",
                              "gmStrp/status",
                              "gmStrp/status/state",
                              "gmStrp/status/desc",
                              "gmStrp/tms",
                              "gmStrp/tms/0/displayName",
                              "gmStrp/tms/0/isHome",
                              "gmStrp/tms/0/score",
                              "gmStrp/tms/0/linescores",
                              "gmStrp/tms/0/linescores/3/displayValue",
                              "bxscr",
                              "bxscr/1/tm",
                              "bxscr/1/tm/dspNm",
                              "bxscr/1/tm/hm",
                              "bxscr/1/stats",
                              "bxscr/1/stats/0/type",
                              "bxscr/1/stats/0/keys",
                              "bxscr/1/stats/0/athlts",
                              "bxscr/1/stats/0/athlts/2/stats",
                              "bxscr/1/stats/0/athlts/2/athlt",
                              "bxscr/1/stats/0/athlts/2/athlt/id",
                              "bxscr/1/stats/0/athlts/2/athlt/dspNm",
                              "bxscr/1/stats/1/athlts/1/dnpRsn",
                              "bxscr/1/stats/2/ttls"})
        test::expect_relied_on(kEmbedded, game(), package + "/" + field);
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
        json document = game();
        json& key = package_of(document)["bxscr"][1]["stats"][0]["keys"][i];
        const std::string was = key;
        key = "other";
        const Reading reading = read(document);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << was;
        EXPECT_NE(reading.outcome.detail.find("has no column " + was), std::string::npos)
            << reading.outcome.detail;
    }
}

TEST(EspnBoxscore, RefusesWhatCannotBe) {
    const auto problem_with = [](const std::string& field, const json& value) {
        json document = game();
        package_of(document)[json::json_pointer(field)] = value;
        const Reading reading = read(document);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
        EXPECT_EQ(records_in(reading.records), 0U);
        std::string detail = reading.outcome.detail;
        const std::string prefix = "page.content.gamepackage.";
        return detail.starts_with(prefix) ? detail.substr(prefix.size()) : detail;
    };
    const std::string place = "/bxscr/0/stats/0/athlts/1/";
    const std::string row = "bxscr[0].stats[0].athlts[1] ";
    EXPECT_EQ(problem_with(place + "stats/1", "3-2"), row + "has 3 of 2 field goals");
    EXPECT_EQ(problem_with(place + "stats/1", "3"),
              row + "has fieldGoalsMade-fieldGoalsAttempted '3'");
    EXPECT_EQ(problem_with(place + "stats/0", "--"), row + "has minutes '--'");
    EXPECT_EQ(problem_with(place + "stats/0", "49"), row + "has 49 minutes in a game of 4 periods");
    EXPECT_EQ(problem_with(place + "stats/7", "-1"), row + "has assists '-1'");
    EXPECT_EQ(problem_with(place + "stats/12", "even"), row + "has plusMinus 'even'");
    EXPECT_EQ(problem_with(place + "stats/13", "12"), row + "has 12 points, made 10");
    EXPECT_EQ(problem_with(place + "stats", json::array({"31"})), row + "has 1 cells, to be 14");
    EXPECT_EQ(problem_with(place + "athlt/id", "10"), row + "is a player's second row");
    EXPECT_EQ(problem_with("/bxscr/0/stats/2/ttls/13", "59"),
              "bxscr[0].stats[2] has other points than its players");
    EXPECT_EQ(problem_with("/bxscr/0/stats/2/ttls/3", "12-19"),
              "bxscr[0].stats[2] has other freeThrowsMade-freeThrowsAttempted than its players");
    json score = game();
    json& team = package_of(score)["gmStrp"]["tms"][1];
    team["score"] = "59";
    EXPECT_NE(read(score).outcome.detail.find("has a score of 59, and 60 in its linescores"),
              std::string::npos);
    team["linescores"][0]["displayValue"] = "19";
    EXPECT_NE(read(score).outcome.detail.find("has 60 points, and the game 59"), std::string::npos);
    EXPECT_EQ(problem_with("/bxscr/0/tm/dspNm", "Miami Heat"),
              "bxscr[0].tm is 'Miami Heat', which is not the away team");
    EXPECT_EQ(problem_with("/bxscr/0/stats/1/type", "reserves"),
              "bxscr[0].stats[1] is of type 'reserves', which nobody knows");
    EXPECT_EQ(problem_with("/bxscr/0/stats/1/type", "starters"),
              "bxscr[0].stats[1] is a second block of starters");
    EXPECT_EQ(problem_with("/gmStrp/tms/1/isHome", true),
              "gmStrp.tms[1] is a second team of its side");
    json alone = game();
    package_of(alone)["gmStrp"]["tms"].erase(1);
    EXPECT_EQ(read(alone).outcome.detail,
              "page.content.gamepackage.gmStrp has not two teams in tms");
    json one = game();
    package_of(one)["bxscr"].erase(1);
    EXPECT_EQ(read(one).outcome.detail, "page.content.gamepackage has a bxscr of 1 teams, to be 2");
}

TEST(EspnBoxscore, AnotherGameThanAskedForIsRefused) {
    EXPECT_EQ(read(game(), {.source_game_id = "402"}).outcome.detail,
              "page.content.gamepackage.gmStrp is game 401, where 402 was asked for");
    EXPECT_EQ(read(game(), {.date = value_of(parse_date("2025-11-06"))}).outcome.kind,
              OutcomeKind::kMalformed);
    EXPECT_EQ(read(game(), {.team = find_team("MIA")->team_id}).outcome.kind,
              OutcomeKind::kMalformed);
}

}  // namespace
}  // namespace tipoff::collect
