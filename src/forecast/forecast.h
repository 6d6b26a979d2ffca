#pragma once
/// What a system says of a matchup: a distribution, what its mean is made of, and what it had to do
/// without.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conform/market.h"
#include "forecast/distribution.h"

namespace tipoff::forecast {

/// What a system had to do without. Each widens the forecast or moves it towards what is usual;
/// none drops it.
enum class Missing : std::uint8_t {
    kHistory,        ///< no earlier game: the forecast is that of any newcomer
    kFewGames,       ///< one to nine earlier games
    kMinutesSpread,  ///< no standard deviation of his minutes
    kAttempts,       ///< no game with attempts on record
    kZones,          ///< shot zones of the player or the opponent
    kPace,           ///< pace or defence of a team
    kNeighbours,     ///< too few past matchups to compare with
};
inline constexpr std::size_t kMissingKinds = 7;

class MissingSet {
public:
    constexpr void add(Missing what) { bits_ = static_cast<std::uint8_t>(bits_ | bit(what)); }
    constexpr void add(MissingSet others) {
        bits_ = static_cast<std::uint8_t>(bits_ | others.bits_);
    }
    [[nodiscard]] constexpr bool has(Missing what) const { return (bits_ & bit(what)) != 0; }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }

    /// As bytes carry it.
    [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }
    [[nodiscard]] static constexpr MissingSet of_bits(std::uint8_t bits) {
        MissingSet set;
        set.bits_ = bits;
        return set;
    }

    /// "zones,pace"; empty when nothing is missing.
    [[nodiscard]] std::string to_text() const;

private:
    [[nodiscard]] static constexpr std::uint8_t bit(Missing what) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(what));
    }
    std::uint8_t bits_ = 0;
};

/// A part of a mean.
enum class Part : std::uint8_t {
    kForm,        ///< projected minutes x his recent rate a minute
    kShotMix,     ///< projected minutes x attempts x what they are worth by zone, and free throws
    kOpponent,    ///< the opponent's defence: by zone, or overall where zones are unknown
    kPace,        ///< a faster or slower game than the league's
    kHome,        ///< home or away
    kAbsence,     ///< days since his last game
    kMinutes,     ///< minutes and role, beyond what the form says
    kTeammates,   ///< who else is in or out
    kSchedule,    ///< rest, travel, the time of the season
    kGameLine,    ///< the sportsbooks' total and handicap of the game
    kCorrection,  ///< what past forecasts were off by
    kNeighbours,  ///< how far players in similar matchups were from what was expected of them
    kLine,        ///< what the sportsbook's line knows beside
};
inline constexpr std::size_t kParts = 13;

struct Contribution {
    Part part{};
    double amount = 0;  ///< in the counts of the market
};

/// The contributions of one forecast, in the order in which the formula makes them; they add up to
/// the mean.
class Contributions {
public:
    /// A part that is there already grows.
    void add(Part part, double amount);
    /// Every part of the others, times the factor.
    void add(const Contributions& others, double factor);
    [[nodiscard]] double sum() const;
    [[nodiscard]] std::span<const Contribution> all() const { return {parts_.data(), count_}; }

private:
    std::array<Contribution, kParts> parts_{};
    std::uint8_t count_ = 0;
};

/// A system that an ensemble is made of, in the order of the members everywhere.
enum class Member : std::uint8_t { kMovingAverage, kZoneMatchup, kSimilarity, kXgboost };
inline constexpr std::size_t kMembers = 4;

/// Conditional on his playing.
struct Forecast {
    Market market = Market::kPoints;
    double mean = 0;  ///< in the counts of the market, as the standard deviation
    double sd = 0;
    double minutes = 0;  ///< projected
    MissingSet missing;
    std::uint8_t members = 0;  ///< who took part in an ensemble: bit m is `Member` m
    Contributions contributions;

    [[nodiscard]] CountDistribution distribution() const { return {mean, sd, market}; }
};

/// The market that adds up what the parts are of; of one part, the part. The parts are of one
/// matchup and one system, in the order of `counts_in(market)`; their errors go together as the
/// counts of a player game do.
[[nodiscard]] Forecast added_up(Market market, std::span<const Forecast> parts);

/// The contributions, the greatest first.
[[nodiscard]] std::vector<Contribution> by_size(const Forecast& forecast);

/// "form 31 min +18.9, venue +0.1, absence -0.6": what the mean is made of, the first part with the
/// minutes; parts that round to nothing are left out.
[[nodiscard]] std::string contributions_text(const Forecast& forecast);

}  // namespace tipoff::forecast
