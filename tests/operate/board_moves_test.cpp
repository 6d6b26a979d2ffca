// What moved between two boards, worked by hand.

#include "operate/board_moves.h"

#include <gtest/gtest.h>

#include "collect/raw_tables.h"
#include "forecast/prediction_tables.h"
#include "forecast/systems.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;

constexpr GameId kGame{22500500};
constexpr PlayerId kJokic{203999};
constexpr PlayerId kSengun{1630578};

const GameDate kDate = value_of(parse_date("2026-01-05"));
const AsOf kMorning{value_of(parse_instant("2026-01-05T15:00:00Z"))};
const AsOf kNoon{value_of(parse_instant("2026-01-05T17:00:00Z"))};
const AsOf kEvening{value_of(parse_instant("2026-01-05T23:00:00Z"))};

/// A book's main line and what is said of it.
struct Said {
    std::string book;
    double line = 0;
    std::string pick = "PASS";
};

class BoardMovesTest : public testing::Test {
protected:
    BoardMovesTest() {
        auto tables = forecast::prediction_tables();
        tables.push_back(&collect::kPlayer.spec());
        database_ = support::open_with_tables(folder_ / "board.duckdb", tables);
        support::merge_rows(*database_, collect::kPlayer,
                            {{kJokic, "Nikola Jokić", "nikola jokic", kDate, kDate},
                             {kSengun, "Alperen Şengün", "alperen sengun", kDate, kDate}});
    }

    void say(AsOf as_of, PlayerId player, const std::vector<Said>& all,
             std::string_view system = forecast::kEnsembleId,
             std::string_view origin = forecast::kOriginLive, bool are_main = true) {
        forecast::Prediction prediction;
        prediction.game_id = kGame;
        prediction.player_id = player;
        prediction.market = "points";
        prediction.system_id = system;
        prediction.as_of = as_of;
        prediction.origin = origin;
        prediction.game_date = kDate;
        prediction.season = Season::starting_in(2025);
        support::merge_rows(*database_, forecast::kPrediction, {prediction});
        std::vector<forecast::Pick> picks;
        for (const Said& said : all) {
            forecast::Pick pick;
            pick.game_id = kGame;
            pick.player_id = player;
            pick.market = "points";
            pick.system_id = system;
            pick.as_of = as_of;
            pick.origin = origin;
            pick.book = said.book;
            pick.line_value = said.line;
            pick.game_date = kDate;
            pick.is_main_line = are_main;
            pick.recommendation = said.pick;
            picks.push_back(pick);
        }
        support::merge_rows(*database_, forecast::kPick, picks);
    }
    BoardMoves moves(std::optional<AsOf> told) {
        return value_of(board_moves(*database_, kDate, told));
    }

    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_;
};

TEST_F(BoardMovesTest, ALineMovesByTheMedianOfTheBooks) {
    say(kMorning, kJokic, {{"a", 27.5}, {"b", 27.5}, {"c", 28.5}});
    say(kMorning, kSengun, {{"a", 21.5}, {"b", 22.5}});
    // One book of three moves a lot: the median stays.
    say(kNoon, kJokic, {{"a", 27.5}, {"b", 27.5}, {"c", 32.5}});
    // Both move by a half: the lower of the two counts, and half a point is no move.
    say(kNoon, kSengun, {{"a", 22.0}, {"b", 23.0}});
    EXPECT_TRUE(moves(kMorning).moves.empty());
    EXPECT_FALSE(board_alert(moves(kMorning)).has_value());

    say(kEvening, kJokic, {{"a", 28.5}, {"b", 28.5}, {"c", 28.5}});
    const BoardMoves moved = moves(kMorning);
    ASSERT_EQ(moved.moves.size(), 1U);
    EXPECT_EQ(moved.moves[0].player, "Nikola Jokić");
    EXPECT_EQ(moved.moves[0].old_line, 27.5);
    EXPECT_EQ(moved.moves[0].new_line, 28.5);
    EXPECT_EQ(moved.as_of, kEvening);
    EXPECT_EQ(moves(kNoon).moves.size(), 1U) << "against noon as well";
    EXPECT_TRUE(moves(kEvening).moves.empty()) << "nothing is newer";
}

TEST_F(BoardMovesTest, APickFlipsBetweenOverAndUnderAlone) {
    say(kMorning, kJokic, {{"a", 27.5, "OVER"}, {"b", 27.5, "PASS"}});
    say(kMorning, kSengun, {{"a", 21.5, "PASS"}});
    say(kNoon, kJokic, {{"a", 27.5, "UNDER"}, {"b", 27.5, "UNDER"}});
    say(kNoon, kSengun, {{"a", 21.5, "OVER"}});
    const BoardMoves moved = moves(kMorning);
    ASSERT_EQ(moved.moves.size(), 1U) << "from PASS is no flip";
    EXPECT_EQ(moved.moves[0].player_id, kJokic);
    EXPECT_EQ(moved.moves[0].old_pick, "OVER");
    EXPECT_EQ(moved.moves[0].new_pick, "UNDER");
    // Books that are told otherwise about the same player give no pick.
    say(kEvening, kJokic, {{"a", 27.5, "UNDER"}, {"b", 28.0, "OVER"}});
    EXPECT_TRUE(moves(kMorning).moves.empty());
}

