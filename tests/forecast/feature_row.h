#pragma once
/// A feature row for tests: everything unknown until it is set by name.

#include <limits>
#include <random>
#include <string>
#include <string_view>

#include "base/error.h"
#include "features/feature_list.h"
#include "forecast/matchup_features.h"

namespace tipoff::forecast {

struct TestRow {
    features::FeatureRow values;

    TestRow() { values.fill(std::numeric_limits<float>::quiet_NaN()); }

    TestRow& set(std::string_view name, double value) {
        const std::size_t index = features::find_feature(name);
        require(index < features::kFeatureCount, "a test names a feature that does not exist");
        values[index] = static_cast<float>(value);
        return *this;
    }
    TestRow& forget(std::string_view name) {
        return set(name, std::numeric_limits<double>::quiet_NaN());
    }

    [[nodiscard]] MatchupFeatures view() const { return MatchupFeatures(values); }
};

/// A starter in mid-season at home with every feature of both systems known, against a defence like
/// the league's at the league's pace.
[[nodiscard]] inline TestRow starter() {
    TestRow row;
    row.set("games_on_record", 200).set("games_this_season", 40).set("is_home", 1);
    row.set("player_days_rest", 1).set("team_days_rest", 1).set("appearance_share_last_10", 1);
    row.set("minutes_mean_ewm_short", 34).set("minutes_mean_ewm_long", 33);
    row.set("minutes_mean_season", 32).set("minutes_sd_last_10", 5);
    row.set("points_per_minute_ewm", 0.625);
    row.set("field_goals_attempted_per_minute_ewm", 0.5);
    row.set("free_throws_attempted_per_minute_ewm", 0.125).set("free_throw_pct_long", 0.8);
    row.set("expected_pace_factor", 1).set("opponent_defence_factor", 1);
    for (const auto* const zone :
         {"restricted_area", "paint", "mid_range", "corner_3", "above_break_3"}) {
        const std::string name = zone;
        row.set("zone_share_" + name, 0.2).set("zone_accuracy_" + name, 0.5);
        row.set("opponent_accuracy_factor_" + name, 1).set("opponent_volume_factor_" + name, 1);
    }
    return row;
}

/// A player of whom nothing is on record.
[[nodiscard]] inline TestRow newcomer() {
    return TestRow().set("games_on_record", 0).set("games_this_season", 0).set("is_home", 0);
}

/// Players of many kinds in many matchups.
[[nodiscard]] inline TestRow any_row(std::minstd_rand& random) {
    const auto between = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() % 1000) / 1000;
    };
    TestRow row = starter();
    const double minutes = between(5, 38);
    row.set("minutes_mean_ewm_short", minutes + between(-4, 4));
    row.set("minutes_mean_ewm_long", minutes).set("minutes_mean_season", minutes);
    row.set("points_per_minute_ewm", between(0.2, 0.8));
    row.set("player_minutes_last_7_days", between(0, 150)).set("usage_vacated", between(0, 0.5));
    row.set("opponent_defence_factor", between(0.93, 1.07));
    row.set("expected_pace_factor", between(0.95, 1.05)).set("days_into_season", between(0, 170));
    return row;
}

}  // namespace tipoff::forecast
