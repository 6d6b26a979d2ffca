/// Injuries of balldontlie: GET /v1/player_injuries, in pages; `team_ids[]=2` asks for one team.
///
/// All who are hurt at the time of asking. The report has no instant and no year: `description`
/// begins with a day ("Jul 3: Ball (wrist) ...") and `return_date` is one ("Oct 1"), kept as
/// written. The team is a number. Most are "Day-To-Day", which no report of the league knows:
/// `injury_status` says what the words come to.

#include <fmt/core.h>

#include <set>

#include "collect/json_document.h"
#include "collect/sources/asked.h"
#include "collect/sources/bdl.h"
#include "collect/sources/injury_status.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    Reading reading;
    std::set<std::string> seen;
    for (const JsonValue& row : root.array("data")) {
        const JsonValue player = row.object("player");
        const std::int64_t team_id = player.integer("team_id");
        const std::string word = row.text("status");
        const std::string description = row.optional_text("description").value_or("");
        StatedInjury injury{.source_player_id = bdl_id(player),
                            .player_name = bdl_player_name(player),
                            .expected_return = row.optional_text("return_date").value_or("")};
        if (!shape.is_sound()) break;
        const auto status = injury_status(word);
        if (!status) {
            row.wrong(fmt::format("has status '{}', which nobody knows", word));
            break;
        }
        injury.status = status->status;
        injury.reason = injury_reason(word, *status, description);
        if (!seen.insert(injury.source_player_id).second) row.wrong("is a player's second row");
        const Team* team = bdl_team(team_id);
        if (team == nullptr) {
            reading.notes.push_back(
                fmt::format("left out: {} of team {}, which is not of the "
                            "league",
                            injury.player_name, team_id));
            continue;
        }
        injury.team_id = team->team_id;
        if (ask.team && injury.team_id != ask.team) row.wrong(not_of_asked_team(*ask.team));
        reading.records.injuries.push_back(std::move(injury));
    }
    reading.next_cursor = bdl_next_cursor(root);
    if (!shape.is_sound()) return malformed(shape);
    if (reading.records.injuries.empty()) {
        // Somebody of the league is always hurt; of one team, maybe nobody.
        reading.outcome = {ask.team ? OutcomeKind::kEmptyLegal : OutcomeKind::kEmptyUnexpected,
                           "no injuries"};
    }
    return reading;
}

std::vector<PlannedRequest> plan(const Scope&) {
    return ask_once(
        url_with("https://api.balldontlie.io/v1/player_injuries", {{"per_page", "100"}}),
        std::nullopt);
}

}  // namespace

const Source kBdlInjuries{
    .name = "bdl_injuries",
    .also_called = {},
    .what = "balldontlie: who is hurt",
    .read = &read,
    // A report has no time of its own: said again, it stands again.
    .asking = {
        .plan = &plan, .key = kBdlKey, .paging = Paging::kCursor, .counts_each_answer = true}};

}  // namespace tipoff::collect
