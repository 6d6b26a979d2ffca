/// Box scores of players by NBA.com's log of games:
///   GET stats.nba.com/stats/leaguegamelog?PlayerOrTeam=P&Season=2024-25&SeasonType=Regular+Season
///       &DateFrom=2025-03-15&DateTo=2025-03-15
///
/// A row is a player who played; who did not is not in it. Minutes are whole. The game's other team
/// and the place are only in MATCHUP ("GSW vs. NYK" at home, "GSW @ NYK" away). Rows of a game come
/// in as the game is settled, so a team whose minutes are short is one that is not all there.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "collect/sources/nbac_reading.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

constexpr std::int32_t kSecondsPerMinute = 60;

/// Of a player, with six overtimes.
constexpr std::int64_t kMostMinutes = 78;

/// A team plays 240 minutes or more; those of each of its ten or so players are off by half a
/// minute at most.
constexpr std::int32_t kFewestTeamMinutes = 230;

enum Column : std::size_t {
    kPlayerId,
    kPlayerName,
    kTeamId,
    kGameId,
    kGameDate,
    kMatchup,
    kMinutes,
    kPlusMinus,
    kOwnColumns
};
constexpr std::array<std::string_view, kOwnColumns> kOwn{
    "PLAYER_ID", "PLAYER_NAME", "TEAM_ID", "GAME_ID", "GAME_DATE", "MATCHUP", "MIN", "PLUS_MINUS"};
constexpr auto kColumns = with_nbac_counts(kOwn, "TOV");

struct Matchup {
    std::string text;
    const Team* own = nullptr;       ///< null where it is not of the league
    const Team* opponent = nullptr;  ///< likewise
    bool is_home = false;
};

/// "GSW vs. NYK" at home, "GSW @ NYK" away.
Matchup read_matchup(const JsonValue& cell) {
    constexpr std::string_view kHome = " vs. ", kAway = " @ ";
    Matchup matchup{.text = cell.as_text()};
    if (!cell.is_sound()) return matchup;
    const std::string_view text = matchup.text;
    matchup.is_home = text.find(kHome) != std::string_view::npos;
    const std::string_view between = matchup.is_home ? kHome : kAway;
    const std::size_t place = text.find(between);
    if (place == std::string_view::npos) {
        cell.wrong(fmt::format("is '{}', to be as 'GSW vs. NYK' or 'GSW @ NYK'", text));
        return matchup;
    }
    matchup.own = find_team(text.substr(0, place));
    matchup.opponent = find_team(text.substr(place + between.size()));
    return matchup;
}

GameDate read_date(const JsonValue& cell) {
    const std::string text = cell.as_text();
    if (!cell.is_sound()) return {};
    const auto date = parse_date(text);
    if (!date) cell.wrong(fmt::format("is '{}', to be a date", text));
    return date.value_or(GameDate{});
}

/// Rows that were left out.
struct LeftOut {
    std::size_t all_star = 0;
    std::size_t exhibition = 0;
};

/// A row, or nothing where its game is left out.
std::optional<StatedPlayerBox> read_row(const ResultSet& log, std::size_t row, const Ask& ask,
                                        LeftOut& left_out) {
    const JsonValue id_cell = log.cell(row, kGameId);
    const JsonValue date_cell = log.cell(row, kGameDate);
    const NbacGame game = read_nbac_game(id_cell);
    const GameDate date = read_date(date_cell);
    const Matchup matchup = read_matchup(log.cell(row, kMatchup));
    const TeamId team_id{log.cell(row, kTeamId).as_integer()};
    if (!id_cell.is_sound()) return std::nullopt;
    if (ask.season && game.season != *ask.season) {
        id_cell.wrong(fmt::format("is {}, where {} was asked for", game.source_game_id,
                                  to_string(*ask.season)));
    }
    if (ask.date && date != *ask.date) {
        date_cell.wrong(
            fmt::format("is {}, where {} was asked for", to_string(date), to_string(*ask.date)));
    }
    if (game.season_type == SeasonType::kAllStar) {
        ++left_out.all_star;
        return std::nullopt;
    }
    const bool is_foreign = find_team(team_id) == nullptr || matchup.opponent == nullptr;
    if (game.season_type == SeasonType::kPreseason && is_foreign) {
        ++left_out.exhibition;
        return std::nullopt;
    }
    const Team* team = read_nbac_team(log.cell(row, kTeamId));
    if (team == nullptr) return std::nullopt;
    if (matchup.own != team || matchup.opponent == nullptr || matchup.opponent == team) {
        log.cell(row, kMatchup)
            .wrong(fmt::format("is '{}', in a row of {}", matchup.text, team->tricode));
        return std::nullopt;
    }

    StatedPlayerBox box;
    box.source_game_id = game.source_game_id;
    box.game_date = date;
    box.team_id = team->team_id;
    box.opponent_team_id = matchup.opponent->team_id;
    box.is_home = matchup.is_home;
    box.source_player_id = std::to_string(log.cell(row, kPlayerId).as_integer());
    box.player_name = log.cell(row, kPlayerName).as_text();
    box.seconds = kSecondsPerMinute * read_count(log.cell(row, kMinutes), kMostMinutes);
    box.plus_minus = read_plus_minus(log.cell(row, kPlusMinus));
    set_counts(box, read_nbac_counts(log, row, kOwnColumns));
    return box;
}

/// A team in a game.
struct Side {
    TeamId opponent;
    bool is_home = false;
    std::int32_t seconds = 0;
};

