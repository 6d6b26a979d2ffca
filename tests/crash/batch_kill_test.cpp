// A batch of which coordinator or worker is killed, at each step, in each engine and over each
// queue.

#include <gtest/gtest.h>
#include <signal.h>

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/crash_point.h"
#include "coordinate/in_process_queue.h"
#include "coordinate/jetstream/jetstream_queue.h"
#include "coordinate/nats_servers.h"
#include "coordinate/worker.h"
#include "operate/batch_coordinator.h"
#include "operate/mini_home.h"
#include "support/child_process.h"
#include "support/engines.h"

namespace tipoff::operate {
namespace {

using coordinate::jetstream::Options;
using support::Channel;
using support::ChildProcess;
using support::Engine;
using support::value_of;

enum class Queue : std::uint8_t { kInProcess, kJetStream };

void PrintTo(Queue queue, std::ostream* out) {
    *out << (queue == Queue::kInProcess ? "InProcess" : "JetStream");
}

/// The points at which somebody is killed, one after the other.
using Deaths = std::vector<std::string>;

/// Nine in the morning, for the league. The machine's clock has gone on with each process by more
/// than the lease of whoever was killed before; durations pass as they do.
class Morning final : public Clock {
public:
    Morning(GameDate date, int life)
        : now_(eastern_instant(date, {9, 0, 0})), later_(life * std::chrono::minutes{5}) {
        static_assert(std::chrono::minutes{5} > ledger::kLease + ledger::kWriteBudget);
    }

    [[nodiscard]] Instant league_now() const override { return now_; }
    [[nodiscard]] Instant wall_now() const override { return now_ + later_; }
    [[nodiscard]] std::chrono::microseconds elapsed() const override { return {}; }

private:
    Instant now_;
    std::chrono::minutes later_;
};

const SystemClock kClock;

std::unique_ptr<store::Home> open(const support::HomePlace& place, const Clock& clock) {
    return value_of(
        store::open_home(place.path(), catalogue(), {.database_url = place.database_url()}, clock));
}

/// What a service does with batches when it has started: it closes what the one before it left
/// behind and goes on with its batch. Where nothing is to be gone on with nobody was told that a
/// batch had begun, and who wants one asks.
void serve_a_batch(const support::HomePlace& place, GameDate date, int life,
                   coordinate::WorkDesk& desk) {
    const Morning clock(date, life);
    const auto home = open(place, clock);
    ledger::Ledger ledger(home->database(), clock);
    SharedFacts facts(home->database());
    WarmEngine engine(facts, home->database(), ledger, clock, place.path());
    BatchCoordinator coordinator(home->database(), ledger, clock, engine, desk, {.threads = 1});
    value_of(ledger.abandon_expired(true));
    const bool goes_on = value_of(coordinator.resume()) > 0;
    if (!goes_on && value_of(coordinator.batches().list(1, std::nullopt)).empty())
        value_of(coordinator.start({.game_date = date}));
    coordinator.wait_until_idle();
}

std::string kill_at;  // NOLINT: what the hook of a child is told

void die_there(std::string_view point) {
    if (point == kill_at) ::raise(SIGKILL);
}

/// A process of its own, until it is done or reaches the point.
std::unique_ptr<ChildProcess> process(const std::string& dies_at,
                                      const std::function<void(Channel&)>& work) {
    return std::make_unique<ChildProcess>([&](Channel& parent) {
        kill_at = dies_at;
        set_crash_hook(&die_there);
        work(parent);
        return 0;
    });
}

/// How it ended, what it said last among it.
std::string end_of(ChildProcess& child) {
    std::string said;
    while (const auto line = child.channel().hear())
        said = *line;
    const support::ChildEnd end = child.wait();
    if (end.signal == SIGKILL) return "killed";
    return end.code == 0 ? "done" : fmt::format("code {}: {}", end.code, said);
}

/// The service and the worker of one home: in one process, or two over JetStream.
class Service {
public:
    /// A batch of the date in a home that nobody has open, which outlives it.
    Service(const support::HomePlace& place, GameDate date, const std::optional<Options>& queue)
        : place_(place), date_(date), queue_(queue) {}

