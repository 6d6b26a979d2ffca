#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

json line(double value, int cost, const char* updated = "2026-01-15 22:31:00") {
    return {{"id", 1},        {"line", value},   {"cost", cost}, {"updated", updated},
            {"active", true}, {"is_off", false}, {"main", true}, {"best", false}};
}

json book(int id, const json& only_line) {
    return {{"id", id}, {"lines", json::array({only_line})}};
}

/// Points of one player in one event: two books, and the consensus.
json one_offer() {
    json rung = line(31.5, 190);
    rung["main"] = false;
    json over = json::array(
        {book(0, line(27.5, -112)), book(12, line(27.5, -115)), book(10, line(28.5, 102))});
    over[1]["lines"].push_back(rung);
    const json under = json::array(
        {book(12, line(27.5, -105, "2026-01-15 22:40:00")), book(10, line(28.5, -124))});
    const json offer{
        {"id", "136f3791-f444-40da-a2c2-4934ded58928"},
        {"event_id", 31002},
        {"market_id", 156},
        {"participants", json::array({{{"id", "3468"},
                                       {"name", "Jayson Tatum"},
                                       {"player", {{"team", "BOS"}, {"position", "F"}}}}})},
        {"selections",
         json::array({{{"selection", "over"}, {"label", "Over"}, {"books", over}},
                      {{"selection", "under"}, {"label", "Under"}, {"books", under}}})}};
    return {{"offers", json::array({offer})},
            {"_pagination", {{"page", 1}, {"limit", 10}, {"total_pages", 1}, {"total_items", 1}}}};
}

const StatedPropLine& line_of(const Reading& reading, const char* book, double value) {
    const auto& lines = reading.records.prop_lines;
    const auto found = std::ranges::find_if(lines, [&](const StatedPropLine& found_line) {
        return found_line.book == book && found_line.line_value == value;
    });
    if (found == lines.end()) throw std::runtime_error("no such line");
    return *found;
}

TEST(BettingprosPlayerProps, JoinsBothSidesOfALine) {
    const Reading reading = test::read(kBettingprosPlayerProps, one_offer().dump(),
                                       {.source_game_id = "31002", .market = "points"});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.prop_lines.size(), 3U);
    const StatedPropLine& main = line_of(reading, "draftkings", 27.5);
    EXPECT_EQ(main.source_event_id, "31002");
    EXPECT_EQ(main.market, "points");
    EXPECT_EQ(main.source_player_id, "3468");
    EXPECT_EQ(main.player_name, "Jayson Tatum");
    EXPECT_EQ(main.team_id, std::nullopt);
    EXPECT_EQ(main.starts_at, std::nullopt);
    EXPECT_EQ(main.over_price, -115);
    EXPECT_EQ(main.under_price, -105);
    EXPECT_EQ(tipoff::to_string(main.quoted_at), "2026-01-15T22:40:00Z");
    EXPECT_TRUE(main.is_main);
    const StatedPropLine& rung = line_of(reading, "draftkings", 31.5);
    EXPECT_EQ(rung.over_price, 190);
    EXPECT_EQ(rung.under_price, std::nullopt);
    EXPECT_FALSE(rung.is_main);
    EXPECT_EQ(line_of(reading, "fanduel", 28.5).under_price, -124);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0], "quotations left out, of the consensus, which is no book: 1");
}

TEST(BettingprosPlayerProps, NamesMarketsAndBooks) {
    const std::pair<int, const char*> markets[] = {
        {156, "points"}, {157, "rebounds"}, {151, "assists"}, {162, "threes"}, {160, "steals"},
        {152, "blocks"}, {335, "pa"},       {336, "pr"},      {337, "ra"},     {338, "pra"}};
    json document = one_offer();
    for (const auto& [id, name] : markets) {
        document["offers"][0]["market_id"] = id;
        const Reading reading = test::read(kBettingprosPlayerProps, document.dump());
        ASSERT_EQ(reading.records.prop_lines.size(), 3U) << id;
        EXPECT_EQ(reading.records.prop_lines[0].market, name);
    }
    document["offers"][0]["selections"][0]["books"][2]["id"] = 61;
    EXPECT_EQ(line_of(test::read(kBettingprosPlayerProps, document.dump()), "bettingpros_61", 28.5)
                  .over_price,
              102);
}

