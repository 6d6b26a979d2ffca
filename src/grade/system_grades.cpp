#include "grade/system_grades.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include "base/error.h"
#include "collect/teams.h"
#include "grade/populations.h"

namespace tipoff::grade {
namespace {

constexpr std::array kEdges{0.0, 1.0, 2.0, 3.0, 4.0};
constexpr std::array kValueEdges{0.0, 0.02, 0.05};
constexpr std::array<std::string_view, 4> kQualityGrades{"A", "B", "C", "D"};

SliceReport empty_slice(std::string name) {
    SliceReport slice;
    slice.name = std::move(name);
    return slice;
}

/// One empty slice a tier, in their order.
template <class Tiers>
std::vector<SliceReport> empty_slices(const Tiers& tiers) {
    std::vector<SliceReport> slices;
    slices.reserve(std::size(tiers));
    for (const auto tier : tiers)
        slices.push_back(empty_slice(std::string(to_string(tier))));
    return slices;
}

std::vector<EdgeReport> empty_edges(std::span<const double> least) {
    std::vector<EdgeReport> edges;
    edges.reserve(least.size());
    for (const double edge : least)
        edges.push_back({.min_edge = edge, .bets = {}});
    return edges;
}

/// Some seven slices up to the best players' means.
double mean_step(Market market) {
    switch (market) {
        case Market::kThrees: return 0.5;
        case Market::kRebounds:
        case Market::kAssists: return 2;
        case Market::kPoints:
        case Market::kPra:
        case Market::kPr:
        case Market::kPa:
        case Market::kRa: return 5;
    }
    throw InvariantBroken("a market without a step");
}

/// "2022-11".
std::string month_name(std::chrono::year_month month) {
    return fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                       static_cast<unsigned>(month.month()));
}

/// The tricode; the id of a team that is not of the league.
std::string team_name(TeamId id) {
    const collect::Team* team = collect::find_team(id);
    return team != nullptr ? team->tricode : std::to_string(id.value);
}

}  // namespace

SystemGrades::SystemGrades(const std::string& system_id, Market market)
    : mean_step_(mean_step(market)) {
    report_.system_id = system_id;
    report_.edges = empty_edges(kEdges);
    report_.value_edges = empty_edges(kValueEdges);
    report_.tiers = empty_slices(kTiers);
    report_.minutes_tiers = empty_slices(kMinutesTiers);
    for (const std::string_view grade : kQualityGrades)
        report_.grades.push_back(empty_slice(std::string(grade)));
}

void SystemGrades::add(const Grade& grade, const BesideForecast& beside, bool is_shared,
                       std::span<const forecast::Pick* const> main_lines,
                       const MarketLines& lines) {
    const Accuracy& row = *grade.newest;
    const auto slices = slices_of(row);
    report_.measures.add(row);
    if (is_shared) report_.shared.add(row);
    report_.pit.add(row.pit);
    (row.origin == forecast::kOriginLive ? report_.live : report_.backfill) += 1;
    for (SliceReport* slice : slices)
        slice->measures.add(row);

    const auto miss_of = [&](double value) { return std::abs(value - beside.actual); };
    const auto add_beside = [&](PairedErrors& errors, double value) {
        if (!std::isnan(value)) errors.add(row, miss_of(value));
    };
    add_beside(report_.last_10, beside.last_10);
    add_beside(report_.season_mean, beside.season_mean);
    if (!std::isnan(beside.line)) {
        add_beside(report_.lined.line, beside.line);
        add_beside(report_.lined.last_10, beside.last_10);
    }
    add_bets(report_, slices, *grade.settled, main_lines, lines);
}

SystemReport SystemGrades::report() const {
    SystemReport report = report_;
    for (const auto& [month, slice] : months_)
        report.months.push_back(slice);
    for (const auto& [team, slice] : teams_)
        report.teams.push_back(slice);
    for (const auto& [step, slice] : means_) {
        const auto from = static_cast<double>(step);
        report.by_mean.push_back(
            {.from = from * mean_step_, .to = (from + 1) * mean_step_, .slice = slice});
    }
    std::ranges::sort(report.teams, {}, &SliceReport::name);
    return report;
}

std::vector<SliceReport*> SystemGrades::slices_of(const Accuracy& row) {
    std::vector<SliceReport*> slices;
    slices.push_back(&report_.tiers[static_cast<std::size_t>(tier_of(row.last_10_points))]);
    slices.push_back(
        &report_.minutes_tiers[static_cast<std::size_t>(minutes_tier_of(row.last_10_minutes))]);
    for (SliceReport& slice : report_.grades) {
        if (slice.name == row.quality_grade) slices.push_back(&slice);
    }
    const std::chrono::year_month_day date(row.game_date.day);
    const std::chrono::year_month month = date.year() / date.month();
    slices.push_back(&months_.try_emplace(month, empty_slice(month_name(month))).first->second);
    slices.push_back(
        &teams_.try_emplace(row.team_id, empty_slice(team_name(row.team_id))).first->second);
    if (!std::isnan(row.mean)) {
        const auto step = static_cast<std::int64_t>(std::floor(row.mean / mean_step_));
        const std::string name = fmt::format("{:g} to {:g}", static_cast<double>(step) * mean_step_,
                                             static_cast<double>(step + 1) * mean_step_);
        slices.push_back(&means_.try_emplace(step, empty_slice(name)).first->second);
    }
    return slices;
}

}  // namespace tipoff::grade
