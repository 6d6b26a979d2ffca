#pragma once
/// The league's calendar and the two clocks.
///
/// An instant is UTC, in microseconds. A fact carries two of them as two types that do not mix:
/// `EventTime` (when it happened) and `KnownAt` (when we could have known it). A `GameDate` is the
/// league's day in America/New_York. A `Season` is named by both its years ("2025-26"), never by
/// one.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/ids.h"

namespace tipoff {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// When a fact happened.
struct EventTime {
    Instant at{};
    auto operator<=>(const EventTime&) const = default;
};

/// When we could first have known a fact. A feature may use it only before the as-of instant.
struct KnownAt {
    Instant at{};
    auto operator<=>(const KnownAt&) const = default;
};

/// The instant from which a forecast looks: everything with `known_at` before it is admissible.
struct AsOf {
    Instant at{};
    auto operator<=>(const AsOf&) const = default;
};

/// The one guard between the future and a feature: strictly before, in known time.
[[nodiscard]] constexpr bool is_admissible(KnownAt known, AsOf as_of) {
    return known.at < as_of.at;
}

/// A day of the league, in Eastern time.
struct GameDate {
    std::chrono::sys_days day{};
    auto operator<=>(const GameDate&) const = default;

    [[nodiscard]] GameDate plus_days(int days) const { return {day + std::chrono::days{days}}; }
    [[nodiscard]] std::int32_t days_since_epoch() const {
        return static_cast<std::int32_t>(day.time_since_epoch().count());
    }
};

/// Whole days from `earlier` to `later`.
[[nodiscard]] inline int days_between(GameDate earlier, GameDate later) {
    return static_cast<int>((later.day - earlier.day).count());
}

/// "2023-04-09".
[[nodiscard]] std::string to_string(GameDate date);

/// Reads "YYYY-MM-DD"; a date that the calendar does not have is `kInvalidInput`.
[[nodiscard]] Expected<GameDate> parse_date(std::string_view text);

/// A wall-clock time of day.
struct TimeOfDay {
    int hour = 0;
    int minute = 0;
    int second = 0;
};

/// Reads "HH:MM" or "HH:MM:SS".
[[nodiscard]] Expected<TimeOfDay> parse_time_of_day(std::string_view text);

/// The instant of a wall-clock time in America/New_York. A time that the spring change skips is the
/// instant of the change; one that the autumn change repeats is its first occurrence.
[[nodiscard]] Instant eastern_instant(GameDate date, TimeOfDay time);

/// The league's day on which `instant` falls.
[[nodiscard]] GameDate eastern_date(Instant instant);

/// "2022-10-18 19:30 ET".
[[nodiscard]] std::string to_eastern_string(Instant instant);

/// ISO 8601 in UTC with a Z: "2022-10-18T23:30:00Z" (fractions only where there are any).
[[nodiscard]] std::string to_string(Instant instant);

/// Reads ISO 8601 with an explicit offset: "2022-10-18T23:30:00Z", "...-04:00". Without an offset
/// it is `kInvalidInput`.
[[nodiscard]] Expected<Instant> parse_instant(std::string_view text);

/// A season by the year in which it starts; prints as "2025-26".
class Season {
public:
    Season() = default;

    /// The season that tips off in the autumn of `year`. The one constructor: a bare year is never
    /// converted silently.
    [[nodiscard]] static constexpr Season starting_in(int year) { return Season(year); }

    /// Reads "2025-26" and nothing else. A bare year is `kUsage`, with both readings in the
    /// message.
    [[nodiscard]] static Expected<Season> parse(std::string_view text);

    [[nodiscard]] constexpr int start_year() const { return start_year_; }
    auto operator<=>(const Season&) const = default;

private:
    constexpr explicit Season(int year) : start_year_(year) {}
    int start_year_ = 0;
};

[[nodiscard]] std::string to_string(Season season);

/// The season that a day of the league belongs to when no game id says it: seasons turn on 1
/// October (2020: 1 December 2020, since the 2019-20 finals were played in October).
[[nodiscard]] Season season_of(GameDate date);

enum class SeasonType : std::uint8_t { kPreseason, kRegular, kAllStar, kPlayoffs, kPlayIn, kCup };

/// "regular", "playoffs", "play_in", "cup", "preseason", "all_star".
[[nodiscard]] std::string_view to_string(SeasonType type);
[[nodiscard]] Expected<SeasonType> parse_season_type(std::string_view text);

/// Season and season type as the game id itself states them.
[[nodiscard]] Season season_of(GameId id);
[[nodiscard]] Expected<SeasonType> season_type_of(GameId id);

}  // namespace tipoff
