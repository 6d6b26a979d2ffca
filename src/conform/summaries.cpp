#include "conform/summaries.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>

#include "conform/game_facts.h"
#include "conform/rates.h"
#include "conform/schedule.h"

namespace tipoff::conform {
namespace {

/// Rows of one kind, game by game.
template <class Row>
struct ByGame {
    std::vector<const Row*> rows;
    std::vector<std::size_t> begins;
    std::int64_t without_game = 0;

    [[nodiscard]] std::span<const Row* const> of(std::size_t game) const {
        return std::span(rows).subspan(begins[game], begins[game + 1] - begins[game]);
    }
};

using GameIndex = std::unordered_map<GameId, std::size_t>;

/// A counting sort by game, then `key` within each.
template <class Row, class Key>
ByGame<Row> by_game(const std::vector<Row>& rows, const GameIndex& index, Key key) {
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    ByGame<Row> result;
    result.begins.assign(index.size() + 1, 0);
    std::vector<std::size_t> game_of(rows.size(), kNone);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0 && rows[i].game_id == rows[i - 1].game_id) {
            game_of[i] = game_of[i - 1];
        } else if (const auto found = index.find(rows[i].game_id); found != index.end()) {
            game_of[i] = found->second;
        }
        if (game_of[i] == kNone) {
            ++result.without_game;
        } else {
            ++result.begins[game_of[i] + 1];
        }
    }
    for (std::size_t game = 0; game < index.size(); ++game) {
        result.begins[game + 1] += result.begins[game];
    }
    result.rows.resize(result.begins.back());
    std::vector<std::size_t> next = result.begins;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (game_of[i] != kNone) result.rows[next[game_of[i]]++] = &rows[i];
    }
    for (std::size_t game = 0; game < index.size(); ++game) {
        const auto begin = result.rows.begin();
        std::sort(begin + static_cast<std::ptrdiff_t>(result.begins[game]),
                  begin + static_cast<std::ptrdiff_t>(result.begins[game + 1]),
                  [&](const Row* a, const Row* b) { return key(*a) < key(*b); });
    }
    return result;
}

auto player_box_key(const collect::PlayerBox& row) {
    return std::tuple(row.player_id, source_rank(row.source), std::string_view(row.source),
                      row.revision, row.known_at);
}

auto team_box_key(const collect::TeamBox& row) {
    return std::tuple(row.team_id, source_rank(row.source), std::string_view(row.source),
                      row.revision, row.known_at);
}

auto shot_key(const ShotCount& row) {
    return std::tuple(row.player_id, source_rank(row.source), std::string_view(row.source),
                      row.known_at, row.counts);
}

Game game_of(const collect::Schedule& row) {
    Game game;
    game.game_id = row.game_id;
    game.game_date = row.game_date;
    game.season = season_of(row.game_id);
    game.season_type = season_type_of(row.game_id).value();
    game.tip_off = row.tip_off;
    game.status = row.status == "final" || row.status == "postponed" ? row.status : "scheduled";
    game.home_team_id = row.home_team_id;
    game.away_team_id = row.away_team_id;
    game.arena = row.arena;
    game.city = row.city;
    if (game.status == "final") {
        game.home_points = row.home_points;
        game.away_points = row.away_points;
    }
    game.integrity = "no_result";
    game.known_at = row.known_at;
    return game;
}

/// What all rows of a game share.
template <class Row>
Row row_of(const Game& game, bool is_home, KnownAt known_at) {
    Row row;
    row.game_id = game.game_id;
    row.game_date = game.game_date;
    row.season = game.season;
    row.season_type = game.season_type;
    row.team_id = is_home ? game.home_team_id : game.away_team_id;
    row.opponent_team_id = is_home ? game.away_team_id : game.home_team_id;
    row.is_home = is_home;
    row.known_at = known_at;
    return row;
}

/// The team's plays and the game's length, behind a player's usage.
struct UsageBase {
    double team_plays = 0;
    std::int32_t overtime_periods = 0;
    bool operator==(const UsageBase&) const = default;
};

