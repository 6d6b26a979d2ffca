#include "operate/board.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <tuple>

#include "base/names.h"
#include "collect/teams.h"
#include "forecast/line.h"
#include "operate/live.h"

namespace tipoff::operate {
namespace {

/// Of each game the newest forecasts of each system (by the instant asked for), live before
/// backfill; with what the newest earlier ones said that said something else. A batch may be of
/// some systems: the others' last word stands.
constexpr std::string_view kBoard = R"sql(
WITH forecast AS (
    SELECT * FROM predictions.player_prop_prediction
    WHERE game_date = $1 AND market = $2 AND (CAST($3 AS TIMESTAMPTZ) IS NULL OR as_of <= $3)
), look AS (
    SELECT game_id, system_id, origin, max(as_of) AS as_of,
           row_number() OVER (PARTITION BY game_id, system_id ORDER BY origin DESC) AS place
    FROM forecast GROUP BY game_id, system_id, origin
), newest AS (
    SELECT f.*, p.book, p.line_value, p.over_price, p.under_price, p.p_no_vig, p.p_over, p.p_push, p.edge, p.ev,
           p.fair_line, p.recommendation, p.reason, p.is_main_line
    FROM look l JOIN forecast f ON f.game_id = l.game_id AND f.system_id = l.system_id AND f.origin = l.origin
        AND f.as_of = l.as_of
    LEFT JOIN predictions.pick p ON p.game_id = f.game_id AND p.player_id = f.player_id AND p.market = f.market
        AND p.system_id = f.system_id AND p.as_of = f.as_of AND p.origin = f.origin AND p.game_date = $1
    WHERE l.place = 1
), earlier AS (
    SELECT n.game_id, n.player_id, n.system_id, n.book, n.line_value AS line_now, o.as_of, o.mean, o.p_plays,
           q.line_value, q.recommendation,
           row_number() OVER (PARTITION BY n.game_id, n.player_id, n.system_id, n.book, n.line_value
                              ORDER BY o.as_of DESC) AS place
    FROM newest n JOIN forecast o ON o.game_id = n.game_id AND o.player_id = n.player_id
        AND o.system_id = n.system_id AND o.origin = n.origin AND o.as_of < n.as_of
    LEFT JOIN predictions.pick q ON q.game_id = o.game_id AND q.player_id = o.player_id AND q.market = o.market
        AND q.system_id = o.system_id AND q.as_of = o.as_of AND q.origin = o.origin AND q.game_date = $1
        AND q.book = n.book AND q.is_main_line AND n.is_main_line
    WHERE o.mean <> n.mean OR o.sd <> n.sd OR o.p_plays <> n.p_plays
        OR (n.is_main_line AND (q.line_value IS DISTINCT FROM n.line_value
                                OR q.recommendation IS DISTINCT FROM n.recommendation))
)
SELECT f.game_id, g.tip_off, f.player_id, coalesce(c.player_name, n.player_name, ''), f.team_id, f.opponent_team_id,
       coalesce(c.injury_status, ''), f.p_plays, f.minutes, f.system_id, f.mean, f.median, f.sd, f.quality_grade, f.as_of,
       f.book, f.line_value, f.over_price, f.under_price, f.p_no_vig, f.p_over, f.p_push, f.edge, f.ev, f.fair_line,
       coalesce(f.recommendation, ''), coalesce(f.reason, ''), coalesce(f.is_main_line, TRUE),
       e.as_of, e.mean, e.p_plays, e.line_value, coalesce(e.recommendation, ''), g.home_team_id{}
FROM newest f JOIN analytics.game g ON g.game_id = f.game_id
LEFT JOIN analytics.upcoming_player_game_context c ON c.game_id = f.game_id AND c.player_id = f.player_id
LEFT JOIN ref.player n ON n.player_id = f.player_id
LEFT JOIN earlier e ON e.game_id = f.game_id AND e.player_id = f.player_id AND e.system_id = f.system_id
    AND e.book IS NOT DISTINCT FROM f.book AND e.line_now IS NOT DISTINCT FROM f.line_value AND e.place = 1
ORDER BY g.tip_off, f.game_id, f.team_id, f.player_id, f.system_id, f.book, f.line_value
)sql";

/// What a wide row has besides.
constexpr std::string_view kWide =
    ", f.quantile_025, f.quantile_10, f.quantile_25, f.quantile_75, f.quantile_90, f.quantile_975, "
    "f.contributions";

enum Place : std::size_t {
    kGame,
    kTipOff,
    kPlayer,
    kName,
    kTeam,
    kOpponent,
    kStatus,
    kPPlays,
    kMinutes,
    kSystem,
    kMean,
    kMedian,
    kSd,
    kGrade,
    kAsOf,
    kBook,
    kLine,
    kOver,
    kUnder,
    kPNoVig,
    kPOver,
    kPPush,
    kEdge,
    kEv,
    kFairLine,
    kRecommendation,
    kReason,
    kIsMain,
    kBeforeAsOf,
    kBeforeMean,
    kBeforePPlays,
    kBeforeLine,
    kBeforeRecommendation,
    kHome,
    kQuantile025,
    kQuantile10,
    kQuantile25,
    kQuantile75,
    kQuantile90,
    kQuantile975,
    kContributions
};

std::string tricode(std::int64_t team_id) {
    const collect::Team* team = collect::find_team(TeamId{team_id});
    return team == nullptr ? std::string() : team->tricode;
}

std::optional<SaidBefore> said_before(const std::vector<store::Column>& data, std::size_t i) {
    if (data[kBeforeAsOf].is_null(i)) return std::nullopt;
    const auto number = [&](Place place) {
        return store::ColumnCodec<double>::get(data[place], i);
    };
    return SaidBefore{.as_of = store::ColumnCodec<AsOf>::get(data[kBeforeAsOf], i),
                      .mean = number(kBeforeMean),
                      .p_plays = number(kBeforePPlays),
                      .line = number(kBeforeLine),
                      .recommendation = std::string(data[kBeforeRecommendation].text(i))};
}

BoardRow row_of(const store::Columns& columns, std::size_t i) {
    const auto& data = columns.data;
    const auto number = [&](Place place) {
        return store::ColumnCodec<double>::get(data[place], i);
    };
    const auto text = [&](Place place) { return std::string(data[place].text(i)); };
    const auto whole = [&](Place place) {
        return static_cast<std::int32_t>(data[place].integer(i));
    };
    const auto price = [&](Place place) -> std::optional<std::int32_t> {
        if (data[place].is_null(i)) return std::nullopt;
        return whole(place);
    };
    return {.game_id = store::ColumnCodec<GameId>::get(data[kGame], i),
            .tip_off = store::ColumnCodec<Instant>::get(data[kTipOff], i),
            .player_id = PlayerId{data[kPlayer].integer(i)},
            .player = text(kName),
            .team = tricode(data[kTeam].integer(i)),
            .opponent = tricode(data[kOpponent].integer(i)),
            .status = text(kStatus),
            .p_plays = number(kPPlays),
            .minutes = number(kMinutes),
            .market = {},
            .book = data[kBook].is_null(i) ? std::nullopt : std::optional(text(kBook)),
            .line = number(kLine),
            .over_price = price(kOver),
            .under_price = price(kUnder),
            .p_no_vig = number(kPNoVig),
            .system_id = text(kSystem),
            .mean = number(kMean),
            .median = whole(kMedian),
            .sd = number(kSd),
            .p_over = number(kPOver),
            .p_push = number(kPPush),
            .edge = number(kEdge),
            .ev = number(kEv),
            .fair_line = number(kFairLine),
            .grade = text(kGrade),
            .recommendation = text(kRecommendation),
            .reason = text(kReason),
            .before = said_before(data, i),
            .is_home = data[kTeam].integer(i) == data[kHome].integer(i),
            .quantiles = {},
            .contributions = {}};
}

void widen(BoardRow& row, const store::Columns& columns, std::size_t i) {
    const auto whole = [&](Place place) {
        return static_cast<std::int32_t>(columns.data[place].integer(i));
    };
    row.quantiles = {whole(kQuantile025), whole(kQuantile10), whole(kQuantile25), row.median,
                     whole(kQuantile75),  whole(kQuantile90), whole(kQuantile975)};
    row.contributions = columns.data[kContributions].text(i);
}

bool is_wanted(const BoardRow& row, const BoardRequest& request) {
    if (request.system_id && row.system_id != *request.system_id) return false;
    if (request.book && row.book != request.book) return false;
    if (request.player &&
        fold_name(row.player).find(fold_name(*request.player)) == std::string::npos)
        return false;
    return !request.min_edge || std::abs(row.edge) >= *request.min_edge;
}

/// What the recommended side (or the better one) pays back; without a price, nothing.
double payout(const BoardRow& row) {
    const auto& price = row.edge >= 0 ? row.over_price : row.under_price;
    return price ? forecast::decimal_odds(*price) : 0;
}

/// Of the rows of one player, system and line, the one whose book pays best.
std::vector<BoardRow> best_prices(const std::vector<BoardRow>& rows) {
    std::vector<BoardRow> best;
    const auto key = [](const BoardRow& row) {
        // An unknown line is one key as well: NaN would differ from itself.
        return std::tuple(row.game_id, row.player_id, row.system_id, row.book.has_value(),
                          row.book ? row.line : 0);
    };
    for (const BoardRow& row : rows) {
        const auto same = std::ranges::find_if(
            best, [&](const BoardRow& other) { return key(other) == key(row); });
        if (same == best.end()) {
            best.push_back(row);
        } else if (payout(row) > payout(*same)) {
            *same = row;
        }
    }
    return best;
}

/// By tip-off, game and team; within a team the player of whom a system expects most comes first,
/// with all of his rows.
void sort_by_greatest_mean(std::vector<BoardRow>& rows) {
    std::map<std::pair<GameId, PlayerId>, double> greatest;
    for (const BoardRow& row : rows) {
        double& mean = greatest[{row.game_id, row.player_id}];
        mean = std::max(mean, row.mean);
    }
    std::ranges::stable_sort(rows, [&greatest](const BoardRow& a, const BoardRow& b) {
        const double mean_a = greatest.at({a.game_id, a.player_id});
        const double mean_b = greatest.at({b.game_id, b.player_id});
        return std::tie(a.tip_off, a.game_id, a.team, mean_b, a.player_id) <
               std::tie(b.tip_off, b.game_id, b.team, mean_a, b.player_id);
    });
}

}  // namespace

