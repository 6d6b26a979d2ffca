#include "support/mini_league.h"

#include <algorithm>
#include <array>
#include <string>

namespace tipoff::test {
namespace {

using namespace std::chrono_literals;

constexpr std::array<TeamId, 4> kTeams{TeamId{1610612738}, TeamId{1610612752}, TeamId{1610612747},
                                       TeamId{1610612748}};
constexpr std::array<const char*, 4> kCities{"Boston", "New York", "Los Angeles", "Miami"};
constexpr int kRoster = 9;
constexpr std::array kMinutes{36, 34, 32, 30, 28, 26, 24, 20, 10};  // 240

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
    int below(int limit) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(limit));
    }
    bool one_in(int n) { return below(n) == 0; }

private:
    std::uint64_t state_;
};

struct League {
    conform::RawFacts facts;
    std::array<std::vector<PlayerId>, 4> rosters;
    Random random;

    explicit League(std::uint64_t seed) : random(seed) {
        for (std::size_t team = 0; team < 4; ++team) {
            for (int i = 0; i < kRoster; ++i)
                rosters[team].push_back(PlayerId{static_cast<int>(team) * 100 + i + 1});
        }
    }

    void add_position(Season season, PlayerId player, TeamId team) {
        constexpr std::array<const char*, 4> kPositions{"G", "F", "C", "G-F"};
        const GameDate known{
            std::chrono::sys_days{std::chrono::year{season.start_year() + 1} / 10 / 1}};
        facts.positions.push_back(
            {.source = "positions",
             .season = season,
             .player_id = player,
             .team_id = team,
             .position = kPositions[static_cast<std::size_t>(player.value % 4)],
             .known_at = {eastern_instant(known, {0, 0, 0})},
             .known_at_basis = "assumed",
             .document_hash = {}});
    }

    void add_box(const collect::Schedule& game, std::size_t team, bool with_shots,
                 int& team_points) {
        collect::TeamBox total;
        total.source = "team_box";
        total.game_id = game.game_id;
        total.team_id = kTeams[team];
        total.game_date = game.game_date;
        total.known_at = game.known_at;
        total.known_at_basis = "assumed";
        total.minutes = 240;
        for (int i = 0; i < kRoster; ++i) {
            // Now and then one of them sits out; the next one plays his minutes.
            collect::PlayerBox box;
            box.source = "player_box";
            box.game_id = game.game_id;
            box.player_id = rosters[team][static_cast<std::size_t>(i)];
            box.game_date = game.game_date;
            box.team_id = kTeams[team];
            box.player_name = "Player " + std::to_string(box.player_id.value);
            box.minutes = kMinutes[static_cast<std::size_t>(i)];
            const int twos = random.below(7), threes = random.below(4),
                      free_throws = random.below(5);
            box.field_goals_made = twos + threes;
            box.field_goals_attempted = twos + threes + random.below(8);
            box.three_pointers_made = threes;
            box.three_pointers_attempted = threes + random.below(3);
            box.field_goals_attempted =
                std::max(*box.field_goals_attempted, twos + *box.three_pointers_attempted);
            box.free_throws_made = free_throws;
            box.free_throws_attempted = free_throws + random.below(2);
            box.points = 2 * twos + 3 * threes + free_throws;
            box.offensive_rebounds = random.below(3);
            box.defensive_rebounds = random.below(7);
            box.rebounds = *box.offensive_rebounds + *box.defensive_rebounds;
            box.assists = random.below(8);
            box.steals = random.below(3);
            box.blocks = random.below(2);
            box.turnovers = random.below(4);
            box.personal_fouls = random.below(6);
            box.plus_minus = random.below(21) - 10;
            if (game.game_date.days_since_epoch() % 3 == 0) box.started = i < 5;
            box.known_at = game.known_at;
            box.known_at_basis = "assumed";

            total.points += box.points;
            total.field_goals_made += *box.field_goals_made;
            total.field_goals_attempted += *box.field_goals_attempted;
            total.three_pointers_made += threes;
            total.three_pointers_attempted += *box.three_pointers_attempted;
            total.free_throws_made += free_throws;
            total.free_throws_attempted += *box.free_throws_attempted;
            total.offensive_rebounds += *box.offensive_rebounds;
            total.defensive_rebounds += *box.defensive_rebounds;
            total.rebounds += box.rebounds;
            total.assists += box.assists;
            total.steals += box.steals;
            total.blocks += box.blocks;
            total.turnovers += box.turnovers;
            total.personal_fouls += *box.personal_fouls;
            if (with_shots) add_shots(box, twos, threes);
            if (random.one_in(40)) add_correction(box);
            facts.player_boxes.push_back(box);
        }
        facts.team_boxes.push_back(total);
        team_points = total.points;
    }

