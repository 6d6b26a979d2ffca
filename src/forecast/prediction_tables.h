#pragma once
/// The `predictions` tables of what was said before the games.

#include <cstdint>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "store/table.h"

namespace tipoff::forecast {

inline constexpr std::string_view kOriginLive = "live";
inline constexpr std::string_view kOriginBackfill = "backfill";

/// A forecast of one system for one player, game and market. It is conditional on his playing;
/// `p_plays` stands beside it.
struct Prediction {
    GameId game_id;
    PlayerId player_id;
    std::string market;
    std::string system_id;
    AsOf as_of{};
    std::string origin;  ///< "live" or "backfill": a live row never changes after tip-off
    GameDate game_date{};
    Season season;
    TeamId team_id;
    TeamId opponent_team_id;
    double mean = 0;
    double sd = 0;
    std::int16_t median = 0;  ///< whole points, as all quantiles
    std::int16_t quantile_025 = 0;
    std::int16_t quantile_10 = 0;
    std::int16_t quantile_25 = 0;
    std::int16_t quantile_75 = 0;
    std::int16_t quantile_90 = 0;
    std::int16_t quantile_975 = 0;
    double minutes = 0;  ///< expected minutes, given that he plays
    double p_plays = 0;
    std::string quality_grade;  ///< of the features behind it
    std::string degraded;  ///< what the system had to do without: "zones", "history", ...; empty
                           ///< when nothing
    std::string members;   ///< systems that took part in an ensemble; else empty
    std::string contributions;  ///< what the mean is made of: "form 31 min +18.9, opponent +0.3"
    std::string parameters_hash;
    std::string run_id;
};

/// What a forecast says of one line of one book.
struct Pick {
    GameId game_id;
    PlayerId player_id;
    std::string market;
    std::string system_id;
    AsOf as_of{};
    std::string origin;
    std::string book;
    double line_value = 0;
    GameDate game_date{};
    bool is_main_line = true;
    std::optional<std::int32_t> over_price;  ///< American
    std::optional<std::int32_t> under_price;
    std::string vig_method;  ///< "proportional"; empty where the price is one-sided
    double p_no_vig = 0;  ///< P(over) that the prices imply without the vig; NaN without two prices
    double p_over = 0;
    double p_push = 0;
    double edge = 0;  ///< P(over | no push) less `p_no_vig`; NaN without prices
    double ev =
        0;  ///< expected profit of the recommended side a unit staked; NaN for PASS without prices
    double fair_line = 0;        ///< the half line nearest to an even bet
    std::string recommendation;  ///< "OVER", "UNDER" or "PASS"
    std::string reason;          ///< for a person
    std::string run_id;
};

extern const store::Table<Prediction> kPrediction;
extern const store::Table<Pick> kPick;

/// Every table of this room, in the order of their names.
[[nodiscard]] std::vector<const store::TableSpec*> prediction_tables();

}  // namespace tipoff::forecast
