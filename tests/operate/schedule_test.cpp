// What is due and why, by hand: nothing here reads a clock or a database.
#include "operate/schedule.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "support/expected.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using namespace std::chrono_literals;

GameDate date(std::string_view text) { return value_of(parse_date(text)); }

/// "2026-01-20 19:30" on the wall of New York.
Instant eastern(std::string_view text) {
    return eastern_instant(date(text.substr(0, 10)), value_of(parse_time_of_day(text.substr(11))));
}

Workflows with_job(std::string_view lines, std::string_view give_up_after = "3h") {
    return value_of(
        read_workflows("jobs:\n  - name: job\n    what: something\n    tasks: [upkeep]\n"
                       "    give_up_after: " +
                           std::string(give_up_after) + "\n" + std::string(lines),
                       "workflows.yaml"));
}

/// One job and its state, decided on again and again.
class Desk {
public:
    Desk(std::string_view lines, std::string_view first_seen, std::string_view give_up_after = "3h")
        : workflows_(with_job(lines, give_up_after)) {
        states_["job"].first_seen_at = eastern(first_seen);
    }

    void add_game(std::string_view tip_off, std::optional<GameDate> date = std::nullopt) {
        const Instant at = eastern(tip_off);
        games_.push_back({.game_date = date.value_or(eastern_date(at)), .tip_off = at});
    }
    void finish(std::size_t game) {
        games_.at(game).is_final = true;
        games_.at(game).has_box_rows = true;
    }

    [[nodiscard]] std::vector<Decision> decisions(Instant now) const {
        return decide(workflows_, {.now = now, .games = games_, .states = states_});
    }
    [[nodiscard]] Decision only(std::string_view now) const {
        const auto all = decisions(eastern(now));
        EXPECT_EQ(all.size(), 1U) << now;
        return all.at(0);
    }
    [[nodiscard]] std::string verdict(std::string_view now) const {
        std::string all;
        for (const Decision& decision : decisions(eastern(now)))
            all += (all.empty() ? "" : " ") + std::string(to_string(decision.verdict));
        return all;
    }

    /// Runs what is due at an instant, as a scheduler would: "2026-01-20 22:00".
    std::vector<std::string> run(Instant now) {
        std::vector<std::string> ran;
        for (const Decision& decision : decisions(now)) {
            if (decision.verdict != Verdict::kDue) continue;
            states_["job"].last_logical_time = decision.logical_time;
            history_.push_back(*decision.logical_time);
            ran.push_back(to_eastern_string(*decision.logical_time).substr(0, 16));
        }
        return ran;
    }
    std::vector<std::string> run(std::string_view now) { return run(eastern(now)); }

    /// Runs what is due every `step`, both ends included.
    std::vector<std::string> run_from(std::string_view from, std::string_view to,
                                      std::chrono::minutes step) {
        std::vector<std::string> ran;
        for (Instant now = eastern(from); now <= eastern(to); now += step)
            std::ranges::move(run(now), std::back_inserter(ran));
        return ran;
    }

    JobState& state() { return states_["job"]; }
    /// Every logical time that ran, in that order.
    [[nodiscard]] const std::vector<Instant>& history() const { return history_; }

private:
    Workflows workflows_;
    JobStates states_;
    std::vector<KnownGame> games_;
    std::vector<Instant> history_;
};
using Times = std::vector<std::string>;

constexpr std::string_view kMorning = "    cron: 30 6 * * *\n";

TEST(Schedule, ALogicalTimeIsDueOnceAndThenAlreadyRan) {
    Desk desk(kMorning, "2026-01-19 12:00");
    const Decision before = desk.only("2026-01-20 06:29");
    EXPECT_EQ(before.verdict, Verdict::kNotDue);
    EXPECT_EQ(before.why, "next at 2026-01-20 06:30 ET");
    EXPECT_EQ(before.next, eastern("2026-01-20 06:30"));

    const Decision due = desk.only("2026-01-20 06:40");
    EXPECT_EQ(due.verdict, Verdict::kDue);
    EXPECT_EQ(due.logical_time, eastern("2026-01-20 06:30"));
    EXPECT_EQ(due.deadline, eastern("2026-01-20 09:30"));
    EXPECT_EQ(due.why, "2026-01-20 06:30 ET, cron 30 6 * * *");
    EXPECT_EQ(due.tasks, (std::vector<Task>{{TaskKind::kUpkeep, "", date("2026-01-20")}}));
    EXPECT_EQ(due.next, eastern("2026-01-21 06:30"));

    desk.run("2026-01-20 06:40");
    const Decision after = desk.only("2026-01-20 06:40");
    EXPECT_EQ(after.verdict, Verdict::kAlreadyRan);
    EXPECT_EQ(after.why, "ran for 2026-01-20 06:30 ET");
    EXPECT_TRUE(after.tasks.empty());
}

