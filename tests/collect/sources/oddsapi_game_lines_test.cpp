#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using nlohmann::json;

json market(const char* key, std::vector<json> outcomes) {
    return {
        {"key", key}, {"last_update", "2026-01-15T22:31:00Z"}, {"outcomes", std::move(outcomes)}};
}

json side(const char* name, json price) { return {{"name", name}, {"price", std::move(price)}}; }

json side(const char* name, int price, double point) {
    return {{"name", name}, {"price", price}, {"point", point}};
}

/// An answer of today, in American odds; the away side comes first.
json of_today() {
    const json book{
        {"key", "draftkings"},
        {"title", "DraftKings"},
        {"markets",
         json::array(
             {market("spreads", {side("Miami Heat", 100, 6.5), side("Boston Celtics", -120, -6.5)}),
              market("totals", {side("Over", -110, 221.5), side("Under", -112, 221.5)}),
              market("h2h", {side("Miami Heat", 210), side("Boston Celtics", -255)})})}};
    return {{"id", "aa"},
            {"sport_key", "basketball_nba"},
            {"sport_title", "NBA"},
            {"commence_time", "2026-01-15T23:40:00Z"},
            {"home_team", "Boston Celtics"},
            {"away_team", "Miami Heat"},
            {"bookmakers", json::array({book})}};
}

json of_the_past() {
    return {{"timestamp", "2026-01-15T22:35:38Z"},
            {"previous_timestamp", nullptr},
            {"next_timestamp", "2026-01-15T22:40:38Z"},
            {"data", of_today()}};
}

const StatedGameLine& line_of(const Reading& reading, const char* book, const char* market) {
    const auto& lines = reading.records.game_lines;
    const auto found = std::ranges::find_if(lines, [&](const StatedGameLine& line) {
        return line.book == book && line.market == market;
    });
    if (found == lines.end()) throw std::runtime_error("no such line");
    return *found;
}

TEST(OddsapiGameLines, ReadsRecordedSpreadsAndTotals) {
    TIPOFF_SAMPLE(document, "oddsa_game_lines_his/raw_b722994c.json");
    const Reading reading =
        test::read(kOddsapiGameLines, document, {.date = *parse_date("2024-01-24")});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.game_lines.size(), 4U);
    const StatedGameLine& spread = line_of(reading, "draftkings", "spread");
    EXPECT_EQ(spread.source_event_id, "cd0bc7d0c238f4446ce1c03d0cea7ec4");
    EXPECT_EQ(spread.home_team_id, find_team("GSW")->team_id);
    EXPECT_EQ(spread.away_team_id, find_team("ATL")->team_id);
    EXPECT_EQ(spread.line_value, -6.5);
    EXPECT_EQ(spread.home_or_over_price, -120);   // 1.83
    EXPECT_EQ(spread.away_or_under_price, -110);  // 1.91
    EXPECT_EQ(tipoff::to_string(spread.quoted_at), "2024-01-25T03:55:22Z");
    EXPECT_EQ(tipoff::to_string(*spread.snapshot_at), "2024-01-25T03:55:40Z");
    EXPECT_EQ(tipoff::to_string(spread.starts_at), "2024-01-25T03:20:30Z");
    const StatedGameLine& total = line_of(reading, "fanduel", "total");
    EXPECT_EQ(total.line_value, 247.5);
    EXPECT_EQ(total.home_or_over_price, -115);   // 1.87
    EXPECT_EQ(total.away_or_under_price, -114);  // 1.88
    // The snapshot is of 35 minutes into the game.
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0], "4 of 4 lines were quoted after the start (2024-01-25T03:20:30Z)");
}

