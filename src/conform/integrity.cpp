#include "conform/integrity.h"

#include <fmt/core.h>

#include <cstdlib>

#include "collect/teams.h"
#include "conform/rates.h"

namespace tipoff::conform {
namespace {

constexpr std::array<std::string_view, kIntegrityChecks> kNames{
    "no_player_box", "foreign_row",      "team_count",   "player_points", "score",
    "minutes",       "sources_disagree", "shots_differ", "shots_cut_off"};

std::string name_of(TeamId id) {
    const collect::Team* team = collect::find_team(id);
    return team ? team->tricode : fmt::format("team {}", id.value);
}

/// Gathers the failures of one game.
class Verdict {
public:
    Verdict(const Game& game, IntegrityReport& report) : game_(game), report_(report) {}

    /// Counts a check once a game, with the first thing that was wrong.
    void fail(IntegrityCheck check, const std::string& what) {
        bool& failed = failed_[static_cast<std::size_t>(check)];
        if (failed) return;
        failed = true;
        auto& failures = report_.failures[static_cast<std::size_t>(check)];
        ++failures.games;
        if (failures.examples.size() < IntegrityReport::kExamples) {
            failures.examples.push_back(fmt::format("{} {}: {}", tipoff::to_string(game_.game_id),
                                                    tipoff::to_string(game_.game_date), what));
        }
    }