TEST(BettingprosPlayerProps, ALineThatIsOffIsNoQuotation) {
    for (const bool by_flag : {false, true}) {
        json document = one_offer();
        json& row = document["offers"][0]["selections"][0]["books"][2]["lines"][0];
        row["active"] = by_flag;
        row["is_off"] = by_flag;
        const Reading reading = test::read(kBettingprosPlayerProps, document.dump());
        EXPECT_EQ(reading.records.prop_lines.size(), 3U);
        EXPECT_EQ(line_of(reading, "fanduel", 28.5).over_price, std::nullopt);
        ASSERT_EQ(reading.notes.size(), 2U);
        EXPECT_EQ(reading.notes[1], "quotations left out, since they are off: 1");
    }
}

/// As many offers of different players.
json page_of(int offers, int page, int pages, int limit, int items) {
    json document = one_offer();
    const json offer = document["offers"][0];
    document["offers"] = json::array();
    for (int i = 0; i < offers; ++i) {
        document["offers"].push_back(offer);
        document["offers"].back()["participants"][0]["id"] = std::to_string(3468 + i);
    }
    document["_pagination"] = {
        {"page", page}, {"limit", limit}, {"total_pages", pages}, {"total_items", items}};
    return document;
}

TEST(BettingprosPlayerProps, APageOfSeveralSaysWhichIsNext) {
    const Reading reading = test::read(kBettingprosPlayerProps, page_of(2, 2, 3, 2, 5).dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh);
    EXPECT_EQ(reading.notes.back(), "page 2 of 3");
    EXPECT_EQ(reading.next_cursor, "3");
    const Reading last = test::read(kBettingprosPlayerProps, page_of(1, 3, 3, 2, 5).dump());
    EXPECT_EQ(last.outcome.kind, OutcomeKind::kFresh) << last.outcome.detail;
    EXPECT_EQ(last.next_cursor, std::nullopt);
    EXPECT_EQ(reading.records.prop_lines.size(), 6U);
}

