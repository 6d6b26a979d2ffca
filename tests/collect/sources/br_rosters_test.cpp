#include <fmt/core.h>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

/// The site's markup, cut to what is around the table.
constexpr std::string_view kTatum =
    R"(<tr ><th scope="row" class="center " data-stat="number" >0</th><td class="left " )"
    R"(data-stat="player" csk="Tatum,Jayson" ><a href="/players/t/tatumja01.html">Jayson Tatum</a>)"
    R"(</td><td class="center " data-stat="pos" csk="4" >PF</td><td class="right " )"
    R"(data-stat="height" csk="80.0" >6-8</td><td class="right " data-stat="weight" >210</td>)"
    R"(<td class="left " data-stat="birth_date" csk="19980303" >March 3, 1998</td>)"
    R"(<td class="right " data-stat="birth_country" ><span class="f-i f-us">us</span></td>)"
    R"(<td class="right " data-stat="years_experience" csk="7" >7</td><td class="left " )"
    R"(data-stat="college" ><a href="/friv/colleges.fcgi?college=duke">Duke</a></td></tr>)";

constexpr std::string_view kRookie =
    R"(<tr ><th scope="row" class="center " data-stat="number" >8, 28</th><td class="left " )"
    R"(data-stat="player" ><a href="/players/d/doncilu99.html">Luka Dončić Jr.</a>&nbsp;&nbsp;)"
    R"(<span class="note"><small>(TW)</small></span></td><td class="center " data-stat="pos" >)"
    R"(G-F</td><td data-stat="height" >7-1</td><td data-stat="weight" >240</td>)"
    R"(<td data-stat="birth_date" >November 25, 2000</td><td data-stat="birth_country" >)"
    R"(<span class="f-i f-si">si</span></td><td data-stat="years_experience" csk="0.5" >R</td>)"
    R"(<td data-stat="college" ><a href="/x">Wichita State</a>, <a href="/y">Texas A&amp;M</a>)"
    R"(</td></tr>)";

/// One who has no page, and of whom little is known.
constexpr std::string_view kUnknown =
    R"(<tr ><th scope="row" class="center iz" data-stat="number" ></th>)"
    R"(<td data-stat="player" >Sam Newcomer</td><td data-stat="pos" >C</td>)"
    R"(<td data-stat="height" ></td><td data-stat="weight" ></td><td data-stat="birth_date" ></td>)"
    R"(<td data-stat="birth_country" ></td><td data-stat="years_experience" >12</td>)"
    R"(<td class="left iz" data-stat="college" ></td></tr>)";

constexpr std::string_view kTitle =
    "2024-25 Boston Celtics Roster and Stats | Basketball-Reference.com";

enum class Place { kOpen, kInComment };

std::string page_of(std::string_view rows, Place place = Place::kOpen,
                    std::string_view title = kTitle) {
    const bool is_hidden = place == Place::kInComment;
    return fmt::format(
        R"(<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{}</title></head>)"
        R"(<body class="bbr"><!-- no roster here --><h2>Roster</h2><div id="all_roster">{})"
        R"(<div id="div_roster"><table class="sortable stats_table" id="roster">)"
        R"(<caption>Roster Table</caption><thead><tr><th data-stat="number">No.</th>)"
        R"(<th data-stat="player">Player</th></tr></thead><tbody>{}</tbody></table></div>{}</div>)"
        R"(<table id="per_game"><tbody><tr><td data-stat="player">Nobody</td></tr></tbody>)"
        R"(</table></body></html>)",
        title, is_hidden ? "<!--" : "", rows, is_hidden ? "-->" : "");
}

constexpr std::size_t kWhole = 13;

/// So many players of whom little is known.
std::string unknown_players(std::size_t count) {
    std::string rows;
    for (std::size_t i = 0; i < count; ++i) {
        std::string row(kUnknown);
        const std::string_view name = "Sam Newcomer";
        rows += row.replace(row.find(name), name.size(), fmt::format("Player {}", i));
    }
    return rows;
}

std::string all_rows() {
    return fmt::format(R"({}<tr class="thead"><th data-stat="number">No.</th></tr>{}{}{})", kTatum,
                       kRookie, kUnknown, unknown_players(kWhole - 3));
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string changed(text);
    const auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? changed : changed.replace(at, from.size(), to);
}