TEST_F(BoardMovesTest, TheEnsembleSpeaksWhereThereIsOneAndElseTheBestThereIs) {
    say(kMorning, kJokic, {{"a", 27.5, "OVER"}}, forecast::kEnsembleId);
    say(kMorning, kJokic, {{"a", 27.5, "OVER"}}, forecast::kXgboostId);
    say(kNoon, kJokic, {{"a", 27.5, "OVER"}}, forecast::kEnsembleId);
    say(kNoon, kJokic, {{"a", 27.5, "UNDER"}}, forecast::kXgboostId);
    EXPECT_TRUE(moves(kMorning).moves.empty());
    say(kMorning, kSengun, {{"a", 21.5, "UNDER"}}, forecast::kMovingAverageId);
    say(kMorning, kSengun, {{"a", 21.5, "OVER"}}, forecast::kXgboostId);
    say(kNoon, kSengun, {{"a", 21.5, "UNDER"}}, forecast::kMovingAverageId);
    say(kNoon, kSengun, {{"a", 21.5, "UNDER"}}, forecast::kXgboostId);
    ASSERT_EQ(moves(kMorning).moves.size(), 1U);
    EXPECT_EQ(moves(kMorning).moves[0].player_id, kSengun);
}

TEST_F(BoardMovesTest, AlternateLinesAndNewPlayersAreNoMoves) {
    say(kMorning, kJokic, {{"a", 27.5}});
    say(kNoon, kJokic, {{"a", 27.5}});
    say(kNoon, kJokic, {{"a", 35.5, "UNDER"}}, forecast::kEnsembleId, forecast::kOriginLive, false);
    say(kNoon, kSengun, {{"a", 21.5, "OVER"}});
    EXPECT_TRUE(moves(kMorning).moves.empty());
}

TEST_F(BoardMovesTest, WhereNothingWasToldYetTheFirstLinesOfEachPlayerCount) {
    say(kMorning, kJokic, {{"a", 27.5}});
    say(kMorning, kSengun, {});
    EXPECT_TRUE(moves(std::nullopt).moves.empty()) << "the first board";
    say(kNoon, kSengun, {{"a", 21.5}});
    EXPECT_TRUE(moves(std::nullopt).moves.empty()) << "his first line";
    say(kEvening, kJokic, {{"a", 28.0}});
    say(kEvening, kSengun, {{"a", 23.0}});
    ASSERT_EQ(moves(std::nullopt).moves.size(), 1U);
    EXPECT_EQ(moves(std::nullopt).moves[0].player_id, kSengun);
    EXPECT_EQ(moves(std::nullopt).moves[0].old_line, 21.5);
    EXPECT_EQ(moves(kMorning).moves.size(), 1U) << "he had no line until then";
}

TEST_F(BoardMovesTest, SmallStepsAddUpUntilTheyAreTold) {
    say(kMorning, kJokic, {{"a", 27.5, "OVER"}});
    say(kNoon, kJokic, {{"a", 28.0, "PASS"}});
    EXPECT_TRUE(moves(std::nullopt).moves.empty());
    say(kEvening, kJokic, {{"a", 28.5, "UNDER"}});
    ASSERT_EQ(moves(std::nullopt).moves.size(), 1U);
    EXPECT_TRUE(moves(std::nullopt).moves[0].is_line_move());
    EXPECT_TRUE(moves(std::nullopt).moves[0].is_flip());
}

TEST_F(BoardMovesTest, OneAlertABoardNamesThemAll) {
    say(kMorning, kJokic, {{"a", 27.5, "OVER"}});
    say(kMorning, kSengun, {{"a", 21.5, "OVER"}});
    say(kNoon, kJokic, {{"a", 29.5, "UNDER"}});
    say(kNoon, kSengun, {{"a", 21.5, "UNDER"}});
    const auto alert = board_alert(moves(kMorning));
    ASSERT_TRUE(alert.has_value());
    EXPECT_EQ(alert->signature, "board.moved.2026-01-05.2026-01-05T17:00:00Z");
    EXPECT_EQ(alert->title, "board of 2026-01-05: 1 line moved, 2 picks flipped");
    EXPECT_EQ(alert->body,
              "- Alperen Şengün, points: line 21.5, pick OVER -> UNDER\n"
              "- Nikola Jokić, points: line 27.5 -> 29.5, pick OVER -> UNDER\n");
    EXPECT_EQ(alert->game_date, kDate);
    EXPECT_TRUE(alert->is_event);
}

}  // namespace
}  // namespace tipoff::operate
