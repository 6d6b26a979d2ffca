// A game of zero minutes (some seconds at its end) says nothing of how much a player does a minute.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "folded.h"
#include "support/mini_league.h"

namespace tipoff::features {
namespace {

constexpr GameDate kEver{std::chrono::sys_days{std::chrono::year{2000} / 1 / 1}};
constexpr GameDate kNever{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};

/// Who is taken out of some of his games.
constexpr PlayerId kSeldomPlays{9};

bool is_taken_out(const collect::PlayerBox& box) {
    return box.player_id == kSeldomPlays && box.game_date.days_since_epoch() % 3 != 0;
}

/// Without his row in those games: he did not play.
conform::RawFacts without_games() {
    conform::RawFacts facts = test::mini_league({.seed = 12});
    std::erase_if(facts.player_boxes, is_taken_out);
    std::erase_if(facts.shots, [&](const conform::ShotCount& shots) {
        return shots.player_id == kSeldomPlays &&
               std::ranges::none_of(facts.player_boxes, [&](const collect::PlayerBox& box) {
                   return box.game_id == shots.game_id && box.player_id == shots.player_id;
               });
    });
    return facts;
}

/// With a row of zero minutes in those games, in which he did what `change` says.
template <class Change>
conform::RawFacts with_zero_minutes(Change change) {
    conform::RawFacts facts = without_games();
    for (const collect::PlayerBox& played : test::mini_league({.seed = 12}).player_boxes) {
        if (!is_taken_out(played)) continue;
        collect::PlayerBox box;
        box.source = played.source;
        box.game_id = played.game_id;
        box.player_id = played.player_id;
        box.revision = played.revision;
        box.game_date = played.game_date;
        box.team_id = played.team_id;
        box.player_name = played.player_name;
        box.known_at = played.known_at;
        box.known_at_basis = played.known_at_basis;
        box.started = played.started ? std::optional(false) : std::nullopt;
        box.field_goals_made = box.field_goals_attempted = 0;
        box.three_pointers_made = box.three_pointers_attempted = 0;
        box.free_throws_made = box.free_throws_attempted = 0;
        box.offensive_rebounds = box.defensive_rebounds = 0;
        box.personal_fouls = 0;
        change(box);
        facts.player_boxes.push_back(box);
    }
    return facts;
}

using Names = std::set<std::string_view>;
enum class Whose : std::uint8_t { kHis, kOthers };

/// Names of the features that differ in some row that both have.
Names differing(const FoldedRows& a, const FoldedRows& b, Whose whose) {
    Names names;
    for (const auto& [key, row] : a) {
        const auto other = b.find(key);
        const bool is_his = key.second == kSeldomPlays;
        if (other == b.end() || is_his != (whose == Whose::kHis)) continue;
        for (std::size_t f = 0; f < kFeatureCount; ++f) {
            if (std::bit_cast<std::uint32_t>(row.features[f]) !=
                std::bit_cast<std::uint32_t>(other->second.features[f]))
                names.insert(kFeatures[f].name);
        }
    }
    return names;
}

Names joined(Names names, const Names& others) {
    names.insert(others.begin(), others.end());
    return names;
}

/// That he was there: a bet on him stands, and he has not been away since.
const Names kWhenHePlayed{"player_days_rest", "player_games_last_7_days",
                          "player_games_last_14_days"};

/// What opponents let players of a position do, whoever did it.
const Names kWhatOpponentsAllow{"opponent_position_factor", "opponent_position_rebounds_factor",
                                "opponent_position_assists_factor"};

class ZeroMinutes : public testing::Test {
protected:
    FoldedRows without_ = folded(without_games(), kEver, kNever);
};

TEST_F(ZeroMinutes, ChangeNothingButWhenHePlayed) {
    const auto with = folded(with_zero_minutes([](collect::PlayerBox&) {}), kEver, kNever);
    EXPECT_EQ(with.size(), without_.size());
    EXPECT_EQ(differing(without_, with, Whose::kHis), kWhenHePlayed);
    EXPECT_EQ(differing(without_, with, Whose::kOthers), Names{});
}

TEST_F(ZeroMinutes, AreNoRateWhateverHeDidInThem) {
    const auto with = folded(with_zero_minutes([](collect::PlayerBox& box) {
                                 box.points = 2;
                                 box.field_goals_made = box.field_goals_attempted = 1;
                                 box.rebounds = 1;
                                 box.defensive_rebounds = 1;
                                 box.assists = 1;
                             }),
                             kEver, kNever);
    EXPECT_EQ(differing(without_, with, Whose::kHis), joined(kWhenHePlayed, kWhatOpponentsAllow));
    EXPECT_EQ(differing(without_, with, Whose::kOthers), kWhatOpponentsAllow);
}

// One minute is another matter.
TEST_F(ZeroMinutes, AMinuteIsAGame) {
    const auto with =
        folded(with_zero_minutes([](collect::PlayerBox& box) { box.minutes = 1; }), kEver, kNever);
    const Names names = differing(without_, with, Whose::kHis);
    for (const auto* const name : {"points_per_minute_ewm", "rebounds_per_minute_ewm",
                                   "points_per_minute_last_10", "minutes_mean_last_10"})
        EXPECT_TRUE(names.contains(name)) << name;
}

}  // namespace
}  // namespace tipoff::features
