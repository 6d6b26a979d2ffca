#pragma once
/// Games, answers and instants made by hand, for tests of what is collected.

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "collect/known_games.h"
#include "collect/raw_tables.h"
#include "collect/resolve_stated.h"
#include "support/expected.h"

namespace tipoff::collect::test {

inline constexpr TeamId kBoston{1610612738};
inline constexpr TeamId kGoldenState{1610612744};
inline constexpr TeamId kLakers{1610612747};
inline constexpr TeamId kMiami{1610612748};
inline constexpr TeamId kNewYork{1610612752};
inline constexpr TeamId kPhiladelphia{1610612755};

[[nodiscard]] inline GameDate day(std::string_view text) {
    return support::value_of(parse_date(text));
}
[[nodiscard]] inline GameId game(std::string_view text) {
    return support::value_of(parse_game_id(text));
}

/// "2026-01-20", "19:30": Eastern time.
[[nodiscard]] inline Instant eastern(std::string_view date, std::string_view time) {
    return eastern_instant(day(date), support::value_of(parse_time_of_day(time)));
}

/// A statement of NBA.com's schedule, with tip-off at 19:30 Eastern; known at `known`.
[[nodiscard]] inline Schedule scheduled(std::string_view id, std::string_view date, TeamId home,
                                        TeamId away, Instant known = {}) {
    return {.source = "nbac_schedule",
            .game_id = game(id),
            .game_date = day(date),
            .tip_off = eastern(date, "19:30"),
            .status = "scheduled",
            .home_team_id = home,
            .away_team_id = away,
            .home_points = std::nullopt,
            .away_points = std::nullopt,
            .arena = {},
            .city = {},
            .known_at = {known},
            .known_at_basis = std::string(kBasisObserved),
            .document_hash = "a schedule"};
}

/// The same game with its final score.
[[nodiscard]] inline Schedule played(std::string_view id, std::string_view date, TeamId home,
                                     int home_points, TeamId away, int away_points, Instant known) {
    Schedule row = scheduled(id, date, home, away, known);
    row.revision = 1;
    row.status = "final";
    row.home_points = home_points;
    row.away_points = away_points;
    return row;
}

/// An answer of a source with what was read of it.
[[nodiscard]] inline ReadAnswer answer_of(std::string_view source, Instant at, std::string hash,
                                          StatedRecords records = {}) {
    ReadAnswer read;
    read.answer.source = source;
    read.answer.url = "https://example.com/" + std::string(source);
    read.answer.status = 200;
    read.answer.asked_at = at;
    read.answer.answered_at = at;
    read.answer.content_hash = std::move(hash);
    read.reading.records = std::move(records);
    return read;
}

}  // namespace tipoff::collect::test
