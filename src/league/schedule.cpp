#include "league/schedule.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "league/portable_math.h"
#include "league/random.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

using std::chrono::days;
using std::chrono::weekday;

constexpr std::size_t kGames = 1230;
constexpr std::size_t kConferenceTeams = 15;
constexpr int kSeasonDays = 174;  ///< opening night to last day, both counted
constexpr int kNoGame = -1;

/// Games on an ordinary Sunday, Monday, ..., Saturday of 2022-23.
constexpr std::array<double, 7> kGamesByWeekday{7.5, 8.0, 5.8, 9.9, 4.2, 10.0, 7.0};

GameDate nth_weekday(int year, std::chrono::month month, weekday day, unsigned n) {
    return {std::chrono::sys_days{std::chrono::year{year} / month / day[n]}};
}

struct Pairing {
    std::size_t home = 0;
    std::size_t away = 0;
};

std::vector<std::vector<std::size_t>> teams_by_division() {
    std::vector<std::vector<std::size_t>> divisions(6);
    const auto facts = team_facts();
    for (std::size_t team = 0; team < kTeams; ++team) {
        divisions[facts[team].division].push_back(team);
    }
    return divisions;
}

void shuffle(std::vector<std::size_t>& values, Random& random) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1],
                  values[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
    }
}

void add_games(std::vector<Pairing>& games, std::size_t home, std::size_t away, int count) {
    for (int i = 0; i < count; ++i)
        games.push_back({home, away});
}

/// All games between two divisions of one conference: a team meets two of the five three times and
/// three four times, and is at home twice in one of the short series and once in the other.
void add_conference_games(std::vector<Pairing>& games, std::vector<std::size_t> first,
                          std::vector<std::size_t> second, Random& random) {
    shuffle(first, random);
    shuffle(second, random);
    for (std::size_t i = 0; i < first.size(); ++i) {
        for (std::size_t step = 0; step < second.size(); ++step) {
            const std::size_t a = first[i];
            const std::size_t b = second[(i + step) % second.size()];
            add_games(games, a, b, step == 1 ? 1 : 2);
            add_games(games, b, a, step == 0 ? 1 : 2);
        }
    }
}

/// The league's formula: 1,230 pairings, 41 home games a team.
std::vector<Pairing> all_pairings(Random& random) {
    const auto divisions = teams_by_division();
    std::vector<Pairing> games;
    games.reserve(kGames);
    for (const auto& division : divisions) {
        for (const std::size_t home : division) {
            for (const std::size_t away : division) {
                if (home != away) add_games(games, home, away, 2);
            }
        }
    }
    for (std::size_t first = 0; first < divisions.size(); ++first) {
        for (std::size_t second = first + 1; second < divisions.size(); ++second) {
            if (first / 3 == second / 3) {
                add_conference_games(games, divisions[first], divisions[second], random);
                continue;
            }
            for (const std::size_t a : divisions[first]) {
                for (const std::size_t b : divisions[second]) {
                    add_games(games, a, b, 1);
                    add_games(games, b, a, 1);
                }
            }
        }
    }
    require(games.size() == kGames, "the formula gives 1,230 games");
    return games;
}

/// Puts every game on a day. Starts from any placement without a clash, which exists because two
/// teams together are busy on at most 162 days, and improves it by simulated annealing: rest,
/// travel, and how many games a weekday usually has.
class Placement {
public:
    Placement(Season season, std::vector<Pairing> games, Random& random)
        : games_(std::move(games)), day_of_(kGames, kNoGame), random_(random) {
        for (auto& row : game_on_)
            row.fill(kNoGame);
        set_target_loads(season);
        for (std::size_t a = 0; a < kTeams; ++a) {
            for (std::size_t b = 0; b < kTeams; ++b) {
                thousand_miles_[a][b] = miles_between(a, b) / 1000.0;
            }
        }
        fix_last_day();
        place_the_rest();
        for (std::size_t team = 0; team < kTeams; ++team)
            cost_[team] = team_cost(team);
    }

    /// Improves the placement; afterwards no team plays on three days running.
    void anneal() {
        constexpr int kProposals = 1'000'000;
        constexpr double kHot = 4.0;
        constexpr double kCold = 0.05;
        const double cooling = portable_log(kCold / kHot) / kProposals;
        for (int i = 0; i < kProposals; ++i)
            propose(kHot * portable_exp(cooling * i));
        constexpr int kRepairs = 2'000'000;
        for (int i = 0; i < kRepairs && three_day_runs() > 0; ++i)
            propose(kCold);
        require(three_day_runs() == 0, "a schedule without three days running was found");
    }

