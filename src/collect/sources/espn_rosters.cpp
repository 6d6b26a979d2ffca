/// A team's roster of ESPN: GET site.api.espn.com/apis/site/v2/sports/basketball/nba/teams/2
/// ?enable=roster, one answer a team; the teams have numbers of the source's own.
///
/// Who is hurt stands with each player, and the `date` of it is when that was written of him: the
/// answer is the report of the whole team, of the time of the answer, and the date goes into the
/// reason. What is not known of a player is left out, not null: a new
/// one may have no jersey, no height. So the key of such a field has to be there for most players,
/// and where it is not, it has been renamed. A birth date is midnight in California, written as
/// UTC. The season is not said.

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <set>

#include "collect/json_document.h"
#include "collect/sources/asked.h"
#include "collect/sources/espn.h"
#include "collect/sources/injury_status.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

constexpr std::size_t kFewestPlayers = 13;
constexpr std::size_t kMostPlayers = 21;

/// Fields that a player may lack.
constexpr std::array<std::string_view, 4> kOftenThere{"jersey", "height", "weight", "dateOfBirth"};

/// A whole number of a unit, which is written as 78.0; nothing where it is not there.
std::optional<std::int32_t> measure(const JsonValue& row, std::string_view key, int least,
                                    int most) {
    if (!row.has(key)) return std::nullopt;
    const double value = row.number(key);
    if (!row.is_sound()) return std::nullopt;
    if (value < least || value > most) row.wrong(fmt::format("has a {} of {}", key, value));
    return static_cast<std::int32_t>(std::lround(value));
}

std::optional<GameDate> birth_date(const JsonValue& row) {
    if (!row.has("dateOfBirth")) return std::nullopt;
    const std::string text = row.text("dateOfBirth");
    if (!row.is_sound()) return std::nullopt;
    const auto date = parse_date(std::string_view(text).substr(0, 10));
    if (!date) row.wrong(fmt::format("has dateOfBirth '{}', which is no day", text));
    return date ? std::optional(*date) : std::nullopt;
}

struct DatedInjury {
    Instant written_at{};
    StatedInjury injury;
};

DatedInjury read_injury(const JsonValue& row, const StatedRosterPlayer& player) {
    DatedInjury dated{.injury = {.team_id = player.team_id,
                                 .source_player_id = player.source_player_id,
                                 .player_name = player.player_name}};
    StatedInjury& injury = dated.injury;
    const std::string word = row.text("status");
    dated.written_at = espn_instant(row, row.text("date"));
    std::string reason = row.has("shortComment") ? row.text("shortComment") : std::string();
    if (row.has("details")) {
        const JsonValue details = row.object("details");
        if (details.has("returnDate")) injury.expected_return = details.text("returnDate");
        if (details.has("type")) {
            const std::string part = details.text("type");
            reason = reason.empty() ? part : fmt::format("{}: {}", part, reason);
        }
    }
    if (!row.is_sound()) return dated;
    const auto status = injury_status(word);
    if (!status) {
        row.wrong(fmt::format("has status '{}', which nobody knows", word));
        return dated;
    }
    injury.status = status->status;
    reason = injury_reason(word, *status, reason);
    injury.reason = fmt::format("{}{}(of {})", reason, reason.empty() ? "" : " ",
                                to_string(eastern_date(dated.written_at)));
    return dated;
}

/// The newest of what is said of a player; nothing of one who is not hurt.
std::optional<StatedInjury> newest_injury(const JsonValue& row, const StatedRosterPlayer& player) {
    std::optional<DatedInjury> newest;
    for (const JsonValue& said : row.array("injuries")) {
        DatedInjury injury = read_injury(said, player);
        if (!newest || newest->written_at < injury.written_at) newest = std::move(injury);
    }
    return newest ? std::optional(std::move(newest->injury)) : std::nullopt;
}

StatedRosterPlayer read_player(const JsonValue& row, TeamId team) {
    StatedRosterPlayer player{
        .team_id = team,
        .source_player_id = row.text("id"),
        .player_name = row.text("fullName"),
        .jersey_number = row.has("jersey") ? row.text("jersey") : std::string(),
        .position = row.object("position").text("abbreviation"),
        .height_inches = measure(row, "height", 60, 96),
        .weight_pounds = measure(row, "weight", 130, 400),
        .birth_date = birth_date(row),
        .status = row.object("status").text("name")};
    const std::int64_t years = row.object("experience").integer("years");
    if (years < 0 || years > 30) row.wrong(fmt::format("has {} years of experience", years));
    player.experience_years = static_cast<std::int32_t>(years);
    if (row.is_sound() && (player.source_player_id.empty() || player.player_name.empty()))
        row.wrong("has no id or no fullName");
    return player;
}

