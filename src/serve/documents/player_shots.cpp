#include "serve/documents/player_shots.h"

#include <fmt/core.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conform/game_facts.h"
#include "features/feature_tables.h"
#include "features/zone_names.h"
#include "serve/documents/player_games.h"
#include "serve/documents/player_head.h"
#include "serve/documents/team_codes.h"

namespace tipoff::serve {
namespace {

using features::kZoneGroups;
using features::kZoneNames;
using features::ZoneCounts;

constexpr std::size_t kMostAttempts = 500;

constexpr std::string_view kUnit =
    "feet from the middle of the hoop: x along the baseline, y towards the other hoop";

/// Whom he meets on the date: as was expected, or, where nobody expected him, as he played.
constexpr std::string_view kMeets = R"sql(
SELECT game_id, team_id, opponent_team_id, as_of FROM (
    SELECT game_id, team_id, opponent_team_id, as_of, 0 AS place
    FROM analytics.upcoming_player_game_context WHERE player_id = $1 AND game_date = $2
    UNION ALL
    SELECT game_id, team_id, opponent_team_id, NULL AS as_of, 1 AS place
    FROM analytics.player_game_summary WHERE player_id = $1 AND game_date = $2) AS meets
ORDER BY place LIMIT 1
)sql";

/// What teams shot, all of them or those that met one.
constexpr std::string_view kTeams =
    "WHERE season = $1 AND game_date < $2 AND restricted_area_attempts IS NOT NULL";

/// Of the games whose chart the summary took, the newest statement of each shot.
constexpr std::string_view kAttempts = R"sql(
SELECT game_id, source, x_feet, y_feet, made FROM (
    SELECT s.*, row_number() OVER (PARTITION BY s.game_id, s.source, s.event ORDER BY s.revision DESC) AS place
    FROM raw.shot s JOIN analytics.player_game_summary g ON g.game_id = s.game_id AND g.player_id = s.player_id
    WHERE s.player_id = $1 AND g.player_id = $1 AND g.season = $2 AND g.game_date < $3
        AND g.restricted_area_attempts IS NOT NULL) AS shots
WHERE place = 1 ORDER BY game_date DESC, game_id DESC, source, event DESC
)sql";

struct Meeting {
    GameId game_id;
    TeamId team;
    TeamId opponent;
    std::optional<Instant> as_of;
};

/// Counts, and the games that they are of.
struct Shots {
    std::int64_t games = 0;
    ZoneCounts counts;
};

Expected<std::optional<Meeting>> meeting_of(store::Database& database, PlayerId player,
                                            GameDate date) {
    TIPOFF_TRY(const store::Columns found, database.read(kMeets, {player.value, date}));
    if (found.rows() == 0) return std::nullopt;
    return Meeting{.game_id = store::ColumnCodec<GameId>::get(found.data[0], 0),
                   .team = TeamId{found.data[1].integer(0)},
                   .opponent = TeamId{found.data[2].integer(0)},
                   .as_of = store::ColumnCodec<std::optional<Instant>>::get(found.data[3], 0)};
}

Expected<Shots> shots_of_teams(store::Database& database, Season season, GameDate before,
                               std::optional<TeamId> against) {
    std::string tail(kTeams);
    store::Values values{tipoff::to_string(season), before};
    if (against) {
        tail += " AND opponent_team_id = $3";
        values.emplace_back(against->value);
    }
    TIPOFF_TRY(const auto rows, store::read_rows(database, conform::kTeamOffense, tail, values));
    Shots shots;
    for (const conform::TeamOffense& row : rows) {
        if (const auto counts = features::zone_counts(row)) {
            ++shots.games;
            shots.counts.add(*counts);
        }
    }
    return shots;
}

Json ratio_or_null(double part, double whole) {
    return whole > 0 ? Json(part / whole) : Json(nullptr);
}

Json difference_or_null(const Json& a, const Json& b) {
    if (a.is_null() || b.is_null()) return nullptr;
    return a.get<double>() - b.get<double>();
}

/// The opponent's accuracy factors by zone, as the systems read them; null where unknown.
Expected<Json> factors_of(store::Database& database, const std::optional<Meeting>& meeting) {
    Json factors = Json::array();
    if (!meeting) return Json(kZoneGroups, nullptr);
    std::string columns;
    for (const std::string_view zone : kZoneNames)
        columns += fmt::format("{}accuracy_factor_{}", columns.empty() ? "" : ", ", zone);
    TIPOFF_TRY(const store::Columns found,
               database.read("SELECT " + columns + " FROM " +
                                 features::kTeamDefenceZones.spec().qualified_name() +
                                 " WHERE game_id = $1 AND team_id = $2",
                             {to_string(meeting->game_id), meeting->opponent.value}));
    for (std::size_t zone = 0; zone < kZoneGroups; ++zone)
        factors.push_back(found.rows() == 0 ? Json(nullptr)
                                            : json_value(to_cell(found.data[zone], 0)));
    return factors;
}

