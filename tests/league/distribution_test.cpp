/// The simulated league against the real one.
///
/// The reference numbers were computed by `moments_of` from the box scores of the regular seasons
/// 2016-17 to 2022-23 (NBA.com LeagueGameLog), the zones from its shot charts of 2022-23. Where the
/// real files are at hand they are measured again, so that the constants cannot drift from them.

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "box_moments.h"
#include "collect/csv.h"
#include "league/write.h"
#include "played.h"
#include "support/files.h"

namespace tipoff::league::test {
namespace {

const std::filesystem::path kRealData = TIPOFF_SHARED_DATA;

struct Reference {
    const char* name;
    double real_low;   ///< the lowest of seven real seasons
    double real_high;  ///< the highest
    double low;        ///< what a simulated season may have: the real range and a little more
    double high;
};

constexpr std::array kReferences{
    Reference{"points p25", 4, 4, 3, 5},
    Reference{"points p50", 8, 9, 8, 10},
    Reference{"points p75", 14, 16, 14, 17},
    Reference{"points p90", 21, 24, 21, 25},
    Reference{"points p99", 34, 38, 33, 40},
    Reference{"points mean", 9.93, 10.90, 9.8, 11.4},
    Reference{"points sd", 8.02, 9.05, 7.9, 9.2},
    Reference{"minutes p25", 15, 16, 14, 17},
    Reference{"minutes p50", 23, 24, 23, 25},
    Reference{"minutes p75", 31, 32, 30, 33},
    Reference{"minutes p90", 36, 36, 35, 37},
    Reference{"share of rows with 0 minutes", 0.0029, 0.0046, 0.0010, 0.0060},
    Reference{"players a team game", 10.52, 10.68, 10.2, 10.9},
    Reference{"team points mean", 105.5, 114.7, 105, 118},
    Reference{"team points sd", 11.96, 12.66, 11.4, 13.2},
    Reference{"possessions mean", 98.8, 102.9, 98, 104},
    Reference{"possessions sd", 5.34, 6.03, 5.0, 6.3},
    Reference{"share of threes", 0.316, 0.400, 0.31, 0.41},
    Reference{"free throws attempted", 21.6, 23.6, 21, 25.2},
    Reference{"offensive rebounds", 9.7, 10.5, 9.4, 11.2},
    Reference{"defensive rebounds", 33.0, 34.9, 32.5, 35.3},
    Reference{"assists", 22.6, 25.4, 22.5, 26},
    Reference{"steals", 7.28, 7.73, 7.0, 7.9},
    Reference{"blocks", 4.65, 4.96, 4.5, 5.5},
    Reference{"turnovers", 13.0, 14.0, 12.8, 14.2},
    Reference{"fouls", 19.2, 21.0, 19, 21.3},
    Reference{"home margin", 0.94, 3.15, 0.8, 3.5},
    Reference{"margin sd", 13.6, 15.4, 12.8, 15.5},
    Reference{"total sd", 19.4, 20.7, 18.5, 21.6},
    Reference{"home win share", 0.543, 0.594, 0.53, 0.61},
    Reference{"overtime share", 0.046, 0.066, 0.03, 0.08},
    Reference{"team strength sd", 4.0, 5.0, 3.0, 5.5},
    Reference{"own sd at 8 to 12 points", 5.5, 6.0, 5.2, 6.1},
    Reference{"own sd at 13 to 17 points", 6.3, 7.0, 6.2, 7.1},
    Reference{"own sd at 18 to 22 points", 6.7, 7.5, 6.7, 7.8},
    Reference{"best scorer", 30.4, 36.2, 26, 38},
    Reference{"players with 20 games", 404, 442, 395, 450},
    Reference{"last 10 error, all", 4.41, 4.80, 4.4, 4.9},
    Reference{"last 10 error, rotation", 4.67, 5.10, 4.65, 5.2},
    Reference{"games missed, 20 minutes and more", 0.10, 0.18, 0.10, 0.18},
};

std::vector<Moment> moments_of_season(const SimulatedSeason& season) {
    const std::string csv = csv_of(season, "player_box");
    return moments_of(read_box(csv));
}

void expect_in_accepted_range(const std::vector<Moment>& moments) {
    EXPECT_EQ(moments.size(), kReferences.size());
    for (const Reference& reference : kReferences) {
        const double value = moment(moments, reference.name);
        EXPECT_GE(value, reference.low) << reference.name;
        EXPECT_LE(value, reference.high) << reference.name;
    }
}

TEST(SimulatedDistribution, LiesWithinTheRealSeasons) {
    expect_in_accepted_range(moments_of_season(whole_season()));
}

TEST(SimulatedDistribution, StaysThereAfterManySummers) {
    expect_in_accepted_range(moments_of_season(played(2034, 12)));
}

/// Attempts and makes by BASIC_ZONE.
struct ZoneCounts {
    double attempts = 0.0;
    double made = 0.0;
};
using Zones = std::map<std::string, ZoneCounts, std::less<>>;

Zones zones_of(std::span<const char> bytes) {
    collect::CsvReader reader(collect::open_bytes(bytes));
    std::size_t zone_at = 0;
    std::size_t made_at = 0;
    Zones zones;
    double all = 0.0;
    for (bool header = true; reader.next().value(); header = false) {
        const auto fields = reader.fields();
        if (header) {
            for (std::size_t i = 0; i < fields.size(); ++i) {
                if (fields[i] == "BASIC_ZONE") zone_at = i;
                if (fields[i] == "SHOT_MADE") made_at = i;
            }
            continue;
        }
        ZoneCounts& zone = zones[std::string(fields[zone_at])];
        zone.attempts += 1.0;
        zone.made += fields[made_at] == "TRUE" ? 1.0 : 0.0;
        all += 1.0;
    }
    for (auto& [name, zone] : zones) {
        zone.made /= zone.attempts;
        zone.attempts /= all;
    }
    return zones;
}

struct ZoneReference {
    const char* name;
    double share;
    double accuracy;
};

/// 2022-23, 217,220 shots.
constexpr std::array kZones2022{
    ZoneReference{"Restricted Area", 0.299, 0.666},
    ZoneReference{"In The Paint (Non-RA)", 0.195, 0.444},
    ZoneReference{"Mid-Range", 0.119, 0.420},
    ZoneReference{"Left Corner 3", 0.051, 0.385},
    ZoneReference{"Right Corner 3", 0.046, 0.385},
    ZoneReference{"Above the Break 3", 0.288, 0.354},
    ZoneReference{"Backcourt", 0.002, 0.025},
};

TEST(SimulatedDistribution, ShotsComeFromTheRealZones) {
    const std::string csv = csv_of(whole_season(), "shots");
    const Zones zones = zones_of(csv);
    ASSERT_EQ(zones.size(), kZones2022.size());
    for (const ZoneReference& reference : kZones2022) {
        const ZoneCounts& zone = zones.at(reference.name);
        EXPECT_NEAR(zone.attempts, reference.share, 0.025) << reference.name;
        EXPECT_NEAR(zone.made, reference.accuracy, 0.025) << reference.name;
    }
}

class RealSeasons : public testing::Test {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(kRealData / "player_box_2022-23.csv.gz")) {
            GTEST_SKIP() << "no real box scores at " << kRealData;
        }
    }
};

