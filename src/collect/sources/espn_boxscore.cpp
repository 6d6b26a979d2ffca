/// A game's box score of ESPN: GET https://www.espn.com/nba/boxscore?gameId=401585183, a web page.
///
/// All that the page shows stands in it as JSON that a script assigns to `window['__espnfitt__']`;
/// the visible tables are not read. `page.content.gamepackage` has the game (`gmStrp`) and the box
/// score (`bxscr`: of each team starters, bench and totals). A player's counts are a list of text
/// in the order of `keys`, which is read by name: "31", "5-9", "+7"; of one who did not play it is
/// empty, and `dnpRsn` says why. Minutes are whole, and none stand in the totals: a team's time is
/// that of five players for all periods of the game. A game that is not over has no box score yet.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/parse.h"
#include "collect/json_document.h"
#include "collect/sources/asked.h"
#include "collect/sources/box_score.h"
#include "collect/sources/espn.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

constexpr std::string_view kAssignment = "window['__espnfitt__']=";
constexpr std::size_t kStarters = 5;
constexpr std::int32_t kOnTheFloor = 5;

/// The JSON that the page's script assigns; empty where there is none. Within a script nothing but
/// its end may read "</script", so the end is found without reading the page as HTML.
std::span<const char> embedded(std::span<const char> page) {
    const std::string_view text(page.data(), page.size());
    const auto assigned = text.find(kAssignment);
    if (assigned == std::string_view::npos) return {};
    std::string_view json = text.substr(assigned + kAssignment.size());
    json = json.substr(0, json.find("</script"));
    const auto last = json.find_last_of('}');
    json = json.substr(0, last == std::string_view::npos ? 0 : last + 1);
    return {json.data(), json.size()};
}

/// One column of a player's line: a count, or "made-attempted".
template <class Box, class Value>
struct Column {
    std::string_view key;
    Value Box::* value;
    Value Box::* attempted = nullptr;
};

template <class Box, class Value>
constexpr std::array<Column<Box, Value>, 12> columns_of() {
    return {{
        {"points", &Box::points},
        {"fieldGoalsMade-fieldGoalsAttempted", &Box::field_goals_made, &Box::field_goals_attempted},
        {"threePointFieldGoalsMade-threePointFieldGoalsAttempted", &Box::three_pointers_made,
         &Box::three_pointers_attempted},
        {"freeThrowsMade-freeThrowsAttempted", &Box::free_throws_made, &Box::free_throws_attempted},
        {"offensiveRebounds", &Box::offensive_rebounds},
        {"defensiveRebounds", &Box::defensive_rebounds},
        {"rebounds", &Box::rebounds},
        {"assists", &Box::assists},
        {"steals", &Box::steals},
        {"blocks", &Box::blocks},
        {"turnovers", &Box::turnovers},
        {"fouls", &Box::personal_fouls},
    }};
}

constexpr auto kPlayerColumns = columns_of<StatedPlayerBox, std::optional<std::int32_t>>();
constexpr auto kTeamColumns = columns_of<StatedTeamBox, std::int32_t>();

/// The cells of a line, by the names of their columns.
class Line {
public:
    /// `cells` stand in the order of `keys`.
    Line(const JsonValue& row, std::vector<JsonValue> cells, const std::vector<std::string>& keys)
        : row_(row), cells_(std::move(cells)), keys_(keys) {
        if (row_.is_sound() && cells_.size() != keys_.size())
            row_.wrong(fmt::format("has {} cells, to be {}", cells_.size(), keys_.size()));
    }

    [[nodiscard]] std::string text(std::string_view key) const {
        const auto found = std::ranges::find(keys_, key);
        if (row_.is_sound() && found == keys_.end())
            row_.wrong(fmt::format("has no column {} in its keys", key));
        if (!row_.is_sound()) return {};
        return cells_[static_cast<std::size_t>(found - keys_.begin())].as_text();
    }

    [[nodiscard]] std::int32_t count(std::string_view key) const { return number(key, text(key)); }

