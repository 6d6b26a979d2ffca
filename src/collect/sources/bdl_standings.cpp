/// Standings of balldontlie: GET /v1/standings?season=2024.
///
/// `season` is the year in which the season begins. A season that has not begun is an empty list,
/// and so is an upstream that is at fault: who asks knows whether games were played.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "collect/json_document.h"
#include "collect/sources/bdl.h"
#include "collect/sources/fields.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

constexpr std::size_t kTeams = 30;
constexpr std::int32_t kMostGames = 82;
constexpr std::int32_t kConferenceTeams = 15;
constexpr std::int32_t kDivisionTeams = 5;

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    Reading reading;
    std::set<TeamId> seen;
    const JsonValue root = (*document)->root();
    // All thirty come in one page, and then there is no `meta`.
    if (root.has("meta")) reading.next_cursor = bdl_next_cursor(root);
    for (const JsonValue& row : root.array("data")) {
        const JsonValue named = row.object("team");
        const Team* team = find_team(named.text("full_name"));
        if (team == nullptr && shape.is_sound()) named.wrong("is a team that nobody knows");
        StatedStanding standing{
            .season = season_starting_in(row, "season"),
            .team_id = team == nullptr ? TeamId{} : team->team_id,
            .wins = integer_between(row, "wins", 0, kMostGames),
            .losses = integer_between(row, "losses", 0, kMostGames),
            .conference = named.text("conference"),
            .conference_rank = integer_between(row, "conference_rank", 1, kConferenceTeams),
            .division = named.text("division"),
            .division_rank = integer_between(row, "division_rank", 1, kDivisionTeams),
            .conference_record = row.text("conference_record"),
            .division_record = row.text("division_record"),
            .home_record = row.text("home_record"),
            .road_record = row.text("road_record")};
        const int games = standing.wins + standing.losses;
        if (games > kMostGames)
            row.wrong(fmt::format("has {} wins and {} losses", standing.wins, standing.losses));
        if (!seen.insert(standing.team_id).second) row.wrong("is a team's second row");
        reading.records.standings.push_back(std::move(standing));
    }
    if (!shape.is_sound()) return malformed(shape);

    const auto& standings = reading.records.standings;
    if (standings.empty()) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no standings"};
        return reading;
    }
    if (const auto asked = ask.season) {
        const auto of_another = std::ranges::find_if(
            standings, [&](const StatedStanding& standing) { return standing.season != *asked; });
        if (of_another != standings.end()) {
            return malformed(fmt::format("standings of {}, where {} was asked for",
                                         to_string(of_another->season), to_string(*asked)));
        }
    }
    if (standings.size() < kTeams) {
        reading.outcome = {
            OutcomeKind::kPartial,
            fmt::format("{} of 30 teams; not {}", standings.size(), teams_missing_from(seen))};
    }
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_once(
        url_with("https://api.balldontlie.io/v1/standings",
                 {{"season", std::to_string(scope.season.start_year())}, {"per_page", "100"}}),
        scope.season);
}

}  // namespace

const Source kBdlStandings{.name = "bdl_standings",
                           .also_called = {},
                           .what = "balldontlie: standings of a season",
                           .read = &read,
                           .asking = {.plan = &plan,
                                      .fresh_for = std::chrono::hours{1},
                                      .key = kBdlKey,
                                      .paging = Paging::kCursor,
                                      .counts_each_answer = true}};

}  // namespace tipoff::collect
