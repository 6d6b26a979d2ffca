#include "conform/summaries.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "conform/zone_fields.h"
#include "hand_made.h"

namespace tipoff::conform {
namespace {

using namespace test;
using std::chrono::hours;

/// Boston 110, Philadelphia 100, five players a side (1 to 5 and 11 to 15), team boxes, no shots.
RawFacts one_game() {
    RawFacts facts;
    facts.schedule.push_back(result("0022200001", "2022-10-18", kBoston, 110, kPhiladelphia, 100));
    add_five(facts, facts.schedule[0], kBoston, 1, 110);
    add_five(facts, facts.schedule[0], kPhiladelphia, 11, 100);
    facts.team_boxes.push_back(team_box(facts, facts.schedule[0], kBoston));
    facts.team_boxes.push_back(team_box(facts, facts.schedule[0], kPhiladelphia));
    return facts;
}

const PlayerGame& player(const Summaries& summaries, std::int64_t id, std::int32_t revision = 0) {
    for (const PlayerGame& row : summaries.player_games) {
        if (row.player_id.value == id && row.revision == revision) return row;
    }
    throw std::out_of_range("no such statement");
}

std::size_t statements(const Summaries& summaries, std::int64_t id) {
    return static_cast<std::size_t>(std::ranges::count_if(
        summaries.player_games, [&](const PlayerGame& row) { return row.player_id.value == id; }));
}

TEST(Summaries, AGameThatAddsUp) {
    const Summaries summaries = summarize(one_game());
    ASSERT_EQ(summaries.games.size(), 1u);
    const Game& game = summaries.games[0];
    EXPECT_EQ(game.integrity, "ok");
    EXPECT_EQ(game.status, "final");
    EXPECT_EQ(game.home_points, 110);
    EXPECT_EQ(game.overtime_periods, 0);
    EXPECT_EQ(game.player_rows, 10);
    EXPECT_EQ(game.shot_rows, 0);
    EXPECT_EQ(game.known_at, morning_after(game.game_date));
    // Each Boston player: 22 points on 15 FGA and 1 FTA, 2 TOV, 1 OREB; Philadelphia's: 20 on 14.
    //   BOS 75 + 0.44 * 5 + 10 - 5 = 82.2; PHI 70 + 2.2 + 10 - 5 = 77.2; mean 79.7.
    EXPECT_NEAR(game.possessions, 79.7, 1e-9);
    EXPECT_NEAR(game.pace, 79.7, 1e-9);
    ASSERT_EQ(summaries.team_offense.size(), 2u);
    EXPECT_EQ(summaries.team_offense[0].team_id, kBoston);
    EXPECT_NEAR(summaries.team_offense[0].offensive_rating, 100 * 110 / 79.7, 1e-9);
    EXPECT_EQ(summaries.team_offense[0].primary_source, "team_box");
    // Five equal players on court for the whole game share the ball equally.
    EXPECT_NEAR(player(summaries, 1).usage_rate, 0.2, 1e-12);
    EXPECT_FALSE(player(summaries, 1).restricted_area_attempts);
}

TEST(Summaries, RowsAreOrderedByTipOff) {
    RawFacts facts;
    facts.schedule.push_back(pairing("0022200003", "2022-10-19", kBoston, kDallas));
    facts.schedule.push_back(pairing("0022200001", "2022-10-18", kPhoenix, kGoldenState));
    facts.schedule.push_back(pairing("0022200002", "2022-10-18", kDallas, kPhiladelphia));
    facts.schedule[1].tip_off += hours(2);
    const auto games = summarize(facts).games;
    ASSERT_EQ(games.size(), 3u);
    EXPECT_EQ(games[0].game_id, game("0022200002"));
    EXPECT_EQ(games[1].game_id, game("0022200001"));
    EXPECT_EQ(games[2].integrity, "no_result");
}

TEST(Summaries, PreseasonAndAllStarGamesAreLeftOut) {
    RawFacts facts;
    facts.schedule.push_back(result("0012200001", "2022-10-05", kBoston, 90, kDallas, 80));
    facts.schedule.push_back(result("0032200001", "2023-02-19", kBoston, 190, kDallas, 180));
    add_five(facts, facts.schedule[0], kBoston, 1, 90);
    const Summaries summaries = summarize(facts);
    EXPECT_TRUE(summaries.games.empty());
    EXPECT_TRUE(summaries.player_games.empty());
    EXPECT_EQ(summaries.integrity.rows_without_game, 5);
}

TEST(Summaries, APostponedGameHasNoResult) {
    RawFacts facts;
    facts.schedule.push_back(pairing("0022200685", "2023-02-01", kBoston, kDallas));
    facts.schedule[0].status = "postponed";
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].status, "postponed");
    EXPECT_EQ(summaries.games[0].integrity, "no_result");
    EXPECT_EQ(summaries.integrity.games_with_result, 0);
}

