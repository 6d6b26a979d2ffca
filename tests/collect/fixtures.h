#pragma once
/// Small files for the tests of this room.

#include <string>
#include <string_view>
#include <vector>

namespace tipoff::collect::test {

/// The text as one gzip member.
[[nodiscard]] std::string gzip(std::string_view text);

/// The fields as one line of CSV, all of them quoted.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& fields);

}  // namespace tipoff::collect::test
