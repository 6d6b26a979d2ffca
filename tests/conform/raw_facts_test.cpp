#include "conform/raw_facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "conform/context.h"
#include "conform/summaries.h"
#include "hand_made.h"
#include "store/duckdb/duckdb_database.h"

namespace tipoff::conform {
namespace {

using namespace test;

/// A database in a folder of its own that has the raw tables.
class RawFactsTest : public testing::Test {
protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("tipoff_conform_") + test->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        auto opened = store::open_duckdb(folder_ / "t.duckdb", {});
        ASSERT_TRUE(opened) << opened.error().message();
        database_ = std::move(*opened);
        auto transaction = database_->begin();
        ASSERT_TRUE(transaction);
        ASSERT_TRUE((*transaction)->execute("CREATE SCHEMA raw", {}));
        ASSERT_TRUE((*transaction)->execute("CREATE SCHEMA ref", {}));
        for (const store::TableSpec* table : collect::raw_tables()) {
            const auto made = (*transaction)->execute(table->create_sql(), {});
            ASSERT_TRUE(made) << made.error().message();
        }
        ASSERT_TRUE((*transaction)->commit());
    }
    void TearDown() override {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }

    template <class Row>
    void write(const store::Table<Row>& table, const std::vector<Row>& rows) {
        auto transaction = database_->begin();
        ASSERT_TRUE(transaction);
        const auto merged = (*transaction)->merge(table.batch(rows), {});
        ASSERT_TRUE(merged) << merged.error().message();
        ASSERT_TRUE((*transaction)->commit());
    }

    void write(const RawFacts& facts) {
        write(collect::kSchedule, facts.schedule);
        write(collect::kPlayerBox, facts.player_boxes);
        write(collect::kTeamBox, facts.team_boxes);
        write(collect::kGameLine, facts.game_lines);
        write(collect::kPropLine, facts.prop_lines);
        write(collect::kInjuryTransaction, facts.injuries);
        write(collect::kPosition, facts.positions);
        write(collect::kPlayer, facts.players);
    }

    std::filesystem::path folder_;
    std::unique_ptr<store::Database> database_;
};

/// A line of a Basketball-Reference roster; Eastern times of 2022.
collect::RosterSpell spell(std::int64_t player, TeamId team, std::string_view from,
                           std::string_view until = "", std::int32_t revision = 0) {
    collect::RosterSpell row;
    row.source = "br_rosters";
    row.season = Season::starting_in(2022);
    row.team_id = team;
    row.folded_name = "player " + std::to_string(player);
    row.revision = revision;
    row.player_name = "Player " + std::to_string(player);
    row.player_id = PlayerId{player};
    row.known_at = {eastern(from, "08:00")};
    row.known_at_basis = collect::kBasisObserved;
    if (!until.empty()) row.closed_at = eastern(until, "08:00");
    return row;
}

collect::Shot shot(std::int32_t event, std::int64_t player, collect::ShotZone zone, bool made) {
    collect::Shot row;
    row.source = "shots";
    row.game_id = game("0022200001");
    row.event = event;
    row.game_date = day("2022-10-18");
    row.team_id = kBoston;
    row.player_id = {player};
    row.zone = static_cast<std::int16_t>(zone);
    row.made = made;
    row.known_at = morning_after(row.game_date);
    row.known_at_basis = collect::kBasisAssumed;
    return row;
}

TEST_F(RawFactsTest, AnEmptyDatabaseHasNoFacts) {
    const auto facts = read_raw(*database_);
    ASSERT_TRUE(facts) << facts.error().message();
    EXPECT_TRUE(facts->schedule.empty());
    EXPECT_TRUE(facts->shots.empty());
    EXPECT_TRUE(summarize(*facts).games.empty());
}

TEST_F(RawFactsTest, WhatWasWrittenIsRead) {
    RawFacts facts = small_league(3);
    facts.shots.clear();
    facts.players.push_back({.player_id = {100}, .player_name = "Luka Dončić"});
    facts.positions.push_back({.source = "player_positions",
                               .season = Season::starting_in(2021),
                               .player_id = {100},
                               .position = "G-F"});
    write(facts);
    const auto read = read_raw(*database_);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->prop_lines.size(), facts.prop_lines.size());
    EXPECT_EQ(read->game_lines.size(), facts.game_lines.size());
    EXPECT_EQ(read->injuries.size(), facts.injuries.size());
    EXPECT_EQ(read->players.at(0).player_name, "Luka Dončić");
    EXPECT_EQ(read->positions.at(0).position, "G-F");
    const Summaries before = summarize(facts);
    const Summaries after = summarize(*read);
    EXPECT_EQ(bits(kGame, after.games), bits(kGame, before.games));
    EXPECT_EQ(bits(kPlayerGame, after.player_games), bits(kPlayerGame, before.player_games));
}

/// Boston's first five have played; Boston and Phoenix play on the 30th.
TEST_F(RawFactsTest, ARosterThatMovedAPlayerMakesHimExpectedByHisNewTeam) {
    RawFacts facts;
    facts.schedule.push_back(result("0022200001", "2022-10-28", kBoston, 110, kDallas, 100));
    add_five(facts, facts.schedule[0], kBoston, 1, 110);
    add_five(facts, facts.schedule[0], kDallas, 21, 100);
    facts.schedule.push_back(pairing("0022200002", "2022-10-30", kBoston, kPhiladelphia));
    facts.schedule.push_back(pairing("0022200003", "2022-10-30", kDallas, kPhoenix));
    write(facts);
    const auto team_of = [&](std::int64_t player) -> std::optional<TeamId> {
        const auto read = read_raw(*database_);
        EXPECT_TRUE(read) << read.error().message();
        const Contexts made =
            contexts(summarize(*read), *read, day("2022-10-30"), day("2022-10-30"));
        const auto found =
            std::ranges::find(made.players, PlayerId{player}, &PlayerContext::player_id);
        return found == made.players.end() ? std::nullopt : std::optional(found->team_id);
    };
    EXPECT_EQ(team_of(1), kBoston);
    write(collect::kBrRoster,
          {spell(1, kBoston, "2022-10-18", "2022-10-29"), spell(1, kPhoenix, "2022-10-29")});
    EXPECT_EQ(team_of(1), kPhoenix);
    EXPECT_EQ(team_of(2), kBoston) << "of whom no roster speaks";

    // Of a page of a season gone by, read today.
    auto old = spell(2, kPhoenix, "2022-10-29");
    old.season = Season::starting_in(2021);
    write(collect::kBrRoster, {old});
    EXPECT_EQ(team_of(2), kBoston);
}

