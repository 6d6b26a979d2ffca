#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "collect/sources/samples.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"
#include "league/pdf.h"

namespace tipoff::collect {
namespace {

using league::PdfSheet;

constexpr std::array kLeft{23.0, 120.0, 200.0, 264.0, 425.0, 586.0, 666.0};
constexpr double kLinePitch = 7.5;
constexpr double kRowPitch = 11.5;

/// Day, time, matchup, team, player, status; and the lines of the reason.
struct TestRow {
    std::array<std::string, 6> cells;
    std::vector<std::string> reason;
    double drop = 0;  ///< how far the reason stands too low
};

/// A report as the league prints it, page by page.
struct TestReport {
    std::string title = "Injury Report: 01/31/26 05:30 PM";
    std::string later_title;  ///< of all pages but the first; empty is the same
    std::array<std::string, 7> heads{"Game Date",   "Game Time",      "Matchup", "Team",
                                     "Player Name", "Current Status", "Reason"};
    std::vector<std::vector<TestRow>> pages;
    bool repeats_heads = false;

    [[nodiscard]] std::string bytes() const {
        std::vector<PdfSheet> sheets;
        for (const auto& rows : pages) {
            PdfSheet sheet;
            sheet.write(289, 40, sheets.empty() || later_title.empty() ? title : later_title);
            double top = 100;
            if (sheets.empty() || repeats_heads) {
                for (std::size_t i = 0; i < heads.size(); ++i)
                    sheet.write(kLeft.at(i), top, heads.at(i));
                top += kRowPitch;
            }
            for (const TestRow& row : rows) {
                const double more = static_cast<double>(std::max(row.reason.size(), 1UL) - 1);
                for (std::size_t i = 0; i < row.cells.size(); ++i) {
                    if (!row.cells.at(i).empty())
                        sheet.write(kLeft.at(i) + 1, top + more * kLinePitch / 2, row.cells.at(i));
                }
                for (std::size_t i = 0; i < row.reason.size(); ++i) {
                    sheet.write(kLeft[6] + 1, top + row.drop + static_cast<double>(i) * kLinePitch,
                                row.reason.at(i));
                }
                top += more * kLinePitch + kRowPitch;
            }
            sheet.write(400, 560,
                        "Page " + std::to_string(sheets.size() + 1) + " of " +
                            std::to_string(pages_said ? pages_said : pages.size()));
            sheets.push_back(std::move(sheet));
        }
        return league::write_pdf(sheets);
    }
    std::size_t pages_said = 0;
};

/// Two games, six players, one team that has not submitted.
TestReport small_report() {
    TestReport report;
    report.pages = {
        {{{"01/31/2026", "07:30 (ET)", "DAL@BOS", "Dallas Mavericks", "Dončić, Luka", "Out"},
          {"Injury/Illness - Left Calf;", "Strain"}},
         {{"", "", "", "", "Lively II, Dereck", "Questionable"}, {"Injury/Illness - Foot; Sore"}},
         {{"", "", "", "Boston Celtics", "Tatum, Jayson", "Out"},
          {"Injury/Illness - Right", "Achilles Tendon; Surgery and", "Repair"}},
         {{"", "10:00 (ET)", "MEM@LAC", "Memphis Grizzlies", "Jackson Jr., Jaren", "Available"},
          {}}},
        {{{"", "", "", "", "Hood-Schifino, Jalen", "Doubtful"}, {"G League - Two-Way"}},
         {{"", "", "", "LA Clippers", "Nene", "Probable"}, {"Rest"}},
         {{"02/01/2026", "01:00 (ET)", "CHI@MIA", "Chicago Bulls", "", ""}, {"NOT YET SUBMITTED"}},
         {{"", "", "", "Miami Heat", "", ""}, {"NOT YET SUBMITTED"}}}};
    return report;
}

std::string problem_of(const TestReport& report, const Ask& ask = {}) {
    const Reading reading = test::read(kNbacInjuryReport, report.bytes(), ask);
    EXPECT_EQ(records_in(reading.records) == 0, reading.outcome.kind != OutcomeKind::kFresh &&
                                                    reading.outcome.kind != OutcomeKind::kPartial);
    return reading.outcome.kind == OutcomeKind::kMalformed ? reading.outcome.detail : "";
}

const StatedInjury* find(const Reading& reading, std::string_view name) {
    const auto& injuries = reading.records.injuries;
    const auto found = std::ranges::find(injuries, name, &StatedInjury::player_name);
    return found == injuries.end() ? nullptr : &*found;
}

std::string reported(const StatedInjury& injury) {
    return injury.reported_at ? tipoff::to_string(*injury.reported_at) : "never";
}

std::string day_of(const StatedInjury& injury) {
    return injury.game_date ? to_string(*injury.game_date) : "none";
}

TEST(NbacInjuryReport, ReadsARecordedReport) {
    TIPOFF_SAMPLE(document, "nbac_injury_report/raw_f4391904.pdf");
    const Ask ask{.date = GameDate{std::chrono::sys_days{std::chrono::January / 4 / 2024}},
                  .season = Season::starting_in(2023)};
    const Reading reading = test::read(kNbacInjuryReport, document, ask);
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "1 team has not submitted for 2024-01-04");
    ASSERT_EQ(reading.records.injuries.size(), 14U);
    for (const StatedInjury& injury : reading.records.injuries) {
        EXPECT_EQ(reported(injury), "2024-01-04T17:30:00Z");
        EXPECT_EQ(day_of(injury), "2024-01-04");
    }
    const StatedInjury* wrapped = find(reading, "Doug McDermott");
    ASSERT_NE(wrapped, nullptr);
    EXPECT_EQ(wrapped->status, "out");
    EXPECT_EQ(wrapped->reason, "Injury/Illness - Right Forearm; Contusion");
    EXPECT_EQ(wrapped->team_id, find_team("SAS")->team_id);
    EXPECT_EQ(wrapped->opponent_team_id, find_team("MIL")->team_id);
    const StatedInjury* suffixed = find(reading, "David Duke Jr.");
    ASSERT_NE(suffixed, nullptr);
    EXPECT_EQ(suffixed->reason, "G League - Two-Way");
    const StatedInjury& last = reading.records.injuries.back();
    EXPECT_EQ(last.player_name, "Gary Payton II");
    EXPECT_EQ(last.reason, "Injury/Illness - Left Hamstring; Strain");
    EXPECT_EQ(last.team_id, find_team("GSW")->team_id);
    EXPECT_EQ(last.opponent_team_id, find_team("DEN")->team_id);
    const auto with = [&](std::string_view status) {
        return std::ranges::count(reading.records.injuries, status, &StatedInjury::status);
    };
    EXPECT_EQ(with("out"), 10);
    EXPECT_EQ(with("questionable"), 2);
    EXPECT_EQ(with("doubtful"), 1);
    EXPECT_EQ(with("probable"), 1);
    ASSERT_EQ(reading.notes.size(), 1U);
    EXPECT_EQ(reading.notes[0],
              "not yet submitted: MIL (2024-01-04); ATL, IND, UTA, BOS, NYK, PHI, OKC, BKN, WAS, "
              "CLE, CHA, CHI, LAC, NOP, MIN, HOU, POR, DAL, MIA, PHX, ORL, DEN, DET, GSW, MEM, "
              "LAL, TOR, SAC (2024-01-05)");
}

TEST(NbacInjuryReport, ReadsRowsOverLinesAndPages) {
    for (const bool repeats_heads : {false, true}) {
        TestReport report = small_report();
        report.repeats_heads = repeats_heads;
        const Reading reading = test::read(kNbacInjuryReport, report.bytes());
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
        ASSERT_EQ(reading.records.injuries.size(), 6U);
        EXPECT_EQ(reported(reading.records.injuries[0]), "2026-01-31T22:30:00Z");
        const StatedInjury* accented = find(reading, "Luka Dončić");
        ASSERT_NE(accented, nullptr);
        EXPECT_EQ(accented->reason, "Injury/Illness - Left Calf; Strain");
        ASSERT_NE(find(reading, "Dereck Lively II"), nullptr);
        ASSERT_NE(find(reading, "Jayson Tatum"), nullptr);
        EXPECT_EQ(find(reading, "Jayson Tatum")->reason,
                  "Injury/Illness - Right Achilles Tendon; Surgery and Repair");
        const StatedInjury* available = find(reading, "Jaren Jackson Jr.");
        ASSERT_NE(available, nullptr);
        EXPECT_EQ(available->status, "available");
        EXPECT_EQ(available->reason, "");
        // The next page does not say again whose player this is.
        const StatedInjury* carried = find(reading, "Jalen Hood-Schifino");
        ASSERT_NE(carried, nullptr);
        EXPECT_EQ(carried->team_id, find_team("MEM")->team_id);
        EXPECT_EQ(carried->opponent_team_id, find_team("LAC")->team_id);
        EXPECT_EQ(day_of(*carried), "2026-01-31");
        ASSERT_NE(find(reading, "Nene"), nullptr);
        EXPECT_EQ(find(reading, "Nene")->opponent_team_id, find_team("MEM")->team_id);
        EXPECT_EQ(reading.notes,
                  std::vector<std::string>{"not yet submitted: CHI, MIA (2026-02-01)"});
    }
}

TEST(NbacInjuryReport, AReasonGoesOnOnTheNextPage) {
    TestReport report = small_report();
    report.pages[0].push_back(
        TestRow{{"", "", "", "", "Morant, Ja", "Out"}, {"Injury/Illness - Knee;"}});
    report.pages[1].insert(report.pages[1].begin(), TestRow{{"", "", "", "", "", ""}, {"Sprain"}});
    const Reading reading = test::read(kNbacInjuryReport, report.bytes());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    ASSERT_NE(find(reading, "Ja Morant"), nullptr);
    EXPECT_EQ(find(reading, "Ja Morant")->reason, "Injury/Illness - Knee; Sprain");
}

TEST(NbacInjuryReport, ColumnsMayStandInAnotherOrder) {
    TestReport report = small_report();
    std::swap(report.heads[0], report.heads[1]);
    for (auto& rows : report.pages)
        for (TestRow& row : rows)
            std::swap(row.cells[0], row.cells[1]);
    const Reading reading = test::read(kNbacInjuryReport, report.bytes());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_NE(find(reading, "Luka Dončić"), nullptr);
}

TEST(NbacInjuryReport, EveryColumnIsReliedOn) {
    for (std::size_t i = 0; i < 7; ++i) {
        const std::string head = small_report().heads.at(i);
        SCOPED_TRACE(head);
        TestReport renamed = small_report();
        renamed.heads.at(i) = "Renamed";
        EXPECT_NE(problem_of(renamed).find("Renamed"), std::string::npos) << problem_of(renamed);
        TestReport removed = small_report();
        removed.heads.at(i).clear();
        EXPECT_EQ(problem_of(removed), "page 1 has no column \"" + head + "\"");
        TestReport twice = small_report();
        twice.heads.at(i) = twice.heads.at(i == 0 ? 1 : 0);
        EXPECT_TRUE(problem_of(twice).starts_with("page 1 has two columns")) << problem_of(twice);
    }
    TestReport later = small_report();
    later.repeats_heads = true;
    later.heads[5] = "Status";
    EXPECT_NE(problem_of(later), "");
}

TEST(NbacInjuryReport, ARowThatCannotBeReadIsNamed) {
    const auto many = [](std::size_t unread) {
        TestReport report = small_report();
        for (std::size_t i = 0; i < 20; ++i) {
            report.pages[1].insert(report.pages[1].begin(),
                                   TestRow{{"", "", "", "", "Player" + std::to_string(i) + ", Some",
                                            i < unread ? "Unsure" : "Out"},
                                           {"Rest"}});
        }
        return report;
    };
    const Reading reading = test::read(kNbacInjuryReport, many(2).bytes());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(reading.outcome.detail, "2 of 28 rows not read");
    EXPECT_EQ(reading.records.injuries.size(), 24U);
    ASSERT_EQ(reading.notes.size(), 3U);
    EXPECT_EQ(reading.notes[0], "not read: \"Player1, Some | Unsure | Rest\" on page 2");
    EXPECT_EQ(problem_of(many(3)),
              "3 of 28 rows cannot be read, the first is \"Player2, Some | Unsure | Rest\" on "
              "page 2");
}

TEST(NbacInjuryReport, RefusesRowsThatAreNotWhole) {
    const auto with = [](TestRow row) {
        TestReport report = small_report();
        report.pages[1].insert(report.pages[1].begin() + 1, std::move(row));
        return problem_of(report);
    };
    const auto is_unread = [&](TestRow row) {
        return with(std::move(row)).starts_with("1 of 9 rows cannot be read, the first is ");
    };
    EXPECT_TRUE(is_unread({{"", "", "", "", "Nobody, Al", ""}, {"Rest"}}));  // no status
    EXPECT_TRUE(is_unread({{"", "", "", "", "", "Out"}, {"Rest"}}));         // no name
    EXPECT_TRUE(is_unread({{"", "", "", "", "A, B, C", "Out"}, {"Rest"}}));  // no name either
    EXPECT_TRUE(is_unread({{"", "", "", "", "Hood-Schifino, Jalen", "Out"}, {}}));  // a second time
    EXPECT_TRUE(is_unread({{"", "", "", "", "Nobody, Al", "Out"}, {"NOT YET SUBMITTED"}}));
    EXPECT_TRUE(is_unread({{"", "", "", "Memphis Grizzlies", "", ""}, {"Rest"}}));  // nobody's
    EXPECT_EQ(with({{"02/30/2026", "", "CHI@MIA", "Miami Heat", "X, Y", "Out"}, {}}),
              "\"02/30/2026 | CHI@MIA | Miami Heat | X, Y | Out\" on page 2 has no day");
    EXPECT_EQ(with({{"", "", "CHI-MIA", "Miami Heat", "X, Y", "Out"}, {}}),
              "\"CHI-MIA | Miami Heat | X, Y | Out\" on page 2 is no game");
    EXPECT_EQ(with({{"", "", "MIA@MIA", "Miami Heat", "X, Y", "Out"}, {}}),
              "\"MIA@MIA | Miami Heat | X, Y | Out\" on page 2 has a team against itself");
    EXPECT_EQ(with({{"", "", "", "Miami Heat", "X, Y", "Out"}, {}}),
              "\"Miami Heat | X, Y | Out\" on page 2 is of a team that is not in MEM@LAC");
    EXPECT_EQ(with({{"", "", "", "Miami Heet", "X, Y", "Out"}, {}}),
              "\"Miami Heet | X, Y | Out\" on page 2 is of a team that is not in MEM@LAC");
    EXPECT_EQ(with({{"", "", "CHI@MIA", "", "X, Y", "Out"}, {}}),
              "\"CHI@MIA | X, Y | Out\" on page 2 stands under no team");
    EXPECT_EQ(with({{"02/01/2026", "", "", "Miami Heat", "X, Y", "Out"}, {}}).substr(0, 12),
              "\"02/01/2026 ");
    EXPECT_EQ(with({{"02/01/2025", "", "CHI@MIA", "Miami Heat", "X, Y", "Out"}, {}}),
              "\"02/01/2025 | CHI@MIA | Miami Heat | X, Y | Out\" on page 2 stands in a report of "
              "2026-01-31");
    TestReport no_day = small_report();
    no_day.pages[0][0].cells[0].clear();
    EXPECT_NE(problem_of(no_day).find("stands under no day"), std::string::npos);
}

TEST(NbacInjuryReport, TeamsOfNoLeagueAreLeftOut) {
    TestReport report = small_report();
    report.pages[1].push_back(
        TestRow{{"", "", "ULM@POR", "ratiopharm Ulm", "Doe, John", "Out"}, {"Rest"}});
    report.pages[1].push_back(
        TestRow{{"", "", "", "Portland Trail Blazers", "Roe, Jack", "Out"}, {"Rest"}});
    const Reading reading = test::read(kNbacInjuryReport, report.bytes());
    EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh) << reading.outcome.detail;
    EXPECT_EQ(reading.records.injuries.size(), 7U);
    ASSERT_NE(find(reading, "Jack Roe"), nullptr);
    EXPECT_FALSE(find(reading, "Jack Roe")->opponent_team_id.has_value());
    EXPECT_EQ(reading.notes[0], "left out: ratiopharm Ulm, no team of the league");
}

