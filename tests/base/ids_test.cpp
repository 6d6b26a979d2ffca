#include "base/ids.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <unordered_set>

#include "support/expected.h"

namespace tipoff {
namespace {

using support::outcome_of;
using support::told;
using support::value_of;

TEST(GameIds, AreReadInEveryFormOfTheLeague) {
    EXPECT_EQ(value_of(parse_game_id("0022200001")).value, 22200001);
    EXPECT_EQ(value_of(parse_game_id("22200001")).value, 22200001);
    EXPECT_EQ(value_of(parse_game_id("0042100406")), value_of(parse_game_id("42100406")));
}

TEST(GameIds, PrintAsTenCharacters) {
    EXPECT_EQ(to_string(value_of(parse_game_id("22200001"))), "0022200001");
    EXPECT_EQ(to_string(value_of(parse_game_id("0052100131"))), "0052100131");
    EXPECT_EQ(to_string(value_of(parse_game_id("9022500001"))), "9022500001");
}

TEST(GameIds, OfASimulatedLeagueAreToldApart) {
    EXPECT_TRUE(is_simulated(value_of(parse_game_id("9022500001"))));
    EXPECT_FALSE(is_simulated(value_of(parse_game_id("0022500001"))));
    EXPECT_TRUE(is_simulated(PlayerId{kFirstSimulatedPlayer}));
    EXPECT_FALSE(is_simulated(PlayerId{2544}));
    EXPECT_FALSE(is_simulated(PlayerId{-17}));
}

class NotAGameId : public testing::TestWithParam<std::string> {};

TEST_P(NotAGameId, IsRefusedByName) {
    const auto id = parse_game_id(GetParam());
    EXPECT_EQ(outcome_of(id), "invalid input");
    EXPECT_NE(told(id).find("'" + GetParam() + "'"), std::string::npos) << told(id);
}

INSTANTIATE_TEST_SUITE_P(Forms, NotAGameId,
                         testing::Values("", "0", "2220001", "222000010", "00222000011",
                                         "1022200001", "0122200001", "02220001", "+2220001",
                                         "-2220001", "0022200x01", " 0022200001", "0022200001 ",
                                         "2.22e+07", "22200001.0"));

RC_GTEST_PROP(GameIdProperties, PrintedIdReadsBackAsItself, ()) {
    const auto digits = *rc::gen::inRange<std::int64_t>(0, 100'000'000);
    const GameId id{digits + (*rc::gen::arbitrary<bool>() ? kFirstSimulatedGame : 0)};
    RC_ASSERT(value_of(parse_game_id(to_string(id))) == id);
}

TEST(Ids, AreComparedAndHashedByValue) {
    EXPECT_LT(PlayerId{-3}, PlayerId{2544});
    const std::unordered_set<TeamId> teams{TeamId{1}, TeamId{2}, TeamId{1}};
    EXPECT_EQ(teams.size(), 2U);
}

}  // namespace
}  // namespace tipoff
