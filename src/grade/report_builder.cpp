#include "grade/report_builder.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "grade/bets.h"
#include "grade/chosen_grades.h"
#include "grade/populations.h"

namespace tipoff::grade {
namespace {

auto place(const auto& row) { return std::tuple(row.game_id, row.player_id); }

/// The player games of the dates as newest stated, by date, game and player.
std::vector<const conform::PlayerGame*> newest_statements(
    std::span<const conform::PlayerGame> player_games, const store::DateScope& dates) {
    std::vector<const conform::PlayerGame*> rows;
    for (const conform::PlayerGame& row : player_games) {
        if (row.game_date >= dates.from && row.game_date <= dates.to) rows.push_back(&row);
    }
    std::ranges::sort(rows, {}, [](const conform::PlayerGame* row) {
        return std::tuple(row->game_date, row->game_id, row->player_id, row->revision);
    });
    std::vector<const conform::PlayerGame*> newest;
    for (const conform::PlayerGame* row : rows) {
        if (!newest.empty() && place(*newest.back()) == place(*row)) newest.pop_back();
        newest.push_back(row);
    }
    return newest;
}

/// Sums run by date, so that parts add up to the whole.
std::vector<Grade> chosen_by_date(std::span<const Accuracy> accuracy, AsOfChoice choice) {
    std::vector<Grade> grades = chosen_grades(accuracy, choice);
    std::ranges::stable_sort(grades, {},
                             [](const Grade& grade) { return grade.newest->game_date; });
    return grades;
}

}  // namespace

/// A player game of the population.
struct ReportBuilder::PopulationGame {
    GameId game_id;
    PlayerId player_id;
    std::int32_t actual = 0;
    Before before;
    double line = kNone;  ///< consensus before tip-off
    bool is_line_undated = false;
    std::size_t forecasts = 0;  ///< by how many systems

    [[nodiscard]] BesideForecast beside(Market market) const {
        return {.actual = actual,
                .last_10 = before.last_10[index_of(market)],
                .season_mean = before.season_mean[index_of(market)],
                .line = line};
    }
};

/// Those of a part, by date, game and player.
class ReportBuilder::PopulationGames {
public:
    PopulationGames(const ReportPart& part, const GradeRequest& request, const History& history) {
        for (const conform::PlayerGame* row : newest_statements(part.player_games, request.dates))
            add(*row, part.lines, request, history);
        for (PopulationGame& game : games_)
            by_place_.push_back(&game);
        std::ranges::sort(by_place_, {}, [](const PopulationGame* game) { return place(*game); });
    }

    [[nodiscard]] const std::vector<PopulationGame>& all() const { return games_; }

    /// Null where the player game is not of the population.
    [[nodiscard]] PopulationGame* find(const Accuracy& row) const {
        const auto found = std::ranges::lower_bound(
            by_place_, place(row), {}, [](const PopulationGame* game) { return place(*game); });
        return found != by_place_.end() && place(**found) == place(row) ? *found : nullptr;
    }

private:
    void add(const conform::PlayerGame& row, const MarketLines& lines, const GradeRequest& request,
             const History& history) {
        const auto actual = outcome_of(row, request.market);
        if (row.season_type != request.season_type || !actual) return;
        PopulationGame game;
        game.game_id = row.game_id;
        game.player_id = row.player_id;
        game.actual = *actual;
        game.before = history.before(row.player_id, row.game_date, row.season);
        if (const auto line = lines.consensus(row.game_id, row.player_id)) {
            game.line = line->line_value;
            game.is_line_undated = line->undated_lines > 0;
        }
        const Standing standing{.minutes = row.minutes,
                                .prior_games = game.before.prior_games,
                                .season_games = game.before.season_games,
                                .last_10_minutes = game.before.last_10_minutes,
                                .lined = !std::isnan(game.line)};
        if (contains(request.population, standing)) games_.push_back(game);
    }

