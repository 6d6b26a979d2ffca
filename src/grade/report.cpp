#include "grade/report.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "conform/analytics_tables.h"
#include "forecast/line.h"
#include "forecast/prediction_tables.h"
#include "grade/history.h"
#include "grade/settle.h"

namespace tipoff::grade {
namespace {

using Key = std::pair<GameId, PlayerId>;

constexpr std::array kEdges{0.5, 1.0, 2.0, 3.0, 5.0};

/// A player game of the dates with what stood before it.
struct PlayerGameView {
    const conform::PlayerGame* row;
    Before before;
    double line;  ///< consensus before tip-off; NaN without one
};

bool comes_before(const Accuracy& a, const Accuracy& b) {
    return std::tie(a.game_id, a.player_id, a.system_id, a.origin, a.as_of, a.revision) <
           std::tie(b.game_id, b.player_id, b.system_id, b.origin, b.as_of, b.revision);
}

bool is_before_noon(const Accuracy& row) {
    return row.as_of.at < eastern_instant(row.game_date, {12, 0, 0});
}

/// Whether `a` is to be taken rather than `b`, two settlements of one player game and system.
bool is_preferred(const Accuracy& a, const Accuracy& b, AsOfChoice choice) {
    const bool live_a = a.origin == forecast::kOriginLive;
    const bool live_b = b.origin == forecast::kOriginLive;
    if (live_a != live_b) return live_a;
    if (choice == AsOfChoice::kMorning && is_before_noon(a) != is_before_noon(b)) return is_before_noon(a);
    return choice == AsOfChoice::kFirst ? a.as_of < b.as_of : a.as_of > b.as_of;
}

/// One settled row a player game and system, in the order of their keys.
std::vector<const Accuracy*> chosen_rows(std::vector<Accuracy>& rows, AsOfChoice choice) {
    std::ranges::sort(rows, comes_before);
    std::vector<const Accuracy*> chosen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!is_settlement(rows, i)) continue;
        const bool same = !chosen.empty() && chosen.back()->game_id == rows[i].game_id &&
                          chosen.back()->player_id == rows[i].player_id &&
                          chosen.back()->system_id == rows[i].system_id;
        if (!same) {
            chosen.push_back(&rows[i]);
        } else if (is_preferred(rows[i], *chosen.back(), choice)) {
            chosen.back() = &rows[i];
        }
    }
    return chosen;
}

Standing standing_of(const PlayerGameView& game) {
    return {.minutes = game.row->minutes,
            .prior_games = game.before.prior_games,
            .season_games = game.before.season_games,
            .last_10_minutes = game.before.last_10_minutes,
            .lined = !std::isnan(game.line)};
}

using PickKey = std::tuple<GameId, PlayerId, std::string, Instant, std::string>;

/// The main lines of each forecast, books in order.
using MainLines = std::map<PickKey, std::vector<forecast::Pick>>;

Expected<MainLines> main_lines(store::Database& database, const GradeRequest& request) {
    TIPOFF_TRY(auto picks, store::read_rows(database, forecast::kPick,
                                            "WHERE game_date BETWEEN $1 AND $2 AND market = $3 AND is_main_line "
                                            "ORDER BY game_id, player_id, system_id, as_of, origin, line_value, book",
                                            {request.dates.from, request.dates.to, std::string(to_string(request.market))}));
    MainLines lines;
    for (forecast::Pick& pick : picks) {
        lines[{pick.game_id, pick.player_id, pick.system_id, pick.as_of.at, pick.origin}].push_back(std::move(pick));
    }
    return lines;
}

Expected<std::map<Key, double>> consensus_lines(store::Database& database, const GradeRequest& request) {
    std::map<Key, double> lines;
    if (request.market != Market::kPoints) return lines;  // the contexts hold the consensus of points alone
    TIPOFF_TRY(const store::Columns rows,
               database.read("SELECT game_id, player_id, points_line FROM analytics.upcoming_player_game_context "
                             "WHERE game_date BETWEEN $1 AND $2 AND points_line IS NOT NULL",
                             {request.dates.from, request.dates.to}));
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        lines[{store::ColumnCodec<GameId>::get(rows.data[0], i), PlayerId{rows.data[1].integer(i)}}] = rows.data[2].number(i);
    }
    return lines;
}

