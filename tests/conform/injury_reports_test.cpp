#include "conform/injury_reports.h"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "collect/settled_home.h"
#include "collect/source.h"
#include "conform/context.h"
#include "conform/player_history.h"
#include "hand_made.h"

namespace tipoff::conform {
namespace {

using namespace test;
using Lines = std::vector<std::string>;

/// What reports say, in the order in which they are added.
class Reports {
public:
    Reports& say(std::string_view time, TeamId team, std::int64_t player, std::string_view status,
                 std::string_view source = "nbac_injury_report",
                 std::string_view date = "2022-10-30", std::string_view game_date = "") {
        collect::InjuryReport& row = rows_.emplace_back();
        row.source = source;
        row.reported_at = eastern(date, time);
        row.team_id = team;
        row.folded_name = fmt::format("player {}", player);
        row.player_name = fmt::format("Player {}", player);
        if (player != 0) row.player_id = PlayerId{player};
        row.game_date = day(game_date.empty() ? date : game_date);
        row.status = status;
        row.known_at = {row.reported_at + std::chrono::minutes{5}};
        return *this;
    }

    /// When what was said last is known, on its day.
    void known(std::string_view time) {
        collect::InjuryReport& row = rows_.back();
        row.known_at = {eastern(to_string(eastern_date(row.reported_at)), time)};
    }

