// One number stands for every forecast of a frozen simulated month: all systems, all markets, from
// files through import, features and training. A change that was not meant to change a forecast and
// does is found here; one that was meant is declared in signatures.txt (docs/models.md).
#include <gnu/libc-version.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "forecast/predict.h"
#include "league/season.h"
#include "league/write.h"
#include "ledger/ledger.h"
#include "operate/catalogue.h"
#include "operate/facts.h"
#include "operate/importing.h"
#include "operate/walk_forward.h"
#include "store/home.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;

// What is frozen. A change of any of these is a change of the signature.
constexpr int kSeason = 2025;
constexpr std::uint64_t kSeed = 7;
constexpr std::string_view kFrom = "2025-11-22";
constexpr std::string_view kTo = "2025-12-21";

/// The season up to the month's end, written as files and imported.
std::unique_ptr<Facts> frozen_facts() {
    const support::TempFolder folder;
    const auto season = value_of(league::simulate({.season = Season::starting_in(kSeason),
                                                   .seed = kSeed,
                                                   .through = value_of(parse_date(kTo))}));
    value_of(league::write_season(season, folder / "season"));
    const ManualClock clock{value_of(parse_instant("2026-01-01T12:00:00Z"))};
    const auto home = value_of(store::open_home(folder / "home", catalogue(),
                                                {.access = store::Access::kReadWrite,
                                                 .wait = std::chrono::milliseconds{0},
                                                 .command = "import",
                                                 .engine = {}},
                                                clock));
    ledger::Ledger ledger(home->database(), clock);
    const auto report = value_of(run_import(
        home->database(), ledger, clock,
        {.home = home->folder(), .paths = {folder / "season"}, .threads = 1, .progress = {}}));
    EXPECT_EQ(report.files_dropped, 0);
    EXPECT_EQ(report.rows_rejected, 0);
    return value_of(Facts::load(home->database()));
}

/// The learning systems are fitted at the month's start and in its middle; small, to be quick.
WalkForwardRequest frozen_request() {
    WalkForwardRequest request;
    request.dates = {value_of(parse_date(kFrom)), value_of(parse_date(kTo))};
    request.markets = {kMarkets.begin(), kMarkets.end()};
    request.retrain_days = 15;
    request.fewest_games = 2000;
    request.threads = 1;
    request.trees.most_rounds = 40;
    request.trees.learning_rate = 0.15;
    request.trees.max_depth = 4;
    return request;
}

/// The forecasts of the month, in the order of their keys.
std::vector<forecast::Prediction> month_of(const Facts& facts) {
    const grade::Outcomes outcomes(facts.summaries());
    WalkForward walk(facts, outcomes);
    std::vector<forecast::Prediction> month;
    value_of(walk.run(frozen_request(), [&](GameDate, auto rows, auto markets) {
        EXPECT_EQ(markets.size(), kMarkets.size());
        for (const forecast::SystemForecasts& made : markets) {
            EXPECT_TRUE(std::ranges::equal(made.system_ids, forecast::kSystemIds));
            std::ranges::move(forecast::predictions_of(rows, made, forecast::kOriginBackfill, 1),
                              std::back_inserter(month));
        }
    }));
    std::ranges::sort(month, {}, [](const forecast::Prediction& one) {
        return std::tie(one.market, one.system_id, one.game_id, one.player_id);
    });
    return month;
}

std::string signature_of(const std::vector<forecast::Prediction>& month) {
    Hasher hasher;
    for (const forecast::Prediction& one : month) {
        hasher.add(one.market);
        hasher.add(one.system_id);
        hasher.add(one.game_id.value);
        hasher.add(one.player_id.value);
        for (const double said : {one.mean, one.sd, one.minutes, one.p_plays})
            hasher.add(said);
        hasher.add(std::int64_t{one.median});
    }
    return to_string(hasher.finish());
}

std::string architecture() {
#if defined(__x86_64__)
    // Where the processor multiplies and adds in one step, so do exp, log and pow of glibc, and
    // they round otherwise in the last bit.
    const bool is_fused = __builtin_cpu_supports("fma") != 0 && __builtin_cpu_supports("avx2") != 0;
    return is_fused ? "x86_64+fma" : "x86_64";
#elif defined(__aarch64__)
    return "aarch64";
#else
    return "other";
#endif
}

/// What the last bits of a forecast may depend on: "x86_64+fma glibc-2.36 xgboost-1.7.4".
std::string this_machine() {
    return architecture() + " glibc-" + gnu_get_libc_version() + " xgboost-" +
           forecast::xgboost_version();
}

/// Signatures by machine.
std::map<std::string, std::string> declared() {
    std::istringstream lines(support::read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) /
                                                "tests/scenario/signatures.txt"));
    std::map<std::string, std::string> signatures;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == '#') continue;
        const auto space = line.rfind(' ');
        EXPECT_NE(space, std::string::npos) << line;
        EXPECT_EQ(line.size() - space, 33U) << line;
        EXPECT_TRUE(signatures.try_emplace(line.substr(0, space), line.substr(space + 1)).second)
            << "twice: " << line;
    }
    return signatures;
}

TEST(Signature, TheForecastsOfTheFrozenMonthAreThoseDeclared) {
    const auto month = month_of(*frozen_facts());
    EXPECT_GT(month.size(), 200'000U);
    const std::string machine = this_machine();
    const std::string signature = signature_of(month);
    // script/signature reads this line.
    std::cout << "signature: " << machine << " " << signature << "\n";

    const auto signatures = declared();
    const auto expected = signatures.find(machine);
    if (expected == signatures.end()) {
        GTEST_SKIP() << "no signature is declared for this machine; on unchanged sources "
                        "`script/signature --declare` adds the line\n"
                     << machine << " " << signature;
    }
    EXPECT_EQ(signature, expected->second)
        << "Some forecast of the frozen month has changed, if only in its last bit.\n"
           "Was that meant? A faster or tidier way to the same result keeps the signature: then "
           "find out what else has changed.\n"
           "If it was, measure what it is worth (tipoff evaluate), declare it by\n"
           "    script/signature --declare\n"
           "and say in the commit what changed and why.";
}

}  // namespace
}  // namespace tipoff::operate
