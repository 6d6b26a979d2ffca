#include "collect/expectation.h"

#include <gtest/gtest.h>

#include "collect/made_games.h"

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

    [[nodiscard]] Sentences unmet(std::string_view source, Instant now, StatedRecords records,
                                  OutcomeKind kind = OutcomeKind::kFresh) {
        ReadAnswer read = answer_of(source, now, "hash", std::move(records));
        read.answer.ask.date = day("2026-01-20");
        read.reading.outcome.kind = kind;
        Scope scope;
        scope.games = games_;
        scope.now = now;
        return unmet_expectations(*find_source(source), scope, {read});
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
    EXPECT_EQ(
        unmet("bettingpros_events", eastern("2026-01-20", "12:00"), {}, OutcomeKind::kMalformed),
        Sentences{})
        << "that it is malformed is told already";
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

TEST_F(Expectations, AColumnThatIsMostlyEmptyIsNamed) {
    StatedRecords roster;
    for (int i = 0; i < 20; ++i) {
        StatedRosterPlayer& player = roster.roster.emplace_back();
        if (i >= 4) player.height_inches = 80;
        if (i >= 6) player.weight_pounds = 220;
    }
    const Instant now = eastern("2026-01-20", "12:00");
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