TEST(Schedule, WhatIsDueAlwaysHasTimeLeft) {
    // An hour late still counts as on time, and is longer than this job may take.
    const Desk desk("    cron: 30 6 * * *\n", "2026-01-19 12:00", "20m");
    EXPECT_EQ(desk.only("2026-01-20 06:40").deadline, eastern("2026-01-20 06:50"));
    EXPECT_EQ(desk.only("2026-01-20 07:30").verdict, Verdict::kDue);
    EXPECT_EQ(desk.only("2026-01-20 07:30").deadline, eastern("2026-01-20 07:50"));
    EXPECT_EQ(desk.verdict("2026-01-20 07:45"), "due");
    EXPECT_EQ(desk.verdict("2026-01-20 07:46"), "missed");
}

TEST(Schedule, TheFirstStartOfAHomeDoesNotCatchUpThePast) {
    const Workflows workflows = with_job("    cron: 30 6 * * *\n    catch_up: all\n");
    const JobStates none;
    const auto first =
        decide(workflows, {.now = eastern("2026-01-20 06:40"), .games = {}, .states = none});
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].verdict, Verdict::kNotDue);
    const Desk desk("    cron: 30 6 * * *\n    catch_up: all\n", "2026-01-20 06:31");
    EXPECT_EQ(desk.verdict("2026-01-20 06:40"), "not_due");
    EXPECT_EQ(desk.verdict("2026-01-21 06:30"), "due");
}

TEST(Schedule, BothDaylightChangesGiveEachDayOneRun) {
    for (const auto& [cron, times] : std::vector<std::pair<std::string, Times>>{
             {"30 6 * * *", {"2026-03-07 06:30", "2026-03-08 06:30", "2026-03-09 06:30"}},
             {"30 2 * * *", {"2026-03-07 02:30", "2026-03-08 03:00", "2026-03-09 02:30"}}}) {
        Desk desk("    cron: " + cron + "\n", "2026-03-06 12:00");
        EXPECT_EQ(desk.run_from("2026-03-06 12:00", "2026-03-09 12:00", 10min), times) << cron;
    }
    for (const auto& [cron, times] : std::vector<std::pair<std::string, Times>>{
             {"30 6 * * *", {"2026-10-31 06:30", "2026-11-01 06:30", "2026-11-02 06:30"}},
             {"30 1 * * *", {"2026-10-31 01:30", "2026-11-01 01:30", "2026-11-02 01:30"}}}) {
        Desk desk("    cron: " + cron + "\n", "2026-10-30 12:00");
        EXPECT_EQ(desk.run_from("2026-10-30 12:00", "2026-11-02 12:00", 10min), times) << cron;
    }
}

TEST(Schedule, LinesAreAskedForFromBeforeTheFirstGameToTheLastTipOff) {
    Desk desk("    before_games: {from: 3h, every: 60m, closing: 10m}\n", "2026-01-19 12:00");
    desk.add_game("2026-01-20 19:00");
    desk.add_game("2026-01-20 22:00");
    desk.add_game("2026-01-20 19:00");
    EXPECT_EQ(desk.only("2026-01-20 12:00").verdict, Verdict::kNotDue);
    EXPECT_EQ(desk.only("2026-01-20 12:00").why,
              "next at 2026-01-20 16:00 ET; 3 games on 2026-01-20, the first at 2026-01-20 19:00 "
              "ET");
    EXPECT_EQ(desk.only("2026-01-20 16:00").deadline, eastern("2026-01-20 19:00"));
    EXPECT_EQ(
        desk.run_from("2026-01-20 12:00", "2026-01-20 23:50", 10min),
        (Times{"2026-01-20 16:00", "2026-01-20 17:00", "2026-01-20 18:00", "2026-01-20 18:50",
               "2026-01-20 19:00", "2026-01-20 20:00", "2026-01-20 21:00", "2026-01-20 21:50"}));
    EXPECT_EQ(desk.verdict("2026-01-20 23:50"), "already_ran");
}

