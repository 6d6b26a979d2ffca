#include "cli/commands/grade_output.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tipoff::cli {
namespace {

using grade::ForecastMeasures;
using grade::GradeReport;
using grade::kCalibrationBins;
using grade::SystemReport;

using Slices = std::vector<grade::SliceReport> SystemReport::*;

Listing slice_listing(const GradeReport& report, std::initializer_list<Slices> kinds) {
    Listing listing{
        .columns = {"system", "slice", "n", "mae", "rmse", "bias", "crps", "coverage_80",
                    "coverage_95", "brier", "log_loss", "picks", "hit_rate", "low", "high", "roi"},
        .rows = {}};
    for (const SystemReport& system : report.systems) {
        for (const Slices kind : kinds) {
            for (const auto& slice : system.*kind) {
                const ForecastMeasures& m = slice.measures;
                if (m.n() == 0) continue;
                const auto interval = slice.picks.interval();
                listing.rows.push_back(
                    {Cell::text(system.system_id), Cell::text(slice.name), Cell::integer(m.n()),
                     Cell::number(m.mae(), 3), Cell::number(m.rmse(), 3), Cell::number(m.bias(), 2),
                     Cell::number(m.crps(), 3), Cell::number(m.coverage_80(), 3),
                     Cell::number(m.coverage_95(), 3), Cell::number(slice.probability.brier(), 4),
                     Cell::number(slice.probability.log_loss(), 4),
                     Cell::integer(slice.picks.bets()), Cell::number(slice.picks.hit_rate(), 3),
                     Cell::number(interval.low, 3), Cell::number(interval.high, 3),
                     Cell::number(slice.picks.roi(), 3)});
            }
        }
    }
    return listing;
}

/// Slices of which there are many: a row a slice and a column a system, "MAE (bias)".
Listing slice_matrix(const GradeReport& report, Slices kind, std::string_view heading) {
    std::map<std::string, std::map<std::string, const ForecastMeasures*>> rows;
    Listing listing{.columns = {std::string(heading), "n"}, .rows = {}};
    for (const SystemReport& system : report.systems) {
        listing.columns.push_back(system.system_id);
        for (const auto& slice : system.*kind)
            rows[slice.name][system.system_id] = &slice.measures;
    }
    for (const auto& [name, by_system] : rows) {
        Row row{Cell::text(name), Cell()};
        std::int64_t most = 0;
        for (const SystemReport& system : report.systems) {
            const auto found = by_system.find(system.system_id);
            if (found == by_system.end()) {
                row.emplace_back();
                continue;
            }
            const ForecastMeasures& measures = *found->second;
            most = std::max(most, measures.n());
            row.push_back(
                Cell::text(fmt::format("{:.3f} ({:+.2f})", measures.mae(), measures.bias())));
        }
        row[1] = Cell::integer(most);
        listing.rows.push_back(std::move(row));
    }
    return listing;
}

/// The systems, and the ensemble without the lines where it has any, as tables name them.
std::vector<std::pair<std::string, const SystemReport*>> named_systems(const GradeReport& report) {
    std::vector<std::pair<std::string, const SystemReport*>> systems;
    for (const SystemReport& system : report.systems)
        systems.emplace_back(system.system_id, &system);
    if (report.without_lines) {
        systems.emplace_back(report.without_lines->system_id + " without lines",
                             &*report.without_lines);
    }
    return systems;
}

/// Every system beside the plain means, each on the same rows.
Listing plain_means_listing(const GradeReport& report) {
    Listing listing{.columns = {"system", "n", "mae", "last_10_mae", "ratio", "ratio_of_mean",
                                "season_n", "season_mae", "ratio_to_season"},
                    .rows = {}};
    for (const SystemReport& system : report.systems) {
        listing.rows.push_back(
            {Cell::text(system.system_id), Cell::integer(system.last_10.n()),
             Cell::number(system.last_10.mae(), 3), Cell::number(system.last_10.other_mae(), 3),
             Cell::number(system.last_10.ratio(), 4), Cell::number(system.last_10.ratio_mean(), 4),
             Cell::integer(system.season_mean.n()), Cell::number(system.season_mean.other_mae(), 3),
             Cell::number(system.season_mean.ratio(), 4)});
    }
    return listing;
}

/// Every system beside the line and its price, each on the same rows.
Listing lined_listing(const GradeReport& report) {
    Listing listing{.columns = {"system", "lined", "mae", "line_mae", "last_10_mae", "priced",
                                "brier", "price_brier", "log_loss", "price_log_loss"},
                    .rows = {}};
    for (const auto& [name, system] : named_systems(report)) {
        const grade::LinedReport& lined = system->lined;
        if (lined.line.n() == 0) continue;
        listing.rows.push_back(
            {Cell::text(name), Cell::integer(lined.line.n()), Cell::number(lined.line.mae(), 3),
             Cell::number(lined.line.other_mae(), 3), Cell::number(lined.last_10.other_mae(), 3),
             Cell::integer(lined.price.n()), Cell::number(lined.probability.brier(), 4),
             Cell::number(lined.price.brier(), 4), Cell::number(lined.probability.log_loss(), 5),
             Cell::number(lined.price.log_loss(), 5)});
    }
    return listing;
}

/// The recommended sides, and what the closing lines said of them.
Listing picks_listing(const GradeReport& report) {
    Listing listing{.columns = {"system", "picks", "hit_rate", "low", "high", "break_even", "roi",
                                "roi_best_price", "closed", "clv_points", "clv_prob"},
                    .rows = {}};
    for (const auto& [name, system] : named_systems(report)) {
        const grade::BetMeasures& picks = system->picks;
        if (picks.bets() == 0) continue;
        const auto interval = picks.interval();
        listing.rows.push_back(
            {Cell::text(name), Cell::integer(picks.bets()), Cell::number(picks.hit_rate(), 3),
             Cell::number(interval.low, 3), Cell::number(interval.high, 3),
             Cell::number(picks.break_even(), 3), Cell::number(picks.roi(), 3),
             Cell::number(picks.roi_best_price(), 3), Cell::integer(system->clv.n()),
             Cell::number(system->clv.points(), 3), Cell::number(system->clv.probability(), 4)});
    }
    return listing;
}

Listing reliability_listing(const GradeReport& report) {
    Listing listing{.columns = {"system", "said", "n", "predicted", "observed", "low", "high"},
                    .rows = {}};
    for (const SystemReport& system : report.systems) {
        for (std::size_t i = 0; i < kCalibrationBins; ++i) {
            const auto& bin = system.reliability.bins()[i];
            if (bin.n == 0) continue;
            const auto interval = bin.interval();
            listing.rows.push_back(
                {Cell::text(system.system_id),
                 Cell::text(fmt::format("{:.1f} to {:.1f}", grade::lower_bound_of(i),
                                        grade::upper_bound_of(i))),
                 Cell::integer(bin.n), Cell::number(bin.predicted(), 3),
                 Cell::number(bin.observed(), 3), Cell::number(interval.low, 3),
                 Cell::number(interval.high, 3)});
        }
    }
    return listing;
}

Listing pit_listing(const GradeReport& report) {
    Listing listing{.columns = {"system"}, .rows = {}};
    for (std::size_t i = 0; i < kCalibrationBins; ++i)
        listing.columns.push_back(fmt::format("to {:.1f}", grade::upper_bound_of(i)));
    for (const SystemReport& system : report.systems) {
        Row row{Cell::text(system.system_id)};
        for (std::size_t i = 0; i < kCalibrationBins; ++i)
            row.push_back(Cell::number(system.pit.share(i), 3));
        listing.rows.push_back(std::move(row));
    }
    return listing;
}

void add_edge_rows(Listing& listing, std::string_view system_id,
                   const std::vector<grade::EdgeReport>& edges, double scale,
                   std::string_view unit) {
    for (const auto& edge : edges) {
        if (edge.bets.bets() == 0) continue;
        const auto interval = edge.bets.interval();
        listing.rows.push_back(
            {Cell::text(system_id), Cell::text(fmt::format("{:g}{}", scale * edge.min_edge, unit)),
             Cell::integer(edge.bets.bets()), Cell::number(edge.bets.hit_rate(), 3),
             Cell::number(interval.low, 3), Cell::number(interval.high, 3),
             Cell::number(edge.bets.break_even(), 3), Cell::number(edge.bets.roi(), 3),
             Cell::number(edge.bets.roi_best_price(), 3)});
    }
}

Listing edge_listing(const GradeReport& report) {
    Listing listing{.columns = {"system", "edge", "bets", "hit_rate", "low", "high", "break_even",
                                "roi", "roi_best_price"},
                    .rows = {}};
    for (const auto& [name, system] : named_systems(report)) {
        add_edge_rows(listing, name, system->edges, 1, "");
        add_edge_rows(listing, name, system->value_edges, 100, "%");
    }
    return listing;
}

void print_titled(std::string_view title, const Listing& listing) {
    if (listing.rows.empty()) return;
    print(fmt::format("\n{}\n\n", title));
    print_listing(listing, Format::kTable, "rows");
}

void print_details(const GradeReport& report) {
    print_titled("Beside the last-10 mean and the season mean, on the same rows",
                 plain_means_listing(report));
    print_titled("Beside the line and its price without the vig, on the same rows",
                 lined_listing(report));
    print_titled("Recommended sides: 95% interval, return, and the closing line against theirs",
                 picks_listing(report));
    print_titled("By tier of the last-10 mean of points and of minutes, and by quality grade",
                 slice_listing(report, {&SystemReport::tiers, &SystemReport::minutes_tiers,
                                        &SystemReport::grades}));
    print_titled("By month: MAE (bias)", slice_matrix(report, &SystemReport::months, "month"));
    print_titled("By team: MAE (bias)", slice_matrix(report, &SystemReport::teams, "team"));
    print_titled("Reliability: the chance of the over that was said, and the share that went over",
                 reliability_listing(report));
    print_titled("Randomised PIT: a tenth in every bin where the spread is right",
                 pit_listing(report));
    print_titled(
        "Bets at the main line: on the mean's side by its distance from the line, on the side "
        "above the price by the edge in probability",
        edge_listing(report));
}

void print_without_lines(const GradeReport& report) {
    if (!report.without_lines) return;
    const SystemReport& without = *report.without_lines;
    const auto with =
        std::ranges::find(report.systems, without.system_id, &SystemReport::system_id);
    print(
        fmt::format("\n{} without the lines: MAE {:.3f} on the {} player games with a line, where "
                    "with the lines it is {:.3f} and the lines' own {:.3f}\n",
                    without.system_id, without.measures.mae(), without.measures.n(),
                    with != report.systems.end() ? with->lined.line.mae() : grade::kNone,
                    without.lined.line.other_mae()));
}

void print_alarms(const GradeReport& report) {
    if (report.alarms.empty()) return;
    print("\nAlarms: too good to be true, look for a leak\n\n");
    for (const grade::LeakAlarm& alarm : report.alarms)
        print(fmt::format("  {}: {}\n", alarm.name, alarm.sentence));
}

}  // namespace

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

void print_grade_table(const GradeReport& report, bool detailed, std::string_view remark) {
    const auto& request = report.request;
    print(fmt::format("{} to {}, {}, {}{}: {} player games ({})\n\n", to_string(request.dates.from),
                      to_string(request.dates.to), to_string(request.market),
                      grade::to_string(request.population), remark, report.population_n,
                      grade::definition(request.population)));
    print_listing(grade_listing(report), Format::kTable, "systems");
    print_without_lines(report);
    if (report.undated_lines > 0) {
        print(fmt::format("\nundated lines: {}, taken as closing lines\n", report.undated_lines));
    }
    if (detailed) print_details(report);
    print_alarms(report);
}

}  // namespace tipoff::cli