TEST_F(RawFactsTest, WhoGoesFromARosterIsBackOnTheOneHeStillStandsOn) {
    const auto listed = [&] {
        const auto read = read_raw(*database_);
        EXPECT_TRUE(read) << read.error().message();
        std::vector<std::pair<std::string, TeamId>> lines;
        for (const ListedPlayer& row : read->listed)
            lines.emplace_back(to_string(eastern_date(row.known_at.at)), row.team_id.value());
        return lines;
    };
    using Lines = std::vector<std::pair<std::string, TeamId>>;
    // An old page of Boston on the 22nd, and another number on the 26th.
    write(collect::kBrRoster, {spell(1, kBoston, "2022-10-18", "2022-10-20"),
                               spell(1, kPhoenix, "2022-10-20", "2022-10-26"),
                               spell(1, kBoston, "2022-10-22", "2022-10-23", 1),
                               spell(1, kPhoenix, "2022-10-26", "", 1)});
    EXPECT_EQ(listed(), (Lines{{"2022-10-18", kBoston},
                               {"2022-10-20", kPhoenix},
                               {"2022-10-22", kBoston},
                               {"2022-10-23", kPhoenix},
                               {"2022-10-26", kPhoenix}}));
}

TEST_F(RawFactsTest, WhoIsLeftOutByARosterIsNotWithoutATeam) {
    write(collect::kBrRoster, {spell(1, kBoston, "2022-10-18", "2022-10-20")});
    const auto read = read_raw(*database_);
    ASSERT_TRUE(read) << read.error().message();
    ASSERT_EQ(read->listed.size(), 1U);
    EXPECT_EQ(read->listed[0].team_id, kBoston);
}

TEST_F(RawFactsTest, LinesTakenInPlayStayBehind) {
    RawFacts facts;
    facts.schedule.push_back(pairing("0022200001", "2022-10-18", kBoston, kDallas));
    facts.prop_lines.push_back(points_line(facts.schedule[0], 1, 20.5));
    facts.prop_lines.push_back(points_line(facts.schedule[0], 2, 20.5));
    facts.prop_lines[0].in_play = true;
    facts.game_lines.push_back(game_line(facts.schedule[0], "total", 220));
    facts.game_lines[0].in_play = true;
    write(facts);
    const auto read = read_raw(*database_);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->prop_lines.size(), 1u);
    EXPECT_EQ(read->prop_lines[0].player_id.value, 2);
    EXPECT_TRUE(read->game_lines.empty());
}

TEST_F(RawFactsTest, ShotsAreCountedByZone) {
    using collect::ShotZone;
    write(
        collect::kShot,
        {shot(1, 7, ShotZone::kRestrictedArea, true), shot(2, 7, ShotZone::kRestrictedArea, false),
         shot(3, 7, ShotZone::kLeftCorner3, true), shot(4, 8, ShotZone::kBackcourt, false)});
    const auto read = read_raw(*database_);
    ASSERT_TRUE(read) << read.error().message();
    ASSERT_EQ(read->shots.size(), 2u);
    EXPECT_EQ(read->shots[0].player_id.value, 7);
    EXPECT_EQ(read->shots[0].counts.attempts, (std::array<std::int32_t, 7>{2, 0, 0, 1, 0, 0, 0}));
    EXPECT_EQ(read->shots[0].counts.makes, (std::array<std::int32_t, 7>{1, 0, 0, 1, 0, 0, 0}));
    EXPECT_EQ(read->shots[1].counts.attempts, (std::array<std::int32_t, 7>{0, 0, 0, 0, 0, 0, 1}));
}

// Event 1 is first a make at the rim by player 7, then a miss from mid-range by player 8.
TEST_F(RawFactsTest, AShotStatedAnewIsTakenBackFirst) {
    using collect::ShotZone;
    auto newer = shot(1, 8, ShotZone::kMidRange, false);
    newer.revision = 1;
    newer.known_at.at += std::chrono::hours(24);
    write(collect::kShot, {shot(1, 7, ShotZone::kRestrictedArea, true), newer});
    const auto read = read_raw(*database_);
    ASSERT_TRUE(read) << read.error().message();
    ASSERT_EQ(read->shots.size(), 3u);
    EXPECT_EQ(read->shots[0].counts.attempts[0], 1);
    EXPECT_EQ(read->shots[1].player_id.value, 7);
    EXPECT_EQ(read->shots[1].known_at, newer.known_at);
    EXPECT_EQ(read->shots[1].counts.attempts[0], -1);
    EXPECT_EQ(read->shots[1].counts.makes[0], -1);
    EXPECT_EQ(read->shots[2].player_id.value, 8);
    EXPECT_EQ(read->shots[2].counts.attempts[2], 1);
    EXPECT_EQ(read->shots[2].counts.makes[2], 0);
}

}  // namespace
}  // namespace tipoff::conform
