#include "any_item.h"

#include <limits>

#include "forecast/systems.h"

namespace tipoff::coordinate::test {
namespace {

double any_number(std::minstd_rand& random) { return static_cast<double>(random()) / 1e6 - 1000.0; }

bool any_flag(std::minstd_rand& random) { return random() % 2 == 0; }

ItemKey any_key(std::minstd_rand& random) {
    return {.batch_id = "2026-01-20-" + std::to_string(random() % 9),
            .attempt = static_cast<std::int32_t>(1 + random() % 3),
            .player_id = PlayerId{static_cast<std::int64_t>(random())}};
}

std::vector<Market> any_markets(std::minstd_rand& random) {
    std::vector<Market> markets;
    for (const Market market : kMarkets) {
        if (any_flag(random)) markets.push_back(market);
    }
    return markets;
}

forecast::Forecast any_forecast(Market market, std::minstd_rand& random) {
    forecast::Forecast made;
    made.market = market;
    made.mean = any_number(random);
    made.sd = any_number(random);
    made.minutes = any_number(random);
    made.missing = forecast::MissingSet::of_bits(static_cast<std::uint8_t>(random() % 128));
    made.members = static_cast<std::uint8_t>(random() % 16);
    for (std::size_t part = 0; part < forecast::kParts; ++part) {
        if (any_flag(random))
            made.contributions.add(static_cast<forecast::Part>(part), any_number(random));
    }
    return made;
}

}  // namespace

WorkItem any_item(std::minstd_rand& random) {
    WorkItem item;
    item.key = any_key(random);
    item.game_id = GameId{static_cast<std::int64_t>(random())};
    item.as_of = {Instant{std::chrono::microseconds{random()}}};
    for (float& value : item.features)
        value = random() % 5 == 0 ? std::numeric_limits<float>::quiet_NaN()
                                  : static_cast<float>(any_number(random));
    item.markets = any_markets(random);
    if (any_flag(random)) {
        auto& neighbours = item.neighbours.emplace(random() % 40);
        for (forecast::Neighbour& neighbour : neighbours) {
            neighbour.distance = static_cast<float>(any_number(random));
            neighbour.expected.fill(static_cast<float>(any_number(random)));
            neighbour.outcome.fill(static_cast<float>(any_number(random)));
        }
    }
    for (auto& offer : item.offers) {
        if (any_flag(random)) continue;
        forecast::Offer& made = offer.emplace();
        made.others_have_lines = any_flag(random);
        if (any_flag(random))
            made.line = {.line_value = any_number(random), .p_over = any_number(random)};
    }
    for (auto& model : item.trained) {
        if (any_flag(random)) model = Fingerprint{.high = random(), .low = random()};
    }
    return item;
}

WorkResult any_result(std::minstd_rand& random) {
    WorkResult result;
    result.key = any_key(random);
    result.worker = "host:" + std::to_string(random() % 100);
    for (const Market market : any_markets(random)) {
        forecast::SystemForecasts& of_market = result.forecasts.emplace_back();
        of_market.market = market;
        for (const std::string_view id : forecast::kSystemIds) {
            if (any_flag(random)) continue;
            of_market.system_ids.push_back(id);
            of_market.parameters_hashes.push_back(std::to_string(random()));
            of_market.forecasts.push_back(any_forecast(market, random));
        }
        if (any_flag(random)) continue;
        auto& without = of_market.without_lines.emplace_back();
        if (any_flag(random)) without = any_forecast(market, random);
    }
    return result;
}

}  // namespace tipoff::coordinate::test
