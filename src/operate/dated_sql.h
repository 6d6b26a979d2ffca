#pragma once
/// Statements of dates, with the dates written into them.

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace tipoff::operate {

/// The statement with `$1`, `$2`, ... replaced by the dates, one digit each. The engine plans a
/// bound parameter before it knows the value, and then scans the whole table; a date that it reads
/// in the statement lets it pass over the row groups of other dates. Dates are typed: nothing from
/// outside is pasted.
[[nodiscard]] std::string with_dates(std::string_view sql, std::initializer_list<GameDate> dates);

}  // namespace tipoff::operate