TEST(Summaries, AMovedGameIsOnItsNewDate) {
    RawFacts facts;
    facts.schedule.push_back(pairing("0022200685", "2023-02-01", kBoston, kDallas));
    facts.schedule.push_back(result("0022200685", "2023-03-15", kBoston, 100, kDallas, 90));
    facts.schedule[1].revision = 1;
    const Summaries summaries = summarize(facts);
    ASSERT_EQ(summaries.games.size(), 1u);
    EXPECT_EQ(summaries.games[0].game_date, day("2023-03-15"));
    EXPECT_EQ(summaries.games[0].home_points, 100);
}

TEST(Summaries, CompleteBoxesMakeAGameFinalWhereTheScheduleLags) {
    RawFacts facts = one_game();
    facts.schedule[0] = pairing("0022200001", "2022-10-18", kBoston, kPhiladelphia);
    facts.schedule[0].status = "in_progress";
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].status, "final");
    EXPECT_EQ(summaries.games[0].away_points, 100);
    EXPECT_EQ(summaries.games[0].integrity, "ok");
}

TEST(Summaries, ABoxScoreOfAGameUnderWayIsNoFinal) {
    const auto status_of = [](const RawFacts& facts) {
        return summarize(facts).games.at(0).status;
    };
    RawFacts facts = one_game();
    facts.schedule[0] = pairing("0022200001", "2022-10-18", kBoston, kPhiladelphia);
    RawFacts half = facts;
    for (collect::TeamBox& box : half.team_boxes)
        box.minutes = 120;
    EXPECT_EQ(status_of(half), "scheduled");
    EXPECT_EQ(summarize(half).games.at(0).home_points, std::nullopt);

    RawFacts tied = facts;
    for (collect::TeamBox& box : tied.team_boxes)
        box.points = 100;
    EXPECT_EQ(status_of(tied), "scheduled") << "there is an overtime to come";

    RawFacts overtime = facts;
    for (collect::TeamBox& box : overtime.team_boxes)
        box.minutes = 265;
    EXPECT_EQ(status_of(overtime), "final");
    EXPECT_EQ(status_of(facts), "final");
}

TEST(Summaries, WithoutATeamBoxThePlayersAreAddedUp) {
    RawFacts facts = one_game();
    facts.team_boxes.clear();
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.team_offense[0].primary_source, "player_sum");
    EXPECT_EQ(summaries.team_offense[0].field_goals_attempted, 75);
    EXPECT_NEAR(summaries.games[0].possessions, 79.7, 1e-9);
    EXPECT_EQ(summaries.games[0].integrity, "ok");
}

TEST(Summaries, HalfATeamIsNotATeam) {
    RawFacts facts = one_game();
    facts.team_boxes.clear();
    facts.player_boxes.pop_back();
    facts.player_boxes.pop_back();
    const Summaries summaries = summarize(facts);
    ASSERT_EQ(summaries.team_offense.size(), 1u);
    EXPECT_EQ(summaries.team_offense[0].team_id, kBoston);
    EXPECT_TRUE(std::isnan(summaries.team_offense[0].possessions));
    EXPECT_TRUE(std::isnan(player(summaries, 11).usage_rate));
    EXPECT_EQ(summaries.games[0].integrity, "score,minutes");
}

