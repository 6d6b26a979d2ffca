#include "coordinate/batch_tables.h"

namespace tipoff::coordinate {

using store::bookkeeping;
using store::key;
using store::value;

const store::Table<BatchRow> kBatch{
    "ops",
    "batch",
    "A date's players, forecast by workers.",
    {
        key<&BatchRow::batch_id>("batch_id", "The date and a number."),
        value<&BatchRow::game_date>("game_date", "The league's day."),
        value<&BatchRow::state>("state", "running; complete, partial, failed or dropped."),
        bookkeeping<&BatchRow::attempt>("attempt", "Raised when it is taken up again."),
        bookkeeping<&BatchRow::row_version>(
            "row_version", "Changes of this row, so that two writers always meet in one column."),
        bookkeeping<&BatchRow::owner>("owner", "Host and process of its coordinator."),
        bookkeeping<&BatchRow::run_id>("run_id", "The run of the forecasts step; empty before."),
        value<&BatchRow::correlation_id>("correlation_id", "Of who asked, as given."),
        value<&BatchRow::min_minutes>("min_minutes",
                                      "Players expected for fewer minutes are left out."),
        value<&BatchRow::systems>("systems", "Asked for; empty for all that there are."),
        value<&BatchRow::markets>("markets", "Asked for."),
        bookkeeping<&BatchRow::as_of>("as_of", "The instant from which it looks."),
        value<&BatchRow::expected>("expected", "Players."),
        value<&BatchRow::forecast>("forecast", "Players with a forecast so far."),
        value<&BatchRow::gaps>("gaps", "Players with a reason instead so far."),
        value<&BatchRow::left_out>("left_out", "Players expected for too few minutes."),
        value<&BatchRow::rows>("rows", "Forecasts written: of what said something new."),
        bookkeeping<&BatchRow::started_at>("started_at", "The machine's clock."),
        bookkeeping<&BatchRow::progressed_at>("progressed_at", "When an outcome last came in."),
        bookkeeping<&BatchRow::finished_at>("finished_at", "NULL while it is running."),
        value<&BatchRow::reason>("reason", "Why it is not complete, in one word."),
        value<&BatchRow::detail>("detail", "The rest."),
    },
    {"(finished_at IS NULL) = (state = 'running')"}};

const store::Table<WorkItemRow> kWorkItem{
    "ops",
    "work_item",
    "A player of a batch and what became of him.",
    {
        key<&WorkItemRow::batch_id>("batch_id", "His batch."),
        key<&WorkItemRow::player_id>("player_id", "The player."),
        value<&WorkItemRow::game_id>("game_id", "His game."),
        value<&WorkItemRow::game_date>("game_date", "The league's day."),
        value<&WorkItemRow::outcome>("outcome", "waiting, forecast or gap."),
        value<&WorkItemRow::reason>("reason", "Of a gap, in one word; else empty."),
        value<&WorkItemRow::detail>("detail", "The rest."),
        bookkeeping<&WorkItemRow::worker>("worker", "Who forecast him."),
    }};

const store::Table<BatchSummaryRow> kBatchSummary{
    "predictions",
    "batch_summary",
    "What a batch came to, by market and system.",
    {
        key<&BatchSummaryRow::batch_id>("batch_id", "The batch."),
        key<&BatchSummaryRow::market>("market", "points, rebounds, ..."),
        key<&BatchSummaryRow::system_id>("system_id", "The system."),
        value<&BatchSummaryRow::game_date>("game_date", "The league's day."),
        value<&BatchSummaryRow::as_of>("as_of", "The instant from which it looked."),
        value<&BatchSummaryRow::players>("players", "Players that it forecast."),
        value<&BatchSummaryRow::mean>("mean", "Of the means, in the counts of the market."),
        value<&BatchSummaryRow::lined>("lined", "Picks on the books' main lines."),
        value<&BatchSummaryRow::over>("over_picks", "Of them, OVER."),
        value<&BatchSummaryRow::under>("under_picks", "Of them, UNDER."),
        value<&BatchSummaryRow::pass>("pass_picks", "Of them, PASS."),
        bookkeeping<&BatchSummaryRow::run_id>("run_id", "The run of the forecasts step."),
    }};

std::vector<const store::TableSpec*> batch_tables() {
    return {&kBatch.spec(), &kBatchSummary.spec(), &kWorkItem.spec()};
}

}  // namespace tipoff::coordinate
