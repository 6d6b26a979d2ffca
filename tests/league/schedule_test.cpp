#include "league/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "collect/teams.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

struct RealSeason {
    int year;
    const char* opening_night;
    const char* last_day;
    const char* all_star_sunday;
    const char* trade_deadline;
};

class SeasonDaysOf : public testing::TestWithParam<RealSeason> {};

TEST_P(SeasonDaysOf, AreThoseOfTheRealLeague) {
    const SeasonDays days = season_days(Season::starting_in(GetParam().year));
    EXPECT_EQ(to_string(days.opening_night), GetParam().opening_night);
    EXPECT_EQ(to_string(days.last_day), GetParam().last_day);
    EXPECT_EQ(to_string(days.all_star_sunday), GetParam().all_star_sunday);
    EXPECT_EQ(to_string(days.trade_deadline), GetParam().trade_deadline);
}

INSTANTIATE_TEST_SUITE_P(
    Seasons, SeasonDaysOf,
    testing::Values(RealSeason{2022, "2022-10-18", "2023-04-09", "2023-02-19", "2023-02-09"},
                    RealSeason{2023, "2023-10-24", "2024-04-14", "2024-02-18", "2024-02-08"},
                    RealSeason{2024, "2024-10-22", "2025-04-13", "2025-02-16", "2025-02-06"},
                    RealSeason{2025, "2025-10-21", "2026-04-12", "2026-02-15", "2026-02-05"}));

struct Case {
    int year;
    std::uint64_t seed;
};

/// Made once for all tests of a case.
const std::vector<Fixture>& fixtures_of(const Case& given) {
    static std::map<int, std::vector<Fixture>> made;
    auto& fixtures = made[given.year];
    if (fixtures.empty()) fixtures = make_fixtures(Season::starting_in(given.year), given.seed);
    return fixtures;
}

/// The fixtures of one season, and each team's games in the order of dates.
class FixtureList : public testing::TestWithParam<Case> {
protected:
    FixtureList()
        : season_(Season::starting_in(GetParam().year)), fixtures_(fixtures_of(GetParam())) {
        for (const Fixture& fixture : fixtures_) {
            games_[fixture.home].push_back(&fixture);
            games_[fixture.away].push_back(&fixture);
        }
    }

    Season season_;
    const std::vector<Fixture>& fixtures_;
    std::array<std::vector<const Fixture*>, kTeams> games_;
};

TEST_P(FixtureList, HasEveryTeamAtHomeHalfTheTime) {
    ASSERT_EQ(fixtures_.size(), 1230U);
    for (std::size_t team = 0; team < kTeams; ++team) {
        ASSERT_EQ(games_[team].size(), 82U);
        const auto home = std::ranges::count_if(
            games_[team], [&](const Fixture* fixture) { return fixture->home == team; });
        EXPECT_EQ(home, 41);
    }
}

TEST_P(FixtureList, FollowsTheFormulaOfOpponents) {
    const auto facts = team_facts();
    for (std::size_t team = 0; team < kTeams; ++team) {
        std::map<std::size_t, int> meetings;
        for (const Fixture* fixture : games_[team]) {
            ++meetings[fixture->home == team ? fixture->away : fixture->home];
        }
        std::map<int, int> conference_series;
        for (const auto& [other, count] : meetings) {
            if (facts[team].division == facts[other].division) {
                EXPECT_EQ(count, 4);
            } else if (facts[team].division / 3 != facts[other].division / 3) {
                EXPECT_EQ(count, 2);
            } else {
                ++conference_series[count];
            }
        }
        EXPECT_EQ(conference_series, (std::map<int, int>{{3, 4}, {4, 6}}));
    }
}

TEST_P(FixtureList, RestsTeamsAsTheLeagueDoes) {
    int four_in_five = 0;
    for (const auto& games : games_) {
        int back_to_backs = 0;
        for (std::size_t i = 1; i < games.size(); ++i) {
            const int rest = days_between(games[i - 1]->date, games[i]->date);
            ASSERT_GE(rest, 1) << "two games a day";
            back_to_backs += rest == 1 ? 1 : 0;
            if (i >= 2) {
                ASSERT_GT(days_between(games[i - 2]->date, games[i]->date), 2);
            }
            if (i >= 3 && days_between(games[i - 3]->date, games[i]->date) <= 4) ++four_in_five;
        }
        EXPECT_GE(back_to_backs, 12);
        EXPECT_LE(back_to_backs, 16);
    }
    EXPECT_LE(four_in_five, 3);
}

