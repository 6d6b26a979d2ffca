#include "operate/board_moves.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>
#include <tuple>

#include "conform/lines.h"
#include "forecast/systems.h"
#include "operate/alert_kinds.h"

namespace tipoff::operate {
namespace {

/// Main lines of the date's newest forecasts of each player, market and system (live before
/// backfill), where they are newer than the instant, and of what stood at it: his newest forecast
/// with lines of until then or, where he had none, his first.
constexpr std::string_view kPicks = R"sql(
WITH made AS (
    SELECT *, row_number() OVER (PARTITION BY game_id, player_id, market, system_id ORDER BY origin DESC, as_of DESC) = 1
              AND as_of > $2 AS is_new
    FROM (SELECT DISTINCT game_id, player_id, market, system_id, as_of, origin
          FROM predictions.player_prop_prediction WHERE game_date = $1) found
), lined AS (
    SELECT *, row_number() OVER (PARTITION BY game_id, player_id, market, system_id
                                 ORDER BY as_of > $2, origin DESC, until_then DESC, as_of) = 1 AS is_old
    FROM (SELECT DISTINCT game_id, player_id, market, system_id, as_of, origin,
                          CASE WHEN as_of <= $2 THEN as_of END AS until_then
          FROM predictions.pick WHERE game_date = $1 AND is_main_line) found
)
SELECT p.game_id, p.player_id, p.market, p.system_id, m.is_new, p.as_of, p.book, p.line_value, p.recommendation,
       coalesce(n.player_name, '')
FROM predictions.pick p
JOIN made m ON m.game_id = p.game_id AND m.player_id = p.player_id AND m.market = p.market
    AND m.system_id = p.system_id AND m.as_of = p.as_of AND m.origin = p.origin
JOIN lined l ON l.game_id = p.game_id AND l.player_id = p.player_id AND l.market = p.market
    AND l.system_id = p.system_id AND l.as_of = p.as_of AND l.origin = p.origin
LEFT JOIN ref.player n ON n.player_id = p.player_id
WHERE p.game_date = $1 AND p.is_main_line AND (m.is_new OR l.is_old)
ORDER BY p.game_id, p.player_id, p.market, p.book
)sql";

constexpr std::string_view kOver = "OVER";
constexpr std::string_view kUnder = "UNDER";
constexpr std::string_view kPass = "PASS";

/// One system's word on one player and market, at one time.
struct Side {
    std::vector<std::string> books;
    std::vector<double> lines;
    int overs = 0;
    int unders = 0;
    AsOf as_of{};

    /// The books' consensus; 0 where there is no book.
    [[nodiscard]] double line() const {
        std::vector<conform::Quote> quotes;
        quotes.reserve(books.size());
        for (std::size_t i = 0; i < books.size(); ++i) {
            quotes.push_back({.book = books[i],
                              .line_value = lines[i],
                              .snapshot = as_of.at,
                              .first_price = {},
                              .second_price = {}});
        }
        return conform::consensus(quotes).value_or(conform::Consensus{}).line_value;
    }
    [[nodiscard]] std::string pick() const {
        if (overs > 0 && unders == 0) return std::string(kOver);
        return std::string(unders > 0 && overs == 0 ? kUnder : kPass);
    }
};

struct Sides {
    Side before;
    Side after;
};

struct Subject {
    GameId game_id;
    PlayerId player_id;
    std::string market;
    auto operator<=>(const Subject&) const = default;
};

struct Told {
    std::string player;
    std::map<std::string, Sides> systems;
};

std::map<Subject, Told> subjects_in(const store::Columns& found) {
    std::map<Subject, Told> subjects;
    const auto& data = found.data;
    for (std::size_t i = 0; i < found.rows(); ++i) {
        Told& told = subjects[{store::ColumnCodec<GameId>::get(data[0], i),
                               PlayerId{data[1].integer(i)}, std::string(data[2].text(i))}];
        told.player = data[9].text(i);
        Sides& sides = told.systems[std::string(data[3].text(i))];
        Side& side = data[4].integer(i) != 0 ? sides.after : sides.before;
        side.as_of = store::ColumnCodec<AsOf>::get(data[5], i);
        side.books.emplace_back(data[6].text(i));
        side.lines.push_back(data[7].number(i));
        side.overs += data[8].text(i) == kOver ? 1 : 0;
        side.unders += data[8].text(i) == kUnder ? 1 : 0;
    }
    return subjects;
}

/// Of the best system that had lines both times.
const Sides* best_sides(const Told& told) {
    // They are listed from the plainest to the best.
    for (const std::string_view system : std::views::reverse(forecast::kSystemIds)) {
        const auto found = told.systems.find(std::string(system));
        if (found != told.systems.end() && !found->second.before.lines.empty() &&
            !found->second.after.lines.empty())
            return &found->second;
    }
    return nullptr;
}

std::string text_of(const BoardMove& move) {
    std::string text = fmt::format("- {}, {}: ", move.player, move.market);
    text += move.is_line_move() ? fmt::format("line {:g} -> {:g}", move.old_line, move.new_line)
                                : fmt::format("line {:g}", move.new_line);
    if (move.is_flip()) text += fmt::format(", pick {} -> {}", move.old_pick, move.new_pick);
    return text + '\n';
}

}  // namespace