std::optional<UsageBase> usage_base(const GameFacts& facts, bool is_home) {
    const auto& totals = facts.teams[is_home ? kHome : kAway].totals;
    if (!totals || !facts.overtime_periods || !totals->field_goals_attempted ||
        !totals->free_throws_attempted || !totals->turnovers) {
        return std::nullopt;
    }
    return UsageBase{plays_used(*totals->field_goals_attempted, *totals->free_throws_attempted,
                                *totals->turnovers),
                     *facts.overtime_periods};
}

PlayerGame player_row(const Game& game, const GameFacts& facts, const PlayerFacts& player,
                      KnownAt known_at) {
    const collect::PlayerBox& box = *player.box;
    auto row = row_of<PlayerGame>(game, player.is_home, known_at);
    row.player_id = box.player_id;
    row.player_name = box.player_name;
    row.minutes = box.minutes;
    row.points = box.points;
    row.field_goals_made = box.field_goals_made;
    row.field_goals_attempted = box.field_goals_attempted;
    row.three_pointers_made = box.three_pointers_made;
    row.three_pointers_attempted = box.three_pointers_attempted;
    row.free_throws_made = box.free_throws_made;
    row.free_throws_attempted = box.free_throws_attempted;
    row.offensive_rebounds = box.offensive_rebounds;
    row.defensive_rebounds = box.defensive_rebounds;
    row.rebounds = box.rebounds;
    row.assists = box.assists;
    row.steals = box.steals;
    row.blocks = box.blocks;
    row.turnovers = box.turnovers;
    row.personal_fouls = box.personal_fouls;
    row.plus_minus = box.plus_minus;
    row.started = box.started;
    row.primary_source = box.source;
    set_zones(row, player.zones);
    if (!box.field_goals_attempted || !box.free_throws_attempted) return row;

    row.true_shooting =
        true_shooting_of(box.points, *box.field_goals_attempted, *box.free_throws_attempted);
    if (const auto base = usage_base(facts, player.is_home)) {
        row.usage_rate = usage_of(
            plays_used(*box.field_goals_attempted, *box.free_throws_attempted, box.turnovers),
            box.minutes, base->team_plays, base->overtime_periods);
    }
    if (box.field_goals_made && box.three_pointers_made) {
        row.effective_field_goal = effective_field_goal_of(
            *box.field_goals_made, *box.three_pointers_made, *box.field_goals_attempted);
    }
    return row;
}

double effective_field_goal(const TeamTotals& totals) {
    if (!totals.field_goals_made || !totals.three_pointers_made || !totals.field_goals_attempted) {
        return kUnknown;
    }
    return effective_field_goal_of(*totals.field_goals_made, *totals.three_pointers_made,
                                   *totals.field_goals_attempted);
}

/// `totals` are those of `side`.
TeamOffense offense_row(const Game& game, const GameFacts& facts, Side side,
                        const TeamTotals& totals, KnownAt known_at) {
    const TeamFacts& team = facts.teams[side];
    auto row = row_of<TeamOffense>(game, side == kHome, known_at);
    row.minutes = totals.minutes;
    row.points = totals.points;
    row.field_goals_made = totals.field_goals_made;
    row.field_goals_attempted = totals.field_goals_attempted;
    row.three_pointers_made = totals.three_pointers_made;
    row.three_pointers_attempted = totals.three_pointers_attempted;
    row.free_throws_made = totals.free_throws_made;
    row.free_throws_attempted = totals.free_throws_attempted;
    row.offensive_rebounds = totals.offensive_rebounds;
    row.defensive_rebounds = totals.defensive_rebounds;
    row.rebounds = totals.rebounds;
    row.assists = totals.assists;
    row.steals = totals.steals;
    row.blocks = totals.blocks;
    row.turnovers = totals.turnovers;
    row.personal_fouls = totals.personal_fouls;
    row.overtime_periods = facts.overtime_periods;
    row.possessions = facts.possessions;
    if (facts.overtime_periods) row.pace = pace_of(facts.possessions, *facts.overtime_periods);
    row.offensive_rating = rating_of(totals.points, facts.possessions);
    if (totals.field_goals_attempted && totals.free_throws_attempted) {
        row.true_shooting = true_shooting_of(totals.points, *totals.field_goals_attempted,
                                             *totals.free_throws_attempted);
    }
    row.effective_field_goal = effective_field_goal(totals);
    row.primary_source = team.is_player_sum ? "player_sum" : "team_box";
    set_zones(row, team.zones);
    return row;
}

