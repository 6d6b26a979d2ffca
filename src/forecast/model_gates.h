#pragma once
/// What a model must show on games that it has not seen before it may be promoted.
///
/// A model is promoted when every gate is passed. A measure that is not a number passes none, so
/// that a trial without games promotes nothing.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tipoff::forecast {

/// Measures of one model on the games of a trial.
struct TrialMeasures {
    std::int64_t games = 0;  ///< player games
    double bias = 0;         ///< mean of forecast mean less actual
    double crps = 0;
    double coverage_80 = 0;  ///< share of randomised PIT values in [0.1, 0.9]
};

/// The candidate's bias among the players of one tier, of minutes or of the market's mean. Tiers
/// are by what was known before the game, never by the outcome.
struct TierBias {
    std::string tier;
    std::int64_t games = 0;
    double bias = 0;
};

/// A candidate on unseen games. `in_service` is the model that it would take over from, on the same
/// games; none when it would be the first.
struct Trial {
    TrialMeasures candidate;
    std::vector<TierBias> tiers;
    std::optional<TrialMeasures> in_service;
};

struct Gate {
    std::string name;   ///< "games", "bias", "bias 10 to 20 minutes", "coverage_80", "crps"
    std::string limit;  ///< for a person: "within 0.2"
    double measured = 0;
    bool passed = false;
};

inline constexpr double kGateBias = 0.2;
inline constexpr double kGateTierBias = 1.0;
/// The bias of fewer games is too uncertain to judge by: a single game's error has a standard
/// deviation of about 6 points.
inline constexpr std::int64_t kGateTierGames = 200;
inline constexpr double kGateCoverageLow = 0.78;
inline constexpr double kGateCoverageHigh = 0.82;

/// Every gate: that there are games, bias, the bias of each tier with enough games, coverage_80 and
/// CRPS. Limits of bias and coverage are included; CRPS has to be below that of the model in
/// service, where there is one. Two models measured on different numbers of games are a broken
/// invariant.
[[nodiscard]] std::vector<Gate> model_gates(const Trial& trial);

/// Whether all gates are passed; none at all is not enough.
[[nodiscard]] bool all_passed(std::span<const Gate> gates);

}  // namespace tipoff::forecast
