/// Players who are active, of balldontlie: GET /v1/players/active, in pages of 100.
///
/// About five pages; one page alone cannot tell whether players are missing, so whoever joins them
/// counts. A player has the team that he is with, or none; `jersey_number` is text, or null.

#include <fmt/core.h>

#include <set>

#include "collect/json_document.h"
#include "collect/sources/asked.h"
#include "collect/sources/bdl.h"
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
        StatedPlayer player{.source_player_id = bdl_id(row),
                            .player_name = bdl_player_name(row),
                            .jersey_number = row.optional_text("jersey_number").value_or(""),
                            .position = row.optional_text("position").value_or("")};
        const auto named = row.optional_object("team");
        const Team* team = named ? bdl_team(*named) : nullptr;
        if (!shape.is_sound()) break;
        if (!seen.insert(player.source_player_id).second) row.wrong("is a player's second row");
        if (named && team == nullptr) {
            reading.notes.push_back(fmt::format("left out: {} of {}, which is not of the league",
                                                player.player_name, named->text("full_name")));
            continue;
        }
        player.on_roster = team != nullptr;
        if (team != nullptr) player.team_id = team->team_id;
        if (ask.team && player.team_id != ask.team) row.wrong(not_of_asked_team(*ask.team));
        reading.records.players.push_back(std::move(player));
    }
    reading.next_cursor = bdl_next_cursor(root);
    if (!shape.is_sound()) return malformed(shape);
    if (reading.records.players.empty())
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no players"};
    return reading;
}

std::vector<PlannedRequest> plan(const Scope&) {
    return ask_once(url_with("https://api.balldontlie.io/v1/players/active", {{"per_page", "100"}}),
                    std::nullopt);
}

}  // namespace

const Source kBdlActivePlayers{.name = "bdl_active_players",
                               .also_called = {},
                               .what = "balldontlie: players who are active",
                               .read = &read,
                               .asking = {.plan = &plan,
                                          .fresh_for = std::chrono::hours{6},
                                          .key = kBdlKey,
                                          .paging = Paging::kCursor},
                               .expectation = {.fewest_players = kFewestPlayers}};

}  // namespace tipoff::collect
