#pragma once
/// The zone columns of a row, as arrays in the order of `collect::ShotZone`.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "collect/raw_tables.h"
#include "conform/analytics_tables.h"

namespace tipoff::conform {

/// Column names' first parts.
inline constexpr std::array<std::string_view, collect::kShotZones> kZoneNames{
    "restricted_area", "paint",         "mid_range", "left_corner_3",
    "right_corner_3",  "above_break_3", "backcourt"};

template <class Row>
struct ZoneFields {
    static constexpr std::array<std::optional<std::int32_t> Row::*, collect::kShotZones> kAttempts{
        &Row::restricted_area_attempts, &Row::paint_attempts,          &Row::mid_range_attempts,
        &Row::left_corner_3_attempts,   &Row::right_corner_3_attempts, &Row::above_break_3_attempts,
        &Row::backcourt_attempts};
    static constexpr std::array<std::optional<std::int32_t> Row::*, collect::kShotZones> kMakes{
        &Row::restricted_area_makes, &Row::paint_makes,          &Row::mid_range_makes,
        &Row::left_corner_3_makes,   &Row::right_corner_3_makes, &Row::above_break_3_makes,
        &Row::backcourt_makes};
};

template <>
struct ZoneFields<TeamDefense> {
    static constexpr std::array<std::optional<std::int32_t> TeamDefense::*, collect::kShotZones>
        kAttempts{&TeamDefense::restricted_area_attempts_allowed,
                  &TeamDefense::paint_attempts_allowed,
                  &TeamDefense::mid_range_attempts_allowed,
                  &TeamDefense::left_corner_3_attempts_allowed,
                  &TeamDefense::right_corner_3_attempts_allowed,
                  &TeamDefense::above_break_3_attempts_allowed,
                  &TeamDefense::backcourt_attempts_allowed};
    static constexpr std::array<std::optional<std::int32_t> TeamDefense::*, collect::kShotZones>
        kMakes{
            &TeamDefense::restricted_area_makes_allowed, &TeamDefense::paint_makes_allowed,
            &TeamDefense::mid_range_makes_allowed,       &TeamDefense::left_corner_3_makes_allowed,
            &TeamDefense::right_corner_3_makes_allowed,  &TeamDefense::above_break_3_makes_allowed,
            &TeamDefense::backcourt_makes_allowed};
};

/// Attempts and makes by zone; empty where there are no shots on record.
struct ZoneCounts {
    std::array<std::int32_t, collect::kShotZones> attempts{};
    std::array<std::int32_t, collect::kShotZones> makes{};
    auto operator<=>(const ZoneCounts&) const = default;
};

template <class Row>
void set_zones(Row& row, const std::optional<ZoneCounts>& counts) {
    if (!counts) return;
    for (std::size_t zone = 0; zone < collect::kShotZones; ++zone) {
        row.*ZoneFields<Row>::kAttempts[zone] = counts->attempts[zone];
        row.*ZoneFields<Row>::kMakes[zone] = counts->makes[zone];
    }
}

}  // namespace tipoff::conform
