#pragma once
/// Five-field cron expressions in the league's time, America/New_York.
///
///     minute hour day-of-month month day-of-week
///
/// A field is `*`, a number, a range `1-5`, a step `*/15` or `10-50/20`, or a list of these. Months
/// and weekdays also go by the first three letters of their English names; Sunday is 0 or 7. Where
/// both day fields are restricted, one of them is enough; a field that begins with `*` does not
/// restrict. All of this is as in Vixie cron.
///
/// On the two days on which the clocks change:
///   - Where the hour field names hours, each wall time comes once. One that the spring change
///     skips (02:30) comes at the instant of the change (03:00 EDT), all of the skipped hour's as
///     one. One that exists twice (01:30 in autumn) is its first occurrence.
///   - Where the hour field begins with `*`, each hour that goes by counts: the skipped hour is not
///     there, the repeated one is there twice.

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"

namespace tipoff::operate {

class Cron {
public:
    /// `kInvalidInput` names the field and what is wrong with it.
    static Expected<Cron> parse(std::string_view text);

    /// The first time strictly after `instant`; nothing where there is none, as for the 30th of
    /// February.
    [[nodiscard]] std::optional<Instant> next_after(Instant instant) const;

    /// The last time that is not after `instant`.
    [[nodiscard]] std::optional<Instant> last_at_or_before(Instant instant) const;

    /// As it was written.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    Cron() = default;
    [[nodiscard]] bool has_day(GameDate day) const;
    [[nodiscard]] std::vector<Instant> times_of(GameDate day) const;

    std::string text_;
    std::bitset<60> minutes_;
    std::bitset<24> hours_;
    std::bitset<32> days_;
    std::bitset<13> months_;
    std::bitset<8> weekdays_;  ///< 0 is Sunday
    bool every_elapsed_hour_ = false;
    bool either_day_field_ = false;
};

}  // namespace tipoff::operate
