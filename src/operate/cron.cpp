#include "operate/cron.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "base/parse.h"

namespace tipoff::operate {
namespace {

using Set = std::bitset<64>;

/// A 29th of February comes on the same weekday after 28 years, or 40 where a century goes without.
constexpr int kLongestSearchDays = 40 * 366;

constexpr std::array<std::string_view, 12> kMonthNames{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                       "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> kWeekdayNames{"SUN", "MON", "TUE", "WED",
                                                        "THU", "FRI", "SAT"};

struct FieldRule {
    std::string_view name;
    int lowest;
    int highest;
    std::span<const std::string_view> names = {};  ///< the first is the lowest number
};

constexpr std::array kFields{
    FieldRule{"minute", 0, 59}, FieldRule{"hour", 0, 23}, FieldRule{"day of month", 1, 31},
    FieldRule{"month", 1, 12, kMonthNames}, FieldRule{"day of week", 0, 7, kWeekdayNames}};

std::unexpected<Error> bad(const FieldRule& rule, std::string_view what) {
    return fail(ErrorCode::kInvalidInput, fmt::format("{}: {}", rule.name, what));
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find_first_of(separators);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

Expected<int> number_of(const FieldRule& rule, std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
    if (const auto named = std::ranges::find(rule.names, upper); named != rule.names.end())
        return rule.lowest + static_cast<int>(named - rule.names.begin());
    const auto number = is_digits(text) ? parse_integer(text) : std::nullopt;
    if (!number) return bad(rule, fmt::format("'{}' is not a number", text));
    if (*number < rule.lowest || *number > rule.highest) {
        return bad(rule, fmt::format("'{}' is not from {} to {}", text, rule.lowest, rule.highest));
    }
    return static_cast<int>(*number);
}

/// One element of a field's list: `*`, `5`, `1-5`, with `/2` behind `*` or a range.
Status add_element(const FieldRule& rule, std::string_view text, Set& set) {
    const auto slash = text.find('/');
    const std::string_view range = text.substr(0, slash);
    int first = rule.lowest;
    int last = rule.highest;
    if (range != "*") {
        const auto dash = range.find('-');
        TIPOFF_TRY(first, number_of(rule, range.substr(0, dash)));
        last = first;
        if (dash != std::string_view::npos) {
            TIPOFF_TRY(last, number_of(rule, range.substr(dash + 1)));
            if (last < first) return bad(rule, fmt::format("'{}' goes backwards", range));
        } else if (slash != std::string_view::npos) {
            return bad(rule, fmt::format("'{}': a step needs * or a range before it", text));
        }
    }
    std::int64_t step = 1;
    if (slash != std::string_view::npos) {
        const std::string_view after = text.substr(slash + 1);
        const auto number = is_digits(after) ? parse_integer(after) : std::nullopt;
        if (!number || *number < 1 || *number > rule.highest)
            return bad(rule, fmt::format("'{}' is not a step from 1 to {}", after, rule.highest));
        step = *number;
    }
    for (std::int64_t value = first; value <= last; value += step)
        set.set(static_cast<std::size_t>(value));
    return {};
}

Expected<Set> parse_field(const FieldRule& rule, std::string_view text) {
    Set set;
    for (const std::string_view element : split(text, ","))
        TIPOFF_CHECK(add_element(rule, element, set));
    return set;
}

template <std::size_t Size>
std::bitset<Size> narrowed(const Set& set) {
    return std::bitset<Size>(set.to_ullong());
}

/// The instant at which an hour of the day begins on the wall; 24 is the next midnight. An hour
/// that is skipped begins when the one after it does.
Instant hour_begins(GameDate day, int hour) {
    return hour == 24 ? eastern_instant(day.plus_days(1), {})
                      : eastern_instant(day, {.hour = hour, .minute = 0, .second = 0});
}

}  // namespace

Expected<Cron> Cron::parse(std::string_view text) {
    std::vector<std::string_view> fields = split(text, " \t");
    std::erase(fields, "");
    if (fields.size() != kFields.size()) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("'{}' has {} fields; a cron expression has five: minute hour "
                                "day-of-month month day-of-week",
                                text, fields.size()));
    }
    std::array<Set, kFields.size()> sets;
    for (std::size_t i = 0; i < kFields.size(); ++i) {
        TIPOFF_TRY(sets[i], parse_field(kFields[i], fields[i]));
    }
    if (sets[4].test(7)) sets[4].set(0);
    Cron cron;
    cron.text_ = std::string(trimmed(text));
    cron.minutes_ = narrowed<60>(sets[0]);
    cron.hours_ = narrowed<24>(sets[1]);
    cron.days_ = narrowed<32>(sets[2]);
    cron.months_ = narrowed<13>(sets[3]);
    cron.weekdays_ = narrowed<8>(sets[4]);
    cron.every_elapsed_hour_ = fields[1].starts_with('*');
    cron.either_day_field_ = !fields[2].starts_with('*') && !fields[4].starts_with('*');
    return cron;
}

bool Cron::has_day(GameDate day) const {
    const std::chrono::year_month_day date{day.day};
    if (!months_.test(static_cast<unsigned>(date.month()))) return false;
    const bool by_date = days_.test(static_cast<unsigned>(date.day()));
    const bool by_weekday = weekdays_.test(std::chrono::weekday{day.day}.c_encoding());
    return either_day_field_ ? by_date || by_weekday : by_date && by_weekday;
}

std::vector<Instant> Cron::times_of(GameDate day) const {
    std::vector<Instant> times;
    if (!has_day(day)) return times;
    for (int hour = 0; hour < 24; ++hour) {
        if (!hours_.test(static_cast<std::size_t>(hour))) continue;
        const Instant begin = hour_begins(day, hour);
        const auto lasts = hour_begins(day, hour + 1) - begin;
        if (lasts == std::chrono::hours{0}) {
            if (!every_elapsed_hour_) times.push_back(begin);
            continue;
        }
        const bool twice = every_elapsed_hour_ && lasts == std::chrono::hours{2};
        for (int occurrence = 0; occurrence < (twice ? 2 : 1); ++occurrence) {
            for (std::size_t minute = 0; minute < minutes_.size(); ++minute) {
                if (minutes_.test(minute)) {
                    times.push_back(begin + std::chrono::hours{occurrence} +
                                    std::chrono::minutes{minute});
                }
            }
        }
    }
    // What was skipped may meet what is due at the instant of the change.
    times.erase(std::ranges::unique(times).begin(), times.end());
    return times;
}

std::optional<Instant> Cron::next_after(Instant instant) const {
    const GameDate start = eastern_date(instant);
    for (int days = 0; days <= kLongestSearchDays; ++days) {
        const std::vector<Instant> times = times_of(start.plus_days(days));
        const auto next = std::ranges::upper_bound(times, instant);
        if (next != times.end()) return *next;
    }
    return std::nullopt;
}

std::optional<Instant> Cron::last_at_or_before(Instant instant) const {
    const GameDate start = eastern_date(instant);
    for (int days = 0; days <= kLongestSearchDays; ++days) {
        const std::vector<Instant> times = times_of(start.plus_days(-days));
        const auto after = std::ranges::upper_bound(times, instant);
        if (after != times.begin()) return *std::prev(after);
    }
    return std::nullopt;
}

}  // namespace tipoff::operate
