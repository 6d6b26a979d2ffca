#include "league/upstreams/faults.h"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "league/upstreams/identities.h"
#include "league/upstreams/served.h"

namespace tipoff::league::test {
namespace {

using collect::OutcomeKind;
using collect::Reading;

Reading read_of(const Asked& asked, const UpstreamAnswer& answer) {
    return collect::find_source(asked.source)->read(answer.body, asked.ask);
}

Reading struck(const Asked& asked, FaultKind kind, std::chrono::minutes later = {}) {
    return read_of(asked, with_fault(kind, upstreams(), question(asked.url), asked.now + later));
}

bool is_part_of(const std::multiset<std::string>& some, const std::multiset<std::string>& all) {
    return std::ranges::includes(all, some);
}

TEST(DocumentFaults, EverySourceIsFreshWithoutThem) {
    for (const Asked& asked : everything()) {
        const Reading reading = read_of(asked, upstreams().answer(question(asked.url), asked.now));
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh)
            << asked.source << ": " << reading.outcome.detail;
        EXPECT_FALSE(facts_of(reading).empty()) << asked.source;
    }
}

TEST(DocumentFaults, RowsTwiceAreMalformed) {
    for (const Asked& asked : everything()) {
        const Reading reading = struck(asked, FaultKind::kDuplicatedRows);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << asked.source;
        EXPECT_TRUE(facts_of(reading).empty()) << asked.source;
    }
}

TEST(DocumentFaults, RowsInAnotherOrderStateTheSameOrAreMalformed) {
    std::size_t same = 0;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        const Reading reading = struck(asked, FaultKind::kReorderedRows);
        if (reading.outcome.kind == OutcomeKind::kMalformed) continue;
        EXPECT_EQ(facts_of(reading), facts) << asked.source;
        ++same;
    }
    EXPECT_GT(same, 10U);
}

/// Of every field that has another name: what is read is as it was, but for what may be unknown.
TEST(DocumentFaults, ARenamedFieldIsNeverReadAsAnotherNumber) {
    std::size_t malformed = 0;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        // The choice of the field follows from the quarter of an hour.
        for (int quarter = 0; quarter < 4; ++quarter) {
            const std::chrono::minutes later{asked.now == everything()[0].now ? 15 * quarter : 0};
            const Reading reading = struck(asked, FaultKind::kRenamedField, later);
            if (reading.outcome.kind == OutcomeKind::kMalformed) {
                ++malformed;
                EXPECT_TRUE(facts_of(reading).empty()) << asked.source;
                continue;
            }
            EXPECT_EQ(facts_of(reading).size(), facts.size())
                << asked.source << ": " << reading.outcome.detail;
        }
    }
    EXPECT_GT(malformed, 20U);
}

TEST(DocumentFaults, AListWithoutRowsOrATeamIsSmallerAndNotWrong) {
    std::size_t noticed = 0;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        for (const FaultKind kind : {FaultKind::kEmptyList, FaultKind::kTeamShort}) {
            const Reading reading = struck(asked, kind);
            EXPECT_TRUE(is_part_of(facts_of(reading), facts))
                << asked.source << " " << to_string(kind);
            noticed += reading.outcome.kind != OutcomeKind::kFresh ? 1 : 0;
        }
    }
    EXPECT_GT(noticed, 20U);
}

TEST(DocumentFaults, GamesOfAnotherDayAreMalformed) {
    std::set<std::string_view> malformed;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        for (const FaultKind kind : {FaultKind::kWrongDate, FaultKind::kDayBefore}) {
            const Reading reading = struck(asked, kind);
            if (reading.outcome.kind == OutcomeKind::kMalformed) {
                malformed.insert(asked.source);
            } else if (kind == FaultKind::kWrongDate) {
                EXPECT_EQ(facts_of(reading), facts) << asked.source;
            }
        }
    }
    for (const std::string_view source :
         {"nbac_schedule", "nbac_player_boxscore", "bdl_games", "bdl_box_scores", "espn_scoreboard",
          "oddsapi_events", "oddsapi_game_lines", "bettingpros_events"})
        EXPECT_TRUE(malformed.contains(source)) << source;
}

/// An answer that was right a day ago.
TEST(DocumentFaults, TheDayBeforeIsWhatWasTrueThen) {
    for (const Asked& asked : everything()) {
        if (asked.ask.date) continue;  // the question's day is told
        const Reading reading = struck(asked, FaultKind::kDayBefore);
        const UpstreamAnswer then =
            upstreams().answer(question(asked.url), asked.now - std::chrono::hours{24});
        EXPECT_EQ(facts_of(reading), facts_of(read_of(asked, then))) << asked.source;
    }
}

TEST(DocumentFaults, OddsStampedInPlayAreToldOf) {
    std::size_t told = 0;
    for (const Asked& asked : everything()) {
        if (!can_strike(FaultKind::kStampedInPlay, question(asked.url))) continue;
        const Reading reading = struck(asked, FaultKind::kStampedInPlay);
        ASSERT_EQ(reading.notes.size(), 1U) << asked.source;
        EXPECT_TRUE(reading.notes[0].contains("after the start"));
        ++told;
    }
    EXPECT_EQ(told, 2U);
}

TEST(FaultPlan, StrikesItsShareTheSameWayEachTime) {
    constexpr std::string_view kUrl = "api.balldontlie.io/v1/box_scores?date=2025-12-03";
    const Instant start = eastern("2025-12-03", "12:00");
    FaultPlan plan({.seed = 5, .share = 0.25}), same({.seed = 5, .share = 0.25}),
        other({.seed = 6, .share = 0.25});
    constexpr int kQuarters = 2000;
    std::set<FaultKind> kinds;
    int struck = 0, differs = 0;
    for (int quarter = 0; quarter < kQuarters; ++quarter) {
        const Instant now = start + std::chrono::minutes{15 * quarter};
        const auto kind = plan.strike(question(kUrl), now);
        EXPECT_EQ(kind, same.strike(question(kUrl), now));
        differs += kind != other.strike(question(kUrl), now) ? 1 : 0;
        if (!kind) continue;
        ++struck;
        kinds.insert(*kind);
        int tries = 1;
        while (plan.strike(question(kUrl), now))
            ++tries;
        EXPECT_LE(tries, 3);
        EXPECT_FALSE(plan.strike(question(kUrl), now + std::chrono::minutes{1}))
            << "answered well for the rest of the quarter";
    }
    EXPECT_NEAR(struck, kQuarters / 4, kQuarters / 20);
    EXPECT_GT(differs, struck / 2);
    EXPECT_EQ(kinds.size(), kFaultKinds - 1) << "all but those of odds, and never a hang";
    EXPECT_FALSE(kinds.contains(FaultKind::kHang));
}

TEST(FaultPlan, NeverIsForEverAndAKeyIsNotTold) {
    constexpr std::string_view kUrl =
        "api.the-odds-api.com/v4/sports/basketball_nba/events?apiKey=secret";
    FaultPlan plan({.share = 0.0, .never = {"basketball_nba/events"}});
    for (int tries = 0; tries < 10; ++tries)
        EXPECT_TRUE(plan.strike(question(kUrl), some_game().tip_off));
    EXPECT_FALSE(plan.strike(question("api.balldontlie.io/v1/games"), some_game().tip_off));
    ASSERT_EQ(plan.struck().size(), 10U);
    EXPECT_EQ(plan.struck()[0].path, "/v4/sports/basketball_nba/events");
    EXPECT_EQ(plan.struck()[0].when, some_game().tip_off);
}

}  // namespace
}  // namespace tipoff::league::test
