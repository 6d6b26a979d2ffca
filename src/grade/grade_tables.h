#pragma once
/// The `predictions` tables of what came of the forecasts.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::grade {

inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// How the books settle a forecast.
inline constexpr std::string_view kGraded = "graded";
inline constexpr std::string_view kVoidDidNotPlay = "VOID_DID_NOT_PLAY";
inline constexpr std::string_view kVoidPostponed = "VOID_POSTPONED";

/// One forecast after its game. A later correction of the box score is a new `revision`; the
/// settled one stays.
struct Accuracy {
    GameId game_id;
    PlayerId player_id;
    std::string market;
    std::string system_id;
    AsOf as_of{};
    std::string origin;
    std::int32_t revision = 0;
    GameDate game_date{};
    Season season;
    SeasonType season_type = SeasonType::kRegular;
    TeamId team_id;
    std::string outcome;  ///< "graded" or the reason of the void
    std::optional<std::int32_t> actual;
    std::optional<std::int32_t> minutes;  ///< played
    double mean = kNone;                  ///< of the forecast, copied: the grade stands alone
    double sd = kNone;
    double absolute_error = kNone;  ///< of the median
    double absolute_error_mean = kNone;
    double error = kNone;  ///< mean less actual
    double crps = kNone;
    double pit = kNone;            ///< randomised, seeded by the forecast's key
    std::int32_t prior_games = 0;  ///< earlier games with minutes, play-in left out
    std::int32_t season_games = 0;
    double last_10_points = kNone;  ///< before the game
    double last_10_minutes = kNone;
    bool lined = false;  ///< a real line stood before tip-off
    std::string quality_grade;
    std::string run_id;
};

/// A game date of one system on one population: days add up to any range, whatever the calls that
/// graded them.
struct SystemPerformance {
    GameDate game_date{};
    Season season;
    std::string market;
    std::string system_id;
    std::string population;
    SeasonType season_type = SeasonType::kRegular;
    std::int32_t n = 0;
    double mae = kNone;
    double mae_mean = kNone;
    double rmse = kNone;
    double bias = kNone;
    double crps = kNone;
    double coverage_80 = kNone;
    double coverage_95 = kNone;
    std::string run_id;
};

extern const store::Table<Accuracy> kAccuracy;  ///< predictions.prediction_accuracy
extern const store::Table<SystemPerformance>
    kSystemPerformance;  ///< predictions.system_performance

/// Every table of this room, in the order of their names.
[[nodiscard]] std::vector<const store::TableSpec*> grade_tables();

}  // namespace tipoff::grade
