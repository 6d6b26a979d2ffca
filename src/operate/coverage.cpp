#include "operate/coverage.h"

#include "collect/teams.h"
#include "conform/market.h"

namespace tipoff::operate {
namespace {

/// One row for every player who is expected for any reason: from the grid, from the contexts, from
/// the results. A box row in a game that is over without a row of the grid can only be known from a
/// roster. Who did not play is known from a box score, not from a final score alone.
constexpr std::string_view kExpectedPlayers = R"sql(
WITH games AS (
    SELECT game_id, game_date, CASE WHEN player_rows = 0 AND status = 'final' THEN 'no box score'
                                    ELSE status END AS status
    FROM analytics.game WHERE game_date BETWEEN $1 AND $2
), grid AS (
    SELECT game_id, player_id, outcome, reason, detail FROM ops.expectation
    WHERE game_date BETWEEN $1 AND $2 AND market = $3
), context AS (
    SELECT game_id, player_id, player_name, team_id FROM analytics.upcoming_player_game_context
    WHERE game_date BETWEEN $1 AND $2
), played AS (
    SELECT game_id, player_id, player_name, team_id FROM analytics.player_game_summary
    WHERE game_date BETWEEN $1 AND $2
), featured AS (
    SELECT game_id, player_id FROM features.feature_store WHERE game_date BETWEEN $1 AND $2
), everyone AS (
    SELECT game_id, player_id FROM grid UNION SELECT game_id, player_id FROM context
    UNION SELECT game_id, player_id FROM played
)
SELECT g.game_date, e.game_id, e.player_id, coalesce(c.player_name, p.player_name, n.player_name, ''),
       coalesce(p.team_id, c.team_id, 0), g.status, r.outcome, coalesce(r.reason, ''), coalesce(r.detail, ''),
       c.player_id IS NOT NULL, p.player_id IS NOT NULL, f.player_id IS NOT NULL,
       EXISTS (SELECT 1 FROM analytics.upcoming_team_game_context x WHERE x.game_id = e.game_id)
FROM everyone e JOIN games g USING (game_id)
LEFT JOIN grid r ON r.game_id = e.game_id AND r.player_id = e.player_id
LEFT JOIN context c ON c.game_id = e.game_id AND c.player_id = e.player_id
LEFT JOIN played p ON p.game_id = e.game_id AND p.player_id = e.player_id
LEFT JOIN featured f ON f.game_id = e.game_id AND f.player_id = e.player_id
LEFT JOIN ref.player n ON n.player_id = e.player_id
ORDER BY g.game_date, e.game_id, e.player_id
)sql";

constexpr std::string_view kQuotedMarkets = R"sql(
SELECT market, CAST(count(*) AS BIGINT) FROM (
    SELECT DISTINCT market, game_id, player_id FROM raw.prop_line
    WHERE game_date BETWEEN $1 AND $2 AND NOT in_play)
GROUP BY market ORDER BY market
)sql";

struct ExpectedPlayer {
    bool in_grid, in_context, played, has_features, game_has_context;
    std::string outcome, status, reason, detail;
};

enum class Fate { kPredicted, kVoided, kGap };

Fate fate_of(const ExpectedPlayer& player) {
    const bool over = player.status == "final";
    const bool postponed = player.status == "postponed";
    if (postponed || (over && !player.played)) return Fate::kVoided;
    return player.in_grid && player.outcome == "predicted" ? Fate::kPredicted : Fate::kGap;
}

GapReason reason_of(const ExpectedPlayer& player) {
    if (player.in_grid) {
        const auto reason = parse_gap_reason(player.reason);
        require(reason.has_value(), "a gap in the grid without a reason of the closed list");
        return *reason;
    }
    if (!player.game_has_context) return GapReason::kContextNotRun;
    if (!player.in_context) return GapReason::kNoRosterSource;
    return player.has_features ? GapReason::kForecastsNotRun : GapReason::kFeaturesNotRun;
}

bool is_modelled(std::string_view market) { return find_market(market).has_value(); }

}  // namespace

Expected<CoverageReport> coverage(store::Database& database, store::DateScope dates,
                                  std::string_view market) {
    CoverageReport report;
    report.dates = dates;
    report.market = market;
    TIPOFF_TRY(const store::Columns rows,
               database.read(kExpectedPlayers, {dates.from, dates.to, std::string(market)}));
    const auto text = [&rows](std::size_t column, std::size_t row) {
        return rows.data[column].is_null(row) ? std::string()
                                              : std::string(rows.data[column].text(row));
    };
    const auto flag = [&rows](std::size_t column, std::size_t row) {
        return rows.data[column].integer(row) != 0;
    };
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const ExpectedPlayer player{.in_grid = !rows.data[6].is_null(i),
                                    .in_context = flag(9, i),
                                    .played = flag(10, i),
                                    .has_features = flag(11, i),
                                    .game_has_context = flag(12, i),
                                    .outcome = text(6, i),
                                    .status = text(5, i),
                                    .reason = text(7, i),
                                    .detail = text(8, i)};
        ++report.expected;
        switch (fate_of(player)) {
            case Fate::kPredicted: ++report.predicted; break;
            case Fate::kVoided: ++report.voided; break;
            case Fate::kGap: {
                const GapReason reason = reason_of(player);
                ++report.reasons[reason];
                const collect::Team* team = collect::find_team(TeamId{rows.data[4].integer(i)});
                report.gaps.push_back({.date = store::ColumnCodec<GameDate>::get(rows.data[0], i),
                                       .game_id = store::ColumnCodec<GameId>::get(rows.data[1], i),
                                       .player_id = PlayerId{rows.data[2].integer(i)},
                                       .player = text(3, i),
                                       .team = team == nullptr ? std::string() : team->tricode,
                                       .reason = reason,
                                       .detail = player.detail.empty()
                                                     ? std::string(explanation(reason))
                                                     : player.detail});
            }
        }
    }
    require(report.expected ==
                report.predicted + report.voided + static_cast<std::int64_t>(report.gaps.size()),
            "coverage does not add up");

    TIPOFF_TRY(const store::Columns markets, database.read(kQuotedMarkets, {dates.from, dates.to}));
    for (std::size_t i = 0; i < markets.rows(); ++i) {
        if (!is_modelled(markets.data[0].text(i))) {
            report.not_modelled[std::string(markets.data[0].text(i))] = markets.data[1].integer(i);
        }
    }
    return report;
}

}  // namespace tipoff::operate
