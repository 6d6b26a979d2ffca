#include "collect/plausibility.h"

#include <gtest/gtest.h>

#include "collect/made_games.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using namespace test;

constexpr Season kSeason = Season::starting_in(2025);

std::string game_id_of(int number) {
    return "00225" + std::to_string(10'000 + number).substr(0, 5);
}

// ---- standings

struct Standings {
    KnownGames games;
    Reading reading{
        .outcome = {OutcomeKind::kEmptyUnexpected, "an empty list"}, .records = {}, .notes = {}};

    Standings() {
        games.add(scheduled("0022500001", "2025-10-22", kBoston, kNewYork,
                            eastern("2025-08-14", "12:00")));
        games.add(played("0022500001", "2025-10-22", kBoston, 110, kNewYork, 100,
                         eastern("2025-10-23", "06:00")));
    }
    Outcome judged(Season asked, Instant at) {
        judge("bdl_standings", {.season = asked}, at, games, reading);
        return reading.outcome;
    }
};

TEST(EmptyStandings, AreLegalUntilAResultIsKnown) {
    const Outcome before = Standings().judged(kSeason, eastern("2025-10-23", "05:59"));
    EXPECT_EQ(before.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(before.detail, "2025-26 has not begun");
    const Outcome after = Standings().judged(kSeason, eastern("2025-10-23", "06:00"));
    EXPECT_EQ(after.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_NE(after.detail.find("the upstream is at fault"), std::string::npos) << after.detail;
}

TEST(EmptyStandings, OfAScheduleThatWasImportedWithItsScoresAreLegalUntilTheyAreKnown) {
    Standings standings;
    standings.games = {};
    Schedule imported = played("0022500001", "2025-10-22", kBoston, 110, kNewYork, 100,
                               eastern("2025-10-23", "06:00"));
    imported.source = "schedule";
    imported.revision = 0;
    standings.games.add(imported);
    EXPECT_EQ(standings.judged(kSeason, eastern("2025-10-20", "12:00")).kind,
              OutcomeKind::kEmptyLegal);
}

TEST(EmptyStandings, OfAnotherSeasonThanIsPlayedWereAskedForWrongly) {
    const Outcome outcome =
        Standings().judged(Season::starting_in(2026), eastern("2025-11-01", "12:00"));
    EXPECT_EQ(outcome.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(outcome.detail,
              "no standings of 2026-27: the wrong season was asked for, 2025-26 is being played");
}

TEST(EmptyStandings, AreNotMadeOfAnyOtherOutcome) {
    Standings standings;
    standings.reading.outcome = {OutcomeKind::kMalformed, "no data"};
    EXPECT_EQ(standings.judged(kSeason, eastern("2025-11-01", "12:00")).kind,
              OutcomeKind::kMalformed);
}

// ---- schedules

/// Thirty games, of which `over` are final, and an answer that has `moved` of those to come (the
/// last) a day later.
struct Moved {
    static constexpr int kGames = 30;
    KnownGames games;
    Reading reading;

    Moved(int count, int over, int moved) {
        for (int i = 0; i < count; ++i) {
            const std::string id = game_id_of(i);
            games.add(scheduled(id, "2026-01-20", kBoston, kPhiladelphia));
            const bool is_over = i < over;
            if (is_over)
                games.add(played(id, "2026-01-20", kBoston, 100, kPhiladelphia, 90,
                                 eastern("2026-01-21", "06:00")));
            StatedGame& stated = reading.records.games.emplace_back();
            stated.source_game_id = id;
            stated.game_date = day(i >= count - moved ? "2026-01-21" : "2026-01-20");
            stated.tip_off = eastern("2026-01-20", "19:30");
            stated.status = is_over ? "final" : "scheduled";
            stated.home_team_id = kBoston;
            stated.away_team_id = kPhiladelphia;
        }
        judge("nbac_schedule", {}, eastern("2026-01-22", "12:00"), games, reading);
    }
};

TEST(ASchedule, ThatMovesMostGamesIsNotBelieved) {
    EXPECT_EQ(Moved(30, 0, 15).reading.outcome.kind, OutcomeKind::kFresh) << "half is not most";
    const Moved most(30, 0, 16);
    EXPECT_EQ(most.reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(most.reading.outcome.detail,
              "16 of 30 games are on other dates than they were known to be");
    EXPECT_TRUE(most.reading.records.games.empty());
}

TEST(ASchedule, ThatMovesMostOfTheGamesToComeIsNotBelieved) {
    // Late in a season those that are over outnumber what is to come.
    EXPECT_EQ(Moved(80, 50, 15).reading.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(Moved(80, 50, 16).reading.outcome.kind, OutcomeKind::kMalformed);
}

TEST(ASchedule, OfAFewGamesMayMoveThemAll) {
    EXPECT_EQ(Moved(19, 0, 19).reading.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(Moved(20, 0, 20).reading.outcome.kind, OutcomeKind::kMalformed);
}

// ---- quotations

Reading quoted(Instant at, std::optional<Instant> snapshot) {
    Reading reading;
    StatedGameLine& line = reading.records.game_lines.emplace_back();
    line.book = "book_a";
    line.quoted_at = at;
    line.snapshot_at = snapshot;
    return reading;
}

TEST(AQuotation, FromAfterItsAnswerIsNotBelieved) {
    const Instant answered = eastern("2026-01-20", "12:00");
    const KnownGames games;
    const auto judged = [&](Reading reading) {
        judge("oddsapi_game_lines", {}, answered, games, reading);
        return reading;
    };
    EXPECT_EQ(judged(quoted(eastern("2026-01-20", "12:05"), {})).outcome.kind, OutcomeKind::kFresh)
        << "clocks differ a little";
    const Reading late = judged(quoted(eastern("2026-01-20", "12:06"), {}));
    EXPECT_EQ(late.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_TRUE(late.records.game_lines.empty());
    EXPECT_EQ(late.outcome.detail,
              "a quotation of book_a is of 2026-01-20T17:06:00Z, after the answer");
    // Of a historical answer the snapshot's own time counts.
    EXPECT_EQ(
        judged(quoted(eastern("2026-01-19", "19:00"), eastern("2026-01-19", "18:00"))).outcome.kind,
        OutcomeKind::kMalformed);

    Reading props;
    StatedPropLine& prop = props.records.prop_lines.emplace_back();
    prop.book = "book_b";
    prop.quoted_at = eastern("2026-01-21", "12:00");
    EXPECT_EQ(judged(props).outcome.kind, OutcomeKind::kMalformed);
}

}  // namespace
}  // namespace tipoff::collect