/// The zones of what `his`, the league and the defence shot; `factors` by zone.
Json zones_json(const Shots& his, const Shots& league, const Shots& allowed, const Json& factors) {
    Json zones = Json::array();
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        const bool has_any = his.games > 0;
        const double attempts = his.counts.attempts[z];
        const Json league_pct = ratio_or_null(league.counts.makes[z], league.counts.attempts[z]);
        const Json defence_pct = ratio_or_null(allowed.counts.makes[z], allowed.counts.attempts[z]);
        const auto count = [&](double value) {
            return has_any ? Json(static_cast<std::int64_t>(value)) : Json(nullptr);
        };
        zones.push_back({{"zone", kZoneNames[z]},
                         {"attempts", count(attempts)},
                         {"made", count(his.counts.makes[z])},
                         {"pct", ratio_or_null(his.counts.makes[z], attempts)},
                         {"attempt_share", ratio_or_null(attempts, his.counts.total_attempts())},
                         {"league_pct", league_pct},
                         {"defence_pct", defence_pct},
                         {"defence_league_diff", difference_or_null(defence_pct, league_pct)},
                         {"defence_factor", factors[z]}});
    }
    return zones;
}

std::string why_unknown(std::size_t games, const Shots& his, const std::optional<Meeting>& meeting,
                        const Shots& allowed) {
    std::string why;
    const auto add = [&why](std::string_view part) {
        why += fmt::format("{}{}", why.empty() ? "" : "; ", part);
    };
    if (games == 0) {
        add("he has no game of the season before the date");
    } else if (his.games == 0) {
        add(fmt::format("none of his {} games of the season before the date has shots on record",
                        games));
    }
    if (!meeting) {
        add("he has no game on the date");
    } else if (allowed.games == 0) {
        add("no game of the opponent before the date has shots on record");
    }
    return why;
}

/// The newest first; of a game with several charts the one that the summary believes.
Expected<Json> attempts_json(store::Database& database, PlayerId player, Season season,
                             GameDate before) {
    TIPOFF_TRY(const store::Columns found,
               database.read(kAttempts, {player.value, to_string(season), before}));
    const auto& data = found.data;
    std::map<std::string_view, std::string_view> charts;  // by game
    for (std::size_t i = 0; i < found.rows(); ++i) {
        const auto [chart, is_new] = charts.try_emplace(data[0].text(i), data[1].text(i));
        if (!is_new && conform::source_rank(data[1].text(i)) < conform::source_rank(chart->second))
            chart->second = data[1].text(i);
    }
    Json attempts = Json::array();
    for (std::size_t i = 0; i < found.rows() && attempts.size() < kMostAttempts; ++i) {
        if (charts.at(data[0].text(i)) != data[1].text(i)) continue;
        attempts.push_back({{"x", json_value(to_cell(data[2], i))},
                            {"y", json_value(to_cell(data[3], i))},
                            {"made", json_value(to_cell(data[4], i))}});
    }
    return attempts;
}

}  // namespace

Expected<Json> player_shots_json(store::Database& database, PlayerId player, GameDate date) {
    Json document;
    TIPOFF_TRY(document["player"], player_head(database, player));
    TIPOFF_TRY(const auto meeting, meeting_of(database, player, date));
    const Season season = season_of(date);
    TIPOFF_TRY(const auto boxes, box_scores_of(database, player, season));
    std::size_t games = 0;
    Shots his;
    for (const conform::PlayerGame& box : boxes) {
        if (box.game_date >= date) continue;
        ++games;
        if (const auto counts = features::zone_counts(box)) {
            ++his.games;
            his.counts.add(*counts);
        }
    }
    TIPOFF_TRY(const Shots league, shots_of_teams(database, season, date, std::nullopt));
    Shots allowed;
    if (meeting) {
        TIPOFF_TRY(allowed, shots_of_teams(database, season, date, meeting->opponent));
    }
    TIPOFF_TRY(const Json factors, factors_of(database, meeting));
    TIPOFF_TRY(Json attempts, attempts_json(database, player, season, date));
    document["date"] = to_string(date);
    document["as_of"] =
        meeting && meeting->as_of ? Json(to_string(*meeting->as_of)) : Json(nullptr);
    document["team"] = tricode_json(meeting ? std::optional(meeting->team) : std::nullopt);
    document["opponent"] = tricode_json(meeting ? std::optional(meeting->opponent) : std::nullopt);
    document["window"] = fmt::format("{} before {}: {} of his {} games have shots on record",
                                     to_string(season), to_string(date), his.games, games);
    document["zones"] = zones_json(his, league, allowed, factors);
    document["unit"] = kUnit;
    document["attempts"] = std::move(attempts);
    document["why"] = json_value(text_or_null(why_unknown(games, his, meeting, allowed)));
    return document;
}

}  // namespace tipoff::serve
