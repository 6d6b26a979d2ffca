#include "collect/resolve_stated.h"

#include "collect/stated_document.h"

namespace tipoff::collect {

ResolvedCounts StatedDocument::resolve() {
    const StatedRecords& records = read_.reading.records;
    const auto add_all = [this](const auto& of_one_kind) {
        for (const auto& record : of_one_kind)
            add(record);
    };
    add_all(records.games);
    add_all(records.player_boxes);
    add_all(records.team_boxes);
    add_all(records.plays);
    add_all(records.players);
    add_all(records.standings);
    add_all(records.injuries);
    add_all(records.availability);
    add_all(records.game_lines);
    add_all(records.prop_lines);
    add_rosters(records.roster);
    return counts_;
}

std::optional<GameId> StatedDocument::game_of(const std::string& source_game_id,
                                              std::optional<GameDate> date, TeamId one,
                                              TeamId other) {
    std::optional<GameId> game;
    if (has_league_ids(source()) && !source_game_id.empty()) {
        const auto id = parse_game_id(source_game_id);
        if (id && games_.has(*id)) game = *id;
    }
    if (!game && !source_game_id.empty()) game = games_.find(family(), source_game_id);
    if (!game && date) game = games_.find(*date, one, other);
    if (!game) ++counts_.without_game;
    return game;
}

std::optional<PlayerId> StatedDocument::player_of(std::string_view source_player_id,
                                                  std::string_view name,
                                                  std::span<const TeamId> teams, Season season,
                                                  GameDate date) {
    return players_.find({.source = source(),
                          .source_player_id = source_player_id,
                          .name = name,
                          .teams = teams,
                          .season = season,
                          .date = date},
                         read_.is_new);
}

void StatedDocument::add(const StatedGame& stated) {
    if (!has_league_ids(source())) {
        const auto game = game_of({}, stated.game_date, stated.home_team_id, stated.away_team_id);
        if (!game) return;
        GameAlias alias{.source = std::string(family()),
                        .source_game_id = stated.source_game_id,
                        .game_id = *game,
                        .game_date = stated.game_date};
        games_.add(alias);
        rows_.game_aliases.push_back(std::move(alias));
        // A sportsbook's event is no statement of the schedule.
        if (stated.status.empty() || family() == "oddsapi" || family() == "bettingpros") {
            ++counts_.kept;
            return;
        }
        add_schedule(*game, stated);
        return;
    }
    const auto id = parse_game_id(stated.source_game_id);
    if (!id) {
        ++counts_.left_out;
        return;
    }
    add_schedule(*id, stated);
}

void StatedDocument::add_schedule(GameId game, const StatedGame& stated) {
    if (!stated.tip_off) {  // its time is still to be set
        ++counts_.left_out;
        return;
    }
    const bool is_final = stated.status == "final";
    if (!is_final && games_.has(game) && games_.newest(game).status == "final" &&
        has_league_ids(source())) {
        ++counts_.left_out;  // an answer of before the game, given again
        return;
    }
    auto row = is_final ? result_of<Schedule>(stated.game_date) : observed<Schedule>();
    row.game_id = game;
    row.game_date = stated.game_date;
    row.tip_off = *stated.tip_off;
    row.status = stated.status == "canceled" ? "postponed" : stated.status;
    row.home_team_id = stated.home_team_id;
    row.away_team_id = stated.away_team_id;
    if (is_final) {
        row.home_points = stated.home_points;
        row.away_points = stated.away_points;
    }
    row.arena = stated.arena;
    row.city = stated.city;
    games_.add(row);
    keep(rows_.schedule, std::move(row));
}

ResolvedCounts resolve_stated(const ReadAnswer& read, KnownGames& games, PlayerFinder& players,
                              StatedRows& rows) {
    return StatedDocument(read, games, players, rows).resolve();
}

}  // namespace tipoff::collect
