#include "league/upstreams/identities.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/hash.h"
#include "collect/sources/bdl.h"
#include "league/random.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

struct OwnNumber {
    std::string_view tricode;
    std::int64_t number;
};
constexpr std::array<OwnNumber, kTeams> kEspnTeams{
    {{"ATL", 1},  {"BOS", 2},  {"BKN", 17}, {"CHA", 30}, {"CHI", 4},  {"CLE", 5},
     {"DAL", 6},  {"DEN", 7},  {"DET", 8},  {"GSW", 9},  {"HOU", 10}, {"IND", 11},
     {"LAC", 12}, {"LAL", 13}, {"MEM", 29}, {"MIA", 14}, {"MIL", 15}, {"MIN", 16},
     {"NOP", 3},  {"NYK", 18}, {"OKC", 25}, {"ORL", 19}, {"PHI", 20}, {"PHX", 21},
     {"POR", 22}, {"SAC", 23}, {"SAS", 24}, {"TOR", 28}, {"UTA", 26}, {"WAS", 27}}};

constexpr std::array<std::string_view, 6> kDivisions{"Atlantic",  "Central", "Southeast",
                                                     "Northwest", "Pacific", "Southwest"};

constexpr std::array<std::string_view, 12> kColleges{
    "Kentucky", "Duke",   "Kansas",  "Gonzaga",        "UCLA",      "Arizona",
    "Michigan", "Baylor", "Memphis", "North Carolina", "Villanova", "Texas"};

struct Country {
    std::string_view name;
    std::string_view code;
    double share;
};
constexpr std::array kCountries{Country{"USA", "us", 0.78},       Country{"Canada", "ca", 0.05},
                                Country{"France", "fr", 0.04},    Country{"Serbia", "rs", 0.03},
                                Country{"Australia", "au", 0.03}, Country{"Germany", "de", 0.02},
                                Country{"Nigeria", "ng", 0.02},   Country{"Lithuania", "lt", 0.03}};

constexpr std::array<std::string_view, 6> kSuffixes{" Jr.", " Sr.", " II", " III", " IV", " V"};

}  // namespace

NameParts name_parts(std::string_view name) {
    const std::size_t space = std::min(name.find(' '), name.size());
    return {.first = std::string(name.substr(0, space)),
            .last = std::string(name.substr(std::min(space + 1, name.size())))};
}

std::string initialled(std::string_view name) {
    const NameParts parts = name_parts(name);
    std::size_t end = 1;
    // The rest of a character of several bytes.
    while (end < parts.first.size() &&
           (static_cast<unsigned char>(parts.first[end]) & 0xC0U) == 0x80U)
        ++end;
    return parts.first.substr(0, end) + ". " + parts.last;
}

std::string without_suffix(std::string_view name) {
    for (const std::string_view suffix : kSuffixes) {
        if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
    }
    return std::string(name);
}

std::string Biography::height() const {
    return fmt::format("{}-{}", height_inches / 12, height_inches % 12);
}

Biography biography_of(const Almanac& almanac, PlayerIndex index) {
    constexpr std::array<int, kPositions> kHeights{74, 77, 79, 81, 83};
    constexpr int kPoundsPerInch = 7;
    constexpr int kLightestPerson = 190, kShortest = 74;
    const Player& player = almanac.player(index);
    Random random(almanac.season().options.seed, Stream::kBiography, index);
    Biography biography;
    biography.jersey = random.chance(0.02) ? "00" : std::to_string(random.below(56));
    biography.height_inches =
        kHeights.at(static_cast<std::size_t>(player.position)) + random.between(-2, 2);
    biography.weight_pounds = kLightestPerson +
                              kPoundsPerInch * (biography.height_inches - kShortest) +
                              random.between(-12, 12);
    constexpr int kLongestYear = 366;
    const GameDate opening = season_days(almanac.season().options.season).opening_night;
    const int birthdays = player.age * 1461 / 4 + 1;
    biography.birth_date = opening.plus_days(-birthdays - random.below(kLongestYear - 6));
    biography.college =
        kColleges.at(static_cast<std::size_t>(random.below(static_cast<int>(kColleges.size()))));
    std::array<double, kCountries.size()> shares{};
    std::ranges::transform(kCountries, shares.begin(), &Country::share);
    const Country& country = kCountries.at(random.pick(shares));
    biography.country = country.name;
    biography.country_code = country.code;
    biography.seasons_before = std::max(0, player.age - random.between(19, 22));
    return biography;
}

std::optional<std::size_t> Numbering::index_of(std::int64_t number, std::size_t count) const {
    if (number < first || (number - first) % step != 0) return std::nullopt;
    const auto index = static_cast<std::size_t>((number - first) / step);
    return index < count ? std::optional(index) : std::nullopt;
}

std::int64_t balldontlie_team(std::size_t team) {
    std::int64_t number = 1;
    while (collect::bdl_team(number)->team_id != team_facts()[team].team_id)
        ++number;
    return number;
}

std::int64_t espn_team(std::size_t team) {
    return std::ranges::find(kEspnTeams, team_facts()[team].tricode, &OwnNumber::tricode)->number;
}

std::string_view basketball_reference_team(std::size_t team) {
    const std::string_view tricode = team_facts()[team].tricode;
    return tricode == "BKN" ? "BRK" : tricode == "CHA" ? "CHO" : tricode == "PHX" ? "PHO" : tricode;
}

std::string odds_api_event(const Almanac& almanac, std::size_t game) {
    return tipoff::to_string(fingerprint_of(fmt::format(
        "event {} {}", almanac.season().options.seed, almanac.fixture(game).game_id.value)));
}

std::string_view division_name(std::size_t division) { return kDivisions.at(division); }

std::string_view conference_name(std::size_t team) {
    return team_facts()[team].division < kDivisions.size() / 2 ? "East" : "West";
}

}  // namespace tipoff::league
