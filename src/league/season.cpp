#include "league/season.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "league/model.h"
#include "league/plan.h"
#include "league/portable_math.h"
#include "league/random.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

constexpr int kLastLeagueYear = 2098;
constexpr std::size_t kFewestAvailable = 9;  ///< with fewer, somebody plays through it
constexpr int kRestPeriodDays = 8;           ///< the end of the season, when the best are spared

/// How a player is doing: slow changes from game to game, all around 0.
struct Form {
    double minutes = 0.0;  ///< added to his role
    double usage = 0.0;    ///< log
    double accuracy = 0.0;
};

/// A first-order autoregression: memory from one game to the next, and the spread that it keeps.
struct Drift {
    double memory;
    double spread;

    [[nodiscard]] double next(double value, Random& random) const {
        return memory * value + random.normal(0.0, spread * std::sqrt(1.0 - memory * memory));
    }
};
constexpr Drift kMinutesDrift{0.965, 5.6};
constexpr Drift kUsageDrift{0.95, 0.085};
constexpr Drift kAccuracyDrift{0.93, 0.010};

constexpr double kUsageTonight = 0.07;  ///< log, standard deviation
constexpr double kTeamAccuracyTonight = 0.010;
constexpr double kGameAccuracyTonight = 0.002;  ///< of both teams together
constexpr double kGameSpeedTonight = 0.016;
constexpr double kRoleLuck = 0.35;  ///< standard deviations of quality by which a coach misjudges

/// One team's game of a day, while it is prepared.
struct TeamDay {
    std::vector<PlayerIndex> morning;    ///< counted on in the morning
    std::vector<PlayerIndex> available;  ///< at tip-off
    bool back_to_back = false;
};

class SeasonRun {
public:
    explicit SeasonRun(const LeagueOptions& options)
        : options_(options),
          days_(season_days(options.season)),
          absences_(options.seed, options.season) {
        season_.options = options;
        season_.fixtures = make_fixtures(options.season, options.seed);
        season_.rosters = rosters_on_opening_night(options.season, options.seed);
        season_.opening_rosters = season_.rosters.teams;
        season_.moves = plan_moves(season_.rosters, options.season, options.seed);
        form_.resize(rosters().players.size());
        role_.resize(rosters().players.size());
        begin_forms();
        for (std::size_t team = 0; team < kTeams; ++team)
            set_roles(team);
        absences_.begin_season(rosters());
    }

    SimulatedSeason run() {
        Bookmaker bookmaker(options_.seed, options_.season, season_.fixtures,
                            rosters().players.size());
        const GameDate last = options_.through.value_or(days_.last_day);
        std::size_t begin = 0;
        while (begin < season_.fixtures.size()) {
            const GameDate date = season_.fixtures[begin].date;
            std::size_t end = begin;
            while (end < season_.fixtures.size() && season_.fixtures[end].date == date)
                ++end;
            play_day(date, begin, end, date <= last, bookmaker);
            if (date > last) break;
            begin = end;
        }
        season_.transactions = absences_.transactions_through(last);
        return std::move(season_);
    }

private:
    [[nodiscard]] Rosters& rosters() { return season_.rosters; }

    void begin_forms() {
        for (std::size_t player = 0; player < form_.size(); ++player) {
            Random random(options_.seed, Stream::kForm, player,
                          static_cast<std::uint64_t>(options_.season.start_year()));
            form_[player] = {.minutes = random.normal(0.0, kMinutesDrift.spread),
                             .usage = random.normal(0.0, kUsageDrift.spread),
                             .accuracy = random.normal(0.0, kAccuracyDrift.spread)};
        }
    }