    /// Lets whoever passes the point be killed there; the other lives on.
    void kill_at(const std::string& point) {
        if (queue_ && point.starts_with("worker.")) {
            const auto worker = a_worker(point);
            if (server_ == nullptr) server_ = a_server("");
            EXPECT_EQ(end_of(*worker), "killed") << point << " is not passed";
            return;
        }
        if (queue_ && worker_ == nullptr) worker_ = a_worker("");
        server_ = nullptr;
        EXPECT_EQ(end_of(*a_server(point)), "killed") << point << " is not passed";
        if (queue_ && point == "batch.published") {
            EXPECT_EQ(worker_->channel().hear(), "answered") << "to nobody";
        }
    }

    void go_on_to_the_end() {
        if (queue_ && worker_ == nullptr) worker_ = a_worker("");
        if (server_ == nullptr) server_ = a_server("");
        EXPECT_EQ(end_of(*server_), "done");
    }

private:
    std::unique_ptr<ChildProcess> a_server(const std::string& dies_at) {
        return process(dies_at, [this, life = lives_++](Channel&) {
            if (queue_) {
                serve_a_batch(place_, date_, life, *coordinate::test::desk_on(*queue_));
            } else {
                coordinate::InProcessQueue queue;
                const coordinate::WorkerThreads workers(queue, 1, "test");
                serve_a_batch(place_, date_, life, queue);
            }
        });
    }

    /// Works until it is killed, and tells when it has answered.
    std::unique_ptr<ChildProcess> a_worker(const std::string& dies_at) {
        return process(dies_at, [this](Channel& parent) {
            // Until the server answers.
            coordinate::test::desk_on(*queue_).reset();
            const auto source = value_of(coordinate::jetstream::Source::open(*queue_, kClock));
            coordinate::Worker worker(*source, "test");
            while (true) {
                if (value_of(worker.work(std::chrono::milliseconds{100})) > 0)
                    parent.tell("answered");
            }
        });
    }

    const support::HomePlace& place_;
    GameDate date_;
    std::optional<Options> queue_;  ///< nothing: in the process
    int lives_ = 1;
    std::unique_ptr<ChildProcess> server_;
    std::unique_ptr<ChildProcess> worker_;
};

/// What a batch left behind.
struct Left {
    std::string batches;  ///< each by its state and whether all were forecast
    std::int64_t items = 0;
    std::int64_t forecasts = 0;
    std::int64_t twice = 0;  ///< players with two forecasts of a market by one system
    std::int64_t open_runs = 0;
    Fingerprint digest;

    bool operator==(const Left&) const = default;
};

void PrintTo(const Left& left, std::ostream* out) {
    *out << fmt::format("{} of {} items, {} forecasts, {} twice, {} runs without an end, {}",
                        left.batches, left.items, left.forecasts, left.twice, left.open_runs,
                        to_string(left.digest));
}

Left left_in(const support::HomePlace& place, GameDate date) {
    const Morning clock(date, 0);
    const auto home = open(place, clock);
    store::Database& database = home->database();
    const auto count = [&](const std::string& rows) { return support::count_rows(database, rows); };
    Left left;
    for (const auto& batch :
         value_of(coordinate::Batches(database, clock).list(10, std::nullopt))) {
        left.batches += fmt::format("{} {}, {} of {} forecast", batch.batch_id, batch.state,
                                    batch.forecast, batch.expected);
    }
    const std::string live = fmt::format(
        "predictions.player_prop_prediction WHERE game_date = DATE '{}' AND origin = 'live'",
        to_string(date));
    left.items = count("ops.work_item WHERE outcome = 'forecast'");
    left.forecasts = count(live);
    left.twice = count("(SELECT player_id FROM " + live +
                       " GROUP BY player_id, market, system_id HAVING count(*) > 1)");
    left.open_runs = count("ops.run WHERE finished_at IS NULL");
    left.digest = value_of(store::digest(database, derived_tables()));
    return left;
}

class ABatch : public testing::TestWithParam<std::tuple<Engine, Queue, Deaths>> {
protected:
    void SetUp() override {
        if (!support::is_installed(engine())) GTEST_SKIP() << support::kNotInstalled;
        if (over_jetstream() && !coordinate::test::has_nats_server())
            GTEST_SKIP() << "nats-server is not installed: script/bootstrap installs it";
    }

