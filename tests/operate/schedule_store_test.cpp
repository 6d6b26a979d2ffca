// The scheduler's rows: two schedulers, pauses, kept decisions, and games as they were known.
#include "operate/schedule_store.h"

#include <gtest/gtest.h>

#include "collect/raw_tables.h"
#include "operate/collected_home.h"
#include "operate/schedule_tables.h"
#include "support/database.h"

namespace tipoff::operate {
namespace {

using support::outcome_of;
using support::value_of;
using test::CollectedHome;
using namespace std::chrono_literals;

constexpr TeamId kPhiladelphia{1610612755};

GameDate date(std::string_view text) { return value_of(parse_date(text)); }
Instant at(std::string_view text) { return value_of(parse_instant(text)); }

Workflows one_job(std::string_view enabled = "true") {
    return value_of(
        read_workflows("jobs:\n  - name: job\n    what: something\n    cron: 0 6 * * "
                       "*\n    enabled: " +
                           std::string(enabled) + "\n    tasks: [upkeep]\n",
                       "workflows.yaml"));
}

class ScheduleStore : public testing::Test {
protected:
    ScheduleStore() { value_of(note_jobs(database(), workflows_, at("2026-01-19T12:00:00Z"))); }

    [[nodiscard]] store::Database& database() { return home_.database(); }
    [[nodiscard]] JobState state() { return value_of(read_job_states(database())).at("job"); }
    [[nodiscard]] std::int64_t row_version() {
        return home_.rows(kScheduleState, "WHERE job = 'job'").at(0).row_version;
    }

    /// Moves the job on in a transaction of its own.
    Status move_on(std::optional<Instant> from, Instant to) {
        TIPOFF_TRY(const auto transaction, database().begin());
        TIPOFF_CHECK(advance(*transaction, "job", from, to));
        return transaction->commit();
    }

    void state_game(GameId id, std::string_view day, std::string_view tip_off,
                    std::string_view status, std::string_view known_at, int revision = 0) {
        support::merge_rows(database(), collect::kSchedule,
                            std::vector<collect::Schedule>{{.source = "nbac_schedule",
                                                            .game_id = id,
                                                            .revision = revision,
                                                            .game_date = date(day),
                                                            .tip_off = at(tip_off),
                                                            .status = std::string(status),
                                                            .home_team_id = test::kBoston,
                                                            .away_team_id = kPhiladelphia,
                                                            .home_points = std::nullopt,
                                                            .away_points = std::nullopt,
                                                            .arena = "",
                                                            .city = "",
                                                            .known_at = {at(known_at)},
                                                            .known_at_basis = "observed",
                                                            .document_hash = ""}});
    }
    [[nodiscard]] std::vector<KnownGame> games(std::string_view now) {
        return value_of(read_known_games(
            database(), {.from = date("2026-01-18"), .to = date("2026-01-25")}, at(now)));
    }