TEST(BrRosters, ReadsEveryColumnInTheOpenAndInAComment) {
    for (const Place place : {Place::kOpen, Place::kInComment}) {
        const Reading reading =
            test::read(kBrRosters, page_of(all_rows(), place),
                       {.season = Season::starting_in(2024), .team = find_team("BOS")->team_id});
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        ASSERT_EQ(reading.records.roster.size(), kWhole);
        const StatedRosterPlayer& tatum = reading.records.roster[0];
        EXPECT_EQ(to_string(*tatum.season), "2024-25");
        EXPECT_EQ(tatum.team_id, find_team("BOS")->team_id);
        EXPECT_EQ(tatum.source_player_id, "tatumja01");
        EXPECT_EQ(tatum.player_name, "Jayson Tatum");
        EXPECT_EQ(tatum.jersey_number, "0");
        EXPECT_EQ(tatum.position, "PF");
        EXPECT_EQ(tatum.height_inches, 80);
        EXPECT_EQ(tatum.weight_pounds, 210);
        EXPECT_EQ(tatum.birth_date, *parse_date("1998-03-03"));
        EXPECT_EQ(tatum.country, "us");
        EXPECT_EQ(tatum.experience_years, 7);
        EXPECT_EQ(tatum.college, "Duke");
        EXPECT_EQ(tatum.status, "");
        const StatedRosterPlayer& rookie = reading.records.roster[1];
        EXPECT_EQ(rookie.source_player_id, "doncilu99");
        EXPECT_EQ(rookie.player_name, "Luka Dončić Jr.");
        EXPECT_EQ(rookie.status, "two-way");
        EXPECT_EQ(rookie.jersey_number, "8, 28");
        EXPECT_EQ(rookie.position, "G-F");
        EXPECT_EQ(rookie.height_inches, 85);
        EXPECT_EQ(rookie.birth_date, *parse_date("2000-11-25"));
        EXPECT_EQ(rookie.experience_years, 0);
        EXPECT_EQ(rookie.college, "Wichita State, Texas A&M");
        const StatedRosterPlayer& unknown = reading.records.roster[2];
        EXPECT_EQ(unknown.player_name, "Sam Newcomer");
        EXPECT_EQ(unknown.source_player_id, "");
        EXPECT_EQ(unknown.jersey_number, "");
        EXPECT_EQ(unknown.height_inches, std::nullopt);
        EXPECT_EQ(unknown.weight_pounds, std::nullopt);
        EXPECT_EQ(unknown.birth_date, std::nullopt);
        EXPECT_EQ(unknown.experience_years, 12);
    }
}

TEST(BrRosters, AShortRosterIsPartial) {
    const auto read = [](std::size_t count) {
        return test::read(kBrRosters, page_of(unknown_players(count)));
    };
    EXPECT_EQ(read(13).outcome.kind, OutcomeKind::kFresh) << read(13).outcome.detail;
    for (const std::size_t count : {3U, 12U}) {
        const Reading few = read(count);
        EXPECT_EQ(few.outcome.kind, OutcomeKind::kPartial);
        EXPECT_EQ(few.outcome.detail, fmt::format("{} players of BOS, to be at least 13", count));
        EXPECT_EQ(few.records.roster.size(), count) << "what is there is used";
    }
}

