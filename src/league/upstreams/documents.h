#pragma once
/// What the answers of several upstreams are made with.

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "collect/teams.h"
#include "league/box.h"
#include "league/upstreams/almanac.h"
#include "league/upstreams/upstream.h"

namespace tipoff::league {

/// Fields stand in the order in which they are written.
using Json = nlohmann::ordered_json;

[[nodiscard]] UpstreamAnswer json_answer(const Json& document, int status = 200);
[[nodiscard]] UpstreamAnswer html_answer(std::string page, int status = 200);
/// 304 for who has it as of `made_at` (`If-Modified-Since`).
[[nodiscard]] UpstreamAnswer pdf_answer(std::string bytes, Instant made_at,
                                        const UpstreamRequest& request);
/// Whether the asker's copy is of `changed_at` or later.
[[nodiscard]] bool has_since(const UpstreamRequest& request, Instant changed_at);
[[nodiscard]] UpstreamAnswer not_found();

/// "20260120".
[[nodiscard]] std::string compact(GameDate date);
/// "01/20/2026".
[[nodiscard]] std::string slashed(GameDate date);
/// The day of `compact`; nothing for any other text.
[[nodiscard]] std::optional<GameDate> parse_compact(std::string_view text);
/// The day of `slashed`; nothing for any other text.
[[nodiscard]] std::optional<GameDate> parse_slashed(std::string_view text);
/// A parameter that is a day as "2026-01-20".
[[nodiscard]] std::optional<GameDate> day_in(const UpstreamRequest& request, std::string_view name);
/// A parameter that is a whole number; nothing where it is missing or none.
[[nodiscard]] std::optional<std::int64_t> number_in(const UpstreamRequest& request,
                                                    std::string_view name);

/// "2026-01-21T00:30Z".
[[nodiscard]] std::string minute_text(Instant instant);
/// Seconds without what is beyond them: "2026-01-21T00:30:00Z".
[[nodiscard]] std::string second_text(Instant instant);
/// "2026-01-21 00:30:00", in UTC.
[[nodiscard]] std::string plain_utc_text(Instant instant);
/// "Wed, 21 Oct 2015 07:28:00 GMT".
[[nodiscard]] std::string http_date(Instant instant);
/// "Tuesday" and "January".
[[nodiscard]] std::string_view weekday_name(GameDate date);
[[nodiscard]] std::string_view month_name(GameDate date);

/// A share to three decimals; 0 without an attempt.
[[nodiscard]] double share(int made, int attempted);
/// "34:05" of tenths of a second.
[[nodiscard]] std::string minutes_and_seconds(int tenths);
/// All players' together.
[[nodiscard]] int team_tenths(const Box& box, std::size_t side);

/// The real team behind an index.
[[nodiscard]] const collect::Team& team_of_index(std::size_t team);

}  // namespace tipoff::league
