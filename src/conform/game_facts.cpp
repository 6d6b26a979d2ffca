#include "conform/game_facts.h"

#include <algorithm>
#include <cmath>

#include "conform/rates.h"

namespace tipoff::conform {
namespace {

constexpr std::array<std::string_view, 11> kSources{"player_box",
                                                    "player_box_playoffs",
                                                    "player_box_playoffs_compact",
                                                    "nbac_team_boxscore",
                                                    "nbac_player_boxscore",
                                                    "espn_boxscore",
                                                    "bdl_box_scores",
                                                    "team_box",
                                                    "shots",
                                                    "nbac_play_by_play",
                                                    "shots_partial"};

using Sum = std::optional<std::int32_t>;

/// Unknown as soon as one part is.
void add(Sum& sum, Sum part) { sum = sum && part ? Sum(*sum + *part) : std::nullopt; }

TeamTotals nothing_yet() {
    TeamTotals sum;
    for (Sum* field :
         {&sum.field_goals_made, &sum.field_goals_attempted, &sum.three_pointers_made,
          &sum.three_pointers_attempted, &sum.free_throws_made, &sum.free_throws_attempted,
          &sum.offensive_rebounds, &sum.defensive_rebounds, &sum.rebounds, &sum.assists,
          &sum.steals, &sum.blocks, &sum.turnovers, &sum.personal_fouls}) {
        *field = 0;
    }
    return sum;
}

void add(TeamTotals& sum, const collect::PlayerBox& box) {
    sum.minutes += box.minutes;
    sum.points += box.points;
    add(sum.field_goals_made, box.field_goals_made);
    add(sum.field_goals_attempted, box.field_goals_attempted);
    add(sum.three_pointers_made, box.three_pointers_made);
    add(sum.three_pointers_attempted, box.three_pointers_attempted);
    add(sum.free_throws_made, box.free_throws_made);
    add(sum.free_throws_attempted, box.free_throws_attempted);
    add(sum.offensive_rebounds, box.offensive_rebounds);
    add(sum.defensive_rebounds, box.defensive_rebounds);
    add(sum.rebounds, box.rebounds);
    add(sum.assists, box.assists);
    add(sum.steals, box.steals);
    add(sum.blocks, box.blocks);
    add(sum.turnovers, box.turnovers);
    add(sum.personal_fouls, box.personal_fouls);
}

TeamTotals totals_of(const collect::TeamBox& box) {
    return {.minutes = box.minutes,
            .points = box.points,
            .field_goals_made = box.field_goals_made,
            .field_goals_attempted = box.field_goals_attempted,
            .three_pointers_made = box.three_pointers_made,
            .three_pointers_attempted = box.three_pointers_attempted,
            .free_throws_made = box.free_throws_made,
            .free_throws_attempted = box.free_throws_attempted,
            .offensive_rebounds = box.offensive_rebounds,
            .defensive_rebounds = box.defensive_rebounds,
            .rebounds = box.rebounds,
            .assists = box.assists,
            .steals = box.steals,
            .blocks = box.blocks,
            .turnovers = box.turnovers,
            .personal_fouls = box.personal_fouls};
}

/// The row to believe at `until` among the sorted rows of one player (team): of the best source
/// that says anything by then, the newest revision.
template <class Box>
const Box* believed(std::span<const Box* const> statements, KnownAt until) {
    const Box* best = nullptr;
    for (const Box* row : statements) {
        if (row->known_at > until) continue;
        if (best && row->source != best->source) break;
        best = row;
    }
    return best;
}

/// Calls `visit` with each run of neighbours that have the same key.
template <class Row, class Key, class Visit>
void for_each_group(std::span<const Row* const> rows, Key key, Visit visit) {
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && key(*rows[end]) == key(*rows[begin]))
            ++end;
        visit(rows.subspan(begin, end - begin));
        begin = end;
    }
}

void read_players(const GameRows& rows, KnownAt until, GameFacts& facts) {
    for_each_group(
        rows.player_boxes, [](const collect::PlayerBox& box) { return box.player_id; },
        [&](std::span<const collect::PlayerBox* const> statements) {
            const auto* box = believed(statements, until);
            if (!box) return;
            if (box->team_id != rows.home && box->team_id != rows.away) {
                ++facts.foreign_rows;
                return;
            }
            facts.players.push_back({box, box->team_id == rows.home, std::nullopt});
        });
}

void read_teams(const GameRows& rows, KnownAt until, GameFacts& facts) {
    std::array<TeamTotals, 2> sums{nothing_yet(), nothing_yet()};
    for (const PlayerFacts& player : facts.players) {
        const Side side = player.is_home ? kHome : kAway;
        add(sums[side], *player.box);
        ++facts.teams[side].player_rows;
    }
    for (const Side side : {kHome, kAway}) {
        TeamFacts& team = facts.teams[side];
        team.player_points = sums[side].points;
        team.player_minutes = sums[side].minutes;
        if (!overtime_periods_of(team.player_minutes)) continue;
        team.totals = sums[side];
        team.is_player_sum = true;
    }
    for_each_group(
        rows.team_boxes, [](const collect::TeamBox& box) { return box.team_id; },
        [&](std::span<const collect::TeamBox* const> statements) {
            const auto* box = believed(statements, until);
            if (!box) return;
            if (box->team_id != rows.home && box->team_id != rows.away) {
                ++facts.foreign_rows;
                return;
            }
            TeamFacts& team = facts.teams[box->team_id == rows.home ? kHome : kAway];
            team.totals = totals_of(*box);
            team.is_player_sum = false;
        });
}

