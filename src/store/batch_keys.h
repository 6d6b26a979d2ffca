#pragma once
/// The keys of a batch, as an engine looks at them before it merges. Private to this room.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/calendar.h"
#include "store/columns.h"
#include "store/table.h"

namespace tipoff::store {

/// A merge that was asked for wrongly.
[[noreturn]] void broken_merge(const TableSpec& table, std::string_view what);

/// Where among the key columns the first stands that tells rows apart: of the key (game_id,
/// player_id, market) the game.
[[nodiscard]] std::size_t leading_key(const TableSpec& table);

/// Looks at every key of a batch. Engines quietly keep one of two staged rows with one key, or tell
/// it as a conflict, so the check is ours.
class BatchKeys {
public:
    explicit BatchKeys(const Batch& batch);

    /// The distinct values of the leading key column, few beside the rows.
    [[nodiscard]] const Columns& leading_values() const { return leading_values_; }

    /// First and last value of a key column of instants.
    struct Instants {
        std::string column;
        Instant first;
        Instant last;
    };

    /// What is said anew of a game is of a new instant: it tells rows apart where the leading
    /// values do not.
    [[nodiscard]] const std::vector<Instants>& instants() const { return instants_; }

private:
    void add(const Columns& keys, std::size_t row);

    const TableSpec& table_;
    std::size_t leading_;
    Columns leading_values_;
    std::vector<Instants> instants_;
    std::vector<std::size_t> of_instants_;  ///< where among the key columns each of them stands
    std::vector<std::uint64_t> keys_;
    std::unordered_set<std::string> seen_leading_;
    std::string bytes_;
    std::string last_leading_;
};

}  // namespace tipoff::store
