#include "base/calendar.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "support/expected.h"

namespace tipoff {
namespace {

using support::outcome_of;
using support::told;
using support::value_of;

GameDate day(std::string_view text) { return value_of(parse_date(text)); }
Instant instant(std::string_view text) { return value_of(parse_instant(text)); }
std::string eastern(std::string_view date, TimeOfDay time) {
    return to_string(eastern_instant(day(date), time));
}
std::string league_day(std::string_view utc) { return to_string(eastern_date(instant(utc))); }

// --- dates ---

TEST(GameDates, CountDaysOverLeapYears) {
    EXPECT_EQ(days_between(day("2024-02-28"), day("2024-03-01")), 2);
    EXPECT_EQ(days_between(day("2023-02-28"), day("2023-03-01")), 1);
    EXPECT_EQ(days_between(day("2023-04-09"), day("2023-04-07")), -2);
    EXPECT_EQ(to_string(day("2023-12-31").plus_days(1)), "2024-01-01");
    EXPECT_EQ(day("1970-01-02").days_since_epoch(), 1);
}

class NotADate : public testing::TestWithParam<std::string> {};

TEST_P(NotADate, IsRefusedByName) {
    const auto date = parse_date(GetParam());
    EXPECT_EQ(outcome_of(date), "invalid input");
    EXPECT_NE(told(date).find("'" + GetParam() + "'"), std::string::npos) << told(date);
}

INSTANTIATE_TEST_SUITE_P(Forms, NotADate,
                         testing::Values("", "2023-4-09", "2023-04-9", "2023/04/09", "20230409",
                                         "04-09-2023", "2023-02-29", "2023-04-31", "2023-00-10",
                                         "2023-13-01", "2023-04-00", "2023-04-09T00:00",
                                         " 2023-04-09", "2023-+4-09", "2023-04--9", "+023-04-09",
                                         "-023-04-09", "2023-04-0x"));

RC_GTEST_PROP(CalendarProperties, PrintedDateReadsBackAsItself, ()) {
    const GameDate date{
        std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(-20'000, 50'000)}}};
    RC_ASSERT(day(to_string(date)) == date);
}

// --- times of day ---

TEST(TimesOfDay, AreReadWithAndWithoutSeconds) {
    const TimeOfDay evening = value_of(parse_time_of_day("19:30"));
    EXPECT_EQ(evening.hour, 19);
    EXPECT_EQ(evening.minute, 30);
    EXPECT_EQ(evening.second, 0);
    EXPECT_EQ(value_of(parse_time_of_day("23:59:58")).second, 58);
}

TEST(TimesOfDay, ThatNoClockShowsAreRefused) {
    for (const char* text : {"", "7:30", "24:00", "19:60", "19:30:60", "19.30", "+9:30", "19:-3",
                             "19:30:", "7:30 PM"}) {
        EXPECT_EQ(outcome_of(parse_time_of_day(text)), "invalid input") << text;
    }
}

// --- instants ---

TEST(Instants, AreReadWithAnyOffset) {
    EXPECT_EQ(instant("2022-10-18T23:30:00Z"), instant("2022-10-18T19:30:00-04:00"));
    EXPECT_EQ(instant("2022-10-18T23:30Z"), instant("2022-10-19T05:00:00+05:30"));
    EXPECT_EQ(instant("2022-10-18 23:30:00Z"), instant("2022-10-18T23:30:00Z"));
}

TEST(Instants, KeepMicroseconds) {
    EXPECT_EQ(to_string(instant("2022-10-18T23:30:00.25Z")), "2022-10-18T23:30:00.250000Z");
    EXPECT_EQ(to_string(instant("2022-10-18T23:30:00.000001Z")), "2022-10-18T23:30:00.000001Z");
    EXPECT_EQ(to_string(instant("2022-10-18T23:30:00.0000000Z")), "2022-10-18T23:30:00Z");
    EXPECT_EQ(to_string(instant("2022-10-18T23:59:59.9999999Z")), "2022-10-19T00:00:00Z");
    EXPECT_EQ(to_string(instant("1969-12-31T23:59:59.500Z")), "1969-12-31T23:59:59.500000Z");
}

class NotAnInstant : public testing::TestWithParam<std::string> {};

TEST_P(NotAnInstant, IsRefusedAndTheFormIsShown) {
    const auto at = parse_instant(GetParam());
    EXPECT_EQ(outcome_of(at), "invalid input");
    EXPECT_NE(told(at).find("offset"), std::string::npos) << told(at);
}

INSTANTIATE_TEST_SUITE_P(Forms, NotAnInstant,
                         testing::Values("", "2022-10-18", "2022-10-18T23:30:00",
                                         "2022-10-18T23:30:00 Z", "2022-10-18T23:30:00z",
                                         "2022-10-18T23:30:00Z+04:00", "2022-10-18T23:30:00Z04:00",
                                         "2022-10-18T23:30:00+0400", "2022-10-18T23:30:00+24:00",
                                         "2022-10-18T23:30:00-04:00:30", "2022-10-18T24:00:00Z",
                                         "2022-02-30T12:00:00Z", "2022-10-18T23:30:00.Z",
                                         "2022-10-18T23:30:00.5e1Z", "2022-10-18T23:30.5Z",
                                         "2022-10-18X23:30:00Z", "2022-10-18T23:30:61Z"));