TEST(NbacInjuryReport, TellsWhatIsStillToCome) {
    TestReport report = small_report();
    report.pages[0].erase(report.pages[0].begin() + 2);
    report.pages[0].insert(report.pages[0].begin() + 2,
                           TestRow{{"", "", "", "Boston Celtics", "", ""}, {"NOT YET SUBMITTED"}});
    const Reading some = test::read(kNbacInjuryReport, report.bytes());
    EXPECT_EQ(some.outcome.kind, OutcomeKind::kPartial);
    EXPECT_EQ(some.outcome.detail, "1 team has not submitted for 2026-01-31");
    EXPECT_EQ(some.records.injuries.size(), 5U);

    TestReport none;
    none.pages = {{{{"01/31/2026", "07:30 (ET)", "DAL@BOS", "Dallas Mavericks", "", ""},
                    {"NOT YET SUBMITTED"}},
                   {{"", "", "", "Boston Celtics", "", ""}, {"NOT YET SUBMITTED"}}}};
    const Reading nothing = test::read(kNbacInjuryReport, none.bytes());
    EXPECT_EQ(nothing.outcome.kind, OutcomeKind::kNotYet);
    EXPECT_EQ(nothing.outcome.detail, "2 teams have not submitted for 2026-01-31");
    EXPECT_EQ(records_in(nothing.records), 0U);
}