/// `side` defends: the numbers are those of the other side's offense, whose totals are `allowed`.
TeamDefense defense_row(const Game& game, const GameFacts& facts, Side side,
                        const TeamTotals& allowed, KnownAt known_at) {
    const TeamFacts& own = facts.teams[side];
    const TeamFacts& other = facts.teams[side == kHome ? kAway : kHome];
    auto row = row_of<TeamDefense>(game, side == kHome, known_at);
    row.points_allowed = allowed.points;
    row.field_goals_made_allowed = allowed.field_goals_made;
    row.field_goals_attempted_allowed = allowed.field_goals_attempted;
    row.three_pointers_made_allowed = allowed.three_pointers_made;
    row.three_pointers_attempted_allowed = allowed.three_pointers_attempted;
    row.free_throws_made_allowed = allowed.free_throws_made;
    row.free_throws_attempted_allowed = allowed.free_throws_attempted;
    row.turnovers_forced = allowed.turnovers;
    if (own.totals) {
        row.steals = own.totals->steals;
        row.blocks = own.totals->blocks;
    }
    row.possessions = facts.possessions;
    row.defensive_rating = rating_of(allowed.points, facts.possessions);
    row.effective_field_goal_allowed = effective_field_goal(allowed);
    set_zones(row, other.zones);
    return row;
}

bool same_team(const GameFacts& a, const GameFacts& b, Side side) {
    const TeamFacts& x = a.teams[side];
    const TeamFacts& y = b.teams[side];
    return x.totals == y.totals && x.is_player_sum == y.is_player_sum && x.zones == y.zones;
}

/// Whether the team rows of both would be the same: possessions and the mirror join the sides.
bool same_teams(const GameFacts& a, const GameFacts& b) {
    return same_team(a, b, kHome) && same_team(a, b, kAway) &&
           a.overtime_periods == b.overtime_periods;
}

bool same_player(const GameFacts& a, const PlayerFacts& x, const GameFacts& b,
                 const PlayerFacts& y) {
    return x.box == y.box && x.zones == y.zones &&
           usage_base(a, x.is_home) == usage_base(b, y.is_home);
}

const PlayerFacts* find_player(const GameFacts& facts, PlayerId id) {
    const auto found = std::ranges::lower_bound(
        facts.players, id, {}, [](const PlayerFacts& player) { return player.box->player_id; });
    return found != facts.players.end() && found->box->player_id == id ? &*found : nullptr;
}

void add_player_rows(const Game& game, const GameFacts& facts, const GameFacts* before,
                     KnownAt known_at, std::vector<PlayerGame>& rows) {
    for (const PlayerFacts& player : facts.players) {
        const PlayerFacts* old = before ? find_player(*before, player.box->player_id) : nullptr;
        if (old && same_player(facts, player, *before, *old)) continue;
        rows.push_back(player_row(game, facts, player, known_at));
    }
}

void add_team_rows(const Game& game, const GameFacts& facts, const GameFacts* before,
                   KnownAt known_at, Summaries& out) {
    if (before && same_teams(facts, *before)) return;
    for (const Side side : {kHome, kAway}) {
        const Side other = side == kHome ? kAway : kHome;
        if (const auto& totals = facts.teams[side].totals) {
            out.team_offense.push_back(offense_row(game, facts, side, *totals, known_at));
        }
        if (const auto& allowed = facts.teams[other].totals) {
            out.team_defense.push_back(defense_row(game, facts, side, *allowed, known_at));
        }
    }
}

/// Orders a game's statements, which came instant by instant, and numbers them.
template <class Row, class Key>
void number_statements(std::vector<Row>& rows, std::size_t begin, Key key) {
    const std::span game(rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.end());
    const auto order = [&](const Row& row) { return std::tuple(row.*key, row.known_at); };
    if (!std::ranges::is_sorted(game, {}, order)) std::ranges::sort(game, {}, order);
    for (std::size_t i = 1; i < game.size(); ++i) {
        if (game[i].*key == game[i - 1].*key) game[i].revision = game[i - 1].revision + 1;
    }
}

