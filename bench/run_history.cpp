#include "run_history.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "ledger/ledger.h"
#include "ledger/run_queue.h"
#include "operate/upkeep.h"

namespace tipoff::bench {
namespace {

namespace files = std::filesystem;
using ledger::RunState;

constexpr std::int64_t kSucceeded = 5'000;
constexpr std::size_t kGroups = 6;
constexpr std::size_t kSingles = 150;

/// Runs of collections that ended, one a minute backwards from now: of 400 scopes, so that each
/// failed again and again.
Status add_history(store::Database& database, std::string_view state, std::int64_t first,
                   std::int64_t count, Instant wall_now) {
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(transaction->execute(
        fmt::format(
            "INSERT INTO ops.run (run_id, step, scope, job, logical_time, revision, game_date, "
            "state, attempt, most_attempts, fencing_token, row_version, owner, planned_at, "
            "waits_for, started_at, finished_at, heartbeat_at, lease_until, rows, merges, "
            "input_hash, reason, detail) SELECT printf('250101-%05d', n), 'collect', 'source ' || "
            "(n % 400), 'morning_operations', ended, 1, CAST(ended AS DATE), '{}', 1, 8, n, 3, "
            "'machine:1', ended, '', ended, ended, ended, ended, 0, 0, '', CASE WHEN '{}' = "
            "'failed' THEN "
            "'UNREACHABLE' ELSE '' END, 'no answer within the time that was set' FROM (SELECT "
            "CAST(range AS BIGINT) AS n, CAST($1 AS TIMESTAMPTZ) - to_minutes($3 - range) AS ended "
            "FROM range($2, $3))",
            state, state),
        {wall_now, first, first + count}));
    return transaction->commit();
}

struct LedgerHome {
    SystemClock clock;
    std::unique_ptr<store::Home> home;

    static Expected<std::unique_ptr<LedgerHome>> make(const files::path& folder) {
        if (files::exists(folder))
            return fail(ErrorCode::kUsage, folder.string() + " is there already");
        auto made = std::make_unique<LedgerHome>();
        TIPOFF_TRY(made->home, open_home(folder, made->clock));
        TIPOFF_CHECK(
            add_history(made->database(), "succeeded", 1, kSucceeded, made->clock.wall_now()));
        return made;
    }

    [[nodiscard]] store::Database& database() const { return home->database(); }

    Status add_failed(std::size_t thousands) const {
        return add_history(database(), "failed", kSucceeded + 1,
                           static_cast<std::int64_t>(thousands) * 1000, clock.wall_now());
    }

    Expected<std::int64_t> runs() const {
        TIPOFF_TRY(const store::Columns rows,
                   database().read("SELECT CAST(count(*) AS BIGINT) FROM ops.run", {}));
        return rows.data[0].integer(0);
    }
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Runs of scopes that no other has.
class Transitions {
public:
    explicit Transitions(const LedgerHome& home)
        : database_(home.database()),
          clock_(home.clock),
          ledger_(database_, clock_),
          queue_(database_, clock_) {}

    Expected<Json> measure() {
        Json groups = Json::object();
        for (const std::size_t rows : {std::size_t{100}, std::size_t{500}}) {
            TIPOFF_TRY(const double rate, in_groups_of(rows));
            groups[std::to_string(rows)] = rate;
        }
        TIPOFF_TRY(const double started, one_by_one(false));
        TIPOFF_TRY(const double planned, one_by_one(true));
        TIPOFF_TRY(const double moved, moves_of_one());
        return Json{{"groups", std::move(groups)},
                    {"one_by_one",
                     {{"start_and_finish", started},
                      {"planned_start_and_finish", planned},
                      {"move", moved}}}};
    }

private:
    std::vector<ledger::PlannedRun> made_runs(std::size_t count) {
        std::vector<ledger::PlannedRun> runs;
        const Instant now = clock_.league_now();
        for (std::size_t i = 0; i < count; ++i)
            runs.push_back({.step = "collect",
                            .scope = fmt::format("measured {}", next_++),
                            .job = "measured",
                            .logical_time = now,
                            .deadline = now + std::chrono::hours{6}});
        return runs;
    }

    Status plan(std::span<const ledger::PlannedRun> runs) {
        TIPOFF_TRY(const auto transaction, database_.begin());
        TIPOFF_TRY(const std::int64_t planned, queue_.plan(*transaction, runs));
        require(planned == std::ssize(runs), "a run that was planned before");
        return transaction->commit();
    }

