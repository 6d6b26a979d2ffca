#include "grade/history.h"

#include <algorithm>
#include <tuple>

#include "base/error.h"

namespace tipoff::grade {
namespace {

constexpr std::size_t kRecentGames = 10;

bool is_counted(SeasonType type) {
    return type == SeasonType::kRegular || type == SeasonType::kPlayoffs;
}

auto statement_order(const conform::PlayerGame* row) {
    return std::tuple(row->game_date, row->game_id, row->revision);
}

/// The rows of countable season types, those of one player side by side.
std::vector<std::vector<const conform::PlayerGame*>> by_player(
    std::span<const conform::PlayerGame> rows) {
    std::unordered_map<PlayerId, std::size_t> slots;
    std::vector<std::vector<const conform::PlayerGame*>> players;
    for (const conform::PlayerGame& row : rows) {
        if (!is_counted(row.season_type)) continue;
        const auto [slot, is_new] = slots.try_emplace(row.player_id, players.size());
        if (is_new) players.emplace_back();
        players[slot->second].push_back(&row);
    }
    return players;
}

}  // namespace

History::History(std::span<const conform::PlayerGame> player_games) {
    games_.reserve(player_games.size());
    for (auto& rows : by_player(player_games)) {
        if (!std::ranges::is_sorted(rows, {}, statement_order)) {
            std::ranges::sort(rows, {}, statement_order);
        }
        const std::size_t begin = games_.size();
        append(rows);
        players_.emplace(rows.front()->player_id, Range{begin, games_.size() - begin});
    }
}

void History::append(std::span<const conform::PlayerGame* const> games_of_player) {
    const std::size_t begin = games_.size();
    Sums sums;
    for (std::size_t i = 0; i < games_of_player.size(); ++i) {
        const conform::PlayerGame& row = *games_of_player[i];
        if (i + 1 < games_of_player.size() && games_of_player[i + 1]->game_id == row.game_id) {
            require(games_of_player[i + 1]->revision != row.revision,
                    "two statements of a player game with one revision");
            continue;
        }
        if (row.minutes == 0) continue;
        sums.minutes += row.minutes;
        for (std::size_t m = 0; m < kMarkets.size(); ++m) {
            const auto value = outcome_of(row, kMarkets[m]);
            sums.values[m] += value.value_or(0);
            sums.known[m] += value ? 1 : 0;
        }
        const bool is_same_season = games_.size() > begin && games_.back().season == row.season;
        const auto ordinal = static_cast<std::uint32_t>(games_.size() - begin);
        games_.push_back({.date = row.game_date,
                          .season = row.season,
                          .season_first = is_same_season ? games_.back().season_first : ordinal,
                          .through = sums});
    }
}

MarketValues History::means(const Sums& from, const Sums& to) {
    MarketValues result = unknown_values();
    for (std::size_t m = 0; m < kMarkets.size(); ++m) {
        const auto games = to.known[m] - from.known[m];
        if (games > 0) result[m] = static_cast<double>(to.values[m] - from.values[m]) / games;
    }
    return result;
}

Before History::before(PlayerId player, GameDate date, Season season) const {
    const auto found = players_.find(player);
    if (found == players_.end()) return {};
    const auto games = std::span(games_).subspan(found->second.begin, found->second.size);
    const auto earlier = static_cast<std::size_t>(
        std::ranges::lower_bound(games, date, {}, &Counted::date) - games.begin());
    if (earlier == 0) return {};

    const Counted& last = games[earlier - 1];
    const auto sums_before = [&](std::size_t place) {
        return place == 0 ? Sums{} : games[place - 1].through;
    };
    const std::size_t recent = std::min(earlier, kRecentGames);
    const Sums before_recent = sums_before(earlier - recent);
    Before result;
    result.prior_games = static_cast<std::int32_t>(earlier);
    result.last_10_minutes = static_cast<double>(last.through.minutes - before_recent.minutes) /
                             static_cast<double>(recent);
    result.last_10 = means(before_recent, last.through);
    if (last.season == season) {
        result.season_games = static_cast<std::int32_t>(earlier - last.season_first);
        result.season_mean = means(sums_before(last.season_first), last.through);
    }
    return result;
}

}  // namespace tipoff::grade
