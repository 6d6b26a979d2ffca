#include "league/plan.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/error.h"

namespace tipoff::league {
namespace {

constexpr double kTeamMinutes = 240.0;
constexpr double kGameMinutes = 48.0;
constexpr double kMostMinutes = 37.5;
constexpr double kSpareMinutes = 2.0;  ///< beyond an even share
constexpr double kLeastMinutes = 8.0;  ///< who would get less is not in the plan
constexpr double kOwnRole = 0.5;  ///< weight of the player's own role; the rest is his rank tonight
constexpr double kHunch = 1.9;    ///< minutes, standard deviation
constexpr double kHunchOfBench = 2.8;    ///< and so much more for the end of the bench
constexpr double kFringeMinutes = 14.0;  ///< who has fewer may be left out
constexpr double kFringeLeftOut = 0.26;
constexpr double kSurprise = 0.035;  ///< chance that somebody plays who was not meant to
constexpr double kSurpriseMinutes = 8.0;

/// Scales to 240 with nobody above the most that a player can bear; with very few players everybody
/// bears more.
void share_out(std::vector<double>& minutes) {
    const auto playing =
        static_cast<double>(std::ranges::count_if(minutes, [](double m) { return m > 0.0; }));
    const double most =
        std::max(kMostMinutes, std::min(kGameMinutes, kTeamMinutes / playing + kSpareMinutes));
    // Each round caps one more player or is the last.
    for (std::size_t round = 0; round <= minutes.size(); ++round) {
        double capped = 0.0;
        double free = 0.0;
        for (const double m : minutes)
            (m >= most ? capped : free) += m >= most ? most : m;
        const double scale = free > 0.0 ? (kTeamMinutes - capped) / free : 1.0;
        for (double& m : minutes)
            m = m >= most ? most : std::min(most, m * scale);
    }
}

}  // namespace

double usual_minutes(std::size_t rank) {
    static constexpr std::array kByRank{33.5, 32.0, 30.5, 28.5, 26.5, 23.0, 20.0, 17.5,
                                        15.0, 12.5, 9.0,  6.0,  4.0,  3.0,  2.0};
    return rank < kByRank.size() ? kByRank[rank] : 0.5;
}

std::vector<double> plan_minutes(std::span<const double> roles, double rotation_length) {
    require(roles.size() >= 5, "a team has five players");
    std::vector<std::size_t> order(roles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return roles[a] > roles[b]; });

    std::vector<double> minutes(roles.size(), 0.0);
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        double share = kOwnRole * roles[order[rank]] + (1.0 - kOwnRole) * usual_minutes(rank);
        if (rank >= 5 && rank < 10) share += rotation_length / 5.0;
        const bool needed = rank < 8;
        const bool possible = rank < 11;
        minutes[order[rank]] = needed                               ? std::max(share, kLeastMinutes)
                               : possible && share >= kLeastMinutes ? share
                                                                    : 0.0;
    }
    share_out(minutes);
    return minutes;
}

std::vector<double> expected_minutes(std::span<const double> plan) {
    std::vector<double> minutes(plan.begin(), plan.end());
    for (double& m : minutes) {
        if (m < kFringeMinutes) m *= 1.0 - kFringeLeftOut;
    }
    share_out(minutes);
    return minutes;
}

std::vector<double> tonights_minutes(std::span<const double> plan, Random& random) {
    std::vector<double> minutes(plan.begin(), plan.end());
    for (double& m : minutes) {
        const double hunch = random.normal();
        const double luck = random.uniform();
        if (m <= 0.0) {
            if (luck < kSurprise) m = kSurpriseMinutes;
            continue;
        }
        if (m < kFringeMinutes && luck < kFringeLeftOut) {
            m = 0.0;
            continue;
        }
        const double depth = std::clamp((34.0 - m) / 20.0, 0.0, 1.0);
        m = std::max(2.0, m + hunch * (kHunch + kHunchOfBench * depth));
    }
    share_out(minutes);
    return minutes;
}

}  // namespace tipoff::league