    std::vector<PopulationGame> games_;
    std::vector<PopulationGame*> by_place_;
};

void ReportBuilder::ReferenceSums::add(double value, std::int32_t actual, bool is_shared) {
    if (std::isnan(value)) return;
    const double miss = std::abs(value - actual);
    ++n;
    error += miss;
    if (!is_shared) return;
    ++n_shared;
    error_shared += miss;
}

ReferenceReport ReportBuilder::ReferenceSums::report(std::string name) const {
    ReferenceReport report{.name = std::move(name), .n = n, .n_shared = n_shared};
    if (n > 0) report.mae = error / static_cast<double>(n);
    if (n_shared > 0) report.mae_shared = error_shared / static_cast<double>(n_shared);
    return report;
}

ReportBuilder::ReportBuilder(const GradeRequest& request, const History& history)
    : request_(request), history_(history) {}

void ReportBuilder::add(const ReportPart& part) {
    PopulationGames population(part, request_, history_);
    population_n_ += static_cast<std::int64_t>(population.all().size());
    undated_lines_ += std::ranges::count_if(population.all(), &PopulationGame::is_line_undated);
    add_systems(part, population);
    add_without_lines(part, population);
}

void ReportBuilder::add_systems(const ReportPart& part, PopulationGames& population) {
    const auto grades = chosen_by_date(part.forecasts.accuracy, request_.as_of);
    const MainLines main_lines(part.forecasts.picks);
    std::set<std::string_view> systems;
    for (const Grade& grade : grades) {
        systems.insert(grade.newest->system_id);
        if (grade.newest->outcome != kGraded) continue;
        if (PopulationGame* game = population.find(*grade.newest)) ++game->forecasts;
    }
    for (const Grade& grade : grades) {
        const std::string& id = grade.newest->system_id;
        SystemGrades& system = systems_.try_emplace(id, id, request_.market).first->second;
        if (grade.newest->outcome != kGraded) {
            if (grade.newest->season_type == request_.season_type) system.add_void();
            continue;
        }
        const PopulationGame* game = population.find(*grade.newest);
        if (game == nullptr) continue;
        system.add(grade, game->beside(request_.market), game->forecasts == systems.size(),
                   main_lines.of(*grade.settled), part.lines);
    }
    add_references(population, systems.size());
}

void ReportBuilder::add_without_lines(const ReportPart& part, const PopulationGames& population) {
    const MainLines main_lines(part.without_lines.picks);
    for (const Grade& grade : chosen_by_date(part.without_lines.accuracy, request_.as_of)) {
        if (grade.newest->outcome != kGraded) continue;
        const PopulationGame* game = population.find(*grade.newest);
        if (game == nullptr || std::isnan(game->line)) continue;
        if (!without_lines_) without_lines_.emplace(grade.newest->system_id, request_.market);
        without_lines_->add(grade, game->beside(request_.market), true,
                            main_lines.of(*grade.settled), part.lines);
    }
}

void ReportBuilder::add_references(const PopulationGames& population, std::size_t systems) {
    for (const PopulationGame& game : population.all()) {
        const bool is_shared = systems > 0 && game.forecasts == systems;
        const BesideForecast beside = game.beside(request_.market);
        last_10_.add(beside.last_10, game.actual, is_shared);
        season_mean_.add(beside.season_mean, game.actual, is_shared);
        line_.add(beside.line, game.actual, is_shared);
    }
}

GradeReport ReportBuilder::report(const std::optional<FeatureCorrelation>& strongest) const {
    GradeReport report;
    report.request = request_;
    report.population_n = population_n_;
    report.undated_lines = undated_lines_;
    for (const auto& [id, system] : systems_)
        report.systems.push_back(system.report());
    if (without_lines_) report.without_lines = without_lines_->report();
    report.references = {last_10_.report("last_10_mean"), season_mean_.report("season_mean"),
                         line_.report("line")};
    report.alarms = leak_alarms(report, strongest);
    return report;
}

}  // namespace tipoff::grade