    void add_shots(const collect::PlayerBox& box, int twos, int threes) {
        conform::ShotCount shots{"shots", box.game_id, box.player_id, box.known_at, {}};
        const int missed_threes = *box.three_pointers_attempted - threes;
        const int missed_twos = *box.field_goals_attempted - twos - *box.three_pointers_attempted;
        const auto put = [&](int count, int first_zone, int zones, bool made) {
            for (int i = 0; i < count; ++i) {
                const auto zone = static_cast<std::size_t>(first_zone + random.below(zones));
                shots.counts.attempts[zone] += 1;
                if (made) shots.counts.makes[zone] += 1;
            }
        };
        put(twos, 0, 3, true);
        put(missed_twos, 0, 3, false);
        put(threes, 3, 3, true);
        put(missed_threes, 3, 3, false);
        facts.shots.push_back(shots);
    }

    /// The league takes an assist away some days later.
    void add_correction(collect::PlayerBox box) {
        box.revision = 1;
        box.assists = std::max(0, box.assists - 1);
        box.turnovers += 1;
        box.known_at = {box.known_at.at + std::chrono::hours{24 * (1 + random.below(6))}};
        box.known_at_basis = "observed";
        facts.player_boxes.push_back(box);
    }

    void add_lines(const collect::Schedule& game, std::size_t home, std::size_t away) {
        const auto game_line = [&](const char* market, double value, std::chrono::minutes before,
                                   bool in_play) {
            const Instant at = game.tip_off - before;
            facts.game_lines.push_back({.source = "game_lines",
                                        .game_id = game.game_id,
                                        .market = market,
                                        .book = "book",
                                        .line_value = value,
                                        .snapshot = at,
                                        .game_date = game.game_date,
                                        .home_or_over_price = -110,
                                        .away_or_under_price = -110,
                                        .in_play = in_play,
                                        .known_at = {at},
                                        .known_at_basis = "observed",
                                        .document_hash = {}});
        };
        game_line("total", 200.5 + random.below(30), 600min, false);
        game_line("total", 200.5 + random.below(30), 1min, false);
        game_line("spread", random.below(20) - 10.5, 1min, false);
        for (const std::size_t team : {home, away}) {
            for (int i = 0; i < 3; ++i) {
                for (const auto before : {500min, 30min, -30min}) {
                    const Instant at = game.tip_off - before;
                    facts.prop_lines.push_back(
                        {.source = "prop_lines",
                         .game_id = game.game_id,
                         .player_id = rosters[team][static_cast<std::size_t>(i)],
                         .market = "points",
                         .book = i == 0 ? "book" : "other",
                         .line_value = 8.5 + random.below(12),
                         .snapshot = at,
                         .game_date = game.game_date,
                         .over_price = -120 + random.below(20),
                         .under_price = -115,
                         .in_play = false,
                         .known_at = {at},
                         .known_at_basis = "observed",
                         .document_hash = {}});
                }
            }
        }
    }

    void add_injury(GameDate date, std::size_t team) {
        const PlayerId player = rosters[team][static_cast<std::size_t>(random.below(kRoster))];
        facts.injuries.push_back({.source = "injury_transactions",
                                  .transaction_date = date,
                                  .team_id = kTeams[team],
                                  .ordinal = static_cast<std::int32_t>(facts.injuries.size()),
                                  .player_name = "Player " + std::to_string(player.value),
                                  .player_id = player,
                                  .returned = random.one_in(2),
                                  .notes = "sprained ankle",
                                  .known_at = {eastern_instant(date.plus_days(1), {0, 0, 0})},
                                  .known_at_basis = "assumed",
                                  .document_hash = {}});
    }

