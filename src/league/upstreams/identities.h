#pragma once
/// What the upstreams call the players, teams and games of the simulated league, each in its own
/// way, and the parts of a player that no game depends on.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "league/upstreams/almanac.h"

namespace tipoff::league {

/// A name in two parts: "Luko" and "Devarić Jr.".
struct NameParts {
    std::string first;
    std::string last;
};
[[nodiscard]] NameParts name_parts(std::string_view name);

/// "L. Devarić Jr.".
[[nodiscard]] std::string initialled(std::string_view name);

/// "Luko Devaric" of "Luko Devaric Jr.".
[[nodiscard]] std::string without_suffix(std::string_view name);

/// What a roster says of a player besides his name.
struct Biography {
    std::string jersey;
    int height_inches = 0;
    int weight_pounds = 0;
    GameDate birth_date;
    std::string_view college;
    std::string_view country;       ///< "USA"
    std::string_view country_code;  ///< "us"
    int seasons_before = 0;         ///< this one; 0 is a rookie

    /// "6-8".
    [[nodiscard]] std::string height() const;
};
[[nodiscard]] Biography biography_of(const Almanac& almanac, PlayerIndex player);

/// A number of an upstream's own for each of many things, and back.
struct Numbering {
    std::int64_t first = 0;
    std::int64_t step = 1;

    [[nodiscard]] std::int64_t of(std::size_t index) const {
        return first + step * static_cast<std::int64_t>(index);
    }
    /// The index of a number that is below `count`.
    [[nodiscard]] std::optional<std::size_t> index_of(std::int64_t number, std::size_t count) const;
};

inline constexpr Numbering kBalldontliePlayers{.first = 1001, .step = 3};
inline constexpr Numbering kBalldontlieGames{.first = 18'446'801, .step = 1};
inline constexpr Numbering kEspnPlayers{.first = 4'390'007, .step = 11};
inline constexpr Numbering kEspnGames{.first = 401'809'201, .step = 1};
inline constexpr Numbering kBettingProsEvents{.first = 30'101, .step = 1};
inline constexpr Numbering kBettingProsPlayers{.first = 20'003, .step = 7};

/// balldontlie's number of a team, 1 to 30, and ESPN's.
[[nodiscard]] std::int64_t balldontlie_team(std::size_t team);
[[nodiscard]] std::int64_t espn_team(std::size_t team);
/// Basketball-Reference's code of a team: its tricode, or BRK, CHO and PHO.
[[nodiscard]] std::string_view basketball_reference_team(std::size_t team);

/// The Odds API's id of a game's event, 32 hexadecimal digits.
[[nodiscard]] std::string odds_api_event(const Almanac& almanac, std::size_t game);

[[nodiscard]] std::string_view division_name(std::size_t division);
/// "East" or "West".
[[nodiscard]] std::string_view conference_name(std::size_t team);

}  // namespace tipoff::league