Expected<Board> board(store::Database& database, const BoardRequest& request) {
    Board made;
    made.date = request.date;
    const store::Value as_of =
        request.as_of ? store::Value(request.as_of->at) : store::Value(nullptr);
    TIPOFF_TRY(const store::Columns columns,
               database.read(fmt::format(kBoard, request.is_wide ? kWide : ""),
                             {request.date, request.market, as_of}));
    for (std::size_t i = 0; i < columns.rows(); ++i) {
        const bool is_alternate = columns.data[kIsMain].integer(i) == 0;
        if (is_alternate && !request.alternates) continue;
        BoardRow row = row_of(columns, i);
        row.market = request.market;
        if (request.is_wide) widen(row, columns, i);
        made.is_simulated = made.is_simulated || is_simulated(row.game_id);
        const AsOf looked_from = store::ColumnCodec<AsOf>::get(columns.data[kAsOf], i);
        made.as_of = std::max(made.as_of.value_or(looked_from), looked_from);
        if (is_wanted(row, request)) made.rows.push_back(std::move(row));
    }
    if (request.best_price) made.rows = best_prices(made.rows);
    sort_by_greatest_mean(made.rows);
    return made;
}

Expected<Board> board_of_markets(store::Database& database, const BoardRequest& request,
                                 std::span<const Market> markets) {
    std::vector<Market> all(markets.begin(), markets.end());
    if (all.empty()) {
        TIPOFF_TRY(all, forecast_markets(database, {request.date, request.date}));
    }
    Board made;
    made.date = request.date;
    BoardRequest one = request;
    for (const Market market : all) {
        one.market = to_string(market);
        TIPOFF_TRY(Board of_market, board(database, one));
        made.as_of = std::max(made.as_of, of_market.as_of);
        made.is_simulated = made.is_simulated || of_market.is_simulated;
        std::ranges::move(of_market.rows, std::back_inserter(made.rows));
    }
    sort_by_greatest_mean(made.rows);
    return made;
}

}  // namespace tipoff::operate
