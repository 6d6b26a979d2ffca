#pragma once
/// Answers of one source, settled against the database: which rows are new, which names wait.
///
/// Two steps, as with an import: `settle_answers` reads and writes nothing; `write_settled` merges
/// each table once, in the transaction that also ends the run. What waited for a game or a name is
/// taken up with it: documents that stated rows without their game or player are read again from
/// the archive once there is hope, rows that were kept without their player get him.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "collect/resolve_stated.h"
#include "store/database.h"

namespace tipoff::collect {

/// Counts up when a reader learns to read more of the documents that are archived.
inline constexpr std::int32_t kSourceReaderVersion = 1;

struct SettledTable {
    std::string table;
    std::int64_t staged = 0;
    std::int64_t changed = 0;
};

/// Rows by table, and the documents that state them.
struct Settled {
    std::string source;
    std::vector<Schedule> schedule;
    std::vector<PlayerBox> player_boxes;
    std::vector<TeamBox> team_boxes;
    std::vector<Shot> shots;
    std::vector<Play> plays;
    std::vector<InactivePlayer> inactive;
    std::vector<ActivePlayer> active;
    std::vector<Standing> standings;
    std::vector<InjuryReport> injuries;
    std::vector<GameLine> game_lines;
    std::vector<PropLine> prop_lines;
    std::vector<RosterSpell> rosters;
    std::vector<GameAlias> game_aliases;
    std::vector<PlayerSourceId> player_ids;
    std::vector<Player> players;
    std::vector<PlayerAlias> aliases;
    std::vector<UnresolvedName> unresolved;
    std::vector<Document> documents;

    std::int64_t records = 0;            ///< that the answers state
    std::int64_t waiting_for_games = 0;  ///< of those: without their game
    std::int64_t waiting_for_names = 0;  ///< of those: without their player
    std::int64_t taken_up = 0;  ///< of what waited: documents with more rows, rows with a player
    std::vector<std::string> held;  ///< rosters that were held back, and why

    [[nodiscard]] bool is_empty() const;
};

/// Settles the answers, which are of `source` and in the order in which they came, and what of the
/// source waits. `kIo` and `kCorrupt` where the archive does not give a waiting document.
Expected<Settled> settle_answers(store::Database& database, const std::filesystem::path& home,
                                 const Source& source, std::vector<ReadAnswer> answers);

/// One merge a table that has rows; returns what became of each.
Expected<std::vector<SettledTable>> write_settled(const Settled& settled,
                                                  store::Transaction& transaction);

/// Whether anything of the source waits that may be found now.
Expected<bool> may_take_up(store::Database& database, std::string_view source);

}  // namespace tipoff::collect
