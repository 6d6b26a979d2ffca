#pragma once
/// The recent past of one player or team: the last N games and running means.

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/error.h"
#include "features/feature.h"

namespace tipoff::features {

/// The last `Capacity` entries, newest first.
template <class Entry, std::size_t Capacity>
class RecentGames {
public:
    void push(const Entry& entry) {
        newest_ = (newest_ + 1) % Capacity;
        entries_[newest_] = entry;
        if (size_ < Capacity) ++size_;
    }

    [[nodiscard]] std::size_t size() const { return size_; }

    /// `back` = 0 is the newest.
    [[nodiscard]] const Entry& operator[](std::size_t back) const {
        return entries_[(newest_ + Capacity - back) % Capacity];
    }

private:
    std::array<Entry, Capacity> entries_{};
    std::size_t newest_ = Capacity - 1;
    std::size_t size_ = 0;
};

/// Sum, count and sum of squares, and what follows from them. Sums of whole numbers are exact.
struct Moments {
    double count = 0;
    double sum = 0;
    double sum_of_squares = 0;

    void add(double value) {
        count += 1;
        sum += value;
        sum_of_squares += value * value;
    }

    /// NaN without values.
    [[nodiscard]] double mean() const { return count > 0 ? sum / count : kUnknown; }

    /// The sample standard deviation; NaN below two values.
    [[nodiscard]] double sd() const {
        if (count < 2) return kUnknown;
        const double variance = (sum_of_squares - sum * sum / count) / (count - 1);
        return std::sqrt(variance > 0 ? variance : 0);
    }
};

/// The moments of `value(entry)` over the newest `length` entries; entries whose value is NaN are
/// passed over.
template <class Entry, std::size_t Capacity, class Value>
Moments moments_of_last(const RecentGames<Entry, Capacity>& games, std::size_t length,
                        Value value) {
    Moments moments;
    for (std::size_t back = 0; back < games.size() && back < length; ++back) {
        const double v = value(games[back]);
        if (!std::isnan(v)) moments.add(v);
    }
    return moments;
}

/// `numerator / denominator`, NaN where the denominator is not positive.
[[nodiscard]] inline double ratio(double numerator, double denominator) {
    return denominator > 0 ? numerator / denominator : kUnknown;
}

/// An exponentially weighted sum: each new entry weighs 1 and halves with every `half-life` entries
/// after it.
struct DecayedSum {
    double weight = 0;
    double sum = 0;

    void add(double value, double decay) {
        weight = weight * decay + 1;
        sum = sum * decay + value;
    }
    void fade(double decay) {
        weight *= decay;
        sum *= decay;
    }
    [[nodiscard]] double mean() const { return ratio(sum, weight); }
};

/// A vector that grows to the index asked for: state by player or team.
template <class State>
class ByIndex {
public:
    State& operator[](std::size_t index) {
        if (index >= states_.size()) states_.resize(index + 1);
        return states_[index];
    }

    /// A state that was never observed is a fresh one.
    const State& operator[](std::size_t index) const {
        static const State fresh{};
        return index < states_.size() ? states_[index] : fresh;
    }

private:
    std::vector<State> states_;
};

}  // namespace tipoff::features
