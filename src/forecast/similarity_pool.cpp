#include "forecast/similarity_pool.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

constexpr std::size_t kLanes = 4;
constexpr std::size_t kLeafSize = 32;
static_assert(kSimilarityDimensions == 2 * kLanes);

/// Four numbers that the processor treats at once, on x86-64 with what every one of them has.
using Four [[gnu::vector_size(kLanes * sizeof(float))]] = float;

/// Beyond every distance that is looked for, and short of the infinity at which unused places of a
/// leaf lie.
constexpr float kAnyDistance = std::numeric_limits<float>::max();

/// Keeps every distance between two points finite.
constexpr float kFarthestCoordinate = 1e6F;

/// Four entries axis by axis.
using Quad = std::array<Four, kSimilarityDimensions>;
using Leaf = std::array<Quad, kLeafSize / kLanes>;

/// A point in two halves: the axes 0 to 3 and 4 to 7.
struct Halves {
    Four first;
    Four second;
};

struct Box {
    Halves low;
    Halves high;
};

Halves halves(const SimilarityPoint& p) {
    const Four first{p[0], p[1], p[2], p[3]};
    const Four second{p[4], p[5], p[6], p[7]};
    return {first, second};
}

Four larger(Four a, Four b) { return a > b ? a : b; }
Four smaller(Four a, Four b) { return a < b ? a : b; }

Box box_around(std::span<const PastMatchup> entries) {
    const Halves first = halves(entries.front().point);
    Box box{first, first};
    for (const PastMatchup& entry : entries) {
        const Halves at = halves(entry.point);
        box.low = {smaller(box.low.first, at.first), smaller(box.low.second, at.second)};
        box.high = {larger(box.high.first, at.first), larger(box.high.second, at.second)};
    }
    return box;
}

std::size_t longest_axis(const Box& box) {
    const Four first = box.high.first - box.low.first;
    const Four second = box.high.second - box.low.second;
    std::size_t longest = 0;
    float length = first[0];
    for (std::size_t axis = 1; axis < kSimilarityDimensions; ++axis) {
        const float here = axis < kLanes ? first[axis] : second[axis - kLanes];
        if (here <= length) continue;
        longest = axis;
        length = here;
    }
    return longest;
}

/// The one order in which squares are added up.
float added_up(Halves squares) {
    const Four pairs = squares.first + squares.second;
    return (pairs[0] + pairs[2]) + (pairs[1] + pairs[3]);
}

/// At most the squared distance to any point of the box, as computed: each step rounds as it does
/// for a point, and rounding keeps the order of two numbers.
float squared_distance(const Halves& point, const Box& box) {
    const auto outside = [](Four at, Four low, Four high) {
        const Four beyond = larger(larger(low - at, at - high), Four{});
        return beyond * beyond;
    };
    return added_up({outside(point.first, box.low.first, box.high.first),
                     outside(point.second, box.low.second, box.high.second)});
}

/// To four entries.
Four squared_distances(const Quad& point, const Quad& entries) {
    const auto square = [&](std::size_t axis) {
        const Four difference = entries[axis] - point[axis];
        return difference * difference;
    };
    return ((square(0) + square(4)) + (square(2) + square(6))) +
           ((square(1) + square(5)) + (square(3) + square(7)));
}

bool none_within(Four distances, float bound) {
    const auto within = std::bit_cast<std::array<std::uint64_t, 2>>(distances <= bound);
    return (within[0] | within[1]) == 0;
}

bool is_in_range(const PastMatchup& entry) {
    const auto within = [](float coordinate) {
        return std::abs(coordinate) <= kFarthestCoordinate;
    };
    const auto is_expectation = [](float mean) { return mean >= 0 && std::isfinite(mean); };
    const auto is_finite = [](float outcome) { return std::isfinite(outcome); };
    return std::ranges::all_of(entry.point, within) &&
           std::ranges::all_of(entry.expected, is_expectation) &&
           std::ranges::all_of(entry.outcome, is_finite);
}

}  // namespace

float squared_distance(const SimilarityPoint& a, const SimilarityPoint& b) {
    const Halves from = halves(a);
    const Halves to = halves(b);
    const Four first = to.first - from.first;
    const Four second = to.second - from.second;
    return added_up({first * first, second * second});
}

/// The nearest seen so far. Candidates are gathered up to some number, then those that others have
/// overtaken are dropped.
class SimilarityPool::Search {
public:
    /// `place` counts through all trees of the pool.
    struct Candidate {
        float distance;
        std::uint32_t place;
    };

