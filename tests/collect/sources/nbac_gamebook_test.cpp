#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"
#include "league/pdf.h"

namespace tipoff::collect {
namespace {

using league::PdfSheet;

constexpr double kPitch = 11;
constexpr double kPositionLeft = 190;

/// "MIN FG ..." or "40:00 10 ..." from the column of minutes on.
void write_cells(PdfSheet& sheet, double top, const std::string& cells) {
    std::istringstream words(cells);
    std::string word;
    for (double left = kPositionLeft + 20; words >> word; left += left < 230 ? 45 : 22)
        sheet.write(left, top, word);
}

struct TestPlayer {
    std::string jersey, name, position, cells;  ///< cells: numbers, or the reason
};

struct TestSide {
    std::string title;  ///< "VISITOR: Memphis Grizzlies (27-52)"
    std::vector<TestPlayer> players;
    std::string totals;
};

/// A book as the league prints it, on one page.
struct TestBook {
    std::string report = "OFFICIAL SCORER'S REPORT";
    std::string box = "FINAL BOX";
    std::string day = "Wednesday, April 10, 2024 Rocket Mortgage FieldHouse, Cleveland, OH";
    std::string heads = "MIN FG FGA 3P 3PA FT FTA OR DR TOT A PF ST TO BS +/- PTS";
    TestSide away, home;
    std::vector<std::string> below;

    [[nodiscard]] PdfSheet sheet() const {
        PdfSheet sheet;
        sheet.write(200, 20, "NATIONAL BASKETBALL ASSOCIATION");
        sheet.write(200, 31, report);
        sheet.write(250, 42, box);
        sheet.write(30, 60, day);
        sheet.write(30, 71, "Officials: #24 Kevin Scott, #36 Brent Barnaky, #41 Nate Green");
        sheet.write(30, 82, "Game Duration: 2:10");
        double top = 100;
        for (const TestSide* side : {&away, &home}) {
            sheet.write(30, top, side->title);
            sheet.write(kPositionLeft, top += kPitch, "POS");
            write_cells(sheet, top, heads);
            for (const TestPlayer& player : side->players) {
                top += kPitch;
                sheet.write(30, top, player.jersey);
                sheet.write(50, top, player.name);
                sheet.write(kPositionLeft, top, player.position);
                if (player.cells.find(':') != std::string::npos) {
                    write_cells(sheet, top, player.cells);
                } else {
                    sheet.write(kPositionLeft, top, player.cells);
                }
            }
            write_cells(sheet, top += kPitch, side->totals);
            sheet.write(230, top += kPitch, "46.1% 36.4% 73.1% TM REB: 11 TOT TO: 25 (24 PTS)");
            top += kPitch;
        }
        for (const std::string& line : below)
            sheet.write(30, top += kPitch, line);
        return sheet;
    }

