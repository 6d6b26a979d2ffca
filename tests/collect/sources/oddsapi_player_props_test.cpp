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

json side(const char* name, const char* player, double price, double point) {
    return {{"name", name}, {"description", player}, {"price", price}, {"point", point}};
}

json market(const std::string& key, std::vector<json> outcomes) {
    return {
        {"key", key}, {"last_update", "2026-01-15T22:31:00Z"}, {"outcomes", std::move(outcomes)}};
}

/// One book with these markets, as the API writes them (a book has no `last_update` here).
json book(const char* key, std::vector<json> markets) {
    return {{"key", key}, {"title", key}, {"markets", std::move(markets)}};
}

json event_with(std::vector<json> books) {
    return {{"id", "aa"},
            {"sport_key", "basketball_nba"},
            {"sport_title", "NBA"},
            {"commence_time", "2026-01-15T23:40:00Z"},
            {"home_team", "Boston Celtics"},
            {"away_team", "Miami Heat"},
            {"bookmakers", std::move(books)}};
}

/// Two players at two books, and a ladder without unders.
json two_books() {
    return event_with(
        {book("draftkings",
              {market("player_points", {side("Over", "Jayson Tatum", 1.91, 27.5),
                                        side("Under", "Jayson Tatum", 1.87, 27.5),
                                        side("Over", "Bam Adebayo", 1.8, 18.5),
                                        side("Under", "Bam Adebayo", 2.0, 18.5)}),
               market("player_points_alternate", {side("Over", "Jayson Tatum", 1.25, 19.5),
                                                  side("Over", "Jayson Tatum", 3.3, 34.5)})}),
         book("fanduel", {market("player_rebounds", {side("Under", "Bam Adebayo", 1.76, 9.5),
                                                     side("Over", "Bam Adebayo", 2.04, 9.5)})})});
}

const StatedPropLine& line_of(const Reading& reading, const char* player, double value) {
    const auto& lines = reading.records.prop_lines;
    const auto found = std::ranges::find_if(lines, [&](const StatedPropLine& line) {
        return line.player_name == player && line.line_value == value;
    });
    if (found == lines.end()) throw std::runtime_error("no such line");
    return *found;
}

TEST(OddsapiPlayerProps, JoinsBothSidesOfALine) {
    const Reading reading =
        test::read(kOddsapiPlayerProps, two_books().dump(),
                   {.date = *parse_date("2026-01-15"), .source_game_id = "aa", .market = "points"});
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_TRUE(reading.notes.empty());
    EXPECT_EQ(reading.records.prop_lines.size(), 5U);
    EXPECT_TRUE(reading.records.game_lines.empty());
    const StatedPropLine& tatum = line_of(reading, "Jayson Tatum", 27.5);
    EXPECT_EQ(tatum.source_event_id, "aa");
    EXPECT_EQ(tipoff::to_string(*tatum.starts_at), "2026-01-15T23:40:00Z");
    EXPECT_EQ(tatum.home_team_id, find_team("BOS")->team_id);
    EXPECT_EQ(tatum.away_team_id, find_team("MIA")->team_id);
    EXPECT_EQ(tatum.book, "draftkings");
    EXPECT_EQ(tatum.market, "points");
    EXPECT_EQ(tatum.over_price, -110);
    EXPECT_EQ(tatum.under_price, -115);
    EXPECT_EQ(tipoff::to_string(tatum.quoted_at), "2026-01-15T22:31:00Z");
    EXPECT_EQ(tatum.snapshot_at, std::nullopt);
    EXPECT_TRUE(tatum.is_main);
    EXPECT_EQ(line_of(reading, "Bam Adebayo", 18.5).over_price, -125);
    EXPECT_EQ(line_of(reading, "Bam Adebayo", 18.5).under_price, 100);
    const StatedPropLine& rebounds = line_of(reading, "Bam Adebayo", 9.5);
    EXPECT_EQ(rebounds.book, "fanduel");
    EXPECT_EQ(rebounds.market, "rebounds");
    EXPECT_EQ(rebounds.over_price, 104);
    EXPECT_EQ(rebounds.under_price, -132);
    const StatedPropLine& rung = line_of(reading, "Jayson Tatum", 34.5);
    EXPECT_EQ(rung.market, "points");
    EXPECT_EQ(rung.over_price, 230);
    EXPECT_EQ(rung.under_price, std::nullopt);
    EXPECT_FALSE(rung.is_main);
}