/// The teams of each game.
class Sides {
public:
    void add(const StatedPlayerBox& box, const JsonValue& row) {
        auto& game = games_[box.source_game_id];
        const auto [place, is_new] = game.emplace(
            box.team_id, Side{.opponent = box.opponent_team_id, .is_home = box.is_home == true});
        Side& side = place->second;
        if (side.opponent != box.opponent_team_id || side.is_home != box.is_home)
            row.wrong("has another opponent or place than its team's first row");
        if (is_new && game.size() > 1 && !fits_its_opponent(game, box)) {
            row.wrong(fmt::format("does not fit the other team of game {}", box.source_game_id));
        }
        side.seconds += box.seconds.value_or(0);
    }

    /// What is not all there; empty where every game is.
    [[nodiscard]] std::string missing() const {
        std::string missing;
        const auto say = [&](const std::string& text) {
            missing += missing.empty() ? "" : ", ";
            missing += text;
        };
        for (const auto& [id, game] : games_) {
            for (const auto& [team, side] : game) {
                if (!game.contains(side.opponent))
                    say(fmt::format("{} of {}", find_team(side.opponent)->tricode, id));
                const std::int32_t minutes = side.seconds / kSecondsPerMinute;
                if (minutes < kFewestTeamMinutes) {
                    say(fmt::format("{} of {} beyond {} minutes", find_team(team)->tricode, id,
                                    minutes));
                }
            }
        }
        return missing;
    }

private:
    using Game = std::map<TeamId, Side>;

    static bool fits_its_opponent(const Game& game, const StatedPlayerBox& box) {
        const auto other = game.find(box.opponent_team_id);
        return other != game.end() && other->second.opponent == box.team_id &&
               other->second.is_home != box.is_home;
    }

    std::map<std::string, Game> games_;
};

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const ResultSet log((*document)->root(), "LeagueGameLog", kColumns);
    if (!shape.is_sound()) return malformed(shape);

    Reading reading;
    Sides sides;
    LeftOut left_out;
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t row = 0; row < log.rows(); ++row) {
        std::optional<StatedPlayerBox> box = read_row(log, row, ask, left_out);
        if (!shape.is_sound()) return malformed(shape);
        if (!box) continue;
        if (!seen.emplace(box->source_game_id, box->source_player_id).second)
            log.row(row).wrong("is a player's second row of a game");
        sides.add(*box, log.row(row));
        reading.records.player_boxes.push_back(std::move(*box));
    }
    if (!shape.is_sound()) return malformed(shape);

    if (left_out.all_star > 0) {
        reading.notes.push_back(
            fmt::format("left out: {} rows of the All-Star weekend", left_out.all_star));
    }
    if (left_out.exhibition > 0) {
        reading.notes.push_back(
            fmt::format("left out: {} rows of games against other leagues", left_out.exhibition));
    }
    const std::size_t players = reading.records.player_boxes.size();
    const std::string missing = sides.missing();
    if (log.rows() == 0) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "no rows"};
    } else if (players == 0) {
        reading.outcome = {OutcomeKind::kEmptyLegal, "no games of the league"};
    } else if (!missing.empty()) {
        reading.outcome = {OutcomeKind::kPartial,
                           fmt::format("players: {}; missing: {}", players, missing)};
    }
    return reading;
}

/// The season types that count, as the upstream calls them: each has a log of its own. The final of
/// the Cup is in none of the others ("IST": in-season tournament).
constexpr std::array<std::pair<SeasonType, std::string_view>, 4> kLogs{
    {{SeasonType::kRegular, "Regular Season"},
     {SeasonType::kPlayIn, "PlayIn"},
     {SeasonType::kPlayoffs, "Playoffs"},
     {SeasonType::kCup, "IST"}}};

/// Whether a log has the game; one that none has would go uncollected, and nobody would be told.
bool is_of_a_log(const AskedGame& game) {
    const auto type = season_type_of(game.game_id);
    return type && std::ranges::find(kLogs, *type, [](const auto& log) { return log.first; }) !=
                       kLogs.end();
}

/// One request a date and season type that is played on it.
std::vector<PlannedRequest> plan(const Scope& scope) {
    std::vector<PlannedRequest> requests;
    require(std::ranges::all_of(scope.games, is_of_a_log), "a game is asked for in no log");
    for (const auto& [type, name] : kLogs) {
        std::vector<AskedGame> games;
        for (const AskedGame& game : scope.games) {
            if (season_type_of(game.game_id).value() == type) games.push_back(game);
        }
        Scope of_type = scope;
        of_type.games = games;
        const auto planned = ask_each_played_date(of_type, [&](GameDate date) {
            return url_with("https://stats.nba.com/stats/leaguegamelog",
                            {{"Counter", "1000"},
                             {"DateFrom", slashed_date(date)},
                             {"DateTo", slashed_date(date)},
                             {"Direction", "DESC"},
                             {"LeagueID", "00"},
                             {"PlayerOrTeam", "P"},
                             {"Season", to_string(season_of(date))},
                             {"SeasonType", std::string(name)},
                             {"Sorter", "DATE"}});
        });
        requests.insert(requests.end(), planned.begin(), planned.end());
    }
    return requests;
}

}  // namespace

const Source kNbacPlayerBoxscore{
    .name = "nbac_player_boxscore",
    .also_called = {},
    .what = "NBA.com: box scores of players by date",
    .read = &read,
    .asking = {.plan = &plan, .headers = HeaderProfile::kNbaStats},
    .expectation = {.has_games = DueGames::kPlayed, .null_shares = kGameLogShares}};

}  // namespace tipoff::collect
