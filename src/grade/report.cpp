#include "grade/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "forecast/line.h"
#include "grade/history.h"
#include "grade/settle.h"

namespace tipoff::grade {
namespace {

constexpr std::array kEdges{0.0, 1.0, 2.0, 3.0, 5.0};
constexpr std::array<std::string_view, 4> kQualityGrades{"A", "B", "C", "D"};

/// A player game of the population.
struct PopulationGame {
    GameId game_id;
    PlayerId player_id;
    std::int32_t actual = 0;
    Before before;
    double line = kNone;  ///< consensus before tip-off
    bool is_line_undated = false;
    std::size_t forecasts = 0;  ///< by how many systems
};

auto place(const auto& row) { return std::tuple(row.game_id, row.player_id); }

Standing standing_of(const PopulationGame& game, const conform::PlayerGame& row) {
    return {.minutes = row.minutes,
            .prior_games = game.before.prior_games,
            .season_games = game.before.season_games,
            .last_10_minutes = game.before.last_10_minutes,
            .lined = !std::isnan(game.line)};
}

/// By game and player.
std::vector<PopulationGame> population_of(const ReportFacts& facts, const GradeRequest& request) {
    const History history(facts.player_games);
    std::vector<PopulationGame> population;
    for (const conform::PlayerGame& row : facts.player_games) {
        if (row.game_date < request.dates.from || row.game_date > request.dates.to) continue;
        const auto actual = outcome_of(row, request.market);
        if (row.season_type != request.season_type || !actual) continue;
        PopulationGame game;
        game.game_id = row.game_id;
        game.player_id = row.player_id;
        game.actual = *actual;
        game.before = history.before(row.player_id, row.game_date, row.season);
        if (const auto line = facts.lines.consensus(row.game_id, row.player_id)) {
            game.line = line->line_value;
            game.is_line_undated = line->undated_lines > 0;
        }
        if (contains(request.population, standing_of(game, row))) population.push_back(game);
    }
    std::ranges::sort(population, {}, place<PopulationGame>);
    return population;
}

/// Nothing where the player game is not of the population.
PopulationGame* find_game(std::vector<PopulationGame>& population, const Accuracy& row) {
    const auto found = std::ranges::lower_bound(population, place(row), {}, place<PopulationGame>);
    return found != population.end() && place(*found) == place(row) ? &*found : nullptr;
}

/// What came of a forecast: as first settled, and as newest revised.
struct Grade {
    const Accuracy* settled;
    const Accuracy* newest;
};

bool comes_before(const Accuracy* a, const Accuracy* b) {
    const auto key = [](const Accuracy& row) {
        return std::tie(row.game_id, row.player_id, row.system_id, row.origin, row.as_of,
                        row.revision);
    };
    return key(*a) < key(*b);
}

bool is_before_noon(const Accuracy& row) {
    return row.as_of.at < eastern_instant(row.game_date, {12, 0, 0});
}

/// Whether `a` counts rather than `b`, two forecasts of one player game and system.
bool is_preferred(const Accuracy& a, const Accuracy& b, AsOfChoice choice) {
    const bool is_live = a.origin == forecast::kOriginLive;
    if (is_live != (b.origin == forecast::kOriginLive)) return is_live;
    return choice == AsOfChoice::kFirst ? a.as_of < b.as_of : a.as_of > b.as_of;
}

/// One forecast a player game and system, by game, player and system.
std::vector<Grade> chosen_grades(const std::vector<Accuracy>& accuracy, AsOfChoice choice) {
    std::vector<const Accuracy*> rows;
    rows.reserve(accuracy.size());
    for (const Accuracy& row : accuracy)
        rows.push_back(&row);
    std::ranges::sort(rows, comes_before);

    std::vector<Grade> chosen;
    for (std::size_t first = 0, next = 0; first < rows.size(); first = next) {
        while (next < rows.size() && is_same_forecast(*rows[first], *rows[next]))
            ++next;
        const Grade grade{rows[first], rows[next - 1]};
        if (choice == AsOfChoice::kMorning && !is_before_noon(*grade.settled)) continue;
        const bool is_first_of_system =
            chosen.empty() || place(*chosen.back().settled) != place(*grade.settled) ||
            chosen.back().settled->system_id != grade.settled->system_id;
        if (is_first_of_system) {
            chosen.push_back(grade);
        } else if (is_preferred(*grade.settled, *chosen.back().settled, choice)) {
            chosen.back() = grade;
        }
    }
    return chosen;
}

auto forecast_key(const auto& row) {
    return std::tie(row.game_id, row.player_id, row.system_id, row.as_of, row.origin);
}

/// The main lines of all forecasts, each one's by line and book.
class MainLines {
public:
    explicit MainLines(const std::vector<forecast::Pick>& picks) {
        for (const forecast::Pick& pick : picks)
            picks_.push_back(&pick);
        std::ranges::sort(picks_, [](const auto* a, const auto* b) {
            return std::tuple_cat(forecast_key(*a), std::tie(a->line_value, a->book)) <
                   std::tuple_cat(forecast_key(*b), std::tie(b->line_value, b->book));
        });
    }