TEST_P(FixtureList, LeavesTheFreeDaysFree) {
    const SeasonDays days = season_days(season_);
    std::map<GameDate, int> load;
    for (const Fixture& fixture : fixtures_)
        ++load[fixture.date];
    EXPECT_EQ(load.begin()->first, days.opening_night);
    EXPECT_EQ(load.rbegin()->first, days.last_day);
    EXPECT_EQ(load.rbegin()->second, 15);
    for (int day = -2; day <= 3; ++day) {
        EXPECT_FALSE(load.contains(days.all_star_sunday.plus_days(day)));
    }
    const auto christmas_eve =
        GameDate{std::chrono::sys_days{std::chrono::year{season_.start_year()} / 12 / 24}};
    EXPECT_FALSE(load.contains(christmas_eve));
    EXPECT_TRUE(load.contains(christmas_eve.plus_days(1)));
    for (const auto& [date, games] : load)
        EXPECT_LE(games, 15);
}

TEST_P(FixtureList, TipsOffWhenPeopleAreAwake) {
    for (const Fixture& fixture : fixtures_) {
        const TeamFacts& home = team_facts()[fixture.home];
        const std::string zone = collect::find_team(home.team_id)->time_zone;
        // Standard and summer time change on the same days everywhere but in Arizona.
        const int behind = zone == "America/Los_Angeles"                           ? 180
                           : zone == "America/Denver" || zone == "America/Phoenix" ? 120
                           : zone == "America/Chicago"                             ? 60
                                                                                   : 0;
        EXPECT_GE(fixture.tip_off - behind, 9 * 60) << home.tricode;
        EXPECT_LE(fixture.tip_off - behind, 20 * 60 + 30) << home.tricode;
        EXPECT_GE(fixture.tip_off, 12 * 60);
        EXPECT_LE(fixture.tip_off, 22 * 60 + 30);
    }
}

TEST_P(FixtureList, NumbersGamesInTheOrderOfTipOff) {
    const std::string first = to_string(fixtures_.front().game_id);
    EXPECT_EQ(first.substr(0, 3), "902");
    EXPECT_EQ(first.substr(3, 2), to_string(season_).substr(2, 2));
    EXPECT_EQ(first.substr(5), "00001");
    for (std::size_t i = 1; i < fixtures_.size(); ++i) {
        EXPECT_EQ(fixtures_[i].game_id.value, fixtures_[i - 1].game_id.value + 1);
        EXPECT_LE(std::pair(fixtures_[i - 1].date, fixtures_[i - 1].tip_off),
                  std::pair(fixtures_[i].date, fixtures_[i].tip_off));
        EXPECT_TRUE(is_simulated(fixtures_[i].game_id));
    }
    EXPECT_EQ(season_of(fixtures_.front().game_id), season_);
    EXPECT_EQ(season_type_of(fixtures_.front().game_id).value(), SeasonType::kRegular);
}

INSTANTIATE_TEST_SUITE_P(Seeds, FixtureList,
                         testing::Values(Case{2025, 7}, Case{2022, 1}, Case{2027, 12345},
                                         Case{2033, 999'999'999'999}),
                         [](const testing::TestParamInfo<Case>& given) {
                             return std::to_string(given.param.year);
                         });

TEST(Travel, MilesAreThoseOfTheMap) {
    const auto index = [](std::string_view tricode) {
        const auto facts = team_facts();
        return static_cast<std::size_t>(std::ranges::find(facts, tricode, &TeamFacts::tricode) -
                                        facts.begin());
    };
    EXPECT_NEAR(miles_between(index("LAL"), index("LAC")), 8.0, 2.0);
    EXPECT_NEAR(miles_between(index("BOS"), index("NYK")), 187.0, 5.0);
    EXPECT_NEAR(miles_between(index("MIA"), index("POR")), 2705.0, 60.0);
}

}  // namespace
}  // namespace tipoff::league
