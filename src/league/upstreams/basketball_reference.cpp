/// www.basketball-reference.com: a team's page of a season, named by the site's own code of the
/// team and the year in which the season ends. The roster is that of the day.

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/identities.h"

namespace tipoff::league {
namespace {

/// The beginning of an id: five letters of the surname and two of the first name, "devarlu".
std::string stem_of(const Player& player) {
    const auto letters = [](std::string_view name, std::size_t most) {
        std::string kept;
        for (const char c : name) {
            if (kept.size() < most && std::isalpha(static_cast<unsigned char>(c)) != 0)
                kept += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        return kept;
    };
    const NameParts name = name_parts(without_suffix(player.name.plain));
    return letters(name.last, 5) + letters(name.first, 2);
}

/// By player: "devarlu01". Those of one stem are counted in the order in which they came.
std::vector<std::string> ids_of_all(const Almanac& almanac) {
    std::map<std::string, int> seen;
    std::vector<std::string> ids;
    for (const Player& player : almanac.season().rosters.players) {
        const std::string stem = stem_of(player);
        ids.push_back(fmt::format("{}{:02}", stem, ++seen[stem]));
    }
    return ids;
}

/// "March 3, 1998".
std::string long_date(GameDate date) {
    const std::chrono::year_month_day day(date.day);
    return fmt::format("{} {}, {}", month_name(date), static_cast<unsigned>(day.day()),
                       static_cast<int>(day.year()));
}

std::string cell(std::string_view stat, std::string_view content) {
    return fmt::format("<td class=\"left\" data-stat=\"{}\">{}</td>", stat, content);
}

std::string row_of(const Almanac& almanac, PlayerIndex index, const std::string& id) {
    const Player& player = almanac.player(index);
    const Biography biography = biography_of(almanac, index);
    const std::string link =
        fmt::format("<a href=\"/players/{}/{}.html\">{}</a>", id.front(), id, player.name.display);
    return fmt::format(
        "<tr><th scope=\"row\" class=\"center\" "
        "data-stat=\"number\">{}</th>{}{}{}{}{}{}{}{}</tr>\n",
        biography.jersey, cell("player", link), cell("pos", to_string(player.position)),
        cell("height", biography.height()), cell("weight", std::to_string(biography.weight_pounds)),
        cell("birth_date", long_date(biography.birth_date)),
        cell("birth_country", biography.country_code),
        cell("years_experience",
             biography.seasons_before == 0 ? "R" : std::to_string(biography.seasons_before)),
        cell("college", biography.college));
}

}  // namespace

UpstreamAnswer answer_basketball_reference(const Almanac& almanac, const UpstreamRequest& request,
                                           Instant now) {
    const Season season = almanac.season().options.season;
    for (std::size_t team = 0; team < kTeams; ++team) {
        if (request.path != fmt::format("/teams/{}/{}.html", basketball_reference_team(team),
                                        season.start_year() + 1))
            continue;
        const std::string& name = team_of_index(team).full_name;
        const std::vector<std::string> ids = ids_of_all(almanac);
        std::string rows;
        for (const PlayerIndex index : almanac.roster_of(team, eastern_date(now)))
            rows += row_of(almanac, index, ids[index]);
        return html_answer(fmt::format(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\n"
            "<title>{0} {1} Roster and Stats | Basketball-Reference.com</title>\n</head>\n<body>\n"
            "<h1>{0} {1} Roster and Stats</h1>\n<table class=\"sortable stats_table\" "
            "id=\"roster\">\n<thead><tr><th data-stat=\"number\">No.</th>"
            "<th data-stat=\"player\">Player</th><th data-stat=\"pos\">Pos</th>"
            "<th data-stat=\"height\">Ht</th><th data-stat=\"weight\">Wt</th>"
            "<th data-stat=\"birth_date\">Birth Date</th>"
            "<th data-stat=\"birth_country\">Birth</th>"
            "<th data-stat=\"years_experience\">Exp</th>"
            "<th data-stat=\"college\">College</th></tr></thead>\n<tbody>\n{2}</tbody>\n</table>\n"
            "</body>\n</html>\n",
            to_string(season), name, rows));
    }
    return html_answer(
        "<html><head><title>Page Not Found (404 error) | "
        "Basketball-Reference.com</title></head><body></body></html>",
        404);
}

}  // namespace tipoff::league
