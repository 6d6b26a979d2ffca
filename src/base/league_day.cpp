#include "base/league_day.h"

namespace tipoff {

Expected<GameDate> parse_league_day(std::string_view text, Instant now) {
    if (text == "today") return eastern_date(now);
    if (text == "yesterday") return eastern_date(now).plus_days(-1);
    if (text == "tomorrow") return eastern_date(now).plus_days(1);
    return parse_date(text);
}

}  // namespace tipoff
