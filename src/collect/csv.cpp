#include "collect/csv.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace tipoff::collect {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool ends_field(char c) { return c == ',' || c == '\n'; }

}  // namespace

CsvReader::CsvReader(std::unique_ptr<ByteStream> stream)
    : stream_(std::move(stream)), buffer_(kBufferBytes) {}

Expected<bool> CsvReader::next() {
    if (!started_) {
        started_ = true;
        TIPOFF_CHECK(refill());
        if (std::string_view(buffer_.data(), end_).starts_with(kByteOrderMark)) {
            begin_ = kByteOrderMark.size();
        }
    }
    while (true) {
        TIPOFF_TRY(const Scan scan, scan_row());
        if (scan == Scan::kRow) break;
        if (scan == Scan::kBlank) continue;
        if (at_end_) return false;
        TIPOFF_CHECK(refill());
    }
    if (width_ == 0) width_ = fields_.size();
    if (fields_.size() != width_) {
        return fault(row_line_,
                     fmt::format("has {} fields, the header has {}", fields_.size(), width_));
    }
    return true;
}

Expected<CsvReader::Scan> CsvReader::scan_row() {
    std::size_t at = begin_;
    if (at == end_) return Scan::kNeedMore;
    if (buffer_[at] == '\n' || (buffer_[at] == '\r' && at + 1 < end_ && buffer_[at + 1] == '\n')) {
        begin_ = at + (buffer_[at] == '\n' ? 1 : 2);
        ++next_line_;
        return Scan::kBlank;
    }
    fields_.clear();
    doubled_.clear();
    std::int64_t line = next_line_;
    while (true) {
        TIPOFF_TRY(const bool whole, scan_field(at, line));
        if (!whole) return Scan::kNeedMore;
        // Behind a field stands a comma, a line's end, or the end of all.
        if (at < end_ && buffer_[at] == ',') {
            ++at;
            continue;
        }
        break;
    }
    row_line_ = next_line_;
    next_line_ = line + 1;
    begin_ = std::min(at + 1, end_);
    // Only now: a row that the buffer cuts off is scanned again from its start.
    undouble_quotes();
    return Scan::kRow;
}

Expected<bool> CsvReader::scan_field(std::size_t& at, std::int64_t& line) {
    if (at < end_ && buffer_[at] == '"') return scan_quoted(at, line);
    const std::size_t first = at;
    while (at < end_ && !ends_field(buffer_[at])) {
        if (buffer_[at] == '"') return fault(line, "has a quote inside a field without quotes");
        ++at;
    }
    if (at == end_ && !at_end_) return false;
    std::string_view field(buffer_.data() + first, at - first);
    const bool last = at == end_ || buffer_[at] == '\n';
    if (last && field.ends_with('\r')) field.remove_suffix(1);
    fields_.push_back(field);
    return true;
}

Expected<bool> CsvReader::scan_quoted(std::size_t& at, std::int64_t& line) {
    const std::int64_t first_line = line;
    const std::size_t first = at + 1;
    std::size_t closing = first;
    bool doubled = false;
    while (true) {
        while (closing < end_ && buffer_[closing] != '"')
            line += buffer_[closing++] == '\n' ? 1 : 0;
        if (closing == end_) break;
        if (closing + 1 >= end_ || buffer_[closing + 1] != '"') break;
        doubled = true;
        closing += 2;
    }
    if (closing == end_) {
        if (at_end_) return fault(first_line, "opens a quote that is never closed");
        return false;
    }
    // Whether this quote is doubled, and what follows it, may lie beyond the buffer: up to CR and
    // LF.
    if (closing + 2 >= end_ && !at_end_) return false;
    at = closing + 1;
    if (at + 1 < end_ && buffer_[at] == '\r' && buffer_[at + 1] == '\n') ++at;
    if (at + 1 == end_ && buffer_[at] == '\r') ++at;
    if (at < end_ && !ends_field(buffer_[at])) {
        return fault(line, "has text behind a closing quote");
    }
    fields_.emplace_back(buffer_.data() + first, closing - first);
    if (doubled) doubled_.push_back(fields_.size() - 1);
    return true;
}

void CsvReader::undouble_quotes() {
    for (const std::size_t i : doubled_) {
        char* const first = buffer_.data() + (fields_[i].data() - buffer_.data());
        char* const last = first + fields_[i].size();
        char* to = first;
        for (char* from = first; from < last; ++from) {
            *to++ = *from;
            if (*from == '"') ++from;
        }
        fields_[i] = {first, static_cast<std::size_t>(to - first)};
    }
}

Status CsvReader::refill() {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (end_ == buffer_.size()) {
        if (end_ >= kMaxCsvRowBytes) {
            return fault(next_line_,
                         fmt::format("begins a row of more than {} bytes: a quote may be missing",
                                     kMaxCsvRowBytes));
        }
        buffer_.resize(buffer_.size() * 2);
    }
    auto got = stream_->read(std::span(buffer_).subspan(end_));
    if (!got) return std::unexpected(got.error().with_context(fmt::format("line {}", next_line_)));
    end_ += *got;
    at_end_ = *got == 0;
    return {};
}

std::unexpected<Error> CsvReader::fault(std::int64_t line, std::string_view what) const {
    return fail(ErrorCode::kInvalidInput, fmt::format("line {} {}", line, what));
}

}  // namespace tipoff::collect
