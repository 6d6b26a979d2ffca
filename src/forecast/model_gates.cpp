#include "forecast/model_gates.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

// Each comparison is written so that NaN fails it.

Gate bias_gate(std::string name, double bias, double limit) {
    return {std::move(name), fmt::format("within {}", limit), bias, std::abs(bias) <= limit};
}

Gate coverage_gate(double coverage) {
    return {"coverage_80", fmt::format("{} to {}", kGateCoverageLow, kGateCoverageHigh), coverage,
            coverage >= kGateCoverageLow && coverage <= kGateCoverageHigh};
}

Gate crps_gate(double crps, const std::optional<TrialMeasures>& in_service) {
    if (!in_service) return {"crps", "a number; none is in service", crps, std::isfinite(crps)};
    return {"crps", fmt::format("below {:.4f}, of the model in service", in_service->crps), crps,
            crps < in_service->crps};
}

}  // namespace

std::vector<Gate> model_gates(const Trial& trial) {
    const TrialMeasures& candidate = trial.candidate;
    require(!trial.in_service || trial.in_service->games == candidate.games,
            "a trial on different games");
    std::vector<Gate> gates{
        {"games", "at least 1", static_cast<double>(candidate.games), candidate.games >= 1},
        bias_gate("bias", candidate.bias, kGateBias)};
    for (const TierBias& tier : trial.tiers) {
        if (tier.games < kGateTierGames) continue;
        gates.push_back(bias_gate("bias " + tier.tier, tier.bias, kGateTierBias));
    }
    gates.push_back(coverage_gate(candidate.coverage_80));
    gates.push_back(crps_gate(candidate.crps, trial.in_service));
    return gates;
}

bool all_passed(std::span<const Gate> gates) {
    return !gates.empty() && std::ranges::all_of(gates, &Gate::passed);
}

}  // namespace tipoff::forecast