    /// Of text such as "5-9".
    [[nodiscard]] std::pair<std::int32_t, std::int32_t> made(std::string_view key) const {
        const std::string both = text(key);
        const auto dash = both.find('-');
        if (row_.is_sound() && dash == std::string::npos) wrong(key, both);
        if (!row_.is_sound()) return {};
        return {number(key, std::string_view(both).substr(0, dash)),
                number(key, std::string_view(both).substr(dash + 1))};
    }

    template <class Box, class Columns>
    void read_into(Box& box, const Columns& columns) const {
        for (const auto& column : columns) {
            if (column.attempted == nullptr) {
                box.*column.value = count(column.key);
                continue;
            }
            const auto [some, all] = made(column.key);
            box.*column.value = some;
            box.*column.attempted = all;
        }
    }

    void wrong(std::string_view key, std::string_view text) const {
        row_.wrong(fmt::format("has {} '{}'", key, text));
    }

private:
    [[nodiscard]] std::int32_t number(std::string_view key, std::string_view text) const {
        if (!row_.is_sound()) return 0;
        // No count of a game has four digits.
        const auto value = is_digits(text) && text.size() < 4 ? parse_integer(text) : std::nullopt;
        if (!value) wrong(key, text);
        return static_cast<std::int32_t>(value.value_or(0));
    }

    const JsonValue& row_;
    std::vector<JsonValue> cells_;
    const std::vector<std::string>& keys_;
};

void read_played(const JsonValue& row, const Line& line, StatedPlayerBox& box) {
    const std::string minutes = line.text("minutes");
    const std::string plus_minus = line.text("plusMinus");
    line.read_into(box, kPlayerColumns);
    if (!row.is_sound()) return;
    box.seconds = seconds_of_minutes(minutes);
    if (!box.seconds) return line.wrong("minutes", minutes);
    const auto difference = parse_integer(plus_minus);
    if (!difference || plus_minus.size() > 4) return line.wrong("plusMinus", plus_minus);
    box.plus_minus = static_cast<std::int32_t>(*difference);
    if (const std::string problem = impossible_in(box); !problem.empty()) row.wrong(problem);
}

std::vector<std::string> keys_of(const JsonValue& block) {
    std::vector<std::string> keys;
    for (const JsonValue& key : block.array("keys"))
        keys.push_back(key.as_text());
    return keys;
}

/// What the players have, where the totals say the same: not all is a player's (turnovers, fouls).
void check_totals(const JsonValue& block, const StatedTeamBox& team,
                  const std::vector<StatedPlayerBox>& players) {
    for (std::size_t i = 0; i < kTeamColumns.size(); ++i) {
        const auto& of_team = kTeamColumns[i];
        const auto& of_player = kPlayerColumns[i];
        if (of_team.attempted == nullptr && of_team.key != "points") continue;
        std::int32_t sum = 0, attempted = 0;
        for (const StatedPlayerBox& player : players) {
            sum += (player.*of_player.value).value_or(0);
            if (of_team.attempted != nullptr)
                attempted += (player.*of_player.attempted).value_or(0);
        }
        const bool is_same_attempted =
            of_team.attempted == nullptr || attempted == team.*of_team.attempted;
        if (sum != team.*of_team.value || !is_same_attempted)
            block.wrong(fmt::format("has other {} than its players", of_team.key));
    }
}

struct GameSide {
    std::string name;
    const Team* team = nullptr;
};

class BoxScore {
public:
    BoxScore(const StatedGame& game, std::int64_t periods) : game_(game), periods_(periods) {}

