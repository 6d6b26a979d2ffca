#pragma once
/// Staged records to facts: the game of each by the schedule, the player of each by id or name, the
/// times at which they count as known.

#include <vector>

#include "collect/import/facts.h"
#include "collect/import/player_index.h"
#include "collect/import/schedule_index.h"
#include "collect/import/settle_shots.h"
#include "collect/name_record.h"

namespace tipoff::collect {

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