TEST(Summaries, ACompactBoxHasNoAttemptsAndNoRates) {
    RawFacts facts = one_game();
    facts.team_boxes.clear();
    for (auto& row : facts.player_boxes) {
        row.source = "player_box_playoffs_compact";
        for (auto* field :
             {&row.field_goals_made, &row.field_goals_attempted, &row.three_pointers_made,
              &row.three_pointers_attempted, &row.free_throws_made, &row.free_throws_attempted,
              &row.offensive_rebounds, &row.defensive_rebounds, &row.personal_fouls}) {
            field->reset();
        }
    }
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].integrity, "ok");
    EXPECT_TRUE(std::isnan(summaries.games[0].possessions));
    EXPECT_TRUE(std::isnan(summaries.games[0].pace));
    EXPECT_EQ(summaries.team_offense[0].points, 110);
    EXPECT_EQ(summaries.team_offense[0].turnovers, 10);
    EXPECT_FALSE(summaries.team_offense[0].field_goals_attempted);
    EXPECT_TRUE(std::isnan(summaries.team_offense[0].true_shooting));
    EXPECT_TRUE(std::isnan(player(summaries, 1).usage_rate));
    EXPECT_TRUE(std::isnan(player(summaries, 1).effective_field_goal));
}

TEST(Summaries, SomeSecondsAreAGameWithoutUsage) {
    RawFacts facts = one_game();
    facts.player_boxes.push_back(box(facts.schedule[0], 6, kBoston, 0, 0));
    EXPECT_TRUE(std::isnan(player(summarize(facts), 6).usage_rate));
}

TEST(Summaries, OvertimeIsReadFromTheMinutes) {
    RawFacts facts = one_game();
    for (auto& row : facts.player_boxes)
        row.minutes = 58;
    for (auto& row : facts.team_boxes)
        row.minutes = 291;
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].overtime_periods, 2);
    EXPECT_NEAR(summaries.games[0].pace, 48 * 79.7 / 58, 1e-9);
    EXPECT_NEAR(player(summaries, 1).usage_rate, 0.2, 1e-12);
    EXPECT_EQ(summaries.games[0].integrity, "ok");
}

// ---- several sources and corrections

TEST(Summaries, TheBetterSourceIsBelievedAndTheConflictReported) {
    RawFacts facts = one_game();
    auto other = facts.player_boxes[0];
    other.source = "player_box_playoffs";
    other.points += 2;
    facts.player_boxes.insert(facts.player_boxes.begin(), other);
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(statements(summaries, 1), 1u);
    EXPECT_EQ(player(summaries, 1).points, 22);
    EXPECT_EQ(player(summaries, 1).primary_source, "player_box");
    EXPECT_EQ(summaries.games[0].integrity, "sources_disagree");
    const auto& failures = summaries.integrity.of(IntegrityCheck::kSourcesDisagree);
    EXPECT_EQ(failures.games, 1);
    ASSERT_EQ(failures.examples.size(), 1u);
    EXPECT_EQ(failures.examples[0],
              "0022200001 2022-10-18: Player 1: player_box is believed, player_box_playoffs says "
              "otherwise");
}

TEST(Summaries, TwoSourcesThatAgreeAreOneRow) {
    RawFacts facts = one_game();
    auto other = facts.player_boxes[0];
    other.source = "another_feed";
    other.minutes -= 1;  // rounded the other way
    other.personal_fouls.reset();
    facts.player_boxes.push_back(other);
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(statements(summaries, 1), 1u);
    EXPECT_EQ(summaries.games[0].integrity, "ok");
}