    const Workflows workflows_ = one_job();
    CollectedHome home_;
};

const Instant kFirst = at("2026-01-20T11:00:00Z");
const Instant kSecond = at("2026-01-21T11:00:00Z");

TEST_F(ScheduleStore, AJobIsSeenOnce) {
    EXPECT_EQ(state().first_seen_at, at("2026-01-19T12:00:00Z"));
    value_of(note_jobs(database(), workflows_, at("2026-02-01T12:00:00Z")));
    EXPECT_EQ(state().first_seen_at, at("2026-01-19T12:00:00Z"));
    EXPECT_EQ(value_of(read_job_states(database())).size(), 1U);
}

TEST_F(ScheduleStore, OfTwoSchedulersThatSawTheSameOneMovesTheJobOn) {
    // Side by side: both are through their guard before either commits.
    const auto one = value_of(database().begin());
    const auto other = value_of(database().begin());
    value_of(advance(*one, "job", std::nullopt, kFirst));
    const auto guarded = advance(*other, "job", std::nullopt, kFirst);
    value_of(one->commit());
    const Status second = guarded ? other->commit() : guarded;
    EXPECT_EQ(outcome_of(second), "fenced");
    EXPECT_EQ(state().last_logical_time, kFirst);
    EXPECT_EQ(row_version(), 2);
    // One after the other: the guard itself says no.
    EXPECT_EQ(outcome_of(move_on(std::nullopt, kFirst)), "fenced");
    EXPECT_EQ(outcome_of(move_on(std::nullopt, kSecond)), "fenced");
    EXPECT_EQ(outcome_of(move_on(kFirst, kFirst)), "fenced");
    EXPECT_EQ(outcome_of(move_on(kFirst, kSecond)), "ok");
    EXPECT_EQ(outcome_of(move_on(kSecond, kFirst)), "fenced");
    EXPECT_EQ(row_version(), 3);
}

TEST_F(ScheduleStore, WhatIsRolledBackWasNotRun) {
    {
        const auto transaction = value_of(database().begin());
        value_of(advance(*transaction, "job", std::nullopt, kFirst));
    }
    EXPECT_EQ(state().last_logical_time, std::nullopt);
    EXPECT_EQ(value_of(decide_now(database(), workflows_, kFirst)).at(0).verdict, Verdict::kDue);
    value_of(move_on(std::nullopt, kFirst));
    EXPECT_EQ(value_of(decide_now(database(), workflows_, kFirst)).at(0).verdict,
              Verdict::kAlreadyRan);
}

TEST_F(ScheduleStore, APauseKeepsAJobFromBeingMovedOn) {
    EXPECT_TRUE(value_of(pause_job(database(), "job", "ann", kFirst)));
    EXPECT_FALSE(value_of(pause_job(database(), "job", "bob", kSecond)));
    EXPECT_EQ(state().paused_by, "ann");
    EXPECT_EQ(state().paused_at, kFirst);
    EXPECT_EQ(outcome_of(move_on(std::nullopt, kFirst)), "fenced");
    EXPECT_EQ(value_of(decide_now(database(), workflows_, kFirst)).at(0).verdict, Verdict::kPaused);
    EXPECT_TRUE(value_of(resume_job(database(), "job", kSecond)));
    EXPECT_FALSE(value_of(resume_job(database(), "job", kSecond)));
    EXPECT_EQ(outcome_of(move_on(std::nullopt, kFirst)), "ok");
}

TEST_F(ScheduleStore, APauseMeetsWhoeverIsMovingTheJobOn) {
    const auto transaction = value_of(database().begin());
    value_of(advance(*transaction, "job", std::nullopt, kFirst));
    EXPECT_EQ(outcome_of(pause_job(database(), "job", "ann", kFirst)), "fenced");
    value_of(transaction->commit());
    EXPECT_FALSE(state().paused);
}

TEST_F(ScheduleStore, DecisionsAreKeptWhereTheyChangeAndOnceAnHour) {
    const auto keep = [this](Instant now, const Workflows& workflows) {
        return value_of(keep_decisions(database(), workflows,
                                       value_of(decide_now(database(), workflows, now)), now));
    };
    const Instant early = kFirst - 50min;
    EXPECT_EQ(keep(early, workflows_), 1);
    EXPECT_EQ(keep(early + 10min, workflows_), 0);
    EXPECT_EQ(keep(early + 49min, workflows_), 0);
    EXPECT_EQ(keep(kFirst, workflows_), 1);  // due
    EXPECT_EQ(keep(kFirst + 1min, workflows_), 0);
    value_of(move_on(std::nullopt, kFirst));
    EXPECT_EQ(keep(kFirst + 2min, workflows_), 1);  // already ran
    EXPECT_EQ(keep(kFirst + 61min, workflows_), 0);
    EXPECT_EQ(keep(kFirst + 62min, workflows_), 1);        // an hour later
    EXPECT_EQ(keep(kFirst + 63min, one_job("false")), 1);  // another file
    const auto rows = home_.rows(kScheduleDecision, "ORDER BY decided_at");
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[1].verdict, "due");
    EXPECT_EQ(rows[1].logical_time, kFirst);
    EXPECT_EQ(rows[1].next_at, kSecond);
    EXPECT_NE(rows[4].workflows_version, rows[3].workflows_version);
}

TEST_F(ScheduleStore, GamesAreAsTheyWereKnownThen) {
    const GameId game{22500600};
    state_game(game, "2026-01-20", "2026-01-21T00:30:00Z", "scheduled", "2025-08-01T00:00:00Z");
    state_game(game, "2026-01-20", "2026-01-21T01:00:00Z", "scheduled", "2026-01-19T12:00:00Z", 1);
    state_game(game, "2026-01-20", "2026-01-21T01:00:00Z", "final", "2026-01-21T04:00:00Z", 2);
    ASSERT_EQ(games("2026-01-18T12:00:00Z").size(), 1U);
    EXPECT_EQ(games("2026-01-18T12:00:00Z")[0].tip_off, at("2026-01-21T00:30:00Z"));
    EXPECT_EQ(games("2026-01-20T12:00:00Z")[0].tip_off, at("2026-01-21T01:00:00Z"));
    EXPECT_FALSE(games("2026-01-21T03:59:00Z")[0].is_final);
    EXPECT_TRUE(games("2026-01-21T04:00:00Z")[0].is_final);
    EXPECT_FALSE(games("2026-01-21T04:00:00Z")[0].has_box_rows);
}

TEST_F(ScheduleStore, AGamePutOffIsNoneOfItsOldDate) {
    const GameId moved{22500601};
    state_game(moved, "2026-01-20", "2026-01-21T00:30:00Z", "scheduled", "2025-08-01T00:00:00Z");
    state_game(moved, "2026-01-20", "2026-01-21T00:30:00Z", "postponed", "2026-01-19T12:00:00Z", 1);
    state_game(moved, "2026-01-23", "2026-01-24T00:30:00Z", "scheduled", "2026-01-21T12:00:00Z", 2);
    EXPECT_EQ(games("2026-01-18T12:00:00Z").at(0).game_date, date("2026-01-20"));
    EXPECT_TRUE(games("2026-01-20T12:00:00Z").empty());
    ASSERT_EQ(games("2026-01-21T12:00:00Z").size(), 1U);
    EXPECT_EQ(games("2026-01-21T12:00:00Z")[0].game_date, date("2026-01-23"));
    // Preseason games are none.
    state_game(GameId{12500001}, "2026-01-22", "2026-01-23T00:30:00Z", "scheduled",
               "2025-08-01T00:00:00Z");
    EXPECT_EQ(games("2026-01-21T12:00:00Z").size(), 1U);
}

TEST_F(ScheduleStore, AGameHasItsRowsOnceBothBoxScoresAreThere) {
    home_.import_files();  // PHI @ BOS of 18 October 2022: players' rows, no team's
    const store::DateScope day{date("2022-10-18"), date("2022-10-18")};
    const auto game = [&](std::string_view now) {
        return value_of(read_known_games(database(), day, at(now))).at(0);
    };
    EXPECT_FALSE(game("2022-10-18T20:00:00Z").is_final);
    EXPECT_TRUE(game("2022-10-20T00:00:00Z").is_final);
    EXPECT_FALSE(game("2022-10-20T00:00:00Z").has_box_rows);
    collect::TeamBox team;
    team.source = "nbac_team_boxscore";
    team.game_id = GameId{22200001};
    team.team_id = test::kBoston;
    team.game_date = date("2022-10-18");
    team.known_at = {at("2022-10-19T12:00:00Z")};
    support::merge_rows(database(), collect::kTeamBox, std::vector{team});
    EXPECT_FALSE(game("2022-10-19T11:00:00Z").is_done());
    EXPECT_TRUE(game("2022-10-19T12:00:00Z").is_done());
}

TEST_F(ScheduleStore, LooksTwoWeeksAheadAndAsFarBackAsIsCaughtUp) {
    const auto dates = dates_to_look_at(workflows_, at("2026-01-20T12:00:00Z"));
    EXPECT_EQ(dates.from, date("2026-01-18"));
    EXPECT_EQ(dates.to, date("2026-02-03"));
}

}  // namespace
}  // namespace tipoff::operate
