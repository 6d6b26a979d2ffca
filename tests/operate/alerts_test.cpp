// When something is told, worked by hand: times are Eastern, and delivery runs every minute.

#include "operate/alerts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "operate/alert_home.h"

namespace tipoff::operate {
namespace {

using namespace std::chrono_literals;
using support::value_of;
using test::AlertHome;
using Subjects = std::vector<std::string>;

TEST(Alerts, AreToldOnceOnEveryChannelAndCountedAfterThat) {
    AlertHome home({{.name = "email"}, {.name = "webhook"}});
    home.raise("collect.rosters");
    home.raise("collect.rosters");
    home.deliver();
    home.raise("collect.rosters");
    home.deliver();
    for (const std::size_t channel : {0U, 1U})
        EXPECT_EQ(home.inbox(channel).subjects(), Subjects{"error: collect.rosters is wrong"});
    const AlertRow row = home.newest("collect.rosters");
    EXPECT_EQ(row.times_raised, 3);
    EXPECT_EQ(row.episode, 1);
    EXPECT_EQ(row.state, "open");
    EXPECT_EQ(row.row_version, 3);
}

TEST(Alerts, StandOnlyIfWhatTheyTellOfIsCommitted) {
    AlertHome home;
    {
        const auto transaction = value_of(home.database().begin());
        value_of(home.alerts().raise(*transaction, {.signature = "lost", .title = "lost"}));
    }
    home.deliver();
    EXPECT_TRUE(home.inbox().received.empty());
    EXPECT_TRUE(home.rows(kAlert).empty());
}

TEST(Alerts, OneMessageSaysWhatWhenAndAboutWhichDay) {
    AlertHome home;
    home.raise({.signature = "collect.rosters",
                .severity = Severity::kWarning,
                .title = "3 of 30 teams",
                .body = "missing: BOS, NYK",
                .game_date = value_of(parse_date("2026-01-05")),
                .is_event = false});
    home.deliver();
    ASSERT_EQ(home.inbox().received.size(), 1U);
    EXPECT_EQ(home.inbox().received[0].message.subject, "warning: 3 of 30 teams");
    EXPECT_EQ(home.inbox().received[0].message.body,
              "missing: BOS, NYK\n\ncollect.rosters · 2026-01-05\nfirst 2026-01-05 10:00 ET\n");
}

TEST(Alerts, WhatIsCountedIsToldAnHourAfterTheFirstAndThenHourly) {
    AlertHome home;
    home.raise("a");
    home.deliver();           // 10:00: told
    home.deliver_for(10min);  // 10:10
    home.raise("a");
    home.deliver_for(10min);  // 10:20
    home.raise("a");
    home.deliver_for(39min);  // 10:59
    EXPECT_EQ(home.inbox().received.size(), 1U);
    home.deliver_for(1min);  // 11:00
    ASSERT_EQ(home.inbox().received.size(), 2U);
    EXPECT_EQ(home.inbox().received[1].message.subject, "digest: 1 alert, raised 2 times");
    EXPECT_EQ(home.inbox().received[1].message.body,
              "- error: a is wrong\n  a · 2 more times · last 2026-01-05 10:20 ET\n");
    home.deliver_for(30min);  // 11:30
    home.raise("a");
    home.deliver_for(29min);  // 11:59
    EXPECT_EQ(home.inbox().received.size(), 2U);
    home.deliver_for(1min);  // 12:00
    ASSERT_EQ(home.inbox().received.size(), 3U);
    EXPECT_EQ(home.inbox().received[2].message.subject, "digest: 1 alert, raised 1 time");
    home.deliver_for(180min);
    EXPECT_EQ(home.inbox().received.size(), 3U) << "nothing new: no digest";
}

TEST(Alerts, TheirEndIsToldToWhoeverWasToldOfThem) {
    AlertHome home;
    home.raise("a");
    home.deliver();
    home.clock().advance(5min);
    home.resolve("a");
    home.resolve("a");
    home.resolve("never raised");
    home.deliver();
    EXPECT_EQ(home.inbox().subjects(), (Subjects{"error: a is wrong", "resolved: a is wrong"}));
    EXPECT_EQ(home.newest("a").state, "resolved");
    EXPECT_EQ(home.newest("a").resolved_at, home.clock().league_now());
    home.deliver_for(120min);
    EXPECT_EQ(home.inbox().received.size(), 2U);
}

TEST(Alerts, WhatEndsBeforeItIsToldIsALineOfTheNextDigest) {
    AlertHome home;
    home.raise("a");
    home.resolve("a");
    home.deliver_for(59min);
    EXPECT_TRUE(home.inbox().received.empty());
    home.deliver_for(1min);
    ASSERT_EQ(home.inbox().received.size(), 1U);
    EXPECT_EQ(home.inbox().received[0].message.body,
              "- error: a is wrong\n  a · new · last 2026-01-05 10:00 ET · resolved\n");
    home.deliver_for(120min);
    EXPECT_EQ(home.inbox().received.size(), 1U);
}

TEST(Alerts, TheSameAgainAfterItsEndIsTheNextEpisode) {
    AlertHome home;
    home.raise("a");
    home.deliver();
    home.resolve("a");
    home.raise("a");
    home.deliver();
    EXPECT_EQ(home.inbox().subjects(),
              (Subjects{"error: a is wrong", "error: a is wrong", "resolved: a is wrong"}));
    EXPECT_EQ(home.newest("a").episode, 2);
    EXPECT_EQ(home.rows(kAlert).size(), 2U);
}

TEST(Alerts, AnEventIsToldOnceForEver) {
    AlertHome home;
    const Alert event{.signature = "board",
                      .severity = Severity::kInfo,
                      .title = "moved",
                      .body = {},
                      .game_date = {},
                      .is_event = true};
    home.raise(event);
    home.deliver();
    home.raise(event);
    home.resolve("board");
    home.deliver_for(180min);
    EXPECT_EQ(home.inbox().subjects(), Subjects{"info: moved"});
    EXPECT_EQ(home.newest("board").times_raised, 2);
    EXPECT_EQ(home.newest("board").state, "resolved");
}

TEST(Alerts, AChannelIsToldFromItsSeverityOn) {
    AlertHome home({{.name = "email"}, {.name = "webhook", .least_severity = Severity::kError}});
    home.raise("a", Severity::kWarning);
    home.deliver();
    EXPECT_EQ(home.inbox(0).received.size(), 1U);
    EXPECT_TRUE(home.inbox(1).received.empty());
    home.raise("a", Severity::kCritical);  // it got worse
    home.deliver();
    EXPECT_EQ(home.inbox(1).subjects(), Subjects{"critical: a is wrong"});
    home.raise("a", Severity::kInfo);
    EXPECT_EQ(home.newest("a").severity, "critical") << "the gravest so far";
}

TEST(Alerts, WhatIsOverTheCapIsToldByTheDigest) {
    AlertHome home({{.name = "email", .cap_per_hour = 4}});
    for (const char* name : {"a", "b", "c", "d", "e"})
        home.raise(name);
    home.deliver();
    EXPECT_EQ(home.inbox().received.size(), 3U) << "the last place is the digest's";
    home.deliver_for(59min);
    EXPECT_EQ(home.inbox().received.size(), 3U);
    home.deliver_for(1min);
    ASSERT_EQ(home.inbox().received.size(), 4U);
    EXPECT_EQ(home.inbox().received[3].message.subject, "digest: 2 alerts, raised 2 times");
    EXPECT_TRUE(home.inbox().received[3].message.body.contains("  d · new"));
    EXPECT_TRUE(home.inbox().received[3].message.body.contains("  e · new"));
}

TEST(Alerts, WhatIsCriticalTakesTheLastPlaceAndGoesFirst) {
    AlertHome home({{.name = "email", .cap_per_hour = 4}});
    for (const char* name : {"a", "b", "c", "d"})
        home.raise(name);
    home.raise("z", Severity::kCritical);
    home.deliver();
    EXPECT_EQ(home.inbox().subjects(),
              (Subjects{"critical: z is wrong", "error: a is wrong", "error: b is wrong"}));
    home.raise("y", Severity::kCritical);
    home.deliver();
    EXPECT_EQ(home.inbox().subjects().back(), "critical: y is wrong");
    EXPECT_EQ(home.inbox().received.size(), 4U);
    // Its place is taken, so the digest comes when the hour is over.
    home.deliver_for(61min);
    ASSERT_EQ(home.inbox().received.size(), 5U);
    EXPECT_TRUE(home.inbox().received[4].message.body.contains("  c · new"));
    EXPECT_TRUE(home.inbox().received[4].message.body.contains("  d · new"));
}

TEST(Alerts, TheCapHoldsWhateverWasRaisedLongBefore) {
    // The channel was dead for a day: what piled up does not come in one burst.
    AlertHome home({{.name = "email", .cap_per_hour = 4}});
    home.inbox().answer = test::for_now;
    for (int hour = 0; hour < 6; ++hour) {
        home.raise("a" + std::to_string(hour));
        home.raise("b" + std::to_string(hour));
        home.deliver();
        home.clock().advance(1h);
    }
    home.inbox().answer = test::delivered;
    home.deliver_for(300min);
    EXPECT_LE(test::most_in_an_hour(home.inbox().received), 4U);
    for (int hour = 0; hour < 6; ++hour) {
        EXPECT_TRUE(home.inbox().mentions("a" + std::to_string(hour)));
        EXPECT_TRUE(home.inbox().mentions("b" + std::to_string(hour)));
    }
}

TEST(Alerts, ADigestHasAnEndAndTheNextHasTheRest) {
    AlertHome home({{.name = "email", .cap_per_hour = 2}});
    for (int i = 0; i < 451;) {
        const auto transaction = value_of(home.database().begin());
        for (const int end = std::min(451, i + 50); i < end; ++i) {
            value_of(home.alerts().raise(*transaction,
                                         {.signature = "s" + std::to_string(i), .title = "t"}));
        }
        value_of(transaction->commit());
    }
    home.deliver();
    for (int hour = 0; hour < 5; ++hour) {
        home.clock().advance(1h);
        home.deliver();
    }
    EXPECT_EQ(home.inbox().subjects(), (Subjects{"error: t", "digest: 200 alerts, raised 200 times",
                                                 "digest: 200 alerts, raised 200 times",
                                                 "digest: 50 alerts, raised 50 times"}));
}

TEST(Alerts, ADailySummaryGoesOutOnceADateToThoseWhoWantIt) {
    AlertHome home({{.name = "email"}, {.name = "webhook", .daily_summary = false}});
    const GameDate date = value_of(parse_date("2026-01-05"));
    for (const char* body : {"first", "second"}) {
        const auto transaction = value_of(home.database().begin());
        value_of(home.alerts().daily_summary(*transaction, date, "the day", body));
        value_of(transaction->commit());
        home.deliver();
    }
    ASSERT_EQ(home.inbox(0).received.size(), 1U);
    EXPECT_EQ(home.inbox(0).received[0].message.body, "first");
    EXPECT_TRUE(home.inbox(1).received.empty());
}

}  // namespace
}  // namespace tipoff::operate