TEST(OddsapiGameLines, ReadsARecordedMoneyline) {
    TIPOFF_SAMPLE(document, "odds_api_historical_game_lines/raw_9221b91f.json");
    const Reading reading = test::read(kOddsapiGameLines, document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_EQ(reading.records.game_lines.size(), 2U);
    const StatedGameLine& line = line_of(reading, "fanduel", "moneyline");
    EXPECT_EQ(line.line_value, std::nullopt);
    EXPECT_EQ(line.home_or_over_price, -385);                                         // 1.26
    EXPECT_EQ(line.away_or_under_price, 280);                                         // 3.8
    EXPECT_EQ(line_of(reading, "draftkings", "moneyline").home_or_over_price, -313);  // 1.32
}

TEST(OddsapiGameLines, ReadsAnAnswerOfTodayAndOneOfThePastAlike) {
    for (const bool is_past : {false, true}) {
        const json document = is_past ? of_the_past() : of_today();
        const Reading reading = test::read(kOddsapiGameLines, document.dump(),
                                           {.date = *parse_date("2026-01-15"),
                                            .team = find_team("MIA")->team_id,
                                            .source_game_id = "aa",
                                            .market = "spread"});
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        EXPECT_TRUE(reading.notes.empty());
        ASSERT_EQ(reading.records.game_lines.size(), 3U);
        const StatedGameLine& spread = line_of(reading, "draftkings", "spread");
        EXPECT_EQ(spread.line_value, -6.5);
        EXPECT_EQ(spread.home_or_over_price, -120);
        EXPECT_EQ(spread.away_or_under_price, 100);
        EXPECT_EQ(spread.snapshot_at.has_value(), is_past);
        EXPECT_EQ(line_of(reading, "draftkings", "total").away_or_under_price, -112);
        EXPECT_EQ(line_of(reading, "draftkings", "moneyline").home_or_over_price, -255);
    }
}

TEST(OddsapiGameLines, AllPricesOfADocumentAreOfOneForm) {
    // Whole decimals beside one with a fraction: decimal. Nothing below 100: American.
    json document = of_today();
    document["bookmakers"][0]["markets"] =
        json::array({market("h2h", {side("Miami Heat", 101), side("Boston Celtics", 1.01)})});
    const Reading decimal = test::read(kOddsapiGameLines, document.dump());
    EXPECT_EQ(line_of(decimal, "draftkings", "moneyline").away_or_under_price, 10'000);
    EXPECT_EQ(line_of(decimal, "draftkings", "moneyline").home_or_over_price, -10'000);
    auto& outcomes = document["bookmakers"][0]["markets"][0]["outcomes"];
    outcomes[1]["price"] = 2;
    outcomes[0]["price"] = 2;
    EXPECT_EQ(line_of(test::read(kOddsapiGameLines, document.dump()), "draftkings", "moneyline")
                  .home_or_over_price,
              100);
    outcomes[1]["price"] = 110;
    outcomes[0]["price"] = 105;
    EXPECT_EQ(line_of(test::read(kOddsapiGameLines, document.dump()), "draftkings", "moneyline")
                  .home_or_over_price,
              110);
    outcomes[1]["price"] = -110;
    outcomes[0]["price"] = 1.91;
    EXPECT_EQ(test::read(kOddsapiGameLines, document.dump()).outcome.detail,
              "bookmakers[0].markets[0].outcomes[1] has the price -110, which is no decimal price");
    outcomes[0]["price"] = 1.0;
    outcomes[1]["price"] = 1.91;
    EXPECT_EQ(test::read(kOddsapiGameLines, document.dump()).outcome.kind, OutcomeKind::kMalformed);
}

TEST(OddsapiGameLines, AOneSidedLineHasOnePrice) {
    json document = of_today();
    document["bookmakers"][0]["markets"][0]["outcomes"].erase(1);
    const Reading reading = test::read(kOddsapiGameLines, document.dump());
    const StatedGameLine& spread = line_of(reading, "draftkings", "spread");
    EXPECT_EQ(spread.line_value, -6.5);
    EXPECT_EQ(spread.home_or_over_price, std::nullopt);
    EXPECT_EQ(spread.away_or_under_price, 100);
}

TEST(OddsapiGameLines, ALineAtTheStartIsInPlay) {
    json document = of_today();
    document["bookmakers"][0]["markets"][1]["last_update"] = "2026-01-15T23:40:00Z";
    const Reading reading = test::read(kOddsapiGameLines, document.dump());
    EXPECT_EQ(reading.records.game_lines.size(), 3U);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0], "1 of 3 lines were quoted after the start (2026-01-15T23:40:00Z)");
}

TEST(OddsapiGameLines, ALadderIsLinesOfItsMarket) {
    json document = of_today();
    json& markets = document["bookmakers"][0]["markets"];
    markets =
        json::array({market("alternate_totals", {side("Over", 150, 230.5), side("Over", 250, 236.5),
                                                 side("Under", -180, 230.5)}),
                     market("totals", {side("Over", -110, 224.5), side("Under", -110, 224.5)})});
    const Reading reading = test::read(kOddsapiGameLines, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    const auto& lines = reading.records.game_lines;
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].line_value, 224.5) << "the main line stands first";
    EXPECT_EQ(lines[1].market, "total");
    EXPECT_EQ(lines[1].line_value, 230.5);
    EXPECT_EQ(lines[1].home_or_over_price, 150);
    EXPECT_EQ(lines[1].away_or_under_price, -180);
    EXPECT_EQ(lines[2].line_value, 236.5);
    EXPECT_FALSE(lines[2].away_or_under_price);

    // A main market has one line alone.
    markets[1]["outcomes"][0]["point"] = 225.5;
    EXPECT_EQ(test::read(kOddsapiGameLines, document.dump()).outcome.kind, OutcomeKind::kMalformed);
}