void require_often_there(const JsonValue& team, const std::vector<JsonValue>& rows) {
    for (const std::string_view key : kOftenThere) {
        std::size_t without = 0;
        for (const JsonValue& row : rows)
            without += row.has(key) ? 0 : 1;
        if (without * 2 > rows.size()) {
            team.wrong(fmt::format("has {} athletes, and {} is missing for {} of them", rows.size(),
                                   key, without));
        }
    }
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue named = (*document)->root().object("team");
    const std::string name = named.text("displayName");
    const std::vector<JsonValue> rows = named.array("athletes");
    if (!shape.is_sound()) return malformed(shape);
    const Team* team = find_team(name);
    if (team == nullptr) return malformed(fmt::format("team '{}' is one that nobody knows", name));
    if (ask.team && team->team_id != *ask.team) named.wrong(not_of_asked_team(*ask.team));
    require_often_there(named, rows);

    Reading reading;
    std::set<std::string> seen;
    for (const JsonValue& row : rows) {
        StatedRosterPlayer player = read_player(row, team->team_id);
        if (auto injury = newest_injury(row, player))
            reading.records.injuries.push_back(std::move(*injury));
        if (!seen.insert(player.source_player_id).second) row.wrong("is a player's second row");
        reading.records.roster.push_back(std::move(player));
    }
    const std::string count = fmt::format("{} players of {}", rows.size(), team->tricode);
    if (rows.size() > kMostPlayers)
        named.wrong(fmt::format("has {}, to be at most {}", count, kMostPlayers));
    if (!shape.is_sound()) return malformed(shape);
    if (rows.empty()) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, count};
    } else if (rows.size() < kFewestPlayers) {
        reading.outcome = {OutcomeKind::kPartial,
                           fmt::format("{}, to be at least {}", count, kFewestPlayers)};
    }
    return reading;
}

/// The source's numbers of the teams.
struct TeamNumber {
    std::string_view tricode;
    int number;
};
constexpr std::array kTeamNumbers{
    TeamNumber{"ATL", 1},  TeamNumber{"BOS", 2},  TeamNumber{"BKN", 17}, TeamNumber{"CHA", 30},
    TeamNumber{"CHI", 4},  TeamNumber{"CLE", 5},  TeamNumber{"DAL", 6},  TeamNumber{"DEN", 7},
    TeamNumber{"DET", 8},  TeamNumber{"GSW", 9},  TeamNumber{"HOU", 10}, TeamNumber{"IND", 11},
    TeamNumber{"LAC", 12}, TeamNumber{"LAL", 13}, TeamNumber{"MEM", 29}, TeamNumber{"MIA", 14},
    TeamNumber{"MIL", 15}, TeamNumber{"MIN", 16}, TeamNumber{"NOP", 3},  TeamNumber{"NYK", 18},
    TeamNumber{"OKC", 25}, TeamNumber{"ORL", 19}, TeamNumber{"PHI", 20}, TeamNumber{"PHX", 21},
    TeamNumber{"POR", 22}, TeamNumber{"SAC", 23}, TeamNumber{"SAS", 24}, TeamNumber{"TOR", 28},
    TeamNumber{"UTA", 26}, TeamNumber{"WAS", 27}};

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_team(scope, [](TeamId team) {
        const auto found = std::ranges::find(kTeamNumbers, find_team(team)->tricode,
                                             [](const TeamNumber& t) { return t.tricode; });
        require(found != kTeamNumbers.end(), "a team that the source has no number of");
        return fmt::format(
            "https://site.api.espn.com/apis/site/v2/sports/basketball/nba/teams/{}?enable=roster",
            found->number);
    });
}

constexpr std::array<std::string_view, 1> kAlsoCalled{"espn_roster_api"};

}  // namespace

const Source kEspnRosters{
    .name = "espn_rosters",
    .also_called = kAlsoCalled,
    .what = "ESPN: a team's roster, and who of it is hurt",
    .read = &read,
    // A report of injuries has no time of its own: said again, it stands again.
    .asking = {.plan = &plan,
               .spacing = std::chrono::seconds{2},
               .fresh_for = std::chrono::hours{1},
               .counts_each_answer = true},
    .expectation = {.null_shares = kRosterShares}};

}  // namespace tipoff::collect