    void play(Season season, int number, GameDate date, std::size_t home, std::size_t away,
              bool with_shots) {
        collect::Schedule game;
        game.source = "schedule";
        game.game_id = GameId{20'000'000LL + season.start_year() % 100 * 100'000LL + number};
        game.game_date = date;
        game.tip_off = eastern_instant(date, {home == 2 ? 22 : 19, 30, 0});
        game.status = "final";
        game.home_team_id = kTeams[home];
        game.away_team_id = kTeams[away];
        game.city = kCities[home];
        game.known_at = {eastern_instant(date.plus_days(1), {6, 0, 0})};
        game.known_at_basis = "assumed";
        int home_points = 0, away_points = 0;
        add_box(game, home, with_shots, home_points);
        add_box(game, away, with_shots, away_points);
        game.home_points = home_points;
        game.away_points = away_points;
        facts.schedule.push_back(game);
        add_lines(game, home, away);
    }
};

}  // namespace

conform::RawFacts mini_league(const MiniLeagueOptions& options) {
    League league(options.seed);
    for (int s = 0; s < options.seasons; ++s) {
        const Season season = Season::starting_in(options.first_season + s);
        GameDate date{std::chrono::sys_days{std::chrono::year{season.start_year()} / 10 / 18}};
        for (std::size_t team = 0; team < 4; ++team) {
            for (const PlayerId player : league.rosters[team])
                league.add_position(season, player, kTeams[team]);
        }
        for (int day = 0; day < options.game_days; ++day) {
            const auto first = static_cast<std::size_t>(1 + day % 3);
            std::array<std::size_t, 2> others{};
            std::size_t at = 0;
            for (std::size_t team = 1; team < 4; ++team) {
                if (team != first) others[at++] = team;
            }
            const bool with_shots = day % 5 != 4;
            league.play(season, 2 * day + 1, date, day % 2 == 0 ? 0 : first,
                        day % 2 == 0 ? first : 0, with_shots);
            league.play(season, 2 * day + 2, date, others[0], others[1], with_shots);
            if (league.random.one_in(2))
                league.add_injury(date, static_cast<std::size_t>(league.random.below(4)));
            if (day == options.game_days / 2)
                std::swap(league.rosters[0][1], league.rosters[2][1]);  // a trade
            date = date.plus_days(1 + league.random.below(3));
        }
    }
    return league.facts;
}

conform::RawFacts with_another_future(conform::RawFacts facts, Instant from, bool change) {
    const auto is_future = [from](const auto& row) { return row.known_at.at >= from; };
    if (!change) {
        std::erase_if(facts.player_boxes, is_future);
        std::erase_if(facts.team_boxes, is_future);
        std::erase_if(facts.shots, is_future);
        std::erase_if(facts.game_lines, is_future);
        std::erase_if(facts.prop_lines, is_future);
        std::erase_if(facts.injuries, is_future);
        std::erase_if(facts.positions, is_future);
        for (collect::Schedule& game : facts.schedule) {
            if (!is_future(game)) continue;
            game.status = "scheduled";
            game.home_points.reset();
            game.away_points.reset();
        }
        return facts;
    }
    for (collect::PlayerBox& box : facts.player_boxes) {
        if (!is_future(box)) continue;
        box.points += 40;
        *box.free_throws_made += 40;
        *box.free_throws_attempted += 40;
        box.minutes = 48 - box.minutes;
    }
    for (collect::TeamBox& box : facts.team_boxes) {
        if (is_future(box)) box.field_goals_attempted += 50;
    }
    for (conform::ShotCount& shots : facts.shots) {
        if (is_future(shots)) shots.counts.attempts[0] += 9;
    }
    for (collect::GameLine& line : facts.game_lines) {
        if (is_future(line)) line.line_value += 33;
    }
    for (collect::PropLine& line : facts.prop_lines) {
        if (is_future(line)) line.line_value += 33;
    }
    for (collect::InjuryTransaction& injury : facts.injuries) {
        if (is_future(injury)) injury.returned = !injury.returned;
    }
    for (collect::Position& position : facts.positions) {
        if (is_future(position)) position.position = "C";
    }
    return facts;
}

}  // namespace tipoff::test
