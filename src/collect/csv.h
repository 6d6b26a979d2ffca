#pragma once
/// Reads CSV (RFC 4180) row by row without an allocation a field.
///
/// Fields may be quoted, quotes in them doubled, line ends in them kept. Lines end in LF or CRLF; a
/// byte order mark at the start and blank lines are passed over. Every row must have as many fields
/// as the first one. Anything else ends the reading with an error that names the physical line.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "collect/byte_stream.h"

namespace tipoff::collect {

/// A row longer than this is no row of data: a quote is missing.
inline constexpr std::size_t kMaxCsvRowBytes = std::size_t{1} << 20;

class CsvReader {
public:
    /// Takes the bytes from `stream`.
    explicit CsvReader(std::unique_ptr<ByteStream> stream);

    /// Moves to the next row; false at the end.
    Expected<bool> next();

    /// The row's fields, valid until `next`.
    [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }

    /// The physical line on which the row begins, from 1.
    [[nodiscard]] std::int64_t line() const { return row_line_; }

private:
    enum class Scan { kRow, kBlank, kNeedMore };

    Expected<Scan> scan_row();
    /// One field from `at` on, which is moved behind it; nothing when the buffer ends inside it.
    Expected<bool> scan_field(std::size_t& at, std::int64_t& line);
    Expected<bool> scan_quoted(std::size_t& at, std::int64_t& line);
    void undouble_quotes();
    Status refill();
    [[nodiscard]] std::unexpected<Error> fault(std::int64_t line, std::string_view what) const;

    std::unique_ptr<ByteStream> stream_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;  ///< of the bytes not yet read, in the buffer
    std::size_t end_ = 0;
    bool at_end_ = false;  ///< the stream has no more
    bool started_ = false;
    std::int64_t next_line_ = 1;
    std::int64_t row_line_ = 0;
    std::size_t width_ = 0;  ///< fields of the first row; 0 before it
    std::vector<std::string_view> fields_;
    std::vector<std::size_t> doubled_;  ///< fields of this row in which quotes are doubled
};

}  // namespace tipoff::collect
