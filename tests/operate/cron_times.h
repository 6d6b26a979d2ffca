#pragma once
/// Cron expressions by their times, for tests.

#include <string>
#include <string_view>
#include <vector>

#include "operate/cron.h"
#include "support/expected.h"

namespace tipoff::operate::test {

inline Instant at(std::string_view text) { return support::value_of(parse_instant(text)); }
inline Cron cron(std::string_view text) { return support::value_of(Cron::parse(text)); }

/// Every time in (from, to], in UTC without its seconds.
inline std::vector<std::string> times(std::string_view expression, std::string_view from,
                                      std::string_view to) {
    const Cron parsed = cron(expression);
    std::vector<std::string> all;
    for (auto next = parsed.next_after(at(from)); next && *next <= at(to);
         next = parsed.next_after(*next))
        all.push_back(to_string(*next).substr(0, 16));
    return all;
}
using Times = std::vector<std::string>;

}  // namespace tipoff::operate::test
