#include "collect/import/schedule_index.h"

#include <fmt/core.h>

namespace tipoff::collect {
namespace {

std::string tricode_of(TeamId id) {
    const Team* team = find_team(id);
    return team == nullptr ? std::to_string(id.value) : team->tricode;
}

std::string pairing(TeamId away, TeamId home) {
    return fmt::format("{} @ {}", tricode_of(away), tricode_of(home));
}

}  // namespace

KnownAt morning_after(GameDate date) {
    return {eastern_instant(date.plus_days(1), {.hour = 6, .minute = 0, .second = 0})};
}

void ScheduleIndex::add(const Schedule& game) {
    if (const ScheduledGame* before = find(game.game_id)) {
        by_date_.erase({before->date, before->home});
    } else {
        ++games_of_season_[season_of(game.game_id)];
    }
    by_id_[game.game_id] = {.game_id = game.game_id,
                            .date = game.game_date,
                            .tip_off = game.tip_off,
                            .home = game.home_team_id,
                            .away = game.away_team_id,
                            .home_points = game.home_points,
                            .away_points = game.away_points,
                            .result_known_at = morning_after(game.game_date)};
    const auto [place, added] =
        by_date_.try_emplace({game.game_date, game.home_team_id}, game.game_id);
    if (!added) place->second.reset();
}

const ScheduledGame* ScheduleIndex::find(GameId id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
}

const ScheduledGame* ScheduleIndex::find_by_date(const GameReference& reference) const {
    const auto found = by_date_.find({reference.date, reference.home});
    if (found == by_date_.end()) return nullptr;
    const std::optional<GameId>& id = found->second;
    if (!id) return nullptr;
    const ScheduledGame* game = find(*id);
    return game->away == reference.away ? game : nullptr;
}

const ScheduledGame* ScheduleIndex::find(const GameReference& reference, Rejection& why) const {
    const bool by_id = reference.game_id.value != 0;
    why.rejection_class = RejectionClass::kContradiction;
    why.value = fmt::format("{} {} {}", by_id ? to_string(reference.game_id) : "",
                            to_string(reference.date), pairing(reference.away, reference.home));
    if (!by_id) why.value.erase(0, 1);
    const auto refuse = [&why](std::string_view rule, std::string detail) -> const ScheduledGame* {
        why.rule = rule;
        why.detail = std::move(detail);
        return nullptr;
    };

    const Season season = by_id ? season_of(reference.game_id) : season_of(reference.date);
    if (!games_of_season_.contains(season)) {
        why.rejection_class = RejectionClass::kUnresolved;
        return refuse("no schedule of its season has been imported", to_string(season));
    }
    const ScheduledGame* game = by_id ? find(reference.game_id) : find_by_date(reference);
    if (game == nullptr) return refuse("no such game in the schedule", {});
    if (game->date != reference.date) {
        return refuse("the schedule has this game on another date", to_string(game->date));
    }
    if (game->home != reference.home || game->away != reference.away) {
        return refuse("the schedule has other teams in this game", pairing(game->away, game->home));
    }
    const auto season_type = season_type_of(game->game_id);
    if (reference.season_type && season_type && *reference.season_type != *season_type) {
        return refuse("the schedule has this game as another season type",
                      std::string(to_string(*season_type)));
    }
    if (!game->home_points || !game->away_points) return game;
    const std::int32_t total = *game->home_points + *game->away_points;
    const std::int32_t margin = *game->home_points - *game->away_points;
    if (reference.total_points.value_or(total) != total ||
        reference.home_margin.value_or(margin) != margin) {
        return refuse("the row's result is not the schedule's",
                      fmt::format("{} points, home by {}; schedule {} and {}",
                                  reference.total_points.value_or(total),
                                  reference.home_margin.value_or(margin), total, margin));
    }
    return game;
}

}  // namespace tipoff::collect
