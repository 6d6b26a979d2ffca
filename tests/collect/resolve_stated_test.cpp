#include "collect/resolve_stated.h"

#include <gtest/gtest.h>

#include "collect/settled_home.h"

namespace tipoff::collect {
namespace {

using namespace test;

constexpr std::string_view kGame = "0022500601";  // PHI @ BOS, 20 January 2026, 19:30
constexpr PlayerId kTatum{1628369};

/// The league's list has two of Boston, and two of Philadelphia who are called Williams.
class Resolving : public testing::Test {
protected:
    Resolving() {
        home_.know({scheduled(kGame, "2026-01-20", kBoston, kPhiladelphia,
                              eastern("2025-08-14", "12:00"))});
        home_.list_players(
            eastern("2026-01-01", "07:00"),
            {listed("1628369", "Jayson Tatum", kBoston), listed("202710", "Jimmy Butler", kBoston),
             listed("11", "Ann Williams Jr.", kPhiladelphia),
             listed("12", "Bob Williams", kPhiladelphia)});
    }

    static StatedRecords box(std::string_view name, std::string_view id, TeamId team = kBoston) {
        StatedRecords records;
        StatedPlayerBox& row = records.player_boxes.emplace_back();
        row.game_date = day("2026-01-20");
        row.team_id = team;
        row.opponent_team_id = team == kBoston ? kPhiladelphia : kBoston;
        row.source_player_id = id;
        row.player_name = name;
        row.seconds = 1200;
        row.points = row.rebounds = row.assists = row.steals = row.blocks = row.turnovers = 2;
        return records;
    }

    /// The player of a box score of this source; none where the row waits for him.
    std::optional<PlayerId> player_of(std::string_view source, const StatedRecords& records) {
        const Settled settled =
            home_.settle(source, {answer_of(source, eastern("2026-01-21", "01:00"),
                                            "box " + std::to_string(++answers_), records)});
        if (settled.player_boxes.empty()) return std::nullopt;
        return settled.player_boxes.at(0).player_id;
    }

    /// The player of an inactive name of the game book.
    std::optional<PlayerId> inactive(std::string_view name, TeamId team) {
        StatedRecords records;
        StatedAvailability& row = records.availability.emplace_back();
        row.source_game_id = "20260120/PHIBOS";
        row.game_date = day("2026-01-20");
        row.team_id = team;
        row.player_name = name;
        row.status = "inactive";
        const Settled settled = home_.settle(
            "nbac_gamebook", {answer_of("nbac_gamebook", eastern("2026-01-21", "01:00"),
                                        "book " + std::to_string(++answers_), records)});
        return settled.inactive.at(0).player_id;
    }