TEST(OddsapiGameLines, NoBookIsLegalAndOtherMarketsAreNot) {
    json document = of_today();
    auto& books = document["bookmakers"];
    books[0]["markets"] = json::array({market("spreads_q1", {side("Miami Heat", 150, 9.5)})});
    const Reading other = test::read(kOddsapiGameLines, document.dump());
    EXPECT_EQ(other.outcome.kind, OutcomeKind::kEmptyUnexpected);
    ASSERT_EQ(other.notes.size(), 1U);
    EXPECT_EQ(other.notes[0], "market spreads_q1 of draftkings left out: none that is read");
    books = json::array();
    EXPECT_EQ(test::read(kOddsapiGameLines, document.dump()).outcome.kind,
              OutcomeKind::kEmptyLegal);
}

TEST(OddsapiGameLines, AnExhibitionIsNoGameOfTheLeague) {
    json document = of_today();
    document["home_team"] = "Team Stars";
    const Reading reading = test::read(kOddsapiGameLines, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(reading.outcome.detail,
              "Miami Heat at Team Stars (2026-01-15) is no game of two teams of the league");
}

TEST(OddsapiGameLines, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/id", "/sport_key", "/commence_time", "/home_team", "/away_team", "/bookmakers",
          "/bookmakers/0/key", "/bookmakers/0/markets", "/bookmakers/0/markets/0/key",
          "/bookmakers/0/markets/0/last_update", "/bookmakers/0/markets/0/outcomes",
          "/bookmakers/0/markets/0/outcomes/1/name", "/bookmakers/0/markets/0/outcomes/1/price",
          "/bookmakers/0/markets/0/outcomes/1/point", "/bookmakers/0/markets/1/outcomes/0/point",
          "/bookmakers/0/markets/2/outcomes/0/price"})
        test::expect_relied_on(kOddsapiGameLines, of_today(), field);
    for (const char* field : {"/timestamp", "/data", "/data/bookmakers/0/markets/0/last_update"})
        test::expect_relied_on(kOddsapiGameLines, of_the_past(), field);
}

TEST(OddsapiGameLines, RefusesWhatCannotBe) {
    const auto problem_with = [](const char* pointer, const json& value) {
        json document = of_today();
        document[json::json_pointer(pointer)] = value;
        const Reading reading = test::read(kOddsapiGameLines, document.dump());
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << pointer;
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    EXPECT_EQ(problem_with("/bookmakers/0/markets/0/outcomes/0/point", 7),
              "bookmakers[0].markets[0] has sides whose points do not belong together");
    EXPECT_EQ(problem_with("/bookmakers/0/markets/1/outcomes/0/point", 220.5),
              "bookmakers[0].markets[1] has sides whose points do not belong together");
    EXPECT_EQ(problem_with("/bookmakers/0/markets/1/outcomes/1/point", -1),
              "bookmakers[0].markets[1].outcomes[1] has the point -1");
    EXPECT_EQ(problem_with("/bookmakers/0/markets/1/outcomes/1/name", "Over"),
              "bookmakers[0].markets[1].outcomes[1] is a second quotation of its side");
    EXPECT_EQ(problem_with("/bookmakers/0/markets/2/outcomes/0/name", "Orlando Magic"),
              "bookmakers[0].markets[2].outcomes[0] has the name 'Orlando Magic', which is neither "
              "team's");
    EXPECT_EQ(problem_with("/bookmakers/0/markets/2/outcomes/0/price", 99),
              "bookmakers[0].markets[0].outcomes[1] has the price -120, which is no decimal price");
    EXPECT_EQ(test::read(kOddsapiGameLines, "<html>").outcome.kind, OutcomeKind::kMalformed);
}

TEST(OddsapiGameLines, ADocumentAboutAnotherGameIsMalformed) {
    const auto kind_of = [](const Ask& ask) {
        return test::read(kOddsapiGameLines, of_today().dump(), ask).outcome.kind;
    };
    EXPECT_EQ(kind_of({.date = *parse_date("2026-01-16")}), OutcomeKind::kMalformed);
    EXPECT_EQ(kind_of({.season = Season::starting_in(2024)}), OutcomeKind::kMalformed);
    EXPECT_EQ(kind_of({.team = find_team("LAL")->team_id}), OutcomeKind::kMalformed);
    EXPECT_EQ(kind_of({.source_game_id = "bb"}), OutcomeKind::kMalformed);
}

}  // namespace
}  // namespace tipoff::collect
