#include "operate/board.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/names.h"
#include "collect/teams.h"
#include "forecast/line.h"

namespace tipoff::operate {
namespace {

/// The newest forecast of each player and system (or the one asked for), live before backfill; with
/// the newest earlier one that differs.
constexpr std::string_view kBoard = R"sql(
WITH forecast AS (
    SELECT *, row_number() OVER (PARTITION BY game_id, player_id, market, system_id
                                 ORDER BY origin DESC, as_of DESC) AS place
    FROM predictions.player_prop_prediction
    WHERE game_date = $1 AND market = $2 AND ($3 IS NULL OR as_of = $3)
), newest AS (
    SELECT * FROM forecast WHERE place = 1
)
SELECT f.game_id, g.tip_off, f.player_id, coalesce(c.player_name, n.player_name, ''), f.team_id, f.opponent_team_id,
       coalesce(c.injury_status, ''), f.p_plays, f.minutes, f.system_id, f.mean, f.median, f.sd, f.quality_grade, f.as_of,
       p.book, p.line_value, p.over_price, p.under_price, p.p_no_vig, p.p_over, p.p_push, p.edge, p.ev, p.fair_line,
       coalesce(p.recommendation, ''), coalesce(p.reason, ''), coalesce(p.is_main_line, TRUE),
       (SELECT max(o.as_of) FROM predictions.player_prop_prediction o
        WHERE o.game_id = f.game_id AND o.player_id = f.player_id AND o.market = f.market
          AND o.system_id = f.system_id AND o.as_of < f.as_of AND (o.mean <> f.mean OR o.sd <> f.sd))
FROM newest f JOIN analytics.game g ON g.game_id = f.game_id
LEFT JOIN analytics.upcoming_player_game_context c ON c.game_id = f.game_id AND c.player_id = f.player_id
LEFT JOIN ref.player n ON n.player_id = f.player_id
LEFT JOIN predictions.pick p ON p.game_id = f.game_id AND p.player_id = f.player_id AND p.market = f.market
    AND p.system_id = f.system_id AND p.as_of = f.as_of AND p.origin = f.origin
ORDER BY g.tip_off, f.game_id, f.team_id, f.player_id, f.system_id, p.book, p.line_value
)sql";

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
    kChanged
};

std::string tricode(std::int64_t team_id) {
    const collect::Team* team = collect::find_team(TeamId{team_id});
    return team == nullptr ? std::string() : team->tricode;
}

BoardRow row_of(const store::Columns& columns, std::size_t i) {
    const auto& data = columns.data;
    const auto number = [&](Place place) {
        return store::ColumnCodec<double>::get(data[place], i);
    };
    const auto text = [&](Place place) { return std::string(data[place].text(i)); };
    const auto price = [&](Place place) -> std::optional<std::int32_t> {
        if (data[place].is_null(i)) return std::nullopt;
        return static_cast<std::int32_t>(data[place].integer(i));
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
            .median = static_cast<std::int32_t>(data[kMedian].integer(i)),
            .sd = number(kSd),
            .p_over = number(kPOver),
            .p_push = number(kPPush),
            .edge = number(kEdge),
            .ev = number(kEv),
            .fair_line = number(kFairLine),
            .grade = text(kGrade),
            .recommendation = text(kRecommendation),
            .reason = text(kReason),
            .changed_since = store::ColumnCodec<std::optional<AsOf>>::get(data[kChanged], i)};
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
               database.read(kBoard, {request.date, request.market, as_of}));
    for (std::size_t i = 0; i < columns.rows(); ++i) {
        const bool is_alternate = columns.data[kIsMain].integer(i) == 0;
        if (is_alternate && !request.alternates) continue;
        BoardRow row = row_of(columns, i);
        row.market = request.market;
        made.is_simulated = made.is_simulated || is_simulated(row.game_id);
        const AsOf looked_from = store::ColumnCodec<AsOf>::get(columns.data[kAsOf], i);
        made.as_of = std::max(made.as_of.value_or(looked_from), looked_from);
        if (is_wanted(row, request)) made.rows.push_back(std::move(row));
    }
    if (request.best_price) made.rows = best_prices(made.rows);
    sort_by_greatest_mean(made.rows);
    return made;
}

}  // namespace tipoff::operate
