#include "operate/names.h"

#include <gtest/gtest.h>

#include "collect/collected_tables.h"
#include "collect/name_links.h"
#include "operate/collected_home.h"
#include "support/database.h"

namespace tipoff::operate {
namespace {

using namespace test;
using support::outcome_of;
using support::value_of;

constexpr Season kSeason = Season::starting_in(2022);

class Names : public testing::Test {
protected:
    Names() { home_.import_files(); }

    Expected<LinkReport> link(LinkRequest request) {
        return link_name(home_.database(), home_.ledger(), home_.clock(), home_.folder(), request);
    }

    /// A report of an injury whose player nobody was found for.
    void report_unknown(std::string name, std::string folded) {
        collect::InjuryReport row{.source = "nbac_injury_report",
                                  .reported_at = home_.clock().league_now(),
                                  .team_id = kBoston,
                                  .folded_name = folded,
                                  .game_date = value_of(parse_date("2022-10-30")),
                                  .game_id = std::nullopt,
                                  .player_name = name,
                                  .player_id = std::nullopt,
                                  .status = "out",
                                  .known_at = {home_.clock().league_now()},
                                  .known_at_basis = "observed",
                                  .document_hash = "a report"};
        support::merge_rows(home_.database(), collect::kInjuryReport, std::vector{row});
        support::merge_rows(home_.database(), collect::kUnresolvedName,
                            std::vector<collect::UnresolvedName>{
                                {.source = "nbac_injury_report",
                                 .folded_name = folded,
                                 .team_id = kBoston,
                                 .season = kSeason,
                                 .player_name = name,
                                 .occurrences = 1,
                                 .first_seen = value_of(parse_date("2022-10-30")),
                                 .last_seen = value_of(parse_date("2022-10-30"))}});
    }

    CollectedHome home_;
};

TEST_F(Names, ALinkTakesUpImportedRows) {
    ASSERT_EQ(home_.rows(collect::kUnresolvedName).size(), 1U);
    ASSERT_EQ(home_.rows(collect::kInjuryTransaction).at(0).player_id, std::nullopt);
    const LinkReport report = value_of(link({.name = "Big Deuce", .player_id = kTatum}));
    ASSERT_EQ(report.linked.size(), 1U);
    EXPECT_EQ(report.linked[0].team_id, kBoston);
    EXPECT_EQ(report.imported, 1);
    const auto injuries = home_.rows(collect::kInjuryTransaction);
    ASSERT_EQ(injuries.size(), 1U);
    EXPECT_EQ(injuries[0].player_id, kTatum);
    EXPECT_TRUE(home_.rows(collect::kUnresolvedName).empty());
    EXPECT_EQ(home_.rows(collect::kPlayerAlias, "WHERE basis = 'manual'").size(), 1U);
}

TEST_F(Names, ALinkTakesUpCollectedRows) {
    report_unknown("Jay Tee", "jay tee");
    const LinkReport report = value_of(link({.name = "Jay Tee", .player_id = kTatum}));
    ASSERT_EQ(report.taken_up.size(), 1U);
    EXPECT_EQ(report.taken_up[0].source, "nbac_injury_report");
    EXPECT_EQ(report.taken_up[0].taken_up, 1);
    EXPECT_EQ(report.imported, 0);
    EXPECT_EQ(home_.rows(collect::kInjuryReport).at(0).player_id, kTatum);
    EXPECT_EQ(home_.rows(collect::kUnresolvedName).size(), 1U) << "the import's waits on";
}

TEST_F(Names, ALinkIsADocumentOfTheArchive) {
    (void)value_of(link({.name = "Big Deuce", .player_id = kTatum}));
    const auto links = value_of(collect::archived_links(home_.folder()));
    ASSERT_EQ(links.size(), 1U);
    EXPECT_EQ(links[0].folded_name, "big deuce");
    EXPECT_EQ(links[0].player_id, kTatum);
    EXPECT_EQ(links[0].season, kSeason);
    EXPECT_EQ(links[0].basis, "manual");
}

TEST_F(Names, ALaterLinkOfTheSameNameGoesBeforeAnEarlierOne) {
    collect::PlayerAlias alias{.source = "bdl_injuries",
                               .folded_name = "jay tee",
                               .team_id = kBoston,
                               .season = kSeason,
                               .player_id = PlayerId{1},
                               .basis = "manual"};
    value_of(collect::archive_link(home_.folder(), alias, home_.clock().league_now()));
    home_.clock().advance(std::chrono::hours{1});
    alias.player_id = kTatum;
    value_of(collect::archive_link(home_.folder(), alias, home_.clock().league_now()));
    const auto links = value_of(collect::archived_links(home_.folder()));
    ASSERT_EQ(links.size(), 1U);
    EXPECT_EQ(links[0].player_id, kTatum);
}

TEST_F(Names, WhatStandsInParenthesesMayBeWrittenAsTheSourceDoes) {
    report_unknown("Jay Tee (Boston)", "jay tee");
    EXPECT_EQ(outcome_of(link({.name = "Jay Tee (Boston)", .player_id = kTatum})), "ok");
    EXPECT_EQ(home_.rows(collect::kInjuryReport).at(0).player_id, kTatum);
}

TEST_F(Names, OnlyNamesThatAreMeantAreLinked) {
    const auto outcome = [&](LinkRequest request) {
        request.name = "Big Deuce";
        request.player_id = kTatum;
        return outcome_of(link(request));
    };
    EXPECT_EQ(outcome({.source = "espn_rosters"}), "not found");
    EXPECT_EQ(outcome({.team = TeamId{1610612755}}), "not found");
    EXPECT_EQ(outcome({.season = Season::starting_in(2021)}), "not found");
    EXPECT_EQ(outcome({.team = kBoston, .season = kSeason}), "ok");
}

TEST_F(Names, UnknownNamesAndPlayersAreNotFoundAndNothingIsLinked) {
    EXPECT_EQ(outcome_of(link({.name = "Nobody", .player_id = kTatum})), "not found");
    EXPECT_EQ(outcome_of(link({.name = "Big Deuce", .player_id = PlayerId{7}})), "not found");
    EXPECT_TRUE(value_of(collect::archived_links(home_.folder())).empty());
    EXPECT_TRUE(home_.rows(collect::kPlayerAlias, "WHERE basis = 'manual'").empty());
    EXPECT_EQ(home_.rows(collect::kUnresolvedName).size(), 1U);
}

}  // namespace
}  // namespace tipoff::operate
