#include "serve/documents/coverage.h"

#include <nlohmann/json.hpp>

namespace tipoff::serve {

using operate::CoverageGap;
using operate::CoverageReport;

namespace {

template <class Reason>
Json counts_json(const std::map<Reason, std::int64_t>& counts) {
    Json document = Json::object();
    for (const auto& [reason, count] : counts)
        document[std::string(operate::to_string(reason))] = count;
    return document;
}

}  // namespace

Listing gap_listing(const CoverageReport& report) {
    Listing listing{
        .columns = {"date", "game_id", "player_id", "player", "team", "reason", "detail"},
        .rows = {}};
    for (const CoverageGap& gap : report.gaps) {
        listing.rows.push_back({Cell::date(gap.date), Cell::text(to_string(gap.game_id)),
                                Cell::integer(gap.player_id.value), text_or_null(gap.player),
                                text_or_null(gap.team), Cell::text(operate::to_string(gap.reason)),
                                Cell::text(gap.detail)});
    }
    return listing;
}

Listing void_listing(const CoverageReport& report) {
    Listing listing{
        .columns = {"date", "game_id", "player_id", "player", "team", "outcome", "detail"},
        .rows = {}};
    for (const operate::CoverageVoid& bet : report.voids) {
        listing.rows.push_back({Cell::date(bet.date), Cell::text(to_string(bet.game_id)),
                                Cell::integer(bet.player_id.value), text_or_null(bet.player),
                                text_or_null(bet.team), Cell::text(operate::to_string(bet.reason)),
                                Cell::text(bet.detail)});
    }
    return listing;
}

Listing trend_listing(const CoverageReport& report) {
    Listing listing{.columns = {"date", "expected", "predicted", "voided", "gaps", "top_reason"},
                    .rows = {}};
    for (const operate::CoverageDay& day : report.days) {
        listing.rows.push_back(
            {Cell::date(day.date), Cell::integer(day.expected), Cell::integer(day.predicted),
             Cell::integer(day.voided), Cell::integer(day.gaps),
             day.top_reason ? Cell::text(operate::to_string(*day.top_reason)).toned(Tone::kWarning)
                            : Cell()});
    }
    return listing;
}

Json coverage_json(const CoverageReport& report, CoverageParts parts) {
    Json document;
    const bool one_day = report.dates.from == report.dates.to;
    if (one_day) {
        document["date"] = to_string(report.dates.from);
    } else {
        document["from"] = to_string(report.dates.from);
        document["to"] = to_string(report.dates.to);
    }
    document["market"] = report.market;
    document["system"] = report.system_id ? Json(*report.system_id) : Json();
    document["expected"] = report.expected;
    document["predicted"] = report.predicted;
    document["voided"] = report.voided;
    document["gaps"] = json_rows(gap_listing(report));
    document["reasons"] = counts_json(report.reasons);
    document["void_reasons"] = counts_json(report.void_reasons);
    const auto& long_enough = report.played_ten_minutes;
    document["played_ten_minutes"] = {
        {"n", long_enough.n},
        {"predicted", long_enough.predicted},
        {"share", long_enough.n == 0 ? Json()
                                     : Json(static_cast<double>(long_enough.predicted) /
                                            static_cast<double>(long_enough.n))}};
    document["lines"] = {{"lined", report.lines.lined},
                         {"no_line_yet", report.lines.no_line_yet},
                         {"no_line", report.lines.no_line}};
    document["not_modelled"] = Json::object();
    for (const auto& [market, count] : report.not_modelled)
        document["not_modelled"][market] = count;
    if (parts.voids) document["voids"] = json_rows(void_listing(report));
    if (parts.trend) document["trend"] = json_rows(trend_listing(report));
    return document;
}

}  // namespace tipoff::serve