    Status move_all(std::vector<ledger::RunRow>& rows, RunState to) {
        std::vector<ledger::Move> moves;
        for (const ledger::RunRow& row : rows)
            moves.push_back({.run = &row, .to = to});
        TIPOFF_TRY(const std::int64_t moved, queue_.move(moves));
        require(moved == std::ssize(rows), "a row that somebody else changed");
        for (ledger::RunRow& row : rows)
            row.state = to_string(to);
        return {};
    }

    /// The median group's transitions a second: planned, ready, skipped.
    Expected<double> in_groups_of(std::size_t count) {
        std::vector<double> rates;
        for (std::size_t group = 0; group < kGroups; ++group) {
            const auto runs = made_runs(count);
            Lap lap(clock_);
            TIPOFF_CHECK(plan(runs));
            double seconds = lap.seconds();
            TIPOFF_TRY(std::vector<ledger::RunRow> rows, queue_.due());
            lap.seconds();
            TIPOFF_CHECK(move_all(rows, RunState::kReady));
            TIPOFF_CHECK(move_all(rows, RunState::kSkipped));
            seconds += lap.seconds();
            rates.push_back(3 * static_cast<double>(count) / seconds);
        }
        return median(std::move(rates));
    }

    /// Transitions a second by the median of single ones, each made `times` transitions.
    Expected<double> median_rate(double times, const std::function<Status(std::size_t)>& one) {
        std::vector<double> seconds;
        for (std::size_t i = 0; i < kSingles; ++i) {
            Lap lap(clock_);
            TIPOFF_CHECK(one(i));
            seconds.push_back(lap.seconds());
        }
        return times / median(std::move(seconds));
    }

    Expected<double> one_by_one(bool is_planned) {
        const auto runs = made_runs(kSingles);
        if (is_planned) TIPOFF_CHECK(plan(runs));
        return median_rate(2, [&](std::size_t i) -> Status {
            TIPOFF_TRY(const ledger::RunHandle run,
                       ledger_.start({.step = runs[i].step, .scope = runs[i].scope}));
            TIPOFF_CHECK(ledger_.finish(run, {.state = RunState::kSucceeded}));
            return {};
        });
    }

    Expected<double> moves_of_one() {
        TIPOFF_CHECK(plan(made_runs(kSingles)));
        TIPOFF_TRY(const std::vector<ledger::RunRow> rows, queue_.due());
        return median_rate(1, [&](std::size_t i) -> Status {
            const ledger::Move move{.run = &rows[i], .to = RunState::kSkipped};
            TIPOFF_TRY(const std::int64_t moved, queue_.move({&move, 1}));
            require(moved == 1, "a row that somebody else changed");
            return {};
        });
    }

    store::Database& database_;
    const Clock& clock_;
    ledger::Ledger ledger_;
    ledger::RunQueue queue_;
    std::size_t next_ = 0;
};

}  // namespace

Expected<Json> measure_ledger(const files::path& folder, std::size_t thousands) {
    TIPOFF_TRY(const auto home, LedgerHome::make(folder));
    Transitions transitions(*home);
    TIPOFF_TRY(const std::int64_t few_runs, home->runs());
    TIPOFF_TRY(const Json few, transitions.measure());
    TIPOFF_CHECK(home->add_failed(thousands));
    TIPOFF_TRY(const std::int64_t many_runs, home->runs());
    TIPOFF_TRY(const Json many, transitions.measure());
    return Json{{"histories",
                 {{{"runs", few_runs}, {"transitions_a_second", few}},
                  {{"runs", many_runs}, {"transitions_a_second", many}}}},
                {"peak_rss_mib", peak_rss_mib()}};
}

Expected<Json> measure_upkeep(const files::path& folder, std::size_t thousands) {
    TIPOFF_TRY(const auto home, LedgerHome::make(folder));
    TIPOFF_CHECK(home->add_failed(thousands));
    TIPOFF_TRY(const std::int64_t before, home->runs());
    const double peak_before = peak_rss_mib();
    ledger::Ledger ledger(home->database(), home->clock);
    Lap lap(home->clock);
    TIPOFF_TRY(const operate::UpkeepReport report,
               operate::upkeep(home->database(), ledger, home->clock, {}));
    const double seconds = lap.seconds();
    TIPOFF_TRY(const std::int64_t after, home->runs());
    return Json{{"runs_before", before},
                {"runs_after", after},
                {"folded", report.folded},
                {"expired", report.expired},
                {"seconds", seconds},
                {"peak_rss_mib_before", peak_before},
                {"peak_rss_mib", peak_rss_mib()}};
}

}  // namespace tipoff::bench
