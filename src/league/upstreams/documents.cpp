#include "league/upstreams/documents.h"

#include <fmt/core.h>

#include <array>
#include <chrono>
#include <cmath>

#include "base/error.h"
#include "base/parse.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

Instant whole_seconds(Instant instant) { return std::chrono::floor<std::chrono::seconds>(instant); }

}  // namespace

UpstreamAnswer json_answer(const Json& document, int status) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json; charset=utf-8"}},
            .body = document.dump()};
}

UpstreamAnswer html_answer(std::string page, int status) {
    return {.status = status,
            .headers = {{"Content-Type", "text/html; charset=utf-8"}},
            .body = std::move(page)};
}

bool has_since(const UpstreamRequest& request, Instant changed_at) {
    const auto since = parse_http_date(request.header("If-Modified-Since").value_or(""));
    return since && whole_seconds(changed_at) <= *since;
}

UpstreamAnswer pdf_answer(std::string bytes, Instant made_at, const UpstreamRequest& request) {
    const bool is_known = has_since(request, made_at);
    if (is_known) bytes.clear();
    return {.status = is_known ? 304 : 200,
            .headers = {{"Content-Type", "application/pdf"}, {"Last-Modified", http_date(made_at)}},
            .body = std::move(bytes)};
}

UpstreamAnswer not_found() { return json_answer({{"message", "not found"}}, 404); }

std::string compact(GameDate date) {
    std::string text = to_string(date);
    std::erase(text, '-');
    return text;
}

std::string slashed(GameDate date) {
    const std::string text = to_string(date);
    return text.substr(5, 2) + "/" + text.substr(8, 2) + "/" + text.substr(0, 4);
}

std::optional<GameDate> parse_compact(std::string_view text) {
    if (text.size() != 8 || !is_digits(text)) return std::nullopt;
    const auto date = parse_date(
        fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)));
    return date ? std::optional(*date) : std::nullopt;
}

std::optional<GameDate> parse_slashed(std::string_view text) {
    if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
    const auto date = parse_date(
        fmt::format("{}-{}-{}", text.substr(6, 4), text.substr(0, 2), text.substr(3, 2)));
    return date ? std::optional(*date) : std::nullopt;
}

std::optional<GameDate> day_in(const UpstreamRequest& request, std::string_view name) {
    const auto text = request.parameter(name);
    if (!text) return std::nullopt;
    const auto date = parse_date(*text);
    return date ? std::optional(*date) : std::nullopt;
}

std::optional<std::int64_t> number_in(const UpstreamRequest& request, std::string_view name) {
    const auto text = request.parameter(name);
    if (!text || !is_digits(*text)) return std::nullopt;
    return parse_integer(*text);
}

std::string minute_text(Instant instant) {
    const std::string text = tipoff::to_string(whole_seconds(instant));
    return text.substr(0, text.size() - 4) + "Z";
}

std::string second_text(Instant instant) { return tipoff::to_string(whole_seconds(instant)); }

std::string plain_utc_text(Instant instant) {
    std::string text = second_text(instant);
    text.pop_back();
    text[text.find('T')] = ' ';
    return text;
}

std::string http_date(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::string text = to_string(GameDate{day});
    const std::string time = second_text(instant).substr(11, 8);
    return fmt::format("{}, {} {} {} {} GMT", weekday_name(GameDate{day}).substr(0, 3),
                       text.substr(8, 2), month_name(GameDate{day}).substr(0, 3), text.substr(0, 4),
                       time);
}

std::string_view weekday_name(GameDate date) {
    return kWeekdays.at(std::chrono::weekday(date.day).c_encoding());
}

std::string_view month_name(GameDate date) {
    const std::chrono::year_month_day day(date.day);
    return kMonths.at(static_cast<unsigned>(day.month()) - 1);
}

double share(int made, int attempted) {
    if (attempted == 0) return 0.0;
    constexpr double kThousandths = 1000.0;
    return std::round(kThousandths * made / attempted) / kThousandths;
}

std::string minutes_and_seconds(int tenths) {
    const int seconds = (tenths + 5) / 10;
    return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

int team_tenths(const Box& box, std::size_t side) {
    int tenths = 0;
    for (const GamePlayerLine& line : box.lines[side])
        tenths += line.tenths;
    return tenths;
}

const collect::Team& team_of_index(std::size_t team) {
    const collect::Team* found = collect::find_team(team_facts()[team].team_id);
    require(found != nullptr, "a team of the league is one of the thirty");
    return *found;
}

}  // namespace tipoff::league
