#pragma once
/// What the documents of The Odds API (v4) have in common.
///
/// An answer of today is the thing itself: a list of events, or an event. An answer of the past
/// wraps it: `{"timestamp", "previous_timestamp", "next_timestamp", "data"}`, where `timestamp` is
/// the instant of the snapshot. Times are UTC. `commence_time` is the start that the books expect,
/// often ten minutes after the schedule's, and the real one once the game has begun: an event is
/// found by its teams and its day, never by its instant.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "collect/json_document.h"
#include "collect/source.h"
#include "collect/teams.h"

namespace tipoff::collect {

inline constexpr KeyRule kOddsApiKey{
    .place = KeyRule::Place::kQuery, .variable = "ODDS_API_KEY", .name = "apiKey"};

/// One request an event that the source has named: today's quotations until its tip-off, then the
/// snapshot of the past that closed it.
[[nodiscard]] std::vector<PlannedRequest> plan_odds_api_lines(const Scope& scope,
                                                              std::string_view markets);

/// Whether an answer speaks of a snapshot of the past.
[[nodiscard]] bool is_of_the_past(const JsonValue& root);

/// The head of an event.
struct OddsApiEvent {
    std::string id;
    Instant starts_at{};
    std::string home_name;
    std::string away_name;
    const Team* home = nullptr;  ///< null where no team of the league is so called
    const Team* away = nullptr;

    [[nodiscard]] bool is_of_the_league() const { return home != nullptr && away != nullptr; }
    /// "Team LeBron at Team Giannis (2023-02-19) is no game of two teams of the league"
    [[nodiscard]] std::string why_left_out() const;
};

/// An event of another sport, or of a team against itself, is a problem of the shape.
[[nodiscard]] OddsApiEvent read_event(const JsonValue& row);

enum class OddsApiLines { kOfGames, kOfPlayers };

/// Reads an event's lines, whichever they are: a document of game lines that was recorded as one of
/// player props comes out as game lines, and as partial, since what was asked for is missing.
[[nodiscard]] Reading read_odds_api_lines(std::span<const char> bytes, const Ask& ask,
                                          OddsApiLines wanted);

}  // namespace tipoff::collect