    [[nodiscard]] const Pairing& game(std::size_t index) const { return games_[index]; }
    [[nodiscard]] int day_of(std::size_t index) const { return day_of_[index]; }

private:
    void set_target_loads(Season season) {
        const SeasonDays fixed = season_days(season);
        const int all_star = days_between(fixed.opening_night, fixed.all_star_sunday);
        const int year = season.start_year();
        const auto offset = [&](GameDate date) { return days_between(fixed.opening_night, date); };
        for (int day = 0; day < kSeasonDays; ++day) {
            const weekday which{fixed.opening_night.plus_days(day).day};
            target_[index(day)] = kGamesByWeekday[which.c_encoding()];
            open_[index(day)] = true;
        }
        const auto close = [&](int day) { open_[index(day)] = false; };
        for (int day = all_star - 2; day <= all_star + 3; ++day)
            close(day);
        close(offset(nth_weekday(year, std::chrono::November, std::chrono::Thursday, 4)));
        close(offset({std::chrono::sys_days{std::chrono::year{year} / 12 / 24}}));
        close(kSeasonDays - 7);  // the Monday of the college final
        close(kSeasonDays - 1);  // filled once, then left alone
        target_[0] = 2.0;
        target_[1] = 12.0;
        target_[index(offset({std::chrono::sys_days{std::chrono::year{year} / 12 / 25}}))] = 5.0;
        scale_targets();
    }

    /// The wishes add up to the games that are there to be placed.
    void scale_targets() {
        double wished = 0.0;
        for (int day = 2; day < kSeasonDays; ++day) {
            if (open_[index(day)]) wished += target_[index(day)];
        }
        const double left =
            static_cast<double>(kGames - kConferenceTeams) - target_[0] - target_[1];
        for (int day = 2; day < kSeasonDays; ++day)
            target_[index(day)] *= left / wished;
    }

    static std::size_t index(int day) { return static_cast<std::size_t>(day); }

    [[nodiscard]] bool is_free(std::size_t game, int day) const {
        return game_on_[games_[game].home][index(day)] == kNoGame &&
               game_on_[games_[game].away][index(day)] == kNoGame;
    }

    void put(std::size_t game, int day) {
        game_on_[games_[game].home][index(day)] = static_cast<int>(game);
        game_on_[games_[game].away][index(day)] = static_cast<int>(game);
        day_of_[game] = day;
        ++load_[index(day)];
    }

    void take_away(std::size_t game) {
        const std::size_t day = index(day_of_[game]);
        game_on_[games_[game].home][day] = kNoGame;
        game_on_[games_[game].away][day] = kNoGame;
        day_of_[game] = kNoGame;
        --load_[day];
    }

    /// Fifteen games without a team in common: neighbours in a round within each division, the odd
    /// teams after.
    void fix_last_day() {
        std::vector<Pairing> wanted;
        std::vector<std::size_t> odd;
        for (auto division : teams_by_division()) {
            shuffle(division, random_);
            wanted.push_back({division[0], division[1]});
            wanted.push_back({division[2], division[3]});
            odd.push_back(division[4]);
        }
        wanted.push_back({odd[0], odd[1]});
        wanted.push_back({odd[2], odd[3]});
        wanted.push_back({odd[4], odd[5]});
        for (const Pairing& pair : wanted) {
            const auto found = std::ranges::find_if(games_, [&](const Pairing& game) {
                return game.home == pair.home && game.away == pair.away;
            });
            put(static_cast<std::size_t>(found - games_.begin()), kSeasonDays - 1);
        }
    }

    void place_the_rest() {
        std::vector<std::size_t> order;
        for (std::size_t game = 0; game < kGames; ++game) {
            if (day_of_[game] == kNoGame) order.push_back(game);
        }
        shuffle(order, random_);
        for (const std::size_t game : order) {
            int best = kNoGame;
            double best_excess = 0.0;
            for (int day = 0; day < kSeasonDays; ++day) {
                if (!open_[index(day)] || !is_free(game, day)) continue;
                const double excess = load_[index(day)] - target_[index(day)] + random_.uniform();
                if (best != kNoGame && excess >= best_excess) continue;
                best = day;
                best_excess = excess;
            }
            require(best != kNoGame, "two teams always have a free day in common");
            put(game, best);
            movable_.push_back(game);
        }
    }