TEST(OddsapiPlayerProps, NamesEveryMarketAndItsLadder) {
    const std::pair<std::string, std::string> markets[] = {
        {"player_points", "points"},
        {"player_rebounds", "rebounds"},
        {"player_assists", "assists"},
        {"player_threes", "threes"},
        {"player_points_rebounds_assists", "pra"},
        {"player_points_rebounds", "pr"},
        {"player_points_assists", "pa"},
        {"player_rebounds_assists", "ra"},
        {"player_steals", "steals"},
        {"player_blocks", "blocks"},
        {"player_turnovers", "turnovers"},
        {"player_points_q1", "player_points_q1"}};
    for (const auto& [theirs, ours] : markets) {
        for (const bool is_ladder : {false, true}) {
            const json document =
                event_with({book("betmgm", {market(theirs + (is_ladder ? "_alternate" : ""),
                                                   {side("Over", "Bam Adebayo", 1.9, 4.5)})})});
            const Reading reading = test::read(kOddsapiPlayerProps, document.dump());
            ASSERT_EQ(reading.records.prop_lines.size(), 1U) << theirs;
            EXPECT_EQ(reading.records.prop_lines[0].market, ours);
            EXPECT_EQ(reading.records.prop_lines[0].is_main, !is_ladder) << theirs;
        }
    }
}

TEST(OddsapiPlayerProps, ALadderRepeatsTheMainLine) {
    // The ladder comes first, has the main line at another price, and an under that the main market
    // lacks for one player.
    const json document = event_with({book(
        "fanduel", {market("player_assists_alternate", {side("Over", "Tyler Herro", 1.8, 5.5),
                                                        side("Under", "Tyler Herro", 1.95, 5.5),
                                                        side("Over", "Tyler Herro", 2.6, 7.5)}),
                    market("player_assists", {side("Over", "Tyler Herro", 1.83, 5.5)})})});
    const Reading reading = test::read(kOddsapiPlayerProps, document.dump());
    ASSERT_EQ(reading.records.prop_lines.size(), 2U);
    const StatedPropLine& main = line_of(reading, "Tyler Herro", 5.5);
    EXPECT_TRUE(main.is_main);
    EXPECT_EQ(main.over_price, -120);
    EXPECT_EQ(main.under_price, -105);
    EXPECT_FALSE(line_of(reading, "Tyler Herro", 7.5).is_main);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0],
              "left out of ladders, since the main market has the line at another price: 1");
}

