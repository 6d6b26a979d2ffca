#include "conform/places.h"

#include <gtest/gtest.h>

#include "hand_made.h"

namespace tipoff::conform {
namespace {

const collect::City& city(std::string_view name) {
    const collect::City* found = collect::find_city(name);
    require(found != nullptr, "a city that the room of sources does not know");
    return *found;
}

// Worked with the spherical law of cosines, d = R acos(sin a sin b + cos a cos b cos(l - m)), from
// the arenas' coordinates (Chase Center 37.768 N 122.388 W, Footprint Center 33.446 N 112.071 W,
// Kaseya Center 25.781 N 80.187 W, Amway Center 28.539 N 81.384 W, Bercy 48.839 N 2.379 E, United
// Center 41.881 N 87.674 W), R = 3,958.8 miles.
TEST(Places, DistancesBetweenArenas) {
    EXPECT_NEAR(miles_between(city("San Francisco"), city("Phoenix")), 651.4, 0.5);
    EXPECT_NEAR(miles_between(city("Miami"), city("Orlando")), 204.3, 0.5);
    EXPECT_NEAR(miles_between(city("Chicago"), city("Paris")), 4135.8, 1);
    EXPECT_EQ(miles_between(city("Boston"), city("Boston")), 0);
}

TEST(Places, ClocksOfTwoCities) {
    const Instant winter = test::eastern("2023-01-19", "15:00");
    EXPECT_EQ(hours_ahead(city("Los Angeles"), city("Boston"), winter), 3);
    EXPECT_EQ(hours_ahead(city("Boston"), city("Los Angeles"), winter), -3);
    EXPECT_EQ(hours_ahead(city("Chicago"), city("Paris"), winter), 7);
    EXPECT_EQ(hours_ahead(city("Boston"), city("Miami"), winter), 0);
}

TEST(Places, ArizonaKeepsNoDaylightSaving) {
    const Instant october = test::eastern("2022-10-25", "22:00");
    const Instant december = test::eastern("2022-12-25", "22:00");
    EXPECT_EQ(hours_ahead(city("San Francisco"), city("Phoenix"), october), 0);
    EXPECT_EQ(hours_ahead(city("San Francisco"), city("Phoenix"), december), 1);
}

TEST(Places, ANeutralSiteIsWhereTheScheduleSays) {
    EXPECT_EQ(place_of("Paris", test::kBoston)->name, "Paris");
    EXPECT_EQ(place_of("Mexico City, Mexico", test::kBoston)->name, "Mexico City");
    EXPECT_EQ(place_of("", test::kBoston)->name, "Boston");
    EXPECT_EQ(place_of("Atlantis", test::kBoston), nullptr);
}

}  // namespace
}  // namespace tipoff::conform
