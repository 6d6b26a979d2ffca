#include "queues.h"

#include <fmt/core.h>
#include <algorithm>
#include <array>
#include <csignal>
#include <functional>
#include <random>
#include <vector>

#include <nlohmann/json.hpp>

#include "coordinate/gathering.h"
#include "coordinate/open_queue.h"
#include "forecast/similarity.h"

namespace tipoff::bench {
namespace {

using coordinate::Outcomes;
using coordinate::WorkItem;
using forecast::BoostedTrees;
using forecast::TrainedCount;

constexpr std::size_t kPlayers = 450;
constexpr std::array kMarketsOfABatch{Market::kPoints, Market::kRebounds, Market::kAssists,
                                      Market::kThrees, Market::kPra};
constexpr std::array kCountsOfABatch{Market::kPoints, Market::kRebounds, Market::kAssists,
                                     Market::kThrees};
const auto kNeighbours = static_cast<std::size_t>(forecast::SimilarityParameters{}.neighbours);
constexpr std::size_t kTrainingGames = 3'000;
constexpr int kRounds = 120;

class Made {
public:
    Made() : random_(7) {}

    float number(double scale) {
        return static_cast<float>(scale * static_cast<double>(random_() % 10'000) / 10'000);
    }

    /// Trees of the size of those in service, fitted to noise: what they say is of no use, what it
    /// costs is the same.
    Expected<std::shared_ptr<const TrainedCount>> model(Market count) {
        std::vector<float> values;
        std::vector<float> outcomes;
        std::vector<float> expected;
        for (std::size_t game = 0; game < kTrainingGames; ++game) {
            for (std::size_t i = 0; i < forecast::kTreeInputs; ++i)
                values.push_back(number(10));
            outcomes.push_back(number(30));
            expected.push_back(1 + number(20));
        }
        TIPOFF_TRY(const auto bins, forecast::TrainingSet::of({values, forecast::kTreeInputs}, 2));
        const auto grown = [&](forecast::Loss loss) {
            forecast::TreeParameters parameters;
            parameters.loss = loss;
            return BoostedTrees::train(bins, {outcomes, expected}, kRounds, parameters);
        };
        TIPOFF_TRY(BoostedTrees minutes, grown(forecast::Loss::kPseudoHuber));
        TIPOFF_TRY(BoostedTrees factor, grown(forecast::Loss::kPoisson));
        TIPOFF_TRY(BoostedTrees difference, grown(forecast::Loss::kSquaredError));
        return std::make_shared<const TrainedCount>(
            TrainedCount{.count = count,
                         .minutes = std::make_shared<const BoostedTrees>(std::move(minutes)),
                         .factor = std::move(factor),
                         .difference = std::move(difference),
                         .calibration = {},
                         .ensemble = {},
                         .lines = {}});
    }

    WorkItem item(std::int64_t player) {
        WorkItem made;
        made.key.player_id = PlayerId{player};
        made.game_id = GameId{1 + player / 30};
        for (float& value : made.features)
            value = number(30);
        made.markets.assign(kMarketsOfABatch.begin(), kMarketsOfABatch.end());
        for (forecast::Neighbour& neighbour : made.neighbours.emplace(kNeighbours)) {
            neighbour.distance = number(4);
            for (float& value : neighbour.expected)
                value = 1 + number(20);
            for (float& value : neighbour.outcome)
                value = number(40);
        }
        return made;
    }

private:
    std::minstd_rand random_;
};

/// A queue and what goes over it again and again.
class Batches {
public:
    static Expected<Batches> over(const std::string& url, const Clock& clock) {
        Batches made(clock);
        TIPOFF_TRY(made.queue_, coordinate::open_work_queue(url, clock, {}));
        Made from;
        std::array<std::optional<Fingerprint>, kCounts> hashes;
        for (const Market count : kCountsOfABatch) {
            TIPOFF_TRY(const auto model, from.model(count));
            hashes[index_of(count)] = model->hash();
            made.model_bytes_ += model->bytes().size();
            made.models_.push_back(model);
        }
        for (std::size_t i = 0; i < kPlayers; ++i) {
            made.items_.push_back(from.item(static_cast<std::int64_t>(i) + 1));
            made.items_.back().trained = hashes;
        }
        // Ids of an earlier measurement would be known to the servers.
        made.name_ = fmt::format("bench-{}", clock.wall_now().time_since_epoch().count());
        return made;
    }

    /// Seconds until every player is forecast.
    Expected<double> run(const std::function<void(const Outcomes&)>& progress) {
        const std::string batch_id = fmt::format("{}-{}", name_, ++batches_);
        for (WorkItem& item : items_)
            item.key.batch_id = batch_id;
        Lap lap(clock_);
        for (const auto& model : models_)
            TIPOFF_CHECK(queue_->desk().lend(model));
        TIPOFF_TRY(const Outcomes outcomes,
                   coordinate::gather(queue_->desk(), clock_, items_, {.progress = progress}));
        const double seconds = lap.seconds();
        if (!std::ranges::all_of(outcomes,
                                 [](const auto& one) { return one.second.is_forecast(); }))
            return fail(ErrorCode::kInternal, "a player of the batch was not forecast");
        return seconds;
    }

    /// What every document says of the load.
    [[nodiscard]] Json load() const {
        return {{"players", items_.size()},
                {"markets", kMarketsOfABatch.size()},
                {"systems", 5},
                {"item_bytes", items_.front().bytes().size()},
                {"model_mib", static_cast<double>(model_bytes_) / (1 << 20)}};
    }

private:
    explicit Batches(const Clock& clock) : clock_(clock) {}

    const Clock& clock_;
    std::unique_ptr<coordinate::OpenQueue> queue_;
    std::vector<std::shared_ptr<const TrainedCount>> models_;
    std::size_t model_bytes_ = 0;
    std::vector<WorkItem> items_;
    std::string name_;
    int batches_ = 0;
};

}  // namespace

Expected<Json> measure_queue(const std::string& url, std::size_t batches) {
    const SystemClock clock;
    TIPOFF_TRY(auto over, Batches::over(url, clock));
    TIPOFF_TRY(const double first, over.run([](const Outcomes&) {}));
    std::vector<double> seconds;
    for (std::size_t i = 0; i < std::max<std::size_t>(batches, 1); ++i) {
        TIPOFF_TRY(const double one, over.run([](const Outcomes&) {}));
        seconds.push_back(one);
    }
    Json measured = over.load();
    measured["first_seconds"] = first;
    measured["seconds"] = seconds;
    return measured;
}

Expected<Json> measure_queue_loss(const std::string& url, int pid) {
    const SystemClock clock;
    TIPOFF_TRY(auto over, Batches::over(url, clock));
    TIPOFF_CHECK(over.run([](const Outcomes&) {}));
    std::size_t done = 0;
    TIPOFF_TRY(const double seconds, over.run([&](const Outcomes& so_far) {
        if (done > 0) return;
        done = so_far.size();
        ::kill(pid, SIGKILL);
    }));
    if (done == kPlayers)
        return fail(ErrorCode::kInternal, "the server was killed when the batch was over");
    Json measured = over.load();
    measured["done_when_killed"] = done;
    measured["seconds"] = seconds;
    return measured;
}

}  // namespace tipoff::bench
