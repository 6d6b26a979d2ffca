#pragma once
/// Values and columns to PostgreSQL's binary formats and back. Private to this folder.

#include <postgresql/libpq-fe.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "store/database.h"

namespace tipoff::store {

/// Parameters as libpq takes them. Text goes out without a type, so that the server takes it for
/// what stands there (a date in a comparison with dates), as DuckDB does; all else is binary.
class BoundValues {
public:
    /// `kInvalidInput` for text with a zero byte, which PostgreSQL cannot hold.
    static Expected<BoundValues> of(const Values& values);

    BoundValues(BoundValues&&) = default;
    BoundValues& operator=(BoundValues&&) = default;

    [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }
    [[nodiscard]] const Oid* types() const { return types_.data(); }
    [[nodiscard]] const char* const* values() const { return places_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

private:
    BoundValues() = default;

    std::vector<Oid> types_;
    std::vector<std::string> bytes_;
    std::vector<const char*> places_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// Takes the rows of a result in binary format.
Expected<Columns> take_result(const PGresult* result);

/// Rows in the format of COPY ... (FORMAT binary): the head, rows as often as need be, the end.
[[nodiscard]] std::string_view copy_head();
void append_copy_rows(std::string& bytes, const Columns& rows);
[[nodiscard]] std::string_view copy_end();

}  // namespace tipoff::store
