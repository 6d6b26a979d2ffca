#include "forecast/trained_count.h"

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
    if (name.starts_with("opponent_") || contains(name, "mismatch") || contains(name, "missed_shots"))
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
    static const std::array<Part, features::kFeatureCount> kPartOf = [] {
        std::array<Part, features::kFeatureCount> parts{};
        for (std::size_t f = 0; f < parts.size(); ++f)
            parts[f] = part_of_name(features::kFeatures[f].name);
        return parts;
    }();
    return kPartOf[feature];
}

double logarithmic_mean(double a, double b) {
    constexpr double kAlike = 1e-9;
    return std::abs(a - b) < kAlike * a ? a : (a - b) / (std::log(a) - std::log(b));
}

/// From `begun_at` to the mean of `forecast`.
void add_trees(std::span<const float> contributions, double begun_at, Forecast& forecast) {
    const double scale = logarithmic_mean(forecast.mean, begun_at);
    for (std::size_t f = 0; f + 1 < contributions.size(); ++f) {
        const auto share = static_cast<double>(contributions[f]);
        if (share != 0) forecast.contributions.add(part_of(f), scale * share);
    }
    // What all rows have in common, the bias of past forecasts, and what rounding leaves.
    forecast.contributions.add(Part::kCorrection,
                               forecast.mean - forecast.contributions.sum());
}

}  // namespace

Fingerprint TrainedCount::hash() const {
    Hasher hasher;
    hasher.add(to_string(count));
    hasher.add(trees.fingerprint());
    hasher.add(calibration.mean_factor);
    for (const double factor : calibration.sd_factor)
        hasher.add(factor);
    hasher.add(tipoff::forecast::hash(ensemble));
    hasher.add(line.weight);
    hasher.add(line.line_factor);
    hasher.add(line.sd_factor);
    return hasher.finish();
}

std::string TrainedCount::bytes() const {
    const Json json{{"count", to_string(count)},
                    {"calibration",
                     {{"mean_factor", calibration.mean_factor},
                      {"sd_factor", calibration.sd_factor}}},
                    {"ensemble", json_of(ensemble)},
                    {"line", {{"weight", line.weight},
                      {"line_factor", line.line_factor},
                      {"sd_factor", line.sd_factor}}}};
    return json.dump() + "\n" + trees.bytes();
}

Expected<TrainedCount> TrainedCount::read(std::string_view bytes) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos)
        return fail(ErrorCode::kInvalidInput, "not what training makes: no first line");
    TIPOFF_TRY(BoostedTrees trees, BoostedTrees::read(bytes.substr(end + 1)));
    try {
        const Json json = Json::parse(bytes.substr(0, end));
        const auto count = find_market(json.at("count").get<std::string>());
        if (!count || index_of(*count) >= kCounts)
            return fail(ErrorCode::kInvalidInput, "not what training makes: no count");
        TrainedCount trained{
            .count = *count, .trees = std::move(trees), .calibration = {}, .ensemble = {}, .line = {}};
        json.at("calibration").at("mean_factor").get_to(trained.calibration.mean_factor);
        json.at("calibration").at("sd_factor").get_to(trained.calibration.sd_factor);
        trained.ensemble = ensemble_from(json.at("ensemble"));
        json.at("line").at("weight").get_to(trained.line.weight);
        json.at("line").at("line_factor").get_to(trained.line.line_factor);
        json.at("line").at("sd_factor").get_to(trained.line.sd_factor);
        return trained;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::kInvalidInput,
                    std::string("not what training makes: ") + problem.what());
    }
}

features::FeatureRow tree_inputs(const features::FeatureRow& features) {
    features::FeatureRow inputs = features;
    inputs[place::kPointsLine] = std::numeric_limits<float>::quiet_NaN();
    inputs[place::kPointsLineBooks] = std::numeric_limits<float>::quiet_NaN();
    return inputs;
}

Forecast boosted(const MatchupFeatures& features, const Forecast& form, const TreesView& trees,
                 const TreesCalibration& calibration) {
    const MovingAverageParameters& usual = form_parameters(form.market);
    const PlayingTime time = playing_time(features, usual.minutes);
    Forecast forecast;
    forecast.market = form.market;
    forecast.missing = time.missing;
    forecast.minutes = time.minutes;
    forecast.mean = within_range(form.mean * trees.factor * calibration.mean_factor);
    forecast.sd =
        count_sd(forecast.mean, features.value(place::kMinutesSd), time, usual.spread) *
        calibration.sd_factor[minutes_tier(time.minutes)];
    forecast.contributions = form.contributions;
    add_trees(trees.contributions, form.mean, forecast);
    return forecast;
}

}  // namespace tipoff::forecast
