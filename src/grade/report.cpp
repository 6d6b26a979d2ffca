#include "grade/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "collect/teams.h"
#include "grade/bets.h"
#include "grade/history.h"
#include "grade/settle.h"

namespace tipoff::grade {
namespace {

constexpr std::array kEdges{0.0, 1.0, 2.0, 3.0, 4.0};
constexpr std::array kValueEdges{0.0, 0.02, 0.05};
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

/// One empty slice a tier, in their order.
template <class Tiers>
std::vector<SliceReport> empty_slices(const Tiers& tiers) {
    std::vector<SliceReport> slices;
    slices.reserve(std::size(tiers));
    for (const auto tier : tiers)
        slices.push_back({.name = std::string(to_string(tier)), .measures = {}});
    return slices;
}

std::vector<EdgeReport> empty_edges(std::span<const double> least) {
    std::vector<EdgeReport> edges;
    edges.reserve(least.size());
    for (const double edge : least)
        edges.push_back({.min_edge = edge, .bets = {}});
    return edges;
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

/// One system's report in the making.
class SystemGrades {
public:
    explicit SystemGrades(const std::string& system_id) {
        report_.system_id = system_id;
        report_.edges = empty_edges(kEdges);
        report_.value_edges = empty_edges(kValueEdges);
        report_.tiers = empty_slices(kTiers);
        report_.minutes_tiers = empty_slices(kMinutesTiers);
        for (const std::string_view grade : kQualityGrades)
            report_.grades.push_back({.name = std::string(grade), .measures = {}});
    }

    void add_void() { ++report_.voided; }

    void add(const Grade& grade, const PopulationGame& game, double last_10, bool is_shared) {
        const Accuracy& row = *grade.newest;
        report_.measures.add(row);
        if (is_shared) report_.shared.add(row);
        report_.pit.add(row.pit);
        (row.origin == forecast::kOriginLive ? report_.live : report_.backfill) += 1;
        add_to_slices(row);
        if (!std::isnan(last_10)) report_.last_10.add(row, std::abs(last_10 - game.actual));
        if (std::isnan(game.line)) return;
        report_.lined.line.add(row, std::abs(game.line - game.actual));
        if (!std::isnan(last_10)) report_.lined.last_10.add(row, std::abs(last_10 - game.actual));
    }

    void add_bets_of(const Accuracy& settled, const MainLines& main_lines,
                     const MarketLines& lines) {
        add_bets(report_, settled, main_lines.of(settled), lines);
    }

    [[nodiscard]] SystemReport report() const {
        SystemReport report = report_;
        for (const auto& [month, measures] : months_)
            report.months.push_back({.name = month_name(month), .measures = measures});
        for (const auto& [team, measures] : teams_)
            report.teams.push_back({.name = team_name(team), .measures = measures});
        std::ranges::sort(report.teams, {}, &SliceReport::name);
        return report;
    }

private:
    void add_to_slices(const Accuracy& row) {
        const auto tier = tier_of(row.last_10_points);
        report_.tiers[static_cast<std::size_t>(tier)].measures.add(row);
        const auto minutes_tier = minutes_tier_of(row.last_10_minutes);
        report_.minutes_tiers[static_cast<std::size_t>(minutes_tier)].measures.add(row);
        for (SliceReport& slice : report_.grades) {
            if (slice.name == row.quality_grade) slice.measures.add(row);
        }
        const std::chrono::year_month_day date(row.game_date.day);
        months_[date.year() / date.month()].add(row);
        teams_[row.team_id].add(row);
    }

    SystemReport report_;
    std::map<std::chrono::year_month, ForecastMeasures> months_;
    std::map<TeamId, ForecastMeasures> teams_;
};

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

    std::map<std::string, SystemGrades> systems;
    for (const Grade& grade : grades) {
        systems.try_emplace(grade.newest->system_id, grade.newest->system_id);
        if (grade.newest->outcome != kGraded) continue;
        if (PopulationGame* game = find_game(population, *grade.newest)) ++game->forecasts;
    }
    const auto market = static_cast<std::size_t>(request.market);
    for (const Grade& grade : grades) {
        SystemGrades& system = systems.at(grade.newest->system_id);
        if (grade.newest->outcome != kGraded) {
            if (grade.newest->season_type == request.season_type) system.add_void();
            continue;
        }
        const PopulationGame* game = find_game(population, *grade.newest);
        if (game == nullptr) continue;
        system.add(grade, *game, game->before.last_10[market], game->forecasts == systems.size());
        system.add_bets_of(*grade.settled, main_lines, facts.lines);
    }

    GradeReport report;
    report.request = request;
    report.population_n = static_cast<std::int64_t>(population.size());
    report.undated_lines = std::ranges::count_if(population, &PopulationGame::is_line_undated);
    for (const auto& [id, system] : systems)
        report.systems.push_back(system.report());
    report.references = references(population, systems.size(), request.market);
    report.alarms = leak_alarms(report, facts.strongest_feature);
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
