#include "forecast/trained_count.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "forecast/feature_places.h"
#include "forecast/parameters.h"
#include "forecast/playing_time.h"

namespace tipoff::forecast {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const EnsembleParameters& ensemble) {
    Json tiers = Json::array();
    for (const EnsembleTier& tier : ensemble.tiers)
        tiers.push_back({{"weights", tier.weights}, {"sd_factor", tier.sd_factor}});
    return {{"tiers", std::move(tiers)}, {"mean_factor", ensemble.mean_factor}};
}

EnsembleParameters ensemble_from(const Json& json) {
    EnsembleParameters ensemble;
    for (std::size_t t = 0; t < kMinutesTiers; ++t) {
        const Json& tier = json.at("tiers").at(t);
        tier.at("weights").get_to(ensemble.tiers[t].weights);
        tier.at("sd_factor").get_to(ensemble.tiers[t].sd_factor);
    }
    json.at("mean_factor").get_to(ensemble.mean_factor);
    return ensemble;
}

/// By market, those that begin with the count.
Json json_of(const LineBlends& lines, Market count) {
    Json by_market = Json::object();
    for (const Market market : kMarkets) {
        if (counts_in(market).front() != count) continue;
        const LineBlend& line = lines[index_of(market)];
        by_market[to_string(market)] = {{"trust", line.trust},
                                        {"shade", line.shade},
                                        {"sd_factor", line.sd_factor},
                                        {"passed_over", line.passed_over}};
    }
    return by_market;
}

LineBlends lines_from(const Json& by_market, Market count) {
    LineBlends lines{};
    for (const Market market : kMarkets) {
        if (counts_in(market).front() != count) continue;
        const Json& json = by_market.at(to_string(market));
        LineBlend& line = lines[index_of(market)];
        json.at("trust").get_to(line.trust);
        json.at("shade").get_to(line.shade);
        json.at("sd_factor").get_to(line.sd_factor);
        json.at("passed_over").get_to(line.passed_over);
    }
    return lines;
}

bool contains(std::string_view name, std::string_view word) {
    return name.find(word) != std::string_view::npos;
}

Part part_of_name(std::string_view name) {
    for (const std::string_view word : {"vacated", "missing", "available", "teammates", "spike"}) {
        if (contains(name, word)) return Part::kTeammates;
    }
    for (const std::string_view word :
         {"days_rest", "rest_advantage", "back_to_back", "games_last", "travel", "time_zone",
          "fatigue", "into_season", "played_season", "playoffs", "_days"}) {
        if (contains(name, word)) return Part::kSchedule;
    }
    if (name == "game_total" || name == "team_spread" || name == "implied_team_total")
        return Part::kGameLine;
    if (contains(name, "pace")) return Part::kPace;
    if (name.starts_with("opponent_") || contains(name, "mismatch") ||
        contains(name, "missed_shots"))
        return Part::kOpponent;
    if (name.starts_with("zone_")) return Part::kShotMix;
    if (name == "is_home") return Part::kHome;
    for (const std::string_view word : {"minutes_", "start_share", "listed_out", "appearance",
                                        "chance_to_play", "team_games_missed"}) {
        if (name.starts_with(word)) return Part::kMinutes;
    }
    return Part::kForm;
}

/// Which part of a forecast a feature speaks for.
Part part_of(std::size_t feature) {
    static const std::array<Part, kTreeInputs> part_of_each = [] {
        std::array<Part, kTreeInputs> parts{};
        for (std::size_t f = 0; f < features::kFeatureCount; ++f)
            parts[f] = part_of_name(features::kFeatures[f].name);
        parts.back() = Part::kMinutes;
        return parts;
    }();
    return part_of_each[feature];
}

double logarithmic_mean(double a, double b) {
    constexpr double kAlike = 1e-9;
    return std::abs(a - b) < kAlike * a ? a : (a - b) / (std::log(a) - std::log(b));
}

/// What each feature added, `scale` to its share. `form_is` is what the features of form speak of.
void add_shares(std::span<const float> shares, double scale, Part form_is,
                Contributions& contributions) {
    for (std::size_t f = 0; f + 1 < shares.size(); ++f) {
        const auto share = static_cast<double>(shares[f]);
        if (share == 0) continue;
        const Part part = part_of(f);
        contributions.add(part == Part::kForm ? form_is : part, scale * share);
    }
}

/// The bytes of each, one after the other.
constexpr std::size_t kTreesOfCount = 3;

}  // namespace

Fingerprint TrainedCount::hash() const {
    Hasher hasher;
    hasher.add(to_string(count));
    hasher.add(minutes->fingerprint());
    hasher.add(factor.fingerprint());
    hasher.add(difference.fingerprint());
    hasher.add(calibration.mean_factor);
    for (const double sd_factor : calibration.sd_factor)
        hasher.add(sd_factor);
    hasher.add(tipoff::forecast::hash(ensemble));
    for (const LineBlend& line : lines) {
        hasher.add(line.trust);
        hasher.add(line.shade);
        hasher.add(line.sd_factor);
        for (const double share : line.passed_over)
            hasher.add(share);
    }
    return hasher.finish();
}