    SettledHome home_;
    int answers_ = 0;
};

TEST_F(Resolving, TheLeaguesIdGoesBeforeAnyName) {
    EXPECT_EQ(player_of("nbac_player_boxscore", box("Whatever He Is Called", "1628369")), kTatum);
    EXPECT_TRUE(home_.rows(kUnresolvedName).empty());
}

TEST_F(Resolving, ANameIsFoundAmongTheTeamsPlayersAndItsIdIsKept) {
    EXPECT_EQ(player_of("bdl_box_scores", box("JAYSON TATUM", "434")), kTatum);
    const auto ids = home_.rows(kPlayerSourceId);
    ASSERT_EQ(ids.size(), 1U);
    EXPECT_EQ(ids[0].source, "bdl");
    EXPECT_EQ(ids[0].source_player_id, "434");
    EXPECT_EQ(ids[0].player_id, kTatum);
    EXPECT_EQ(ids[0].basis, "exact");
}

TEST_F(Resolving, AnIdThatWasMatchedBeforeGoesBeforeTheName) {
    EXPECT_EQ(player_of("bdl_box_scores", box("J. Tatum", "434")), std::nullopt);
    (void)player_of("bdl_box_scores", box("Jayson Tatum", "434"));
    EXPECT_EQ(player_of("bdl_box_scores", box("Somebody Else", "434")), kTatum);
    EXPECT_EQ(player_of("espn_boxscore", box("Quite Another", "434")), std::nullopt)
        << "another source's ids are its own";
}

TEST_F(Resolving, ASuffixIsNoOtherPerson) {
    EXPECT_EQ(player_of("bdl_box_scores", box("Jimmy Butler III", "79")), PlayerId{202710});
    EXPECT_EQ(home_.rows(kPlayerSourceId).at(0).basis, "suffix");
    EXPECT_EQ(player_of("espn_boxscore", box("Ann Williams", "80", kPhiladelphia)), PlayerId{11});
}

TEST_F(Resolving, AGameBookHasSurnamesAlone) {
    EXPECT_EQ(inactive("Tatum", kBoston), kTatum);
    EXPECT_EQ(inactive("Tatum", kPhiladelphia), std::nullopt) << "he is not of that team";
    EXPECT_EQ(player_of("bdl_box_scores", box("Tatum", "5")), std::nullopt)
        << "others write whole names";
}

TEST_F(Resolving, TwoWhoFitAreNobody) {
    home_.list_players(eastern("2026-01-02", "07:00"), {listed("13", "Rasual Butler", kBoston)});
    EXPECT_EQ(inactive("Butler", kBoston), std::nullopt);
    const auto names = home_.rows(kUnresolvedName, "WHERE source = 'nbac_gamebook'");
    ASSERT_EQ(names.size(), 1U);
    EXPECT_EQ(names[0].player_name, "Butler");
    EXPECT_EQ(names[0].team_id, kBoston);
    EXPECT_EQ(names[0].first_seen, day("2026-01-20"));
}

TEST_F(Resolving, ARosterFindsThePlayerOfAnotherTeamIfTheLeagueHasOneOfTheName) {
    StatedRecords records;
    StatedRosterPlayer& row = records.roster.emplace_back();
    row.team_id = kBoston;
    row.source_player_id = "91";
    row.player_name = "Bob Williams";
    const Settled settled = home_.settle(
        "espn_rosters", {answer_of("espn_rosters", eastern("2026-01-21", "01:00"), "r", records)});
    EXPECT_EQ(settled.rosters.at(0).player_id, PlayerId{12})
        << "a trade that the list does not have yet";
    EXPECT_EQ(home_.rows(kPlayerSourceId).at(0).basis, "league");
}

TEST_F(Resolving, ABoxScoreFindsNoPlayerOfAnotherTeam) {
    EXPECT_EQ(player_of("bdl_box_scores", box("Bob Williams", "91")), std::nullopt)
        << "he may be another one of that name";
    EXPECT_EQ(inactive("Bob Williams", kBoston), std::nullopt);
    EXPECT_TRUE(home_.rows(kPlayerSourceId).empty()) << "and the id is not his for ever";
    ASSERT_EQ(home_.rows(kUnresolvedName, "WHERE source = 'bdl_box_scores'").size(), 1U);

    // Once the list has him there, the row that waited is taken up.
    home_.list_players(eastern("2026-01-22", "07:00"), {listed("12", "Bob Williams", kBoston)});
    EXPECT_EQ(player_of("bdl_box_scores", box("Bob Williams", "91")), PlayerId{12});
    EXPECT_EQ(home_.rows(kPlayerSourceId).at(0).basis, "exact");
}

TEST_F(Resolving, AGameThatNobodyHasStatedIsWaitedFor) {
    StatedRecords records = box("Jayson Tatum", "434");
    records.player_boxes[0].game_date = day("2026-01-19");
    const Settled settled =
        home_.settle("bdl_box_scores",
                     {answer_of("bdl_box_scores", eastern("2026-01-21", "01:00"), "x", records)});
    EXPECT_EQ(settled.waiting_for_games, 1);
    EXPECT_TRUE(settled.player_boxes.empty());
    EXPECT_EQ(settled.documents.at(0).outcome,
              "kept; waiting: 1 rows without their game, 0 without their player");
}

TEST_F(Resolving, WhoDidNotPlayIsInactiveAndHasNoBox) {
    StatedRecords records = box("Jayson Tatum", "434");
    records.player_boxes[0].not_played_reason = "DNP - Coach's Decision";
    records.player_boxes[0].seconds.reset();
    EXPECT_EQ(player_of("bdl_box_scores", records), std::nullopt);
    const auto rows = home_.rows(kInactivePlayer);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].status, "dnp");
    EXPECT_EQ(rows[0].player_id, kTatum);
}

/// A total of 224.5, quoted and answered at these times.
class LinesInPlay : public Resolving {
protected:
    bool in_play(Instant quoted_at, Instant answered_at, std::optional<Instant> snapshot = {}) {
        StatedRecords records;
        StatedGameLine& line = records.game_lines.emplace_back();
        line.starts_at = eastern("2026-01-20", "19:40");
        line.home_team_id = kBoston;
        line.away_team_id = kPhiladelphia;
        line.book = "book_a";
        line.market = "total";
        line.line_value = 224.5;
        line.quoted_at = quoted_at;
        line.snapshot_at = snapshot;
        const Settled settled = home_.settle(
            "oddsapi_game_lines", {answer_of("oddsapi_game_lines", answered_at,
                                             "lines " + std::to_string(++answers_), records)});
        return settled.game_lines.at(0).in_play;
    }
};

TEST_F(LinesInPlay, AreThoseQuotedOrSeenFromTheTipOffOn) {
    EXPECT_FALSE(in_play(eastern("2026-01-20", "19:28"), eastern("2026-01-20", "19:29")));
    EXPECT_TRUE(in_play(eastern("2026-01-20", "19:28"), eastern("2026-01-20", "19:30")));
    EXPECT_TRUE(in_play(eastern("2026-01-20", "19:30"), eastern("2026-01-20", "19:29:30")))
        << "the book's clock says that it is of the game";
}

TEST_F(LinesInPlay, OfASnapshotOfThePastGoByItsOwnTime) {
    EXPECT_FALSE(in_play(eastern("2026-01-20", "19:20"), eastern("2026-02-20", "12:00"),
                         eastern("2026-01-20", "19:25")));
    const auto rows = home_.rows(kGameLine);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].known_at.at, eastern("2026-01-20", "19:25"));
}

TEST_F(LinesInPlay, GoByTheTipOffThatWasKnownThen) {
    Schedule moved =
        scheduled(kGame, "2026-01-20", kBoston, kPhiladelphia, eastern("2026-01-20", "19:00"));
    moved.revision = 1;
    moved.tip_off = eastern("2026-01-20", "20:30");
    home_.know({moved});
    EXPECT_FALSE(in_play(eastern("2026-01-20", "20:00"), eastern("2026-01-20", "20:01")));
    EXPECT_TRUE(in_play(eastern("2026-01-20", "20:30"), eastern("2026-01-20", "20:31")));
}

}  // namespace
}  // namespace tipoff::collect
