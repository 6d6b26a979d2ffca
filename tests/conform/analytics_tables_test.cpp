#include "conform/analytics_tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tipoff::conform {
namespace {

const store::TableSpec& table(std::string_view name) {
    for (const store::TableSpec* spec : analytics_tables()) {
        if (spec->name == name) return *spec;
    }
    throw std::out_of_range("no such table");
}

std::vector<std::string> key_of(std::string_view name) {
    std::vector<std::string> key;
    for (const auto& column : table(name).columns) {
        if (column.is_key) key.push_back(column.name);
    }
    return key;
}

TEST(AnalyticsTables, GrainOfEach) {
    EXPECT_EQ(key_of("game"), (std::vector<std::string>{"game_id"}));
    for (const auto* name : {"player_game_summary", "upcoming_player_game_context"}) {
        EXPECT_EQ(key_of(name), (std::vector<std::string>{"game_id", "player_id"})) << name;
    }
    for (const auto* name :
         {"team_offense_game_summary", "team_defense_game_summary", "upcoming_team_game_context"}) {
        EXPECT_EQ(key_of(name), (std::vector<std::string>{"game_id", "team_id"})) << name;
    }
    EXPECT_EQ(analytics_tables().size(), 6u);
}

TEST(AnalyticsTables, EveryColumnIsNamedOnceAndDescribed) {
    for (const store::TableSpec* spec : analytics_tables()) {
        EXPECT_EQ(spec->schema, "analytics");
        std::set<std::string> names;
        for (const auto& column : spec->columns) {
            EXPECT_TRUE(names.insert(column.name).second) << spec->name << "." << column.name;
            EXPECT_TRUE(column.doc.ends_with('.')) << spec->name << "." << column.name;
        }
    }
}

TEST(AnalyticsTables, OnlyTheRunIsLeftOutOfTheDigest) {
    for (const store::TableSpec* spec : analytics_tables()) {
        for (const auto& column : spec->columns) {
            EXPECT_EQ(column.in_digest, column.name != "run_id") << spec->name << column.name;
        }
    }
}

TEST(AnalyticsTables, ZonesHaveAttemptsAndMakes) {
    const auto has = [](std::string_view name, std::string_view column) {
        return std::ranges::any_of(table(name).columns, [&](const store::ColumnSpec& spec) {
            return spec.name == column && spec.nullable && spec.type == store::ColumnType::kInteger;
        });
    };
    EXPECT_TRUE(has("player_game_summary", "restricted_area_attempts"));
    EXPECT_TRUE(has("player_game_summary", "backcourt_makes"));
    EXPECT_TRUE(has("team_offense_game_summary", "left_corner_3_makes"));
    EXPECT_TRUE(has("team_defense_game_summary", "above_break_3_attempts_allowed"));
}

TEST(AnalyticsTables, AZoneColumnCarriesItsOwnMember) {
    PlayerGame row;
    row.game_id = parse_game_id("0022200001").value();
    row.mid_range_attempts = 5;
    row.right_corner_3_makes = 2;
    const std::vector rows{row};
    const store::Columns columns = kPlayerGame.to_columns(rows);
    const auto column = [&](std::string_view name) -> const store::Column& {
        return columns.data[static_cast<std::size_t>(std::ranges::find(columns.names, name) -
                                                     columns.names.begin())];
    };
    EXPECT_EQ(column("mid_range_attempts").integer(0), 5);
    EXPECT_EQ(column("right_corner_3_makes").integer(0), 2);
    EXPECT_TRUE(column("mid_range_makes").is_null(0));
}

}  // namespace
}  // namespace tipoff::conform
