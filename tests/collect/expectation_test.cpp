#include "collect/expectation.h"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include "collect/made_games.h"
#include "collect/source.h"

namespace tipoff::collect {
namespace {

using namespace test;
using Sentences = std::vector<std::string>;

/// PHI @ BOS at 19:30 and LAL @ GSW at 22:00 of 20 January.
class Expectations : public testing::Test {
protected:
    Expectations()
        : games_{{.game_id = game("0022500601"),
                  .date = day("2026-01-20"),
                  .tip_off = eastern("2026-01-20", "19:30"),
                  .home = kBoston,
                  .away = kPhiladelphia,
                  .source_game_id = {}},
                 {.game_id = game("0022500602"),
                  .date = day("2026-01-20"),
                  .tip_off = eastern("2026-01-20", "22:00"),
                  .home = kGoldenState,
                  .away = kLakers,
                  .source_game_id = {}}} {}

    [[nodiscard]] Sentences unmet(std::string_view name, Instant now, const StatedRecords& records,
                                  bool is_whole = true) {
        const Source& source = *find_source(name);
        const std::array seen{seen_answer(source, {.date = day("2026-01-20")}, records)};
        Scope scope;
        scope.games = games_;
        scope.now = now;
        return unmet_expectations(source, scope, seen, is_whole);
    }

    static StatedPlayerBox box(TeamId team, std::string id) {
        StatedPlayerBox row;
        row.source_game_id = std::move(id);
        row.game_date = day("2026-01-20");
        row.team_id = team;
        return row;
    }