RC_GTEST_PROP(CalendarProperties, PrintedInstantReadsBackAsItself, ()) {
    const auto seconds = *rc::gen::inRange<std::int64_t>(-1'500'000'000, 4'000'000'000);
    const auto micros = *rc::gen::element(0, 1, 999'999, 250'000) + 0;
    const Instant at{std::chrono::seconds{seconds} + std::chrono::microseconds{micros}};
    RC_ASSERT(instant(to_string(at)) == at);
}

// --- Eastern time ---

TEST(EasternTime, FollowsTheTwoOffsets) {
    EXPECT_EQ(eastern("2022-10-18", {19, 30}), "2022-10-18T23:30:00Z");
    EXPECT_EQ(eastern("2023-01-10", {19, 30}), "2023-01-11T00:30:00Z");
    EXPECT_EQ(to_eastern_string(instant("2023-01-11T00:30:00Z")), "2023-01-10 19:30 ET");
}

TEST(EasternTime, SkippedHourOfSpringIsTheInstantOfTheChange) {
    EXPECT_EQ(eastern("2022-03-13", {1, 59, 59}), "2022-03-13T06:59:59Z");
    EXPECT_EQ(eastern("2022-03-13", {2, 0}), "2022-03-13T07:00:00Z");
    EXPECT_EQ(eastern("2022-03-13", {2, 30}), "2022-03-13T07:00:00Z");
    EXPECT_EQ(eastern("2022-03-13", {2, 59, 59}), "2022-03-13T07:00:00Z");
    EXPECT_EQ(eastern("2022-03-13", {3, 0}), "2022-03-13T07:00:00Z");
    EXPECT_EQ(eastern("2022-03-13", {3, 0, 1}), "2022-03-13T07:00:01Z");
}

TEST(EasternTime, RepeatedHourOfAutumnIsItsFirstOccurrence) {
    EXPECT_EQ(eastern("2022-11-06", {0, 59, 59}), "2022-11-06T04:59:59Z");
    EXPECT_EQ(eastern("2022-11-06", {1, 0}), "2022-11-06T05:00:00Z");
    EXPECT_EQ(eastern("2022-11-06", {1, 30}), "2022-11-06T05:30:00Z");
    EXPECT_EQ(eastern("2022-11-06", {2, 0}), "2022-11-06T07:00:00Z");
    EXPECT_EQ(to_eastern_string(instant("2022-11-06T05:30:00Z")), "2022-11-06 01:30 ET");
    EXPECT_EQ(to_eastern_string(instant("2022-11-06T06:30:00Z")), "2022-11-06 01:30 ET");
}

TEST(EasternTime, DayTurnsAtEasternMidnight) {
    EXPECT_EQ(league_day("2022-07-01T03:59:59.999999Z"), "2022-06-30");
    EXPECT_EQ(league_day("2022-07-01T04:00:00Z"), "2022-07-01");
    EXPECT_EQ(league_day("2023-01-11T04:59:59Z"), "2023-01-10");
    EXPECT_EQ(league_day("2023-01-11T05:00:00Z"), "2023-01-11");
}

TEST(EasternTime, LateGameInTheWestBelongsToTheDayItTippedOff) {
    // 22:30 in the East, 19:30 in Los Angeles.
    EXPECT_EQ(league_day("2023-04-10T02:30:00Z"), "2023-04-09");
}

TEST(EasternTime, DaysOfTheChangesTurnAtMidnightToo) {
    EXPECT_EQ(league_day("2022-03-13T04:59:59Z"), "2022-03-12");
    EXPECT_EQ(league_day("2022-03-13T05:00:00Z"), "2022-03-13");
    EXPECT_EQ(league_day("2022-03-14T03:59:59Z"), "2022-03-13");
    EXPECT_EQ(league_day("2022-11-06T03:59:59Z"), "2022-11-05");
    EXPECT_EQ(league_day("2022-11-07T04:59:59Z"), "2022-11-06");
    EXPECT_EQ(league_day("2022-11-07T05:00:00Z"), "2022-11-07");
}

