#include "collect/expectation.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "collect/teams.h"

namespace tipoff::collect {
namespace {

/// A game's box score is there by then; one that is not has been forgotten.
constexpr std::chrono::minutes kBoxScoreBy{210};

/// The league has some 450 players on standard contracts and 90 on two-way ones.
constexpr std::size_t kFewestPlayers = 400;

/// A column of a kind of record that may be empty, and the most of it that may.
struct NullShare {
    std::string_view kind;  ///< of the table of `stated.h`
    std::string_view column;
    double most = 0;
};

/// Shares that recorded answers stay well under; an upstream that stops to fill a field passes
/// them.
constexpr std::array kNullShares{NullShare{"roster_player", "height_inches", 0.2},
                                 NullShare{"roster_player", "weight_pounds", 0.3},
                                 NullShare{"game", "tip_off", 0.5}};

template <class Row>
void check_null_shares(const store::Table<Row>& table, const std::vector<Row>& rows,
                       std::vector<std::string>& unmet) {
    constexpr std::size_t kEnough = 20;  // fewer rows say nothing of a share
    if (rows.size() < kEnough) return;
    for (const NullShare& share : kNullShares) {
        if (table.spec().name != share.kind) continue;
        const store::Columns columns = table.to_columns(rows);
        const std::size_t column = column_of(table.spec(), share.column);
        std::size_t nulls = 0;
        for (std::size_t row = 0; row < rows.size(); ++row)
            nulls += columns.data[column].is_null(row) ? 1 : 0;
        const double part = static_cast<double>(nulls) / static_cast<double>(rows.size());
        if (part > share.most) {
            unmet.push_back(
                fmt::format("{} of {} is empty in {:.0f} of 100 rows, {:.0f} at most are usual",
                            share.column, share.kind, 100 * part, 100 * share.most));
        }
    }
}

/// Games that are over and in no box score of sources that have those of a whole date.
void check_games(const std::vector<AskedGame>& games, Instant now, const StatedRecords& all,
                 std::vector<std::string>& unmet) {
    std::set<std::pair<TeamId, GameDate>> seen;
    std::set<std::string> ids;
    for (const StatedPlayerBox& box : all.player_boxes) {
        if (box.game_date) seen.emplace(box.team_id, *box.game_date);
        ids.insert(box.source_game_id);
    }
    for (const AskedGame& game : games) {
        if (game.tip_off + kBoxScoreBy > now) continue;
        if (ids.contains(to_string(game.game_id)) ||
            (seen.contains({game.home, game.date}) && seen.contains({game.away, game.date})))
            continue;
        unmet.push_back(fmt::format("{} @ {}, {}: no box score although it should be over",
                                    find_team(game.away)->tricode, find_team(game.home)->tricode,
                                    to_string(game.date)));
    }
}

/// Games to come on these days that a list of events does not have. A book opens a day ahead at the
/// latest.
void check_events(const std::vector<AskedGame>& games, Instant now, const StatedRecords& all,
                  std::vector<std::string>& unmet) {
    constexpr std::chrono::hours kOpensBefore{24};
    for (const AskedGame& game : games) {
        const bool is_listed = std::ranges::any_of(all.games, [&](const StatedGame& event) {
            return event.home_team_id == game.home && event.away_team_id == game.away &&
                   event.game_date == game.date;
        });
        if (is_listed || game.tip_off <= now || game.tip_off > now + kOpensBefore) continue;
        unmet.push_back(fmt::format("{} @ {}, {}: no event", find_team(game.away)->tricode,
                                    find_team(game.home)->tricode, to_string(game.date)));
    }
}

template <class Row>
void append(std::vector<Row>& all, const std::vector<Row>& some) {
    all.insert(all.end(), some.begin(), some.end());
}

/// The games of the dates that these answers are about. An answer that was known already is not
/// among them: it was held against the schedule when it came.
std::vector<AskedGame> games_of_answers(const Scope& scope,
                                        const std::vector<ReadAnswer>& answers) {
    std::set<GameDate> dates;
    for (const ReadAnswer& read : answers) {
        if (read.answer.ask.date) dates.insert(*read.answer.ask.date);
    }
    std::vector<AskedGame> games;
    std::ranges::copy_if(scope.games, std::back_inserter(games),
                         [&](const AskedGame& game) { return dates.contains(game.date); });
    return games;
}

}  // namespace

std::vector<std::string> unmet_expectations(const Source& source, const Scope& scope,
                                            const std::vector<ReadAnswer>& answers) {
    std::vector<std::string> unmet;
    StatedRecords all;
    bool all_sound = true;
    for (const ReadAnswer& read : answers) {
        all_sound &= read.reading.outcome.kind == OutcomeKind::kFresh;
        append(all.games, read.reading.records.games);
        append(all.player_boxes, read.reading.records.player_boxes);
        append(all.roster, read.reading.records.roster);
        append(all.players, read.reading.records.players);
    }
    check_null_shares(kStatedRosterPlayer, all.roster, unmet);
    check_null_shares(kStatedPlayerBox, all.player_boxes, unmet);
    check_null_shares(kStatedGame, all.games, unmet);
    const std::vector<AskedGame> games = games_of_answers(scope, answers);
    const bool is_by_date =
        source.name == "nbac_player_boxscore" || source.name == "bdl_box_scores";
    if (is_by_date) check_games(games, scope.now, all, unmet);
    const bool is_events = source.name == "oddsapi_events" || source.name == "bettingpros_events";
    if (is_events && all_sound) check_events(games, scope.now, all, unmet);
    const bool is_player_list =
        source.name == "nbac_player_list" || source.name == "bdl_active_players";
    if (is_player_list && all_sound && !answers.empty() && all.players.size() < kFewestPlayers) {
        unmet.push_back(fmt::format("{} players where the league has at least {}",
                                    all.players.size(), kFewestPlayers));
    }
    return unmet;
}

}  // namespace tipoff::collect