    [[nodiscard]] std::string text() const {
        std::string text;
        for (std::size_t check = 0; check < kIntegrityChecks; ++check) {
            if (!failed_[check]) continue;
            if (!text.empty()) text += ",";
            text += kNames[check];
        }
        return text.empty() ? "ok" : text;
    }

private:
    const Game& game_;
    IntegrityReport& report_;
    std::array<bool, kIntegrityChecks> failed_{};
};

void check_team(const Game& game, const GameFacts& facts, Side side, Verdict& verdict) {
    const TeamFacts& team = facts.teams[side];
    const std::string name = name_of(side == kHome ? game.home_team_id : game.away_team_id);
    if (team.player_rows == 0) {
        verdict.fail(IntegrityCheck::kTeamCount, fmt::format("no player of {}", name));
        return;
    }
    if (team.totals && !team.is_player_sum && team.player_points != team.totals->points) {
        verdict.fail(IntegrityCheck::kPlayerPoints,
                     fmt::format("players of {} have {} points, their team {}", name,
                                 team.player_points, team.totals->points));
    }
    const auto score = side == kHome ? game.home_points : game.away_points;
    const std::int32_t points = team.totals ? team.totals->points : team.player_points;
    if (score && points != *score) {
        verdict.fail(IntegrityCheck::kScore, fmt::format("{} has {} points in the box, {} in the "
                                                         "schedule",
                                                         name, points, *score));
    }
    const std::int32_t full =
        kRegulationTeamMinutes + kOvertimeTeamMinutes * facts.overtime_periods.value_or(0);
    const auto check_minutes = [&](std::int32_t minutes, std::string_view whose) {
        if (facts.overtime_periods && std::abs(minutes - full) <= kMinutesTolerance) return;
        verdict.fail(IntegrityCheck::kMinutes,
                     fmt::format("{} of {} have {} minutes", whose, name, minutes));
    };
    check_minutes(team.player_minutes, "players");
    if (team.totals && !team.is_player_sum) check_minutes(team.totals->minutes, "the team row");
}

bool differ(std::optional<std::int32_t> a, std::optional<std::int32_t> b) {
    return a && b && *a != *b;
}

/// What two sources both state; whole minutes are rounded differently by different feeds.
bool disagree(const collect::PlayerBox& a, const collect::PlayerBox& b) {
    return a.team_id != b.team_id || std::abs(a.minutes - b.minutes) > 1 || a.points != b.points ||
           a.rebounds != b.rebounds || a.assists != b.assists || a.steals != b.steals ||
           a.blocks != b.blocks || a.turnovers != b.turnovers ||
           differ(a.field_goals_made, b.field_goals_made) ||
           differ(a.field_goals_attempted, b.field_goals_attempted) ||
           differ(a.three_pointers_made, b.three_pointers_made) ||
           differ(a.three_pointers_attempted, b.three_pointers_attempted) ||
           differ(a.free_throws_made, b.free_throws_made) ||
           differ(a.free_throws_attempted, b.free_throws_attempted);
}

bool disagree(const collect::TeamBox& a, const collect::TeamBox& b) {
    return a.points != b.points || a.field_goals_attempted != b.field_goals_attempted ||
           a.free_throws_attempted != b.free_throws_attempted || a.turnovers != b.turnovers ||
           a.offensive_rebounds != b.offensive_rebounds;
}

/// Compares each source's newest revision of a row with the believed source's newest.
template <class Box, class Key, class Describe>
void check_sources(std::span<const Box* const> rows, Key key, Describe describe, Verdict& verdict) {
    const Box* believed = nullptr;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool is_newest = i + 1 == rows.size() || key(*rows[i + 1]) != key(*rows[i]) ||
                               rows[i + 1]->source != rows[i]->source;
        if (!is_newest) continue;
        if (!believed || key(*believed) != key(*rows[i])) {
            believed = rows[i];
        } else if (disagree(*believed, *rows[i])) {
            verdict.fail(IntegrityCheck::kSourcesDisagree,
                         fmt::format("{}: {} is believed, {} says otherwise", describe(*believed),
                                     believed->source, rows[i]->source));
        }
    }
}

void check_shots(const GameFacts& facts, Verdict& verdict) {
    if (facts.shot_rows == 0) return;
    if (!facts.teams[kHome].zones) {
        verdict.fail(IntegrityCheck::kShotsCutOff,
                     fmt::format("only {} shots on the chart", facts.shot_rows));
        return;
    }
    std::int32_t placed = 0;
    for (const PlayerFacts& player : facts.players) {
        if (!player.zones) continue;
        std::int32_t attempts = 0, makes = 0;
        for (std::size_t zone = 0; zone < collect::kShotZones; ++zone) {
            attempts += player.zones->attempts[zone];
            makes += player.zones->makes[zone];
        }
        placed += attempts;
        if (differ(player.box->field_goals_attempted, attempts) ||
            differ(player.box->field_goals_made, makes)) {
            verdict.fail(IntegrityCheck::kShotsDiffer,
                         fmt::format("{} has {} of {} on the chart, {} of {} in the box",
                                     player.box->player_name, makes, attempts,
                                     player.box->field_goals_made.value_or(0),
                                     player.box->field_goals_attempted.value_or(0)));
        }
    }
    if (placed != facts.shot_rows) {
        verdict.fail(
            IntegrityCheck::kShotsDiffer,
            fmt::format("{} shots of players who are not in the box", facts.shot_rows - placed));
    }
}

}  // namespace

std::string_view to_string(IntegrityCheck check) { return kNames[static_cast<std::size_t>(check)]; }

std::string check_integrity(const Game& game, const GameRows& rows, const GameFacts& facts,
                            IntegrityReport& report) {
    Verdict verdict(game, report);
    if (facts.foreign_rows > 0) {
        verdict.fail(IntegrityCheck::kForeignRow,
                     fmt::format("{} rows of another team", facts.foreign_rows));
    }
    if (facts.players.empty()) {
        verdict.fail(IntegrityCheck::kNoPlayerBox, "no player on record");
    } else {
        for (const Side side : {kHome, kAway})
            check_team(game, facts, side, verdict);
        check_shots(facts, verdict);
    }
    check_sources(
        rows.player_boxes, [](const collect::PlayerBox& box) { return box.player_id; },
        [](const collect::PlayerBox& box) { return box.player_name; }, verdict);
    check_sources(
        rows.team_boxes, [](const collect::TeamBox& box) { return box.team_id; },
        [](const collect::TeamBox& box) { return name_of(box.team_id); }, verdict);

    std::string text = verdict.text();
    ++report.games_with_result;
    if (text == "ok") ++report.games_ok;
    return text;
}

}  // namespace tipoff::conform
