#pragma once
/// Staged records to facts: the game of each by the schedule, the player of each by id or name, the
/// times at which they count as known.

#include <map>
#include <tuple>
#include <vector>

#include "collect/import/facts.h"
#include "collect/import/player_index.h"
#include "collect/import/schedule_index.h"
#include "collect/import/settle_shots.h"

namespace tipoff::collect {

/// Names that were looked up, for ref.player_alias and ref.unresolved_name.
class NameRecord {
public:
    void found(std::string_view source, std::string_view name, TeamId team, Season season,
               PlayerId player, std::string_view basis);
    /// `name` as it was written; `date` of the statement.
    void not_found(std::string_view source, std::string_view name, TeamId team, Season season,
                   GameDate date);

    /// The player that one of these names was found to be elsewhere in this import, for the same
    /// team and season.
    [[nodiscard]] std::optional<PlayerId> known(std::string_view source, std::string_view name,
                                                TeamId team, Season season) const;

    [[nodiscard]] std::vector<PlayerAlias> aliases() const;
    [[nodiscard]] std::vector<UnresolvedName> unresolved() const;

private:
    using Key = std::tuple<std::string, std::string, TeamId, Season>;

    std::map<Key, PlayerAlias> aliases_;
    std::map<Key, UnresolvedName> unresolved_;
};

/// Takes the records out of `files` (dropped ones have none); what cannot be resolved is refused
/// with its reason.
[[nodiscard]] Facts<Schedule> take_schedule(std::vector<StagedFile>& files);
[[nodiscard]] Facts<PlayerBox> take_player_boxes(std::vector<StagedFile>& files,
                                                 const ScheduleIndex& schedule);
[[nodiscard]] Facts<TeamBox> take_team_boxes(std::vector<StagedFile>& files,
                                             const ScheduleIndex& schedule);
[[nodiscard]] std::vector<ShotFact> take_shots(std::vector<StagedFile>& files,
                                               const ScheduleIndex& schedule);
[[nodiscard]] Facts<GameLine> take_game_lines(std::vector<StagedFile>& files,
                                              const ScheduleIndex& schedule);
[[nodiscard]] Facts<PropLine> take_prop_lines(std::vector<StagedFile>& files,
                                              const ScheduleIndex& schedule,
                                              const PlayerIndex& players, NameRecord& names);
[[nodiscard]] Facts<InjuryTransaction> take_injuries(std::vector<StagedFile>& files,
                                                     const PlayerIndex& players, NameRecord& names);
[[nodiscard]] Facts<Position> take_positions(std::vector<StagedFile>& files);

}  // namespace tipoff::collect