RC_GTEST_PROP(CalendarProperties, AnyTimeOfADayFallsOnThatDay, ()) {
    const GameDate date{std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(0, 30'000)}}};
    const TimeOfDay time{*rc::gen::inRange(0, 24), *rc::gen::inRange(0, 60),
                         *rc::gen::inRange(0, 60)};
    RC_ASSERT(eastern_date(eastern_instant(date, time)) == date);
}

RC_GTEST_PROP(CalendarProperties, LaterTimesOfADayAreNeverEarlierInstants, ()) {
    const GameDate date{std::chrono::sys_days{std::chrono::days{*rc::gen::inRange(0, 30'000)}}};
    const int minute = *rc::gen::inRange(0, 24 * 60 - 1);
    const auto at = [&](int m) { return eastern_instant(date, {m / 60, m % 60}); };
    RC_ASSERT(at(minute) <= at(minute + 1));
}

// --- the two clocks ---

TEST(Admissibility, IsStrictlyBeforeTheAsOfInstant) {
    const Instant tip_off = instant("2022-10-18T23:30:00Z");
    const std::chrono::microseconds tick{1};
    EXPECT_TRUE(is_admissible(KnownAt{tip_off - tick}, AsOf{tip_off}));
    EXPECT_FALSE(is_admissible(KnownAt{tip_off}, AsOf{tip_off}));
    EXPECT_FALSE(is_admissible(KnownAt{tip_off + tick}, AsOf{tip_off}));
}

// --- seasons ---

TEST(Seasons, ArePrintedByBothYears) {
    EXPECT_EQ(to_string(Season::starting_in(2025)), "2025-26");
    EXPECT_EQ(to_string(Season::starting_in(1999)), "1999-00");
    EXPECT_EQ(value_of(Season::parse("2009-10")).start_year(), 2009);
    EXPECT_EQ(value_of(Season::parse("1999-00")), Season::starting_in(1999));
}

TEST(Seasons, BareYearIsRefusedWithBothReadings) {
    const auto season = Season::parse("2023");
    EXPECT_EQ(outcome_of(season), "wrong usage");
    EXPECT_NE(told(season).find("2023-24"), std::string::npos) << told(season);
    EXPECT_NE(told(season).find("2022-23"), std::string::npos) << told(season);
}

TEST(Seasons, AnythingElseIsRefused) {
    for (const char* text : {"", "2022-24", "2022-22", "2022-2023", "2022/23", "22-23", "2022-23 ",
                             "+022-23", "2022-+3", "202-23", "20222-3", "last"}) {
        EXPECT_EQ(outcome_of(Season::parse(text)), "wrong usage") << text;
    }
}

RC_GTEST_PROP(CalendarProperties, PrintedSeasonReadsBackAsItself, ()) {
    const Season season = Season::starting_in(*rc::gen::inRange(1946, 2100));
    RC_ASSERT(value_of(Season::parse(to_string(season))) == season);
}

TEST(Seasons, TurnOnTheFirstOfOctober) {
    EXPECT_EQ(to_string(season_of(day("2022-09-30"))), "2021-22");
    EXPECT_EQ(to_string(season_of(day("2022-10-01"))), "2022-23");
    EXPECT_EQ(to_string(season_of(day("2023-01-01"))), "2022-23");
    EXPECT_EQ(to_string(season_of(day("2023-06-12"))), "2022-23");
}

TEST(Seasons, FinalsOfOctober2020BelongToTheSeasonBefore) {
    EXPECT_EQ(to_string(season_of(day("2020-10-11"))), "2019-20");
    EXPECT_EQ(to_string(season_of(day("2020-11-30"))), "2019-20");
    EXPECT_EQ(to_string(season_of(day("2020-12-01"))), "2020-21");
    EXPECT_EQ(to_string(season_of(day("2021-07-20"))), "2020-21");
}

TEST(Seasons, AreStatedByTheGameId) {
    const auto season = [](std::string_view id) {
        return to_string(season_of(value_of(parse_game_id(id))));
    };
    EXPECT_EQ(season("0021500001"), "2015-16");
    EXPECT_EQ(season("0042200405"), "2022-23");
    EXPECT_EQ(season("0029900001"), "1999-00");
    EXPECT_EQ(season("0024600001"), "1946-47");
    EXPECT_EQ(season("9022500001"), "2025-26");
}

TEST(SeasonTypes, AreStatedByTheGameId) {
    const auto type = [](std::string_view id) {
        return std::string(to_string(value_of(season_type_of(value_of(parse_game_id(id))))));
    };
    EXPECT_EQ(type("0012200001"), "preseason");
    EXPECT_EQ(type("0022200001"), "regular");
    EXPECT_EQ(type("0032200001"), "all_star");
    EXPECT_EQ(type("0042200101"), "playoffs");
    EXPECT_EQ(type("0052200101"), "play_in");
    EXPECT_EQ(type("0062300001"), "cup");
    EXPECT_EQ(type("9022500001"), "regular");
    EXPECT_EQ(outcome_of(season_type_of(GameId{72200001})), "invalid input");
}

TEST(SeasonTypes, NamesReadBackAsThemselves) {
    for (const char* name : {"preseason", "regular", "all_star", "playoffs", "play_in", "cup"}) {
        EXPECT_EQ(to_string(value_of(parse_season_type(name))), name);
    }
    const auto unknown = parse_season_type("playoff");
    EXPECT_EQ(outcome_of(unknown), "wrong usage");
    EXPECT_NE(told(unknown).find("playoffs"), std::string::npos) << told(unknown);
}

}  // namespace
}  // namespace tipoff
