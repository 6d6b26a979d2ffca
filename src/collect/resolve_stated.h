#pragma once
/// What documents state, as rows of the raw tables: the game of each by the schedule, the player of
/// each by id or name, the instant at which it counts as known.
///
/// A player is found by the league's own id; else by the id under which the source was matched
/// before; else by name, among the players of the teams that are meant, in that season; a list also
/// the one player of that name in the league. Never by guess: a name that fits nobody, or two, is
/// unresolved.
///
/// A first statement of a result counts as known when it was answered, but no later than 06:00
/// Eastern of the day after, when anybody could have known it: a season that is collected
/// afterwards has the times of one that is imported (`assumed`). A correction counts from its
/// answer.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/answer_archive.h"
#include "collect/collected_tables.h"
#include "collect/import/player_index.h"
#include "collect/known_games.h"
#include "collect/name_record.h"
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
    std::vector<PlayerSourceId> player_ids;
};

/// What became of the records of one document.
struct ResolvedCounts {
    std::int64_t kept = 0;
    std::int64_t without_game = 0;    ///< wait for the schedule
    std::int64_t without_player = 0;  ///< wait for a name
    std::int64_t left_out = 0;        ///< say too little to be a row, or are known to be stale
};

/// Ids under which players were matched before, by family and the source's id.
using PlayerIds = std::map<std::pair<std::string, std::string>, PlayerId, std::less<>>;

/// A name as a source has it.
struct NamedPlayer {
    std::string_view source;
    std::string_view source_player_id;  ///< empty where there is none
    std::string_view name;
    std::span<const TeamId> teams;  ///< that he may be of
    Season season;
    GameDate date{};
    /// Whether a roster, a report or a list of one team names him, which may be ahead of the box
    /// scores by a trade. A box score is not: who played is a player of the team by then, and of
    /// two of one name in the league it may be the one whom nobody has listed yet.
    bool may_have_moved = false;
};

class StatedResolver {
public:
    /// All outlive it. `games` grows by the schedules and events that are resolved.
    StatedResolver(KnownGames& games, const PlayerIndex& players, PlayerIds ids, NameRecord& names);

    /// Adds the rows of a document; those that must wait are counted, and their names noted.
    ResolvedCounts resolve(const ReadAnswer& read, StatedRows& rows);

    /// The player who is named, also of rows that wait for theirs. How he was found is noted, and
    /// the source's id of him is kept; whoever is not found is noted where the name `is_new`.
    std::optional<PlayerId> find_player(const NamedPlayer& named, StatedRows& rows, bool is_new);

private:
    class Document;

    KnownGames& games_;
    const PlayerIndex& players_;
    PlayerIds ids_;
    NameRecord& names_;
};

}  // namespace tipoff::collect
