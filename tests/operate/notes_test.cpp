#include "operate/notes.h"

#include <gtest/gtest.h>

#include "collect/answer_archive.h"
#include "operate/collected_home.h"
#include "operate/facts.h"
#include "operate/rebuild.h"
#include "support/database.h"

namespace tipoff::operate {
namespace {

using namespace test;
using support::outcome_of;
using support::value_of;

/// Boston plays again; nobody has said who will.
class HandNotes : public testing::Test {
protected:
    HandNotes() {
        home_.import_files();
        collect::Schedule game = home_.rows(collect::kSchedule).at(0);
        game.game_id = GameId{22200200};
        game.game_date = tonight_;
        game.tip_off = eastern_instant(tonight_, {.hour = 19, .minute = 30, .second = 0});
        game.status = "scheduled";
        game.home_points.reset();
        game.away_points.reset();
        support::merge_rows(home_.database(), collect::kSchedule, std::vector{game});
    }

    std::vector<NotedPlayer> meant(const std::string& player) {
        return value_of(players_meant(home_.database(), tonight_, player));
    }
    Expected<collect::Note> note(std::string_view kind,
                                 std::optional<double> minutes = std::nullopt) {
        return write_note(home_.database(), home_.ledger(), home_.clock(), home_.folder(),
                          {.player = meant("tatum").at(0),
                           .date = tonight_,
                           .kind = std::string(kind),
                           .minutes = minutes});
    }

    CollectedHome home_;
    GameDate tonight_ = value_of(parse_date("2022-11-01"));
};

TEST_F(HandNotes, FindThePlayerByIdOrByAPartOfHisName) {
    ASSERT_EQ(meant("1628369").size(), 1U);
    EXPECT_EQ(meant("1628369")[0].player_name, "Jayson Tatum");
    ASSERT_EQ(meant("BROWN").size(), 1U);
    EXPECT_EQ(meant("BROWN")[0].team_id, kBoston);
    EXPECT_EQ(meant("jay").size(), 2U) << "Jayson and Jaylen";
    EXPECT_TRUE(meant("Nobody").empty());
    EXPECT_TRUE(value_of(players_meant(home_.database(), tonight_.plus_days(1), "tatum")).empty())
        << "his team does not play";
}

TEST_F(HandNotes, AreFactsWithTheirTimeAndCountUp) {
    value_of(note(collect::kNoteOut));
    home_.clock().advance(std::chrono::minutes{5});
    value_of(note(collect::kNoteMinutes, 24.5));
    const auto rows = home_.rows(collect::kNote, "ORDER BY revision");
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].kind, "out");
    EXPECT_EQ(rows[0].known_at_basis, "manual");
    EXPECT_EQ(rows[1].minutes, 24.5);
    EXPECT_EQ(rows[1].known_at.at, home_.clock().league_now());
    EXPECT_FALSE(value_of(collect::archived_body(home_.folder(), rows[1].document_hash)).empty());
}

TEST_F(HandNotes, AreThereAgainInARebuiltDatabase) {
    // Rebuilding knows of what is archived; the game of tonight is not.
    value_of(note(collect::kNoteOut));
    home_.clock().advance(std::chrono::minutes{5});
    value_of(note(collect::kNoteClear));
    const auto before = home_.rows(collect::kNote, "ORDER BY revision");
    const auto report =
        value_of(rebuild(home_.database(), home_.ledger(), home_.clock(), home_.folder()));
    EXPECT_EQ(report.notes, 2);
    const auto after = home_.rows(collect::kNote, "ORDER BY revision");
    EXPECT_EQ(store::row_fingerprints(collect::kNote.spec(), collect::kNote.to_columns(before)),
              store::row_fingerprints(collect::kNote.spec(), collect::kNote.to_columns(after)));
}

TEST_F(HandNotes, AreRefusedOnceHisGameHasTippedOff) {
    home_.clock().advance(eastern_instant(tonight_, {.hour = 19, .minute = 30, .second = 0}) -
                          home_.clock().league_now());
    EXPECT_EQ(outcome_of(note(collect::kNoteOut)), "refused");
    EXPECT_TRUE(home_.rows(collect::kNote).empty());
    EXPECT_TRUE(value_of(collect::archived_notes(home_.folder())).empty());
}

TEST_F(HandNotes, AreNewsToFactsThatWereReadBefore) {
    const auto facts = value_of(Facts::load(home_.database()));
    EXPECT_TRUE(value_of(facts->are_current(home_.database())));
    value_of(note(collect::kNoteOut));
    EXPECT_FALSE(value_of(facts->are_current(home_.database())));
    EXPECT_EQ(value_of(Facts::load(home_.database()))->raw().notes.size(), 1U);
    const auto without = value_of(Facts::load(home_.database(), NotesByHand::kLeftOut));
    EXPECT_TRUE(without->raw().notes.empty());
    EXPECT_EQ(without->known_through(tonight_), facts->known_through(tonight_));
}

}  // namespace
}  // namespace tipoff::operate
