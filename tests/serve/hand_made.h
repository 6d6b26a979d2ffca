#pragma once
/// A few facts made by hand, in a database with every table and nothing else in it: for documents
/// whose numbers are worked out by hand.

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "collect/raw_tables.h"
#include "conform/analytics_tables.h"
#include "forecast/prediction_tables.h"
#include "operate/catalogue.h"
#include "serve/documents/json.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::serve::test {

inline constexpr PlayerId kJokic{203999};
inline constexpr TeamId kDenver{1610612743};
inline constexpr TeamId kBoston{1610612738};
inline constexpr TeamId kUtah{1610612762};

inline GameDate date_of(std::string_view text) { return support::value_of(parse_date(text)); }
inline Instant instant_of(std::string_view text) { return support::value_of(parse_instant(text)); }
inline Instant tip_off(GameDate date) { return eastern_instant(date, {19, 30}); }

/// A game of the regular season; final where it has a score.
inline conform::Game made_game(std::int64_t id, std::string_view date, TeamId home, TeamId away,
                               std::optional<std::int32_t> home_points = {},
                               std::optional<std::int32_t> away_points = {}) {
    conform::Game game;
    game.game_id = GameId{id};
    game.game_date = date_of(date);
    game.season = season_of(game.game_date);
    game.tip_off = tip_off(game.game_date);
    game.status = home_points ? "final" : "scheduled";
    game.home_team_id = home;
    game.away_team_id = away;
    game.home_points = home_points;
    game.away_points = away_points;
    return game;
}

/// Jokic's box score, of Denver at home unless it is said otherwise; known the morning after.
inline conform::PlayerGame made_box(std::int64_t id, std::string_view date, std::int32_t points,
                                    std::int32_t minutes = 30, TeamId opponent = kBoston) {
    conform::PlayerGame row;
    row.game_id = GameId{id};
    row.player_id = kJokic;
    row.game_date = date_of(date);
    row.season = season_of(row.game_date);
    row.team_id = kDenver;
    row.opponent_team_id = opponent;
    row.is_home = true;
    row.player_name = "Nikola Jokić";
    row.minutes = minutes;
    row.points = points;
    row.known_at = KnownAt{eastern_instant(row.game_date.plus_days(1), {6, 0})};
    return row;
}

/// A backfilled forecast of Jokic's points, of Denver against Boston, as of tip-off.
inline forecast::Prediction made_forecast(std::int64_t id, std::string_view date, double mean,
                                          std::string system = "moving_average_v1") {
    forecast::Prediction row;
    row.game_id = GameId{id};
    row.player_id = kJokic;
    row.market = "points";
    row.system_id = std::move(system);
    row.game_date = date_of(date);
    row.season = season_of(row.game_date);
    row.as_of = AsOf{tip_off(row.game_date)};
    row.origin = forecast::kOriginBackfill;
    row.team_id = kDenver;
    row.opponent_team_id = kBoston;
    row.mean = mean;
    row.median = static_cast<std::int16_t>(mean);
    row.quantile_025 = static_cast<std::int16_t>(mean - 12);
    row.quantile_10 = static_cast<std::int16_t>(mean - 8);
    row.quantile_25 = static_cast<std::int16_t>(mean - 4);
    row.quantile_75 = static_cast<std::int16_t>(mean + 5);
    row.quantile_90 = static_cast<std::int16_t>(mean + 9);
    row.quantile_975 = static_cast<std::int16_t>(mean + 14);
    return row;
}

class HandMade : public testing::Test {
protected:
    HandMade() {
        database_ = support::open_with_tables(folder_ / "made.duckdb", operate::catalogue());
        support::merge_rows(*database_, collect::kPlayer,
                            {{kJokic, "Nikola Jokić", "nikola jokic", date_of("2015-10-28"),
                              date_of("2023-03-01")}});
    }

    template <class Row>
    void put(const store::Table<Row>& table, const std::vector<Row>& rows) {
        support::merge_rows(*database_, table, rows);
    }

    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_;
};

/// A document as text, for comparisons that say where they differ.
inline std::string text_of(const Expected<Json>& document) {
    return support::value_of(document).dump();
}

}  // namespace tipoff::serve::test