    void read_team(const JsonValue& row) {
        const JsonValue named = row.object("tm");
        const bool is_home = named.boolean("hm");
        const std::string name = named.text("dspNm");
        if (!row.is_sound()) return;
        const TeamId team_id = is_home ? game_.home_team_id : game_.away_team_id;
        const Team* team = find_team(name);
        if (team == nullptr || team->team_id != team_id)
            return named.wrong(
                fmt::format("is '{}', which is not the {} team", name, is_home ? "home" : "away"));
        StatedPlayerBox begun{.source_game_id = game_.source_game_id,
                              .game_date = game_.game_date,
                              .team_id = team_id,
                              .opponent_team_id = is_home ? game_.away_team_id : game_.home_team_id,
                              .is_home = is_home};
        std::vector<StatedPlayerBox> players;
        std::vector<std::string> keys;
        std::set<std::string> blocks;
        for (const JsonValue& block : row.array("stats")) {
            const std::string type = block.text("type");
            if (row.is_sound() && !blocks.insert(type).second)
                block.wrong(fmt::format("is a second block of {}", type));
            if (type == "starters" || type == "bench") {
                keys = keys_of(block);
                begun.started = type == "starters";
                read_players(block, keys, begun, players);
            } else if (type == "totals") {
                read_totals(block, keys, is_home, players);
            } else if (row.is_sound()) {
                block.wrong(fmt::format("is of type '{}', which nobody knows", type));
            }
            if (!row.is_sound()) return;
        }
        for (const char* type : {"starters", "bench", "totals"}) {
            if (!blocks.contains(type)) row.wrong(fmt::format("has no block of {}", type));
        }
        const auto starters =
            std::ranges::count(players, std::optional(true), &StatedPlayerBox::started);
        if (row.is_sound() && static_cast<std::size_t>(starters) != kStarters)
            row.wrong(fmt::format("has {} starters, to be {}", starters, kStarters));
        std::ranges::move(players, std::back_inserter(records_.player_boxes));
    }

    [[nodiscard]] StatedRecords take() && { return std::move(records_); }

private:
    void read_players(const JsonValue& block, const std::vector<std::string>& keys,
                      const StatedPlayerBox& begun, std::vector<StatedPlayerBox>& players) {
        for (const JsonValue& row : block.array("athlts")) {
            StatedPlayerBox box = begun;
            const JsonValue named = row.object("athlt");
            box.source_player_id = named.text("id");
            box.player_name = named.text("dspNm");
            std::vector<JsonValue> cells = row.array("stats");
            if (!row.is_sound()) return;
            if (cells.empty()) {
                box.not_played_reason = row.text("dnpRsn");
            } else {
                read_played(row, Line(row, std::move(cells), keys), box);
            }
            if (!row.is_sound()) return;
            if (box.player_name.empty()) named.wrong("has an empty dspNm");
            const std::int32_t seconds = box.seconds.value_or(0);
            if (seconds > game_seconds(periods_)) {
                row.wrong(
                    fmt::format("has {} minutes in a game of {} periods", seconds / 60, periods_));
            }
            if (!players_.insert(box.source_player_id).second)
                row.wrong("is a player's second row");
            players.push_back(std::move(box));
        }
    }

    void read_totals(const JsonValue& block, const std::vector<std::string>& keys, bool is_home,
                     const std::vector<StatedPlayerBox>& players) {
        StatedTeamBox box{
            .source_game_id = game_.source_game_id,
            .game_date = game_.game_date,
            .team_id = is_home ? game_.home_team_id : game_.away_team_id,
            .seconds = static_cast<std::int32_t>(kOnTheFloor * game_seconds(periods_))};
        Line(block, block.array("ttls"), keys).read_into(box, kTeamColumns);
        if (!block.is_sound()) return;
        check_totals(block, box, players);
        const std::int32_t score = (is_home ? game_.home_points : game_.away_points).value_or(0);
        if (box.points != score)
            block.wrong(fmt::format("has {} points, and the game {}", box.points, score));
        records_.team_boxes.push_back(std::move(box));
    }

    const StatedGame& game_;
    std::int64_t periods_;
    std::set<std::string> players_;
    StatedRecords records_;
};

/// The game that the page is about.
struct Page {
    StatedGame game;
    std::string title;
    std::int64_t periods = 0;
    bool is_of_the_league = true;
};

/// A team's score, which has to be the points of its periods.
std::int32_t read_score(const JsonValue& team) {
    const std::int32_t score = espn_score(team, "score");
    std::int32_t sum = 0;
    for (const JsonValue& period : team.array("linescores"))
        sum += espn_score(period, "displayValue");
    if (team.is_sound() && sum != score)
        team.wrong(fmt::format("has a score of {}, and {} in its linescores", score, sum));
    return score;
}

