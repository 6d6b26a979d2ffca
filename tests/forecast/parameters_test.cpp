#include "forecast/parameters.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

#include "forecast/systems.h"

namespace tipoff::forecast {
namespace {

/// The hashes of parameters whose constants are changed one at a time. The structs hold doubles
/// only (parameters.cpp asserts their size).
template <class Parameters>
std::set<Fingerprint> hashes_of_single_changes() {
    std::set<Fingerprint> hashes;
    for (std::size_t at = 0; at < sizeof(Parameters); at += sizeof(double)) {
        Parameters parameters;
        auto* const bytes = reinterpret_cast<unsigned char*>(&parameters);
        double constant = 0;
        std::memcpy(&constant, bytes + at, sizeof constant);
        constant += 1;
        std::memcpy(bytes + at, &constant, sizeof constant);
        hashes.insert(hash(parameters));
    }
    return hashes;
}

template <class Parameters>
void expect_every_constant_to_count() {
    std::set<Fingerprint> hashes = hashes_of_single_changes<Parameters>();
    hashes.insert(hash(Parameters{}));
    EXPECT_EQ(hashes.size(), sizeof(Parameters) / sizeof(double) + 1);
}

TEST(Parameters, EveryConstantCountsInTheHash) {
    expect_every_constant_to_count<MovingAverageParameters>();
    expect_every_constant_to_count<ZoneMatchupParameters>();
    expect_every_constant_to_count<AvailabilityParameters>();
}

TEST(Systems, EachHasParametersOfItsOwnForEveryCount) {
    std::set<std::string_view> ids;
    std::set<Fingerprint> hashes;
    for (const System& system : systems()) {
        ids.insert(system.id);
        for (const Market count : kCountMarkets)
            hashes.insert(system.parameters_hash(count));
    }
    EXPECT_EQ(ids.size(), systems().size());
    EXPECT_EQ(hashes.size(), systems().size() * kCounts);
    EXPECT_EQ(parameters_hash(), parameters_hash());
}

}  // namespace
}  // namespace tipoff::forecast
