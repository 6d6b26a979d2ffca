#include "box_moments.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "base/parse.h"
#include "collect/csv.h"

namespace tipoff::league::test {
namespace {

using Columns = std::map<std::string, std::size_t, std::less<>>;

int number(std::span<const std::string_view> fields, const Columns& columns,
           std::string_view name) {
    return static_cast<int>(parse_integer(fields[columns.find(name)->second]).value());
}

std::int64_t id(std::span<const std::string_view> fields, const Columns& columns,
                std::string_view name) {
    return parse_integer(fields[columns.find(name)->second]).value();
}

BoxRow row_of(std::span<const std::string_view> fields, const Columns& columns) {
    const std::string_view matchup = fields[columns.find("MATCHUP")->second];
    return {.game = id(fields, columns, "GAME_ID"),
            .player = id(fields, columns, "PLAYER_ID"),
            .team = id(fields, columns, "TEAM_ID"),
            .date = parse_date(fields[columns.find("GAME_DATE")->second]).value(),
            .home = matchup.find("vs.") != std::string_view::npos,
            .minutes = number(fields, columns, "MIN"),
            .points = number(fields, columns, "PTS"),
            .field_goals_attempted = number(fields, columns, "FGA"),
            .threes_attempted = number(fields, columns, "FG3A"),
            .free_throws_attempted = number(fields, columns, "FTA"),
            .offensive_rebounds = number(fields, columns, "OREB"),
            .defensive_rebounds = number(fields, columns, "DREB"),
            .assists = number(fields, columns, "AST"),
            .steals = number(fields, columns, "STL"),
            .blocks = number(fields, columns, "BLK"),
            .turnovers = number(fields, columns, "TOV"),
            .fouls = number(fields, columns, "PF")};
}

double mean(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double spread(std::span<const double> values) {
    const double middle = mean(values);
    double sum = 0.0;
    for (const double value : values)
        sum += (value - middle) * (value - middle);
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

double quantile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// One team's game, summed over its players.
struct TeamGame {
    GameDate date{};
    bool home = false;
    int players = 0;
    BoxRow sum;

    [[nodiscard]] double possessions() const {
        return sum.field_goals_attempted + 0.44 * sum.free_throws_attempted -
               sum.offensive_rebounds + sum.turnovers;
    }
};

using TeamGames = std::map<std::pair<std::int64_t, std::int64_t>, TeamGame>;  // game, team

TeamGames team_games(std::span<const BoxRow> rows) {
    TeamGames games;
    for (const BoxRow& row : rows) {
        TeamGame& game = games[{row.game, row.team}];
        game.date = row.date;
        game.home = row.home;
        ++game.players;
        game.sum.minutes += row.minutes;
        game.sum.points += row.points;
        game.sum.field_goals_attempted += row.field_goals_attempted;
        game.sum.threes_attempted += row.threes_attempted;
        game.sum.free_throws_attempted += row.free_throws_attempted;
        game.sum.offensive_rebounds += row.offensive_rebounds;
        game.sum.defensive_rebounds += row.defensive_rebounds;
        game.sum.assists += row.assists;
        game.sum.steals += row.steals;
        game.sum.blocks += row.blocks;
        game.sum.turnovers += row.turnovers;
        game.sum.fouls += row.fouls;
    }
    return games;
}

class Moments {
public:
    explicit Moments(std::span<const BoxRow> rows) : rows_(rows), games_(team_games(rows)) {}

    std::vector<Moment> take() {
        add_player_games();
        add_team_games();
        add_games();
        add_players();
        add_last_ten();
        add_absences();
        return std::move(moments_);
    }

private:
    void add(std::string name, double value) { moments_.push_back({std::move(name), value}); }

    void add_player_games() {
        std::vector<double> points;
        std::vector<double> minutes;
        double zero = 0.0;
        for (const BoxRow& row : rows_) {
            points.push_back(row.points);
            minutes.push_back(row.minutes);
            zero += row.minutes == 0 ? 1.0 : 0.0;
        }
        add("points p25", quantile(points, 0.25));
        add("points p50", quantile(points, 0.50));
        add("points p75", quantile(points, 0.75));
        add("points p90", quantile(points, 0.90));
        add("points p99", quantile(points, 0.99));
        add("points mean", mean(points));
        add("points sd", spread(points));
        add("minutes p25", quantile(minutes, 0.25));
        add("minutes p50", quantile(minutes, 0.50));
        add("minutes p75", quantile(minutes, 0.75));
        add("minutes p90", quantile(minutes, 0.90));
        add("share of rows with 0 minutes", zero / static_cast<double>(rows_.size()));
    }

    template <class Value>
    double team_mean(Value value) const {
        double sum = 0.0;
        for (const auto& [key, game] : games_)
            sum += value(game);
        return sum / static_cast<double>(games_.size());
    }

    void add_team_games() {
        std::vector<double> points;
        std::vector<double> possessions;
        for (const auto& [key, game] : games_) {
            points.push_back(game.sum.points);
            possessions.push_back(game.possessions());
        }
        add("players a team game", team_mean([](const TeamGame& g) { return g.players; }));
        add("team points mean", mean(points));
        add("team points sd", spread(points));
        add("possessions mean", mean(possessions));
        add("possessions sd", spread(possessions));
        const double attempts =
            team_mean([](const TeamGame& g) { return g.sum.field_goals_attempted; });
        add("share of threes",
            team_mean([](const TeamGame& g) { return g.sum.threes_attempted; }) / attempts);
        add("free throws attempted",
            team_mean([](const TeamGame& g) { return g.sum.free_throws_attempted; }));
        add("offensive rebounds",
            team_mean([](const TeamGame& g) { return g.sum.offensive_rebounds; }));
        add("defensive rebounds",
            team_mean([](const TeamGame& g) { return g.sum.defensive_rebounds; }));
        add("assists", team_mean([](const TeamGame& g) { return g.sum.assists; }));
        add("steals", team_mean([](const TeamGame& g) { return g.sum.steals; }));
        add("blocks", team_mean([](const TeamGame& g) { return g.sum.blocks; }));
        add("turnovers", team_mean([](const TeamGame& g) { return g.sum.turnovers; }));
        add("fouls", team_mean([](const TeamGame& g) { return g.sum.fouls; }));
    }

    /// Both teams of each game, home first.
    [[nodiscard]] std::vector<std::pair<const TeamGame*, const TeamGame*>> pairs() const {
        std::vector<std::pair<const TeamGame*, const TeamGame*>> found;
        for (auto first = games_.begin(); first != games_.end(); ++first) {
            const auto second = std::next(first);
            const TeamGame* a = &first->second;
            const TeamGame* b = &second->second;
            found.emplace_back(a->home ? a : b, a->home ? b : a);
            first = second;
        }
        return found;
    }

    void add_games() {
        std::vector<double> margins;
        std::vector<double> totals;
        double home_wins = 0.0;
        double overtimes = 0.0;
        for (const auto& [home, away] : pairs()) {
            margins.push_back(home->sum.points - away->sum.points);
            totals.push_back(home->sum.points + away->sum.points);
            home_wins += home->sum.points > away->sum.points ? 1.0 : 0.0;
            overtimes += home->sum.minutes + away->sum.minutes > 500 ? 1.0 : 0.0;
        }
        const auto games = static_cast<double>(margins.size());
        add("home margin", mean(margins));
        add("margin sd", spread(margins));
        add("total sd", spread(totals));
        add("home win share", home_wins / games);
        add("overtime share", overtimes / games);

        std::map<std::int64_t, std::vector<double>> by_team;
        for (auto first = games_.begin(); first != games_.end(); ++first) {
            const auto second = std::next(first);
            const double margin = first->second.sum.points - second->second.sum.points;
            by_team[first->first.second].push_back(margin);
            by_team[second->first.second].push_back(-margin);
            first = second;
        }
        std::vector<double> strength;
        for (const auto& [team, values] : by_team)
            strength.push_back(mean(values));
        add("team strength sd", spread(strength));
    }

    /// Spread of a player's points around his own average, by how much he scores.
    void add_players() {
        std::map<std::int64_t, std::vector<double>> points;
        for (const BoxRow& row : rows_) {
            if (row.minutes > 0) points[row.player].push_back(row.points);
        }
        std::vector<double> bench;
        std::vector<double> middle;
        std::vector<double> high;
        std::vector<double> averages;
        constexpr std::size_t kFewestGames = 20;
        for (const auto& [player, values] : points) {
            if (values.size() < kFewestGames) continue;
            const double average = mean(values);
            averages.push_back(average);
            if (average >= 8 && average < 12) bench.push_back(spread(values));
            if (average >= 13 && average < 17) middle.push_back(spread(values));
            if (average >= 18 && average < 22) high.push_back(spread(values));
        }
        add("own sd at 8 to 12 points", mean(bench));
        add("own sd at 13 to 17 points", mean(middle));
        add("own sd at 18 to 22 points", mean(high));
        add("best scorer", std::ranges::max(averages));
        add("players with 20 games", static_cast<double>(averages.size()));
    }

    /// How far the mean of a player's last ten games is from his next one.
    void add_last_ten() {
        std::vector<const BoxRow*> order;
        for (const BoxRow& row : rows_) {
            if (row.minutes > 0) order.push_back(&row);
        }
        std::ranges::sort(order, {},
                          [](const BoxRow* r) { return std::tuple(r->player, r->date, r->game); });
        constexpr std::size_t kWindow = 10;
        constexpr double kRotationMinutes = 15.0;
        double error_of_all = 0.0;
        double error_of_rotation = 0.0;
        double all = 0.0;
        double rotation = 0.0;
        for (std::size_t i = kWindow; i < order.size(); ++i) {
            if (order[i - kWindow]->player != order[i]->player) continue;
            double points = 0.0;
            double minutes = 0.0;
            for (std::size_t back = 1; back <= kWindow; ++back) {
                points += order[i - back]->points;
                minutes += order[i - back]->minutes;
            }
            const double error = std::abs(order[i]->points - points / kWindow);
            error_of_all += error;
            all += 1.0;
            if (minutes / kWindow < kRotationMinutes) continue;
            error_of_rotation += error;
            rotation += 1.0;
        }
        add("last 10 error, all", error_of_all / all);
        add("last 10 error, rotation", error_of_rotation / rotation);
    }

    /// Share of his team's games that a player missed between his first and last one for it.
    void add_absences() {
        std::map<std::int64_t, std::vector<std::pair<GameDate, std::int64_t>>> calendar;
        for (const auto& [key, game] : games_) {
            calendar[key.second].emplace_back(game.date, key.first);
        }
        std::map<std::pair<std::int64_t, std::int64_t>, int> place;  // game, team
        for (auto& [team, days] : calendar) {
            std::ranges::sort(days);
            for (std::size_t i = 0; i < days.size(); ++i) {
                place[{days[i].second, team}] = static_cast<int>(i);
            }
        }
        struct Stint {
            int first = 1000;
            int last = 0;
            int games = 0;
            int minutes = 0;
        };
        std::map<std::pair<std::int64_t, std::int64_t>, Stint> stints;
        for (const BoxRow& row : rows_) {
            Stint& stint = stints[{row.player, row.team}];
            const int at = place[{row.game, row.team}];
            stint.first = std::min(stint.first, at);
            stint.last = std::max(stint.last, at);
            ++stint.games;
            stint.minutes += row.minutes;
        }
        double played = 0.0;
        double possible = 0.0;
        for (const auto& [key, stint] : stints) {
            if (stint.games < 10 || stint.minutes < 20 * stint.games) continue;
            played += stint.games;
            possible += stint.last - stint.first + 1;
        }
        add("games missed, 20 minutes and more", 1.0 - played / possible);
    }

    std::span<const BoxRow> rows_;
    TeamGames games_;
    std::vector<Moment> moments_;
};

}  // namespace

std::vector<BoxRow> read_box(std::span<const char> bytes) {
    collect::CsvReader reader(collect::open_bytes(bytes));
    Columns columns;
    std::vector<BoxRow> rows;
    while (reader.next().value()) {
        if (!columns.empty()) {
            rows.push_back(row_of(reader.fields(), columns));
            continue;
        }
        for (const std::string_view field : reader.fields()) {
            const std::size_t at = columns.size();
            columns.emplace(field, at);
        }
    }
    return rows;
}

std::vector<Moment> moments_of(std::span<const BoxRow> rows) { return Moments(rows).take(); }

double moment(std::span<const Moment> moments, std::string_view name) {
    const auto found = std::ranges::find(moments, name, &Moment::name);
    if (found == moments.end()) throw std::out_of_range("no moment " + std::string(name));
    return found->value;
}

}  // namespace tipoff::league::test