TEST(BettingprosPlayerProps, APageThatIsShortHasLostOffersAndLeadsOn) {
    const Reading half = test::read(kBettingprosPlayerProps, page_of(5, 2, 3, 10, 25).dump());
    EXPECT_EQ(half.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(half.outcome.detail, "page 2 of 3 has 5 of its 10 offers");
    EXPECT_EQ(half.next_cursor, "3");
    EXPECT_EQ(half.records.prop_lines.size(), 15U);
    const Reading none = test::read(kBettingprosPlayerProps, page_of(0, 2, 3, 10, 25).dump());
    EXPECT_EQ(none.outcome.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(none.outcome.detail, "page 2 of 3 has 0 of its 10 offers");
    EXPECT_EQ(none.next_cursor, "3");
    EXPECT_EQ(test::read(kBettingprosPlayerProps, page_of(4, 3, 3, 10, 25).dump()).outcome.detail,
              "page 3 of 3 has 4 of its 5 offers");
}

TEST(BettingprosPlayerProps, WhatAPageDoesNotSayOfItsLengthIsNotHeldAgainstIt) {
    json unsaid = page_of(5, 2, 3, 10, 25);
    unsaid["_pagination"].erase("limit");
    unsaid["_pagination"].erase("total_items");
    EXPECT_EQ(test::read(kBettingprosPlayerProps, unsaid.dump()).outcome.kind, OutcomeKind::kFresh);
    unsaid["offers"] = json::array();
    EXPECT_EQ(test::read(kBettingprosPlayerProps, unsaid.dump()).outcome.detail,
              "page 2 of 3 has 0 of its 1 offers");
    // Items that are no offers: as many do not make three pages.
    EXPECT_EQ(test::read(kBettingprosPlayerProps, page_of(1, 3, 3, 10, 250).dump()).outcome.kind,
              OutcomeKind::kFresh);
}

TEST(BettingprosPlayerProps, APageAfterTheLastIsEmptyAndOneFurtherOnIsOfAnotherList) {
    // Offers have gone since the page before.
    EXPECT_EQ(test::read(kBettingprosPlayerProps, page_of(0, 4, 3, 10, 30).dump()).outcome.kind,
              OutcomeKind::kEmptyLegal);
    const Reading other = test::read(kBettingprosPlayerProps, page_of(0, 7, 0, 10, 0).dump());
    EXPECT_EQ(other.outcome.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(other.outcome.detail, "page 7 of 0 has 0 of its 1 offers");
}

TEST(BettingprosPlayerProps, NoOffersAreLegalAndOffersWithoutLinesAreNot) {
    json document = one_offer();
    document["offers"][0]["market_id"] = 136;
    const Reading other = test::read(kBettingprosPlayerProps, document.dump());
    EXPECT_EQ(other.outcome.kind, OutcomeKind::kEmptyUnexpected);
    ASSERT_EQ(other.notes.size(), 1U);
    EXPECT_EQ(other.notes[0], "offers left out, of market 136, which is not read: 1");
    EXPECT_EQ(test::read(kBettingprosPlayerProps, page_of(0, 1, 1, 10, 0).dump()).outcome.kind,
              OutcomeKind::kEmptyLegal);
    EXPECT_EQ(test::read(kBettingprosPlayerProps, page_of(0, 1, 0, 10, 0).dump()).outcome.kind,
              OutcomeKind::kEmptyLegal);
}

TEST(BettingprosPlayerProps, ADamagedFieldIsNamed) {
    const std::string offer = "/offers/0";
    const std::string row = "/offers/0/selections/0/books/1/lines/0";
    for (const std::string& field : {std::string("/offers"),
                                     std::string("/_pagination"),
                                     std::string("/_pagination/page"),
                                     std::string("/_pagination/total_pages"),
                                     offer + "/event_id",
                                     offer + "/market_id",
                                     offer + "/participants",
                                     offer + "/participants/0/id",
                                     offer + "/participants/0/name",
                                     offer + "/selections",
                                     offer + "/selections/0/selection",
                                     offer + "/selections/0/books",
                                     offer + "/selections/0/books/1/id",
                                     offer + "/selections/0/books/1/lines",
                                     row + "/line",
                                     row + "/cost",
                                     row + "/updated",
                                     row + "/active",
                                     row + "/is_off",
                                     row + "/main"})
        test::expect_relied_on(kBettingprosPlayerProps, one_offer(), field);
}

TEST(BettingprosPlayerProps, RefusesWhatCannotBe) {
    const auto problem_with = [](const std::string& pointer, const json& value) {
        json document = one_offer();
        document[json::json_pointer("/offers/0" + pointer)] = value;
        const Reading reading = test::read(kBettingprosPlayerProps, document.dump());
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << pointer;
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    const std::string row = "/selections/0/books/1/lines/0";
    const std::string place = "offers[0].selections[0].books[1].lines[0] ";
    EXPECT_EQ(problem_with(row + "/cost", 1.91),
              place + "has the cost 1.91, which is no American price");
    EXPECT_EQ(problem_with(row + "/line", -1), place + "has the line -1");
    EXPECT_EQ(problem_with(row + "/line", 31.5),
              "offers[0].selections[0].books[1].lines[1] is a second quotation of its side");
    EXPECT_EQ(problem_with(row + "/updated", "2026-01-15T22:31:00-05:00"),
              place + "has no instant in updated: '2026-01-15T22:31:00-05:00'");
    EXPECT_EQ(problem_with("/selections/1/selection", "yes"),
              "offers[0].selections[1] has the selection 'yes', to be over or under");
    EXPECT_EQ(problem_with("/participants", json::array()),
              "offers[0] has 0 participants, to be 1");
    EXPECT_EQ(problem_with("/participants/0/name", ""),
              "offers[0].participants[0] has an empty id or name");
}

TEST(BettingprosPlayerProps, AnOfferOfAnotherEventOrMarketIsMalformed) {
    EXPECT_EQ(test::read(kBettingprosPlayerProps, one_offer().dump(), {.source_game_id = "31001"})
                  .outcome.detail,
              "offers[0] is of event 31002, where 31001 was asked for");
    EXPECT_EQ(test::read(kBettingprosPlayerProps, one_offer().dump(), {.market = "assists"})
                  .outcome.detail,
              "offers[0] is of points, where assists was asked for");
}

}  // namespace
}  // namespace tipoff::collect
