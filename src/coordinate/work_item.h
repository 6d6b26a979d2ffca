#pragma once
/// What travels between coordinator and workers: a player to forecast with all that his forecast
/// depends on, and what a worker says of him.
///
/// Both go as bytes that name their format and end in a checksum. An item also names the feature
/// list and the fitted constants that it was made with: a worker of another version refuses it, for
/// it would say something else.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "conform/market.h"
#include "features/feature_list.h"
#include "forecast/predict.h"

namespace tipoff::coordinate {

/// What a player's items are known by. A second delivery of the same is the same item.
struct ItemKey {
    std::string batch_id;
    std::int32_t attempt = 1;  ///< of the batch
    PlayerId player_id;
    auto operator<=>(const ItemKey&) const = default;
};

/// "2026-01-20-3f2a.1/201939"
[[nodiscard]] std::string to_string(const ItemKey& key);

struct WorkItem {
    ItemKey key;
    GameId game_id;
    AsOf as_of{};
    features::FeatureRow features{};
    std::vector<Market> markets;

    /// His nearest past matchups; nothing where similarity_v1 is not asked.
    std::optional<std::vector<forecast::Neighbour>> neighbours;

    /// By market; nothing where nothing is offered on anybody.
    std::array<std::optional<forecast::Offer>, kMarkets.size()> offers;

    /// `TrainedCount::hash` of each count's model in service; nothing where there is none.
    std::array<std::optional<Fingerprint>, kCounts> trained;

    [[nodiscard]] std::string bytes() const;
    /// `kInvalidInput` for bytes that are not an item, `kRefused` for one of another version.
    static Expected<WorkItem> read(std::string_view bytes);
};

/// What a worker says of an item: forecasts of one row by market.
struct WorkResult {
    ItemKey key;
    std::string worker;
    std::vector<forecast::SystemForecasts> forecasts;

    [[nodiscard]] std::string bytes() const;
    static Expected<WorkResult> read(std::string_view bytes);
};

}  // namespace tipoff::coordinate
