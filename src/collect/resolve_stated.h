#pragma once
/// What documents state, as rows of the raw tables: the game of each by the schedule, the player of
/// each by id or name (`player_finder.h`), the instant at which it counts as known.
///
/// A first statement of a result counts as known when it was answered, but no later than 06:00
/// Eastern of the day after, when anybody could have known it: a season that is collected
/// afterwards has the times of one that is imported (`assumed`). A correction counts from its
/// answer.

#include <vector>

#include "collect/answer_archive.h"
#include "collect/collected_tables.h"
#include "collect/known_games.h"
#include "collect/player_finder.h"
#include "collect/roster_spells.h"
#include "collect/source.h"
#include "collect/statements.h"

namespace tipoff::collect {

/// An answer and what was read of it.
struct ReadAnswer {
    ArchivedAnswer answer;
    Reading reading;
    bool is_new = true;  ///< false: the database has the document, it is read once more
};

/// Rows in the order in which they were stated, by table.
struct StatedRows {
    std::vector<Stated<Schedule>> schedule;
    std::vector<Stated<PlayerBox>> player_boxes;
    std::vector<Stated<TeamBox>> team_boxes;
    std::vector<Stated<Shot>> shots;
    std::vector<Stated<Play>> plays;
    std::vector<Stated<InactivePlayer>> inactive;
    std::vector<Stated<ActivePlayer>> active;
    std::vector<Stated<Standing>> standings;
    std::vector<Stated<InjuryReport>> injuries;
    std::vector<Stated<GameLine>> game_lines;
    std::vector<Stated<PropLine>> prop_lines;
    std::vector<RosterSnapshot> rosters;
    std::vector<GameAlias> game_aliases;
};

/// What became of the records of one document.
struct ResolvedCounts {
    std::int64_t kept = 0;
    std::int64_t without_game = 0;    ///< wait for the schedule
    std::int64_t without_player = 0;  ///< wait for a name
    std::int64_t left_out = 0;        ///< say too little to be a row, or are known to be stale
};

/// Adds the rows of a document; those that must wait are counted, and their names noted. `games`
/// grows by the schedules and events that are resolved.
ResolvedCounts resolve_stated(const ReadAnswer& read, KnownGames& games, PlayerFinder& players,
                              StatedRows& rows);

}  // namespace tipoff::collect
