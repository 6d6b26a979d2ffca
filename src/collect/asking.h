#pragma once
/// How an upstream is asked: which requests make up a collection, how far apart, and with what.
///
/// Planning is a pure function of what is known of the league: dates, the schedule's games, the
/// events as the source calls them. It knows no network and no database.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"

namespace tipoff::collect {

/// What a document was asked to be about; what is absent is not held against it.
struct Ask {
    std::optional<GameDate> date = std::nullopt;
    std::optional<Season> season = std::nullopt;
    std::optional<TeamId> team = std::nullopt;
    std::string source_game_id = {};
    std::string market = {};  ///< of lines
};

/// A game of the schedule that requests may be about.
struct AskedGame {
    GameId game_id;
    GameDate date{};
    Instant tip_off{};
    TeamId home;
    TeamId away;
    bool is_final = false;
    std::string source_game_id;  ///< of a source with ids of its own; empty where it is not known
};

/// What a collection is about.
struct Scope {
    std::vector<GameDate> dates;
    Season season;                     ///< of the first date, or as asked for
    std::vector<TeamId> teams;         ///< those asked for, or all thirty
    std::span<const AskedGame> games;  ///< of the dates, those put off left out
    Instant now{};                     ///< on the league's clock
};

/// One request to come. Its URL has no key in it.
struct PlannedRequest {
    std::string url;
    Ask ask = {};
    /// What it asks for cannot be there earlier.
    std::optional<Instant> not_before = std::nullopt;
    /// An answer from then on is final, and not asked for again.
    std::optional<Instant> settled_at = std::nullopt;
    bool is_free = false;  ///< a metered upstream does not count it
    /// Where the same is to be had if the upstream will not give it; empty where it is not.
    std::string other_url = {};
};

/// A value from the environment that the upstream wants in each request.
struct KeyRule {
    enum class Place : std::uint8_t { kNone, kHeader, kQuery };
    Place place = Place::kNone;
    std::string_view variable = {};  ///< "BDL_API_KEY"
    std::string_view name = {};      ///< of the header or the parameter
    std::string_view prefix = {};    ///< "Bearer "
};

/// The headers that an upstream wants to see.
enum class HeaderProfile : std::uint8_t { kPlain, kNbaStats, kNbaSite };

/// How the pages of an answer are asked for.
enum class Paging : std::uint8_t { kNone, kCursor, kPageNumber };

struct Asking {
    std::vector<PlannedRequest> (*plan)(const Scope& scope) = nullptr;
    /// The same with the ladders beside the main lines, each a market that the upstream counts;
    /// null where it has none.
    std::vector<PlannedRequest> (*plan_with_ladders)(const Scope& scope) = nullptr;
    std::chrono::milliseconds spacing{1'000};  ///< from the end of a request to the next, by host
    std::chrono::minutes fresh_for{30};        ///< a younger answer is taken in place of a request
    /// The source whose ids of games its requests need; empty where NBA.com's will do.
    std::string_view game_ids_of = {};
    KeyRule key = {};
    HeaderProfile headers = HeaderProfile::kPlain;
    Paging paging = Paging::kNone;
    bool forbidden_is_not_yet = false;  ///< 403 says that the document is not there yet
    /// The same content later is a fact of its own: lines that stood, standings that were empty.
    bool counts_each_answer = false;
    /// Some of it is usually still to come (teams that have not reported yet): no fault.
    bool partial_is_not_yet = false;
    bool is_metered = false;  ///< the upstream counts requests and says what is left
    /// Some requests are not counted: they may be made always, and say what is left.
    bool has_free_requests = false;
};

/// The parameters of a URL, escaped.
struct QueryParameter {
    std::string_view name;
    std::string value;
};
[[nodiscard]] std::string url_with(std::string_view base,
                                   std::span<const QueryParameter> parameters);
[[nodiscard]] std::string url_with(std::string_view base,
                                   std::initializer_list<QueryParameter> parameters);

/// The same URL for another page: every other parameter stays.
[[nodiscard]] std::string url_of_page(std::string_view url, Paging paging, std::string_view page);

/// "2026-01-20" as "20260120", and as "01/20/2026".
[[nodiscard]] std::string compact_date(GameDate date);
[[nodiscard]] std::string slashed_date(GameDate date);

/// An instant as "2026-01-20T23:00:00Z", to the second.
[[nodiscard]] std::string instant_to_second(Instant instant);

/// As `application/x-www-form-urlencoded` wants it.
[[nodiscard]] std::string url_escaped(std::string_view text);

/// When the box score of a game can be there, and when it is past correction.
inline constexpr std::chrono::hours kGameLasts{2};
inline constexpr std::chrono::hours kCorrectionsEnd{40};

/// One request a game that can be over, by `url(game)`.
template <class Url>
std::vector<PlannedRequest> ask_each_game(const Scope& scope, Url url) {
    std::vector<PlannedRequest> requests;
    for (const AskedGame& game : scope.games) {
        if (game.source_game_id.empty()) continue;
        requests.push_back({.url = url(game),
                            .ask = {.date = game.date, .source_game_id = game.source_game_id},
                            .not_before = game.tip_off + kGameLasts,
                            .settled_at = game.tip_off + kCorrectionsEnd});
    }
    return requests;
}

/// One request a date of box scores, by `url(date)`: from the end of its first game on.
template <class Url>
std::vector<PlannedRequest> ask_each_played_date(const Scope& scope, Url url) {
    std::vector<PlannedRequest> requests;
    for (const GameDate date : scope.dates) {
        std::optional<Instant> first;
        std::optional<Instant> last;
        for (const AskedGame& game : scope.games) {
            if (game.date != date) continue;
            first = std::min(first.value_or(game.tip_off), game.tip_off);
            last = std::max(last.value_or(game.tip_off), game.tip_off);
        }
        if (!first) continue;  // nothing is played, nothing is asked
        requests.push_back({.url = url(date),
                            .ask = {.date = date},
                            .not_before = *first + kGameLasts,
                            .settled_at = *last + kCorrectionsEnd});
    }
    return requests;
}

/// One request a date, by `url(date)`.
template <class Url>
std::vector<PlannedRequest> ask_each_date(const Scope& scope, Url url) {
    std::vector<PlannedRequest> requests;
    for (const GameDate date : scope.dates) {
        requests.push_back({.url = url(date),
                            .ask = {.date = date},
                            .settled_at = eastern_instant(date.plus_days(2), {})});
    }
    return requests;
}

/// The dates on which the schedule has games.
[[nodiscard]] inline Scope of_game_dates(Scope scope) {
    std::erase_if(scope.dates, [&](GameDate date) {
        return std::ranges::find(scope.games, date, &AskedGame::date) == scope.games.end();
    });
    return scope;
}

/// One request a team, by `url(team)`.
template <class Url>
std::vector<PlannedRequest> ask_each_team(const Scope& scope, Url url) {
    std::vector<PlannedRequest> requests;
    for (const TeamId team : scope.teams) {
        requests.push_back({.url = url(team), .ask = {.season = scope.season, .team = team}});
    }
    return requests;
}

/// One request of its own.
[[nodiscard]] inline std::vector<PlannedRequest> ask_once(std::string url,
                                                          std::optional<Season> season) {
    return {{.url = std::move(url), .ask = {.season = season}}};
}

}  // namespace tipoff::collect
