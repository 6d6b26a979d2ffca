// Nothing that became known after the as-of instant may change a context. The same comparison, made
// with the guard taken out, must find a difference: else it would prove nothing.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>

#include "conform/context.h"
#include "hand_made.h"

namespace tipoff::conform {
namespace {

using namespace test;

bool everything_is_known(KnownAt, AsOf) { return true; }

struct Seen {
    Fingerprint teams, players;
    std::vector<PlayerId> unplaced;
    bool operator==(const Seen&) const = default;
};

/// All contexts of one date, looked at from `as_of` (its games' tip-offs where that is earlier).
Seen look(const RawFacts& facts, GameDate date, AsOf as_of, Admissible admissible) {
    const Contexts rows =
        contexts(summarize(facts), facts, date, date, {.as_of = as_of, .admissible = admissible});
    Seen seen{bits(kTeamContext, rows.teams), bits(kPlayerContext, rows.players), {}};
    for (const UnplacedPlayer& player : rows.unplaced)
        seen.unplaced.push_back(player.player_id);
    return seen;
}

/// Another future: every fact that became known at `as_of` or later is changed or forgotten, and
/// new ones are added. Where and when games are planned stays: that is known all season.
RawFacts with_another_future(RawFacts facts, AsOf as_of, std::uint64_t seed) {
    Random random(seed);
    const auto is_future = [&](const auto& row) { return !is_admissible(row.known_at, as_of); };
    const auto is_forgotten = [&](const auto& row) { return is_future(row) && random.chance(30); };
    std::erase_if(facts.player_boxes, is_forgotten);
    std::erase_if(facts.team_boxes, is_forgotten);
    std::erase_if(facts.shots, is_forgotten);
    std::erase_if(facts.prop_lines, is_forgotten);
    std::erase_if(facts.game_lines, is_forgotten);
    std::erase_if(facts.injuries, is_forgotten);
    for (auto& row : facts.player_boxes) {
        if (!is_future(row)) continue;
        row.minutes += 7;
        row.points += 10;
        row.player_name += " the Second";
    }
    for (auto& row : facts.prop_lines) {
        if (is_future(row)) row.line_value += 3;
    }
    for (auto& row : facts.game_lines) {
        if (is_future(row)) row.line_value += 3;
    }
    for (auto& row : facts.injuries) {
        if (is_future(row)) row.returned = !row.returned;
    }
    for (auto& row : facts.schedule) {
        if (!is_future(row) || row.status != "final") continue;
        row.status = "scheduled";
        row.home_points.reset();
        row.away_points.reset();
    }
    const auto games = facts.schedule;
    for (const auto& row : games) {
        if (!is_future(row) || !random.chance(20)) continue;
        const auto hurt =
            injury(to_string(row.game_date), row.home_team_id, random.between(100, 127), false);
        if (is_future(hurt)) facts.injuries.push_back(hurt);
        auto postponed = row;
        postponed.revision = 9;
        postponed.status = "postponed";
        facts.schedule.push_back(postponed);
    }
    return facts;
}

/// A date of the league, and an instant on it before its games.
struct Moment {
    GameDate date;
    AsOf as_of;
};

Moment moment(std::uint64_t seed) {
    Random random(seed);
    const GameDate date = day("2022-10-20").plus_days(random.between(0, 35));
    return {date, AsOf{eastern_instant(date, {random.between(0, 18), 0, 0})}};
}

TEST(NoFuture, WhatBecomesKnownLaterChangesNoBit) {
    EXPECT_TRUE(rc::check("another future, same contexts", [](std::uint32_t seed) {
        const RawFacts facts = small_league(seed);
        const auto [date, as_of] = moment(seed);
        const RawFacts other = with_another_future(facts, as_of, seed);
        RC_ASSERT(look(facts, date, as_of, is_admissible) ==
                  look(other, date, as_of, is_admissible));
    }));
}

TEST(NoFuture, IsHeldByTheGuard) {
    int differences = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const RawFacts facts = small_league(seed);
        const auto [date, as_of] = moment(seed);
        const RawFacts other = with_another_future(facts, as_of, seed);
        differences += look(facts, date, as_of, everything_is_known) !=
                       look(other, date, as_of, everything_is_known);
    }
    EXPECT_GT(differences, 10);
}

TEST(NoFuture, AtTipOffTheGamesOwnResultIsNotThere) {
    EXPECT_TRUE(rc::check("a day's own results", [](std::uint32_t seed) {
        const RawFacts facts = small_league(seed);
        const GameDate date = moment(seed).date;
        RawFacts other = facts;
        for (auto& row : other.player_boxes) {
            if (row.game_date >= date) row.minutes = 1;
        }
        const auto all_day = contexts(summarize(facts), facts, date, date);
        const auto other_day = contexts(summarize(other), other, date, date);
        RC_ASSERT(bits(kPlayerContext, all_day.players) == bits(kPlayerContext, other_day.players));
    }));
}

}  // namespace
}  // namespace tipoff::conform
