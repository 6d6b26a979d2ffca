#pragma once
/// The games that the league's own schedule has stated, and how other sources call them.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/asking.h"
#include "collect/collected_tables.h"
#include "collect/raw_tables.h"
#include "store/database.h"

namespace tipoff::collect {

/// Whose numbers of games and players a source uses: "bdl" of "bdl_box_scores".
[[nodiscard]] std::string_view family_of(std::string_view source);

/// Whether a source's numbers are the ones that games and players go by here: NBA.com's.
[[nodiscard]] bool has_league_ids(std::string_view source);

/// Whether a source is the league's own schedule: the import's, or NBA.com's.
[[nodiscard]] bool is_league_schedule(std::string_view source);

/// Whether a game is of the season: neither before it nor of the All-Star weekend.
[[nodiscard]] bool counts_in_season(GameId id);

class KnownGames {
public:
    /// Every statement of the league's schedule that is stored, and every alias.
    static Expected<KnownGames> load(store::Database& database);

    /// A statement; those of other sources than the league's schedule are left out.
    void add(const Schedule& statement);
    void add(const GameAlias& alias);

    [[nodiscard]] bool has(GameId id) const { return games_.contains(id); }

    /// Whether anything is known of the season.
    [[nodiscard]] bool has_season(Season season) const;

    /// The game of two teams on a date, whichever is at home, on any date on which the schedule has
    /// ever had it: a game that is put off is found under both.
    [[nodiscard]] std::optional<GameId> find(GameDate date, TeamId one, TeamId other) const;

    /// The game that a source of `family` calls so.
    [[nodiscard]] std::optional<GameId> find(std::string_view family,
                                             std::string_view source_game_id) const;

    /// As the newest statement has it; the game is known.
    [[nodiscard]] const Schedule& newest(GameId id) const;

    /// As it was known at an instant; the first statement before anything was.
    [[nodiscard]] const Schedule& as_known(GameId id, Instant at) const;

    /// The games of these dates by their newest statements, in the order of tip-off; those put off
    /// and those before the season are left out. Ids are those of `game_ids_of`.
    [[nodiscard]] std::vector<AskedGame> to_ask(const std::vector<GameDate>& dates,
                                                std::string_view game_ids_of) const;

    /// A season's games as they were known at an instant, by id.
    [[nodiscard]] std::vector<const Schedule*> of_season(Season season, Instant at) const;

private:
    std::map<GameId, std::vector<Schedule>> games_;  ///< statements by known time, then revision
    std::map<std::pair<GameDate, std::pair<TeamId, TeamId>>, GameId> by_pairing_;
    std::map<std::pair<std::string, std::string>, GameId, std::less<>> aliases_;
    std::map<std::pair<std::string, GameId>, std::string> ids_;  ///< the other way
};

}  // namespace tipoff::collect
