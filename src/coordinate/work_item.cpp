#include "coordinate/work_item.h"

#include <fmt/core.h>

#include <algorithm>

#include "coordinate/packed_bytes.h"
#include "forecast/similarity.h"
#include "forecast/systems.h"

namespace tipoff::coordinate {
namespace {

/// Raised when either says something else, or the same in another way.
constexpr std::string_view kItemFormat = "tipoff item 1";
constexpr std::string_view kResultFormat = "tipoff result 2";

std::string sealed(ByteWriter writer) {
    const Fingerprint checksum = fingerprint_of(writer.bytes());
    writer.put(checksum.low);
    return std::move(writer).take();
}

/// What stands between the format's name and the checksum.
Expected<ByteReader> opened(std::string_view bytes, std::string_view format) {
    const auto damaged = [&] {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("a message of {} bytes is not a whole {}", bytes.size(), format));
    };
    if (bytes.size() < sizeof(std::uint64_t)) return damaged();
    const std::string_view body = bytes.substr(0, bytes.size() - sizeof(std::uint64_t));
    ByteReader end(bytes.substr(body.size()));
    ByteReader reader(body);
    if (end.get<std::uint64_t>() != fingerprint_of(body).low || reader.text() != format)
        return damaged();
    return reader;
}

void put(ByteWriter& writer, Fingerprint value) {
    writer.put(value.high);
    writer.put(value.low);
}

Fingerprint get_fingerprint(ByteReader& reader) {
    Fingerprint value;
    value.high = reader.get<std::uint64_t>();
    value.low = reader.get<std::uint64_t>();
    return value;
}

void put(ByteWriter& writer, const ItemKey& key) {
    writer.put(std::string_view(key.batch_id));
    writer.put(key.attempt);
    writer.put(key.player_id.value);
}

ItemKey get_key(ByteReader& reader) {
    ItemKey key;
    key.batch_id = reader.text();
    key.attempt = reader.get<std::int32_t>();
    key.player_id.value = reader.get<std::int64_t>();
    return key;
}

void put(ByteWriter& writer, Market market) {
    writer.put(static_cast<std::uint8_t>(index_of(market)));
}

Market get_market(ByteReader& reader) {
    const auto index = reader.get<std::uint8_t>();
    if (index < kMarkets.size()) return kMarkets[index];
    reader.fail();
    return Market::kPoints;
}

void put(ByteWriter& writer, const forecast::Neighbour& neighbour) {
    writer.put(neighbour.distance);
    writer.put_all(std::span<const float>(neighbour.expected));
    writer.put_all(std::span<const float>(neighbour.outcome));
}

forecast::Neighbour get_neighbour(ByteReader& reader) {
    forecast::Neighbour neighbour;
    neighbour.distance = reader.get<float>();
    reader.get_all(std::span<float>(neighbour.expected));
    reader.get_all(std::span<float>(neighbour.outcome));
    return neighbour;
}
constexpr std::size_t kNeighbourBytes = (1 + 2 * kCounts) * sizeof(float);

void put(ByteWriter& writer, const forecast::Offer& offer) {
    writer.put(offer.line.has_value());
    if (offer.line) {
        writer.put(offer.line->line_value);
        writer.put(offer.line->p_over);
    }
    writer.put(offer.others_have_lines);
}

forecast::Offer get_offer(ByteReader& reader) {
    forecast::Offer offer;
    if (reader.get<bool>()) {
        forecast::KnownLine& line = offer.line.emplace();
        line.line_value = reader.get<double>();
        line.p_over = reader.get<double>();
    }
    offer.others_have_lines = reader.get<bool>();
    return offer;
}

void put(ByteWriter& writer, const forecast::Forecast& made) {
    put(writer, made.market);
    writer.put(made.mean);
    writer.put(made.sd);
    writer.put(made.minutes);
    writer.put(made.missing.bits());
    writer.put(made.members);
    writer.put_count(made.contributions.all().size());
    for (const forecast::Contribution& part : made.contributions.all()) {
        writer.put(static_cast<std::uint8_t>(part.part));
        writer.put(part.amount);
    }
}

forecast::Forecast get_forecast(ByteReader& reader) {
    forecast::Forecast made;
    made.market = get_market(reader);
    made.mean = reader.get<double>();
    made.sd = reader.get<double>();
    made.minutes = reader.get<double>();
    made.missing = forecast::MissingSet::of_bits(reader.get<std::uint8_t>());
    made.members = reader.get<std::uint8_t>();
    const std::size_t parts = reader.count(sizeof(std::uint8_t) + sizeof(double));
    for (std::size_t i = 0; i < parts; ++i) {
        const auto part = reader.get<std::uint8_t>();
        const auto amount = reader.get<double>();
        if (part >= forecast::kParts) {
            reader.fail();
            break;
        }
        made.contributions.add(static_cast<forecast::Part>(part), amount);
    }
    return made;
}

void put(ByteWriter& writer, const forecast::SystemForecasts& of_market) {
    put(writer, of_market.market);
    writer.put_count(of_market.system_ids.size());
    for (std::size_t s = 0; s < of_market.system_ids.size(); ++s) {
        writer.put(of_market.system_ids[s]);
        writer.put(std::string_view(of_market.parameters_hashes[s]));
        put(writer, of_market.forecasts[s]);
    }
    const bool has_without = !of_market.without_lines.empty();
    writer.put(has_without);
    if (!has_without) return;
    const auto& without = of_market.without_lines.front();
    writer.put(without.has_value());
    if (without) put(writer, *without);
}

forecast::SystemForecasts get_system_forecasts(ByteReader& reader) {
    forecast::SystemForecasts of_market;
    of_market.market = get_market(reader);
    const std::size_t systems = reader.count(2 * sizeof(std::uint32_t));
    for (std::size_t s = 0; s < systems; ++s) {
        const auto id = forecast::find_system_id(reader.text());
        if (!id) {
            reader.fail();
            break;
        }
        of_market.system_ids.push_back(*id);
        of_market.parameters_hashes.emplace_back(reader.text());
        of_market.forecasts.push_back(get_forecast(reader));
    }
    if (!reader.get<bool>()) return of_market;
    auto& without = of_market.without_lines.emplace_back();
    if (reader.get<bool>()) without = get_forecast(reader);
    return of_market;
}

Fingerprint version_of_items() {
    return chained(chained(features::feature_list_hash(), forecast::parameters_hash()),
                   forecast::hash(forecast::SimilarityParameters{}));
}

}  // namespace

