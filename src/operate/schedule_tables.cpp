#include "operate/schedule_tables.h"

namespace tipoff::operate {

using store::bookkeeping;
using store::key;
using store::shared_key;
using store::value;

const store::Table<ScheduleStateRow> kScheduleState{
    "ops",
    "schedule_state",
    "Where each job of the workflows stands: up to which logical time it has been run.",
    {
        key<&ScheduleStateRow::job>("job", "Name of the job in the workflows file."),
        value<&ScheduleStateRow::paused>("paused", "Whether it was paused by hand."),
        value<&ScheduleStateRow::paused_by>("paused_by", "Who paused it last."),
        bookkeeping<&ScheduleStateRow::paused_at>("paused_at",
                                                  "When, by the league's clock; NULL: never."),
        value<&ScheduleStateRow::last_logical_time>(
            "last_logical_time", "The newest logical time that was planned; NULL: none yet."),
        bookkeeping<&ScheduleStateRow::first_seen_at>(
            "first_seen_at", "The league's clock; logical times until then do not count."),
        bookkeeping<&ScheduleStateRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
    }};

const store::Table<ScheduleDecisionRow> kScheduleDecision{
    "ops",
    "schedule_decision",
    "What the controller decided on each job, kept where it changed and once an hour.",
    {
        shared_key<&ScheduleDecisionRow::job>("job", "Name of the job."),
        key<&ScheduleDecisionRow::decided_at>("decided_at", "The league's clock."),
        key<&ScheduleDecisionRow::ordinal>("ordinal",
                                           "Of the decisions on the job at that instant."),
        value<&ScheduleDecisionRow::logical_time>(
            "logical_time", "That was due, had run or was missed; NULL: none."),
        value<&ScheduleDecisionRow::game_date>("game_date", "Whose games it is for; NULL: none."),
        value<&ScheduleDecisionRow::verdict>(
            "verdict", "due, not_due, paused, disabled, already_ran, missed or no_games."),
        value<&ScheduleDecisionRow::why>("why", "The same for a person."),
        value<&ScheduleDecisionRow::next_at>("next_at", "The next logical time known; NULL: none."),
        value<&ScheduleDecisionRow::workflows_version>(
            "workflows_version", "Fingerprint of the workflows file that was in force."),
    }};

std::vector<const store::TableSpec*> schedule_tables() {
    return {&kScheduleDecision.spec(), &kScheduleState.spec()};
}

}  // namespace tipoff::operate