    Search(const SimilarityPoint& point, AsOf as_of, std::size_t count)
        : halves_(halves(point)), as_of_(as_of), count_(count), limit_(2 * count + kLeafSize) {
        for (std::size_t axis = 0; axis < kSimilarityDimensions; ++axis)
            spread_[axis] = Four{} + point[axis];
        found_.reserve(limit_ + kLeafSize);
    }

    [[nodiscard]] const Halves& halves_of_point() const { return halves_; }
    [[nodiscard]] const Quad& spread() const { return spread_; }  ///< the point four times
    [[nodiscard]] AsOf as_of() const { return as_of_; }
    /// Nothing farther than this is among the nearest.
    [[nodiscard]] float bound() const { return bound_; }

    void add(Candidate candidate) { found_.push_back(candidate); }
    void drop_overtaken_if_many() {
        if (found_.size() >= limit_) drop_overtaken();
    }

    [[nodiscard]] const std::vector<Candidate>& finish() {
        if (found_.size() > count_) drop_overtaken();
        return found_;
    }

private:
    void drop_overtaken() {
        const auto last = found_.begin() + static_cast<std::ptrdiff_t>(count_) - 1;
        std::ranges::nth_element(found_, last, {}, &Candidate::distance);
        bound_ = last->distance;
        std::erase_if(found_, [&](const Candidate& one) { return one.distance > bound_; });
        limit_ = std::max(limit_, 2 * found_.size());
    }

    Halves halves_;
    Quad spread_;
    AsOf as_of_;
    std::size_t count_;
    std::size_t limit_;
    float bound_ = kAnyDistance;
    std::vector<Candidate> found_;
};

/// A balanced k-d tree whose leaves are all full but the last. Its nodes stand in preorder: the
/// left child follows its parent, the right one follows the left one's tree.
class SimilarityPool::Tree {
public:
    /// `entries` are reordered. At least one.
    explicit Tree(std::span<PastMatchup> entries)
        : leaves_((entries.size() + kLeafSize - 1) / kLeafSize), details_(entries.size()) {
        nodes_.reserve(2 * leaves_.size() - 1);
        const auto [earliest, latest] =
            std::ranges::minmax_element(entries, {}, &PastMatchup::known_at);
        earliest_ = earliest->known_at;
        latest_ = latest->known_at;
        build(entries, 0);
    }

    [[nodiscard]] std::size_t size() const { return details_.size(); }
    [[nodiscard]] std::size_t memory_bytes() const {
        return leaves_.size() * sizeof(Leaf) + details_.size() * sizeof(Detail) +
               nodes_.size() * sizeof(Box);
    }

    void append_to(std::vector<PastMatchup>& entries) const {
        for (std::size_t i = 0; i < size(); ++i) {
            const Quad& quad = leaves_[i / kLeafSize][i % kLeafSize / kLanes];
            PastMatchup entry{{}, details_[i].known_at, details_[i].expected, details_[i].outcome};
            for (std::size_t axis = 0; axis < kSimilarityDimensions; ++axis)
                entry.point[axis] = quad[axis][i % kLanes];
            entries.push_back(entry);
        }
    }

    /// `first_place` is that of the tree's first entry.
    void search(Search& search, std::uint32_t first_place) const {
        if (!is_admissible(earliest_, search.as_of())) return;
        const Visit visit{search, first_place, is_admissible(latest_, search.as_of())};
        this->visit(visit, 0, 0, leaves_.size());
    }

    [[nodiscard]] Neighbour neighbour(std::size_t index, float distance) const {
        return {distance, details_[index].expected, details_[index].outcome};
    }

private:
    struct Detail {
        KnownAt known_at;
        CountValues expected;
        CountValues outcome;
    };

    /// How many of a node's leaves its left child has.
    static std::size_t left_leaves(std::size_t leaves) { return (leaves + 1) / 2; }

    void build(std::span<PastMatchup> entries, std::size_t first_leaf) {
        const Box box = box_around(entries);
        nodes_.push_back(box);
        const std::size_t leaves = (entries.size() + kLeafSize - 1) / kLeafSize;
        if (leaves == 1) return fill(entries, first_leaf);
        const std::size_t left = left_leaves(leaves);
        const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(left * kLeafSize);
        std::ranges::nth_element(
            entries, middle, {},
            [axis = longest_axis(box)](const PastMatchup& entry) { return entry.point[axis]; });
        build(entries.first(left * kLeafSize), first_leaf);
        build(entries.subspan(left * kLeafSize), first_leaf + left);
    }

