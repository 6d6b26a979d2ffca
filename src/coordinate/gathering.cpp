#include "coordinate/gathering.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "base/crash_point.h"

namespace tipoff::coordinate {
namespace {

constexpr std::size_t kResultsAtOnce = 512;

/// Workers begin with the first items while the others are still made into bytes.
constexpr std::size_t kPublishedAtOnce = 96;

/// How long a look for results takes at the most: so soon a wish is heard.
constexpr std::chrono::milliseconds kLook{100};

/// The outcomes of one batch as they come in.
class Gathered {
public:
    explicit Gathered(std::span<const WorkItem> items) : batch_(items.front().key) {
        markets_ = items.front().markets;
        for (const WorkItem& item : items)
            waiting_.insert(item.key.player_id);
    }

    [[nodiscard]] bool is_complete() const { return waiting_.empty(); }
    [[nodiscard]] const Outcomes& outcomes() const { return outcomes_; }
    [[nodiscard]] Outcomes take() && { return std::move(outcomes_); }

    /// Whether it told something new of this batch.
    bool take_in(const Delivery& delivery) {
        auto result = WorkResult::read(delivery.body);
        if (!result) {
            spdlog::warn("a result that cannot be read: {}", result.error().message());
            return false;
        }
        if (!is_awaited(result->key)) return false;
        if (!fits(*result)) {
            give_up(result->key.player_id, NoForecast::kGivenUp,
                    fmt::format("{} said something else than was asked", result->worker));
        } else {
            end(result->key.player_id, {.forecasts = std::move(result->forecasts),
                                        .detail = {},
                                        .worker = std::move(result->worker)});
        }
        return true;
    }

    bool take_in(const DeadLetter& letter) {
        const auto item = WorkItem::read(letter.body);
        if (!item || !is_awaited(item->key)) return false;
        give_up(item->key.player_id, NoForecast::kGivenUp, letter.why);
        return true;
    }

    /// Ends whoever is still waited for.
    void give_up_rest(NoForecast why, const std::string& detail) {
        for (const PlayerId player : std::exchange(waiting_, {}))
            outcomes_[player] = {.forecasts = {}, .why = why, .detail = detail, .worker = {}};
    }

private:
    [[nodiscard]] bool is_awaited(const ItemKey& key) const {
        return key.batch_id == batch_.batch_id && key.attempt == batch_.attempt &&
               waiting_.contains(key.player_id);
    }

    /// Whether it is of the markets that were asked, one row each, by the systems of the others.
    [[nodiscard]] bool fits(const WorkResult& result) {
        if (!std::ranges::equal(result.forecasts, markets_, {}, &forecast::SystemForecasts::market))
            return false;
        if (systems_.empty()) {
            for (const auto& of_market : result.forecasts)
                systems_.push_back(of_market.system_ids);
        }
        for (std::size_t m = 0; m < markets_.size(); ++m) {
            const forecast::SystemForecasts& of_market = result.forecasts[m];
            if (of_market.system_ids.empty() || of_market.system_ids != systems_[m]) return false;
        }
        return true;
    }

    void give_up(PlayerId player, NoForecast why, std::string detail) {
        end(player, {.forecasts = {}, .why = why, .detail = std::move(detail), .worker = {}});
    }

    void end(PlayerId player, Outcome outcome) {
        waiting_.erase(player);
        outcomes_[player] = std::move(outcome);
    }

    ItemKey batch_;
    std::vector<Market> markets_;
    std::set<PlayerId> waiting_;
    Outcomes outcomes_;
    std::vector<std::vector<std::string_view>> systems_;  ///< by market, of the first result
};

Status publish(WorkDesk& desk, std::span<const WorkItem> items) {
    while (!items.empty()) {
        std::vector<Message> messages;
        for (const WorkItem& item : items.first(std::min(items.size(), kPublishedAtOnce)))
            messages.push_back({.id = to_string(item.key), .body = item.bytes()});
        items = items.subspan(messages.size());
        TIPOFF_CHECK(desk.publish(messages));
    }
    return {};
}

std::string id_prefix(const ItemKey& key) {
    return fmt::format("{}.{}/", key.batch_id, key.attempt);
}

}  // namespace

std::string_view to_string(NoForecast why) {
    switch (why) {
        case NoForecast::kNoAnswer: return "NO_ANSWER";
        case NoForecast::kGivenUp: return "GIVEN_UP";
        case NoForecast::kEndedEarly: return "ENDED_EARLY";
    }
    throw InvariantBroken("a NoForecast without a name");
}

Expected<Outcomes> gather(WorkDesk& desk, const Clock& clock, std::span<const WorkItem> items,
                          const GatheringHooks& hooks, std::chrono::microseconds stalls_after) {
    require(!items.empty(), "a batch without players");
    Gathered gathered(items);
    TIPOFF_CHECK(publish(desk, items));
    crash_point("batch.published");
    auto progressed_at = clock.elapsed();
    while (!gathered.is_complete()) {
        TIPOFF_TRY(const auto results, desk.results(kResultsAtOnce, kLook));
        bool is_new = false;
        for (const Delivery& result : results)
            is_new |= gathered.take_in(result);
        TIPOFF_CHECK(desk.confirm(results));
        TIPOFF_TRY(const auto dead, desk.dead_letters());
        for (const DeadLetter& letter : dead)
            is_new |= gathered.take_in(letter);
        if (is_new) {
            progressed_at = clock.elapsed();
            hooks.progress(gathered.outcomes());
            crash_point("batch.progressed");
            continue;
        }
        const Wish wish = hooks.wish();
        if (wish == Wish::kDrop) {
            TIPOFF_CHECK(desk.withdraw(id_prefix(items.front().key)));
            return fail(ErrorCode::kFenced, "the batch was dropped for another of its date");
        }
        const auto silent = clock.elapsed() - progressed_at;
        if (wish == Wish::kFinish) {
            gathered.give_up_rest(NoForecast::kEndedEarly, "the batch was ended by hand");
        } else if (silent >= stalls_after) {
            gathered.give_up_rest(
                NoForecast::kNoAnswer,
                fmt::format("no worker answered for {} s",
                            std::chrono::duration_cast<std::chrono::seconds>(silent).count()));
        } else {
            continue;
        }
        TIPOFF_CHECK(desk.withdraw(id_prefix(items.front().key)));
        hooks.progress(gathered.outcomes());
    }
    return std::move(gathered).take();
}

}  // namespace tipoff::coordinate