/// The source whose shots are counted: the best that has any by then.
std::string_view shot_source(const GameRows& rows, KnownAt until) {
    std::string_view best;
    for (const ShotCount* shot : rows.shots) {
        if (shot->known_at > until) continue;
        const auto rank = [](std::string_view name) { return std::pair(source_rank(name), name); };
        if (best.empty() || rank(shot->source) < rank(best)) best = shot->source;
    }
    return best;
}

void add(ZoneCounts& sum, const ZoneCounts& part) {
    for (std::size_t zone = 0; zone < collect::kShotZones; ++zone) {
        sum.attempts[zone] += part.attempts[zone];
        sum.makes[zone] += part.makes[zone];
    }
}

/// Whether the shots are too few to be the game's chart. Without attempts in the box there is
/// nothing to measure them by.
bool is_cut_off(const GameFacts& facts) {
    std::int32_t attempts = 0;
    for (const TeamFacts& team : facts.teams) {
        if (!team.totals || !team.totals->field_goals_attempted) return false;
        attempts += *team.totals->field_goals_attempted;
    }
    return facts.shot_rows < kShotChartShare * attempts;
}

void read_shots(const GameRows& rows, KnownAt until, GameFacts& facts) {
    const std::string_view source = shot_source(rows, until);
    if (source.empty()) return;
    const auto is_counted = [&](const ShotCount& shot) {
        return shot.known_at <= until && shot.source == source;
    };
    for (const ShotCount* shot : rows.shots) {
        if (!is_counted(*shot)) continue;
        for (const std::int32_t attempts : shot->counts.attempts)
            facts.shot_rows += attempts;
    }
    if (facts.shot_rows == 0 || is_cut_off(facts)) return;

    std::size_t next = 0;
    std::array<ZoneCounts, 2> team_zones;
    for (PlayerFacts& player : facts.players) {
        ZoneCounts& zones = player.zones.emplace();
        const PlayerId id = player.box->player_id;
        while (next < rows.shots.size() && rows.shots[next]->player_id < id)
            ++next;
        for (; next < rows.shots.size() && rows.shots[next]->player_id == id; ++next) {
            if (is_counted(*rows.shots[next])) add(zones, rows.shots[next]->counts);
        }
        add(team_zones[player.is_home ? kHome : kAway], zones);
    }
    for (const Side side : {kHome, kAway})
        facts.teams[side].zones = team_zones[side];
}

/// Mean of both teams' minutes where both are known, so that one rounding does not decide.
std::optional<std::int32_t> overtime_periods(const GameFacts& facts) {
    std::int32_t minutes = 0, teams = 0;
    for (const TeamFacts& team : facts.teams) {
        if (!team.totals) continue;
        minutes += team.totals->minutes;
        ++teams;
    }
    if (teams == 0) return std::nullopt;
    return overtime_periods_of(minutes / teams);
}

double possessions(const GameFacts& facts) {
    double sum = 0;
    for (const TeamFacts& team : facts.teams) {
        const auto& t = team.totals;
        if (!t || !t->field_goals_attempted || !t->free_throws_attempted || !t->turnovers ||
            !t->offensive_rebounds) {
            return kUnknown;
        }
        sum += team_possessions(*t->field_goals_attempted, *t->free_throws_attempted, *t->turnovers,
                                *t->offensive_rebounds);
    }
    return sum / 2;
}

}  // namespace

std::size_t source_rank(std::string_view source) {
    return static_cast<std::size_t>(std::ranges::find(kSources, source) - kSources.begin());
}

std::optional<std::int32_t> overtime_periods_of(std::int32_t team_minutes) {
    const std::int32_t over = team_minutes - kRegulationTeamMinutes;
    const auto periods =
        static_cast<std::int32_t>(std::lround(static_cast<double>(over) / kOvertimeTeamMinutes));
    if (periods < 0 || std::abs(over - periods * kOvertimeTeamMinutes) > kMinutesTolerance) {
        return std::nullopt;
    }
    return periods;
}

std::vector<KnownAt> instants(const GameRows& rows) {
    std::vector<KnownAt> known;
    const auto note = [&](KnownAt at) {
        if (known.empty() || known.back() != at) known.push_back(at);
    };
    for (const auto* row : rows.player_boxes)
        note(row->known_at);
    for (const auto* row : rows.team_boxes)
        note(row->known_at);
    for (const auto* row : rows.shots)
        note(row->known_at);
    std::ranges::sort(known);
    const auto repeated = std::ranges::unique(known);
    known.erase(repeated.begin(), repeated.end());
    return known;
}

GameFacts facts_at(const GameRows& rows, KnownAt until) {
    GameFacts facts;
    facts.players.reserve(32);
    read_players(rows, until, facts);
    read_teams(rows, until, facts);
    read_shots(rows, until, facts);
    facts.overtime_periods = overtime_periods(facts);
    facts.possessions = possessions(facts);
    return facts;
}

}  // namespace tipoff::conform
