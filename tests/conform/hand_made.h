#pragma once
/// Facts made by hand, and a small league made from a seed.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "conform/raw_facts.h"
#include "conform/summaries.h"
#include "store/table.h"

namespace tipoff::conform::test {

inline constexpr TeamId kBoston{1610612738};
inline constexpr TeamId kDallas{1610612742};
inline constexpr TeamId kGoldenState{1610612744};
inline constexpr TeamId kPhiladelphia{1610612755};
inline constexpr TeamId kPhoenix{1610612756};

[[nodiscard]] GameDate day(std::string_view text);
[[nodiscard]] GameId game(std::string_view text);

/// "2022-10-18", "19:30": Eastern time.
[[nodiscard]] Instant eastern(std::string_view date, std::string_view time);

/// 06:00 Eastern on the day after: when box scores count as known.
[[nodiscard]] KnownAt morning_after(GameDate date);

/// A game at 19:30 in the home team's arena; with points it is final.
[[nodiscard]] collect::Schedule pairing(std::string_view game_id, std::string_view date,
                                        TeamId home, TeamId away);
[[nodiscard]] collect::Schedule result(std::string_view game_id, std::string_view date, TeamId home,
                                       std::int32_t home_points, TeamId away,
                                       std::int32_t away_points);

/// A full line that adds up: points = 2 * two-pointers + free throws.
[[nodiscard]] collect::PlayerBox box(const collect::Schedule& game, std::int64_t player,
                                     TeamId team, std::int32_t minutes, std::int32_t points);

/// Five players of 48 minutes each, with ids first_player, first_player + 1, ...
void add_five(RawFacts& facts, const collect::Schedule& game, TeamId team,
              std::int64_t first_player, std::int32_t points);

/// The sum of the team's player boxes.
[[nodiscard]] collect::TeamBox team_box(const RawFacts& facts, const collect::Schedule& game,
                                        TeamId team);

/// Every field goal of a box row in the restricted area.
[[nodiscard]] ShotCount shots(const collect::PlayerBox& box);

[[nodiscard]] collect::PropLine points_line(const collect::Schedule& game, std::int64_t player,
                                            double line, std::string_view book = "book_a");
[[nodiscard]] collect::GameLine game_line(const collect::Schedule& game, std::string_view market,
                                          double line, std::string_view book = "book_a");
[[nodiscard]] collect::InjuryTransaction injury(std::string_view date, TeamId team,
                                                std::int64_t player, bool returned);

/// Four teams, some forty days of one season and some of the next: trades, absences, corrections,
/// late results, a postponed game, lines and injuries. The same seed gives the same facts.
[[nodiscard]] RawFacts small_league(std::uint64_t seed);

/// The same facts in another order.
void shuffle(RawFacts& facts, std::uint64_t seed);

/// Numbers that look random; the same on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    [[nodiscard]] std::uint64_t next();
    /// From `low` to `high`, both included.
    [[nodiscard]] int between(int low, int high);
    [[nodiscard]] bool chance(int percent) { return between(1, 100) <= percent; }

private:
    std::uint64_t state_;
};

/// Every bit of every cell.
template <class Row>
[[nodiscard]] Fingerprint bits(const store::Table<Row>& table, std::span<const Row> rows) {
    const store::Columns columns = table.to_columns(rows);
    Hasher hasher;
    for (const store::Column& column : columns.data) {
        for (std::size_t row = 0; row < column.size(); ++row) {
            hasher.add(static_cast<std::int64_t>(column.is_null(row)));
            if (column.is_null(row)) continue;
            switch (column.type()) {
                case store::ColumnType::kDouble:
                case store::ColumnType::kReal: hasher.add(column.number(row)); break;
                case store::ColumnType::kText:
                case store::ColumnType::kBlob: hasher.add(column.text(row)); break;
                default: hasher.add(column.integer(row)); break;
            }
        }
    }
    return hasher.finish();
}

template <class Row>
[[nodiscard]] Fingerprint bits(const store::Table<Row>& table, const std::vector<Row>& rows) {
    return bits(table, std::span<const Row>(rows));
}

}  // namespace tipoff::conform::test
