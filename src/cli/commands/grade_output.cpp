#include "cli/commands/grade_output.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

namespace tipoff::cli {
namespace {

using grade::ForecastMeasures;
using grade::GradeReport;
using grade::SystemReport;

Json slices_json(const std::vector<grade::SliceReport>& slices) {
    Json array = Json::array();
    for (const auto& slice : slices) {
        if (slice.measures.n() == 0) continue;
        array.push_back({{"name", slice.name},
                         {"n", slice.measures.n()},
                         {"mae", json_number(slice.measures.mae())},
                         {"bias", json_number(slice.measures.bias())},
                         {"crps", json_number(slice.measures.crps())},
                         {"coverage_80", json_number(slice.measures.coverage_80())}});
    }
    return array;
}

Json edges_json(const SystemReport& system) {
    Json array = Json::array();
    for (const auto& edge : system.edges) {
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

Json system_json(const SystemReport& system) {
    const ForecastMeasures& measures = system.measures;
    const auto interval = system.picks.interval();
    return {{"system", system.system_id},
            {"n", measures.n()},
            {"mae", json_number(measures.mae())},
            {"mae_mean", json_number(measures.mae_mean())},
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
            {"roi", json_number(system.picks.roi())},
            {"edges", edges_json(system)},
            {"clv",
             {{"n", system.clv.n()},
              {"points", json_number(system.clv.points())},
              {"prob", json_number(system.clv.probability())}}},
            {"n_shared", system.shared.n()},
            {"mae_shared", json_number(system.shared.mae())},
            {"live", system.live},
            {"backfill", system.backfill},
            {"voided", system.voided},
            {"tiers", slices_json(system.tiers)},
            {"grades", slices_json(system.grades)}};
}

Listing slice_listing(const GradeReport& report) {
    Listing listing{.columns = {"system", "slice", "n", "mae", "bias", "crps", "coverage_80"},
                    .rows = {}};
    for (const SystemReport& system : report.systems) {
        for (const auto* slices : {&system.tiers, &system.grades}) {
            for (const auto& slice : *slices) {
                if (slice.measures.n() == 0) continue;
                listing.rows.push_back(
                    {Cell::text(system.system_id), Cell::text(slice.name),
                     Cell::integer(slice.measures.n()), Cell::number(slice.measures.mae(), 3),
                     Cell::number(slice.measures.bias(), 2), Cell::number(slice.measures.crps(), 3),
                     Cell::number(slice.measures.coverage_80(), 3)});
            }
        }
    }
    return listing;
}

Listing edge_listing(const GradeReport& report) {
    Listing listing{
        .columns = {"system", "min_edge", "bets", "hit_rate", "low", "high", "break_even", "roi"},
        .rows = {}};
    for (const SystemReport& system : report.systems) {
        for (const auto& edge : system.edges) {
            if (edge.bets.bets() == 0) continue;
            const auto interval = edge.bets.interval();
            listing.rows.push_back(
                {Cell::text(system.system_id), Cell::number(edge.min_edge, 1),
                 Cell::integer(edge.bets.bets()), Cell::number(edge.bets.hit_rate(), 3),
                 Cell::number(interval.low, 3), Cell::number(interval.high, 3),
                 Cell::number(edge.bets.break_even(), 3), Cell::number(edge.bets.roi(), 3)});
        }
    }
    return listing;
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
    return {{"from", to_string(request.dates.from)},
            {"to", to_string(request.dates.to)},
            {"market", grade::to_string(request.market)},
            {"season_type", to_string(request.season_type)},
            {"population",
             {{"name", grade::to_string(request.population)},
              {"definition", grade::definition(request.population)},
              {"n", report.population_n}}},
            {"undated_lines", report.undated_lines},
            {"systems", systems},
            {"references", references}};
}

Listing grade_listing(const GradeReport& report) {
    Listing listing{.columns = {"name", "n", "mae", "mae_mean", "rmse", "bias", "crps",
                                "coverage_80", "coverage_95", "brier", "picks", "hit_rate", "roi"},
                    .rows = {}};
    for (const SystemReport& system : report.systems) {
        const ForecastMeasures& m = system.measures;
        listing.rows.push_back(
            {Cell::text(system.system_id), Cell::integer(m.n()), Cell::number(m.mae(), 3),
             Cell::number(m.mae_mean(), 3), Cell::number(m.rmse(), 3), Cell::number(m.bias(), 3),
             Cell::number(m.crps(), 3), Cell::number(m.coverage_80(), 3),
             Cell::number(m.coverage_95(), 3), Cell::number(system.probability.brier(), 4),
             Cell::integer(system.picks.bets()), Cell::number(system.picks.hit_rate(), 3),
             Cell::number(system.picks.roi(), 3)});
    }
    for (const auto& reference : report.references) {
        Row row(listing.columns.size());
        row[0] = Cell::text(reference.name).toned(Tone::kFaint);
        row[1] = Cell::integer(reference.n);
        row[2] = Cell::number(reference.mae, 3);
        listing.rows.push_back(std::move(row));
    }
    return listing;
}

void print_grade_table(const GradeReport& report, bool detailed) {
    const auto& request = report.request;
    print(fmt::format("{} to {}, {}, {}: {} player games ({})\n\n", to_string(request.dates.from),
                      to_string(request.dates.to), grade::to_string(request.market),
                      grade::to_string(request.population), report.population_n,
                      grade::definition(request.population)));
    print_listing(grade_listing(report), Format::kTable, "systems");
    if (report.undated_lines > 0) {
        print(fmt::format("\nundated lines: {}, taken as closing lines\n", report.undated_lines));
    }
    if (!detailed) return;
    print("\nBy tier of the last-10 mean and by quality grade\n\n");
    print_listing(slice_listing(report), Format::kTable, "slices");
    print("\nBets on the mean's side of the main line, by distance in points\n\n");
    print_listing(edge_listing(report), Format::kTable, "edges");
}

}  // namespace tipoff::cli