bool BoardMove::is_line_move() const { return std::abs(new_line - old_line) >= kLineMove; }

bool BoardMove::is_flip() const {
    return (old_pick == kOver && new_pick == kUnder) || (old_pick == kUnder && new_pick == kOver);
}

Expected<std::optional<AsOf>> last_board_told(store::Database& database, GameDate date) {
    const std::string before =
        signature_of(AlertKind::kBoardMoved, fmt::format("{}.", to_string(date)));
    TIPOFF_TRY(const store::Columns found,
               database.read("SELECT signature FROM ops.alert WHERE game_date = $1", {date}));
    std::optional<AsOf> last;
    for (std::size_t i = 0; i < found.rows(); ++i) {
        const std::string_view signature = found.data[0].text(i);
        if (!signature.starts_with(before)) continue;
        TIPOFF_TRY(const Instant at, parse_instant(signature.substr(before.size())));
        last = std::max(last.value_or(AsOf{at}), AsOf{at});
    }
    return last;
}

Expected<BoardMoves> board_moves(store::Database& database, GameDate date,
                                 std::optional<AsOf> last_told) {
    TIPOFF_TRY(const store::Columns found,
               database.read(kPicks, {date, last_told.value_or(AsOf{}).at}));
    BoardMoves made{.date = date, .as_of = {}, .moves = {}};
    for (const auto& [subject, told] : subjects_in(found)) {
        const Sides* sides = best_sides(told);
        if (sides == nullptr) continue;
        BoardMove move{.game_id = subject.game_id,
                       .player_id = subject.player_id,
                       .player = told.player.empty()
                                     ? fmt::format("player {}", subject.player_id.value)
                                     : told.player,
                       .market = subject.market,
                       .old_line = sides->before.line(),
                       .new_line = sides->after.line(),
                       .old_pick = sides->before.pick(),
                       .new_pick = sides->after.pick()};
        if (!move.is_line_move() && !move.is_flip()) continue;
        made.as_of = std::max(made.as_of.value_or(sides->after.as_of), sides->after.as_of);
        made.moves.push_back(std::move(move));
    }
    std::ranges::sort(made.moves, {}, [](const BoardMove& move) {
        return std::tie(move.player, move.player_id, move.market);
    });
    return made;
}

Status tell_of_moves(store::Database& database, const Alerts& alerts, GameDate date) {
    TIPOFF_TRY(const auto last_told, last_board_told(database, date));
    TIPOFF_TRY(const BoardMoves moves, board_moves(database, date, last_told));
    const auto alert = board_alert(moves);
    if (!alert) return {};
    TIPOFF_TRY(const auto transaction, database.begin());
    TIPOFF_CHECK(alerts.raise(*transaction, *alert));
    return transaction->commit();
}

std::optional<Alert> board_alert(const BoardMoves& moves) {
    if (moves.moves.empty()) return std::nullopt;
    const auto flips = std::ranges::count_if(moves.moves, &BoardMove::is_flip);
    const auto lines = std::ranges::count_if(moves.moves, &BoardMove::is_line_move);
    std::string body;
    for (const BoardMove& move : moves.moves)
        body += text_of(move);
    Alert alert = alert_of(
        AlertKind::kBoardMoved,
        fmt::format("{}.{}", to_string(moves.date), to_string(moves.as_of.value_or(AsOf{}).at)));
    alert.title =
        fmt::format("board of {}: {} {} moved, {} {} flipped", to_string(moves.date), lines,
                    lines == 1 ? "line" : "lines", flips, flips == 1 ? "pick" : "picks");
    alert.body = std::move(body);
    alert.game_date = moves.date;
    return alert;
}

}  // namespace tipoff::operate