TEST(Summaries, ACorrectionIsAFurtherStatement) {
    RawFacts facts = one_game();
    facts.team_boxes.clear();
    auto corrected = facts.player_boxes[0];
    corrected.revision = 1;
    corrected.assists = 9;
    corrected.known_at.at += hours(48);
    facts.player_boxes.push_back(corrected);
    const Summaries summaries = summarize(facts);
    ASSERT_EQ(statements(summaries, 1), 2u);
    EXPECT_EQ(player(summaries, 1, 0).assists, 2);
    EXPECT_EQ(player(summaries, 1, 0).known_at, morning_after(day("2022-10-18")));
    EXPECT_EQ(player(summaries, 1, 1).assists, 9);
    EXPECT_EQ(player(summaries, 1, 1).known_at, corrected.known_at);
    // The others are as they were; their team's sum is not.
    EXPECT_EQ(statements(summaries, 2), 1u);
    ASSERT_EQ(summaries.team_offense.size(), 4u);
    EXPECT_EQ(summaries.team_offense[0].assists, 10);
    EXPECT_EQ(summaries.team_offense[1].assists, 17);
    EXPECT_EQ(summaries.team_offense[1].revision, 1);

    const auto latest = latest_statements(summaries.player_games);
    ASSERT_EQ(latest.size(), 10u);
    EXPECT_EQ(latest[0].assists, 9);
    EXPECT_EQ(latest_statements(summaries.team_offense).size(), 2u);
    EXPECT_EQ(latest_statements(summaries.team_defense).size(), 2u);
    EXPECT_EQ(summaries.games[0].known_at, corrected.known_at);
}

TEST(Summaries, CorrectedAttemptsChangeTheTeammatesUsage) {
    RawFacts facts = one_game();
    facts.team_boxes.clear();
    auto corrected = facts.player_boxes[0];
    corrected.revision = 1;
    *corrected.field_goals_attempted += 10;
    corrected.known_at.at += hours(48);
    facts.player_boxes.push_back(corrected);
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(statements(summaries, 2), 2u);
    EXPECT_LT(player(summaries, 2, 1).usage_rate, player(summaries, 2, 0).usage_rate);
    EXPECT_EQ(statements(summaries, 11), 1u);
}

// ---- shots

TEST(Summaries, ZonesOfATeamAreTheSumOfItsPlayers) {
    RawFacts facts = one_game();
    for (const auto& row : facts.player_boxes)
        facts.shots.push_back(shots(row));
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(player(summaries, 1).restricted_area_attempts, 15);
    EXPECT_EQ(player(summaries, 1).restricted_area_makes, 11);
    EXPECT_EQ(player(summaries, 1).backcourt_attempts, 0);
    EXPECT_EQ(summaries.team_offense[0].restricted_area_attempts, 75);
    EXPECT_EQ(summaries.team_defense[1].restricted_area_attempts_allowed, 75);
    EXPECT_EQ(summaries.games[0].shot_rows, 145);
    EXPECT_EQ(summaries.games[0].integrity, "ok");
}

TEST(Summaries, APlayerWithoutShotsInAChartedGameHasNone) {
    RawFacts facts = one_game();
    for (const auto& row : facts.player_boxes)
        facts.shots.push_back(shots(row));
    facts.player_boxes.push_back(box(facts.schedule[0], 6, kBoston, 0, 0));
    facts.player_boxes.back().field_goals_attempted = 0;
    EXPECT_EQ(player(summarize(facts), 6).mid_range_attempts, 0);
}

TEST(Summaries, AFewMissingShotsAreNotedAndTheChartStands) {
    RawFacts facts = one_game();
    for (const auto& row : facts.player_boxes)
        facts.shots.push_back(shots(row));
    facts.shots[0].counts.attempts[0] -= 1;
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].integrity, "shots_differ");
    EXPECT_EQ(player(summaries, 1).restricted_area_attempts, 14);
}

TEST(Summaries, AChartThatBreaksOffIsNotUsed) {
    RawFacts facts = one_game();
    for (int i = 0; i < 8; ++i) {
        facts.shots.push_back(shots(facts.player_boxes[static_cast<std::size_t>(i)]));
    }
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].integrity, "shots_cut_off");
    EXPECT_FALSE(player(summaries, 1).restricted_area_attempts);
    EXPECT_EQ(summaries.games[0].shot_rows, 117);
}

TEST(Summaries, TheBetterChartIsCountedNotBoth) {
    RawFacts facts = one_game();
    for (const auto& row : facts.player_boxes) {
        facts.shots.push_back(shots(row));
        facts.shots.push_back(shots(row));
        facts.shots.back().source = "shots_partial";
    }
    EXPECT_EQ(player(summarize(facts), 1).restricted_area_attempts, 15);
}