TEST(Schedule, ADeadlineIsNotAfterTheLastTipOff) {
    Desk desk("    before_games: {from: 3h, every: 60m}\n", "2026-01-19 12:00");
    desk.add_game("2026-01-20 19:00");
    desk.run("2026-01-20 16:00");
    EXPECT_EQ(desk.only("2026-01-20 17:05").deadline, eastern("2026-01-20 19:00"));
    // Once the last game has begun there is nothing left to ask for.
    desk.run("2026-01-20 17:05");
    EXPECT_EQ(desk.only("2026-01-20 19:01").verdict, Verdict::kMissed);
    EXPECT_EQ(desk.only("2026-01-20 19:01").why,
              "2026-01-20 18:00 ET passed without a run (catch_up: none)");
}

TEST(Schedule, EarlyGamesAreLookedAtOnDaysThatHaveThem) {
    // Christmas: noon to half past ten at night. The day after has evening games alone.
    Desk desk("    early_games: {before_hour: 17, from: 8h, every: 4h}\n", "2026-12-24 12:00");
    for (const char* tip : {"12:00", "14:30", "17:00", "20:00", "22:30"})
        desk.add_game("2026-12-25 " + std::string(tip));
    desk.add_game("2026-12-26 17:00");
    EXPECT_EQ(desk.only("2026-12-24 13:00").why, "no game of 2026-12-24 tips off before 17:00");
    EXPECT_EQ(desk.only("2026-12-25 04:00").why,
              "2026-12-25 04:00 ET, 2 games on 2026-12-25, the first at 2026-12-25 12:00 ET");
    // To the last of the early games, which is at 14:30.
    EXPECT_EQ(desk.run_from("2026-12-24 13:00", "2026-12-26 23:00", 30min),
              (Times{"2026-12-25 04:00", "2026-12-25 08:00", "2026-12-25 12:00"}));
    EXPECT_EQ(desk.only("2026-12-26 16:00").verdict, Verdict::kNoGames);
}

/// A game in Boston at half past seven, one in Los Angeles at half past ten.
Desk west_coast_night(std::string_view catch_up = "") {
    Desk desk("    after_games: {after: 2h30m, every: 60m, until: 10h}\n" + std::string(catch_up),
              "2026-01-19 12:00");
    desk.add_game("2026-01-20 19:30");
    desk.add_game("2026-01-20 22:30");
    return desk;
}

TEST(Schedule, WindowsOfAWestCoastNightBelongToItsGameDatePastMidnight) {
    // I-33: the late game stays open until it is final and has its rows. I-48: for the right night.
    Desk desk = west_coast_night();
    EXPECT_EQ(desk.verdict("2026-01-20 21:59"), "not_due");
    const Decision first = desk.only("2026-01-20 22:00");
    EXPECT_EQ(first.verdict, Verdict::kDue);
    EXPECT_EQ(first.why,
              "2026-01-20 22:00 ET, 2 games of 2026-01-20: 2 not yet final with box "
              "scores");
    EXPECT_EQ(desk.run("2026-01-20 22:00"), Times{"2026-01-20 22:00"});
    desk.finish(0);
    // Boston is done and Los Angeles still plays: nothing is asked at 23:00 and at midnight.
    EXPECT_EQ(desk.run_from("2026-01-20 22:10", "2026-01-21 00:50", 10min), Times{});
    const Decision idle = desk.only("2026-01-21 00:30");
    EXPECT_EQ(idle.next, eastern("2026-01-21 01:00"));
    EXPECT_NE(idle.why.find("2 games of 2026-01-20: 1 not yet final"), std::string::npos)
        << idle.why;
    const Decision late = desk.only("2026-01-21 01:00");
    EXPECT_EQ(late.verdict, Verdict::kDue);
    EXPECT_EQ(late.game_date, date("2026-01-20"));
    EXPECT_EQ(late.tasks.at(0).game_date, date("2026-01-20"));
    // It is not there yet at one, nor at two.
    EXPECT_EQ(desk.run_from("2026-01-21 01:00", "2026-01-21 02:50", 10min),
              (Times{"2026-01-21 01:00", "2026-01-21 02:00"}));
    desk.finish(1);
    EXPECT_EQ(desk.run_from("2026-01-21 03:00", "2026-01-21 12:00", 10min), Times{});
    EXPECT_EQ(desk.only("2026-01-21 12:00").why, "no games on 2026-01-21");
}