    std::vector<AskedGame> games_;
};

TEST_F(Expectations, AGameThatIsOverAndInNoBoxScoreIsNamed) {
    StatedRecords first;
    first.player_boxes = {box(kBoston, ""), box(kPhiladelphia, "")};
    EXPECT_EQ(unmet("bdl_box_scores", eastern("2026-01-21", "01:29"), first), Sentences{});
    EXPECT_EQ(unmet("bdl_box_scores", eastern("2026-01-21", "01:30"), first),
              Sentences{"LAL @ GSW, 2026-01-20: no box score although it should be over"});
    StatedRecords by_id;
    by_id.player_boxes = {box(kGoldenState, "0022500602")};
    EXPECT_EQ(unmet("nbac_player_boxscore", eastern("2026-01-21", "01:30"), by_id),
              Sentences{"PHI @ BOS, 2026-01-20: no box score although it should be over"});
    StatedRecords half;
    half.player_boxes = {box(kBoston, ""), box(kGoldenState, ""), box(kLakers, "")};
    EXPECT_EQ(unmet("bdl_box_scores", eastern("2026-01-21", "01:30"), half),
              Sentences{"PHI @ BOS, 2026-01-20: no box score although it should be over"})
        << "one of two teams is not the game";
}

TEST_F(Expectations, AnEventThatABookShouldHaveIsNamed) {
    StatedRecords one;
    StatedGame& event = one.games.emplace_back();
    event.game_date = day("2026-01-20");
    event.tip_off = eastern("2026-01-20", "19:40");
    event.home_team_id = kBoston;
    event.away_team_id = kPhiladelphia;
    EXPECT_EQ(unmet("oddsapi_events", eastern("2026-01-20", "12:00"), one),
              Sentences{"LAL @ GSW, 2026-01-20: no event"});
    EXPECT_EQ(unmet("oddsapi_events", eastern("2026-01-19", "21:59"), one), Sentences{})
        << "a book opens a day ahead";
    EXPECT_EQ(unmet("oddsapi_events", eastern("2026-01-20", "22:00"), one), Sentences{})
        << "what has begun is no longer listed";
    EXPECT_EQ(unmet("bettingpros_events", eastern("2026-01-20", "12:00"), {}, false), Sentences{})
        << "that it is malformed is told already";
}

TEST_F(Expectations, AnEmptyListOfADateWithGamesIsNotBelieved) {
    const Sentences both{"PHI @ BOS, 2026-01-20: no event", "LAL @ GSW, 2026-01-20: no event"};
    EXPECT_EQ(unmet("oddsapi_events", eastern("2026-01-20", "12:00"), {}), both);
    EXPECT_EQ(unmet("bettingpros_events", eastern("2026-01-20", "12:00"), {}), both);
    EXPECT_EQ(unmet("oddsapi_events", eastern("2026-01-18", "12:00"), {}), Sentences{})
        << "books open late";
    games_.clear();
    EXPECT_EQ(unmet("oddsapi_events", eastern("2026-01-20", "12:00"), {}), Sentences{})
        << "nobody plays";
}

TEST_F(Expectations, AListOfTheGamesOfADateHasThoseOfTheSchedule) {
    StatedRecords one;
    StatedGame& listed = one.games.emplace_back();
    listed.game_date = day("2026-01-20");
    listed.home_team_id = kBoston;
    listed.away_team_id = kPhiladelphia;
    for (const std::string_view source : {"bdl_games", "espn_scoreboard"}) {
        for (const std::string_view date : {"2026-01-20", "2026-01-21"}) {
            EXPECT_EQ(unmet(source, eastern(date, "06:05"), one),
                      Sentences{"LAL @ GSW, 2026-01-20: not among the games of its date"});
        }
        EXPECT_EQ(unmet(source, eastern("2026-01-20", "06:05"), {}).size(), 2U);
        EXPECT_EQ(unmet(source, eastern("2026-01-17", "06:05"), {}), Sentences{})
            << "it may still be moved";
    }
}

TEST_F(Expectations, AGameThatCouldNotBeAskedForIsNamed) {
    games_[1].source_game_id = "e2";
    const auto of = [&](std::string_view source, std::string_view date, std::string_view time) {
        return unmet(source, eastern(date, time), {});
    };
    const auto unnamed_by = [](std::string_view source) {
        return Sentences{fmt::format("PHI @ BOS, 2026-01-20: {} has not named it", source)};
    };
    EXPECT_EQ(of("oddsapi_player_props", "2026-01-20", "12:00"), unnamed_by("oddsapi_events"));
    EXPECT_EQ(of("oddsapi_game_lines", "2026-01-22", "12:00"), unnamed_by("oddsapi_events"))
        << "those of the past are asked for too";
    EXPECT_EQ(of("bettingpros_player_props", "2026-01-20", "12:00"),
              unnamed_by("bettingpros_events"));
    EXPECT_EQ(of("bettingpros_player_props", "2026-01-22", "12:00"), Sentences{})
        << "those of the past are not";
    EXPECT_EQ(of("oddsapi_player_props", "2026-01-18", "12:00"), Sentences{});
    EXPECT_EQ(of("espn_boxscore", "2026-01-20", "23:01"), unnamed_by("espn_scoreboard"));
    EXPECT_EQ(of("espn_boxscore", "2026-01-20", "20:00"), Sentences{}) << "it is under way";
}

TEST_F(Expectations, AListWithoutTheLeaguesPlayersIsNamed) {
    StatedRecords list;
    list.players.resize(399);
    const Instant now = eastern("2026-01-20", "12:00");
    EXPECT_EQ(unmet("nbac_player_list", now, list),
              Sentences{"399 players where the league has at least 400"});
    EXPECT_EQ(unmet("bdl_active_players", now, list).size(), 1U);
    EXPECT_EQ(unmet("bdl_injuries", now, list), Sentences{});
    list.players.resize(400);
    EXPECT_EQ(unmet("nbac_player_list", now, list), Sentences{});
}

TEST_F(Expectations, EachSourceSaysWhatIsUsual) {
    StatedRecords records;
    for (int i = 0; i < 20; ++i) {
        StatedPlayerBox& player = records.player_boxes.emplace_back(box(kBoston, "0022500601"));
        if (i >= 8) player.seconds = player.points = 1;
        StatedPropLine& line = records.prop_lines.emplace_back();
        if (i >= 11) line.over_price = -110;
        line.under_price = -110;
    }
    const Instant now = eastern("2026-01-20", "12:00");
    EXPECT_EQ(unmet("bdl_box_scores", now, records), Sentences{}) << "two in five did not play";
    EXPECT_EQ(unmet("nbac_player_boxscore", now, records),
              (Sentences{"seconds of player_box is empty in 40 of 100 rows, 5 at most are usual",
                         "points of player_box is empty in 40 of 100 rows, 5 at most are usual"}));
    games_[0].source_game_id = games_[1].source_game_id = "named";
    EXPECT_EQ(
        unmet("oddsapi_player_props", now, records),
        Sentences{"over_price of prop_line is empty in 55 of 100 rows, 50 at most are usual"});
    EXPECT_EQ(unmet("bdl_injuries", now, records), Sentences{});
}

TEST_F(Expectations, LinesThatHaveLostASideAreNamed) {
    games_[0].source_game_id = games_[1].source_game_id = "named";
    StatedRecords records;
    for (int i = 0; i < 20; ++i) {
        records.prop_lines.emplace_back().over_price = -110;
        records.game_lines.emplace_back().home_or_over_price = -110;
    }
    records.prop_lines[0].under_price = -110;
    const Instant now = eastern("2026-01-20", "12:00");
    for (const char* source : {"oddsapi_player_props", "bettingpros_player_props"}) {
        EXPECT_EQ(unmet(source, now, records),
                  Sentences{"under_price of prop_line is empty in 95 of 100 rows, 90 at most are "
                            "usual"})
            << source;
    }
    EXPECT_EQ(unmet("oddsapi_game_lines", now, records),
              Sentences{"away_or_under_price of game_line is empty in 100 of 100 rows, 50 at most "
                        "are usual"});
    records.prop_lines[1].under_price = -110;
    EXPECT_EQ(unmet("oddsapi_player_props", now, records), Sentences{}) << "ladders of overs";
    for (int i = 0; i < 10; ++i)
        records.game_lines[static_cast<std::size_t>(i)].away_or_under_price = -110;
    EXPECT_EQ(unmet("oddsapi_game_lines", now, records), Sentences{});
}

TEST_F(Expectations, AColumnThatIsMostlyEmptyIsNamed) {
    StatedRecords roster;
    for (int i = 0; i < 20; ++i) {
        StatedRosterPlayer& player = roster.roster.emplace_back();
        if (i >= 4) player.height_inches = 80;
        if (i >= 6) player.weight_pounds = 220;
    }
    const Instant now = eastern("2026-01-20", "12:00");
    EXPECT_EQ(unmet("br_rosters", now, roster).size(), 2U) << "a text that says nothing is empty";
    for (StatedRosterPlayer& player : roster.roster) {
        player.position = "G";
        player.jersey_number = "0";
    }
    EXPECT_EQ(unmet("br_rosters", now, roster), Sentences{}) << "20 and 30 of 100 are usual";
    roster.roster[4].height_inches.reset();
    EXPECT_EQ(unmet("br_rosters", now, roster),
              Sentences{"height_inches of roster_player is empty in 25 of 100 rows, 20 at most are "
                        "usual"});
    roster.roster.resize(19);
    EXPECT_EQ(unmet("br_rosters", now, roster), Sentences{}) << "too few to say";
}

}  // namespace
}  // namespace tipoff::collect