    /// Ranks a roster by quality as the coach sees it; the rank gives the usual minutes.
    void set_roles(std::size_t team) {
        const auto& roster = rosters().teams[team];
        std::vector<std::pair<double, PlayerIndex>> ranked;
        for (const PlayerIndex index : roster) {
            Random random(options_.seed, Stream::kRole, index,
                          static_cast<std::uint64_t>(options_.season.start_year()));
            ranked.emplace_back(-(rosters().players[index].quality + random.normal(0.0, kRoleLuck)),
                                index);
        }
        std::ranges::sort(ranked);
        for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
            role_[ranked[rank].second] = usual_minutes(rank);
        }
    }

    void make_moves(GameDate date) {
        const auto& moves = season_.moves;
        for (; next_move_ < moves.size() && moves[next_move_].date <= date; ++next_move_) {
            const RosterMove& move = moves[next_move_];
            rosters().apply(move);
            if (move.to != kNoTeam) set_roles(move.to);
            if (move.from != kNoTeam) set_roles(move.from);
        }
    }

    void play_day(GameDate date, std::size_t begin, std::size_t end, bool with_results,
                  Bookmaker& bookmaker) {
        make_moves(date);
        const auto outlooks = quote_day(date, begin, end, bookmaker);
        if (!with_results) return;
        for (const GameOutlook& outlook : outlooks) {
            GameResult result = play_game(outlook);
            bookmaker.learn(outlook, result);
            season_.games.push_back({outlook.fixture, std::move(result)});
        }
        for (std::size_t i = begin; i < end; ++i) {
            for (const std::size_t team : {season_.fixtures[i].home, season_.fixtures[i].away}) {
                last_game_[team] = date;
                drift(team, date);
            }
        }
    }

    std::vector<GameOutlook> quote_day(GameDate date, std::size_t begin, std::size_t end,
                                       Bookmaker& bookmaker) {
        std::vector<GameOutlook> outlooks;
        for (std::size_t i = begin; i < end; ++i)
            outlooks.push_back(prepare(i, date));
        for (const GameOutlook& outlook : outlooks) {
            bookmaker.quote(outlook, season_.game_lines, season_.prop_lines);
        }
        return outlooks;
    }

    // --- Before tip-off
    // --------------------------------------------------------------------------------------

    GameOutlook prepare(std::size_t fixture, GameDate date) {
        GameOutlook outlook;
        outlook.fixture = fixture;
        const std::array<std::size_t, 2> teams{season_.fixtures[fixture].home,
                                               season_.fixtures[fixture].away};
        std::array<TeamDay, 2> days_of_teams;
        for (std::size_t side = 0; side < 2; ++side) {
            days_of_teams[side] = call_roll(teams[side], date);
            note_absences(fixture, side, teams[side], days_of_teams[side]);
        }
        for (std::size_t side = 0; side < 2; ++side) {
            const double edge = advantage(side, days_of_teams, teams);
            outlook.morning[side] = outlook_of(teams[side], days_of_teams[side].morning, edge);
            outlook.final[side] = outlook_of(teams[side], days_of_teams[side].available, edge);
            outlook.morning_players[side] = days_of_teams[side].morning;
            outlook.final_players[side] = days_of_teams[side].available;
            constexpr int kBeforeFirstGame = 7;
            const auto& last = last_game_[teams[side]];
            outlook.days_since_last_game[side] =
                last ? days_between(*last, date) : kBeforeFirstGame;
        }
        return outlook;
    }

    /// Who plays for a team today.
    TeamDay call_roll(std::size_t team, GameDate date) {
        TeamDay day;
        const auto& last = last_game_[team];
        day.back_to_back = last && days_between(*last, date) == 1;
        const bool last_week = days_between(date, days_.last_day) < kRestPeriodDays;
        std::vector<PlayerIndex> out;
        for (const PlayerIndex index : rosters().teams[team]) {
            const Availability availability =
                absences_.decide(rosters().players[index], index, team, date,
                                 {day.back_to_back, last_week, usual_role(index)});
            if (availability == Availability::kOut) {
                out.push_back(index);
                continue;
            }
            day.morning.push_back(index);
            if (availability == Availability::kPlays) day.available.push_back(index);
        }
        for (const PlayerIndex index : out) {
            if (day.available.size() >= kFewestAvailable) break;
            day.available.push_back(index);
            day.morning.push_back(index);
        }
        return day;
    }

    void note_absences(std::size_t fixture, std::size_t side, std::size_t team,
                       const TeamDay& day) {
        const Fixture& game = season_.fixtures[fixture];
        for (const PlayerIndex index : rosters().teams[team]) {
            if (std::ranges::find(day.available, index) != day.available.end()) continue;
            const bool is_late = std::ranges::find(day.morning, index) != day.morning.end();
            season_.absences.push_back({.fixture = fixture,
                                        .side = static_cast<std::uint8_t>(side),
                                        .player = index,
                                        .ailment = std::string(absences_.ailment_of(index)),
                                        .is_late = is_late,
                                        .known_at = news_of(game, index, is_late)});
        }
    }

    /// When an absence becomes known: early in the morning, before any book looks at the game, or
    /// between a book's look in the afternoon and its last one.
    [[nodiscard]] Instant news_of(const Fixture& game, PlayerIndex index, bool is_late) const {
        constexpr int kMorningHour = 8;
        constexpr int kBeforeAnyBook = 10 * 60;
        Random random(options_.seed, Stream::kNews, static_cast<std::uint64_t>(game.game_id.value),
                      index);
        const Instant tip_off = tip_off_of(game);
        if (is_late) return tip_off - std::chrono::minutes{random.between(20, 120)};
        const Instant morning = eastern_instant(game.date, {kMorningHour, random.between(0, 30)});
        return std::min(morning, tip_off - std::chrono::minutes{kBeforeAnyBook});
    }

    /// What home court, rest and coaching add to a side's accuracy; the other side loses as much.
    [[nodiscard]] double advantage(std::size_t side, const std::array<TeamDay, 2>& days_of_teams,
                                   const std::array<std::size_t, 2>& teams) const {
        double edge = side == 0 ? kHomeAccuracy : -kHomeAccuracy;
        if (days_of_teams[side].back_to_back) edge -= kBackToBackAccuracy;
        if (days_of_teams[1 - side].back_to_back) edge += kBackToBackAccuracy;
        const auto& styles = season_.rosters.styles;
        const double coaching = styles[teams[side]].coaching - styles[teams[1 - side]].coaching;
        return edge + 0.5 * kAccuracyPerPoint * coaching;
    }

    /// Minutes that a player gets these days. The bench comes and goes; starters keep their place.
    [[nodiscard]] double usual_role(PlayerIndex index) const {
        const double steadiness = std::clamp(role_[index] / 40.0, 0.0, 0.6);
        return std::max(0.0, role_[index] + (1.25 - 1.2 * steadiness) * form_[index].minutes);
    }

    SideOutlook outlook_of(std::size_t team, std::span<const PlayerIndex> players, double edge) {
        std::vector<double> roles;
        for (const PlayerIndex index : players) {
            roles.push_back(usual_role(index));
        }
        const TeamStyle& style = rosters().styles[team];
        const std::vector<double> plan = plan_minutes(roles, style.rotation_length);
        const std::vector<double> minutes = expected_minutes(plan);
        SideOutlook outlook{.players = {}, .style = &style, .accuracy = edge};
        for (std::size_t i = 0; i < players.size(); ++i) {
            const Form& form = form_[players[i]];
            outlook.players.push_back({.player = &rosters().players[players[i]],
                                       .plan = plan[i],
                                       .minutes = minutes[i],
                                       .usage = portable_exp(form.usage),
                                       .accuracy = form.accuracy});
        }
        return outlook;
    }

    // --- The game and after
    // ----------------------------------------------------------------------------------

    GameResult play_game(const GameOutlook& outlook) {
        const Fixture& fixture = season_.fixtures[outlook.fixture];
        Random random(options_.seed, Stream::kGame,
                      static_cast<std::uint64_t>(fixture.game_id.value));
        GameInput input;
        input.possession_length = 1.0 + random.normal(0.0, kGameSpeedTonight);
        const double shared = random.normal(0.0, kGameAccuracyTonight);
        for (std::size_t side = 0; side < 2; ++side) {
            const SideOutlook& known = outlook.final[side];
            GameSide& team = input.sides[side];
            team.style = known.style;
            team.accuracy = known.accuracy + shared + random.normal(0.0, kTeamAccuracyTonight);
            std::vector<double> plan;
            plan.reserve(known.players.size());
            for (const PlayerOutlook& p : known.players)
                plan.push_back(p.plan);
            const std::vector<double> minutes = tonights_minutes(plan, random);
            const std::size_t team_index = side == 0 ? fixture.home : fixture.away;
            for (std::size_t i = 0; i < known.players.size(); ++i) {
                team.players.push_back(tonight(known.players[i], outlook.final_players[side][i],
                                               minutes[i], team_index, fixture.date, random));
            }
        }
        return play(input, random);
    }

    GamePlayer tonight(const PlayerOutlook& known, PlayerIndex index, double minutes,
                       std::size_t team, GameDate date, Random& random) {
        GamePlayer player{.index = index,
                          .player = known.player,
                          .target_minutes = minutes,
                          .usage = known.usage * portable_exp(random.normal(0.0, kUsageTonight)),
                          .accuracy = known.accuracy};
        if (minutes <= 0.0) return player;
        const auto hurt = absences_.hurt_tonight(*known.player, index, team, date, minutes);
        if (hurt) player.leaves_after = *hurt;
        return player;
    }

    void drift(std::size_t team, GameDate date) {
        for (const PlayerIndex index : rosters().teams[team]) {
            Random random(options_.seed, Stream::kForm, index,
                          static_cast<std::uint64_t>(date.days_since_epoch()));
            Form& form = form_[index];
            form.minutes = kMinutesDrift.next(form.minutes, random);
            form.usage = kUsageDrift.next(form.usage, random);
            form.accuracy = kAccuracyDrift.next(form.accuracy, random);
        }
    }

    LeagueOptions options_;
    SeasonDays days_;
    SimulatedSeason season_;
    std::size_t next_move_ = 0;
    AbsenceBook absences_;
    std::vector<Form> form_;    ///< by player
    std::vector<double> role_;  ///< usual minutes, by player
    std::array<std::optional<GameDate>, kTeams> last_game_{};
};

Status check(const LeagueOptions& options) {
    const int year = options.season.start_year();
    if (year < kFirstLeagueYear || year > kLastLeagueYear) {
        return fail(ErrorCode::kUsage,
                    "the simulated league has no season " + to_string(options.season),
                    "choose one from " + to_string(Season::starting_in(kFirstLeagueYear)) + " to " +
                        to_string(Season::starting_in(kLastLeagueYear)));
    }
    if (!options.through) return {};
    const SeasonDays days = season_days(options.season);
    if (*options.through >= days.opening_night.plus_days(-1) && *options.through <= days.last_day) {
        return {};
    }
    return fail(
        ErrorCode::kUsage,
        to_string(*options.through) + " is not within the simulated season " +
            to_string(options.season),
        "it is played from " + to_string(days.opening_night) + " to " + to_string(days.last_day));
}

}  // namespace

Expected<SimulatedSeason> simulate(const LeagueOptions& options) {
    TIPOFF_CHECK(check(options));
    return SeasonRun(options).run();
}

}  // namespace tipoff::league
