// No feature sees the future: whatever becomes known at or after a tip-off, the rows of that game
// and of those before it are the same to the bit. With the guard taken out the same test finds a
// difference, so it is the guard that holds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "conform/context.h"
#include "features/fold.h"
#include "folded.h"
#include "support/mini_league.h"

namespace tipoff::features {
namespace {

/// A row as bytes: key, features, quality, lineage.
std::string bytes_of(const FeatureStoreRow& row) {
    std::string bytes(reinterpret_cast<const char*>(row.features.data()), sizeof row.features);
    const auto append = [&bytes](const auto& value) {
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    append(row.team_id.value);
    append(row.opponent_team_id.value);
    append(row.as_of.at);
    append(row.quality_score);
    append(row.lineage.source_player_games_rows);
    append(row.lineage.source_player_games_completeness);
    append(row.lineage.source_team_games_rows);
    append(row.lineage.source_shots_rows);
    append(row.lineage.input_hash);
    return bytes;
}

using Rows = std::map<std::pair<GameId, PlayerId>, std::string>;

Rows fold(const conform::RawFacts& facts, GameDate from, GameDate to,
          Admissible admissible = is_admissible) {
    Rows rows;
    for (const auto& [key, row] : folded(facts, from, to, admissible))
        rows[key] = bytes_of(row);
    return rows;
}

constexpr GameDate kEver{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
constexpr GameDate kNever{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};

/// The first tip-off of each game date, by date.
std::map<GameDate, Instant> first_tip_offs(const conform::RawFacts& facts) {
    std::map<GameDate, Instant> tip_offs;
    for (const collect::Schedule& game : facts.schedule) {
        const auto at = tip_offs.try_emplace(game.game_date, game.tip_off).first;
        at->second = std::min(at->second, game.tip_off);
    }
    return tip_offs;
}

/// Every tip-off of the league, and of each game.
std::vector<Instant> tip_offs_of(const conform::RawFacts& facts) {
    std::vector<Instant> tip_offs;
    for (const collect::Schedule& game : facts.schedule)
        tip_offs.push_back(game.tip_off);
    std::ranges::sort(tip_offs);
    tip_offs.erase(std::ranges::unique(tip_offs).begin(), tip_offs.end());
    return tip_offs;
}

/// Rows of games that tip off at the instant or before it, and that differ when the future from
/// that instant on is another one.
std::size_t rows_that_saw_it(const conform::RawFacts& facts, Instant tip_off, bool change,
                             Admissible admissible) {
    const GameDate date = eastern_date(tip_off);
    const Rows before = fold(facts, kEver, date, admissible);
    const Rows after =
        fold(test::with_another_future(facts, tip_off, change), kEver, date, admissible);
    std::size_t differ = 0;
    for (const collect::Schedule& game : facts.schedule) {
        if (game.tip_off > tip_off) continue;
        const auto rows_of = [&game](const Rows& rows) {
            return std::ranges::subrange(rows.lower_bound({game.game_id, PlayerId{-1}}),
                                         rows.upper_bound({game.game_id, PlayerId{1'000'000}}));
        };
        if (!std::ranges::equal(rows_of(before), rows_of(after))) ++differ;
    }
    return differ;
}

bool everything(KnownAt, AsOf) { return true; }

TEST(NoFuture, ChangingItChangesNoRowBefore) {
    const auto facts = test::mini_league({.seed = 3});
    for (const Instant tip_off : tip_offs_of(facts)) {
        EXPECT_EQ(rows_that_saw_it(facts, tip_off, true, is_admissible), 0U) << to_string(tip_off);
    }
}

TEST(NoFuture, RemovingItChangesNoRowBefore) {
    const auto facts = test::mini_league({.seed = 4});
    for (const Instant tip_off : tip_offs_of(facts)) {
        EXPECT_EQ(rows_that_saw_it(facts, tip_off, false, is_admissible), 0U) << to_string(tip_off);
    }
}

TEST(NoFuture, IsSeenOnceTheGuardIsTakenOut) {
    const auto facts = test::mini_league({.seed = 3});
    std::size_t saw_a_change = 0, saw_a_removal = 0;
    for (const Instant tip_off : tip_offs_of(facts)) {
        saw_a_change += rows_that_saw_it(facts, tip_off, true, everything);
        saw_a_removal += rows_that_saw_it(facts, tip_off, false, everything);
    }
    EXPECT_GT(saw_a_change, 0U);
    EXPECT_GT(saw_a_removal, 0U);
}

TEST(OnePath, ADayAloneIsTheDayOfTheSeason) {
    const auto facts = test::mini_league({.seed = 5});
    const Rows whole = fold(facts, kEver, kNever);
    Rows by_day;
    for (const auto& [date, tip_off] : first_tip_offs(facts))
        by_day.merge(fold(facts, date, date));
    EXPECT_EQ(whole, by_day);
    EXPECT_GT(whole.size(), 900U);
}

TEST(OnePath, DaysInAnyOrderGiveTheSameRows) {
    const auto facts = test::mini_league({.seed = 6});
    const Rows whole = fold(facts, kEver, kNever);
    const conform::Summaries summaries = conform::summarize(facts);
    const Timeline timeline(summaries, facts.positions);
    FeatureFold one_fold(timeline);
    const auto tip_offs = first_tip_offs(facts);
    Rows rows;
    // Every second day forwards, then the others backwards: the fold has to go back over seasons.
    std::vector<GameDate> order;
    for (const auto& [date, tip_off] : tip_offs)
        order.push_back(date);
    std::vector<GameDate> walked;
    for (std::size_t i = 0; i < order.size(); i += 2)
        walked.push_back(order[i]);
    for (std::size_t i = order.size(); i-- > 0;) {
        if (i % 2 == 1) walked.push_back(order[i]);
    }
    for (const GameDate date : walked) {
        conform::Contexts day = conform::contexts(summaries, facts, date, date);
        std::ranges::sort(day.players, [](const auto& a, const auto& b) {
            return std::tie(a.game_id, a.team_id, a.player_id) <
                   std::tie(b.game_id, b.team_id, b.player_id);
        });
        for (const auto& row : one_fold.emit_day(date, day.teams, day.players).players) {
            rows[{row.game_id, row.player_id}] = bytes_of(row);
        }
    }
    EXPECT_EQ(whole, rows);
}

TEST(OnePath, TheOrderOfTheFactsDoesNotMatter) {
    auto facts = test::mini_league({.seed = 7});
    const Rows before = fold(facts, kEver, kNever);
    const auto reverse = [](auto& rows) { std::ranges::reverse(rows); };
    reverse(facts.schedule);
    reverse(facts.player_boxes);
    reverse(facts.team_boxes);
    reverse(facts.shots);
    reverse(facts.game_lines);
    reverse(facts.prop_lines);
    reverse(facts.injuries);
    reverse(facts.positions);
    EXPECT_EQ(before, fold(facts, kEver, kNever));
}

TEST(Correction, IsFoldedInFromItsOwnInstantOn) {
    // One box score is corrected from 10 to 50 points, known two days after the game: the next
    // day's mean does not have it, the later one has.
    conform::RawFacts facts =
        test::mini_league({.seed = 8, .first_season = 2021, .seasons = 1, .game_days = 10});
    std::erase_if(facts.player_boxes, [](const auto& box) { return box.revision > 0; });
    const auto by_date = first_tip_offs(facts);
    const GameDate game_day = std::next(by_date.begin(), 3)->first;
    const GameDate known_day = std::next(by_date.begin(), 6)->first;
    const auto box = std::ranges::find_if(facts.player_boxes,
                                          [&](const auto& b) { return b.game_date == game_day; });
    collect::PlayerBox corrected = *box;
    corrected.revision = 1;
    corrected.points += 40;
    corrected.known_at = {by_date.at(known_day) - std::chrono::hours{1}};
    const GameId game = box->game_id;
    const PlayerId player = box->player_id;
    const Rows before = fold(facts, kEver, kNever);
    facts.player_boxes.push_back(corrected);
    const Rows after = fold(facts, kEver, kNever);
    ASSERT_EQ(before.size(), after.size());
    int changed_for_him = 0;
    for (const auto& [key, bytes] : before) {
        const GameDate date =
            std::ranges::find(facts.schedule, key.first, &collect::Schedule::game_id)->game_date;
        const bool same = after.at(key) == bytes;
        if (date < known_day) {
            EXPECT_TRUE(same) << to_string(key.first);
        }
        if (date >= known_day && key.second == player) changed_for_him += same ? 0 : 1;
    }
    EXPECT_EQ(before.contains({game, player}), true);
    EXPECT_GT(changed_for_him, 2);
}

}  // namespace
}  // namespace tipoff::features
