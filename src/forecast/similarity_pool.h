#pragma once
/// Past player games by where they lie, and the search for the nearest of them.
///
/// Exact: the nearest are those that a comparison with every admissible entry gives, to the bit.
/// A pool is a set: nothing depends on the order of adding, so that entries which became known at
/// the same instant may come in any. Added day by day it stays a few trees of growing size (the
/// logarithmic method of Bentley and Saxe 1980), of which at most one holds both sides of an as-of
/// if the days came in their order. About 76 bytes an entry.
///
/// Copies are cheap and share what was added before them. Reading is safe from any number of
/// threads.

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "base/calendar.h"
#include "conform/market.h"

namespace tipoff::forecast {

inline constexpr std::size_t kSimilarityDimensions = 8;

/// Coordinates in which a distance of one means the same along every axis. Always finite.
using SimilarityPoint = std::array<float, kSimilarityDimensions>;

/// Points, rebounds, assists and threes, in this order.
using CountValues = std::array<float, kCounts>;

/// A player game that was played. Of a count that its source does not say, both what was expected
/// and what came of it are 0: it takes no part.
struct PastMatchup {
    SimilarityPoint point{};
    KnownAt known_at;        ///< when its outcome became known
    CountValues expected{};  ///< means that a formula gave before the game; at least 0
    CountValues outcome{};
};

struct Neighbour {
    float distance = 0;  ///< squared, Euclidean
    CountValues expected{};
    CountValues outcome{};
    auto operator<=>(const Neighbour&) const = default;
};

/// The squared distance in single precision, axis by axis from the first: the very sum that the
/// search compares.
[[nodiscard]] float squared_distance(const SimilarityPoint& a, const SimilarityPoint& b);

class SimilarityPool {
public:
    /// A day's entries, or any other number. Days in their order keep early as-ofs fast; any order
    /// is right. An entry out of range is a defect of the caller.
    void add(std::span<const PastMatchup> entries);

    /// Every entry known before `as_of` that is no farther from `point` than the `count`-th
    /// nearest of them: more than `count` when some are equally far, all when there are fewer. In
    /// ascending order.
    [[nodiscard]] std::vector<Neighbour> nearest(const SimilarityPoint& point, AsOf as_of,
                                                 std::size_t count) const;

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    class Tree;
    class Search;
    /// Each at least twice the size of the next.
    std::vector<std::shared_ptr<const Tree>> trees_;
};

}  // namespace tipoff::forecast