Page read_game(const JsonValue& strip) {
    const JsonValue status = strip.object("status");
    Page page{.game = {.source_game_id = strip.text("gid"),
                       .status = espn_status(status, status.text("state"), status.text("desc")),
                       .season_type = espn_season_type(strip, strip.integer("seasonType"))}};
    const Instant at = espn_instant(strip, strip.text("dt"));
    if (!strip.is_sound()) return page;
    page.game.game_date = eastern_date(at);
    page.game.tip_off = at;
    const bool is_final = page.game.status == "final";
    GameSide home, away;
    for (const JsonValue& row : strip.array("tms")) {
        const bool is_home = row.boolean("isHome");
        GameSide& side = is_home ? home : away;
        if (!side.name.empty()) row.wrong("is a second team of its side");
        side.name = row.text("displayName");
        side.team = find_team(side.name);
        if (is_final) {
            (is_home ? page.game.home_points : page.game.away_points) = read_score(row);
            page.periods = static_cast<std::int64_t>(row.array("linescores").size());
        }
    }
    if (strip.is_sound() && (home.name.empty() || away.name.empty()))
        strip.wrong("has not two teams in tms");
    if (!strip.is_sound()) return page;
    page.title = fmt::format("{} at {}", away.name, home.name);
    page.is_of_the_league = home.team != nullptr && away.team != nullptr;
    if (!page.is_of_the_league) {
        if (page.game.season_type != SeasonType::kPreseason)
            strip.wrong(fmt::format("is {}, of which nobody knows a team", page.title));
        return page;
    }
    page.game.home_team_id = home.team->team_id;
    page.game.away_team_id = away.team->team_id;
    return page;
}

Reading without_box_score(OutcomeKind kind, std::string detail) {
    return {.outcome = {kind, std::move(detail)}, .records = {}, .notes = {}};
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const std::span<const char> json = embedded(bytes);
    if (json.empty()) return malformed(fmt::format("the page has no {}{{...}}", kAssignment));
    const auto document = JsonDocument::parse(json);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue package =
        (*document)->root().object("page").object("content").object("gamepackage");
    const JsonValue strip = package.object("gmStrp");
    const Page page = read_game(strip);
    if (!shape.is_sound()) return malformed(shape);
    if (!page.is_of_the_league) {
        Reading reading = without_box_score(OutcomeKind::kEmptyLegal, "no game of the league");
        reading.notes.push_back(fmt::format("left out: {}, not both of the league", page.title));
        return reading;
    }
    if (const std::string problem = not_as_asked(page.game, ask); !problem.empty())
        return malformed(fmt::format("{} {}", strip.path(), problem));
    const std::string& status = page.game.status;
    if (status == "postponed" || status == "canceled")
        return without_box_score(OutcomeKind::kEmptyLegal,
                                 fmt::format("{}: {}", page.title, status));
    if (status != "final")
        return without_box_score(OutcomeKind::kNotYet, fmt::format("not over: {}", page.title));
    const auto teams = package.array("bxscr");
    if (shape.is_sound() && teams.empty())
        return without_box_score(OutcomeKind::kEmptyUnexpected,
                                 fmt::format("over, and without a box score: {}", page.title));
    if (shape.is_sound() && teams.size() != 2)
        package.wrong(fmt::format("has a bxscr of {} teams, to be 2", teams.size()));
    BoxScore box_score(page.game, page.periods);
    for (const JsonValue& team : teams)
        box_score.read_team(team);
    if (!shape.is_sound()) return malformed(shape);
    Reading reading;
    reading.records = std::move(box_score).take();
    return reading;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_game(scope, [](const AskedGame& game) {
        return url_with("https://www.espn.com/nba/boxscore", {{"gameId", game.source_game_id}});
    });
}

constexpr std::array<std::string_view, 1> kAlsoCalled{"espn_game_boxscore"};

}  // namespace

const Source kEspnBoxscore{
    .name = "espn_boxscore",
    .also_called = kAlsoCalled,
    .what = "ESPN: a game's box score, of its web page",
    .read = &read,
    .asking = {.plan = &plan, .spacing = std::chrono::seconds{2}, .game_ids_of = "espn_scoreboard"},
    .expectation = {.asks_games = DueGames::kPlayed, .null_shares = kBoxScoreShares}};

}  // namespace tipoff::collect
