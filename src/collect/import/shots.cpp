/// NBA.com's shotchartdetail as one collection keeps it, one row a field-goal attempt, without
/// event ids.
///
/// The places come in two scales. NBA.com measures x and y in tenths of feet from the hoop, the
/// left corner negative. Some seasons here are in feet, mirrored, y from the baseline (the hoop
/// stands 5.25 feet in): x = -LOC_X, y = LOC_Y - 5.25. In others (2019-20, 2020-21) the same was
/// done to numbers that were feet already, without the mirror: x = 10 LOC_X, y = 10 (LOC_Y - 5.25)
/// - 5.25. SHOT_DISTANCE tells which: it is the distance rounded down, and with the right scale
/// every row of the five seasons agrees with it.

#include <array>
#include <cmath>

#include "collect/import/shot_reading.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 15> kColumns{
    "TEAM_ID",   "PLAYER_ID",     "GAME_DATE", "GAME_ID",    "HOME_TEAM",
    "AWAY_TEAM", "SHOT_MADE",     "SHOT_TYPE", "BASIC_ZONE", "LOC_X",
    "LOC_Y",     "SHOT_DISTANCE", "QUARTER",   "MINS_LEFT",  "SECS_LEFT"};
enum Column : std::size_t {
    kTeamId,
    kPlayerId,
    kGameDate,
    kGameId,
    kHome,
    kAway,
    kMade,
    kType,
    kZone,
    kX,
    kY,
    kDistance,
    kPeriod,
    kMinutes,
    kSeconds,
};

constexpr std::int32_t kHoopFromBaseline = 5250;  // thousandths of a foot

bool read_made(RowFields& row) {
    const std::string_view text = row.raw(kMade);
    const bool made = text == "TRUE" || text == "true";
    row.check(made || text == "FALSE" || text == "false", kMade, "not TRUE or FALSE");
    return made;
}

void read(RowFields& row, RowOutput output) {
    StagedShot shot{};
    shot.line = output.line;
    shot.game_id = row.game_id(kGameId);
    shot.date = row.date(kGameDate).days_since_epoch();
    shot.player = static_cast<std::int32_t>(row.player_id(kPlayerId).value);
    read_shot_teams(row, kHome, kAway, kTeamId, shot);
    shot.made = read_made(row);
    shot.three = read_three_pointer(row, kType);
    shot.zone = read_zone(row, kZone);
    shot.x = read_thousandths(row, kX);
    shot.y = read_thousandths(row, kY);
    shot.distance = static_cast<std::int16_t>(row.whole(kDistance, 0, 95));
    read_clock(row, kPeriod, kMinutes, kSeconds, shot);
    if (!row.refused()) output.file.records.shots.push_back(shot);
}

std::int32_t tenths(std::int32_t thousandths) {
    return static_cast<std::int32_t>(std::lround(thousandths / 100.0));
}

StagedShot from_feet(StagedShot shot) {
    shot.x = tenths(-shot.x);
    shot.y = tenths(shot.y - kHoopFromBaseline);
    return shot;
}

StagedShot from_tens_of_feet(StagedShot shot) {
    shot.x = tenths(10 * shot.x);
    shot.y = tenths(10 * (shot.y - kHoopFromBaseline) - kHoopFromBaseline);
    return shot;
}

double miss(const StagedShot& shot) {
    const double x = shot.x / 10.0;
    const double y = shot.y / 10.0;
    return std::abs(std::sqrt(x * x + y * y) - (shot.distance + 0.5));
}

std::int64_t finish(StagedFile& file) {
    auto& shots = file.records.shots;
    std::int64_t nearer_in_feet = 0;
    for (const StagedShot& shot : shots) {
        nearer_in_feet += miss(from_feet(shot)) <= miss(from_tens_of_feet(shot)) ? 1 : -1;
    }
    for (StagedShot& shot : shots) {
        shot = nearer_in_feet >= 0 ? from_feet(shot) : from_tens_of_feet(shot);
    }
    const std::int64_t misplaced = refuse_misplaced_shots(file);
    refuse_cut_off_game(file);
    return misplaced;
}

}  // namespace

const Kind kShotsKind{.name = "shots",
                      .columns = kColumns,
                      .required = kColumns.size(),
                      .absent = {},
                      .read = read,
                      .finish = finish};

}  // namespace tipoff::collect
