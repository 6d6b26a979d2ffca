#pragma once
/// What an import refuses, and why.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tipoff::collect {

/// What a rejection says about the rest of the file.
enum class RejectionClass : std::uint8_t {
    kValue,          ///< the row is wrong in itself: too many of these drop the file
    kUnresolved,     ///< what the row speaks of is not known yet; another import may bring it
    kContradiction,  ///< the row and what else is known cannot both be right
};

struct Rejection {
    std::int64_t line = 0;  ///< physical; the header is 1, the whole file 0
    std::string column;     ///< empty when the reason is the whole row
    std::string rule;       ///< the broken rule, the same words for every row that breaks it
    std::string detail;     ///< what differs from row to row; may be empty
    std::string value;      ///< the text that was refused
    RejectionClass rejection_class = RejectionClass::kValue;

    /// Rule and detail as one sentence.
    [[nodiscard]] std::string reason() const {
        return detail.empty() ? rule : rule + ": " + detail;
    }
};

/// Rejections of one file: all are counted, the first ones kept.
class RejectionLog {
public:
    /// Kept in full; a file with more is a broken file, and its first ones tell why.
    static constexpr std::size_t kMaxKept = 10'000;

    using Counts = std::map<std::pair<std::string, std::string>, std::int64_t>;

    void add(Rejection rejection) {
        // The records of one row follow one another: what is wrong with all of them is said once.
        if (!kept_.empty() && kept_.back().line == rejection.line &&
            kept_.back().column == rejection.column) {
            return;
        }
        ++counts_[{rejection.column, rejection.rule}];
        ++total_;
        if (rejection.rejection_class == RejectionClass::kUnresolved) ++unresolved_;
        if (kept_.size() < kMaxKept) kept_.push_back(std::move(rejection));
    }

    [[nodiscard]] const std::vector<Rejection>& kept() const { return kept_; }
    [[nodiscard]] std::vector<Rejection>& kept() { return kept_; }
    [[nodiscard]] std::int64_t total() const { return total_; }
    [[nodiscard]] std::int64_t unresolved() const { return unresolved_; }

    /// How often each (column, rule) was broken.
    [[nodiscard]] const Counts& counts() const { return counts_; }

private:
    std::vector<Rejection> kept_;
    Counts counts_;
    std::int64_t total_ = 0;
    std::int64_t unresolved_ = 0;
};

}  // namespace tipoff::collect