    /// What a team's calendar costs: short rest, long waits, travel, uneven stands.
    [[nodiscard]] double team_cost(std::size_t team) const {
        std::array<int, 4> last{-9, -9, -9, -9};  // days of the latest games, newest first
        int back_to_backs = 0;
        int stand = 0;
        double cost = 0.0;
        std::size_t place = team;
        std::size_t last_opponent = team;
        for (int day = 0; day < kSeasonDays; ++day) {
            const int game = game_on_[team][index(day)];
            if (game == kNoGame) continue;
            const Pairing& pair = games_[static_cast<std::size_t>(game)];
            const int rest = day - last[0];
            if (rest == 1) ++back_to_backs;
            if (day - last[1] == 2) cost += 500.0;  // three games in three days
            if (day - last[2] <= 4) cost += 20.0;   // four in five
            if (day - last[3] <= 6) cost += 4.0;    // five in seven
            if (rest > 4 && rest < 8)
                cost += 2.0 * (rest - 4);  // a wait; the All-Star break is one
            const double leg = thousand_miles_[place][pair.home];
            cost += 4.0 * leg;
            if (rest == 1) cost += 2.0 * leg * leg;
            const std::size_t opponent = pair.home == team ? pair.away : pair.home;
            if (opponent == last_opponent) cost += 2.0;
            stand = (pair.home == team) == (place == team) ? stand + 1 : 1;
            if (stand > 5) cost += 2.0;
            place = pair.home;
            last_opponent = opponent;
            last = {day, last[0], last[1], last[2]};
        }
        const int off_target = std::max(0, std::max(back_to_backs - 14, 13 - back_to_backs));
        return cost + 3.0 * off_target * off_target;
    }

    [[nodiscard]] double load_cost(int day) const {
        const double excess = load_[index(day)] - target_[index(day)];
        return (day < 2 ? 10.0 : 1.0) * excess * excess;
    }

    void propose(double temperature) {
        const std::size_t game =
            movable_[static_cast<std::size_t>(random_.below(static_cast<int>(movable_.size())))];
        const int from = day_of_[game];
        const int to = random_.below(kSeasonDays);
        const double luck = random_.uniform();
        if (to == from || !open_[index(to)] || !is_free(game, to)) return;

        const auto [home, away] = games_[game];
        const double before = cost_[home] + cost_[away] + load_cost(from) + load_cost(to);
        take_away(game);
        put(game, to);
        const double home_cost = team_cost(home);
        const double away_cost = team_cost(away);
        const double change = home_cost + away_cost + load_cost(from) + load_cost(to) - before;
        if (change > 0.0 && luck >= portable_exp(-change / temperature)) {
            take_away(game);
            put(game, from);
            return;
        }
        cost_[home] = home_cost;
        cost_[away] = away_cost;
    }

    [[nodiscard]] int three_day_runs() const {
        int runs = 0;
        for (const auto& days_of_team : game_on_) {
            for (std::size_t day = 2; day < days_of_team.size(); ++day) {
                const bool run = days_of_team[day] != kNoGame && days_of_team[day - 1] != kNoGame &&
                                 days_of_team[day - 2] != kNoGame;
                runs += run ? 1 : 0;
            }
        }
        return runs;
    }

    std::vector<Pairing> games_;
    std::vector<int> day_of_;
    std::vector<std::size_t> movable_;
    std::array<std::array<int, kSeasonDays>, kTeams> game_on_{};
    std::array<double, kSeasonDays> target_{};
    std::array<bool, kSeasonDays> open_{};
    std::array<int, kSeasonDays> load_{};
    std::array<double, kTeams> cost_{};
    std::array<std::array<double, kTeams>, kTeams> thousand_miles_{};
    Random& random_;
};

/// Tip-off in Eastern minutes: the home court's habit on weekday evenings, earlier on some weekend
/// days.
int tip_off_of(const TeamFacts& home, weekday day, Random& random) {
    const bool in_the_west = home.usual_tip_off >= 21 * 60;
    const double luck = random.uniform();
    if (day == std::chrono::Sunday) {
        if (luck < 0.30) return 15 * 60 + 30;
        if (luck < 0.60) return in_the_west ? 21 * 60 : 18 * 60;
        if (luck < 0.68) return in_the_west ? 16 * 60 : 13 * 60;
    }
    if (day == std::chrono::Saturday && luck < 0.12) return 17 * 60;
    return luck < 0.85 ? home.usual_tip_off : home.other_tip_off;
}