TEST(Schedule, AGameThatNeverEndsIsAskedForUntilItsWindowsAreOver) {
    Desk desk = west_coast_night();
    desk.finish(0);
    const Times ran = desk.run_from("2026-01-20 22:00", "2026-01-22 12:00", 30min);
    ASSERT_EQ(ran.size(), 8U);
    EXPECT_EQ(ran.front(), "2026-01-21 01:00");
    EXPECT_EQ(ran.back(), "2026-01-21 08:00");  // ten hours after 22:30 is 08:30
}

TEST(Schedule, WindowsOfANightEndWhereThoseOfTheNextDayBegin) {
    // A late game and a matinee: every logical time is of one date.
    Desk desk("    after_games: {after: 2h, every: 60m, until: 16h}\n", "2026-01-19 12:00");
    desk.add_game("2026-01-20 22:30");
    desk.add_game("2026-01-21 12:00");
    const Times ran = desk.run_from("2026-01-20 22:00", "2026-01-21 15:00", 10min);
    EXPECT_EQ(std::set<std::string>(ran.begin(), ran.end()).size(), ran.size());
    EXPECT_EQ(desk.only("2026-01-21 14:10").game_date, date("2026-01-21"));
}

TEST(Schedule, AnOffDayHasNothingAndSaysSo) {
    // I-45: what is expected comes from the schedule, not from the calendar.
    for (const char* trigger : {"    before_games: {from: 6h, every: 60m}\n",
                                "    after_games: {after: 2h, every: 60m, until: 8h}\n"}) {
        Desk desk(trigger, "2026-01-19 12:00");
        desk.add_game("2026-01-22 19:00");
        for (const char* now : {"2026-01-20 13:00", "2026-01-20 22:00", "2026-01-21 03:00"}) {
            const Decision decision = desk.only(now);
            EXPECT_EQ(decision.verdict, Verdict::kNoGames);
            EXPECT_EQ(decision.why, "no games on " + std::string(now).substr(0, 10));
            EXPECT_TRUE(decision.next.has_value());
        }
    }
    const Desk summer("    before_games: {from: 6h, every: 60m}\n", "2026-01-19 12:00");
    EXPECT_EQ(summer.only("2026-07-20 13:00").verdict, Verdict::kNoGames);
    EXPECT_EQ(summer.only("2026-07-20 13:00").next, std::nullopt);
}

