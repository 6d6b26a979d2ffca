/// Rows of lists of players, standings, reports of injuries and rosters.

#include <array>
#include <map>

#include "base/names.h"
#include "collect/stated_document.h"

namespace tipoff::collect {

void StatedDocument::add(const StatedPlayer& stated) {
    auto row = observed<ActivePlayer>();
    row.season = season_now();
    row.source_player_id = stated.source_player_id;
    row.player_name = stated.player_name;
    row.team_id = stated.team_id;
    row.jersey_number = stated.jersey_number;
    row.position = stated.position;
    row.on_roster = stated.on_roster;
    if (has_league_ids(source())) {
        row.player_id = league_player(stated.source_player_id);
    } else if (stated.team_id) {
        row.player_id =
            player_of(stated.source_player_id, stated.player_name, std::array{*stated.team_id},
                      row.season, eastern_date(answered_at()));
    }
    keep(rows_.active, std::move(row));
}

void StatedDocument::add(const StatedStanding& stated) {
    auto row = observed<Standing>();
    row.season = stated.season;
    row.team_id = stated.team_id;
    row.wins = stated.wins;
    row.losses = stated.losses;
    row.conference = stated.conference;
    row.conference_rank = stated.conference_rank;
    row.division = stated.division;
    row.division_rank = stated.division_rank;
    row.conference_record = stated.conference_record;
    row.division_record = stated.division_record;
    row.home_record = stated.home_record;
    row.road_record = stated.road_record;
    keep(rows_.standings, std::move(row));
}

void StatedDocument::add(const StatedInjury& stated) {
    if (!stated.team_id) {
        ++counts_.left_out;
        return;
    }
    // A report is there some minutes after the time that it bears.
    constexpr std::chrono::minutes kAppearsAfter{5};
    const Instant reported_at = stated.reported_at.value_or(answered_at());
    const Instant public_by = reported_at + kAppearsAfter;
    auto row = answered_at() <= public_by ? observed<InjuryReport>()
                                          : row_of<InjuryReport>({public_by}, kBasisAssumed);
    row.reported_at = reported_at;
    row.team_id = *stated.team_id;
    row.folded_name = fold_name(stated.player_name);
    row.game_date = stated.game_date.value_or(eastern_date(reported_at));
    if (stated.game_date && stated.opponent_team_id)
        row.game_id = games_.find(*stated.game_date, *stated.team_id, *stated.opponent_team_id);
    row.player_name = stated.player_name;
    const GameDate date = row.game_date;
    row.player_id = player_of(stated.source_player_id, stated.player_name,
                              std::array{*stated.team_id}, season_of(date), date);
    row.status = stated.status;
    row.reason = stated.reason;
    row.expected_return = stated.expected_return;
    keep(rows_.injuries, std::move(row));
}

void StatedDocument::add_rosters(const std::vector<StatedRosterPlayer>& players) {
    std::map<TeamId, RosterSnapshot> by_team;
    for (const StatedRosterPlayer& stated : players) {
        RosterSnapshot& snapshot = by_team[stated.team_id];
        snapshot.source = source();
        snapshot.season = stated.season.value_or(season_now());
        snapshot.team_id = stated.team_id;
        snapshot.answered_at = answered_at();
        snapshot.url = read_.answer.url;
        snapshot.is_whole = read_.reading.outcome.kind != OutcomeKind::kPartial;
        auto row = observed<RosterSpell>();
        row.season = snapshot.season;
        row.team_id = stated.team_id;
        row.folded_name = fold_name(stated.player_name);
        row.player_name = stated.player_name;
        row.player_id =
            player_of(stated.source_player_id, stated.player_name, std::array{stated.team_id},
                      row.season, eastern_date(answered_at()));
        row.source_player_id = stated.source_player_id;
        row.jersey_number = stated.jersey_number;
        row.position = stated.position;
        row.height_inches = stated.height_inches;
        row.weight_pounds = stated.weight_pounds;
        row.birth_date = stated.birth_date;
        row.country = stated.country;
        row.experience_years = stated.experience_years;
        row.college = stated.college;
        row.status = stated.status;
        snapshot.players.push_back(std::move(row));
        ++counts_.kept;
    }
    for (auto& [team, snapshot] : by_team)
        rows_.rosters.push_back(std::move(snapshot));
}

}  // namespace tipoff::collect
