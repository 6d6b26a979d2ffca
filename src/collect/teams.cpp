#include "collect/teams.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/names.h"

namespace tipoff::collect {
namespace {

constexpr std::string_view kEastern = "America/New_York";
constexpr std::string_view kCentral = "America/Chicago";
constexpr std::string_view kMountain = "America/Denver";
constexpr std::string_view kPacific = "America/Los_Angeles";

/// Cities with a home arena first, then neutral sites and former homes.
constexpr std::array kCities{
    City{"Atlanta", 33.7573, -84.3963, kEastern},
    City{"Boston", 42.3662, -71.0621, kEastern},
    City{"Brooklyn", 40.6827, -73.9750, kEastern},
    City{"Charlotte", 35.2251, -80.8392, kEastern},
    City{"Chicago", 41.8807, -87.6742, kCentral},
    City{"Cleveland", 41.4965, -81.6882, kEastern},
    City{"Dallas", 32.7905, -96.8103, kCentral},
    City{"Denver", 39.7487, -105.0077, kMountain},
    City{"Detroit", 42.3411, -83.0553, "America/Detroit"},
    City{"Houston", 29.7508, -95.3621, kCentral},
    City{"Indianapolis", 39.7640, -86.1555, "America/Indiana/Indianapolis"},
    City{"Los Angeles", 34.0430, -118.2673, kPacific},
    City{"Memphis", 35.1382, -90.0506, kCentral},
    City{"Miami", 25.7814, -80.1870, kEastern},
    City{"Milwaukee", 43.0451, -87.9172, kCentral},
    City{"Minneapolis", 44.9795, -93.2761, kCentral},
    City{"New Orleans", 29.9490, -90.0821, kCentral},
    City{"New York", 40.7505, -73.9934, kEastern},
    City{"Oklahoma City", 35.4634, -97.5151, kCentral},
    City{"Orlando", 28.5392, -81.3839, kEastern},
    City{"Philadelphia", 39.9012, -75.1720, kEastern},
    City{"Phoenix", 33.4457, -112.0712, "America/Phoenix"},
    City{"Portland", 45.5316, -122.6668, kPacific},
    City{"Sacramento", 38.5802, -121.4997, kPacific},
    City{"Salt Lake City", 40.7683, -111.9011, kMountain},
    City{"San Antonio", 29.4270, -98.4375, kCentral},
    City{"San Francisco", 37.7680, -122.3877, kPacific},
    City{"Toronto", 43.6435, -79.3791, "America/Toronto"},
    City{"Washington", 38.8981, -77.0209, kEastern},
    City{"Abu Dhabi", 24.4600, 54.6069, "Asia/Dubai"},
    City{"Anaheim", 33.8078, -117.8765, kPacific},
    City{"Auburn Hills", 42.6970, -83.2456, "America/Detroit"},
    City{"Austin", 30.2815, -97.7322, kCentral},
    City{"Berlin", 52.5053, 13.4436, "Europe/Berlin"},
    City{"East Rutherford", 40.8117, -74.0676, kEastern},
    City{"Inglewood", 33.9452, -118.3428, kPacific},
    City{"Kansas City", 39.0974, -94.5801, kCentral},
    City{"Lake Buena Vista", 28.3372, -81.5557, kEastern},
    City{"Las Vegas", 36.1028, -115.1784, kPacific},
    City{"London", 51.5030, 0.0032, "Europe/London"},
    City{"Manchester", 53.4881, -2.2006, "Europe/London"},
    City{"Mexico City", 19.4963, -99.1754, "America/Mexico_City"},
    City{"Montreal", 45.4961, -73.5693, "America/Toronto"},
    City{"Newark", 40.7334, -74.1711, kEastern},
    City{"Oakland", 37.7503, -122.2030, kPacific},
    City{"Paris", 48.8386, 2.3786, "Europe/Paris"},
    City{"Saitama", 35.8949, 139.6309, "Asia/Tokyo"},
    City{"San Diego", 32.7553, -117.2122, kPacific},
    City{"Seattle", 47.6221, -122.3541, kPacific},
    City{"Shanghai", 31.1890, 121.4914, "Asia/Shanghai"},
    City{"Tampa", 27.9427, -82.4519, kEastern},
    City{"Tokyo", 35.7056, 139.7519, "Asia/Tokyo"},
    City{"Vancouver", 49.2778, -123.1088, "America/Vancouver"},
};

/// What the table below leaves out of `Team` because it follows from the city.
struct TeamFacts {
    std::int64_t id;
    std::string_view tricode;
    std::string_view full_name;
    std::string_view nickname;
    std::string_view conference;
    std::string_view city;
};

constexpr std::array kTeamFacts{
    TeamFacts{1610612737, "ATL", "Atlanta Hawks", "Hawks", "East", "Atlanta"},
    TeamFacts{1610612738, "BOS", "Boston Celtics", "Celtics", "East", "Boston"},
    TeamFacts{1610612739, "CLE", "Cleveland Cavaliers", "Cavaliers", "East", "Cleveland"},
    TeamFacts{1610612740, "NOP", "New Orleans Pelicans", "Pelicans", "West", "New Orleans"},
    TeamFacts{1610612741, "CHI", "Chicago Bulls", "Bulls", "East", "Chicago"},
    TeamFacts{1610612742, "DAL", "Dallas Mavericks", "Mavericks", "West", "Dallas"},
    TeamFacts{1610612743, "DEN", "Denver Nuggets", "Nuggets", "West", "Denver"},
    TeamFacts{1610612744, "GSW", "Golden State Warriors", "Warriors", "West", "San Francisco"},
    TeamFacts{1610612745, "HOU", "Houston Rockets", "Rockets", "West", "Houston"},
    TeamFacts{1610612746, "LAC", "Los Angeles Clippers", "Clippers", "West", "Inglewood"},
    TeamFacts{1610612747, "LAL", "Los Angeles Lakers", "Lakers", "West", "Los Angeles"},
    TeamFacts{1610612748, "MIA", "Miami Heat", "Heat", "East", "Miami"},
    TeamFacts{1610612749, "MIL", "Milwaukee Bucks", "Bucks", "East", "Milwaukee"},
    TeamFacts{1610612750, "MIN", "Minnesota Timberwolves", "Timberwolves", "West", "Minneapolis"},
    TeamFacts{1610612751, "BKN", "Brooklyn Nets", "Nets", "East", "Brooklyn"},
    TeamFacts{1610612752, "NYK", "New York Knicks", "Knicks", "East", "New York"},
    TeamFacts{1610612753, "ORL", "Orlando Magic", "Magic", "East", "Orlando"},
    TeamFacts{1610612754, "IND", "Indiana Pacers", "Pacers", "East", "Indianapolis"},
    TeamFacts{1610612755, "PHI", "Philadelphia 76ers", "76ers", "East", "Philadelphia"},
    TeamFacts{1610612756, "PHX", "Phoenix Suns", "Suns", "West", "Phoenix"},
    TeamFacts{1610612757, "POR", "Portland Trail Blazers", "Trail Blazers", "West", "Portland"},
    TeamFacts{1610612758, "SAC", "Sacramento Kings", "Kings", "West", "Sacramento"},
    TeamFacts{1610612759, "SAS", "San Antonio Spurs", "Spurs", "West", "San Antonio"},
    TeamFacts{1610612760, "OKC", "Oklahoma City Thunder", "Thunder", "West", "Oklahoma City"},
    TeamFacts{1610612761, "TOR", "Toronto Raptors", "Raptors", "East", "Toronto"},
    TeamFacts{1610612762, "UTA", "Utah Jazz", "Jazz", "West", "Salt Lake City"},
    TeamFacts{1610612763, "MEM", "Memphis Grizzlies", "Grizzlies", "West", "Memphis"},
    TeamFacts{1610612764, "WAS", "Washington Wizards", "Wizards", "East", "Washington"},
    TeamFacts{1610612765, "DET", "Detroit Pistons", "Pistons", "East", "Detroit"},
    TeamFacts{1610612766, "CHA", "Charlotte Hornets", "Hornets", "East", "Charlotte"},
};

struct Spelling {
    std::string_view tricode;
    std::string_view spelling;
};

/// Spellings beside tricode, full name and nickname: other sources' codes, short names, and names
/// of this century that a team has given up.
constexpr std::array kSpellings{
    Spelling{"ATL", "Atlanta"},
    Spelling{"BKN", "BRK"},
    Spelling{"BKN", "BK"},
    Spelling{"BKN", "NJ"},
    Spelling{"BKN", "NJN"},
    Spelling{"BKN", "Brooklyn"},
    Spelling{"BKN", "New Jersey"},
    Spelling{"BKN", "New Jersey Nets"},
    Spelling{"BOS", "Boston"},
    Spelling{"CHA", "CHO"},
    Spelling{"CHA", "CHH"},
    Spelling{"CHA", "Charlotte"},
    Spelling{"CHA", "Bobcats"},
    Spelling{"CHA", "Charlotte Bobcats"},
    Spelling{"CHI", "Chicago"},
    Spelling{"CLE", "Cleveland"},
    Spelling{"CLE", "Cavs"},
    Spelling{"DAL", "Dallas"},
    Spelling{"DAL", "Mavs"},
    Spelling{"DEN", "Denver"},
    Spelling{"DET", "Detroit"},
    Spelling{"GSW", "GS"},
    Spelling{"GSW", "Golden State"},
    Spelling{"HOU", "Houston"},
    Spelling{"IND", "Indiana"},
    Spelling{"LAC", "LA Clippers"},
    Spelling{"LAL", "LA Lakers"},
    Spelling{"MEM", "VAN"},
    Spelling{"MEM", "Memphis"},
    Spelling{"MEM", "Vancouver Grizzlies"},
    Spelling{"MIA", "Miami"},
    Spelling{"MIL", "Milwaukee"},
    Spelling{"MIN", "Minnesota"},
    Spelling{"MIN", "Wolves"},
    Spelling{"NOP", "NO"},
    Spelling{"NOP", "NOH"},
    Spelling{"NOP", "NOK"},
    Spelling{"NOP", "New Orleans"},
    Spelling{"NOP", "New Orleans Hornets"},
    Spelling{"NOP", "New Orleans/Oklahoma City Hornets"},
    Spelling{"NYK", "NY"},
    Spelling{"NYK", "New York"},
    Spelling{"OKC", "SEA"},
    Spelling{"OKC", "Oklahoma City"},
    Spelling{"OKC", "Seattle"},
    Spelling{"OKC", "SuperSonics"},
    Spelling{"OKC", "Seattle SuperSonics"},
    Spelling{"ORL", "Orlando"},
    Spelling{"PHI", "PHL"},
    Spelling{"PHI", "Philadelphia"},
    Spelling{"PHI", "Sixers"},
    Spelling{"PHX", "PHO"},
    Spelling{"PHX", "Phoenix"},
    Spelling{"POR", "Portland"},
    Spelling{"POR", "Blazers"},
    Spelling{"SAC", "Sacramento"},
    Spelling{"SAS", "SA"},
    Spelling{"SAS", "San Antonio"},
    Spelling{"TOR", "Toronto"},
    Spelling{"UTA", "UTAH"},
    Spelling{"UTA", "UTH"},
    Spelling{"WAS", "WSH"},
    Spelling{"WAS", "Washington"},
};

const City& require_city(std::string_view name) {
    const auto* city = std::ranges::find(kCities, name, &City::name);
    require(city != kCities.end(), "a team in a city that is not in the list");
    return *city;
}

std::vector<Team> make_teams() {
    std::vector<Team> made;
    for (const TeamFacts& facts : kTeamFacts) {
        const City& city = require_city(facts.city);
        made.push_back({.team_id = TeamId{facts.id},
                        .tricode = std::string(facts.tricode),
                        .full_name = std::string(facts.full_name),
                        .nickname = std::string(facts.nickname),
                        .conference = std::string(facts.conference),
                        .city = std::string(city.name),
                        .latitude = city.latitude,
                        .longitude = city.longitude,
                        .time_zone = std::string(city.time_zone)});
    }
    return made;
}

const std::vector<Team>& all_teams() {
    static const std::vector<Team> teams = make_teams();
    return teams;
}

/// A name folded and without its spaces: "Golden State", "GoldenState" and "golden-state" are one.
std::string squeezed(std::string_view name) {
    std::string folded = fold_name(name);
    std::erase(folded, ' ');
    return folded;
}

/// Three capital letters as a number, for the form that files have on every row.
std::optional<std::uint32_t> packed_tricode(std::string_view text) {
    if (text.size() != 3) return std::nullopt;
    std::uint32_t packed = 0;
    for (const char letter : text) {
        if (letter < 'A' || letter > 'Z') return std::nullopt;
        packed = packed * 26 + static_cast<std::uint32_t>(letter - 'A');
    }
    return packed;
}

class SpellingIndex {
public:
    SpellingIndex() : by_tricode_(std::size_t{26} * 26 * 26) {
        for (const Team& team : all_teams()) {
            add(team.tricode, team);
            add(team.full_name, team);
            add(team.nickname, team);
        }
        for (const auto& [tricode, spelling] : kSpellings) {
            add(spelling, *find(tricode));
        }
    }

