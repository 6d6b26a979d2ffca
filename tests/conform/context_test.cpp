#include "conform/context.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "hand_made.h"

namespace tipoff::conform {
namespace {

using namespace test;
using std::chrono::hours;

/// Games with five players a side: Boston 1 to 5, Philadelphia 11 to 15, Dallas 21 to 25.
struct League {
    RawFacts facts;

    collect::Schedule& play(std::string_view id, std::string_view date, TeamId home, TeamId away) {
        facts.schedule.push_back(result(id, date, home, 110, away, 100));
        add_five(facts, facts.schedule.back(), home, first(home), 110);
        add_five(facts, facts.schedule.back(), away, first(away), 100);
        return facts.schedule.back();
    }
    collect::Schedule& plan(std::string_view id, std::string_view date, TeamId home, TeamId away) {
        facts.schedule.push_back(pairing(id, date, home, away));
        return facts.schedule.back();
    }
    static std::int64_t first(TeamId team) {
        return team == kBoston ? 1 : team == kPhiladelphia ? 11 : team == kDallas ? 21 : 31;
    }

    [[nodiscard]] Contexts at(std::string_view date, const ContextOptions& options = {}) const {
        return contexts(summarize(facts), facts, day(date), day(date), options);
    }
};

const TeamContext& team(const Contexts& contexts, TeamId id) {
    for (const TeamContext& row : contexts.teams) {
        if (row.team_id == id) return row;
    }
    throw std::out_of_range("no such team");
}

const PlayerContext* find(const Contexts& contexts, std::int64_t id) {
    for (const PlayerContext& row : contexts.players) {
        if (row.player_id.value == id) return &row;
    }
    return nullptr;
}

const PlayerContext& player(const Contexts& contexts, std::int64_t id) {
    const PlayerContext* row = find(contexts, id);
    if (!row) throw std::out_of_range("no such player");
    return *row;
}

// ---- rest and travel

TEST(TeamContext, ASeasonsFirstGameHasNoRestAndNoTravel) {
    League league;
    league.play("0022101230", "2022-04-10", kBoston, kDallas);
    league.plan("0022200001", "2022-10-18", kBoston, kDallas);
    const auto contexts = league.at("2022-10-18");
    const TeamContext& boston = team(contexts, kBoston);
    EXPECT_FALSE(boston.days_rest);
    EXPECT_FALSE(boston.opponent_days_rest);
    EXPECT_FALSE(boston.is_back_to_back);
    EXPECT_EQ(boston.games_played_season, 0);
    EXPECT_TRUE(std::isnan(boston.travel_miles));
    EXPECT_FALSE(boston.time_zone_change);
}

TEST(TeamContext, RestBackToBackAndDensity) {
    League league;
    league.play("0022200001", "2022-10-18", kBoston, kDallas);
    league.play("0022200002", "2022-10-25", kBoston, kPhiladelphia);
    league.play("0022200003", "2022-10-28", kBoston, kDallas);
    league.play("0022200004", "2022-10-31", kDallas, kBoston);
    league.plan("0022200005", "2022-11-01", kPhiladelphia, kBoston);
    const auto contexts = league.at("2022-11-01");
    const TeamContext& boston = team(contexts, kBoston);
    EXPECT_EQ(boston.days_rest, 0);
    EXPECT_TRUE(boston.is_back_to_back);
    EXPECT_EQ(boston.opponent_days_rest, 6);
    EXPECT_EQ(boston.games_played_season, 4);
    EXPECT_EQ(boston.games_last_4_days, 2);   // 28 and 31 October; the window begins on the 28th
    EXPECT_EQ(boston.games_last_6_days, 2);   // begins on the 26th
    EXPECT_EQ(boston.games_last_7_days, 3);   // begins on the 25th
    EXPECT_EQ(boston.games_last_14_days, 4);  // begins on the 18th
    EXPECT_FALSE(boston.is_home);
    // From Dallas (32.79 N 96.81 W) to Philadelphia (39.90 N 75.17 W), an hour east.
    EXPECT_NEAR(boston.travel_miles, 1299, 3);
    EXPECT_EQ(boston.time_zone_change, 1);
}

TEST(TeamContext, AGameCountsWithoutItsResult) {
    League league;
    league.plan("0022200001", "2022-10-30", kBoston, kDallas);
    league.plan("0022200002", "2022-11-01", kBoston, kDallas);
    EXPECT_EQ(team(league.at("2022-11-01"), kBoston).days_rest, 1);
}

TEST(TeamContext, APostponedGameIsNoGameOnceThatIsKnown) {
    League league;
    league.plan("0022200001", "2022-10-29", kBoston, kDallas);
    league.plan("0022200002", "2022-10-31", kBoston, kDallas);
    collect::Schedule postponed = league.facts.schedule[1];
    postponed.revision = 1;
    postponed.status = "postponed";
    postponed.known_at = {eastern("2022-10-31", "15:00")};
    league.facts.schedule.push_back(postponed);
    league.plan("0022200003", "2022-11-01", kBoston, kDallas);
    EXPECT_EQ(team(league.at("2022-11-01"), kBoston).days_rest, 2);
    EXPECT_TRUE(league.at("2022-10-31").teams.empty());

    // Before three in the afternoon nobody knew.
    const ContextOptions morning{.as_of = AsOf{eastern("2022-10-31", "09:00")}};
    EXPECT_EQ(league.at("2022-10-31", morning).teams.size(), 2u);
    EXPECT_EQ(team(league.at("2022-11-01", morning), kBoston).days_rest, 0);
}

TEST(TeamContext, AMovedGameIsPlayedOnItsNewDate) {
    League league;
    league.plan("0022200001", "2022-10-30", kBoston, kDallas);
    league.facts.schedule[0].known_at = {eastern("2022-10-01", "09:00")};
    auto moved = result("0022200001", "2022-11-05", kBoston, 100, kDallas, 90);
    moved.revision = 1;
    moved.known_at = {eastern("2022-10-30", "12:00")};
    league.facts.schedule.push_back(moved);
    league.plan("0022200002", "2022-11-01", kBoston, kDallas);
    league.plan("0022200003", "2022-11-06", kBoston, kDallas);
    EXPECT_FALSE(team(league.at("2022-11-01"), kBoston).days_rest);
    EXPECT_EQ(team(league.at("2022-11-06"), kBoston).days_rest, 0);
    EXPECT_TRUE(league.at("2022-10-30").teams.empty());
}

TEST(TeamContext, LinesMakeImpliedTotals) {
    League league;
    league.plan("0022200001", "2022-11-01", kBoston, kDallas);
    league.facts.game_lines.push_back(game_line(league.facts.schedule[0], "total", 224));
    league.facts.game_lines.push_back(game_line(league.facts.schedule[0], "spread", -7));
    const auto contexts = league.at("2022-11-01");
    const TeamContext& home = team(contexts, kBoston);
    EXPECT_EQ(home.game_total, 224);
    EXPECT_EQ(home.home_spread, -7);
    EXPECT_EQ(home.implied_team_total, 115.5);  // favoured by 7: 115.5 to 108.5
    EXPECT_EQ(team(contexts, kDallas).implied_team_total, 108.5);
    EXPECT_EQ(home.undated_lines, 2);
}

TEST(TeamContext, LinesWithoutAClockAreForTipOffOnly) {
    League league;
    league.plan("0022200001", "2022-11-01", kBoston, kDallas);
    league.facts.game_lines.push_back(game_line(league.facts.schedule[0], "total", 224));
    const ContextOptions morning{.as_of = AsOf{eastern("2022-11-01", "10:00")}};
    const auto contexts = league.at("2022-11-01", morning);
    EXPECT_TRUE(std::isnan(team(contexts, kBoston).game_total));
    EXPECT_TRUE(std::isnan(team(contexts, kBoston).implied_team_total));
    EXPECT_EQ(team(contexts, kBoston).undated_lines, 0);
    EXPECT_EQ(team(contexts, kBoston).as_of, *morning.as_of);
}

TEST(TeamContext, LinesTakenInPlayAreNeverSeen) {
    League league;
    league.plan("0022200001", "2022-11-01", kBoston, kDallas);
    league.facts.game_lines.push_back(game_line(league.facts.schedule[0], "total", 224));
    league.facts.game_lines[0].in_play = true;
    EXPECT_TRUE(std::isnan(team(league.at("2022-11-01"), kBoston).game_total));
}

TEST(TeamContext, TheTeamWithTheSmallerIdComesFirst) {
    League league;
    league.plan("0022200001", "2022-11-01", kDallas, kBoston);
    const auto contexts = league.at("2022-11-01");
    EXPECT_EQ(contexts.teams[0].team_id, kBoston);
    EXPECT_FALSE(contexts.teams[0].is_home);
    EXPECT_TRUE(contexts.teams[1].is_home);
}

// ---- who is expected

TEST(PlayerContext, WhoeverLastAppearedForTheTeamIsExpected) {
    League league;
    league.play("0022200001", "2022-10-28", kBoston, kDallas);
    league.plan("0022200002", "2022-10-30", kBoston, kPhiladelphia);
    const auto contexts = league.at("2022-10-30");
    ASSERT_EQ(contexts.players.size(), 5u);
    const PlayerContext& one = player(contexts, 1);
    EXPECT_EQ(one.team_id, kBoston);
    EXPECT_EQ(one.opponent_team_id, kPhiladelphia);
    EXPECT_TRUE(one.is_home);
    EXPECT_EQ(one.player_name, "Player 1");
    EXPECT_EQ(one.expected_by, "last_appearance");
    EXPECT_EQ(one.last_game_date, day("2022-10-28"));
    EXPECT_EQ(one.days_rest, 1);
    EXPECT_EQ(one.games_last_7_days, 1);
    EXPECT_EQ(one.minutes_last_7_days, 48);
    EXPECT_EQ(one.injury_status, "available");
    EXPECT_EQ(one.position, "");
    EXPECT_TRUE(std::isnan(one.points_line));
}

TEST(PlayerContext, LastSeasonCountsAndTheOneBeforeDoesNot) {
    League league;
    league.play("0022001000", "2021-05-01", kBoston, kDallas);
    league.plan("0022100001", "2021-10-20", kBoston, kDallas);
    EXPECT_EQ(league.at("2021-10-20").players.size(), 10u);
    EXPECT_FALSE(player(league.at("2021-10-20"), 1).days_rest);
    EXPECT_EQ(player(league.at("2021-10-20"), 1).last_game_date, day("2021-05-01"));
    league.plan("0022200001", "2022-10-18", kBoston, kDallas);
    EXPECT_TRUE(league.at("2022-10-18").players.empty());
}

TEST(PlayerContext, ATradeMovesThePlayerOnceHeHasPlayed) {
    League league;
    league.play("0022200001", "2022-11-01", kBoston, kDallas);
    league.play("0022200002", "2022-11-04", kPhiladelphia, kDallas);
    league.facts.player_boxes.push_back(
        box(league.facts.schedule.back(), 1, kPhiladelphia, 20, 10));
    league.plan("0022200003", "2022-11-06", kBoston, kPhiladelphia);
    const auto contexts = league.at("2022-11-06");
    EXPECT_EQ(player(contexts, 1).team_id, kPhiladelphia);
    EXPECT_EQ(player(contexts, 1).days_rest, 1);
    EXPECT_EQ(player(contexts, 1).games_last_7_days, 2);
    EXPECT_EQ(player(contexts, 2).team_id, kBoston);
    EXPECT_EQ(team(contexts, kBoston).days_rest, 4);
    EXPECT_EQ(contexts.players.size(), 10u);
}

TEST(PlayerContext, AMissedGameLengthensThePlayersRestNotTheTeams) {
    League league;
    league.play("0022200001", "2022-11-01", kBoston, kDallas);
    league.play("0022200002", "2022-11-03", kBoston, kDallas);
    std::erase_if(league.facts.player_boxes, [&](const auto& row) {
        return row.player_id.value == 1 && row.game_id == game("0022200002");
    });
    league.plan("0022200003", "2022-11-04", kBoston, kDallas);
    const auto contexts = league.at("2022-11-04");
    EXPECT_EQ(player(contexts, 1).days_rest, 2);
    EXPECT_EQ(player(contexts, 1).games_last_7_days, 1);
    EXPECT_EQ(player(contexts, 2).days_rest, 0);
    EXPECT_EQ(team(contexts, kBoston).days_rest, 0);
}

TEST(PlayerContext, NoResultOfTheDayIsSeenThatDay) {
    League league;
    league.play("0022200001", "2022-11-01", kBoston, kDallas);
    // Two games of one date; the first is over and known before the second begins.
    league.play("0022200002", "2022-11-03", kBoston, kDallas);
    league.facts.schedule.back().tip_off = eastern("2022-11-03", "12:00");
    for (auto& row : league.facts.player_boxes) {
        if (row.game_id == game("0022200002")) row.known_at = {eastern("2022-11-03", "15:00")};
    }
    league.plan("0022200003", "2022-11-03", kPhiladelphia, kDallas);
    league.plan("0022200004", "2022-11-04", kPhiladelphia, kDallas);
    EXPECT_EQ(player(league.at("2022-11-03"), 21).last_game_date, day("2022-11-01"));
    // In the late evening of the day a look at the next one sees it.
    const ContextOptions evening{.as_of = AsOf{eastern("2022-11-03", "23:00")}};
    EXPECT_EQ(player(league.at("2022-11-04", evening), 21).last_game_date, day("2022-11-03"));
}

TEST(PlayerContext, AResultNotYetKnownDoesNotCount) {
    League league;
    league.play("0022200001", "2022-11-01", kBoston, kDallas);
    league.play("0022200002", "2022-11-03", kBoston, kDallas);
    for (auto& row : league.facts.player_boxes) {
        if (row.game_id == game("0022200002")) row.known_at = {eastern("2022-11-05", "20:00")};
    }
    league.plan("0022200003", "2022-11-05", kBoston, kDallas);
    league.plan("0022200004", "2022-11-06", kBoston, kDallas);
    EXPECT_EQ(player(league.at("2022-11-05"), 1).last_game_date, day("2022-11-01"));
    EXPECT_EQ(team(league.at("2022-11-05"), kBoston).days_rest, 1);
    EXPECT_EQ(player(league.at("2022-11-06"), 1).last_game_date, day("2022-11-03"));
}

TEST(PlayerContext, ACorrectionCountsFromItsOwnInstant) {
    League league;
    league.play("0022200001", "2022-11-01", kBoston, kDallas);
    auto corrected = league.facts.player_boxes[0];
    corrected.revision = 1;
    corrected.minutes = 44;
    corrected.known_at = {eastern("2022-11-04", "10:00")};
    league.facts.player_boxes.push_back(corrected);
    league.plan("0022200002", "2022-11-03", kBoston, kDallas);
    league.plan("0022200003", "2022-11-05", kBoston, kDallas);
    EXPECT_EQ(player(league.at("2022-11-03"), 1).minutes_last_7_days, 48);
    EXPECT_EQ(player(league.at("2022-11-05"), 1).minutes_last_7_days, 44);
    EXPECT_EQ(player(league.at("2022-11-05"), 1).games_last_7_days, 1);
}

TEST(PlayerContext, ALineBringsInAPlayerOfLongAgo) {
    League league;
    league.play("0022000001", "2020-12-22", kBoston, kDallas);
    league.plan("0022200001", "2022-10-18", kBoston, kDallas);
    league.facts.prop_lines.push_back(points_line(league.facts.schedule.back(), 3, 12.5));
    const auto contexts = league.at("2022-10-18");
    ASSERT_EQ(contexts.players.size(), 1u);
    EXPECT_EQ(contexts.players[0].expected_by, "prop_line");
    EXPECT_EQ(contexts.players[0].team_id, kBoston);
    EXPECT_EQ(contexts.players[0].points_line, 12.5);
    EXPECT_EQ(contexts.players[0].undated_lines, 1);
}

TEST(PlayerContext, ALineOfAPlayerWithoutAKnownTeamIsReported) {
    League league;
    league.play("0022200001", "2022-11-01", kPhiladelphia, kDallas);
    league.plan("0022200002", "2022-11-03", kBoston, kDallas);
    league.facts.prop_lines.push_back(points_line(league.facts.schedule.back(), 11, 30.5));
    league.facts.prop_lines.push_back(points_line(league.facts.schedule.back(), 77, 9.5));
    league.facts.players.push_back({.player_id = {77}, .player_name = "A Debutant"});
    const auto contexts = league.at("2022-11-03");
    EXPECT_EQ(find(contexts, 11), nullptr);
    ASSERT_EQ(contexts.unplaced.size(), 2u);
    EXPECT_EQ(contexts.unplaced[0].player_id.value, 11);
    EXPECT_EQ(contexts.unplaced[1].player_name, "A Debutant");
    EXPECT_EQ(contexts.unplaced[1].game_id, game("0022200002"));
}

TEST(PlayerContext, AnyMarketsLineShowsThatAPlayerIsExpected) {
    League league;
    league.play("0022000001", "2020-12-22", kBoston, kDallas);
    league.plan("0022200001", "2022-10-18", kBoston, kDallas);
    league.facts.prop_lines.push_back(points_line(league.facts.schedule.back(), 3, 5.5));
    league.facts.prop_lines.back().market = "rebounds";
    const auto contexts = league.at("2022-10-18");
    ASSERT_EQ(contexts.players.size(), 1u);
    EXPECT_TRUE(std::isnan(contexts.players[0].points_line));
    EXPECT_EQ(contexts.players[0].points_line_books, 0);
}

TEST(PlayerContext, TheLineIsTheConsensusOfBooks) {
    League league;
    league.play("0022200001", "2022-11-01", kBoston, kDallas);
    const auto game = league.plan("0022200002", "2022-11-03", kBoston, kDallas);
    league.facts.prop_lines.push_back(points_line(game, 1, 24.5, "a"));
    league.facts.prop_lines.push_back(points_line(game, 1, 29.5, "a"));
    league.facts.prop_lines.back().over_price = 220;
    league.facts.prop_lines.back().under_price = -280;
    league.facts.prop_lines.push_back(points_line(game, 1, 26.5, "b"));
    const auto contexts = league.at("2022-11-03");
    EXPECT_EQ(player(contexts, 1).points_line, 24.5);
    EXPECT_EQ(player(contexts, 1).points_line_books, 2);
    EXPECT_EQ(player(contexts, 1).expected_by, "last_appearance");
}

TEST(PlayerContext, APositionIsKnownFromTheSeasonAfterItsSnapshot) {
    League league;
    league.play("0022100001", "2021-10-20", kBoston, kDallas);
    league.plan("0022100002", "2021-10-22", kBoston, kDallas);
    league.plan("0022200001", "2022-10-18", kBoston, kDallas);
    league.facts.positions.push_back({.source = "player_positions",
                                      .season = Season::starting_in(2021),
                                      .player_id = {1},
                                      .position = "G-F",
                                      .known_at = {eastern("2022-10-01", "00:00")}});
    EXPECT_EQ(player(league.at("2021-10-22"), 1).position, "");
    EXPECT_EQ(player(league.at("2022-10-18"), 1).position, "G-F");
}

// ---- injuries

struct InjuredPlayer : testing::Test {
    InjuredPlayer() {
        league.play("0022200001", "2022-11-01", kBoston, kDallas);
        league.facts.injuries.push_back(injury("2022-11-03", kBoston, 1, false));
        league.plan("0022200002", "2022-11-03", kBoston, kDallas);
        league.plan("0022200003", "2022-11-05", kBoston, kDallas);
    }
    League league;
};

TEST_F(InjuredPlayer, IsOutFromTheDayAfterTheTransaction) {
    EXPECT_EQ(player(league.at("2022-11-03"), 1).injury_status, "available");
    const auto contexts = league.at("2022-11-05");
    EXPECT_EQ(player(contexts, 1).injury_status, "out");
    EXPECT_EQ(team(contexts, kBoston).players_out, 1);
    EXPECT_EQ(team(contexts, kDallas).players_out, 0);
}

TEST_F(InjuredPlayer, IsBackOnceTakenOffTheList) {
    league.facts.injuries.push_back(injury("2022-11-04", kBoston, 1, true));
    EXPECT_EQ(player(league.at("2022-11-05"), 1).injury_status, "available");
}

TEST_F(InjuredPlayer, TheLastEntryOfADateCounts) {
    league.facts.injuries.push_back(injury("2022-11-03", kBoston, 1, true));
    league.facts.injuries.back().ordinal = 1;
    EXPECT_EQ(player(league.at("2022-11-05"), 1).injury_status, "available");
    league.facts.injuries[0].ordinal = 2;
    EXPECT_EQ(player(league.at("2022-11-05"), 1).injury_status, "out");
}

TEST_F(InjuredPlayer, IsBackOnceHeHasPlayedOnALaterDate) {
    auto& played = league.facts.schedule[2];
    played.status = "final";
    league.facts.player_boxes.push_back(box(played, 1, kBoston, 30, 20));
    league.plan("0022200004", "2022-11-07", kBoston, kDallas);
    EXPECT_EQ(player(league.at("2022-11-07"), 1).injury_status, "available");
}

TEST_F(InjuredPlayer, IsNotBackForAGameOfTheTransactionsDate) {
    auto& played = league.facts.schedule[1];
    played.status = "final";
    league.facts.player_boxes.push_back(box(played, 1, kBoston, 10, 2));
    EXPECT_EQ(player(league.at("2022-11-05"), 1).injury_status, "out");
}

// ---- the fold

struct ContextBits {
    Fingerprint teams, players;
    std::size_t unplaced;
    bool operator==(const ContextBits&) const = default;
};

ContextBits bits_of(const Contexts& contexts) {
    return {bits(kTeamContext, contexts.teams), bits(kPlayerContext, contexts.players),
            contexts.unplaced.size()};
}

const GameDate kFrom = day("2022-10-18");
const GameDate kTo = day("2022-12-31");

TEST(ContextsProperty, TheOrderOfTheFactsDoesNotMatter) {
    EXPECT_TRUE(rc::check("shuffled facts, same bits", [](std::uint32_t seed) {
        RawFacts facts = small_league(seed);
        const auto before = bits_of(contexts(summarize(facts), facts, kFrom, kTo));
        shuffle(facts, seed + 1);
        RC_ASSERT(bits_of(contexts(summarize(facts), facts, kFrom, kTo)) == before);
    }));
}

TEST(ContextsProperty, TheRangeThatIsAskedForDoesNotMatter) {
    EXPECT_TRUE(rc::check("whole, by single days, backwards", [](std::uint32_t seed) {
        const RawFacts facts = small_league(seed);
        const Summaries summaries = summarize(facts);
        const Contexts whole = contexts(summaries, facts, kFrom, kTo);
        RC_ASSERT(!whole.players.empty());
        Contexts by_day;
        for (GameDate date = kFrom; date <= kTo; date = date.plus_days(1)) {
            const Contexts one = contexts(summaries, facts, date, date);
            by_day.teams.insert(by_day.teams.end(), one.teams.begin(), one.teams.end());
            by_day.players.insert(by_day.players.end(), one.players.begin(), one.players.end());
            by_day.unplaced.insert(by_day.unplaced.end(), one.unplaced.begin(), one.unplaced.end());
        }
        RC_ASSERT(bits_of(by_day) == bits_of(whole));

        // One fold, asked for the same games twice: going back starts over.
        ContextFold fold(summaries, facts, {});
        for (int i = 0; i < 2; ++i) {
            Contexts again;
            for (const Game& game : summaries.games) {
                if (game.game_date >= kFrom) fold.emit(game, again);
            }
            RC_ASSERT(bits_of(again) == bits_of(whole));
        }
    }));
}

TEST(ContextFold, ACopyStandsWhereTheOriginalStood) {
    const RawFacts facts = small_league(7);
    const Summaries summaries = summarize(facts);
    ContextFold fold(summaries, facts, {});
    Contexts first, second;
    std::optional<ContextFold> copy;
    for (const Game& game : summaries.games) {
        if (!copy && game.game_date >= day("2022-11-01")) copy.emplace(fold);
        Contexts unused;
        fold.emit(game, game.game_date >= day("2022-11-01") ? first : unused);
        if (copy) copy->emit(game, second);
    }
    EXPECT_FALSE(first.players.empty());
    EXPECT_EQ(bits_of(first), bits_of(second));
}

}  // namespace
}  // namespace tipoff::conform
