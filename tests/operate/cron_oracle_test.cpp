// Cron against an independent oracle over a year with both changes of the clocks.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "operate/cron_times.h"
#include "support/child_process.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using test::cron;
using test::Times;
using test::times;

/// What croniter is asked. `*/2` in one day field beside a restriction in the other is not among
/// them: to croniter it is a restriction as well, to Vixie cron and us it is not.
constexpr std::array kExpressions{"* 3 * * *",
                                  "*/15 * * * *",
                                  "7 * * * *",
                                  "0 */2 * * *",
                                  "30 */3 * * *",
                                  "5,35 */6 * * *",
                                  "0 0 * * *",
                                  "59 23 * * *",
                                  "30 6 * * *",
                                  "5 6 * * *",
                                  "45 6 * * *",
                                  "0 9 * * *",
                                  "30 1 * * *",
                                  "30 2 * * *",
                                  "*/20 1-3 * * *",
                                  "0 3 * * *",
                                  "0 12 * * SUN",
                                  "0 5 * * MON",
                                  "0 5 * * 1",
                                  "40 4 * * 1-5",
                                  "40 4 * * MON-FRI",
                                  "15 10 * * 6,0",
                                  "15 10 * * 5-7",
                                  "0 12 13 * FRI",
                                  "0 12 1-7 * 0,3",
                                  "0 0 1 * *",
                                  "0 0 31 * *",
                                  "0 0 28-31 * *",
                                  "0 12 1,15 * *",
                                  "0 12 1-15/7 * *",
                                  "0 0 1 1 *",
                                  "0 0 25 DEC *",
                                  "0 17 * OCT-DEC *",
                                  "0 17 * 1-6 *",
                                  "*/10 9-17 * * *",
                                  "0 9-17/4 * * *",
                                  "10-50/20 8 * * *",
                                  "1,2,3,50-55 22 * * *",
                                  "0 18 * 10,11,12,1,2,3,4 *",
                                  "*/45 * * * *",
                                  "*/7 4 * * *",
                                  "0 0 29 2 *",
                                  "23 13 */9 * *",
                                  "0 20 * */5 *"};

/// The days on which the clocks change.
constexpr std::array<std::string_view, 2> kChanges{"2026-03-08", "2026-11-01"};

/// For each expression a line a day: its wall times by a walk without a zone and, on the days of
/// the changes, its instants in UTC by one in the league's zone.
constexpr std::string_view kOracle = R"py(
import sys
from datetime import datetime, timedelta
import pytz
from croniter import croniter
eastern = pytz.timezone('America/New_York')
for line in sys.stdin.read().splitlines():
    for day in (datetime(2026, 3, 8), datetime(2026, 11, 1)):
        walk = croniter(line, eastern.localize(day - timedelta(minutes=1)))
        end = eastern.localize(day + timedelta(days=1))
        times = []
        while (time := walk.get_next(datetime)) < end:
            times.append(time.astimezone(pytz.utc).strftime('%Y-%m-%dT%H:%M'))
        print(line + '|zoned ' + day.strftime('%Y-%m-%d') + '|' + ' '.join(times))
    walk = croniter(line, datetime(2026, 1, 1) - timedelta(minutes=1))
    days = {}
    while (time := walk.get_next(datetime)) < datetime(2027, 1, 1):
        days.setdefault(time.strftime('%Y-%m-%d'), []).append(time.strftime('%H:%M'))
    for day, times in days.items():
        print(line + '|' + day + '|' + ' '.join(times))
)py";

/// Runs Debian's own Python with the program and the expressions; what it prints, or nothing where
/// it has no croniter.
std::optional<std::string> ask_oracle(const support::TempFolder& folder) {
    std::string lines;
    for (const char* expression : kExpressions)
        lines += std::string(expression) + "\n";
    support::write_file(folder / "oracle.py", kOracle);
    support::write_file(folder / "expressions", lines);
    support::ChildProcess oracle([&](support::Channel&) {
        const int in = ::open((folder / "expressions").c_str(), O_RDONLY);
        const int out = ::open((folder / "times").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (in < 0 || out < 0 || ::dup2(in, 0) < 0 || ::dup2(out, 1) < 0) return 1;
        const std::string script = (folder / "oracle.py").string();
        ::execl("/usr/bin/python3", "python3", script.c_str(), nullptr);
        return 1;
    });
    if (oracle.wait().code != 0) return std::nullopt;
    return support::read_file(folder / "times");
}

/// The wall times of a day by our own counting: "06:30".
std::string wall_times(const Cron& expression, GameDate day) {
    std::string all;
    const Instant end = eastern_instant(day.plus_days(1), {});
    for (auto next = expression.next_after(eastern_instant(day, {}) - std::chrono::seconds{1});
         next && *next < end; next = expression.next_after(*next))
        all += (all.empty() ? "" : " ") + to_eastern_string(*next).substr(11, 5);
    return all;
}

/// What the oracle says, by expression and day.
using Answers = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

std::optional<Answers> answers_of_oracle() {
    const support::TempFolder folder;
    const auto text = ask_oracle(folder);
    if (!text) return std::nullopt;
    Answers answers;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        const auto first = line.find('|');
        const auto second = line.find('|', first + 1);
        answers[line.substr(0, first)][line.substr(first + 1, second - first - 1)] =
            line.substr(second + 1);
    }
    return answers;
}
constexpr const char* kNoOracle = "no oracle: apt-get install python3-croniter";