TEST(BrRosters, APageThatWouldTakeMinutesIsRefused) {
    std::string nested = page_of(all_rows());
    for (int i = 0; i < 300'000; ++i)
        nested += "<b>";
    const Reading reading = test::read(kBrRosters, nested);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_EQ(reading.outcome.detail, "the page has more than 1000 tags that are not closed");
    EXPECT_EQ(records_in(reading.records), 0U);
}

TEST(BrRosters, KeepsNumbersAsTheyAreWritten) {
    const auto number_of = [](const char* text) {
        const Reading reading = test::read(
            kBrRosters, page_of(replaced(kTatum, ">0</th>", fmt::format(">{}</th>", text))));
        return reading.records.roster.empty() ? reading.outcome.detail
                                              : reading.records.roster[0].jersey_number;
    };
    EXPECT_EQ(number_of("00"), "00");
    EXPECT_EQ(number_of("5-15"), "5, 15");
    EXPECT_EQ(number_of(" 8 , 28 "), "8, 28");
    EXPECT_EQ(number_of("8,"), "roster[0].number is '8,'");
    EXPECT_EQ(number_of("123"), "roster[0].number is '123'");
    EXPECT_EQ(number_of("x"), "roster[0].number is 'x'");
}

TEST(BrRosters, OldNamesFindTheTeamOfToday) {
    const Reading reading = test::read(
        kBrRosters, page_of(kTatum, Place::kOpen,
                            "1999-00 New Jersey Nets Roster and Stats | Basketball-Reference.com"));
    ASSERT_EQ(reading.records.roster.size(), 1U);
    EXPECT_EQ(reading.records.roster[0].team_id, find_team("BKN")->team_id);
    EXPECT_EQ(to_string(*reading.records.roster[0].season), "1999-00");
}

TEST(BrRosters, AMissingColumnIsNamed) {
    for (const char* column : {"number", "player", "pos", "height", "weight", "birth_date",
                               "birth_country", "years_experience", "college"}) {
        const std::string renamed = replaced(kRookie, fmt::format("data-stat=\"{}\"", column),
                                             fmt::format("data-stat=\"{}_v2\"", column));
        const Reading reading = test::read(kBrRosters, page_of(std::string(kTatum) + renamed));
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << column;
        EXPECT_EQ(reading.outcome.detail, fmt::format("roster[1].{} is missing", column));
        EXPECT_EQ(records_in(reading.records), 0U);
    }
}

TEST(BrRosters, ACellOfAnotherKindIsNamed) {
    const auto problem_with = [](const char* from, const char* to) {
        const Reading reading = test::read(kBrRosters, page_of(replaced(kTatum, from, to)));
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << to;
        EXPECT_EQ(records_in(reading.records), 0U);
        return reading.outcome.detail;
    };
    EXPECT_EQ(problem_with(">Jayson Tatum<", "><"), "roster[0].player is empty");
    EXPECT_EQ(problem_with("/players/t/tatumja01.html", "/teams/BOS/"),
              "roster[0].player has a link to no player");
    EXPECT_EQ(problem_with(">PF<", ">QB<"), "roster[0].pos is 'QB', which is no position");
    EXPECT_EQ(problem_with(">PF<", "><"), "roster[0].pos is '', which is no position");
    EXPECT_EQ(problem_with(">PF<", ">PF-<"), "roster[0].pos is 'PF-', which is no position");
    for (const char* height : {"80", "6-12", "4-1", "9-1", "6-", "-8", "six-8", "2.03"}) {
        EXPECT_EQ(problem_with(">6-8<", fmt::format(">{}<", height).c_str()),
                  fmt::format("roster[0].height is '{}', to be feet and inches", height));
    }
    for (const char* weight : {"95kg", "21", "2100", "-210"}) {
        EXPECT_EQ(problem_with(">210<", fmt::format(">{}<", weight).c_str()),
                  fmt::format("roster[0].weight is '{}', to be 120 to 400", weight));
    }
    for (const char* date : {"1998-03-03", "March 1998", "March 33, 1998", "Mars 3, 1998",
                             "February 29, 1999", "3, 1998", "March"}) {
        EXPECT_EQ(problem_with(">March 3, 1998<", fmt::format(">{}<", date).c_str()),
                  fmt::format("roster[0].birth_date is '{}', which is no date", date));
    }
    EXPECT_EQ(problem_with(">7</td>", "></td>"), "roster[0].years_experience is empty");
    EXPECT_EQ(problem_with(">7</td>", ">0</td>"),
              "roster[0].years_experience is '0', to be 1 to 30");
}

TEST(BrRosters, APlayerTwiceIsMalformed) {
    EXPECT_EQ(
        test::read(kBrRosters, page_of(std::string(kTatum) + std::string(kTatum))).outcome.detail,
        "roster[1].player is tatumja01 again");
}

/// However far it came: a table that ends early reads as a smaller roster.
TEST(BrRosters, APageThatIsCutShortIsMalformed) {
    const std::string page = page_of(std::string(kTatum) + std::string(kTatum));
    for (const std::size_t length : {page.size() / 2, page.rfind(kTatum), page.size() - 1}) {
        const Reading reading = test::read(kBrRosters, std::string_view(page).substr(0, length));
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << length;
        EXPECT_EQ(records_in(reading.records), 0U);
    }
}

TEST(BrRosters, ARosterOfNobodyIsNoSuccess) {
    const Reading reading = test::read(kBrRosters, page_of(""));
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kEmptyUnexpected);
}

TEST(BrRosters, AnotherPageIsMalformed) {
    EXPECT_EQ(test::read(kBrRosters, replaced(page_of(kTatum), "id=\"roster\"", "id=\"squad\""))
                  .outcome.detail,
              "the page has no table 'roster'");
    for (const std::string_view title :
         {"429 Too Many Requests", "", "2024-25 Boston Celtics Roster and Stats",
          "2025 Boston Celtics Roster and Stats | Basketball-Reference.com",
          "2024-25 Boston Celtics Schedule | Basketball-Reference.com",
          "2024-25 Roster and Stats | Basketball-Reference.com"}) {
        EXPECT_EQ(test::read(kBrRosters, page_of(kTatum, Place::kOpen, title)).outcome.detail,
                  fmt::format("title is '{}', to be a season, a team, 'Roster and Stats | "
                              "Basketball-Reference.com'",
                              title));
    }
    EXPECT_EQ(test::read(kBrRosters, page_of(kTatum, Place::kOpen,
                                             "2024-25 Seattle Nobodies Roster and Stats | "
                                             "Basketball-Reference.com"))
                  .outcome.detail,
              "title names 'Seattle Nobodies', a team that nobody knows");
    EXPECT_EQ(test::read(kBrRosters, "").outcome.kind, OutcomeKind::kMalformed);
}

TEST(BrRosters, ARosterOfAnotherSeasonOrTeamIsMalformed) {
    EXPECT_EQ(test::read(kBrRosters, page_of(kTatum), {.season = Season::starting_in(2025)})
                  .outcome.detail,
              "a roster of 2024-25, where 2025-26 was asked for");
    EXPECT_EQ(
        test::read(kBrRosters, page_of(kTatum), {.team = find_team("LAL")->team_id}).outcome.detail,
        "a roster of Boston Celtics, where another was asked for");
}

}  // namespace
}  // namespace tipoff::collect
