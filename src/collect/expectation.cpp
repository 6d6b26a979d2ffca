#include "collect/expectation.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "collect/source.h"
#include "collect/statements.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

/// A game's box score is there by then; one that is not has been forgotten.
constexpr std::chrono::minutes kBoxScoreBy{210};
/// A book opens a day ahead at the latest.
constexpr std::chrono::hours kOpensBefore{24};

bool is_due(const AskedGame& game, DueGames due, Instant now) {
    const bool is_near = game.tip_off <= now + kOpensBefore;
    switch (due) {
        case DueGames::kNone: return false;
        case DueGames::kPlayed: return game.tip_off + kBoxScoreBy <= now;
        case DueGames::kToCome: return game.tip_off > now && is_near;
        case DueGames::kUpToADayOn: return is_near;
    }
    throw InvariantBroken("games that are due at no time");
}

std::string title_of(const AskedGame& game) {
    return fmt::format("{} @ {}, {}", find_team(game.away)->tricode, find_team(game.home)->tricode,
                       to_string(game.date));
}

std::string_view what_lacks(DueGames due) {
    switch (due) {
        case DueGames::kPlayed: return ": no box score although it should be over";
        case DueGames::kToCome: return ": no event";
        default: return ": not among the games of its date";
    }
}

template <class Row>
void check_null_share(const store::Table<Row>& table, const std::vector<Row>& rows,
                      const NullShare& share, std::vector<std::string>& unmet) {
    constexpr std::size_t kEnough = 20;  // fewer rows say nothing of a share
    if (table.spec().name != share.kind || rows.size() < kEnough) return;
    const store::Columns columns = table.to_columns(rows);
    const auto& column = columns.data[column_of(table.spec(), share.column)];
    const bool is_text = column.type() == store::ColumnType::kText;
    std::size_t empty = 0;
    for (std::size_t row = 0; row < rows.size(); ++row)
        empty += column.is_null(row) || (is_text && column.text(row).empty()) ? 1 : 0;
    const double part = static_cast<double>(empty) / static_cast<double>(rows.size());
    if (part > share.most) {
        unmet.push_back(
            fmt::format("{} of {} is empty in {:.0f} of 100 rows, {:.0f} at most are usual",
                        share.column, share.kind, 100 * part, 100 * share.most));
    }
}

/// What the answers say of which games there are.
class NamedGames {
public:
    explicit NamedGames(const StatedRecords& all) {
        for (const StatedPlayerBox& box : all.player_boxes) {
            if (box.game_date) playing_.emplace(box.team_id, *box.game_date);
            ids_.insert(box.source_game_id);
        }
        for (const StatedGame& game : all.games) {
            playing_.emplace(game.home_team_id, game.game_date);
            playing_.emplace(game.away_team_id, game.game_date);
        }
    }

    [[nodiscard]] bool has(const AskedGame& game) const {
        return ids_.contains(to_string(game.game_id)) ||
               (playing_.contains({game.home, game.date}) &&
                playing_.contains({game.away, game.date}));
    }

private:
    std::set<std::pair<TeamId, GameDate>> playing_;  ///< nobody plays twice a day
    std::set<std::string> ids_;
};

void check_games(DueGames due, const Scope& scope, std::span<const SeenAnswer> answers,
                 const StatedRecords& all, std::vector<std::string>& unmet) {
    std::set<GameDate> dates;
    for (const SeenAnswer& seen : answers) {
        if (seen.ask.date) dates.insert(*seen.ask.date);
    }
    const NamedGames named(all);
    for (const AskedGame& game : scope.games) {
        if (!dates.contains(game.date) || !is_due(game, due, scope.now) || named.has(game))
            continue;
        unmet.push_back(title_of(game) + std::string(what_lacks(due)));
    }
}

template <class Row>
void append(std::vector<Row>& all, const std::vector<Row>& some) {
    all.insert(all.end(), some.begin(), some.end());
}

}  // namespace

SeenAnswer seen_answer(const Source& source, const Ask& ask, const StatedRecords& records) {
    const Expectation& expected = source.expectation;
    const auto is_of = [&expected](std::string_view kind) {
        return std::ranges::find(expected.null_shares, kind, &NullShare::kind) !=
               expected.null_shares.end();
    };
    const bool has_games = expected.has_games != DueGames::kNone;
    SeenAnswer seen{.ask = ask, .records = {}};
    if (has_games || is_of("game")) seen.records.games = records.games;
    if (has_games || is_of("player_box")) seen.records.player_boxes = records.player_boxes;
    if (is_of("roster_player")) seen.records.roster = records.roster;
    if (is_of("game_line")) seen.records.game_lines = records.game_lines;
    if (is_of("prop_line")) seen.records.prop_lines = records.prop_lines;
    if (expected.fewest_players > 0) seen.records.players = records.players;
    return seen;
}

std::vector<std::string> unmet_expectations(const Source& source, const Scope& scope,
                                            std::span<const SeenAnswer> answers, bool is_whole) {
    const Expectation& expected = source.expectation;
    StatedRecords all;
    for (const SeenAnswer& seen : answers) {
        append(all.games, seen.records.games);
        append(all.player_boxes, seen.records.player_boxes);
        append(all.roster, seen.records.roster);
        append(all.players, seen.records.players);
        append(all.game_lines, seen.records.game_lines);
        append(all.prop_lines, seen.records.prop_lines);
    }
    std::vector<std::string> unmet;
    for (const NullShare& share : expected.null_shares) {
        check_null_share(kStatedGame, all.games, share, unmet);
        check_null_share(kStatedPlayerBox, all.player_boxes, share, unmet);
        check_null_share(kStatedRosterPlayer, all.roster, share, unmet);
        check_null_share(kStatedGameLine, all.game_lines, share, unmet);
        check_null_share(kStatedPropLine, all.prop_lines, share, unmet);
    }
    if (is_whole || expected.has_games == DueGames::kPlayed)
        check_games(expected.has_games, scope, answers, all, unmet);
    if (is_whole && !answers.empty() && all.players.size() < expected.fewest_players) {
        unmet.push_back(fmt::format("{} players where the league has at least {}",
                                    all.players.size(), expected.fewest_players));
    }
    for (const AskedGame& game : scope.games) {
        if (game.source_game_id.empty() && is_due(game, expected.asks_games, scope.now)) {
            unmet.push_back(
                fmt::format("{}: {} has not named it", title_of(game), source.asking.game_ids_of));
        }
    }
    return unmet;
}

}  // namespace tipoff::collect
