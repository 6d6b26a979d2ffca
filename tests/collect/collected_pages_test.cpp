// A list that comes in pages, of which one has lost rows.

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "collect/collecting_home.h"
#include "collect/collection.h"

namespace tipoff::collect {
namespace {

using namespace test;

/// A roster of which ">2" says which page is next, and "!" that a row is missing.
Reading read_page(std::span<const char> document, const Ask& ask) {
    const std::string_view text(document.data(), document.size());
    const std::string_view rows = text.substr(0, text.find_first_of("!>"));
    Reading reading = read_roster(rows, ask);
    if (text.contains('!')) {
        reading.outcome = {rows.empty() ? OutcomeKind::kEmptyUnexpected : OutcomeKind::kPartial,
                           fmt::format("a page has {} of its 3 rows", rows.size())};
    }
    if (text.empty()) reading.outcome.kind = OutcomeKind::kEmptyLegal;
    if (const auto next = text.find('>'); next != std::string_view::npos)
        reading.next_cursor = std::string(text.substr(next + 1));
    return reading;
}

const Source kPages{.name = "br_rosters",
                    .also_called = {},
                    .what = "a roster in pages",
                    .read = &read_page,
                    .asking = {.plan = &plan_boston, .paging = Paging::kCursor}};

std::size_t players_in(const Collected& collected) {
    std::size_t players = 0;
    for (const ReadAnswer& read : collected.answers)
        players += read.reading.records.roster.size();
    return players;
}

class CollectedPages : public CollectingHome {};

TEST_F(CollectedPages, APageThatLostRowsIsAskedForAgainThoughTheLastOneIsWhole) {
    for (const char* lost : {"d!>3", "!>3"}) {
        SettledHome fresh;  // of each case its own archive
        Fetcher fetcher(upstream_, clock_, waiter_, fresh.folder(), 7);
        Collector collector(fresh.database(), fetcher, clock_, fresh.folder(), {});
        upstream_.asked = 0;
        upstream_.bodies = {"abc>2", lost, "gh", "def>3"};
        const Collected collected = support::value_of(collector.collect(kPages, {}));
        EXPECT_EQ(upstream_.asked, 4) << "the pages that were whole are known";
        EXPECT_TRUE(collected.missing.empty()) << collected.missing.front();
        EXPECT_EQ(collected.outcome().kind, OutcomeKind::kFresh);
        EXPECT_EQ(players_in(collected), lost[0] == 'd' ? 9U : 8U);
    }
}

TEST_F(CollectedPages, APageWithNothingAfterOthersIsNotTheOutcomeOfAll) {
    upstream_.bodies = {"abc>2", ""};
    EXPECT_EQ(ask(kPages, {}).outcome().kind, OutcomeKind::kFresh);
}

TEST_F(CollectedPages, WhatAPageLostForGoodIsNamedAndTheOthersAreUsed) {
    upstream_.bodies = {"abc>2", "!>3", "gh", "!>3", "!>3", "!>3"};
    const Collected collected = ask(kPages, {});
    EXPECT_EQ(upstream_.asked, 6);
    EXPECT_EQ(
        collected.missing,
        std::vector<std::string>{"Boston Celtics: empty_unexpected: a page has 0 of its 3 rows"});
    EXPECT_EQ(collected.outcome().kind, OutcomeKind::kPartial);
    EXPECT_EQ(players_in(collected), 5U);
}

}  // namespace
}  // namespace tipoff::collect