TEST(NbacInjuryReport, AReportWithoutPlayersIsLegal) {
    TestReport no_games;
    no_games.pages = {{}};
    const Reading empty = test::read(kNbacInjuryReport, no_games.bytes());
    EXPECT_EQ(empty.outcome.kind, OutcomeKind::kEmptyLegal) << empty.outcome.detail;
    EXPECT_EQ(empty.outcome.detail, "no games");

    TestReport healthy;
    healthy.pages = {{{{"01/31/2026", "07:30 (ET)", "DAL@BOS", "Dallas Mavericks", "", ""}, {}},
                      {{"", "", "", "Boston Celtics", "", ""}, {}}}};
    const Reading nobody = test::read(kNbacInjuryReport, healthy.bytes());
    EXPECT_EQ(nobody.outcome.kind, OutcomeKind::kEmptyLegal) << nobody.outcome.detail;
    EXPECT_EQ(nobody.outcome.detail, "nobody is listed");
}

TEST(NbacInjuryReport, TheTitleSaysWhen) {
    const auto at = [](std::string title, const std::string& day = "01/31/2026") {
        TestReport report = small_report();
        for (auto& rows : report.pages)
            for (TestRow& row : rows)
                if (!row.cells[0].empty()) row.cells[0] = day;
        report.title = std::move(title);
        const Reading reading = test::read(kNbacInjuryReport, report.bytes());
        return reading.records.injuries.empty() ? reading.outcome.detail
                                                : reported(reading.records.injuries[0]);
    };
    EXPECT_EQ(at("Injury Report: 01/31/26 12:30 AM"), "2026-01-31T05:30:00Z");
    EXPECT_EQ(at("Injury Report: 01/31/26 12:30 PM"), "2026-01-31T17:30:00Z");
    EXPECT_EQ(at("Injury Report: 07/31/26 09:15 AM", "07/31/2026"), "2026-07-31T13:15:00Z");
    EXPECT_EQ(at("Injury Report: 13/31/26 09:15 AM"),
              "the title's time is \"13/31/26 09:15 AM\", to be as 01/31/26 05:30 PM");
    EXPECT_EQ(at("Injury Report: 01/31/26 13:15 PM"),
              "the title's time is \"01/31/26 13:15 PM\", to be as 01/31/26 05:30 PM");
    EXPECT_EQ(at("Injury Report: 01/31/26 17:30"),
              "the title's time is \"01/31/26 17:30\", to be as 01/31/26 05:30 PM");
    EXPECT_EQ(at("Injury Report:"), "the title's time is \"\", to be as 01/31/26 05:30 PM");
    EXPECT_EQ(at("Report of injuries"), "page 1 has no \"Injury Report:\"");
    TestReport mixed = small_report();
    mixed.later_title = "Injury Report: 01/31/26 05:45 PM";
    EXPECT_EQ(problem_of(mixed), "pages have different titles");
    mixed.later_title = "Page of another";
    EXPECT_EQ(problem_of(mixed), "page 2 has no \"Injury Report:\"");
}

