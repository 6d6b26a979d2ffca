#include "serve/documents/status.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

namespace tipoff::serve {

using operate::Light;
using operate::LightReading;
using operate::StatusReport;

namespace {

Tone tone_of(Light light) {
    switch (light) {
        case Light::kGreen: return Tone::kGood;
        case Light::kYellow: return Tone::kWarning;
        case Light::kRed: return Tone::kBad;
    }
    return Tone::kPlain;
}

/// The table shows the words in the light's colour; JSON and CSV have both.
Cell reading_cell(const LightReading& reading) {
    const std::string both = fmt::format("{}: {}", operate::to_string(reading.light), reading.says);
    return Cell::text(both).toned(tone_of(reading.light));
}

/// The lights as the listing has them, with the counts behind completeness and every column that is
/// not as usual.
Json lights_json(const StatusReport& report) {
    Json rows = json_rows(light_listing(report));
    for (std::size_t i = 0; i < report.lights.size(); ++i) {
        const auto& lights = report.lights[i];
        rows[i]["held"] = lights.counts.held;
        rows[i]["expected"] = lights.counts.expected;
        rows[i]["unit"] = lights.unit;
        rows[i]["findings"] = Json::array();
        for (const auto& finding : lights.findings) {
            rows[i]["findings"].push_back({{"column", finding.column},
                                           {"light", operate::to_string(finding.light)},
                                           {"says", finding.says}});
        }
    }
    return rows;
}

}  // namespace

Listing light_listing(const StatusReport& report) {
    Listing listing{.columns = {"step", "table", "job", "age", "completeness", "sanity"},
                    .rows = {}};
    for (const auto& lights : report.lights) {
        listing.rows.push_back({Cell::text(lights.step), Cell::text(lights.table),
                                reading_cell(lights.job), reading_cell(lights.age),
                                reading_cell(lights.completeness), reading_cell(lights.sanity)});
    }
    return listing;
}

Listing finding_listing(const StatusReport& report) {
    Listing listing{.columns = {"table", "column", "light", "says"}, .rows = {}};
    for (const auto& lights : report.lights) {
        for (const auto& finding : lights.findings) {
            listing.rows.push_back(
                {Cell::text(lights.table),
                 finding.column.empty() ? Cell() : Cell::text(finding.column),
                 Cell::text(operate::to_string(finding.light)).toned(tone_of(finding.light)),
                 Cell::text(finding.says)});
        }
    }
    return listing;
}

Json status_json(const StatusReport& report) {
    Json reasons = Json::object();
    for (const auto& [reason, count] : report.daily_cache.reasons)
        reasons[reason] = count;
    const auto& factors = report.composite_factors;
    return {{"date", to_string(report.date)},
            {"games", report.games},
            {"feature_store",
             {{"players", report.feature_store.players}, {"teams", report.feature_store.teams}}},
            {"predictions",
             {{"players", report.predictions.players},
              {"rows", report.predictions.rows},
              {"systems", report.predictions.systems},
              {"markets", report.predictions.markets}}},
            {"composite_factors",
             {{"rows", factors.rows},
              {"fatigue", json_number(factors.fatigue)},
              {"zone_mismatch", json_number(factors.zone_mismatch)},
              {"pace", json_number(factors.pace)},
              {"usage", json_number(factors.usage)}}},
            {"daily_cache",
             {{"passed", report.daily_cache.passed},
              {"failed", report.daily_cache.failed},
              {"reasons", reasons}}},
            {"lights", lights_json(report)}};
}

}  // namespace tipoff::serve