void add_result(Game& game, const GameFacts& facts, KnownAt known_at) {
    const auto& home = facts.teams[kHome].totals;
    const auto& away = facts.teams[kAway].totals;
    // A box score may have been read while the game went on.
    const bool is_over = home && away && facts.overtime_periods && home->points != away->points;
    if (game.status != "final" && is_over) {
        game.status = "final";
        game.home_points = home->points;
        game.away_points = away->points;
    }
    game.overtime_periods = facts.overtime_periods;
    game.possessions = facts.possessions;
    if (facts.overtime_periods) game.pace = pace_of(facts.possessions, *facts.overtime_periods);
    game.player_rows = static_cast<std::int32_t>(facts.players.size());
    game.shot_rows = facts.shot_rows;
    game.known_at = std::max(game.known_at, known_at);
}

void add_game(Game game, const GameRows& rows, Summaries& out) {
    const std::size_t players = out.player_games.size();
    const std::size_t offense = out.team_offense.size();
    const std::size_t defense = out.team_defense.size();
    std::optional<GameFacts> before;
    for (const KnownAt instant : instants(rows)) {
        GameFacts facts = facts_at(rows, instant);
        const GameFacts* old = before ? &*before : nullptr;
        add_player_rows(game, facts, old, instant, out.player_games);
        add_team_rows(game, facts, old, instant, out);
        add_result(game, facts, instant);
        before = std::move(facts);
    }
    number_statements(out.player_games, players, &PlayerGame::player_id);
    number_statements(out.team_offense, offense, &TeamOffense::team_id);
    number_statements(out.team_defense, defense, &TeamDefense::team_id);
    if (game.status == "final") {
        game.integrity = check_integrity(game, rows, before.value_or(GameFacts{}), out.integrity);
    }
    out.games.push_back(std::move(game));
}

template <class Row, class Key>
std::vector<Row> newest_of_each(std::span<const Row> rows, Key key) {
    std::vector<Row> newest;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool is_superseded = i + 1 < rows.size() && rows[i + 1].*key == rows[i].*key &&
                                   rows[i + 1].game_id == rows[i].game_id;
        if (!is_superseded) newest.push_back(rows[i]);
    }
    return newest;
}

}  // namespace

Summaries summarize(const RawFacts& facts) {
    const ScheduleHistory schedule(facts.schedule);
    GameIndex index;
    index.reserve(schedule.size());
    for (std::size_t game = 0; game < schedule.size(); ++game) {
        index.emplace(schedule.newest(game).game_id, game);
    }
    const auto player_boxes = by_game(facts.player_boxes, index, player_box_key);
    const auto team_boxes = by_game(facts.team_boxes, index, team_box_key);
    const auto shots = by_game(facts.shots, index, shot_key);

    Summaries out;
    out.games.reserve(schedule.size());
    out.player_games.reserve(player_boxes.rows.size());
    out.team_offense.reserve(2 * schedule.size());
    out.team_defense.reserve(2 * schedule.size());
    out.integrity.rows_without_game =
        player_boxes.without_game + team_boxes.without_game + shots.without_game;
    for (std::size_t game = 0; game < schedule.size(); ++game) {
        const collect::Schedule& row = schedule.newest(game);
        add_game(game_of(row),
                 {.home = row.home_team_id,
                  .away = row.away_team_id,
                  .player_boxes = player_boxes.of(game),
                  .team_boxes = team_boxes.of(game),
                  .shots = shots.of(game)},
                 out);
    }
    return out;
}

std::vector<PlayerGame> latest_statements(std::span<const PlayerGame> rows) {
    return newest_of_each(rows, &PlayerGame::player_id);
}

std::vector<TeamOffense> latest_statements(std::span<const TeamOffense> rows) {
    return newest_of_each(rows, &TeamOffense::team_id);
}

std::vector<TeamDefense> latest_statements(std::span<const TeamDefense> rows) {
    return newest_of_each(rows, &TeamDefense::team_id);
}

}  // namespace tipoff::conform
