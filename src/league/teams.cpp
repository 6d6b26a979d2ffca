#include "league/teams.h"

#include <array>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "collect/teams.h"

namespace tipoff::league {
namespace {

constexpr int at(int hour, int minute = 0) { return hour * 60 + minute; }

/// What the list of teams in collect/ does not say. Tip-offs are the two most frequent ones of each
/// home court on weekdays of 2022-23, as scheduled.
struct HomeCourt {
    std::string_view tricode;
    std::string_view arena;
    std::size_t division;
    int usual_tip_off;
    int other_tip_off;
};

constexpr std::size_t kAtlantic = 0;
constexpr std::size_t kCentral = 1;
constexpr std::size_t kSoutheast = 2;
constexpr std::size_t kNorthwest = 3;
constexpr std::size_t kPacific = 4;
constexpr std::size_t kSouthwest = 5;

constexpr std::array kHomeCourts{
    HomeCourt{"ATL", "State Farm Arena", kSoutheast, at(19, 30), at(19, 30)},
    HomeCourt{"BOS", "TD Garden", kAtlantic, at(19, 30), at(19)},
    HomeCourt{"CLE", "Rocket Arena", kCentral, at(19), at(19, 30)},
    HomeCourt{"NOP", "Smoothie King Center", kSouthwest, at(20), at(19, 30)},
    HomeCourt{"CHI", "United Center", kCentral, at(20), at(19, 30)},
    HomeCourt{"DAL", "American Airlines Center", kSouthwest, at(20, 30), at(19, 30)},
    HomeCourt{"DEN", "Ball Arena", kNorthwest, at(21), at(22)},
    HomeCourt{"GSW", "Chase Center", kPacific, at(22), at(22)},
    HomeCourt{"HOU", "Toyota Center", kSouthwest, at(20), at(20)},
    HomeCourt{"LAC", "Intuit Dome", kPacific, at(22, 30), at(22)},
    HomeCourt{"LAL", "Crypto.com Arena", kPacific, at(22, 30), at(22)},
    HomeCourt{"MIA", "Kaseya Center", kSoutheast, at(19, 30), at(20)},
    HomeCourt{"MIL", "Fiserv Forum", kCentral, at(20), at(19, 30)},
    HomeCourt{"MIN", "Target Center", kNorthwest, at(20), at(19, 30)},
    HomeCourt{"BKN", "Barclays Center", kAtlantic, at(19, 30), at(19, 30)},
    HomeCourt{"NYK", "Madison Square Garden", kAtlantic, at(19, 30), at(19, 30)},
    HomeCourt{"ORL", "Kia Center", kSoutheast, at(19), at(19)},
    HomeCourt{"IND", "Gainbridge Fieldhouse", kCentral, at(19), at(19, 30)},
    HomeCourt{"PHI", "Xfinity Mobile Arena", kAtlantic, at(19), at(19, 30)},
    HomeCourt{"PHX", "Mortgage Matchup Center", kPacific, at(22), at(21)},
    HomeCourt{"POR", "Moda Center", kNorthwest, at(22), at(22)},
    HomeCourt{"SAC", "Golden 1 Center", kPacific, at(22), at(22, 30)},
    HomeCourt{"SAS", "Frost Bank Center", kSouthwest, at(20), at(20, 30)},
    HomeCourt{"OKC", "Paycom Center", kNorthwest, at(20), at(20)},
    HomeCourt{"TOR", "Scotiabank Arena", kAtlantic, at(19, 30), at(19, 30)},
    HomeCourt{"UTA", "Delta Center", kNorthwest, at(21), at(21)},
    HomeCourt{"MEM", "FedExForum", kSouthwest, at(20), at(19, 30)},
    HomeCourt{"WAS", "Capital One Arena", kSoutheast, at(19), at(19, 30)},
    HomeCourt{"DET", "Little Caesars Arena", kCentral, at(19), at(19, 30)},
    HomeCourt{"CHA", "Spectrum Center", kSoutheast, at(19), at(19, 30)},
};
static_assert(kHomeCourts.size() == kTeams);

std::string_view box_name(const collect::Team& team) {
    return team.tricode == "LAC" ? std::string_view("LA Clippers") : team.full_name;
}

std::string_view short_name(const collect::Team& team) {
    return team.tricode == "POR" ? std::string_view("Blazers") : team.nickname;
}

std::vector<TeamFacts> make_team_facts() {
    std::vector<TeamFacts> facts;
    for (const HomeCourt& court : kHomeCourts) {
        const collect::Team* team = collect::find_team(court.tricode);
        require(team != nullptr, "a home court belongs to one of the thirty teams");
        require(facts.empty() || facts.back().team_id < team->team_id,
                "home courts are by team id");
        facts.push_back({.team_id = team->team_id,
                         .tricode = court.tricode,
                         .full_name = team->full_name,
                         .box_name = box_name(*team),
                         .short_name = short_name(*team),
                         .arena = court.arena,
                         .city = team->city,
                         .latitude = team->latitude,
                         .longitude = team->longitude,
                         .division = court.division,
                         .usual_tip_off = court.usual_tip_off,
                         .other_tip_off = court.other_tip_off});
    }
    return facts;
}

/// Cosine of an angle in degrees between -90 and 90, by its series: no library's own last bit.
double cosine_of_degrees(double degrees) {
    const double x = degrees * 0.017453292519943295;
    const double x2 = x * x;
    double term = 1.0;
    double sum = 1.0;
    for (int n = 2; n <= 16; n += 2) {
        term *= -x2 / (n * (n - 1));
        sum += term;
    }
    return sum;
}

}  // namespace

std::span<const TeamFacts> team_facts() {
    static const std::vector<TeamFacts> facts = make_team_facts();
    return facts;
}

double miles_between(std::size_t team, std::size_t other) {
    constexpr double kMilesPerDegree = 69.09;
    const TeamFacts& a = team_facts()[team];
    const TeamFacts& b = team_facts()[other];
    const double north = a.latitude - b.latitude;
    const double east =
        (a.longitude - b.longitude) * cosine_of_degrees((a.latitude + b.latitude) / 2.0);
    return kMilesPerDegree * std::sqrt(north * north + east * east);
}

}  // namespace tipoff::league
