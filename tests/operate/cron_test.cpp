// Cron in the league's time: by hand, also on the days on which the clocks change, and by
// properties.
#include "operate/cron.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "operate/cron_times.h"

namespace tipoff::operate {
namespace {

using support::told;
using test::at;
using test::cron;
using test::Times;
using test::times;

TEST(Cron, IsInEasternTimeInWinterAndInSummer) {
    EXPECT_EQ(times("30 6 * * *", "2026-01-19T00:00:00Z", "2026-01-21T00:00:00Z"),
              (Times{"2026-01-19T11:30", "2026-01-20T11:30"}));
    EXPECT_EQ(times("30 6 * * *", "2026-06-19T00:00:00Z", "2026-06-20T00:00:00Z"),
              Times{"2026-06-19T10:30"});
    // The morning job stays in the morning over both changes.
    EXPECT_EQ(times("30 6 * * *", "2026-03-07T00:00:00Z", "2026-03-10T00:00:00Z"),
              (Times{"2026-03-07T11:30", "2026-03-08T10:30", "2026-03-09T10:30"}));
    EXPECT_EQ(times("30 6 * * *", "2026-10-31T00:00:00Z", "2026-11-03T00:00:00Z"),
              (Times{"2026-10-31T10:30", "2026-11-01T11:30", "2026-11-02T11:30"}));
}

TEST(Cron, ATimeThatTheSpringChangeSkipsComesOnceAtTheChange) {
    // 02:00 to 02:59 of 8 March are not there: 02:00 EST is 03:00 EDT, 07:00 UTC.
    EXPECT_EQ(times("30 2 * * *", "2026-03-07T00:00:00Z", "2026-03-10T00:00:00Z"),
              (Times{"2026-03-07T07:30", "2026-03-08T07:00", "2026-03-09T06:30"}));
    // Four skipped times are one, and one with what is due then anyway.
    EXPECT_EQ(times("*/15 2 * * *", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
              Times{"2026-03-08T07:00"});
    EXPECT_EQ(times("0,30 2,3 * * *", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
              (Times{"2026-03-08T07:00", "2026-03-08T07:30"}));
}

TEST(Cron, ATimeThatTheAutumnChangeRepeatsIsItsFirstOccurrence) {
    // 01:30 of 1 November is there as EDT (05:30 UTC) and as EST (06:30 UTC).
    EXPECT_EQ(times("30 1 * * *", "2026-10-31T04:00:00Z", "2026-11-03T05:00:00Z"),
              (Times{"2026-10-31T05:30", "2026-11-01T05:30", "2026-11-02T06:30"}));
    EXPECT_EQ(
        times("*/30 1-2 * * *", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
        (Times{"2026-11-01T05:00", "2026-11-01T05:30", "2026-11-01T07:00", "2026-11-01T07:30"}));
}

TEST(Cron, EveryHourThatGoesByCountsWhereTheHourIsAStar) {
    EXPECT_EQ(times("30 * * * *", "2026-03-08T06:00:00Z", "2026-03-08T08:59:00Z"),
              (Times{"2026-03-08T06:30", "2026-03-08T07:30", "2026-03-08T08:30"}));
    EXPECT_EQ(
        times("30 * * * *", "2026-11-01T04:00:00Z", "2026-11-01T07:59:00Z"),
        (Times{"2026-11-01T04:30", "2026-11-01T05:30", "2026-11-01T06:30", "2026-11-01T07:30"}));
    // A step goes by the wall clock: 0, 2, 4, ... of which 2 is not there.
    EXPECT_EQ(times("0 */2 * * *", "2026-03-08T04:59:00Z", "2026-03-08T10:59:00Z"),
              (Times{"2026-03-08T05:00", "2026-03-08T08:00", "2026-03-08T10:00"}));
    EXPECT_EQ(times("0 */1 * * *", "2026-11-01T04:30:00Z", "2026-11-01T06:30:00Z"),
              (Times{"2026-11-01T05:00", "2026-11-01T06:00"}));
    // As many hours as the day has.
    EXPECT_EQ(times("0 * * * *", "2026-03-08T04:59:00Z", "2026-03-09T03:59:00Z").size(), 23U);
    EXPECT_EQ(times("0 * * * *", "2026-11-01T03:59:00Z", "2026-11-02T04:59:00Z").size(), 25U);
}

TEST(Cron, EitherDayFieldIsEnoughWhereBothAreRestricted) {
    // January 2026: the 13th is a Tuesday, Fridays are the 2nd, 9th, 16th.
    EXPECT_EQ(times("0 12 13 * FRI", "2026-01-05T00:00:00Z", "2026-01-17T00:00:00Z"),
              (Times{"2026-01-09T17:00", "2026-01-13T17:00", "2026-01-16T17:00"}));
    // A field that begins with * restricts nothing: odd days that are also Mondays.
    EXPECT_EQ(times("0 12 */2 * MON", "2026-01-01T00:00:00Z", "2026-01-31T00:00:00Z"),
              (Times{"2026-01-05T17:00", "2026-01-19T17:00"}));
}

TEST(Cron, SundayIsZeroAndSevenAndNamesAreInAnyCase) {
    for (const char* text : {"0 12 * 3 0", "0 12 * MAR 7", "0 12 * mar sun", "0 12 * Mar 7,SUN"}) {
        EXPECT_EQ(times(text, "2026-02-20T00:00:00Z", "2026-03-16T00:00:00Z"),
                  (Times{"2026-03-01T17:00", "2026-03-08T16:00", "2026-03-15T16:00"}))
            << text;
    }
    EXPECT_EQ(times("0 12 * * FRI-7", "2026-01-01T18:00:00Z", "2026-01-06T00:00:00Z"),
              (Times{"2026-01-02T17:00", "2026-01-03T17:00", "2026-01-04T17:00"}));
}

TEST(Cron, FindsRareDaysAndSaysWhereThereIsNone) {
    EXPECT_EQ(to_string(*cron("0 0 29 2 *").next_after(at("2096-03-01T00:00:00Z"))),
              "2104-02-29T05:00:00Z");
    EXPECT_EQ(to_string(*cron("0 0 29 2 *").last_at_or_before(at("2104-02-28T00:00:00Z"))),
              "2096-02-29T05:00:00Z");
    EXPECT_EQ(cron("0 0 30 2 *").next_after(at("2026-01-01T00:00:00Z")), std::nullopt);
    EXPECT_EQ(cron("0 0 30 2 *").last_at_or_before(at("2026-01-01T00:00:00Z")), std::nullopt);
}

TEST(Cron, AnErrorNamesTheFieldAndWhatIsWrong) {
    const std::map<std::string, std::string> faults{
        {"60 * * * *", "minute: '60' is not from 0 to 59"},
        {"* 24 * * *", "hour: '24' is not from 0 to 23"},
        {"* * 0 * *", "day of month: '0' is not from 1 to 31"},
        {"* * * 13 *", "month: '13' is not from 1 to 12"},
        {"* * * * 8", "day of week: '8' is not from 0 to 7"},
        {"* * * FEBR *", "month: 'FEBR' is not a number"},
        {"5-1 * * * *", "minute: '5-1' goes backwards"},
        {"* * * * FRI-MON", "day of week: 'FRI-MON' goes backwards"},
        {"*/0 * * * *", "minute: '0' is not a step from 1 to 59"},
        {"*/x * * * *", "minute: 'x' is not a step from 1 to 59"},
        {"5/2 * * * *", "minute: '5/2': a step needs * or a range before it"},
        {"1,,2 * * * *", "minute: '' is not a number"},
        {"-1 * * * *", "minute: '' is not a number"},
        {"+1 * * * *", "minute: '+1' is not a number"},
        {"1- * * * *", "minute: '' is not a number"},
        {"99999999999999999999 * * * *", "minute: '99999999999999999999' is not a number"},
        {"* * * *", "'* * * *' has 4 fields"},
        {"* * * * * *", "'* * * * * *' has 6 fields"},
        {"", "'' has 0 fields"},
        {"@daily", "'@daily' has 1 fields"},
    };
    for (const auto& [text, what] : faults)
        EXPECT_EQ(told(Cron::parse(text)).substr(0, what.size()), what) << text;
}

/// An expression of random fields, most of them stars.
rc::Gen<std::string> expressions() {
    const auto field = [](int lowest, int highest) {
        return rc::gen::weightedOneOf<std::string>(
            {{3, rc::gen::just<std::string>("*")},
             {1, rc::gen::map(rc::gen::inRange(1, highest + 1),
                              [](int step) { return "*/" + std::to_string(step); })},
             {3, rc::gen::map(
                     rc::gen::container<std::vector<int>>(2, rc::gen::inRange(lowest, highest + 1)),
                     [](const std::vector<int>& two) {
                         return std::to_string(two[0]) + "," + std::to_string(two[1]);
                     })},
             {2, rc::gen::map(rc::gen::pair(rc::gen::inRange(lowest, highest + 1),
                                            rc::gen::inRange(lowest, highest + 1)),
                              [](std::pair<int, int> ends) {
                                  const auto [low, high] = std::minmax(ends.first, ends.second);
                                  return std::to_string(low) + "-" + std::to_string(high);
                              })}});
    };
    return rc::gen::map(
        rc::gen::tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 7)),
        [](const auto& fields) {
            return std::apply(
                [](const auto&... text) {
                    std::string all;
                    ((all += (all.empty() ? "" : " ") + text), ...);
                    return all;
                },
                fields);
        });
}

/// Instants near a change of the clocks as often as any other of two years.
rc::Gen<Instant> instants() {
    const auto near = [](std::string_view text, int hours) {
        const Instant centre = at(text);
        return rc::gen::map(rc::gen::inRange(-hours * 3600, hours * 3600), [centre](int seconds) {
            return centre + std::chrono::seconds{seconds};
        });
    };
    return rc::gen::oneOf(near("2026-03-08T07:00:00Z", 30), near("2026-11-01T06:00:00Z", 30),
                          near("2026-06-01T00:00:00Z", 365 * 24));
}

RC_GTEST_PROP(CronProperties, TheNextTimeIsLaterAndNoneLiesBetween, ()) {
    const Cron parsed = cron(*expressions());
    const Instant start = *instants();
    const auto next = parsed.next_after(start);
    RC_ASSERT(next.has_value());
    RC_ASSERT(*next > start);
    // From any instant on the way it is still the next.
    const auto way = (*next - start).count();
    const Instant between =
        start + std::chrono::microseconds{*rc::gen::inRange<std::int64_t>(0, way)};
    RC_ASSERT(parsed.next_after(between) == next);
    const auto last = parsed.last_at_or_before(*next - std::chrono::microseconds{1});
    RC_ASSERT(last.has_value());
    RC_ASSERT(*last <= start);
}

RC_GTEST_PROP(CronProperties, TheLastTimeTurnsTheNextAround, ()) {
    const Cron parsed = cron(*expressions());
    const Instant start = *instants();
    const auto next = parsed.next_after(start);
    RC_ASSERT(parsed.last_at_or_before(*next) == next);
    const auto last = parsed.last_at_or_before(start);
    RC_ASSERT(*last <= start);
    RC_ASSERT(parsed.next_after(*last) == next);
}

}  // namespace
}  // namespace tipoff::operate