/// The last day is played in two waves; Christmas is one game after another.
void set_tip_offs(std::span<Fixture> fixtures, const SeasonDays& fixed, std::uint64_t seed) {
    Random random(seed, Stream::kTipOff,
                  static_cast<std::uint64_t>(fixed.opening_night.days_since_epoch()));
    std::vector<Fixture*> christmas;
    for (Fixture& fixture : fixtures) {
        const TeamFacts& home = team_facts()[fixture.home];
        const std::chrono::year_month_day date{fixture.date.day};
        fixture.tip_off = tip_off_of(home, weekday{fixture.date.day}, random);
        if (fixture.date == fixed.last_day) {
            fixture.tip_off = home.division < 3 ? 13 * 60 : 15 * 60 + 30;
        } else if (date.month() == std::chrono::December && date.day() == std::chrono::day{25}) {
            christmas.push_back(&fixture);
        }
    }
    // The farther west, the later; in the east nobody begins at half past ten.
    constexpr std::array kChristmas{12 * 60, 14 * 60 + 30, 17 * 60, 20 * 60, 22 * 60 + 30};
    constexpr int kLatestInTheEast = 20 * 60;
    constexpr int kEarliestInTheWest = 14 * 60 + 30;
    constexpr int kWest = 21 * 60;
    std::ranges::stable_sort(christmas, {}, [](const Fixture* fixture) {
        return team_facts()[fixture->home].usual_tip_off;
    });
    for (std::size_t i = 0; i < christmas.size(); ++i) {
        const bool west = team_facts()[christmas[i]->home].usual_tip_off >= kWest;
        const int slot = kChristmas[std::min(i, kChristmas.size() - 1)];
        christmas[i]->tip_off =
            west ? std::max(slot, kEarliestInTheWest) : std::min(slot, kLatestInTheEast);
    }
}

}  // namespace

SeasonDays season_days(Season season) {
    const int year = season.start_year();
    const GameDate last = nth_weekday(year + 1, std::chrono::April, std::chrono::Sunday, 2);
    const GameDate all_star = nth_weekday(year + 1, std::chrono::February, std::chrono::Sunday, 3);
    return {.opening_night = last.plus_days(1 - kSeasonDays),
            .last_day = last,
            .all_star_sunday = all_star,
            .trade_deadline = all_star.plus_days(-10)};
}

Instant tip_off_of(const Fixture& fixture) {
    return eastern_instant(fixture.date, {fixture.tip_off / 60, fixture.tip_off % 60, 0});
}

std::string tip_off_text(const Fixture& fixture) {
    const int hour = fixture.tip_off / 60;
    return fmt::format("{}:{:02} {} ET", hour % 12 == 0 ? 12 : hour % 12, fixture.tip_off % 60,
                       hour < 12 ? "am" : "pm");
}

std::vector<Fixture> make_fixtures(Season season, std::uint64_t seed) {
    Random random(seed, Stream::kSchedule, static_cast<std::uint64_t>(season.start_year()));
    Placement placement(season, all_pairings(random), random);
    placement.anneal();

    const SeasonDays fixed = season_days(season);
    std::vector<Fixture> fixtures(kGames);
    for (std::size_t i = 0; i < kGames; ++i) {
        fixtures[i].date = fixed.opening_night.plus_days(placement.day_of(i));
        fixtures[i].home = placement.game(i).home;
        fixtures[i].away = placement.game(i).away;
    }
    const auto by_home = [](const Fixture& f) { return std::pair(f.date, f.home); };
    std::ranges::sort(fixtures, {}, by_home);
    set_tip_offs(fixtures, fixed, seed);
    std::ranges::sort(fixtures, {},
                      [](const Fixture& f) { return std::tuple(f.date, f.tip_off, f.home); });

    const std::int64_t first_id =
        kFirstSimulatedGame + 20'000'000 + (season.start_year() % 100) * std::int64_t{100'000};
    for (std::size_t i = 0; i < kGames; ++i) {
        fixtures[i].game_id = GameId{first_id + static_cast<std::int64_t>(i) + 1};
    }
    return fixtures;
}

}  // namespace tipoff::league
