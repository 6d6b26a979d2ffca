#include "hand_made.h"

#include <algorithm>
#include <array>

namespace tipoff::conform::test {
namespace {

collect::Schedule game_row(std::string_view game_id, std::string_view date, TeamId home,
                           TeamId away) {
    collect::Schedule row;
    row.source = "schedule";
    row.game_id = game(game_id);
    row.game_date = day(date);
    row.tip_off = eastern(date, "19:30");
    row.status = "scheduled";
    row.home_team_id = home;
    row.away_team_id = away;
    row.known_at = morning_after(row.game_date);
    row.known_at_basis = collect::kBasisAssumed;
    return row;
}

}  // namespace

std::uint64_t Random::next() {
    // SplitMix64 (Steele, Lea and Flood, 2014).
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

int Random::between(int low, int high) {
    return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
}

GameDate day(std::string_view text) { return parse_date(text).value(); }

GameId game(std::string_view text) { return parse_game_id(text).value(); }

Instant eastern(std::string_view date, std::string_view time) {
    return eastern_instant(day(date), parse_time_of_day(time).value());
}

KnownAt morning_after(GameDate date) { return {eastern_instant(date.plus_days(1), {6, 0, 0})}; }

collect::Schedule pairing(std::string_view game_id, std::string_view date, TeamId home,
                          TeamId away) {
    collect::Schedule row = game_row(game_id, date, home, away);
    row.known_at.at -= std::chrono::hours(24 * 30);
    return row;
}

collect::Schedule result(std::string_view game_id, std::string_view date, TeamId home,
                         std::int32_t home_points, TeamId away, std::int32_t away_points) {
    collect::Schedule row = game_row(game_id, date, home, away);
    row.status = "final";
    row.home_points = home_points;
    row.away_points = away_points;
    return row;
}

collect::PlayerBox box(const collect::Schedule& game, std::int64_t player, TeamId team,
                       std::int32_t minutes, std::int32_t points) {
    collect::PlayerBox row;
    row.source = "player_box";
    row.game_id = game.game_id;
    row.player_id = {player};
    row.game_date = game.game_date;
    row.team_id = team;
    row.player_name = "Player " + std::to_string(player);
    row.minutes = minutes;
    row.points = points;
    row.field_goals_made = points / 2;
    row.field_goals_attempted = points / 2 + 4;
    row.three_pointers_made = 0;
    row.three_pointers_attempted = 2;
    row.free_throws_made = points % 2;
    row.free_throws_attempted = points % 2 + 1;
    row.offensive_rebounds = 1;
    row.defensive_rebounds = 3;
    row.rebounds = 4;
    row.assists = 2;
    row.steals = 1;
    row.turnovers = 2;
    row.personal_fouls = 2;
    row.known_at = morning_after(game.game_date);
    row.known_at_basis = collect::kBasisAssumed;
    return row;
}

void add_five(RawFacts& facts, const collect::Schedule& game, TeamId team,
              std::int64_t first_player, std::int32_t points) {
    for (std::int64_t i = 0; i < 5; ++i) {
        const std::int32_t share = points / 5 + (i < points % 5 ? 1 : 0);
        facts.player_boxes.push_back(box(game, first_player + i, team, 48, share));
    }
}

collect::TeamBox team_box(const RawFacts& facts, const collect::Schedule& game, TeamId team) {
    collect::TeamBox row;
    row.source = "team_box";
    row.game_id = game.game_id;
    row.team_id = team;
    row.game_date = game.game_date;
    row.known_at = morning_after(game.game_date);
    row.known_at_basis = collect::kBasisAssumed;
    for (const collect::PlayerBox& player : facts.player_boxes) {
        if (player.game_id != game.game_id || player.team_id != team) continue;
        row.minutes += player.minutes;
        row.points += player.points;
        row.field_goals_made += *player.field_goals_made;
        row.field_goals_attempted += *player.field_goals_attempted;
        row.three_pointers_made += *player.three_pointers_made;
        row.three_pointers_attempted += *player.three_pointers_attempted;
        row.free_throws_made += *player.free_throws_made;
        row.free_throws_attempted += *player.free_throws_attempted;
        row.offensive_rebounds += *player.offensive_rebounds;
        row.defensive_rebounds += *player.defensive_rebounds;
        row.rebounds += player.rebounds;
        row.assists += player.assists;
        row.steals += player.steals;
        row.blocks += player.blocks;
        row.turnovers += player.turnovers;
        row.personal_fouls += *player.personal_fouls;
    }
    return row;
}

ShotCount shots(const collect::PlayerBox& box) {
    ShotCount row;
    row.source = "shots";
    row.game_id = box.game_id;
    row.player_id = box.player_id;
    row.known_at = box.known_at;
    row.counts.attempts[0] = *box.field_goals_attempted;
    row.counts.makes[0] = *box.field_goals_made;
    return row;
}

collect::PropLine points_line(const collect::Schedule& game, std::int64_t player, double line,
                              std::string_view book) {
    collect::PropLine row;
    row.source = "prop_lines";
    row.game_id = game.game_id;
    row.player_id = {player};
    row.market = "points";
    row.book = book;
    row.line_value = line;
    row.snapshot = game.tip_off - std::chrono::minutes(1);
    row.game_date = game.game_date;
    row.over_price = -110;
    row.under_price = -110;
    row.known_at = {row.snapshot};
    row.known_at_basis = collect::kBasisAssumedClosing;
    return row;
}

collect::GameLine game_line(const collect::Schedule& game, std::string_view market, double line,
                            std::string_view book) {
    collect::GameLine row;
    row.source = "game_lines";
    row.game_id = game.game_id;
    row.market = market;
    row.book = book;
    row.line_value = line;
    row.snapshot = game.tip_off - std::chrono::minutes(1);
    row.game_date = game.game_date;
    row.known_at = {row.snapshot};
    row.known_at_basis = collect::kBasisAssumedClosing;
    return row;
}

collect::InjuryTransaction injury(std::string_view date, TeamId team, std::int64_t player,
                                  bool returned) {
    collect::InjuryTransaction row;
    row.source = "injury_transactions";
    row.transaction_date = day(date);
    row.team_id = team;
    row.player_id = PlayerId{player};
    row.returned = returned;
    row.known_at = {eastern_instant(row.transaction_date.plus_days(1), {0, 0, 0})};
    row.known_at_basis = collect::kBasisAssumed;
    return row;
}

namespace {

constexpr std::array kTeams{kBoston, kDallas, kGoldenState, kPhoenix};
constexpr int kPlayers = 28;

/// Makes one game after another and keeps who plays for whom.
class LeagueMaker {
public:
    explicit LeagueMaker(std::uint64_t seed) : random_(seed) {
        for (int i = 0; i < kPlayers; ++i)
            team_of_[i] = kTeams[i % 4];
    }

    RawFacts make() {
        add_dates("00221", "2022-03-01", 16);
        add_dates("00222", "2022-10-18", 40);
        return std::move(facts_);
    }

private:
    void add_dates(std::string_view prefix, std::string_view first, int days) {
        int number = 0;
        for (int i = 0; i < days; ++i) {
            const GameDate date = day(first).plus_days(i);
            const int opponent = random_.between(1, 3);
            if (random_.chance(60)) add_game(prefix, ++number, date, kTeams[0], kTeams[opponent]);
            const int other = opponent == 1 ? 2 : 1;
            if (random_.chance(60)) {
                add_game(prefix, ++number, date, kTeams[other], kTeams[6 - other - opponent]);
            }
            if (random_.chance(10)) trade();
            if (random_.chance(30)) add_injury(date);
        }
    }

    void trade() { team_of_[random_.between(0, kPlayers - 1)] = kTeams[random_.between(0, 3)]; }

    void add_injury(GameDate date) {
        const int player = random_.between(0, kPlayers - 1);
        auto row = injury(to_string(date), team_of_[player], 100 + player, random_.chance(50));
        row.ordinal = random_.between(0, 3) * 100 + static_cast<int>(facts_.injuries.size());
        facts_.injuries.push_back(row);
    }

    void add_game(std::string_view prefix, int number, GameDate date, TeamId home, TeamId away) {
        std::string id = std::to_string(number);
        id = std::string(prefix) + std::string(5 - id.size(), '0') + id;
        auto schedule = result(id, to_string(date), home, 0, away, 0);
        schedule.tip_off += std::chrono::minutes(30 * random_.between(-4, 4));
        if (random_.chance(4)) schedule.status = "postponed";
        if (schedule.status == "final") add_boxes(schedule);
        add_lines(schedule);
        facts_.schedule.push_back(schedule);
    }

    void add_boxes(collect::Schedule& schedule) {
        for (const TeamId team : {schedule.home_team_id, schedule.away_team_id}) {
            std::vector<int> playing;
            for (int i = 0; i < kPlayers; ++i) {
                if (team_of_[i] == team && random_.chance(80)) playing.push_back(i);
            }
            if (playing.empty()) continue;
            const auto minutes = minutes_of(static_cast<int>(playing.size()));
            for (std::size_t i = 0; i < playing.size(); ++i) {
                add_box(schedule, 100 + playing[i], team, minutes[i]);
            }
            if (random_.chance(80)) facts_.team_boxes.push_back(team_box(facts_, schedule, team));
        }
    }

    /// 240 minutes, or 265 now and then, shared out.
    std::vector<int> minutes_of(int players) {
        const int total = random_.chance(6) ? 265 : 240;
        std::vector<int> minutes(static_cast<std::size_t>(players), total / players);
        minutes[0] += total % players;
        for (int& giver : minutes) {
            int& taker = minutes[static_cast<std::size_t>(random_.between(0, players - 1))];
            const int moved = random_.between(0, giver / 2);
            giver -= moved;
            taker += moved;
        }
        return minutes;
    }

    void add_box(collect::Schedule& schedule, std::int64_t player, TeamId team, int minutes) {
        auto row = box(schedule, player, team, minutes, random_.between(0, 40));
        // Collected late now and then, also after games of the next days have begun.
        if (random_.chance(8)) row.known_at.at += std::chrono::hours(random_.between(1, 90));
        auto& points = team == schedule.home_team_id ? schedule.home_points : schedule.away_points;
        points = *points + row.points;
        facts_.player_boxes.push_back(row);
        if (random_.chance(70)) facts_.shots.push_back(shots(row));
        if (!random_.chance(6)) return;
        row.revision = 1;
        row.minutes += 1;
        row.known_at.at += std::chrono::hours(random_.between(1, 200));
        facts_.player_boxes.push_back(row);
    }

    void add_lines(const collect::Schedule& schedule) {
        for (int i = 0; i < kPlayers; ++i) {
            if (!random_.chance(20)) continue;
            auto row = points_line(schedule, 100 + i, 10.5 + random_.between(0, 20));
            facts_.prop_lines.push_back(row);
            row.snapshot -= std::chrono::hours(random_.between(1, 9));
            row.known_at = {row.snapshot};
            row.known_at_basis = collect::kBasisObserved;
            row.book = random_.chance(50) ? "book_a" : "book_b";
            row.line_value += random_.between(-2, 2);
            facts_.prop_lines.push_back(row);
        }
        for (const std::string_view market : {"total", "spread"}) {
            if (!random_.chance(80)) continue;
            facts_.game_lines.push_back(game_line(schedule, market, random_.between(-9, 9)));
        }
    }

    Random random_;
    RawFacts facts_;
    std::array<TeamId, kPlayers> team_of_{};
};

template <class Row>
void shuffle_rows(std::vector<Row>& rows, Random& random) {
    for (std::size_t i = rows.size(); i > 1; --i) {
        std::swap(rows[i - 1], rows[static_cast<std::size_t>(random.next() % i)]);
    }
}

}  // namespace

RawFacts small_league(std::uint64_t seed) { return LeagueMaker(seed).make(); }

void shuffle(RawFacts& facts, std::uint64_t seed) {
    Random random(seed);
    shuffle_rows(facts.schedule, random);
    shuffle_rows(facts.player_boxes, random);
    shuffle_rows(facts.team_boxes, random);
    shuffle_rows(facts.shots, random);
    shuffle_rows(facts.game_lines, random);
    shuffle_rows(facts.prop_lines, random);
    shuffle_rows(facts.injuries, random);
    shuffle_rows(facts.positions, random);
    shuffle_rows(facts.players, random);
}

}  // namespace tipoff::conform::test