    static Engine engine() { return std::get<Engine>(GetParam()); }
    static bool over_jetstream() { return std::get<Queue>(GetParam()) == Queue::kJetStream; }

    /// What a batch leaves in the end after these deaths.
    static Left left_after(Engine engine, const std::optional<Options>& queue,
                           const Deaths& deaths) {
        const test::MiniHome::Made& made = test::MiniHome::made(engine);
        const support::HomePlace place = made.place;
        Service service(place, made.last_day, queue);
        for (const std::string& point : deaths)
            service.kill_at(point);
        service.go_on_to_the_end();
        return left_in(place, made.last_day);
    }

    /// The same where nobody is killed and nothing is far away.
    static const Left& calm() {
        static const Left left = left_after(Engine::kDuckDb, std::nullopt, {});
        return left;
    }

    static Options a_queue() {
        static const coordinate::test::NatsServers servers(1);
        static int queues = 0;
        return servers.options(fmt::format("q{}", ++queues));
    }
};

TEST_P(ABatch, LeavesTheSameWhoeverIsKilled) {
    EXPECT_EQ(calm().twice, 0);
    EXPECT_EQ(calm().open_runs, 0);
    EXPECT_GT(calm().forecasts, calm().items);
    EXPECT_EQ(calm().batches, fmt::format("{}-1 complete, {} of {} forecast",
                                          to_string(test::MiniHome::made(Engine::kDuckDb).last_day),
                                          calm().items, calm().items));
    std::optional<Options> queue;
    if (over_jetstream()) queue = a_queue();
    EXPECT_EQ(left_after(engine(), queue, std::get<Deaths>(GetParam())), calm());
}

/// "JetStream_batch_begun_then_worker_forecast"
std::string name_of(const testing::TestParamInfo<ABatch::ParamType>& test) {
    const auto& [engine, queue, deaths] = test.param;
    std::string name = testing::PrintToString(queue);
    if (deaths.empty()) name += "_calm";
    for (const std::string& point : deaths)
        name += (&point == &deaths.front() ? "_" : "_then_") + point;
    std::ranges::replace(name, '.', '_');
    return name;
}

const auto kQueues = testing::Values(Queue::kInProcess, Queue::kJetStream);

/// Each step once, some of them where the batch has been taken up already, and nobody.
const auto kDeaths = testing::Values(
    Deaths{}, Deaths{"batch.begun"}, Deaths{"batch.published"}, Deaths{"worker.taken"},
    Deaths{"worker.forecast"}, Deaths{"worker.answered"}, Deaths{"batch.progressed"},
    Deaths{"conform.started"}, Deaths{"conform.before_commit"}, Deaths{"conform.committed"},
    Deaths{"features.before_commit"}, Deaths{"features.committed"}, Deaths{"forecasts.started"},
    Deaths{"forecasts.before_commit"}, Deaths{"forecasts.committed"},
    Deaths{"batch.begun", "batch.taken_up"}, Deaths{"batch.begun", "worker.forecast"},
    Deaths{"batch.begun", "features.committed"}, Deaths{"batch.begun", "forecasts.before_commit"});

INSTANTIATE_TEST_SUITE_P(DuckDb, ABatch,
                         testing::Combine(testing::Values(Engine::kDuckDb), kQueues, kDeaths),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Postgres, ABatch,
                         testing::Combine(testing::Values(Engine::kPostgres), kQueues, kDeaths),
                         name_of);

}  // namespace
}  // namespace tipoff::operate
