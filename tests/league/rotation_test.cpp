#include "league/rotation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace tipoff::league {
namespace {

constexpr std::array kTargets{35.0, 33.0, 31.0, 30.0, 27.0, 24.0, 20.0,
                              17.0, 13.0, 10.0, 0.0,  0.0,  0.0};

std::vector<RotationPlayer> team() {
    std::vector<RotationPlayer> players;
    for (std::size_t i = 0; i < kTargets.size(); ++i) {
        players.push_back({static_cast<Position>(i % kPositions), kTargets[i]});
    }
    return players;
}

bool is_on(const Rotation& rotation, std::size_t player) {
    return std::ranges::find(rotation.on_court(), player) != rotation.on_court().end();
}

/// Plays 48 minutes in steps of half a minute, with this margin all game long.
void play_through(Rotation& rotation, int margin, Random& random) {
    constexpr int kStep = kTenthsPerMinute / 2;
    for (int period = 1; period <= 4; ++period) {
        for (int left = kPeriodTenths; left > 0; left -= kStep) {
            rotation.choose_lineup({period, left, margin}, left == kPeriodTenths, random);
            rotation.run(kStep);
        }
    }
}

double minutes(const Rotation& rotation, std::size_t player) {
    return static_cast<double>(rotation.tenths_played(player)) / kTenthsPerMinute;
}

TEST(LineupRotation, GivesPlayersAboutTheirMinutes) {
    std::array<double, kTargets.size()> sum{};
    constexpr int kGames = 40;
    for (int game = 0; game < kGames; ++game) {
        Rotation rotation(team());
        Random random(static_cast<std::uint64_t>(game), Stream::kGame);
        play_through(rotation, 12, random);
        int tenths = 0;
        for (std::size_t i = 0; i < rotation.size(); ++i) {
            sum[i] += minutes(rotation, i);
            tenths += rotation.tenths_played(i);
        }
        ASSERT_EQ(tenths, 5 * 4 * kPeriodTenths) << "five on the floor all the time";
    }
    for (std::size_t i = 0; i < kTargets.size(); ++i) {
        EXPECT_NEAR(sum[i] / kGames, kTargets[i], 3.0) << "player " << i;
    }
}

TEST(LineupRotation, RestsTheBestWhenTheGameIsDecided) {
    Rotation close(team());
    Rotation decided(team());
    Random random(1, Stream::kGame);
    play_through(close, 3, random);
    play_through(decided, -35, random);
    EXPECT_GT(minutes(close, 0), minutes(decided, 0) + 2.0);
    EXPECT_EQ(minutes(close, 11), 0.0);
    EXPECT_GT(minutes(decided, 10) + minutes(decided, 11) + minutes(decided, 12), 3.0);
}

TEST(LineupRotation, StartsWithTheBestFive) {
    const Rotation rotation(team());
    for (std::size_t i = 0; i < kOnCourt; ++i)
        EXPECT_TRUE(is_on(rotation, i));
}

TEST(LineupRotation, TakesOffWhoHasSixFouls) {
    Rotation rotation(team());
    Random random(2, Stream::kGame);
    for (int foul = 1; foul < 6; ++foul)
        EXPECT_FALSE(rotation.add_foul(0));
    EXPECT_TRUE(rotation.add_foul(0));
    for (int left = kPeriodTenths; left > 0; left -= kTenthsPerMinute) {
        rotation.choose_lineup({4, left, 0}, false, random);
        EXPECT_FALSE(is_on(rotation, 0));
        rotation.run(kTenthsPerMinute);
    }
}

TEST(LineupRotation, TakesOffWhoIsHurt) {
    auto players = team();
    players[1].leaves_after = 5 * kTenthsPerMinute;
    Rotation rotation(players);
    Random random(3, Stream::kGame);
    const GameMoment after{1, kPeriodTenths - 6 * kTenthsPerMinute, 0};
    EXPECT_TRUE(rotation.somebody_leaves(after));
    rotation.choose_lineup(after, false, random);
    EXPECT_FALSE(is_on(rotation, 1));
    EXPECT_FALSE(rotation.somebody_leaves(after));
}

TEST(LineupRotation, PlaysOnWithFiveWhateverHappensToThem) {
    std::vector<RotationPlayer> five = team();
    five.resize(kOnCourt);
    Rotation rotation(five);
    Random random(4, Stream::kGame);
    for (int foul = 0; foul < 6; ++foul)
        rotation.add_foul(2);
    rotation.choose_lineup({4, 600, 0}, false, random);
    EXPECT_TRUE(is_on(rotation, 2));
}

TEST(GameMoments, CountTheTime) {
    EXPECT_EQ((GameMoment{1, kPeriodTenths, 0}).tenths_played(), 0);
    EXPECT_EQ((GameMoment{4, 0, 0}).tenths_played(), 48 * kTenthsPerMinute);
    EXPECT_EQ((GameMoment{6, 0, 0}).tenths_played(), 58 * kTenthsPerMinute);
    EXPECT_DOUBLE_EQ((GameMoment{2, kPeriodTenths, 0}).minutes_left(), 36.0);
    EXPECT_DOUBLE_EQ((GameMoment{5, kOvertimeTenths, 0}).minutes_left(), 5.0);
}

}  // namespace
}  // namespace tipoff::league