TEST(Schedule, ThreeDaysOfDowntimeUnderEachPolicy) {
    const auto after_downtime = [](std::string_view policy, std::string_view now) {
        Desk desk(std::string(kMorning) + std::string(policy), "2026-01-10 12:00");
        desk.state().last_logical_time = eastern("2026-01-16 06:30");
        return desk.decisions(eastern(now));
    };
    const auto none = after_downtime("", "2026-01-19 12:00");
    ASSERT_EQ(none.size(), 1U);
    EXPECT_EQ(none[0].verdict, Verdict::kMissed);
    EXPECT_EQ(none[0].logical_time, eastern("2026-01-19 06:30"));
    EXPECT_EQ(none[0].why,
              "from 2026-01-17 06:30 ET to 2026-01-19 06:30 ET passed without a run (catch_up: "
              "none)");
    EXPECT_EQ(none[0].next, eastern("2026-01-20 06:30"));

    // It stays missed until the next one runs.
    const auto next = after_downtime("", "2026-01-20 06:30");
    ASSERT_EQ(next.size(), 2U);
    EXPECT_EQ(next[0].verdict, Verdict::kMissed);
    EXPECT_EQ(next[1].logical_time, eastern("2026-01-20 06:30"));

    // Back within the hour: today's is on time all the same.
    const auto in_time = after_downtime("", "2026-01-19 07:00");
    ASSERT_EQ(in_time.size(), 2U);
    EXPECT_EQ(in_time[0].verdict, Verdict::kMissed);
    EXPECT_EQ(in_time[0].logical_time, eastern("2026-01-18 06:30"));
    EXPECT_EQ(in_time[1].verdict, Verdict::kDue);
    EXPECT_EQ(in_time[1].logical_time, eastern("2026-01-19 06:30"));

    const auto latest = after_downtime("    catch_up: latest\n", "2026-01-19 12:00");
    ASSERT_EQ(latest.size(), 2U);
    EXPECT_EQ(latest[0].verdict, Verdict::kMissed);
    EXPECT_EQ(latest[1].verdict, Verdict::kDue);
    EXPECT_EQ(latest[1].logical_time, eastern("2026-01-19 06:30"));
    // What is caught up has its time from now on.
    EXPECT_EQ(latest[1].deadline, eastern("2026-01-19 15:00"));
    EXPECT_EQ(latest[1].why,
              "2026-01-19 06:30 ET, cron 30 6 * * *; was missed (catch_up: latest within 1d)");

    const auto all =
        after_downtime("    catch_up: all\n    catch_up_within: 7d\n", "2026-01-19 12:00");
    ASSERT_EQ(all.size(), 3U);
    for (int day = 0; day < 3; ++day) {
        const Decision& decision = all[static_cast<std::size_t>(day)];
        EXPECT_EQ(decision.verdict, Verdict::kDue);
        EXPECT_EQ(decision.logical_time, eastern("2026-01-17 06:30") + 24h * day);
        EXPECT_EQ(decision.tasks.at(0).game_date, date("2026-01-17").plus_days(day));
    }

    const auto some =
        after_downtime("    catch_up: all\n    catch_up_within: 36h\n", "2026-01-19 12:00");
    ASSERT_EQ(some.size(), 3U);
    EXPECT_EQ(some[0].verdict, Verdict::kMissed);
    EXPECT_EQ(some[0].logical_time, eastern("2026-01-17 06:30"));
    EXPECT_EQ(some[1].logical_time, eastern("2026-01-18 06:30"));
    EXPECT_EQ(some[2].logical_time, eastern("2026-01-19 06:30"));
}

TEST(Schedule, EveryMissedNightIsCollectedOnce) {
    // Nights of the 20th, 21st and 22nd; the machine was off from the first window on.
    const auto after_downtime = [](std::string_view policy) {
        Desk desk = west_coast_night(policy);
        desk.add_game("2026-01-21 19:00");
        desk.add_game("2026-01-22 22:00");
        return desk.run("2026-01-23 12:00");
    };
    EXPECT_EQ(after_downtime("    catch_up: all\n    catch_up_within: 3d\n"),
              (Times{"2026-01-21 08:00", "2026-01-22 04:30", "2026-01-23 07:30"}));
    EXPECT_EQ(after_downtime("    catch_up: all\n    catch_up_within: 32h\n"),
              (Times{"2026-01-22 04:30", "2026-01-23 07:30"}));
    EXPECT_EQ(after_downtime("    catch_up: latest\n"), Times{"2026-01-23 07:30"});
    EXPECT_EQ(after_downtime(""), Times{});
}

TEST(Schedule, AYearOfDowntimeIsLookedAtInPages) {
    Desk desk("    cron: '* * * * *'\n    catch_up: all\n    catch_up_within: 1d\n",
              "2025-01-01 00:00");
    EXPECT_EQ(desk.run("2026-01-20 12:00").size(), kMostDueAtOnce);
    EXPECT_EQ(desk.run("2026-01-20 12:00").size(), kMostDueAtOnce);
    EXPECT_EQ(desk.run("2026-01-20 12:00").size(), 24U * 60 + 1 - 2 * kMostDueAtOnce);
    EXPECT_EQ(desk.run("2026-01-20 12:00").size(), 0U);
}

