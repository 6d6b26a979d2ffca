#include "base/calendar.h"

#include <date/tz.h>
#include <fmt/core.h>

#include <array>
#include <cmath>

#include "base/parse.h"

namespace tipoff {
namespace {

const date::time_zone& eastern() {
    static const date::time_zone* zone = date::locate_zone("America/New_York");
    return *zone;
}

/// The number that exactly `count` digits write; a sign is not a digit.
std::optional<int> digits(std::string_view text, std::size_t count) {
    if (text.size() != count || !is_digits(text)) return std::nullopt;
    const auto number = parse_integer(text);
    if (!number) return std::nullopt;
    return static_cast<int>(*number);
}

/// The offset from UTC that "Z", "-04:00" or "+05:30" states.
std::optional<std::chrono::minutes> utc_offset(std::string_view zone) {
    if (zone == "Z") return std::chrono::minutes{0};
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
    const auto time = parse_time_of_day(zone.substr(1));
    if (!time) return std::nullopt;
    const std::chrono::minutes ahead{time->hour * 60 + time->minute};
    return zone[0] == '-' ? -ahead : ahead;
}

/// The part of a second that the digits after the point state, to the nearest microsecond.
std::optional<std::chrono::microseconds> second_fraction(std::string_view after_point) {
    if (!is_digits(after_point)) return std::nullopt;
    const auto seconds = parse_number("0." + std::string(after_point));
    if (!seconds) return std::nullopt;
    return std::chrono::microseconds{std::llround(*seconds * 1e6)};
}

struct NamedSeasonType {
    SeasonType type;
    std::string_view name;
};

constexpr std::array kSeasonTypes{
    NamedSeasonType{SeasonType::kPreseason, "preseason"},
    NamedSeasonType{SeasonType::kRegular, "regular"},
    NamedSeasonType{SeasonType::kAllStar, "all_star"},
    NamedSeasonType{SeasonType::kPlayoffs, "playoffs"},
    NamedSeasonType{SeasonType::kPlayIn, "play_in"},
    NamedSeasonType{SeasonType::kCup, "cup"},
};

}  // namespace

std::string to_string(GameDate date) {
    const std::chrono::year_month_day ymd{date.day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                       static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

Expected<GameDate> parse_date(std::string_view text) {
    const auto bad = [&] {
        return fail(ErrorCode::kInvalidInput, fmt::format("'{}' is not a date (YYYY-MM-DD)", text));
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
    const auto year = digits(text.substr(0, 4), 4);
    const auto month = digits(text.substr(5, 2), 2);
    const auto day = digits(text.substr(8, 2), 2);
    if (!year || !month || !day) return bad();
    const std::chrono::year_month_day ymd{std::chrono::year{*year},
                                          std::chrono::month{static_cast<unsigned>(*month)},
                                          std::chrono::day{static_cast<unsigned>(*day)}};
    if (!ymd.ok()) return bad();
    return GameDate{std::chrono::sys_days{ymd}};
}

Expected<TimeOfDay> parse_time_of_day(std::string_view text) {
    const auto bad = [&] {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("'{}' is not a time of day (HH:MM or HH:MM:SS)", text));
    };
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':') return bad();
    if (text.size() == 8 && text[5] != ':') return bad();
    const auto hour = digits(text.substr(0, 2), 2);
    const auto minute = digits(text.substr(3, 2), 2);
    const auto second = text.size() == 8 ? digits(text.substr(6, 2), 2) : std::optional<int>(0);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return bad();
    return TimeOfDay{*hour, *minute, *second};
}

Instant eastern_instant(GameDate date, TimeOfDay time) {
    const auto local =
        date::local_days{std::chrono::floor<date::days>(date.day).time_since_epoch()} +
        std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
        std::chrono::seconds{time.second};
    return eastern().to_sys(local, date::choose::earliest);
}

GameDate eastern_date(Instant instant) {
    const auto local = eastern().to_local(instant);
    return {std::chrono::sys_days{std::chrono::floor<std::chrono::days>(local.time_since_epoch())}};
}

std::string to_eastern_string(Instant instant) {
    const auto local = eastern().to_local(instant).time_since_epoch();
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(local - day).count();
    return fmt::format("{} {:02}:{:02} ET", to_string(GameDate{std::chrono::sys_days{day}}),
                       minutes / 60, minutes % 60);
}

std::string to_string(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const auto micros = (instant - day).count();
    const auto seconds = micros / 1'000'000;
    const auto fraction = micros % 1'000'000;
    std::string text = fmt::format("{}T{:02}:{:02}:{:02}", to_string(GameDate{day}), seconds / 3600,
                                   seconds / 60 % 60, seconds % 60);
    if (fraction != 0) text += fmt::format(".{:06}", fraction);
    return text + "Z";
}

Expected<Instant> parse_instant(std::string_view text) {
    const auto bad = [&] {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("'{}' is not an instant (such as 2022-10-18T23:30:00Z; the offset "
                                "from UTC must be there)",
                                text));
    };
    if (text.size() < 17 || (text[10] != 'T' && text[10] != ' ')) return bad();
    const auto date = parse_date(text.substr(0, 10));
    const std::string_view rest = text.substr(11);
    const auto offset_at = rest.find_first_of("Z+-");
    if (!date || offset_at == std::string_view::npos) return bad();
    const auto offset = utc_offset(rest.substr(offset_at));
    const std::string_view clock = rest.substr(0, offset_at);
    // A fraction follows seconds only: at HH:MM:SS the point is the ninth character.
    const bool has_fraction = clock.size() > 8 && clock[8] == '.';
    const auto time = parse_time_of_day(has_fraction ? clock.substr(0, 8) : clock);
    const auto fraction = has_fraction ? second_fraction(clock.substr(9))
                                       : std::optional(std::chrono::microseconds{0});
    if (!offset || !time || !fraction) return bad();
    return Instant{date->day + std::chrono::hours{time->hour} + std::chrono::minutes{time->minute} +
                   std::chrono::seconds{time->second} + *fraction - *offset};
}

Expected<Season> Season::parse(std::string_view text) {
    const auto year = digits(text.substr(0, 4), 4);
    if (text.size() == 4 && year) {
        return fail(
            ErrorCode::kUsage,
            fmt::format("'{}' is not a season: it could be {} or {}", text,
                        tipoff::to_string(Season(*year)), tipoff::to_string(Season(*year - 1))),
            "write both years, such as 2025-26");
    }
    const auto end = text.size() == 7 && text[4] == '-' ? digits(text.substr(5), 2) : std::nullopt;
    if (!year || !end || (*year + 1) % 100 != *end) {
        return fail(ErrorCode::kUsage, fmt::format("'{}' is not a season", text),
                    "write both years, such as 2025-26");
    }
    return Season(*year);
}

std::string to_string(Season season) {
    // By hand: millions of rows carry one.
    const int start = season.start_year();
    const int end = (start + 1) % 100;
    const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
    return {digit(start / 1000), digit(start / 100), digit(start / 10), digit(start), '-',
            digit(end / 10),     digit(end)};
}

Season season_of(GameDate date) {
    const std::chrono::year_month_day ymd{date.day};
    const int year = static_cast<int>(ymd.year());
    const auto first_month = year == 2020 ? std::chrono::December : std::chrono::October;
    return Season::starting_in(ymd.month() >= first_month ? year : year - 1);
}

std::string_view to_string(SeasonType type) {
    for (const auto& [value, name] : kSeasonTypes) {
        if (value == type) return name;
    }
    throw InvariantBroken("a SeasonType without a name");
}

Expected<SeasonType> parse_season_type(std::string_view text) {
    for (const auto& [value, name] : kSeasonTypes) {
        if (name == text) return value;
    }
    return fail(ErrorCode::kUsage, fmt::format("'{}' is not a season type", text),
                "one of regular, play_in, playoffs, cup");
}

Season season_of(GameId id) {
    const int two_digit_year = static_cast<int>(id.value / 100'000 % 100);
    // The league was founded in 1946: 46 to 99 belong to the last century.
    return Season::starting_in(two_digit_year >= 46 ? 1900 + two_digit_year
                                                    : 2000 + two_digit_year);
}

Expected<SeasonType> season_type_of(GameId id) {
    switch (id.value / 10'000'000 % 10) {
        case 1: return SeasonType::kPreseason;
        case 2: return SeasonType::kRegular;
        case 3: return SeasonType::kAllStar;
        case 4: return SeasonType::kPlayoffs;
        case 5: return SeasonType::kPlayIn;
        case 6: return SeasonType::kCup;
        default: break;
    }
    return fail(
        ErrorCode::kInvalidInput,
        fmt::format("game id {} has no known season type in its third digit", to_string(id)));
}

}  // namespace tipoff