    [[nodiscard]] const Team* find(std::string_view spelling) const {
        if (const auto packed = packed_tricode(spelling)) return by_tricode_[*packed];
        const auto found = by_name_.find(squeezed(spelling));
        return found == by_name_.end() ? nullptr : found->second;
    }

private:
    void add(std::string_view spelling, const Team& team) {
        if (const auto packed = packed_tricode(spelling)) by_tricode_[*packed] = &team;
        const bool added = by_name_.emplace(squeezed(spelling), &team).second;
        require(added, "a spelling of two teams");
    }

    std::vector<const Team*> by_tricode_;
    std::unordered_map<std::string, const Team*> by_name_;
};

}  // namespace

std::span<const Team> teams() { return all_teams(); }

const Team* find_team(TeamId id) {
    const auto& all = all_teams();
    const auto found = std::ranges::lower_bound(all, id, {}, &Team::team_id);
    return found != all.end() && found->team_id == id ? &*found : nullptr;
}

const Team* find_team(std::string_view spelling) {
    static const SpellingIndex index;
    return index.find(spelling);
}

std::string teams_missing_from(const std::set<TeamId>& seen) {
    std::string missing;
    for (const Team& team : teams()) {
        if (seen.contains(team.team_id)) continue;
        if (!missing.empty()) missing += ", ";
        missing += team.tricode;
    }
    return missing;
}

const City* find_city(std::string_view name) {
    static const auto by_name = [] {
        std::unordered_map<std::string, const City*> cities;
        for (const City& city : kCities)
            cities.emplace(squeezed(city.name), &city);
        return cities;
    }();
    // "Mexico City, Mexico": what follows the comma is the country or the state.
    const auto found = by_name.find(squeezed(name.substr(0, name.find(','))));
    return found == by_name.end() ? nullptr : found->second;
}

}  // namespace tipoff::collect