std::string TrainedCount::bytes() const {
    const std::array<std::string, kTreesOfCount> trees{minutes->bytes(), factor.bytes(),
                                                       difference.bytes()};
    const Json json{
        {"count", to_string(count)},
        {"trees", {trees[0].size(), trees[1].size(), trees[2].size()}},
        {"calibration",
         {{"mean_factor", calibration.mean_factor}, {"sd_factor", calibration.sd_factor}}},
        {"ensemble", json_of(ensemble)},
        {"lines", json_of(lines, count)}};
    return json.dump() + "\n" + trees[0] + trees[1] + trees[2];
}

Expected<TrainedCount> TrainedCount::read(std::string_view bytes) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos)
        return fail(ErrorCode::kInvalidInput, "not what training makes: no first line");
    try {
        const Json json = Json::parse(bytes.substr(0, end));
        const auto sizes = json.at("trees").get<std::array<std::size_t, kTreesOfCount>>();
        const std::string_view rest = bytes.substr(end + 1);
        if (sizes[0] > rest.size() || sizes[1] > rest.size() - sizes[0] ||
            sizes[2] != rest.size() - sizes[0] - sizes[1])
            return fail(ErrorCode::kInvalidInput, "not what training makes: trees are cut off");
        TIPOFF_TRY(BoostedTrees of_minutes, BoostedTrees::read(rest.substr(0, sizes[0])));
        TIPOFF_TRY(BoostedTrees of_factor, BoostedTrees::read(rest.substr(sizes[0], sizes[1])));
        TIPOFF_TRY(BoostedTrees of_difference,
                   BoostedTrees::read(rest.substr(sizes[0] + sizes[1])));
        const auto count = find_market(json.at("count").get<std::string>());
        if (!count || index_of(*count) >= kCounts)
            return fail(ErrorCode::kInvalidInput, "not what training makes: no count");
        TrainedCount trained{.count = *count,
                             .minutes = std::make_shared<const BoostedTrees>(std::move(of_minutes)),
                             .factor = std::move(of_factor),
                             .difference = std::move(of_difference),
                             .calibration = {},
                             .ensemble = {},
                             .lines = {}};
        json.at("calibration").at("mean_factor").get_to(trained.calibration.mean_factor);
        json.at("calibration").at("sd_factor").get_to(trained.calibration.sd_factor);
        trained.ensemble = ensemble_from(json.at("ensemble"));
        trained.lines = lines_from(json.at("lines"), *count);
        return trained;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::kInvalidInput,
                    std::string("not what training makes: ") + problem.what());
    }
}

TreeInputs tree_inputs(const features::FeatureRow& features) {
    constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
    TreeInputs inputs;
    std::ranges::copy(features, inputs.begin());
    inputs[place::kPointsLine] = kUnknown;
    inputs[place::kPointsLineBooks] = kUnknown;
    inputs.back() = kUnknown;
    return inputs;
}

double corrected_minutes(double formula, double correction) {
    constexpr double kFewest = 1;
    constexpr double kMost = 44;
    return std::clamp(formula + correction, kFewest, kMost);
}

double mean_with_minutes(double mean, double formula_minutes, double minutes) {
    return within_range(mean / formula_minutes * minutes);
}

Forecast boosted(const MatchupFeatures& features, const Forecast& form, const TreesView& trees,
                 const TreesCalibration& calibration) {
    const MovingAverageParameters& usual = form_parameters(form.market);
    PlayingTime time = playing_time(features, usual.minutes);
    const double rate = form.mean / time.minutes;
    const double begun_at = mean_with_minutes(form.mean, time.minutes, trees.minutes);
    time.minutes = trees.minutes;
    const double by_factor = within_range(begun_at * trees.factor);
    const double by_difference = within_range(begun_at + trees.difference);
    Forecast forecast;
    forecast.market = form.market;
    forecast.missing = time.missing;
    forecast.minutes = time.minutes;
    forecast.mean = within_range((by_factor + by_difference) / 2 * calibration.mean_factor);
    forecast.sd = count_sd(forecast.mean, features.value(place::kMinutesSd), time, usual.spread) *
                  calibration.sd_factor[minutes_tier(time.minutes)];
    Contributions& contributions = forecast.contributions;
    contributions = form.contributions;
    add_shares(trees.minutes_contributions, rate, Part::kMinutes, contributions);
    add_shares(trees.factor_contributions, logarithmic_mean(by_factor, begun_at) / 2, Part::kForm,
               contributions);
    add_shares(trees.difference_contributions, 0.5, Part::kForm, contributions);
    // What all rows have in common, the bias of past forecasts, and what rounding leaves.
    contributions.add(Part::kCorrection, forecast.mean - contributions.sum());
    return forecast;
}

}  // namespace tipoff::forecast
