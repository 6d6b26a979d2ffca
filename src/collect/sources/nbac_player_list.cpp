/// The league's players of a season by NBA.com:
///   GET stats.nba.com/stats/playerindex?LeagueID=00&Season=2025-26&Historical=0
///
/// Which season it is about is only in the parameters that it repeats. Years are text. A player who
/// has just signed has neither a number nor a position yet, and one without a team has team id 0.

#include <fmt/core.h>

#include <set>

#include "base/parse.h"
#include "collect/sources/nbac_reading.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

constexpr std::size_t kTeams = 30;

constexpr std::int64_t kNoTeam = 0;

/// The league's first season began in 1946.
constexpr std::int64_t kFirstYear = 1946;

enum Column : std::size_t {
    kPersonId,
    kLastName,
    kFirstName,
    kTeamId,
    kJerseyNumber,
    kPosition,
    kRosterStatus,
    kFromYear,
    kToYear,
    kColumnCount
};
constexpr std::array<std::string_view, kColumnCount> kColumns{
    "PERSON_ID", "PLAYER_LAST_NAME", "PLAYER_FIRST_NAME", "TEAM_ID", "JERSEY_NUMBER",
    "POSITION",  "ROSTER_STATUS",    "FROM_YEAR",         "TO_YEAR"};

std::string text_or_none(const JsonValue& cell) {
    return cell.is_null() ? std::string() : cell.as_text();
}

/// The year in which a season began.
std::optional<std::int32_t> read_year(const JsonValue& cell) {
    if (cell.is_null()) return std::nullopt;
    const std::string text = cell.as_text();
    if (!cell.is_sound()) return std::nullopt;
    constexpr std::int64_t kLastYear = 2100;
    const auto year = parse_integer(text);
    if (!year || *year < kFirstYear || *year > kLastYear) {
        cell.wrong(fmt::format("is '{}', to be the year of a season", text));
        return std::nullopt;
    }
    return static_cast<std::int32_t>(*year);
}

StatedPlayer read_player(const ResultSet& index, std::size_t row) {
    const std::string first = index.cell(row, kFirstName).as_text();
    const std::string last = index.cell(row, kLastName).as_text();
    StatedPlayer player;
    player.source_player_id = std::to_string(index.cell(row, kPersonId).as_integer());
    player.player_name = trimmed(fmt::format("{} {}", trimmed(first), trimmed(last)));
    if (player.player_name.empty()) index.row(row).wrong("has no name");
    const JsonValue team_cell = index.cell(row, kTeamId);
    if (team_cell.as_integer() != kNoTeam) {
        const Team* team = read_nbac_team(team_cell);
        if (team != nullptr) player.team_id = team->team_id;
    }
    player.jersey_number = text_or_none(index.cell(row, kJerseyNumber));
    player.position = text_or_none(index.cell(row, kPosition));
    // 1 is on a roster; whoever is on none has 0 or nothing.
    const JsonValue status = index.cell(row, kRosterStatus);
    const double on_roster = status.is_null() ? 0 : status.as_number();
    if (on_roster != 0 && on_roster != 1)
        status.wrong(fmt::format("is {}, to be 0 or 1", on_roster));
    player.on_roster = on_roster == 1;
    player.from_season = read_year(index.cell(row, kFromYear));
    player.to_season = read_year(index.cell(row, kToYear));
    if (player.from_season && player.to_season && *player.from_season > *player.to_season) {
        index.row(row).wrong(fmt::format("has his first season in {} and his last in {}",
                                         *player.from_season, *player.to_season));
    }
    return player;
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    const std::string season_text = root.object("parameters").text("Season");
    const ResultSet index(root, "PlayerIndex", kColumns);
    if (!shape.is_sound()) return malformed(shape);
    const auto season = Season::parse(season_text);
    if (!season)
        return malformed(fmt::format("parameters.Season is '{}', to be as 2025-26", season_text));
    if (ask.season && *season != *ask.season) {
        return malformed(fmt::format("players of {}, where {} was asked for", to_string(*season),
                                     to_string(*ask.season)));
    }

    Reading reading;
    std::set<std::string> seen;
    std::set<TeamId> seen_teams;
    for (std::size_t row = 0; row < index.rows(); ++row) {
        StatedPlayer player = read_player(index, row);
        if (!shape.is_sound()) return malformed(shape);
        if (!seen.insert(player.source_player_id).second)
            index.row(row).wrong("is a player's second row");
        if (player.team_id) seen_teams.insert(*player.team_id);
        reading.records.players.push_back(std::move(player));
    }
    if (!shape.is_sound()) return malformed(shape);

    if (reading.records.players.empty()) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no players"};
    } else if (seen_teams.size() < kTeams) {
        reading.outcome = {OutcomeKind::kPartial,
                           fmt::format("players of {} of 30 teams; not {}", seen_teams.size(),
                                       teams_missing_from(seen_teams))};
    }
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_once(
        url_with("https://stats.nba.com/stats/playerindex",
                 {{"LeagueID", "00"}, {"Season", to_string(scope.season)}, {"Historical", "0"}}),
        scope.season);
}

}  // namespace

const Source kNbacPlayerList{.name = "nbac_player_list",
                             .also_called = {},
                             .what = "NBA.com: players of the league",
                             .read = &read,
                             .asking = {.plan = &plan,
                                        .fresh_for = std::chrono::hours{6},
                                        .headers = HeaderProfile::kNbaStats},
                             .expectation = {.fewest_players = kFewestPlayers}};

}  // namespace tipoff::collect