TEST(OddsapiPlayerProps, LinesOfTheGameComeOutAsWhatTheyAre) {
    // These bytes were recorded as player props too.
    TIPOFF_SAMPLE(document, "oddsa_game_lines_his/raw_b722994c.json");
    const Reading reading = test::read(kOddsapiPlayerProps, document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "lines of spread, total, and none of any player");
    EXPECT_EQ(reading.records.game_lines.size(), 4U);
    EXPECT_TRUE(reading.records.prop_lines.empty());
    // The other way round.
    const Reading props = test::read(kOddsapiGameLines, two_books().dump());
    EXPECT_EQ(props.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(props.outcome.detail, "lines of points, rebounds, and none of the game");
    EXPECT_EQ(props.records.prop_lines.size(), 5U);
    // One market was asked for, and another came.
    const Reading assists =
        test::read(kOddsapiPlayerProps, two_books().dump(), {.market = "assists"});
    EXPECT_EQ(assists.outcome.detail, "lines of points, rebounds, and none of assists");
}

TEST(OddsapiPlayerProps, ReadsASnapshotOfThePastAndCountsWhatIsInPlay) {
    json event = two_books();
    event["bookmakers"][0]["markets"][0]["last_update"] = "2026-01-16T00:02:00Z";
    const json document{{"timestamp", "2026-01-16T00:05:38Z"}, {"data", event}};
    const Reading reading = test::read(kOddsapiPlayerProps, document.dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_EQ(reading.records.prop_lines.size(), 5U);
    const StatedPropLine& late = line_of(reading, "Jayson Tatum", 27.5);
    EXPECT_EQ(tipoff::to_string(*late.snapshot_at), "2026-01-16T00:05:38Z");
    EXPECT_GT(late.quoted_at, *late.starts_at);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0], "2 of 5 lines were quoted after the start (2026-01-15T23:40:00Z)");
}

TEST(OddsapiPlayerProps, LeavesOutYesAndNoWithANote) {
    json yes = side("Yes", "Bam Adebayo", 1.8, 0);
    yes.erase("point");
    const json doubles = market("player_double_double", {yes});
    const Reading reading =
        test::read(kOddsapiPlayerProps,
                   event_with({book("draftkings", {doubles}), book("fanduel", {doubles})}).dump());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyUnexpected);
    EXPECT_EQ(records_in(reading.records), 0U);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0],
              "market player_double_double of draftkings, fanduel left out: none that is read");
}

TEST(OddsapiPlayerProps, NothingQuotedIsLegal) {
    const std::vector<json> no_book;
    for (const std::vector<json>& books :
         {no_book, {book("fanduel", {})}, {book("fanduel", {market("player_points", {})})}}) {
        const Reading reading = test::read(kOddsapiPlayerProps, event_with(books).dump());
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyLegal);
    }
}

TEST(OddsapiPlayerProps, ADamagedFieldIsNamed) {
    for (const char* field :
         {"/id", "/commence_time", "/bookmakers", "/bookmakers/0/key", "/bookmakers/0/markets",
          "/bookmakers/0/markets/0/key", "/bookmakers/0/markets/0/last_update",
          "/bookmakers/0/markets/0/outcomes", "/bookmakers/0/markets/0/outcomes/1/name",
          "/bookmakers/0/markets/0/outcomes/1/description",
          "/bookmakers/0/markets/0/outcomes/1/price", "/bookmakers/0/markets/0/outcomes/1/point",
          "/bookmakers/0/markets/1/outcomes/0/point"})
        test::expect_relied_on(kOddsapiPlayerProps, two_books(), field);
}

TEST(OddsapiPlayerProps, RefusesWhatCannotBe) {
    const auto problem_with = [](const char* field, const json& value) {
        json document = two_books();
        document["bookmakers"][0]["markets"][0]["outcomes"][1][field] = value;
        const Reading reading = test::read(kOddsapiPlayerProps, document.dump());
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << field;
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    const std::string place = "bookmakers[0].markets[0].outcomes[1] ";
    EXPECT_EQ(problem_with("name", "Over"), place + "is a second quotation of its side");
    EXPECT_EQ(problem_with("name", "Yes"), place + "has the name 'Yes', to be Over or Under");
    EXPECT_EQ(problem_with("description", ""), place + "has a description that names nobody");
    EXPECT_EQ(problem_with("point", -0.5), place + "has the point -0.5");
    EXPECT_EQ(problem_with("point", 2750), place + "has the point 2750");
    EXPECT_EQ(problem_with("price", 0.9), place + "has the price 0.9, which is no decimal price");
    EXPECT_EQ(problem_with("price", -115), place + "has the price -115, which is no decimal price");
}

}  // namespace
}  // namespace tipoff::collect
