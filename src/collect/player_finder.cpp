#include "collect/player_finder.h"

#include <algorithm>
#include <array>

#include "base/parse.h"
#include "collect/known_games.h"

namespace tipoff::collect {
namespace {

constexpr std::string_view kGameBook = "nbac_gamebook";

/// Sources whose names are of who played a game, or might have.
constexpr std::array<std::string_view, 5> kOfGames{"nbac_player_boxscore", "nbac_team_boxscore",
                                                   kGameBook, "espn_boxscore", "bdl_box_scores"};

bool is_of_games(std::string_view source) {
    return std::ranges::find(kOfGames, source) != kOfGames.end();
}

}  // namespace

std::optional<PlayerId> league_player(std::string_view source_player_id) {
    const auto number = parse_integer(source_player_id);
    return number && *number > 0 ? std::optional(PlayerId{*number}) : std::nullopt;
}

std::optional<NameMatch> match_by_name(const PlayerIndex& players, const NamedPlayer& named) {
    if (auto match = players.find(named.source, named.name, named.teams, named.season))
        return match;
    // A line is of two teams, and says no more than the name.
    if (named.teams.size() != 1) return std::nullopt;
    const TeamId team = named.teams.front();
    if (named.source == kGameBook) {
        // It lists the inactive by surname.
        if (const auto player = players.find_by_surname(named.name, team, named.season))
            return NameMatch{*player, team, "surname"};
    }
    if (is_of_games(named.source)) return std::nullopt;
    const auto player = players.find_in_league(named.name, named.season);
    return player ? std::optional(NameMatch{*player, team, "league"}) : std::nullopt;
}

bool may_be_found(const PlayerIndex& players, std::string_view source, const UnresolvedName& name) {
    const std::array teams{name.team_id};
    const NamedPlayer named{
        .source = source, .name = name.player_name, .teams = teams, .season = name.season};
    return match_by_name(players, named).has_value();
}

PlayerFinder::PlayerFinder(const PlayerIndex& players, PlayerIds ids, NameRecord& names)
    : players_(players), ids_(std::move(ids)), names_(names) {}

std::optional<PlayerId> PlayerFinder::find(const NamedPlayer& named, bool is_new) {
    if (has_league_ids(named.source)) {
        if (const auto player = league_player(named.source_player_id)) return player;
    }
    const std::pair key{std::string(family_of(named.source)), std::string(named.source_player_id)};
    if (!named.source_player_id.empty()) {
        if (const auto known = ids_.find(key); known != ids_.end()) {
            // Which of a family's sources was read first decides nothing: the name is noted in
            // each.
            const auto by_name = players_.find(named.source, named.name, named.teams, named.season);
            if (by_name && by_name->player_id == known->second) {
                names_.found(named.source, named.name, by_name->team_id, named.season,
                             known->second, by_name->basis);
            }
            return known->second;
        }
    }
    const auto match = match_by_name(players_, named);
    if (!match) {
        if (is_new) {
            names_.not_found(named.source, named.name, named.teams.front(), named.season,
                             named.date);
        }
        return std::nullopt;
    }
    names_.found(named.source, named.name, match->team_id, named.season, match->player_id,
                 match->basis);
    if (!named.source_player_id.empty()) {
        ids_.emplace(key, match->player_id);
        new_ids_.push_back({.source = key.first,
                            .source_player_id = key.second,
                            .player_id = match->player_id,
                            .player_name = std::string(named.name),
                            .basis = std::string(match->basis)});
    }
    return match->player_id;
}

}  // namespace tipoff::collect