/// The player games of the dates and season type, by game and player.
Expected<std::map<Key, PlayerGameView>> player_games(store::Database& database, const GradeRequest& request,
                                                     const std::vector<conform::PlayerGame>& all) {
    TIPOFF_TRY(const auto lines, consensus_lines(database, request));
    const History history(all);
    std::map<Key, PlayerGameView> views;
    for (const conform::PlayerGame& row : all) {
        if (row.game_date < request.dates.from || row.season_type != request.season_type) continue;
        const Key key{row.game_id, row.player_id};
        const auto line = lines.find(key);
        views[key] = {.row = &row,
                      .before = history.before(row.player_id, row.game_date, row.season),
                      .line = line == lines.end() ? kNone : line->second};
    }
    return views;
}

BetMeasures::Result result_of(double actual, double line, bool over) {
    if (actual == line) return BetMeasures::Result::kPushed;
    return (actual > line) == over ? BetMeasures::Result::kWon : BetMeasures::Result::kLost;
}

double decimal_or_unknown(const std::optional<std::int32_t>& price) {
    return price ? forecast::decimal_odds(*price) : kNone;
}

/// What the side pays at the book that pays best on the same line.
double best_price(const std::vector<forecast::Pick>& lines, double line, bool over) {
    double best = kNone;
    for (const forecast::Pick& pick : lines) {
        if (pick.line_value != line) continue;
        const double price = decimal_or_unknown(over ? pick.over_price : pick.under_price);
        if (std::isnan(best) || price > best) best = price;
    }
    return best;
}

/// A forecast against the main line of the middle book (the lower of two).
void add_line_results(SystemReport& report, const Accuracy& row, const std::vector<forecast::Pick>& lines) {
    const forecast::Pick& pick = lines[(lines.size() - 1) / 2];
    const auto actual = static_cast<double>(*row.actual);
    const auto price = [&pick](bool over) { return decimal_or_unknown(over ? pick.over_price : pick.under_price); };
    if (actual != pick.line_value) {
        report.probability.add(pick.p_over / (1 - pick.p_push), actual > pick.line_value);
    }
    if (pick.recommendation != forecast::to_string(forecast::Recommendation::kPass)) {
        const bool over = pick.recommendation == forecast::to_string(forecast::Recommendation::kOver);
        report.picks.add(result_of(actual, pick.line_value, over), price(over), best_price(lines, pick.line_value, over));
    }
    for (EdgeReport& edge : report.edges) {
        const double distance = row.mean - pick.line_value;
        if (std::abs(distance) < edge.min_edge) continue;
        const bool over = distance > 0;
        edge.bets.add(result_of(actual, pick.line_value, over), price(over), best_price(lines, pick.line_value, over));
    }
}

SystemReport empty_report(const std::string& system_id) {
    SystemReport report;
    report.system_id = system_id;
    for (const double edge : kEdges) report.edges.push_back({.min_edge = edge, .bets = {}});
    for (const Tier tier : kTiers) report.tiers.push_back({.name = std::string(to_string(tier)), .measures = {}});
    for (const auto* grade : {"A", "B", "C", "D"}) report.grades.push_back({.name = grade, .measures = {}});
    return report;
}

void add_graded(SystemReport& report, const Accuracy& row, bool shared) {
    report.measures.add(row);
    if (shared) report.shared.add(row);
    const auto tier = static_cast<std::size_t>(tier_of(row.last_10_points));
    report.tiers[tier].measures.add(row);
    for (SliceReport& slice : report.grades) {
        if (slice.name == row.quality_grade) slice.measures.add(row);
    }
}

/// The mean absolute error of a plain number over the population, and over the games that all systems share.
template <class ValueOf>
ReferenceReport reference(std::string name, const std::map<Key, PlayerGameView>& population,
                          const std::set<Key>& shared, Market market, ValueOf value_of) {
    ReferenceReport report;
    report.name = std::move(name);
    double error = 0, error_shared = 0;
    for (const auto& [key, game] : population) {
        const double value = value_of(game);
        const auto actual = outcome_of(*game.row, market);
        if (std::isnan(value) || !actual) continue;
        const double miss = std::abs(value - *actual);
        ++report.n;
        error += miss;
        if (!shared.contains(key)) continue;
        ++report.n_shared;
        error_shared += miss;
    }
    if (report.n > 0) report.mae = error / static_cast<double>(report.n);
    if (report.n_shared > 0) report.mae_shared = error_shared / static_cast<double>(report.n_shared);
    return report;
}

}  // namespace

