/// Real seasons: of those who then played ten minutes or more, 98.5% had been predicted, and each
/// other has its reason (decisions.md 12).

#include <gtest/gtest.h>

#include <filesystem>

#include "operate/backfill.h"
#include "operate/catalogue.h"
#include "operate/coverage.h"
#include "operate/facts.h"
#include "operate/importing.h"
#include "store/home.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;

constexpr double kLeastShare = 0.985;

TEST(RealCoverage, OfWhoPlayedTenMinutesNearlyAllWerePredicted) {
    const std::filesystem::path data = TIPOFF_SHARED_DATA;
    if (!std::filesystem::exists(data / "player_box_2022-23.csv.gz"))
        GTEST_SKIP() << "no real data in " << data;
    const support::TempFolder folder;
    ManualClock clock(value_of(parse_instant("2023-07-01T12:00:00Z")));
    const auto home = value_of(store::open_home(folder.path(), catalogue(), {}, clock));
    ledger::Ledger ledger(home->database(), clock);
    // The season before last says nothing of this one.
    collect::ImportOptions options;
    options.home = folder.path();
    for (const char* file :
         {"schedule_2015-16_2022-23.csv.gz", "player_box_2021-22.csv.gz",
          "player_box_2022-23.csv.gz", "player_box_playoffs_2021-22.csv.gz",
          "player_box_playoffs_2022-23.csv.gz", "team_box_2015-16_2022-23.csv.gz"})
        options.paths.push_back(data / file);
    value_of(run_import(home->database(), ledger, clock, options));
    const auto facts = value_of(Facts::load(home->database()));
    Backfill backfill(home->database(), ledger, clock, *facts);
    BackfillRequest request{
        .dates = {value_of(parse_date("2022-10-18")), value_of(parse_date("2023-06-12"))}};
    request.steps = {Step::kConform, Step::kFeatures, Step::kForecasts};
    value_of(backfill.run(request));

    const CoverageReport report = value_of(coverage(home->database(), {.dates = request.dates}));
    const auto& long_enough = report.played_ten_minutes;
    EXPECT_GT(long_enough.n, 20'000);
    EXPECT_GE(static_cast<double>(long_enough.predicted),
              kLeastShare * static_cast<double>(long_enough.n));
    for (const CoverageGap& gap : report.gaps) {
        EXPECT_TRUE(gap.reason == GapReason::kNoRosterSource ||
                    gap.reason == GapReason::kNewPlayerNoHistory ||
                    gap.reason == GapReason::kLongAbsent)
            << gap.player << " " << to_string(gap.reason) << " " << gap.detail;
    }
}

}  // namespace
}  // namespace tipoff::operate
