#include "collect/import/shot_reading.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "collect/shot_zone.h"

namespace tipoff::collect {
namespace {

constexpr std::int32_t kPeriodSeconds = 720;
constexpr std::int32_t kOvertimeSeconds = 300;
constexpr std::int32_t kMostPeriods = 14;

std::uint8_t place_of(TeamId id) {
    const Team* team = find_team(id);
    return team == nullptr ? 0 : static_cast<std::uint8_t>(team - teams().data());
}

bool is_misplaced(const StagedShot& shot) {
    const double x = shot.x / 10.0;
    const double y = shot.y / 10.0;
    const double excess = std::sqrt(x * x + y * y) - shot.distance;
    constexpr double kSlack = 0.1;
    if (excess < -kSlack || excess > 1.0 + kSlack) return true;
    const auto zone = static_cast<ShotZone>(shot.zone);
    return (zone == ShotZone::kLeftCorner3 && shot.x > 0) ||
           (zone == ShotZone::kRightCorner3 && shot.x < 0);
}

/// Moves the shots for which `is_refused` holds out of the file, each with a rejection.
template <class Predicate>
std::int64_t refuse_shots(StagedFile& file, const Rejection& why, Predicate is_refused) {
    auto& shots = file.records.shots;
    const auto refused = std::ranges::stable_partition(
        shots, [&](const StagedShot& shot) { return !is_refused(shot); });
    for (const StagedShot& shot : refused) {
        Rejection rejection = why;
        rejection.line = shot.line;
        if (rejection.value.empty()) {
            rejection.value =
                fmt::format("{:.1f}, {:.1f} at {} ft", shot.x / 10.0, shot.y / 10.0, shot.distance);
        }
        file.rejections.add(std::move(rejection));
    }
    const auto count = static_cast<std::int64_t>(refused.size());
    shots.erase(refused.begin(), refused.end());
    return count;
}

}  // namespace

std::uint8_t read_zone(RowFields& row, std::size_t column) {
    const auto zone = find_shot_zone(row.raw(column));
    row.check(zone.has_value(), column, "not a known zone");
    return static_cast<std::uint8_t>(zone.value_or(ShotZone{}));
}

bool read_three_pointer(RowFields& row, std::size_t column) {
    const std::string_view text = row.raw(column);
    row.check(text == "2PT Field Goal" || text == "3PT Field Goal", column,
              "not 2PT or 3PT Field Goal");
    return text.starts_with('3');
}

void read_clock(RowFields& row, std::size_t period, std::size_t minutes, std::size_t seconds,
                StagedShot& shot) {
    shot.period = static_cast<std::uint8_t>(row.whole(period, 1, kMostPeriods));
    const std::int32_t length = shot.period <= 4 ? kPeriodSeconds : kOvertimeSeconds;
    const std::int32_t left = 60 * row.whole(minutes, 0, 12) + row.whole(seconds, 0, 59);
    row.check(left <= length, minutes, "more time left than the period has");
    shot.seconds_left = static_cast<std::int16_t>(left);
}

void read_shot_teams(RowFields& row, std::size_t home, std::size_t away, std::size_t team,
                     StagedShot& shot) {
    const TeamId home_id = row.team(home);
    const TeamId away_id = row.team(away);
    const TeamId team_id = row.team_id(team);
    row.check(team_id == home_id || team_id == away_id, team, "not a team of the game");
    shot.home = place_of(home_id);
    shot.away = place_of(away_id);
    shot.team = place_of(team_id);
}

std::int32_t read_thousandths(RowFields& row, std::size_t column) {
    constexpr double kFarthest = 1000;
    return static_cast<std::int32_t>(std::lround(row.number(column, -kFarthest, kFarthest) * 1000));
}

void refuse_cut_off_game(StagedFile& file) {
    if (file.rows_read != kShotRowLimit || file.records.shots.empty()) return;
    const GameId last = std::ranges::max(file.records.shots, {}, &StagedShot::game_id).game_id;
    refuse_shots(
        file,
        {.line = 0,
         .column = "GAME_ID",
         .rule = "the file stops inside this game, at the upstream's limit of 102,400 rows",
         .detail = {},
         .value = to_string(last),
         .rejection_class = RejectionClass::kContradiction},
        [last](const StagedShot& shot) { return shot.game_id == last; });
}

std::int64_t refuse_misplaced_shots(StagedFile& file) {
    return refuse_shots(file,
                        {.line = 0,
                         .column = "LOC_X",
                         .rule = "the place is not that of the distance and zone",
                         .detail = {},
                         .value = {},
                         .rejection_class = RejectionClass::kValue},
                        is_misplaced);
}

}  // namespace tipoff::collect
