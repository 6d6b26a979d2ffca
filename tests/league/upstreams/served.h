#pragma once
/// What the simulated upstreams serve, through the readers that are made for the real ones.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "collect/source.h"
#include "league/upstreams/simulated_upstreams.h"

namespace tipoff::league::test {

/// Of 2025-26, seed 7, played to the eve of Christmas.
[[nodiscard]] const SimulatedUpstreams& upstreams();

/// An instant as ISO 8601, a day as "2025-12-03".
[[nodiscard]] Instant at(std::string_view text);
[[nodiscard]] GameDate day(std::string_view text);
/// An Eastern wall clock, "12:30".
[[nodiscard]] Instant eastern(std::string_view day, std::string_view time);

/// The answer to "HOST/PATH?QUERY", with a key where the upstream wants one in a header.
[[nodiscard]] UpstreamAnswer ask(std::string_view url, Instant now);
[[nodiscard]] UpstreamAnswer ask(std::string_view url, Instant now,
                                 std::vector<HttpHeader> headers);

/// What the source reads in the answer, which has to be 200.
[[nodiscard]] collect::Reading read(std::string_view source, std::string_view url, Instant now,
                                    const collect::Ask& question = {});

/// A game that was played, and its place in the season.
struct Sample {
    std::size_t game = 0;
    const Fixture* fixture = nullptr;
    std::string id;
    Instant tip_off{};
    Instant end{};
};
/// The first game of a day, 3 December 2025 where none is given.
[[nodiscard]] Sample some_game(std::string_view day = "2025-12-03");

/// The simulated counts of a reading's box are the season's.
void expect_counts(const collect::StatedPlayerBox& box, const BoxCounts& counts,
                   std::string_view who);

/// The request for "HOST/PATH?QUERY", with keys.
[[nodiscard]] UpstreamRequest question(std::string_view url);

/// A question to each upstream that has JSON, about 3 December, that evening or the next noon.
struct Asked {
    std::string_view source;
    std::string url;
    Instant now;
    collect::Ask ask = {};
};

[[nodiscard]] std::vector<Asked> everything();

/// What a reading states, one text a fact, whatever its order.
[[nodiscard]] std::multiset<std::string> facts_of(const collect::Reading& reading);

}  // namespace tipoff::league::test
