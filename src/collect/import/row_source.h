#pragma once
/// Rows of text, whatever the file's form: a header, then rows of as many fields, each with its
/// line.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/error.h"

namespace tipoff::collect {

class RowSource {
public:
    virtual ~RowSource() = default;

    /// Moves to the next row (the header is the first); false at the end. A structural fault ends
    /// the file.
    virtual Expected<bool> next() = 0;

    /// Valid until `next`.
    [[nodiscard]] virtual std::span<const std::string_view> fields() const = 0;

    /// The physical line; of a parquet file the row's number, its column names counting as 1.
    [[nodiscard]] virtual std::int64_t line() const = 0;
};

/// CSV, plain or gzip. The bytes must outlive the source.
[[nodiscard]] std::unique_ptr<RowSource> csv_rows(std::span<const char> bytes);

/// A parquet file; every value becomes its text, NULL the empty one.
Expected<std::unique_ptr<RowSource>> parquet_rows(const std::filesystem::path& file);

/// Whether the bytes begin as parquet.
[[nodiscard]] bool is_parquet(std::span<const char> bytes);

}  // namespace tipoff::collect