TEST(Summaries, ShotsThatComeLaterAreKnownLater) {
    RawFacts facts = one_game();
    for (const auto& row : facts.player_boxes) {
        facts.shots.push_back(shots(row));
        facts.shots.back().known_at.at += hours(30);
    }
    const Summaries summaries = summarize(facts);
    ASSERT_EQ(statements(summaries, 1), 2u);
    EXPECT_FALSE(player(summaries, 1, 0).restricted_area_attempts);
    EXPECT_EQ(player(summaries, 1, 1).restricted_area_attempts, 15);
}

TEST(Summaries, AShotStatedAnewMovesToItsNewZone) {
    RawFacts facts = one_game();
    for (const auto& row : facts.player_boxes)
        facts.shots.push_back(shots(row));
    ShotCount moved = shots(facts.player_boxes[0]);
    moved.known_at.at += hours(30);
    moved.counts = {};
    moved.counts.attempts[0] = -1;
    moved.counts.attempts[2] = 1;
    facts.shots.push_back(moved);
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(player(summaries, 1, 0).restricted_area_attempts, 15);
    EXPECT_EQ(player(summaries, 1, 1).restricted_area_attempts, 14);
    EXPECT_EQ(player(summaries, 1, 1).mid_range_attempts, 1);
    EXPECT_EQ(statements(summaries, 2), 1u);
}

// ---- integrity

std::string integrity_of(const RawFacts& facts) { return summarize(facts).games.at(0).integrity; }

TEST(Integrity, PointsOfPlayersAndTeam) {
    RawFacts facts = one_game();
    facts.player_boxes[0].points += 1;
    EXPECT_EQ(integrity_of(facts), "player_points");
}

TEST(Integrity, PointsOfTeamAndSchedule) {
    RawFacts facts = one_game();
    facts.schedule[0].home_points = 111;
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].integrity, "score");
    EXPECT_EQ(summaries.integrity.of(IntegrityCheck::kScore).examples.at(0),
              "0022200001 2022-10-18: BOS has 110 points in the box, 111 in the schedule");
    EXPECT_EQ(summaries.integrity.games_ok, 0);
    EXPECT_EQ(summaries.integrity.games_with_result, 1);
}

TEST(Integrity, MinutesWithinRounding) {
    RawFacts facts = one_game();
    facts.player_boxes[0].minutes += 6;
    EXPECT_EQ(integrity_of(facts), "ok");
    facts.player_boxes[0].minutes += 1;
    EXPECT_EQ(integrity_of(facts), "minutes");
}

TEST(Integrity, TwoTeamsAGame) {
    RawFacts facts = one_game();
    std::erase_if(facts.player_boxes, [](const auto& row) { return row.team_id == kBoston; });
    EXPECT_EQ(integrity_of(facts), "team_count");
}

TEST(Integrity, ARowOfAThirdTeamIsLeftOut) {
    RawFacts facts = one_game();
    facts.player_boxes.push_back(box(facts.schedule[0], 21, kDallas, 10, 5));
    const Summaries summaries = summarize(facts);
    EXPECT_EQ(summaries.games[0].integrity, "foreign_row");
    EXPECT_EQ(summaries.player_games.size(), 10u);
}

TEST(Integrity, AFinalGameWithoutABox) {
    RawFacts facts;
    facts.schedule.push_back(result("0052200101", "2023-04-11", kBoston, 110, kDallas, 100));
    EXPECT_EQ(integrity_of(facts), "no_player_box");
}

TEST(Integrity, ShotsOfSomebodyWhoIsNotInTheBox) {
    RawFacts facts = one_game();
    for (const auto& row : facts.player_boxes)
        facts.shots.push_back(shots(row));
    facts.shots.push_back(facts.shots[0]);
    facts.shots.back().player_id = {99};
    EXPECT_EQ(integrity_of(facts), "shots_differ");
}

// ---- properties