    [[nodiscard]] std::string bytes() const {
        return league::write_pdf(std::array{sheet()}, {.width = 612, .height = 792});
    }
};

TestBook small_book() {
    TestBook book;
    book.away = {"VISITOR: Memphis Grizzlies (27-52)",
                 {{"3", "Jake LaRavia", "F", "40:00 10 18 8 11 4 5 1 6 7 1 1 2 5 0 -16 32"},
                  {"13", "Jaren Jackson Jr.", "F", "47:30 5 10 1 4 2 2 0 5 5 3 2 1 1 2 -4 13"},
                  {"18", "Trey Jemison", "C", "20:30 3 4 0 0 1 2 3 4 7 0 4 0 1 1 -9 7"},
                  {"8", "Jordan Goodwin", "G", "48:00 4 12 2 6 0 0 2 9 11 9 3 3 4 0 -10 10"},
                  {"36", "Zavier Simpson", "G", "30:45 2 7 0 3 2 2 0 1 1 4 2 1 2 0 -11 6"},
                  {"45", "GG Jackson II", "", "30:15 7 15 3 8 1 1 0 3 3 1 2 0 3 1 2 18"},
                  {"00", "Dončić-Pereira", "", "23:00 1 4 0 1 0 0 1 1 2 0 1 0 0 0 3 2"},
                  {"7", "Santi Aldama", "", "NWT - Injury/Illness - Right Foot; Strain"},
                  {"46", "John Konchar", "", "DND-Rest"},
                  {"24", "Marcus Morris Sr.", "", "DNP - Coach's Decision"}},
                 "240:00 32 70 14 33 10 12 7 29 36 18 15 7 16 4 -45 88"};
    book.home = {"HOME: CLEVELAND CAVALIERS (47-32)",
                 {{"4", "Evan Mobley", "F", "48:00 8 12 0 1 4 6 3 9 12 3 2 1 2 3 9 20"},
                  {"2", "Max Strus", "F", "48:00 5 11 3 8 0 0 0 4 4 5 3 1 1 0 9 13"},
                  {"31", "Jarrett Allen", "C", "48:00 6 8 0 0 2 4 4 6 10 2 1 0 1 2 9 14"},
                  {"10", "Darius Garland", "G", "48:00 9 17 4 9 2 2 0 2 2 8 2 2 4 0 9 24"},
                  {"45", "Donovan Mitchell", "G", "48:00 10 21 4 10 5 5 1 4 5 6 1 2 2 0 9 29"}},
                 "240:00 38 69 11 28 13 17 8 25 33 24 9 6 10 5 45 100"};
    book.below = {"SCORE BY PERIOD 1 2 3 4 FINAL",
                  "Grizzlies 24 20 22 22 88",
                  "CAVALIERS 25 25 25 25 100",
                  "Inactive: Grizzlies - Adams (Injury/Illness - Right Knee; PCL",
                  "surgery), Bane (Injury/Illness - Back, low; Disc bulge), Clarke",
                  "(Injury/Illness - Left Achilles; Repair), Morant (), Smart",
                  "Inactive: Cavaliers - Porter Jr. (G League - Two-Way)",
                  "Points in the Paint: Grizzlies 44 (22/40), Cavaliers 60 (30/50)",
                  "Technical fouls - Individual",
                  "Copyright (c) 2024 NBA Properties, Inc."};
    return book;
}

Reading read_book(const TestBook& book, const Ask& ask = {}) {
    return test::read(kNbacGamebook, book.bytes(), ask);
}

std::string problem_of(const TestBook& book, const Ask& ask = {}) {
    const Reading reading = read_book(book, ask);
    if (reading.outcome.kind != OutcomeKind::kMalformed) return "";
    EXPECT_EQ(records_in(reading.records), 0U);
    return reading.outcome.detail;
}

const StatedAvailability* find(const Reading& reading, std::string_view name) {
    const auto& all = reading.records.availability;
    const auto found = std::ranges::find(all, name, &StatedAvailability::player_name);
    return found == all.end() ? nullptr : &*found;
}

TEST(NbacGamebook, ADamagedRecordingIsMalformed) {
    TIPOFF_SAMPLE(document, "nbac_gamebook_pdf/raw_0173bcd1.pdf");
    const Reading reading = test::read(kNbacGamebook, document);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
    EXPECT_TRUE(reading.outcome.detail.starts_with("the PDF is damaged")) << reading.outcome.detail;
    EXPECT_EQ(records_in(reading.records), 0U);
}

TEST(NbacGamebook, ReadsEverybody) {
    const Ask ask{.date = GameDate{std::chrono::sys_days{std::chrono::April / 10 / 2024}},
                  .season = Season::starting_in(2023),
                  .team = find_team("CLE")->team_id,
                  .source_game_id = "20240410/MEMCLE"};
    const Reading reading = read_book(small_book(), ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_TRUE(reading.notes.empty());
    const auto& all = reading.records.availability;
    ASSERT_EQ(all.size(), 21U);
    const auto with = [&](std::string_view status) {
        return std::ranges::count(all, status, &StatedAvailability::status);
    };
    EXPECT_EQ(with("played"), 12);
    EXPECT_EQ(with("dnp"), 3);
    EXPECT_EQ(with("inactive"), 6);
    for (const StatedAvailability& one : all) {
        EXPECT_EQ(one.source_game_id, "20240410/MEMCLE");
        EXPECT_EQ(to_string(one.game_date), "2024-04-10");
        EXPECT_EQ(one.seconds.has_value(), one.status == "played");
    }
    const StatedAvailability& first = all.front();
    EXPECT_EQ(first.player_name, "Jake LaRavia");
    EXPECT_EQ(first.jersey_number, "3");
    EXPECT_EQ(first.team_id, find_team("MEM")->team_id);
    EXPECT_EQ(first.seconds, 2400);
    EXPECT_EQ(first.reason, "");
    ASSERT_NE(find(reading, "GG Jackson II"), nullptr);
    EXPECT_EQ(find(reading, "GG Jackson II")->seconds, 30 * 60 + 15);
    ASSERT_NE(find(reading, "Jaren Jackson Jr."), nullptr);
    ASSERT_NE(find(reading, "Dončić-Pereira"), nullptr);
    EXPECT_EQ(find(reading, "Dončić-Pereira")->jersey_number, "00");
    ASSERT_NE(find(reading, "Santi Aldama"), nullptr);
    EXPECT_EQ(find(reading, "Santi Aldama")->reason, "NWT - Injury/Illness - Right Foot; Strain");
    EXPECT_EQ(find(reading, "John Konchar")->reason, "DND-Rest");
    EXPECT_EQ(find(reading, "Marcus Morris Sr.")->reason, "DNP - Coach's Decision");
    EXPECT_EQ(find(reading, "Evan Mobley")->team_id, find_team("CLE")->team_id);
    ASSERT_NE(find(reading, "Adams"), nullptr);
    EXPECT_EQ(find(reading, "Adams")->reason, "Injury/Illness - Right Knee; PCL surgery");
    EXPECT_EQ(find(reading, "Bane")->reason, "Injury/Illness - Back, low; Disc bulge");
    EXPECT_EQ(find(reading, "Clarke")->reason, "Injury/Illness - Left Achilles; Repair");
    EXPECT_EQ(find(reading, "Morant")->reason, "");
    EXPECT_EQ(find(reading, "Smart")->team_id, find_team("MEM")->team_id);
    EXPECT_EQ(find(reading, "Porter Jr.")->team_id, find_team("CLE")->team_id);
}

TEST(NbacGamebook, ALongReasonGoesOnOnTheNextLine) {
    TestBook book = small_book();
    book.away.players[8].cells = "DND - Return to Competition";
    book.away.players.insert(book.away.players.begin() + 9, {"", "", "", "Reconditioning"});
    const Reading reading = read_book(book);
    ASSERT_NE(find(reading, "John Konchar"), nullptr) << reading.outcome.detail;
    EXPECT_EQ(find(reading, "John Konchar")->reason, "DND - Return to Competition Reconditioning");
}

TEST(NbacGamebook, TheWholeBookCountsByItsFinalBox) {
    TestBook quarter = small_book();
    quarter.box = "1st QUARTER ONLY";
    quarter.home.players.pop_back();
    TestBook final_box = small_book();
    const std::vector<std::string> below = final_box.below;
    final_box.below.clear();
    PdfSheet rest;  // what is below the tables, on a page of its own
    for (std::size_t i = 0; i < below.size(); ++i)
        rest.write(30, 20 + kPitch * static_cast<double>(i), below[i]);
    const std::string bytes = league::write_pdf(
        std::array{quarter.sheet(), final_box.sheet(), rest, quarter.sheet()}, {.height = 792});
    const Reading reading = test::read(kNbacGamebook, bytes);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_EQ(reading.records.availability.size(), 21U);
}

TEST(NbacGamebook, ABookWithoutTheInactiveSaysSo) {
    TestBook book = small_book();
    book.below = {"Inactive: Grizzlies - None", "MEMO: none"};
    const Reading reading = read_book(book);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_EQ(reading.records.availability.size(), 15U);
    EXPECT_EQ(reading.notes, std::vector<std::string>{"no list of the inactive of CLE"});
}

TEST(NbacGamebook, EveryLabelIsReliedOn) {
    const auto with = [](auto change) {
        TestBook book = small_book();
        change(book);
        return problem_of(book);
    };
    EXPECT_EQ(with([](TestBook& book) { book.report = "BOX SCORE"; }),
              "the document has no \"OFFICIAL SCORER'S REPORT\"");
    EXPECT_EQ(with([](TestBook& book) { book.box = "BOX"; }), "the document has no \"FINAL BOX\"");
    EXPECT_EQ(with([](TestBook& book) { book.away.title = "GUEST: Memphis Grizzlies (27-52)"; }),
              "the document has no \"VISITOR:\"");
    EXPECT_EQ(with([](TestBook& book) { book.home.title = "HOST: Cleveland Cavaliers (47-32)"; }),
              "the document has no \"HOME:\"");
    for (const char* day : {"Thursday, April 10, 2024 Arena", "April 10, 2024", "2024-04-10",
                            "Wednesday, April 31, 2024", "Wednesday, Aprilis 10, 2024"}) {
        EXPECT_EQ(with([&](TestBook& book) { book.day = day; }),
                  "the document has no day as \"Wednesday, April 10, 2024\"");
    }
    for (const std::string head :
         {"FG", "FGA", "3P", "3PA", "FT", "FTA", "OR", "DR", "TOT", "PTS"}) {
        EXPECT_EQ(with([&](TestBook& book) {
                      book.heads.replace(book.heads.find(" " + head + (head == "PTS" ? "" : " ")),
                                         head.size() + 1, " X" + head);
                  }),
                  "Memphis Grizzlies has no column \"" + head + "\", or two");
    }
    EXPECT_TRUE(with([](TestBook& book) {
                    book.heads.replace(0, 3, "MINS");
                }).starts_with("Memphis Grizzlies: columns begin with \"POS MINS FG"));
    EXPECT_EQ(with([](TestBook& book) { book.below[6].replace(0, 9, "Inactives:"); }),
              "\"Inactives: Cavaliers - Porter Jr. (G League - Two-Way)\" is not as \"Inactive: "
              "Team - \"");
    EXPECT_NE(with([](TestBook& book) { book.below[6] = "Inactive: Lakers - James (Rest)"; }), "");
    EXPECT_NE(with([](TestBook& book) { book.below[6] = "Inactive: Grizzlies - Other (Rest)"; }),
              "");
}

TEST(NbacGamebook, RefusesLinesAndNumbersThatCannotBe) {
    const auto with = [](std::size_t player, const char* cells) {
        TestBook book = small_book();
        book.away.players.at(player).cells = cells;
        return problem_of(book);
    };
    const auto is_no_number = [](const std::string& problem) {
        return problem.starts_with("Memphis Grizzlies: ") &&
               problem.ends_with("has numbers that cannot be");
    };
    EXPECT_EQ(with(9, "DNS - Coach's Decision"),
              "Memphis Grizzlies: \"24 Marcus Morris Sr. DNS - Coach's Decision\" is no player's "
              "line");
    // More made than tried; rebounds, points that do not follow; a number too few, one below 0.
    EXPECT_TRUE(is_no_number(with(0, "40:00 19 18 8 11 4 5 1 6 7 1 1 2 5 0 -16 50")));
    EXPECT_TRUE(is_no_number(with(0, "40:00 10 18 8 11 4 5 1 6 8 1 1 2 5 0 -16 32")));
    EXPECT_TRUE(is_no_number(with(0, "40:00 10 18 8 11 4 5 1 6 7 1 1 2 5 0 -16 31")));
    EXPECT_TRUE(is_no_number(with(0, "40:00 10 18 8 11 4 5 1 6 7 1 1 2 5 0 32")));
    EXPECT_TRUE(is_no_number(with(0, "40:00 10 18 8 11 4 5 -1 8 7 1 1 2 5 0 -16 32")));
    EXPECT_TRUE(is_no_number(with(0, "40:00 10 18 8 11 4 5 1 6 7 x 1 2 5 0 -16 3x")));
    // Whole in themselves, but not with the others.
    EXPECT_EQ(with(0, "40:00 10 18 8 11 3 5 1 6 7 1 1 2 5 0 -16 31"),
              "Memphis Grizzlies: players have 87 points, the team has 88");
    EXPECT_EQ(with(0, "39:50 10 18 8 11 4 5 1 6 7 1 1 2 5 0 -16 32"),
              "Memphis Grizzlies: players have 14390 seconds, at most 2880; the team has 14400");
    TestBook longer = small_book();
    longer.away.players[0].cells.replace(0, 5, "49:00");
    longer.away.players[6].cells.replace(0, 5, "14:00");
    EXPECT_NE(problem_of(longer), "");
    TestBook twice = small_book();
    twice.away.players[8] = twice.away.players[7];
    EXPECT_NE(problem_of(twice).find("is a player's second line"), std::string::npos);
    TestBook few = small_book();
    few.home.players[4] = {"45", "Donovan Mitchell", "", "DNP - Rest"};
    EXPECT_EQ(problem_of(few), "CLEVELAND CAVALIERS: 4 players played");
    TestBook open = small_book();
    open.below[6] = "Inactive: Cavaliers - Porter Jr. (G League";
    EXPECT_NE(problem_of(open).find("has a bracket that does not close"), std::string::npos);
    TestBook nobody = small_book();
    nobody.below[6] = "Inactive: Cavaliers - , Wade (Rest)";
    EXPECT_EQ(problem_of(nobody), "CLEVELAND CAVALIERS: \"\" is nobody inactive");
    TestBook no_comma = small_book();
    no_comma.below[6] = "Inactive: Cavaliers - Porter Jr. (Rest) Wade (Knee (left))";
    EXPECT_EQ(problem_of(no_comma),
              "CLEVELAND CAVALIERS: \"Porter Jr. (Rest) Wade (Knee (left))\" is nobody inactive");
    TestBook itself = small_book();
    itself.home.title = "HOME: Memphis Grizzlies (27-52)";
    itself.below.clear();
    EXPECT_EQ(problem_of(itself), "Memphis Grizzlies plays against itself");
}

TEST(NbacGamebook, ATableThatIsCutShortIsMalformed) {
    PdfSheet sheet = small_book().sheet();
    // Nothing from the host's totals on.
    const auto at = std::ranges::find_if(
        sheet.texts, [](const league::PdfText& text) { return text.text == "Donovan Mitchell"; });
    const double last = at->top;
    std::erase_if(sheet.texts, [&](const league::PdfText& text) { return text.top > last; });
    const std::string bytes = league::write_pdf(std::array{sheet}, {.height = 792});
    EXPECT_EQ(test::read(kNbacGamebook, bytes).outcome.detail, "CLEVELAND CAVALIERS has no totals");
    // Nothing below the guest.
    const auto home = std::ranges::find_if(
        sheet.texts, [](const league::PdfText& text) { return text.text.starts_with("HOME"); });
    const double end = home->top;
    std::erase_if(sheet.texts, [&](const league::PdfText& text) { return text.top >= end; });
    EXPECT_EQ(test::read(kNbacGamebook, league::write_pdf(std::array{sheet}, {.height = 792}))
                  .outcome.detail,
              "the document has no \"HOME:\"");
}

TEST(NbacGamebook, WhatIsNoBookIsMalformed) {
    const std::string whole = small_book().bytes();
    for (const std::string_view bytes :
         {std::string_view(), std::string_view("<html><body>Access Denied</body></html>"),
          std::string_view(whole).substr(0, whole.size() / 2)}) {
        const Reading reading = test::read(kNbacGamebook, bytes);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << bytes.size();
        EXPECT_EQ(records_in(reading.records), 0U);
    }
}

TEST(NbacGamebook, ExhibitionsAreLeftOut) {
    TestBook book = small_book();
    book.away.title = "VISITOR: Ratiopharm Ulm (0-0)";
    book.below = {"Inactive: Ulm - Doe (Rest)", "Inactive: Cavaliers - Wade (Rest)"};
    const Reading guest = read_book(book);
    EXPECT_EQ(guest.outcome.kind, OutcomeKind::kFresh) << guest.outcome.detail;
    EXPECT_EQ(guest.records.availability.size(), 6U);
    EXPECT_EQ(guest.notes, std::vector<std::string>{"left out: Ratiopharm Ulm, no team of the "
                                                    "league"});
    book.home.title = "HOME: Team Giannis";
    book.below.clear();
    const Reading all_star = read_book(book);
    EXPECT_EQ(all_star.outcome.kind, OutcomeKind::kEmptyLegal);
    EXPECT_EQ(all_star.outcome.detail, "an exhibition: Ratiopharm Ulm at Team Giannis");
    EXPECT_EQ(records_in(all_star.records), 0U);
}

TEST(NbacGamebook, ABookOfAnotherGameIsNotWhatWasAsked) {
    const TestBook book = small_book();
    const GameDate day{std::chrono::sys_days{std::chrono::April / 10 / 2024}};
    EXPECT_EQ(problem_of(book, {.date = day.plus_days(-1)}),
              "a game of 2024-04-10, where 2024-04-09 was asked for");
    EXPECT_EQ(problem_of(book, {.season = Season::starting_in(2024)}),
              "a game of 2024-04-10, which is not in 2024-25");
    EXPECT_EQ(problem_of(book, {.team = find_team("BOS")->team_id}),
              "Memphis Grizzlies at CLEVELAND CAVALIERS, where BOS was asked for");
    EXPECT_EQ(problem_of(book, {.source_game_id = "20240410/BOSCLE"}),
              "Memphis Grizzlies at CLEVELAND CAVALIERS of 2024-04-10, where 20240410/BOSCLE was "
              "asked for");
}

}  // namespace
}  // namespace tipoff::collect