TEST(Schedule, PausedAndDisabledJobsSaySoAndWhenTheyWouldRun) {
    Desk desk(std::string(kMorning) + "    catch_up: latest\n", "2026-01-10 12:00");
    desk.state().paused = true;
    desk.state().paused_by = "ann";
    desk.state().paused_at = eastern("2026-01-19 20:00");
    const Decision paused = desk.only("2026-01-20 06:40");
    EXPECT_EQ(paused.verdict, Verdict::kPaused);
    EXPECT_EQ(paused.why, "paused by ann at 2026-01-19 20:00 ET");
    EXPECT_EQ(paused.next, eastern("2026-01-21 06:30"));
    // What passed meanwhile is caught up as the policy says.
    desk.state().paused = false;
    EXPECT_EQ(desk.run("2026-01-20 12:00"), Times{"2026-01-20 06:30"});

    const Desk disabled(std::string(kMorning) + "    enabled: false\n", "2026-01-10 12:00");
    EXPECT_EQ(disabled.only("2026-01-20 06:40").verdict, Verdict::kDisabled);
    EXPECT_EQ(disabled.only("2026-01-20 06:40").why, "enabled: false in workflows.yaml");
}

TEST(Schedule, LooksBackAsFarAsTheLongestCatchUp) {
    EXPECT_EQ(longest_catch_up(with_job("    cron: 0 6 * * *\n    catch_up: all\n    "
                                        "catch_up_within: 9d\n")),
              216h);
    EXPECT_EQ(longest_catch_up(with_job("    cron: 0 6 * * *\n")), kOnTime);
}

/// Looks at random moments, some of them more than a day apart, and runs what is due.
Instant look_at_random_moments(Desk& desk) {
    Instant now = eastern("2026-10-30 12:00");
    for (int look = 0; look < 60; ++look) {
        now += std::chrono::minutes{*rc::gen::weightedOneOf<int>(
            {{8, rc::gen::inRange(0, 90)}, {1, rc::gen::inRange(0, 2'000)}})};
        desk.run(now);
        if (*rc::gen::inRange(0, 4) == 0) desk.run(now);
    }
    return now;
}

RC_GTEST_PROP(ScheduleProperties, ALogicalTimeRunsAtMostOnceWheneverOneLooks, ()) {
    const auto trigger =
        *rc::gen::element<std::string>("    cron: 30 1,2,6 * * *\n", "    cron: '*/20 * * * *'\n",
                                       "    before_games: {from: 6h, every: 50m, closing: 15m}\n",
                                       "    after_games: {after: 2h30m, every: 60m, until: 30h}\n");
    const auto policy = *rc::gen::element<std::string>(
        "", "    catch_up: latest\n", "    catch_up: all\n    catch_up_within: 2d\n");
    Desk desk(trigger + policy, "2026-10-30 12:00");
    for (GameDate day = date("2026-10-29"); day <= date("2026-11-05"); day = day.plus_days(1)) {
        for (const char* tip : {" 12:00", " 19:30", " 22:30"}) {
            if (*rc::gen::arbitrary<bool>()) desk.add_game(to_string(day) + tip);
        }
    }
    look_at_random_moments(desk);
    RC_ASSERT(std::ranges::adjacent_find(desk.history(), std::greater_equal<>{}) ==
              desk.history().end());
}

RC_GTEST_PROP(ScheduleProperties, WhereAllIsCaughtUpEveryLogicalTimeRuns, ()) {
    const auto expression =
        *rc::gen::element<std::string>("30 1,2,6 * * *", "*/20 * * * *", "0 */5 * * *");
    Desk desk("    cron: '" + expression + "'\n    catch_up: all\n    catch_up_within: 2d\n",
              "2026-10-30 12:00");
    const Instant end = look_at_random_moments(desk);
    std::vector<Instant> expected;
    const Cron cron = value_of(Cron::parse(expression));
    for (auto time = cron.next_after(eastern("2026-10-30 12:00")); *time <= end;
         time = cron.next_after(*time))
        expected.push_back(*time);
    RC_ASSERT(desk.history() == expected);
}

}  // namespace
}  // namespace tipoff::operate
