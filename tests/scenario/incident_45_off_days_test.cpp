// I-45: days without games were counted as gaps, since the calendar was asked and not the schedule.

#include <gtest/gtest.h>

#include "operate/coverage.h"
#include "scenario/table_incident.h"

namespace tipoff::operate {
namespace {

using test::not_green;

TEST_P(TableIncident, I45ADayWithoutGamesExpectsNothing) {
    const GameDate first = home_.last_day().plus_days(-20);
    int off_days = 0;
    for (GameDate date = first; date < home_.last_day(); date = date.plus_days(1)) {
        const StatusReport report = home_.status_of(date);
        if (report.games > 0) continue;
        ++off_days;
        EXPECT_EQ(not_green(report), "") << to_string(date);
        for (const StatusLights& lights : report.lights)
            EXPECT_EQ(lights.counts.expected, 0) << to_string(date) << " " << lights.table;
        const auto covered = support::value_of(coverage(home_.database(), {.dates = {date, date}}));
        EXPECT_EQ(covered.expected, 0);
    }
    EXPECT_GT(off_days, 5);
}

}  // namespace
}  // namespace tipoff::operate
