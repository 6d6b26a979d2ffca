#include "collect/known_games.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace tipoff::collect {
namespace {

std::pair<TeamId, TeamId> pairing_of(TeamId one, TeamId other) {
    return {std::min(one, other), std::max(one, other)};
}

}  // namespace

std::string_view family_of(std::string_view source) { return source.substr(0, source.find('_')); }

bool has_league_ids(std::string_view source) { return family_of(source) == "nbac"; }

bool is_league_schedule(std::string_view source) {
    return source == "schedule" || source == "nbac_schedule";
}

bool counts_in_season(GameId id) {
    const auto type = season_type_of(id);
    return type && *type != SeasonType::kPreseason && *type != SeasonType::kAllStar;
}

Expected<KnownGames> KnownGames::load(store::Database& database) {
    KnownGames games;
    TIPOFF_TRY(const auto statements, store::read_rows(database, kSchedule));
    for (const Schedule& statement : statements)
        games.add(statement);
    TIPOFF_TRY(const auto aliases, store::read_rows(database, kGameAlias));
    for (const GameAlias& alias : aliases)
        games.add(alias);
    return games;
}

void KnownGames::add(const Schedule& statement) {
    if (!is_league_schedule(statement.source)) return;
    auto& statements = games_[statement.game_id];
    const auto order = [](const Schedule& row) {
        return std::tuple(row.known_at, row.revision, std::string_view(row.source));
    };
    statements.insert(std::ranges::upper_bound(statements, order(statement), {}, order), statement);
    by_pairing_.try_emplace(
        {statement.game_date, pairing_of(statement.home_team_id, statement.away_team_id)},
        statement.game_id);
}

void KnownGames::add(const GameAlias& alias) {
    aliases_.insert_or_assign({alias.source, alias.source_game_id}, alias.game_id);
    ids_.insert_or_assign({alias.source, alias.game_id}, alias.source_game_id);
}

bool KnownGames::has_season(Season season) const {
    return std::ranges::any_of(games_,
                               [&](const auto& game) { return season_of(game.first) == season; });
}

std::optional<GameId> KnownGames::find(GameDate date, TeamId one, TeamId other) const {
    const auto found = by_pairing_.find({date, pairing_of(one, other)});
    return found == by_pairing_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<GameId> KnownGames::find(std::string_view family,
                                       std::string_view source_game_id) const {
    const auto found = aliases_.find({std::string(family), std::string(source_game_id)});
    return found == aliases_.end() ? std::nullopt : std::optional(found->second);
}

const Schedule& KnownGames::newest(GameId id) const { return games_.at(id).back(); }

const Schedule& KnownGames::as_known(GameId id, Instant at) const {
    const auto& statements = games_.at(id);
    const Schedule* known = &statements.front();
    for (const Schedule& statement : statements) {
        if (statement.known_at.at <= at) known = &statement;
    }
    return *known;
}

std::vector<AskedGame> KnownGames::to_ask(const std::vector<GameDate>& dates,
                                          std::string_view game_ids_of) const {
    const std::set<GameDate> wanted(dates.begin(), dates.end());
    std::vector<AskedGame> asked;
    for (const auto& [id, statements] : games_) {
        const Schedule& game = statements.back();
        if (!wanted.contains(game.game_date) || game.status == "postponed" || !counts_in_season(id))
            continue;
        std::string source_game_id = to_string(id);
        if (!game_ids_of.empty()) {
            const auto named = ids_.find({std::string(family_of(game_ids_of)), id});
            source_game_id = named == ids_.end() ? "" : named->second;
        }
        asked.push_back({.game_id = id,
                         .date = game.game_date,
                         .tip_off = game.tip_off,
                         .home = game.home_team_id,
                         .away = game.away_team_id,
                         .is_final = game.status == "final",
                         .source_game_id = std::move(source_game_id)});
    }
    std::ranges::sort(asked, {}, [](const AskedGame& game) {
        return std::tuple(game.date, game.tip_off, game.game_id);
    });
    return asked;
}

std::vector<const Schedule*> KnownGames::of_season(Season season, Instant at) const {
    std::vector<const Schedule*> games;
    for (const auto& [id, statements] : games_) {
        if (season_of(id) == season && counts_in_season(id)) games.push_back(&as_known(id, at));
    }
    return games;
}

}  // namespace tipoff::collect
