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

/// Main lines of the date's newest picks of each player, market and system (live before backfill),
/// and of those that stood at an instant.
constexpr std::string_view kPicks = R"sql(
WITH pick AS (
    SELECT *, row_number() OVER (PARTITION BY game_id, player_id, market, system_id ORDER BY origin DESC, as_of DESC) = 1
              AND as_of > $2 AS is_new,
           row_number() OVER (PARTITION BY game_id, player_id, market, system_id, as_of <= $2
                              ORDER BY origin DESC, as_of DESC) = 1 AND as_of <= $2 AS is_old
    FROM (SELECT DISTINCT game_id, player_id, market, system_id, as_of, origin
          FROM predictions.player_prop_prediction WHERE game_date = $1) found
)
SELECT k.game_id, k.player_id, k.market, k.system_id, k.is_new, k.as_of, p.book, p.line_value, p.recommendation,
       coalesce(n.player_name, '')
FROM pick k JOIN predictions.pick p ON p.game_id = k.game_id AND p.player_id = k.player_id AND p.market = k.market
    AND p.system_id = k.system_id AND p.as_of = k.as_of AND p.origin = k.origin AND p.is_main_line
LEFT JOIN ref.player n ON n.player_id = k.player_id
WHERE k.is_new OR k.is_old
ORDER BY k.game_id, k.player_id, k.market, p.book
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

Expected<BoardMoves> board_moves(store::Database& database, GameDate date, AsOf since) {
    TIPOFF_TRY(const store::Columns found, database.read(kPicks, {date, since.at}));
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
