#include "coordinate/worker.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/crash_point.h"
#include "base/ticker.h"

namespace tipoff::coordinate {
namespace {

/// A model that is not asked for any more is forgotten with the others once there are so many.
constexpr std::size_t kMostModels = 32;

/// How long a worker waits for items before it looks whether it is to end.
constexpr std::chrono::milliseconds kLook{200};

bool go_together(const WorkItem& a, const WorkItem& b) {
    if (a.markets != b.markets || a.trained != b.trained) return false;
    if (a.neighbours.has_value() != b.neighbours.has_value()) return false;
    return std::ranges::equal(a.offers, b.offers, {}, &std::optional<forecast::Offer>::has_value,
                              &std::optional<forecast::Offer>::has_value);
}

}  // namespace

struct Worker::Taken {
    Delivery delivery;
    WorkItem item;
};

Worker::Worker(WorkSource& source, std::string name) : source_(source), name_(std::move(name)) {}

Expected<std::size_t> Worker::work(std::chrono::milliseconds wait) {
    TIPOFF_TRY(std::vector<Delivery> deliveries, source_.take(kItemsAtOnce, wait));
    if (deliveries.empty()) return std::size_t{0};
    crash_point("worker.taken");
    std::vector<std::uint64_t> in_hand;
    in_hand.reserve(deliveries.size());
    for (const Delivery& delivery : deliveries)
        in_hand.push_back(delivery.tag);
    std::optional<Ticker> signs_of_life;
    if (const auto every = source_.keep_every(); every.count() > 0) {
        signs_of_life.emplace(every, [&] {
            if (const Status kept = source_.keep(in_hand); !kept)
                spdlog::warn("worker: {}", kept.error().message());
        });
    }
    TIPOFF_CHECK(work_off_all(std::move(deliveries)));
    return in_hand.size();
}

Status Worker::work_off_all(std::vector<Delivery> deliveries) {
    std::vector<Taken> taken;
    for (Delivery& delivery : deliveries) {
        auto item = WorkItem::read(delivery.body);
        if (item) {
            taken.push_back({std::move(delivery), *std::move(item)});
        } else {
            // Another worker may be of the coordinator's version. What nobody can read becomes a
            // dead letter.
            TIPOFF_CHECK(source_.give_back(delivery, item.error().message()));
        }
    }
    while (!taken.empty()) {
        const auto others = std::ranges::stable_partition(
            taken, [&](const Taken& one) { return go_together(one.item, taken.front().item); });
        std::vector<Taken> rest(std::make_move_iterator(others.begin()),
                                std::make_move_iterator(others.end()));
        taken.erase(others.begin(), others.end());
        TIPOFF_CHECK(work_off(std::move(taken)));
        taken = std::move(rest);
    }
    return {};
}

Expected<forecast::TrainedCounts> Worker::trained_of(const WorkItem& item) {
    if (trained_.size() > kMostModels) trained_.clear();
    forecast::TrainedCounts counts;
    for (std::size_t c = 0; c < counts.size(); ++c) {
        if (!item.trained[c]) continue;
        auto& known = trained_[*item.trained[c]];
        if (known == nullptr) {
            auto found = source_.trained(*item.trained[c]);
            if (!found) {
                trained_.erase(*item.trained[c]);
                return std::unexpected(std::move(found).error());
            }
            known = *std::move(found);
        }
        counts[c] = known;
    }
    return counts;
}

/// Items of the same markets and models.
Status Worker::work_off(std::vector<Taken> items) {
    const WorkItem& first = items.front().item;
    const auto trained = trained_of(first);
    if (!trained) {
        for (const Taken& taken : items)
            TIPOFF_CHECK(source_.give_back(taken.delivery, trained.error().message()));
        return {};
    }
    std::vector<features::FeatureStoreRow> rows(items.size());
    forecast::Neighbourhoods neighbours;
    forecast::OffersOfMarkets offers;
    for (std::size_t i = 0; i < items.size(); ++i) {
        WorkItem& item = items[i].item;
        rows[i].game_id = item.game_id;
        rows[i].player_id = item.key.player_id;
        rows[i].as_of = item.as_of;
        rows[i].features = item.features;
        if (item.neighbours) neighbours.push_back(*std::move(item.neighbours));
        for (std::size_t m = 0; m < offers.size(); ++m) {
            if (item.offers[m]) offers[m].push_back(*item.offers[m]);
        }
    }
    const auto made =
        forecast::forecast_all({.rows = rows,
                                .neighbours = first.neighbours.has_value() ? &neighbours : nullptr,
                                .offers = &offers},
                               first.markets, {.trained = *trained, .explain = true}, 1);
    crash_point("worker.forecast");
    std::vector<Answer> answers;
    answers.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        WorkResult result{.key = items[i].item.key, .worker = name_, .forecasts = {}};
        for (const forecast::SystemForecasts& of_market : made)
            result.forecasts.push_back(of_row(of_market, i));
        answers.push_back({.item = items[i].delivery.tag,
                           .result = {.id = to_string(result.key), .body = result.bytes()}});
    }
    TIPOFF_CHECK(source_.answer(answers));
    crash_point("worker.answered");
    return {};
}

WorkerThreads::WorkerThreads(WorkSource& source, std::size_t count, const std::string& name) {
    for (std::size_t i = 0; i < count; ++i) {
        threads_.emplace_back([worker = Worker(source, fmt::format("{}#{}", name, i + 1))](
                                  const std::stop_token& stop) mutable {
            while (!stop.stop_requested()) {
                if (const auto done = worker.work(kLook); !done)
                    spdlog::error("worker: {}", done.error().message());
            }
        });
    }
}

forecast::SystemForecasts of_row(const forecast::SystemForecasts& all, std::size_t row) {
    forecast::SystemForecasts one{.market = all.market,
                                  .system_ids = all.system_ids,
                                  .parameters_hashes = all.parameters_hashes,
                                  .forecasts = {},
                                  .without_lines = {}};
    const auto of_row = all.of_row(row);
    one.forecasts.assign(of_row.begin(), of_row.end());
    if (!all.without_lines.empty()) one.without_lines = {all.without_lines[row]};
    return one;
}

std::vector<forecast::SystemForecasts> together(
    std::span<const std::vector<forecast::SystemForecasts>* const> rows) {
    std::vector<forecast::SystemForecasts> all;
    for (const auto* const row : rows) {
        if (all.empty()) {
            all = *row;
            continue;
        }
        require(row->size() == all.size(), "rows that were forecast for other markets");
        for (std::size_t m = 0; m < all.size(); ++m) {
            const forecast::SystemForecasts& one = (*row)[m];
            require(one.system_ids == all[m].system_ids, "rows that other systems forecast");
            all[m].forecasts.insert(all[m].forecasts.end(), one.forecasts.begin(),
                                    one.forecasts.end());
            all[m].without_lines.insert(all[m].without_lines.end(), one.without_lines.begin(),
                                        one.without_lines.end());
        }
    }
    return all;
}

}  // namespace tipoff::coordinate
