#include "serve/documents/grade.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace tipoff::serve {

using grade::ForecastMeasures;
using grade::GradeReport;
using grade::kCalibrationBins;
using grade::SystemReport;

namespace {

Json slice_json(const grade::SliceReport& slice) {
    const ForecastMeasures& measures = slice.measures;
    const auto interval = slice.picks.interval();
    return {{"name", slice.name},
            {"n", measures.n()},
            {"mae", json_number(measures.mae())},
            {"mae_mean", json_number(measures.mae_mean())},
            {"rmse", json_number(measures.rmse())},
            {"bias", json_number(measures.bias())},
            {"crps", json_number(measures.crps())},
            {"coverage_80", json_number(measures.coverage_80())},
            {"coverage_95", json_number(measures.coverage_95())},
            {"brier", json_number(slice.probability.brier())},
            {"log_loss", json_number(slice.probability.log_loss())},
            {"picks", slice.picks.bets()},
            {"hit_rate", json_number(slice.picks.hit_rate())},
            {"hit_rate_low", json_number(interval.low)},
            {"hit_rate_high", json_number(interval.high)},
            {"roi", json_number(slice.picks.roi())}};
}

Json slices_json(const std::vector<grade::SliceReport>& slices) {
    Json array = Json::array();
    for (const auto& slice : slices) {
        if (slice.measures.n() > 0) array.push_back(slice_json(slice));
    }
    return array;
}

Json by_mean_json(const std::vector<grade::MeanReport>& means) {
    Json array = Json::array();
    for (const auto& mean : means) {
        Json slice = slice_json(mean.slice);
        slice["from"] = mean.from;
        slice["to"] = mean.to;
        array.push_back(std::move(slice));
    }
    return array;
}

Json edges_json(const std::vector<grade::EdgeReport>& edges) {
    Json array = Json::array();
    for (const auto& edge : edges) {
        const auto interval = edge.bets.interval();
        array.push_back({{"min_edge", edge.min_edge},
                         {"n", edge.bets.bets()},
                         {"hit_rate", json_number(edge.bets.hit_rate())},
                         {"low", json_number(interval.low)},
                         {"high", json_number(interval.high)},
                         {"break_even", json_number(edge.bets.break_even())},
                         {"roi", json_number(edge.bets.roi())},
                         {"roi_best_price", json_number(edge.bets.roi_best_price())}});
    }
    return array;
}

Json reliability_json(const grade::ReliabilityTable& table) {
    Json array = Json::array();
    for (std::size_t i = 0; i < kCalibrationBins; ++i) {
        const auto& bin = table.bins()[i];
        if (bin.n == 0) continue;
        const auto interval = bin.interval();
        array.push_back({{"from", grade::lower_bound_of(i)},
                         {"to", grade::upper_bound_of(i)},
                         {"n", bin.n},
                         {"predicted", json_number(bin.predicted())},
                         {"observed", json_number(bin.observed())},
                         {"low", json_number(interval.low)},
                         {"high", json_number(interval.high)}});
    }
    return array;
}

Json pit_json(const grade::PitTable& table) {
    Json array = Json::array();
    for (std::size_t i = 0; i < kCalibrationBins; ++i) {
        array.push_back({{"from", grade::lower_bound_of(i)},
                         {"to", grade::upper_bound_of(i)},
                         {"share", json_number(table.share(i))}});
    }
    return array;
}

/// On the player games that have the plain mean of that name.
Json beside_json(const grade::PairedErrors& errors, std::string_view name) {
    return {{"n", errors.n()},
            {"mae", json_number(errors.mae())},
            {"mae_mean", json_number(errors.mae_mean())},
            {fmt::format("{}_mae", name), json_number(errors.other_mae())}};
}

/// On the player games with a line; `n_priced` bets were not pushed and had prices on both sides.
Json lined_json(const grade::LinedReport& lined) {
    return {{"n", lined.line.n()},
            {"mae", json_number(lined.line.mae())},
            {"mae_mean", json_number(lined.line.mae_mean())},
            {"line_mae", json_number(lined.line.other_mae())},
            {"last_10_mae", json_number(lined.last_10.other_mae())},
            {"ratio_to_last_10", json_number(lined.last_10.ratio())},
            {"n_priced", lined.price.n()},
            {"brier", json_number(lined.probability.brier())},
            {"price_brier", json_number(lined.price.brier())},
            {"log_loss", json_number(lined.probability.log_loss())},
            {"price_log_loss", json_number(lined.price.log_loss())}};
}

Json alarms_json(const std::vector<grade::LeakAlarm>& alarms) {
    Json array = Json::array();
    for (const auto& alarm : alarms) {
        array.push_back({{"name", alarm.name},
                         {"subject", alarm.subject},
                         {"n", alarm.n},
                         {"measured", json_number(alarm.measured)},
                         {"limit", json_number(alarm.limit)},
                         {"sentence", alarm.sentence}});
    }
    return array;
}

Json system_json(const SystemReport& system) {
    const ForecastMeasures& measures = system.measures;
    const auto interval = system.picks.interval();
    return {{"system", system.system_id},
            {"n", measures.n()},
            {"mae", json_number(measures.mae())},
            {"mae_mean", json_number(measures.mae_mean())},
            {"ratio_to_last_10", json_number(system.last_10.ratio())},
            {"mae_mean_ratio_to_last_10", json_number(system.last_10.ratio_mean())},
            {"rmse", json_number(measures.rmse())},
            {"bias", json_number(measures.bias())},
            {"crps", json_number(measures.crps())},
            {"coverage_80", json_number(measures.coverage_80())},
            {"coverage_95", json_number(measures.coverage_95())},
            {"brier", json_number(system.probability.brier())},
            {"log_loss", json_number(system.probability.log_loss())},
            {"hit_rate", json_number(system.picks.hit_rate())},
            {"hit_rate_low", json_number(interval.low)},
            {"hit_rate_high", json_number(interval.high)},
            {"picks", system.picks.bets()},
            {"break_even", json_number(system.picks.break_even())},
            {"roi", json_number(system.picks.roi())},
            {"roi_best_price", json_number(system.picks.roi_best_price())},
            {"edges", edges_json(system.edges)},
            {"value_edges", edges_json(system.value_edges)},
            {"clv",
             {{"n", system.clv.n()},
              {"points", json_number(system.clv.points())},
              {"prob", json_number(system.clv.probability())}}},
            {"n_shared", system.shared.n()},
            {"mae_shared", json_number(system.shared.mae())},
            {"ratio_to_season_mean", json_number(system.season_mean.ratio())},
            {"last_10", beside_json(system.last_10, "last_10")},
            {"season_mean", beside_json(system.season_mean, "season_mean")},
            {"lined", lined_json(system.lined)},
            {"live", system.live},
            {"backfill", system.backfill},
            {"voided", system.voided},
            {"tiers", slices_json(system.tiers)},
            {"minutes_tiers", slices_json(system.minutes_tiers)},
            {"grades", slices_json(system.grades)},
            {"months", slices_json(system.months)},
            {"teams", slices_json(system.teams)},
            {"reliability", reliability_json(system.reliability)},
            {"pit", pit_json(system.pit)},
            {"pit_counts", system.pit.counts()},
            {"by_mean", by_mean_json(system.by_mean)}};
}

}  // namespace

Json grade_json(const GradeReport& report) {
    const auto& request = report.request;
    Json systems = Json::array();
    for (const SystemReport& system : report.systems)
        systems.push_back(system_json(system));
    Json references = Json::array();
    for (const auto& reference : report.references) {
        references.push_back({{"name", reference.name},
                              {"n", reference.n},
                              {"mae", json_number(reference.mae)},
                              {"n_shared", reference.n_shared},
                              {"mae_shared", json_number(reference.mae_shared)}});
    }
    Json json{{"from", to_string(request.dates.from)},
              {"to", to_string(request.dates.to)},
              {"market", to_string(request.market)},
              {"season_type", to_string(request.season_type)},
              {"population",
               {{"name", grade::to_string(request.population)},
                {"definition", grade::definition(request.population)},
                {"n", report.population_n}}},
              {"undated_lines", report.undated_lines},
              {"systems", systems},
              {"references", references},
              {"alarms", alarms_json(report.alarms)}};
    if (report.without_lines) json["without_lines"] = system_json(*report.without_lines);
    return json;
}

}  // namespace tipoff::serve
