#include "operate/dated_sql.h"

#include <fmt/core.h>

#include "base/error.h"

namespace tipoff::operate {

std::string with_dates(std::string_view sql, std::initializer_list<GameDate> dates) {
    std::string made;
    made.reserve(sql.size() + 64);
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] != '$') {
            made += sql[i];
            continue;
        }
        require(i + 1 < sql.size(), "a $ without its number");
        const auto number = static_cast<std::size_t>(sql[++i] - '1');
        require(number < dates.size(), "a date that is not given");
        made += fmt::format("DATE '{}'", to_string(dates.begin()[number]));
    }
    return made;
}

}  // namespace tipoff::operate