TEST(CronByAnOracle, AgreesOnEachDayOfAYear) {
    // Croniter goes by wall times without a zone here, so that it and we agree on what is due on
    // each day. On the days of the two changes wall times are not enough: the test below.
    auto answers = answers_of_oracle();
    if (!answers) GTEST_SKIP() << kNoOracle;
    Answers& expected = *answers;
    int compared = 0;
    for (const char* text : kExpressions) {
        const Cron parsed = cron(text);
        for (GameDate day = value_of(parse_date("2026-01-01"));
             day < value_of(parse_date("2027-01-01")); day = day.plus_days(1)) {
            if (std::ranges::find(kChanges, to_string(day)) != kChanges.end()) continue;
            const std::string wanted = expected[text][to_string(day)];
            ASSERT_EQ(wall_times(parsed, day), wanted) << text << " on " << to_string(day);
            compared += wanted.empty() ? 0 : 1;
        }
    }
    EXPECT_GT(compared, 9'000);
}

/// Where croniter is wrong or follows another rule than ours: what is due on the day up to 08:00
/// UTC, when both changes are over, worked out by hand. From there on it is right again.
struct KnownTimes {
    std::string_view expression;
    std::string_view day;
    std::string_view until_eight;  ///< hours and minutes, UTC
    std::string_view why;
};

constexpr std::string_view kTwiceGone =
    "each hour that goes by counts, 00 and 01 EST, 03 EDT: croniter goes through 01 EST once more";
constexpr std::string_view kOncePassed =
    "each hour that goes by counts, 00 and 01 EDT, 01 and 02 EST: croniter leaves the second 01 "
    "out";

constexpr std::array kKnownTimes{
    // On 8 March the day begins at 05:00 UTC; 02:00 EST is 03:00 EDT, 07:00 UTC.
    KnownTimes{"*/15 * * * *", "2026-03-08",
               "05:00 05:15 05:30 05:45 06:00 06:15 06:30 06:45 07:00 07:15 07:30 07:45",
               kTwiceGone},
    KnownTimes{"7 * * * *", "2026-03-08", "05:07 06:07 07:07", kTwiceGone},
    KnownTimes{"*/45 * * * *", "2026-03-08", "05:00 05:45 06:00 06:45 07:00 07:45", kTwiceGone},
    KnownTimes{"0 */2 * * *", "2026-03-08", "05:00",
               "0, 2, 4 o'clock by the wall, and 2 is not there; 04:00 EDT is 08:00. Croniter has "
               "01:00 EST and 03:00 EDT, which nobody named"},
    KnownTimes{"30 2 * * *", "2026-03-08", "07:00",
               "02:30 is not there and comes once, at the change; croniter has 01:30 EST and 03:30 "
               "EDT, two runs for one"},
    KnownTimes{"*/20 1-3 * * *", "2026-03-08", "06:00 06:20 06:40 07:00 07:20 07:40",
               "01 EST, 02 as one time with 03:00 EDT, 03 EDT; croniter goes through 01 EST twice"},
    // On 1 November it begins at 04:00 UTC; 02:00 EDT is 01:00 EST, 06:00 UTC.
    KnownTimes{"*/15 * * * *", "2026-11-01",
               "04:00 04:15 04:30 04:45 05:00 05:15 05:30 05:45 06:00 06:15 06:30 06:45 07:00 "
               "07:15 07:30 07:45",
               kOncePassed},
    KnownTimes{"7 * * * *", "2026-11-01", "04:07 05:07 06:07 07:07", kOncePassed},
    KnownTimes{"*/45 * * * *", "2026-11-01", "04:00 04:45 05:00 05:45 06:00 06:45 07:00 07:45",
               kOncePassed}};

const KnownTimes* known_times(std::string_view expression, std::string_view day) {
    const auto* found = std::ranges::find_if(kKnownTimes, [&](const KnownTimes& known) {
        return known.expression == expression && known.day == day;
    });
    return found == kKnownTimes.end() ? nullptr : found;
}

/// The words of a list, each behind a prefix.
Times words(std::string_view list, const std::string& before = "") {
    Times all;
    std::istringstream in{std::string(list)};
    for (std::string word; in >> word;)
        all.push_back(before + word);
    return all;
}

/// What is due on a day of the league, in UTC.
Times times_on(std::string_view expression, GameDate day) {
    const Instant end = eastern_instant(day.plus_days(1), {}) - std::chrono::seconds{1};
    return times(expression, to_string(eastern_instant(day, {}) - std::chrono::seconds{1}),
                 to_string(end));
}

TEST(CronByAnOracle, AgreesOnTheDaysOfTheChangesButWhereAnAnswerIsWrittenOut) {
    const auto answers = answers_of_oracle();
    if (!answers) GTEST_SKIP() << kNoOracle;
    int agreed = 0;
    for (const char* expression : kExpressions) {
        for (const std::string_view day : kChanges) {
            const Times oracle = words(answers->at(expression).at("zoned " + std::string(day)));
            const Times due = times_on(expression, value_of(parse_date(day)));
            const KnownTimes* known = known_times(expression, day);
            if (known == nullptr) {
                EXPECT_EQ(due, oracle) << expression << " on " << day;
                agreed += due == oracle && !due.empty() ? 1 : 0;
                continue;
            }
            EXPECT_NE(due, oracle) << expression << ": the oracle says so as well by now";
            Times wanted = words(known->until_eight, std::string(day) + "T");
            for (const std::string& time : oracle) {
                if (time >= std::string(day) + "T08:00") wanted.push_back(time);
            }
            EXPECT_EQ(due, wanted) << expression << " on " << day << ": " << known->why;
        }
    }
    EXPECT_EQ(agreed, 53) << "expressions and days with something due";
}

}  // namespace
}  // namespace tipoff::operate