std::string_view to_string(AsOfChoice choice) {
    switch (choice) {
        case AsOfChoice::kFirst: return "first";
        case AsOfChoice::kMorning: return "morning";
        case AsOfChoice::kLast: return "last";
    }
    throw InvariantBroken("an AsOfChoice without a name");
}

Expected<AsOfChoice> parse_as_of_choice(std::string_view text) {
    for (const AsOfChoice choice : {AsOfChoice::kFirst, AsOfChoice::kMorning, AsOfChoice::kLast}) {
        if (to_string(choice) == text) return choice;
    }
    return fail(ErrorCode::kUsage, "no choice of forecasts '" + std::string(text) + "'", "one of first, morning, last");
}

Expected<GradeReport> grade_report(store::Database& database, const GradeRequest& request) {
    const std::string market(to_string(request.market));
    TIPOFF_TRY(auto accuracy, store::read_rows(database, kAccuracy, "WHERE game_date BETWEEN $1 AND $2 AND market = $3",
                                               {request.dates.from, request.dates.to, market}));
    TIPOFF_TRY(const auto all, store::read_rows(database, conform::kPlayerGame, "WHERE game_date <= $1", {request.dates.to}));
    TIPOFF_TRY(auto games, player_games(database, request, all));
    TIPOFF_TRY(const MainLines lines, main_lines(database, request));
    std::erase_if(games, [&](const auto& entry) { return !contains(request.population, standing_of(entry.second)); });

    GradeReport report;
    report.request = request;
    report.population_n = static_cast<std::int64_t>(games.size());
    const auto chosen = chosen_rows(accuracy, request.as_of);
    std::map<std::string, SystemReport> systems;
    std::map<Key, std::size_t> forecasts;  // of the population, by how many systems
    for (const Accuracy* row : chosen) {
        systems.try_emplace(row->system_id, empty_report(row->system_id));
        if (row->outcome == kGraded && games.contains({row->game_id, row->player_id})) ++forecasts[{row->game_id, row->player_id}];
    }
    std::set<Key> shared;
    for (const auto& [key, count] : forecasts) {
        if (count == systems.size()) shared.insert(key);
    }
    for (const Accuracy* row : chosen) {
        SystemReport& system = systems.at(row->system_id);
        if (row->outcome != kGraded) {
            system.voided += row->season_type == request.season_type ? 1 : 0;
            continue;
        }
        const Key key{row->game_id, row->player_id};
        if (!games.contains(key)) continue;
        add_graded(system, *row, shared.contains(key));
        const auto found = lines.find({row->game_id, row->player_id, row->system_id, row->as_of.at, row->origin});
        if (found != lines.end()) add_line_results(system, *row, found->second);
    }
    for (auto& [id, system] : systems) report.systems.push_back(std::move(system));

    const auto place = static_cast<std::size_t>(request.market);
    report.references.push_back(reference("last_10_mean", games, shared, request.market,
                                          [place](const PlayerGameView& g) { return g.before.last_10[place]; }));
    report.references.push_back(reference("season_mean", games, shared, request.market,
                                          [place](const PlayerGameView& g) { return g.before.season_mean[place]; }));
    report.references.push_back(
        reference("line", games, shared, request.market, [](const PlayerGameView& g) { return g.line; }));
    return report;
}

Expected<std::int64_t> ungraded_games(store::Database& database, const store::DateScope& dates) {
    TIPOFF_TRY(const store::Columns rows,
               database.read("SELECT CAST(count(*) AS BIGINT) FROM analytics.game g WHERE g.game_date BETWEEN $1 AND $2 "
                             "AND g.status = 'final' AND EXISTS (SELECT 1 FROM predictions.player_prop_prediction p "
                             "WHERE p.game_id = g.game_id) AND NOT EXISTS (SELECT 1 FROM "
                             "predictions.prediction_accuracy a WHERE a.game_id = g.game_id)",
                             {dates.from, dates.to}));
    return rows.data[0].integer(0);
}

}  // namespace tipoff::grade