TEST_F(RealSeasons, HaveTheReferenceNumbers) {
    for (const char* season :
         {"2016-17", "2017-18", "2018-19", "2019-20", "2020-21", "2021-22", "2022-23"}) {
        const auto bytes =
            support::read_file(kRealData / ("player_box_" + std::string(season) + ".csv.gz"));
        const auto moments = moments_of(read_box(bytes));
        for (const Reference& reference : kReferences) {
            const double value = moment(moments, reference.name);
            EXPECT_GE(value, reference.real_low) << season << " " << reference.name;
            EXPECT_LE(value, reference.real_high) << season << " " << reference.name;
        }
    }
}

TEST_F(RealSeasons, AreMatchedInTheQuantilesOfPoints) {
    const auto bytes = support::read_file(kRealData / "player_box_2022-23.csv.gz");
    const auto real = moments_of(read_box(bytes));
    const auto simulated = moments_of_season(whole_season());
    for (const char* name : {"points p25", "points p50", "points p75", "points p90"}) {
        EXPECT_NEAR(moment(simulated, name), moment(real, name), 2.0) << name;
    }
    EXPECT_NEAR(moment(simulated, "points p99"), moment(real, "points p99"), 3.0);
    EXPECT_NEAR(moment(simulated, "last 10 error, rotation"),
                moment(real, "last 10 error, rotation"), 0.3);
    EXPECT_NEAR(moment(simulated, "team points sd"), moment(real, "team points sd"), 1.0);
}

TEST_F(RealSeasons, HaveTheReferenceZones) {
    const auto bytes = support::read_file(kRealData / "shots_2022-23.csv.gz");
    const Zones zones = zones_of(bytes);
    for (const ZoneReference& reference : kZones2022) {
        EXPECT_NEAR(zones.at(reference.name).attempts, reference.share, 0.001) << reference.name;
        EXPECT_NEAR(zones.at(reference.name).made, reference.accuracy, 0.001) << reference.name;
    }
}

}  // namespace
}  // namespace tipoff::league::test
