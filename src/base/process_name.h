#pragma once
/// Who a process is, as others read it in a database.

#include <string>

namespace tipoff {

/// "host:4711"
[[nodiscard]] std::string process_name();

}  // namespace tipoff