    [[nodiscard]] std::vector<collect::InjuryTransaction> transactions() const {
        return transactions_of_reports(rows_);
    }
    /// Of the players 1 to 9, who is out by what is known at a time of 30 October.
    [[nodiscard]] std::vector<std::int64_t> out_at(std::string_view time) const {
        constexpr PlayerNumber kPlayers = 10;
        const auto rows = transactions();
        PlayerHistory history(kPlayers);
        for (const collect::InjuryTransaction& row : rows) {
            if (row.known_at.at <= eastern("2022-10-30", time))
                history.observe(static_cast<PlayerNumber>(row.player_id->value), row);
        }
        std::vector<std::int64_t> out;
        for (PlayerNumber player = 1; player < kPlayers; ++player) {
            if (history.is_out(player)) out.push_back(player);
        }
        return out;
    }
    /// "1 out: doubtful", "1 back: no longer listed".
    [[nodiscard]] Lines said() const {
        Lines lines;
        for (const collect::InjuryTransaction& row : transactions())
            lines.push_back(fmt::format("{} {}: {}", row.player_id->value,
                                        row.returned ? "back" : "out", row.notes));
        return lines;
    }

private:
    std::vector<collect::InjuryReport> rows_;
};

TEST(InjuryReports, OutAndDoubtfulGoOutAndTheOthersComeBack) {
    Reports reports;
    reports.say("11:00", kBoston, 1, "out")
        .say("11:00", kBoston, 2, "doubtful")
        .say("11:00", kBoston, 3, "questionable")
        .say("11:00", kBoston, 4, "probable")
        .say("11:00", kBoston, 5, "available");
    EXPECT_EQ(reports.said(), (Lines{"1 out: out", "2 out: doubtful", "3 back: questionable",
                                     "4 back: probable", "5 back: available"}));
    const auto first = reports.transactions().at(0);
    EXPECT_EQ(first.team_id, kBoston);
    EXPECT_EQ(first.transaction_date, day("2022-10-30"));
    EXPECT_EQ(first.known_at.at, eastern("2022-10-30", "11:05"));
}

TEST(InjuryReports, OfTwoGamesTheNextOneCounts) {
    Reports reports;
    reports.say("17:30", kBoston, 1, "available", "nbac_injury_report", "2022-10-30", "2022-10-31")
        .say("17:30", kBoston, 1, "out")
        .say("17:30", kBoston, 2, "out", "nbac_injury_report", "2022-10-30", "2022-10-31");
    EXPECT_EQ(reports.said(), Lines{"1 out: out"});
}

TEST(InjuryReports, WhoIsNoLongerListedComesBack) {
    Reports reports;
    reports.say("11:00", kBoston, 1, "out")
        .say("11:00", kBoston, 2, "out")
        .say("13:30", kBoston, 2, "out")
        .say("17:30", kBoston, 2, "out");
    EXPECT_EQ(reports.said(), (Lines{"1 out: out", "2 out: out", "2 out: out",
                                     "1 back: no longer listed", "2 out: out"}))
        << "once, not with every report";
    EXPECT_EQ(reports.transactions().at(3).known_at.at, eastern("2022-10-30", "13:35"));
}

TEST(InjuryReports, ATeamWithoutALineSaysNothing) {
    Reports reports;
    reports.say("11:00", kBoston, 1, "out").say("13:30", kDallas, 21, "out");
    EXPECT_EQ(reports.said(), (Lines{"1 out: out", "21 out: out"}));
}

TEST(InjuryReports, ARowWithoutItsPlayerSaysThatTheTeamHasReported) {
    Reports reports;
    reports.say("11:00", kBoston, 1, "out").say("13:30", kBoston, 0, "out");
    EXPECT_EQ(reports.said(), (Lines{"1 out: out", "1 back: no longer listed"}));
}

TEST(InjuryReports, TheLeaguesGoesBeforeOthersOfItsDay) {
    Reports reports;
    reports.say("11:00", kBoston, 1, "out")
        .say("12:00", kBoston, 1, "available", "bdl_injuries")
        .say("12:00", kDallas, 21, "out", "bdl_injuries")
        .say("12:00", kBoston, 2, "out", "bdl_injuries", "2022-10-31");
    EXPECT_EQ(reports.said(),
              (Lines{"1 out: out", "21 out: out", "2 out: out", "1 back: no longer listed"}))
        << "of a day without the league's report the other source is heard";
}

TEST(InjuryReports, TheLeaguesChangesNothingOfWhatWasKnownBefore) {
    Reports reports;
    reports.say("09:30", kBoston, 1, "out", "bdl_injuries")
        .say("09:30", kBoston, 2, "out", "bdl_injuries")
        .say("11:00", kBoston, 1, "available")
        .say("11:00", kBoston, 3, "out")
        .say("14:00", kBoston, 1, "out", "bdl_injuries");
    using Players = std::vector<std::int64_t>;
    EXPECT_EQ(reports.out_at("09:00"), Players{});
    EXPECT_EQ(reports.out_at("10:00"), (Players{1, 2})) << "nothing else is known yet";
    EXPECT_EQ(reports.out_at("12:00"), Players{3}) << "the league's counts, and 2 is not in it";
    EXPECT_EQ(reports.out_at("15:00"), Players{3}) << "for the rest of the day";
}

TEST(InjuryReports, WhatIsSaidBeforeTheLeaguesIsKnownGivesWayToIt) {
    Reports reports;
    // The league's bears an earlier time and is known three minutes after.
    reports.say("11:00", kBoston, 1, "available").say("11:02", kBoston, 1, "out", "bdl_injuries");
    reports.known("11:02");
    using Players = std::vector<std::int64_t>;
    EXPECT_EQ(reports.out_at("11:04"), Players{1});
    EXPECT_EQ(reports.out_at("11:05"), Players{});
}

/// ESPN writes a date to each player: it is not that of a report.
TEST(InjuryReports, ATeamOfEspnIsOneReport) {
    using nlohmann::json;
    json athletes = json::array();
    for (int i = 1; i <= 13; ++i) {
        athletes.push_back({{"id", std::to_string(i)},
                            {"fullName", fmt::format("Player {}", i)},
                            {"jersey", "00"},
                            {"position", {{"abbreviation", "SG"}}},
                            {"height", 78.0},
                            {"weight", 223.0},
                            {"dateOfBirth", "1996-10-24T07:00Z"},
                            {"experience", {{"years", 0}}},
                            {"status", {{"name", "Active"}}},
                            {"injuries", json::array()}});
    }
    athletes[0]["injuries"] = {{{"status", "Out"}, {"date", "2022-09-13T20:52Z"}}};
    athletes[1]["injuries"] = {{{"status", "Out"}, {"date", "2022-10-29T15:30Z"}}};
    const std::string document =
        json{{"team", {{"displayName", "Boston Celtics"}, {"athletes", athletes}}}}.dump();
    collect::test::SettledHome home;
    home.list_players(eastern("2022-10-18", "07:00"),
                      {collect::test::listed("1", "Player 1", kBoston),
                       collect::test::listed("2", "Player 2", kBoston)});
    home.settle("espn_rosters",
                {collect::test::answer_of(
                    "espn_rosters", eastern("2022-10-30", "08:00"), "a page",
                    collect::find_source("espn_rosters")->read(document, {}).records)});
    const auto rows = home.rows(collect::kInjuryReport);
    ASSERT_EQ(rows.size(), 2U);
    Lines out;
    for (const auto& row : transactions_of_reports(rows)) {
        EXPECT_EQ(row.known_at.at, eastern("2022-10-30", "08:00"));
        out.push_back(fmt::format("{} {}", row.player_id->value, row.returned ? "back" : "out"));
    }
    EXPECT_EQ(out, (Lines{"1 out", "2 out"}));
    EXPECT_EQ(rows[0].reason, "(of 2022-09-13)");
}

TEST(InjuryReports, ComeAfterEveryTransactionOfTheirDayAndGoByTheirTime) {
    Reports reports;
    reports.say("17:30", kBoston, 1, "available").say("11:00", kBoston, 1, "out");
    const auto rows = reports.transactions();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_FALSE(rows[0].returned);
    EXPECT_TRUE(rows[1].returned);
    EXPECT_EQ(rows[0].ordinal, 1'000'000 + 11 * 3600);
    EXPECT_LT(rows[0].ordinal, rows[1].ordinal);
}

// ---- what follows for a game

/// Boston's five beat Dallas' on 28 October; Boston plays Philadelphia on the 30th, and both on 2
/// November.
struct League {
    RawFacts facts;
    League() {
        facts.schedule.push_back(result("0022200001", "2022-10-28", kBoston, 110, kDallas, 100));
        add_five(facts, facts.schedule[0], kBoston, 1, 110);
        add_five(facts, facts.schedule[0], kDallas, 21, 100);
        facts.schedule.push_back(pairing("0022200002", "2022-10-30", kBoston, kPhiladelphia));
        facts.schedule.push_back(pairing("0022200003", "2022-10-30", kDallas, kPhoenix));
    }
    void list(std::int64_t player, std::optional<TeamId> team, Instant known) {
        facts.listed.push_back({PlayerId{player}, team, {known}});
    }
    [[nodiscard]] Contexts at(std::string_view date) const {
        return contexts(summarize(facts), facts, day(date), day(date));
    }
};

const PlayerContext* find(const Contexts& contexts, std::int64_t id) {
    for (const PlayerContext& row : contexts.players) {
        if (row.player_id.value == id) return &row;
    }
    return nullptr;
}

TEST(InjuryReports, SayWhoIsOutOfTheGame) {
    League league;
    Reports reports;
    reports.say("11:00", kBoston, 1, "out").say("11:00", kBoston, 2, "questionable");
    for (const auto& row : reports.transactions())
        league.facts.injuries.push_back(row);
    const auto contexts = league.at("2022-10-30");
    ASSERT_NE(find(contexts, 1), nullptr);
    EXPECT_EQ(find(contexts, 1)->injury_status, "out");
    EXPECT_EQ(find(contexts, 2)->injury_status, "available");
}

TEST(AListOfPlayers, MovesATradedPlayerBeforeHeHasPlayed) {
    League league;
    ASSERT_EQ(find(league.at("2022-10-30"), 1)->team_id, kBoston);
    league.list(1, kPhoenix, eastern("2022-10-29", "07:00"));
    EXPECT_EQ(find(league.at("2022-10-30"), 1)->team_id, kPhoenix);

    // A list of after the tip-off is not known yet.
    League later;
    later.list(1, kPhoenix, eastern("2022-10-30", "23:00"));
    EXPECT_EQ(find(later.at("2022-10-30"), 1)->team_id, kBoston);
}

TEST(AListOfPlayers, GivesWayToALaterGame) {
    League league;
    league.list(1, kPhoenix, eastern("2022-10-29", "07:00"));
    league.facts.schedule[1] = result("0022200002", "2022-10-30", kBoston, 100, kPhiladelphia, 90);
    add_five(league.facts, league.facts.schedule[1], kBoston, 1, 100);
    add_five(league.facts, league.facts.schedule[1], kPhiladelphia, 11, 90);
    league.facts.schedule.push_back(pairing("0022200004", "2022-11-02", kBoston, kDallas));
    league.facts.schedule.push_back(pairing("0022200005", "2022-11-02", kPhiladelphia, kPhoenix));
    EXPECT_EQ(find(league.at("2022-11-02"), 1)->team_id, kBoston) << "he was seen there since";
}

TEST(AListOfPlayers, AFreeAgentIsExpectedByNobody) {
    League league;
    league.list(1, std::nullopt, eastern("2022-10-29", "07:00"));
    const auto contexts = league.at("2022-10-30");
    EXPECT_EQ(find(contexts, 1), nullptr);
    EXPECT_NE(find(contexts, 2), nullptr);
}

TEST(AListOfPlayers, DoesNotBringInWhoWasNeverSeen) {
    League league;
    league.list(777, kBoston, eastern("2022-10-29", "07:00"));
    EXPECT_EQ(find(league.at("2022-10-30"), 777), nullptr);
}

}  // namespace
}  // namespace tipoff::conform