TEST(NbacInjuryReport, AReasonBetweenTwoRowsIsNobodys) {
    TestReport report = small_report();
    report.pages[0][0].drop = 6;
    EXPECT_EQ(problem_of(report),
              "\"Injury/Illness - Left Calf; Strain Injury/Illness - Foot; Sore\" on page 1 stands "
              "beside more than one row");
}

TEST(NbacInjuryReport, ThereIsALimitToRows) {
    const auto with = [](std::size_t rows, std::size_t unread) {
        TestReport report = small_report();
        for (std::size_t i = 0; i < rows; ++i) {
            if (i % 30 == 0) report.pages.emplace_back();
            report.pages.back().push_back(
                TestRow{{"", "", "", i == 0 ? "Miami Heat" : "",
                         "Player" + std::to_string(i) + ", Some", i < unread ? "Unsure" : "Out"},
                        {"Rest"}});
        }
        return problem_of(report);
    };
    EXPECT_EQ(with(992, 20), "");
    EXPECT_EQ(with(993, 0), "1001 rows, more than 1000");
    EXPECT_TRUE(with(900, 21).starts_with("21 of 908 rows cannot be read"));
}

TEST(NbacInjuryReport, APageThatIsMissingIsNoticed) {
    TestReport report = small_report();
    report.pages_said = 3;
    EXPECT_EQ(problem_of(report), "page 1 does not end with \"Page 1 of 2\" but \"Page 1 of 3\"");
    report = small_report();
    report.pages.erase(report.pages.begin());
    report.pages_said = 2;
    EXPECT_NE(problem_of(report), "");
}

TEST(NbacInjuryReport, WhatIsNoReportIsMalformed) {
    const std::string whole = small_report().bytes();
    for (const std::string_view bytes :
         {std::string_view(), std::string_view("<html><body>403 Forbidden</body></html>"),
          std::string_view(whole).substr(0, whole.size() / 2),
          std::string_view(whole).substr(0, whole.size() - 200)}) {
        const Reading reading = test::read(kNbacInjuryReport, bytes);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << bytes.size();
        EXPECT_EQ(records_in(reading.records), 0U);
    }
}

TEST(NbacInjuryReport, AReportOfAnotherDayIsNotWhatWasAsked) {
    const GameDate day{std::chrono::sys_days{std::chrono::January / 31 / 2026}};
    EXPECT_EQ(problem_of(small_report(), {.date = day, .season = Season::starting_in(2025)}), "");
    EXPECT_EQ(problem_of(small_report(), {.date = day.plus_days(1)}),
              "a report of 2026-01-31, where 2026-02-01 was asked for");
    EXPECT_EQ(problem_of(small_report(), {.season = Season::starting_in(2026)}),
              "a report of 2026-01-31, which is not in 2026-27");
}

}  // namespace
}  // namespace tipoff::collect
