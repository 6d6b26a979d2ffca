#pragma once
/// Prepared statements of one connection by their text, the least recently used one dropped first.
/// Private to this room.

#include <cstddef>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tipoff::store {

template <class Statement>
class StatementCache {
public:
    /// The statement of this text, or nullptr.
    const Statement* find(const std::string& sql) {
        const auto place = places_.find(sql);
        if (place == places_.end()) return nullptr;
        kept_.splice(kept_.begin(), kept_, place->second);
        return &place->second->statement;
    }

    /// Whether a text that is not kept has been asked about before, and is worth keeping: most come
    /// once.
    bool is_repeated(const std::string& sql) {
        if (sql.size() > kLongestKept) return false;
        if (seen_.size() >= kMostSeen) seen_.clear();
        return !seen_.insert(std::hash<std::string>{}(sql)).second;
    }

    void keep(const std::string& sql, Statement statement) {
        kept_.push_front({sql, std::move(statement)});
        places_.emplace(kept_.front().sql, kept_.begin());
        if (kept_.size() > kMostKept) forget(std::string(kept_.back().sql));
    }

    void forget(const std::string& sql) {
        const auto place = places_.find(sql);
        if (place == places_.end()) return;
        const auto kept = place->second;
        places_.erase(place);
        kept_.erase(kept);
    }

    void forget_all() {
        places_.clear();
        kept_.clear();
    }

private:
    /// A plan takes some tens of kilobytes.
    static constexpr std::size_t kMostKept = 48;

    /// Longer texts are lists of values, which do not come again.
    static constexpr std::size_t kLongestKept = 8192;

    /// Texts of which it is known that they came once; then all are new again.
    static constexpr std::size_t kMostSeen = 1024;

    struct Kept {
        std::string sql;
        Statement statement;
    };

    std::list<Kept> kept_;  ///< the most recently used one first
    std::unordered_map<std::string_view, typename std::list<Kept>::iterator> places_;
    std::unordered_set<std::size_t> seen_;  ///< hashes of texts
};

}  // namespace tipoff::store