    void fill(std::span<const PastMatchup> entries, std::size_t at) {
        Leaf& leaf = leaves_[at];
        for (Quad& quad : leaf)
            quad.fill(Four{} + std::numeric_limits<float>::infinity());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const PastMatchup& entry = entries[i];
            for (std::size_t axis = 0; axis < kSimilarityDimensions; ++axis)
                leaf[i / kLanes][axis][i % kLanes] = entry.point[axis];
            details_[at * kLeafSize + i] = {entry.known_at, entry.expected, entry.outcome};
        }
    }

    struct Visit {
        Search& search;
        std::uint32_t first_place;
        bool all_admissible;
    };

    /// The nearer child first: the bound falls sooner.
    void visit(const Visit& of, std::size_t node, std::size_t first_leaf,
               std::size_t leaves) const {
        if (leaves == 1) return scan(of, first_leaf);
        const std::size_t left = left_leaves(leaves);
        const std::size_t left_node = node + 1;
        const std::size_t right_node = node + 2 * left;
        const Halves& point = of.search.halves_of_point();
        const float to_left = squared_distance(point, nodes_[left_node]);
        const float to_right = squared_distance(point, nodes_[right_node]);
        const auto visit_left = [&] {
            if (to_left <= of.search.bound()) visit(of, left_node, first_leaf, left);
        };
        const auto visit_right = [&] {
            if (to_right <= of.search.bound())
                visit(of, right_node, first_leaf + left, leaves - left);
        };
        if (to_left <= to_right) {
            visit_left();
            visit_right();
        } else {
            visit_right();
            visit_left();
        }
    }

    void scan(const Visit& of, std::size_t at) const {
        const float bound = of.search.bound();
        for (std::size_t quad = 0; quad < kLeafSize / kLanes; ++quad) {
            const Four distances = squared_distances(of.search.spread(), leaves_[at][quad]);
            if (none_within(distances, bound)) continue;
            for (std::size_t lane = 0; lane < kLanes; ++lane) {
                if (distances[lane] > bound) continue;
                const std::size_t index = at * kLeafSize + quad * kLanes + lane;
                if (!of.all_admissible &&
                    !is_admissible(details_[index].known_at, of.search.as_of()))
                    continue;
                of.search.add(
                    {distances[lane], of.first_place + static_cast<std::uint32_t>(index)});
            }
        }
        of.search.drop_overtaken_if_many();
    }

    std::vector<Leaf> leaves_;
    std::vector<Detail> details_;
    std::vector<Box> nodes_;
    KnownAt earliest_;
    KnownAt latest_;
};

void SimilarityPool::add(std::span<const PastMatchup> entries) {
    require(std::ranges::all_of(entries, is_in_range), "a past matchup is out of range");
    if (entries.empty()) return;
    std::vector<PastMatchup> merged(entries.begin(), entries.end());
    while (!trees_.empty() && trees_.back()->size() < 2 * merged.size()) {
        trees_.back()->append_to(merged);
        trees_.pop_back();
    }
    trees_.push_back(std::make_shared<const Tree>(merged));
}

std::vector<Neighbour> SimilarityPool::nearest(const SimilarityPoint& point, AsOf as_of,
                                               std::size_t count) const {
    require(count > 0, "a search for the nearest asks for none");
    Search search(point, as_of, count);
    std::vector<std::uint32_t> first_places;
    std::uint32_t first_place = 0;
    for (const auto& tree : trees_) {
        tree->search(search, first_place);
        first_places.push_back(first_place);
        first_place += static_cast<std::uint32_t>(tree->size());
    }

    std::vector<Neighbour> neighbours;
    for (const auto& [distance, place] : search.finish()) {
        const auto next = std::ranges::upper_bound(first_places, place);
        const auto tree = static_cast<std::size_t>(next - first_places.begin()) - 1;
        neighbours.push_back(trees_[tree]->neighbour(place - first_places[tree], distance));
    }
    std::ranges::sort(neighbours);
    return neighbours;
}

std::size_t SimilarityPool::size() const {
    std::size_t size = 0;
    for (const auto& tree : trees_)
        size += tree->size();
    return size;
}

std::size_t SimilarityPool::memory_bytes() const {
    std::size_t bytes = 0;
    for (const auto& tree : trees_)
        bytes += tree->memory_bytes();
    return bytes;
}

}  // namespace tipoff::forecast