struct AllBits {
    Fingerprint games, players, offense, defense;
    bool operator==(const AllBits&) const = default;
};

AllBits bits_of(const Summaries& summaries) {
    return {bits(kGame, summaries.games), bits(kPlayerGame, summaries.player_games),
            bits(kTeamOffense, summaries.team_offense), bits(kTeamDefense, summaries.team_defense)};
}

TEST(SummariesProperty, TheOrderOfTheFactsDoesNotMatter) {
    EXPECT_TRUE(rc::check("shuffled facts, same bits", [](std::uint32_t seed) {
        RawFacts facts = small_league(seed);
        const AllBits before = bits_of(summarize(facts));
        shuffle(facts, seed + 1);
        RC_ASSERT(bits_of(summarize(facts)) == before);
    }));
}

TEST(SummariesProperty, DefenseMirrorsTheOpponentsOffense) {
    EXPECT_TRUE(rc::check("team rows mirror", [](std::uint32_t seed) {
        const Summaries summaries = summarize(small_league(seed));
        const auto offense = latest_statements(summaries.team_offense);
        const auto defense = latest_statements(summaries.team_defense);
        RC_ASSERT(!offense.empty());
        for (const TeamDefense& row : defense) {
            const auto other = std::ranges::find_if(offense, [&](const TeamOffense& o) {
                return o.game_id == row.game_id && o.team_id == row.opponent_team_id;
            });
            RC_ASSERT(other != offense.end());
            RC_ASSERT(other->opponent_team_id == row.team_id);
            RC_ASSERT(other->is_home != row.is_home);
            RC_ASSERT(other->points == row.points_allowed);
            RC_ASSERT(other->turnovers == row.turnovers_forced);
            const auto rating = [](double value) { return std::isnan(value) ? -1 : value; };
            RC_ASSERT(rating(other->offensive_rating) == rating(row.defensive_rating));
            for (std::size_t zone = 0; zone < collect::kShotZones; ++zone) {
                const bool is_same = (*other).*ZoneFields<TeamOffense>::kAttempts[zone] ==
                                     row.*ZoneFields<TeamDefense>::kAttempts[zone];
                RC_ASSERT(is_same);
            }
        }
    }));
}

TEST(SummariesProperty, ZonesAddUp) {
    EXPECT_TRUE(rc::check("players' zones add up to the team's", [](std::uint32_t seed) {
        const Summaries summaries = summarize(small_league(seed));
        const auto players = latest_statements(summaries.player_games);
        for (const TeamOffense& team : latest_statements(summaries.team_offense)) {
            for (const auto zone : ZoneFields<PlayerGame>::kAttempts) {
                std::int32_t sum = 0;
                for (const PlayerGame& row : players) {
                    const bool is_his = row.game_id == team.game_id && row.team_id == team.team_id;
                    if (is_his) sum += (row.*zone).value_or(0);
                }
                const auto place = static_cast<std::size_t>(
                    std::ranges::find(ZoneFields<PlayerGame>::kAttempts, zone) -
                    ZoneFields<PlayerGame>::kAttempts.begin());
                const auto stated = team.*ZoneFields<TeamOffense>::kAttempts[place];
                RC_ASSERT(stated.value_or(0) == sum);
            }
        }
    }));
}

/// What was known by an instant, taken from the statements, is what summaries of only the facts
/// known by then say.
TEST(SummariesProperty, AStatementIsWhatWasKnownThen) {
    EXPECT_TRUE(rc::check("statements replay knowledge", [](std::uint32_t seed) {
        const RawFacts facts = small_league(seed);
        const KnownAt until{eastern("2022-11-05", "06:00")};
        RawFacts then = facts;
        const auto later = [&](const auto& row) { return row.known_at > until; };
        std::erase_if(then.player_boxes, later);
        std::erase_if(then.team_boxes, later);
        std::erase_if(then.shots, later);
        auto known = summarize(facts).player_games;
        std::erase_if(known, later);
        RC_ASSERT(bits(kPlayerGame, known) == bits(kPlayerGame, summarize(then).player_games));
    }));
}

}  // namespace
}  // namespace tipoff::conform