std::string to_string(const ItemKey& key) {
    return fmt::format("{}.{}/{}", key.batch_id, key.attempt, key.player_id.value);
}

std::string WorkItem::bytes() const {
    ByteWriter writer;
    writer.put(kItemFormat);
    put(writer, version_of_items());
    put(writer, key);
    writer.put(game_id.value);
    writer.put(static_cast<std::int64_t>(as_of.at.time_since_epoch().count()));
    writer.put_all(std::span<const float>(features));
    writer.put_count(markets.size());
    for (const Market market : markets)
        put(writer, market);
    writer.put(neighbours.has_value());
    if (neighbours) {
        writer.put_count(neighbours->size());
        for (const forecast::Neighbour& neighbour : *neighbours)
            put(writer, neighbour);
    }
    for (const auto& offer : offers) {
        writer.put(offer.has_value());
        if (offer) put(writer, *offer);
    }
    for (const auto& model : trained) {
        writer.put(model.has_value());
        if (model) put(writer, *model);
    }
    return sealed(std::move(writer));
}

Expected<WorkItem> WorkItem::read(std::string_view bytes) {
    TIPOFF_TRY(ByteReader reader, opened(bytes, kItemFormat));
    const Fingerprint version = get_fingerprint(reader);
    WorkItem item;
    item.key = get_key(reader);
    if (reader.is_whole() && version != version_of_items()) {
        return fail(ErrorCode::kRefused,
                    fmt::format("{} was made by a version of tipoff with other features or "
                                "constants",
                                to_string(item.key)),
                    "coordinator and workers have to be of one version");
    }
    item.game_id.value = reader.get<std::int64_t>();
    item.as_of.at = Instant{std::chrono::microseconds{reader.get<std::int64_t>()}};
    reader.get_all(std::span<float>(item.features));
    const std::size_t markets = reader.count(1);
    for (std::size_t i = 0; i < markets; ++i)
        item.markets.push_back(get_market(reader));
    if (reader.get<bool>()) {
        auto& neighbours = item.neighbours.emplace(reader.count(kNeighbourBytes));
        for (forecast::Neighbour& neighbour : neighbours)
            neighbour = get_neighbour(reader);
    }
    for (auto& offer : item.offers) {
        if (reader.get<bool>()) offer = get_offer(reader);
    }
    for (auto& model : item.trained) {
        if (reader.get<bool>()) model = get_fingerprint(reader);
    }
    if (reader.is_whole() && reader.is_at_end()) return item;
    return fail(ErrorCode::kInvalidInput, "a work item that ends too early, or too late");
}

std::string WorkResult::bytes() const {
    ByteWriter writer;
    writer.put(kResultFormat);
    put(writer, key);
    writer.put(std::string_view(worker));
    writer.put_count(forecasts.size());
    for (const forecast::SystemForecasts& of_market : forecasts)
        put(writer, of_market);
    return sealed(std::move(writer));
}

Expected<WorkResult> WorkResult::read(std::string_view bytes) {
    TIPOFF_TRY(ByteReader reader, opened(bytes, kResultFormat));
    WorkResult result;
    result.key = get_key(reader);
    result.worker = reader.text();
    const std::size_t markets = reader.count(sizeof(std::uint32_t));
    for (std::size_t i = 0; i < markets; ++i)
        result.forecasts.push_back(get_system_forecasts(reader));
    if (reader.is_whole() && reader.is_at_end()) return result;
    return fail(ErrorCode::kInvalidInput, "a work result that ends too early, or too late");
}

}  // namespace tipoff::coordinate
