#include "support/reading_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "collect/byte_stream.h"
#include "collect/shot_zone.h"
#include "collect/sources/box_score.h"
#include "collect/teams.h"

namespace tipoff::support {
namespace {

using namespace collect;
using store::Column;
using store::ColumnType;

struct SourceKinds {
    std::string_view source;
    std::array<std::string_view, 2> kinds;  ///< names of tables in `collect/stated.h`
};

constexpr std::array kKinds{
    SourceKinds{"bdl_active_players", {"player"}},
    SourceKinds{"bdl_box_scores", {"player_box"}},
    SourceKinds{"bdl_games", {"game"}},
    SourceKinds{"bdl_injuries", {"injury"}},
    SourceKinds{"bdl_standings", {"standing"}},
    SourceKinds{"bettingpros_events", {"game"}},
    SourceKinds{"bettingpros_player_props", {"prop_line"}},
    SourceKinds{"br_rosters", {"roster_player"}},
    SourceKinds{"espn_boxscore", {"player_box", "team_box"}},
    SourceKinds{"espn_rosters", {"roster_player", "injury"}},
    SourceKinds{"espn_scoreboard", {"game"}},
    SourceKinds{"nbac_gamebook", {"availability"}},
    SourceKinds{"nbac_injury_report", {"injury"}},
    SourceKinds{"nbac_play_by_play", {"play"}},
    SourceKinds{"nbac_player_boxscore", {"player_box"}},
    SourceKinds{"nbac_player_list", {"player"}},
    SourceKinds{"nbac_schedule", {"game"}},
    SourceKinds{"nbac_team_boxscore", {"player_box", "team_box"}},
    SourceKinds{"oddsapi_events", {"game"}},
    SourceKinds{"oddsapi_game_lines", {"game_line"}},
    SourceKinds{"oddsapi_player_props", {"prop_line"}},
};

bool is_team(TeamId id) { return find_team(id) != nullptr; }
bool is_team_or_none(std::optional<TeamId> id) { return !id || is_team(*id); }
bool are_opponents(TeamId one, TeamId other) {
    return is_team(one) && is_team(other) && one != other;
}
bool is_count(std::optional<std::int32_t> count) { return count.value_or(0) >= 0; }
bool is_finite(std::optional<double> number) { return std::isfinite(number.value_or(0)); }
bool is_price(std::optional<std::int32_t> price) { return !price || std::abs(*price) >= 100; }
bool is_among(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

// What is wrong with a record; empty where nothing is.

std::string wrong_in(const StatedGame& game) {
    if (!are_opponents(game.home_team_id, game.away_team_id)) return "a game of no two teams";
    if (!is_among(game.status, {"", "scheduled", "in_progress", "final", "postponed", "canceled"}))
        return fmt::format("a game that is '{}'", game.status);
    return is_count(game.home_points) && is_count(game.away_points) ? "" : "a negative score";
}

std::string wrong_in(const StatedPlayerBox& box) {
    if (!are_opponents(box.team_id, box.opponent_team_id)) return "a line of no two teams";
    if (box.player_name.empty() && box.source_player_id.empty()) return "a line of nobody";
    if (!box.not_played_reason.empty() && box.points.value_or(0) != 0)
        return "points of one who did not play";
    return impossible_in(box);
}

std::string wrong_in(const StatedTeamBox& box) {
    if (!is_team(box.team_id)) return "totals of no team";
    // A team obeys what its players do.
    return impossible_in({.seconds = box.seconds,
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
                          .personal_fouls = box.personal_fouls});
}

std::string wrong_in(const StatedPlay& play) {
    constexpr double kPeriodSeconds = 720;
    if (!is_team_or_none(play.team_id)) return "an action of no team";
    if (play.period < 1) return "an action of no period";
    if (!(play.seconds_left >= 0 && play.seconds_left <= kPeriodSeconds))
        return fmt::format("an action with {} s left", play.seconds_left);
    if (!is_count(play.home_points) || !is_count(play.away_points)) return "a negative score";
    if (play.zone && (*play.zone < 0 || *play.zone >= static_cast<int>(kShotZones)))
        return "a shot of no zone";
    return is_finite(play.x_feet) && is_finite(play.y_feet) && is_finite(play.distance_feet)
               ? ""
               : "a shot from nowhere";
}

std::string wrong_in(const StatedRosterPlayer& player) {
    if (!is_team(player.team_id)) return "a player of no team";
    if (player.player_name.empty()) return "a player without a name";
    const bool is_possible = player.height_inches.value_or(1) > 0 &&
                             player.weight_pounds.value_or(1) > 0 &&
                             is_count(player.experience_years);
    return is_possible ? "" : "a size or an experience that cannot be";
}

std::string wrong_in(const StatedPlayer& player) {
    if (!is_team_or_none(player.team_id)) return "a player of no team";
    if (player.player_name.empty()) return "a player without a name";
    return player.from_season.value_or(0) <= player.to_season.value_or(INT32_MAX)
               ? ""
               : "a career that ends before it begins";
}

std::string wrong_in(const StatedStanding& standing) {
    if (!is_team(standing.team_id)) return "a standing of no team";
    const bool is_possible = standing.wins >= 0 && standing.losses >= 0 &&
                             standing.conference_rank >= 1 && standing.division_rank >= 1;
    return is_possible ? "" : "wins, losses or a rank that cannot be";
}

std::string wrong_in(const StatedInjury& injury) {
    if (!is_team_or_none(injury.team_id) || !is_team_or_none(injury.opponent_team_id))
        return "an injury in no team";
    if (injury.player_name.empty()) return "an injury of nobody";
    return is_among(injury.status, {"out", "doubtful", "questionable", "probable", "available"})
               ? ""
               : fmt::format("a player who is '{}'", injury.status);
}

std::string wrong_in(const StatedAvailability& player) {
    if (!is_team(player.team_id)) return "a player of no team";
    if (player.player_name.empty()) return "a player without a name";
    if (!is_count(player.seconds)) return "negative seconds";
    return is_among(player.status, {"played", "dnp", "inactive"})
               ? ""
               : fmt::format("a player who is '{}'", player.status);
}

std::string wrong_in(const StatedGameLine& line) {
    if (!are_opponents(line.home_team_id, line.away_team_id)) return "a line of no two teams";
    if (!is_among(line.market, {"spread", "total", "moneyline"}))
        return fmt::format("a line of the market '{}'", line.market);
    if (line.line_value.has_value() == (line.market == "moneyline"))
        return "a moneyline with a line, or another without";
    return is_finite(line.line_value) && is_price(line.home_or_over_price) &&
                   is_price(line.away_or_under_price)
               ? ""
               : "a line or a price that is no number";
}

std::string wrong_in(const StatedPropLine& line) {
    if (!is_team_or_none(line.home_team_id) || !is_team_or_none(line.away_team_id) ||
        !is_team_or_none(line.team_id))
        return "a line of no team";
    if (line.player_name.empty()) return "a line of nobody";
    if (line.market.empty()) return "a line of no market";
    return is_finite(line.line_value) && is_price(line.over_price) && is_price(line.under_price)
               ? ""
               : "a line or a price that is no number";
}

std::string wrong_in(const Source& source, const StatedRecords& records) {
    const auto* given = std::ranges::find(kKinds, source.name, &SourceKinds::source);
    if (given == kKinds.end()) return "a source whose kinds of records are not listed";
    std::string wrong;
    for_each_kind(records, [&](const auto& table, const auto& rows) {
        const std::string& kind = table.spec().name;
        if (!rows.empty() && std::ranges::find(given->kinds, kind) == given->kinds.end())
            wrong = fmt::format("records of the kind {}", kind);
        for (const auto& row : rows) {
            if (!wrong.empty()) return;
            wrong = wrong_in(row);
        }
    });
    return wrong;
}

bool are_equal(const Column& one, const Column& other) {
    if (!std::ranges::equal(one.nulls(), other.nulls())) return false;
    for (std::size_t row = 0; row < one.size(); ++row) {
        if (one.is_null(row)) continue;
        const bool is_same = one.type() == ColumnType::kText ? one.text(row) == other.text(row)
                             : one.type() == ColumnType::kDouble
                                 ? one.number(row) == other.number(row)
                                 : one.integer(row) == other.integer(row);
        if (!is_same) return false;
    }
    return true;
}

std::vector<Column> columns_of(const StatedRecords& records) {
    std::vector<Column> all;
    for_each_kind(records, [&](const auto& table, const auto& rows) {
        std::ranges::move(table.to_columns(std::span(rows)).data, std::back_inserter(all));
    });
    return all;
}

bool are_equal(const Reading& one, const Reading& other) {
    return one.outcome.kind == other.outcome.kind && one.outcome.detail == other.outcome.detail &&
           one.notes == other.notes && one.next_cursor == other.next_cursor &&
           std::ranges::equal(columns_of(one.records), columns_of(other.records),
                              [](const Column& a, const Column& b) { return are_equal(a, b); });
}

std::string wrong_in(const Source& source, const Reading& reading) {
    const std::size_t records = records_in(reading.records);
    switch (reading.outcome.kind) {
        case OutcomeKind::kFresh:
        case OutcomeKind::kPartial:
            if (records == 0) return "nothing in what is told as something";
            break;
        case OutcomeKind::kMalformed:
            if (reading.outcome.detail.empty()) return "malformed without a reason";
            if (records != 0 || reading.next_cursor) return "malformed and used";
            break;
        case OutcomeKind::kEmptyLegal:
        case OutcomeKind::kEmptyUnexpected:
        case OutcomeKind::kNotYet:
            if (records != 0) return "records in what is told as nothing";
            break;
        default: return "an outcome that is not a reader's to give";
    }
    return wrong_in(source, reading.records);
}

/// What the document may have been asked for as: of what it states where it states something, so
/// that the ask is met as well as missed. Which of the four it is follows from the size.
Ask ask_for(std::span<const char> document, const Reading& reading) {
    const auto& games = reading.records.games;
    const auto& boxes = reading.records.player_boxes;
    const GameDate date = !games.empty() ? games.front().game_date
                          : !boxes.empty() && boxes.front().game_date
                              ? *boxes.front().game_date
                              : GameDate{std::chrono::sys_days{std::chrono::year{2025} / 11 / 5}};
    switch (document.size() % 4) {
        case 0: return {.date = date};
        case 1: return {.season = season_of(date)};
        case 2: return {.team = find_team("BOS")->team_id, .market = "player_points"};
        default:
            return {.date = date,
                    .season = season_of(date),
                    .source_game_id = games.empty() ? "0022500500" : games.front().source_game_id};
    }
}

}  // namespace

std::string rule_broken_by(std::span<const char> document, const Source& source) {
    const Reading unasked = source.read(document, {});
    for (const Ask& ask : {Ask{}, ask_for(document, unasked)}) {
        const Reading reading = source.read(document, ask);
        if (const std::string wrong = wrong_in(source, reading); !wrong.empty())
            return fmt::format("{} ({})", wrong, to_string(reading.outcome.kind));
        if (!are_equal(reading, source.read(document, ask))) return "two readings that differ";
    }
    return {};
}

std::string rule_of_unpacking_broken_by(std::span<const char> packed) {
    constexpr std::size_t kMostBytes = std::size_t{1} << 20;
    const auto bytes = unpacked(packed, kMostBytes);
    const auto again = unpacked(packed, kMostBytes);
    if (bytes.has_value() != again.has_value()) return "two unpackings that differ";
    if (!bytes) return bytes.error().message().empty() ? "refused without a reason" : "";
    if (*bytes != *again) return "two unpackings that differ";
    if (bytes->size() > kMostBytes) return "more bytes than are allowed";
    if (!is_gzip(packed) && !std::ranges::equal(*bytes, packed)) return "plain bytes changed";
    return {};
}

}  // namespace tipoff::support
