#include "features/families/scoring_form.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife10 = 0.933032991536807;  // 2^(-1/10)
constexpr double kDecayHalfLife30 = 0.977159968434246;  // 2^(-1/30)

float number_or_unknown(const std::optional<std::int32_t>& value) {
    return value ? static_cast<float>(*value) : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

void ScoringForm::observe(const Result& result) {
    for (const PlayerResult& played : result.players) {
        const conform::PlayerGame& box = *played.row;
        if (box.minutes <= 0) continue;
        Player& player = players_[played.player_index];
        if (player.season != result.season) {
            player.season = result.season;
            player.season_points = {};
            player.season_minutes = 0;
        }
        player.games.push({
            .points = static_cast<float>(box.points),
            .minutes = static_cast<float>(box.minutes),
            .field_goals_made = number_or_unknown(box.field_goals_made),
            .field_goals_attempted = number_or_unknown(box.field_goals_attempted),
            .threes_made = number_or_unknown(box.three_pointers_made),
            .threes_attempted = number_or_unknown(box.three_pointers_attempted),
            .free_throws_attempted = number_or_unknown(box.free_throws_attempted),
        });
        player.season_points.add(box.points);
        player.season_minutes += box.minutes;
        player.points.add(box.points, kDecayHalfLife10);
        player.minutes.add(box.minutes, kDecayHalfLife10);
        player.points_long.add(box.points, kDecayHalfLife30);
        player.minutes_long.add(box.minutes, kDecayHalfLife30);
        if (!box.field_goals_attempted || !box.free_throws_attempted || !box.free_throws_made ||
            !box.three_pointers_attempted) {
            continue;
        }
        player.field_goals_attempted.add(*box.field_goals_attempted, kDecayHalfLife10);
        player.threes_attempted.add(*box.three_pointers_attempted, kDecayHalfLife10);
        player.free_throws_attempted.add(*box.free_throws_attempted, kDecayHalfLife10);
        player.minutes_with_attempts.add(box.minutes, kDecayHalfLife10);
        player.free_throws_made_long.add(*box.free_throws_made, kDecayHalfLife30);
        player.free_throws_attempted_long.add(*box.free_throws_attempted, kDecayHalfLife30);
    }
}

void ScoringForm::emit(const Matchup& matchup, FamilyRow<ScoringForm>& row) const {
    const Player& player = std::as_const(players_)[matchup.player_index];
    const bool this_season = player.season == matchup.season;

    Moments points, minutes, attempts, threes_attempted, free_throws;
    double shooting_points = 0, shooting_attempts = 0, made = 0, threes_made = 0,
           free_throws_20 = 0;
    for (std::size_t back = 0; back < player.games.size(); ++back) {
        const Game& game = player.games[back];
        points.add(game.points);
        const bool has_attempts = !std::isnan(game.field_goals_attempted);
        if (back < 10) {
            minutes.add(game.minutes);
            if (has_attempts) {
                attempts.add(game.field_goals_attempted);
                threes_attempted.add(game.threes_attempted);
                free_throws.add(game.free_throws_attempted);
            }
        }
        if (has_attempts) {
            shooting_points += game.points;
            shooting_attempts += game.field_goals_attempted;
            made += game.field_goals_made;
            threes_made += game.threes_made;
            free_throws_20 += game.free_throws_attempted;
        }
        if (back == 2) row.set("points_mean_last_3", points.mean());
        if (back == 4) row.set("points_mean_last_5", points.mean());
        if (back == 9) {
            row.set("points_mean_last_10", points.mean());
            row.set("points_sd_last_10", points.sd());
            row.set("points_per_minute_last_10", ratio(points.sum, minutes.sum));
        }
    }
    // A window that is not full yet holds what there is.
    if (player.games.size() < 3) row.set("points_mean_last_3", points.mean());
    if (player.games.size() < 5) row.set("points_mean_last_5", points.mean());
    if (player.games.size() < 10) {
        row.set("points_mean_last_10", points.mean());
        row.set("points_sd_last_10", points.sd());
        row.set("points_per_minute_last_10", ratio(points.sum, minutes.sum));
    }
    row.set("points_mean_last_20", points.mean());
    row.set("points_sd_last_20", points.sd());
    row.set("points_mean_season", this_season ? player.season_points.mean() : kUnknown);
    row.set("points_mean_ewm", player.points.mean());
    row.set("points_per_minute_season",
            this_season ? ratio(player.season_points.sum, player.season_minutes) : kUnknown);
    row.set("points_per_minute_ewm", ratio(player.points.sum, player.minutes.sum));
    row.set("points_per_minute_ewm_long", ratio(player.points_long.sum, player.minutes_long.sum));
    row.set("field_goals_attempted_mean_last_10", attempts.mean());
    row.set("field_goals_attempted_mean_ewm", player.field_goals_attempted.mean());
    row.set("free_throws_attempted_mean_last_10", free_throws.mean());
    row.set("free_throws_attempted_mean_ewm", player.free_throws_attempted.mean());
    row.set("three_pointers_attempted_mean_last_10", threes_attempted.mean());
    row.set("three_pointers_attempted_mean_ewm", player.threes_attempted.mean());
    row.set("field_goals_attempted_per_minute_ewm",
            ratio(player.field_goals_attempted.sum, player.minutes_with_attempts.sum));
    row.set("free_throws_attempted_per_minute_ewm",
            ratio(player.free_throws_attempted.sum, player.minutes_with_attempts.sum));
    row.set("free_throw_pct_long",
            ratio(player.free_throws_made_long.sum, player.free_throws_attempted_long.sum));
    row.set("true_shooting_last_20",
            ratio(shooting_points, 2 * (shooting_attempts + 0.44 * free_throws_20)));
    row.set("effective_field_goal_last_20", ratio(made + 0.5 * threes_made, shooting_attempts));
}

}  // namespace tipoff::features
