#include "serve/data_version.h"

#include "base/hash.h"

namespace tipoff::serve {
namespace {

/// One row: what changes with every commit that is shown, and what changes with the tokens. Writes
/// of a last use count too; they are rare.
constexpr std::string_view kSums =
    "SELECT (SELECT count(*) FROM ops.run), (SELECT coalesce(sum(row_version), 0) FROM ops.run), "
    "(SELECT coalesce(max(fencing_token), 0) FROM ops.run), (SELECT count(*) FROM ops.alert), "
    "(SELECT coalesce(sum(row_version), 0) FROM ops.alert), (SELECT count(*) FROM ops.token), "
    "(SELECT coalesce(sum(row_version), 0) FROM ops.token)";
constexpr std::size_t kTokenColumns = 2;  ///< the last ones

std::int64_t whole(const store::Column& column) {
    // A sum of whole numbers may be told as a double.
    return column.type() == store::ColumnType::kDouble ? static_cast<std::int64_t>(column.number(0))
                                                       : column.integer(0);
}

}  // namespace

DataVersion::DataVersion(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock) {}

DataStatePtr DataVersion::known() const {
    const std::shared_lock lock(mutex_);
    return state_;
}

Expected<DataStatePtr> DataVersion::current() {
    DataStatePtr state = known();
    const std::int64_t now = clock_.elapsed().count();
    const bool is_stale = is_stale_.load() || state == nullptr;
    const bool is_old = now - looked_at_.load() >= std::chrono::microseconds(kLookInterval).count();
    if (!is_stale && !is_old) return state;
    std::unique_lock lock(looking_, std::defer_lock);
    if (is_stale) {
        lock.lock();
        if (!is_stale_.load()) {
            if (DataStatePtr looked = known()) return looked;
        }
    } else if (!lock.try_lock()) {
        return state;
    }
    return look();
}

Expected<DataStatePtr> DataVersion::look() {
    // Before reading: a commit that comes meanwhile is looked at again.
    is_stale_ = false;
    const auto sums = database_.read(kSums, {});
    if (!sums) {
        is_stale_ = true;
        return std::unexpected(sums.error());
    }
    Hasher data;
    Hasher tokens;
    for (std::size_t i = 0; i < sums->data.size(); ++i) {
        const std::int64_t sum = whole(sums->data[i]);
        (i + kTokenColumns < sums->data.size() ? data : tokens).add(sum);
    }
    const std::uint64_t data_sum = data.finish().low;
    const std::uint64_t token_sum = tokens.finish().low;
    DataStatePtr before = known();
    looked_at_ = clock_.elapsed().count();
    if (before != nullptr && data_sum == data_sum_ && token_sum == token_sum_) return before;

    auto made = std::make_shared<DataState>();
    if (before != nullptr) *made = *before;
    if (before == nullptr || token_sum != token_sum_) {
        auto rows = operate::read_tokens(database_);
        if (!rows) {
            is_stale_ = true;
            return std::unexpected(std::move(rows).error());
        }
        made->tokens = std::make_shared<const operate::KnownTokens>(*std::move(rows));
    }
    if (before == nullptr || data_sum != data_sum_) ++made->version;
    data_sum_ = data_sum;
    token_sum_ = token_sum;
    const std::unique_lock lock(mutex_);
    state_ = made;
    return DataStatePtr(made);
}

}  // namespace tipoff::serve
