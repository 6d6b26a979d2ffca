/// NBA.com's shotchartdetail as it is answered: event ids, places in tenths of feet from the hoop.
/// The upstream stops at 102,400 rows, so that a season is not whole.

#include <array>
#include <cmath>

#include "collect/import/shot_reading.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 16> kColumns{"GAME_ID",
                                                    "GAME_EVENT_ID",
                                                    "PLAYER_ID",
                                                    "TEAM_ID",
                                                    "PERIOD",
                                                    "MINUTES_REMAINING",
                                                    "SECONDS_REMAINING",
                                                    "SHOT_TYPE",
                                                    "SHOT_ZONE_BASIC",
                                                    "SHOT_DISTANCE",
                                                    "LOC_X",
                                                    "LOC_Y",
                                                    "SHOT_MADE_FLAG",
                                                    "GAME_DATE",
                                                    "HTM",
                                                    "VTM"};
enum Column : std::size_t {
    kGameId,
    kEvent,
    kPlayerId,
    kTeamId,
    kPeriod,
    kMinutes,
    kSeconds,
    kType,
    kZone,
    kDistance,
    kX,
    kY,
    kMade,
    kGameDate,
    kHome,
    kAway,
};

void read(RowFields& row, RowOutput output) {
    StagedShot shot{};
    shot.line = output.line;
    shot.game_id = row.game_id(kGameId);
    shot.event = row.whole(kEvent, 1, 100'000);
    shot.date = row.date(kGameDate).days_since_epoch();
    shot.player = static_cast<std::int32_t>(row.player_id(kPlayerId).value);
    read_shot_teams(row, kHome, kAway, kTeamId, shot);
    shot.made = row.whole(kMade, 0, 1) == 1;
    shot.three = read_three_pointer(row, kType);
    shot.zone = read_zone(row, kZone);
    shot.x = row.whole(kX, -1000, 1000);
    shot.y = row.whole(kY, -1000, 1000);
    shot.distance = static_cast<std::int16_t>(row.whole(kDistance, 0, 95));
    read_clock(row, kPeriod, kMinutes, kSeconds, shot);
    if (!row.refused()) output.file.records.shots.push_back(shot);
}

std::int64_t finish(StagedFile& file) {
    const std::int64_t misplaced = refuse_misplaced_shots(file);
    refuse_cut_off_game(file);
    return misplaced;
}

}  // namespace

const Kind kShotsPartialKind{.name = "shots_partial",
                             .columns = kColumns,
                             .required = kColumns.size(),
                             .absent = {},
                             .read = read,
                             .finish = finish};

}  // namespace tipoff::collect