    [[nodiscard]] std::span<const forecast::Pick* const> of(const Accuracy& row) const {
        const auto found = std::ranges::equal_range(
            picks_, forecast_key(row), {}, [](const auto* pick) { return forecast_key(*pick); });
        return {found.begin(), found.end()};
    }

private:
    std::vector<const forecast::Pick*> picks_;
};

enum class BetSide : std::uint8_t { kOver, kUnder };

std::optional<BetSide> recommended_side(const forecast::Pick& pick) {
    using forecast::Recommendation;
    if (pick.recommendation == to_string(Recommendation::kOver)) return BetSide::kOver;
    if (pick.recommendation == to_string(Recommendation::kUnder)) return BetSide::kUnder;
    return std::nullopt;
}

BetMeasures::Result result_of(std::int32_t actual, double line, BetSide side) {
    if (actual == line) return BetMeasures::Result::kPushed;
    const bool won = (actual > line) == (side == BetSide::kOver);
    return won ? BetMeasures::Result::kWon : BetMeasures::Result::kLost;
}

double decimal_price(const forecast::Pick& pick, BetSide side) {
    const auto& price = side == BetSide::kOver ? pick.over_price : pick.under_price;
    return price ? forecast::decimal_odds(*price) : kNone;
}

/// What the side pays at the book that pays best on the same main line.
double best_price(std::span<const forecast::Pick* const> lines, double line, BetSide side) {
    double best = kNone;
    for (const forecast::Pick* pick : lines) {
        if (pick->line_value == line) best = std::fmax(best, decimal_price(*pick, side));
    }
    return best;
}

/// Against the line with which the same book closed, where that is a later one.
void add_closing_line(ClosingLineMeasures& clv, const forecast::Pick& pick, BetSide side,
                      const MarketLines& lines) {
    const auto taken = lines.line_at(pick.game_id, pick.player_id, pick.book, pick.as_of);
    const auto closing = lines.closing_line(pick.game_id, pick.player_id, pick.book);
    if (!taken || !closing || closing->snapshot <= taken->snapshot) return;
    const double sign = side == BetSide::kOver ? 1 : -1;
    const bool is_unmoved = closing->line_value == pick.line_value;
    clv.add(sign * (closing->line_value - pick.line_value),
            is_unmoved ? sign * (closing->p_over - pick.p_no_vig) : kNone);
}

/// A forecast against the main line of the middle book.
void add_bets(SystemReport& report, const Accuracy& settled,
              std::span<const forecast::Pick* const> main_lines, const MarketLines& lines) {
    if (main_lines.empty()) return;
    const forecast::Pick& pick = *main_lines[(main_lines.size() - 1) / 2];
    const std::int32_t actual = *settled.actual;
    const auto bet = [&](BetMeasures& bets, BetSide side) {
        bets.add(result_of(actual, pick.line_value, side), decimal_price(pick, side),
                 best_price(main_lines, pick.line_value, side));
    };
    if (actual != pick.line_value) {
        report.probability.add(pick.p_over / (1 - pick.p_push), actual > pick.line_value);
    }
    if (const auto side = recommended_side(pick)) {
        bet(report.picks, *side);
        add_closing_line(report.clv, pick, *side, lines);
    }
    const double distance = settled.mean - pick.line_value;
    if (distance == 0) return;
    for (EdgeReport& edge : report.edges) {
        if (std::abs(distance) < edge.min_edge) continue;
        bet(edge.bets, distance > 0 ? BetSide::kOver : BetSide::kUnder);
    }
}

SystemReport empty_report(const std::string& system_id) {
    SystemReport report;
    report.system_id = system_id;
    for (const double edge : kEdges)
        report.edges.push_back({.min_edge = edge, .bets = {}});
    for (const Tier tier : kTiers) {
        report.tiers.push_back({.name = std::string(to_string(tier)), .measures = {}});
    }
    for (const std::string_view grade : kQualityGrades) {
        report.grades.push_back({.name = std::string(grade), .measures = {}});
    }
    return report;
}

void add_errors(SystemReport& report, const Accuracy& row, bool is_shared) {
    report.measures.add(row);
    if (is_shared) report.shared.add(row);
    (row.origin == forecast::kOriginLive ? report.live : report.backfill) += 1;
    report.tiers[static_cast<std::size_t>(tier_of(row.last_10_points))].measures.add(row);
    for (SliceReport& slice : report.grades) {
        if (slice.name == row.quality_grade) slice.measures.add(row);
    }
}

/// The mean absolute error of a plain number, over the population and over what all systems share.
template <class ValueOf>
ReferenceReport reference(std::string name, std::span<const PopulationGame> population,
                          std::size_t systems, ValueOf value_of) {
    ReferenceReport report;
    report.name = std::move(name);
    double error = 0, error_shared = 0;
    for (const PopulationGame& game : population) {
        const double value = value_of(game);
        if (std::isnan(value)) continue;
        const double miss = std::abs(value - game.actual);
        ++report.n;
        error += miss;
        if (systems == 0 || game.forecasts < systems) continue;
        ++report.n_shared;
        error_shared += miss;
    }
    if (report.n > 0) report.mae = error / static_cast<double>(report.n);
    if (report.n_shared > 0) {
        report.mae_shared = error_shared / static_cast<double>(report.n_shared);
    }
    return report;
}

std::vector<ReferenceReport> references(std::span<const PopulationGame> population,
                                        std::size_t systems, Market market) {
    const auto place_of_market = static_cast<std::size_t>(market);
    return {reference("last_10_mean", population, systems,
                      [=](const auto& game) { return game.before.last_10[place_of_market]; }),
            reference("season_mean", population, systems,
                      [=](const auto& game) { return game.before.season_mean[place_of_market]; }),
            reference("line", population, systems, [](const auto& game) { return game.line; })};
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
    return fail(ErrorCode::kUsage, "no choice of forecasts '" + std::string(text) + "'",
                "one of first, morning, last");
}

GradeReport build_report(const ReportFacts& facts, const GradeRequest& request) {
    std::vector<PopulationGame> population = population_of(facts, request);
    const std::vector<Grade> grades = chosen_grades(facts.accuracy, request.as_of);
    const MainLines main_lines(facts.picks);

    std::map<std::string, SystemReport> systems;
    for (const Grade& grade : grades) {
        systems.try_emplace(grade.newest->system_id, empty_report(grade.newest->system_id));
        if (grade.newest->outcome != kGraded) continue;
        if (PopulationGame* game = find_game(population, *grade.newest)) ++game->forecasts;
    }
    for (const Grade& grade : grades) {
        SystemReport& system = systems.at(grade.newest->system_id);
        if (grade.newest->outcome != kGraded) {
            system.voided += grade.newest->season_type == request.season_type ? 1 : 0;
            continue;
        }
        const PopulationGame* game = find_game(population, *grade.newest);
        if (game == nullptr) continue;
        add_errors(system, *grade.newest, game->forecasts == systems.size());
        add_bets(system, *grade.settled, main_lines.of(*grade.settled), facts.lines);
    }

    GradeReport report;
    report.request = request;
    report.population_n = static_cast<std::int64_t>(population.size());
    report.undated_lines = std::ranges::count_if(population, &PopulationGame::is_line_undated);
    for (auto& [id, system] : systems)
        report.systems.push_back(std::move(system));
    report.references = references(population, systems.size(), request.market);
    return report;
}

Expected<GradeReport> grade_report(store::Database& database, const GradeRequest& request) {
    TIPOFF_TRY(const ReportFacts facts, read_report_facts(database, request.dates, request.market));
    return build_report(facts, request);
}

Expected<std::int64_t> ungraded_games(store::Database& database, const store::DateScope& dates) {
    TIPOFF_TRY(const store::Columns rows,
               database.read("SELECT CAST(count(*) AS BIGINT) FROM analytics.game g "
                             "WHERE g.game_date BETWEEN $1 AND $2 "
                             "AND g.status = 'final' AND g.player_rows > 0 "
                             "AND EXISTS (SELECT 1 FROM predictions.player_prop_prediction p "
                             "WHERE p.game_id = g.game_id) "
                             "AND NOT EXISTS (SELECT 1 FROM predictions.prediction_accuracy a "
                             "WHERE a.game_id = g.game_id)",
                             {dates.from, dates.to}));
    return rows.data[0].integer(0);
}

}  // namespace tipoff::grade
