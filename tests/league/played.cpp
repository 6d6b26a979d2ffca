#include "played.h"

#include "support/expected.h"

namespace tipoff::league::test {

SimulatedSeason played(int start_year, std::uint64_t seed, std::optional<GameDate> through) {
    return support::value_of(
        simulate({.season = Season::starting_in(start_year), .seed = seed, .through = through}));
}

const SimulatedSeason& whole_season() {
    static const SimulatedSeason season = played(2025, 7);
    return season;
}

}  // namespace tipoff::league::test
