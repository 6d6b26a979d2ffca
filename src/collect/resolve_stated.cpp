#include "collect/resolve_stated.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/names.h"
#include "base/parse.h"
#include "collect/import/schedule_index.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

constexpr std::int32_t kSecondsInMinute = 60;

/// Whole minutes as the league rounds them; some seconds are 0 and still an appearance.
std::int32_t whole_minutes(std::int32_t seconds) {
    return (seconds + kSecondsInMinute / 2) / kSecondsInMinute;
}

/// The columns that box scores of players and of teams have by one name and type.
template <class StatedBox, class Box>
void copy_shooting_and_rebounds(const StatedBox& stated, Box& row) {
    row.field_goals_made = stated.field_goals_made;
    row.field_goals_attempted = stated.field_goals_attempted;
    row.three_pointers_made = stated.three_pointers_made;
    row.three_pointers_attempted = stated.three_pointers_attempted;
    row.free_throws_made = stated.free_throws_made;
    row.free_throws_attempted = stated.free_throws_attempted;
    row.offensive_rebounds = stated.offensive_rebounds;
    row.defensive_rebounds = stated.defensive_rebounds;
}

std::optional<PlayerId> league_player(std::string_view source_player_id) {
    const auto number = parse_integer(source_player_id);
    return number && *number > 0 ? std::optional(PlayerId{*number}) : std::nullopt;
}

}  // namespace

/// One document on its way into rows.
class StatedResolver::Document {
public:
    Document(StatedResolver& resolver, const ReadAnswer& read, StatedRows& rows)
        : resolver_(resolver), games_(resolver.games_), read_(read), rows_(rows) {}

    ResolvedCounts resolve() {
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

private:
    [[nodiscard]] const std::string& source() const { return read_.answer.source; }
    [[nodiscard]] std::string_view family() const { return family_of(source()); }
    [[nodiscard]] Instant answered_at() const { return read_.answer.answered_at; }
    [[nodiscard]] Season season_now() const {
        return read_.answer.ask.season.value_or(season_of(eastern_date(answered_at())));
    }

    /// What every row of the document has.
    template <class Row>
    Row row_of(KnownAt known_at, std::string_view basis) const {
        Row row;
        row.source = source();
        row.known_at = known_at;
        row.known_at_basis = basis;
        row.document_hash = read_.answer.content_hash;
        return row;
    }
    template <class Row>
    Row observed() const {
        return row_of<Row>({answered_at()}, kBasisObserved);
    }
    /// A result of `date`.
    template <class Row>
    Row result_of(GameDate date) const {
        const KnownAt by_morning = morning_after(date);
        return answered_at() <= by_morning.at ? observed<Row>()
                                              : row_of<Row>(by_morning, kBasisAssumed);
    }

    template <class Row>
    void keep(std::vector<Stated<Row>>& rows, Row row) {
        rows.push_back({std::move(row), answered_at()});
        ++counts_.kept;
    }

    /// The game of a record by the league's id, the source's, or date and teams.
    std::optional<GameId> game_of(const std::string& source_game_id, std::optional<GameDate> date,
                                  TeamId one, TeamId other) {
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

    std::optional<PlayerId> player_of(std::string_view source_player_id, std::string_view name,
                                      std::span<const TeamId> teams, Season season, GameDate date,
                                      bool may_have_moved = false) {
        return resolver_.find_player({.source = source(),
                                      .source_player_id = source_player_id,
                                      .name = name,
                                      .teams = teams,
                                      .season = season,
                                      .date = date,
                                      .may_have_moved = may_have_moved},
                                     rows_, read_.is_new);
    }
    /// The player whom a list of one team names.
    std::optional<PlayerId> listed_player(std::string_view source_player_id, std::string_view name,
                                          TeamId team, Season season, GameDate date) {
        const std::array teams{team};
        return player_of(source_player_id, name, teams, season, date, true);
    }

    void add(const StatedGame& stated) {
        if (!has_league_ids(source())) {
            const auto game =
                game_of({}, stated.game_date, stated.home_team_id, stated.away_team_id);
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

    void add_schedule(GameId game, const StatedGame& stated) {
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

    void add(const StatedPlayerBox& stated) {
        const auto game = game_of(stated.source_game_id, stated.game_date, stated.team_id,
                                  stated.opponent_team_id);
        if (!game) return;
        const GameDate date = games_.newest(*game).game_date;
        if (!stated.not_played_reason.empty() || !stated.seconds) {
            add_inactive(*game, date, stated.team_id, stated.source_player_id, stated.player_name,
                         "dnp", stated.not_played_reason);
            return;
        }
        if (!stated.points || !stated.rebounds || !stated.assists || !stated.steals ||
            !stated.blocks || !stated.turnovers) {
            ++counts_.left_out;
            return;
        }
        const std::array teams{stated.team_id};
        const auto player =
            player_of(stated.source_player_id, stated.player_name, teams, season_of(*game), date);
        if (!player) {
            ++counts_.without_player;
            return;
        }
        auto row = result_of<PlayerBox>(date);
        row.game_id = *game;
        row.player_id = *player;
        row.game_date = date;
        row.team_id = stated.team_id;
        row.player_name = stated.player_name;
        row.minutes = whole_minutes(*stated.seconds);
        row.points = *stated.points;
        copy_shooting_and_rebounds(stated, row);
        row.rebounds = *stated.rebounds;
        row.assists = *stated.assists;
        row.steals = *stated.steals;
        row.blocks = *stated.blocks;
        row.turnovers = *stated.turnovers;
        row.personal_fouls = stated.personal_fouls;
        row.plus_minus = stated.plus_minus;
        row.started = stated.started;
        keep(rows_.player_boxes, std::move(row));
    }

    void add(const StatedTeamBox& stated) {
        const auto game =
            game_of(stated.source_game_id, stated.game_date, stated.team_id, stated.team_id);
        if (!game) return;
        if (!stated.seconds) {
            ++counts_.left_out;
            return;
        }
        const GameDate date = games_.newest(*game).game_date;
        auto row = result_of<TeamBox>(date);
        row.game_id = *game;
        row.team_id = stated.team_id;
        row.game_date = date;
        row.minutes = whole_minutes(*stated.seconds);
        row.points = stated.points;
        copy_shooting_and_rebounds(stated, row);
        row.rebounds = stated.rebounds;
        row.assists = stated.assists;
        row.steals = stated.steals;
        row.blocks = stated.blocks;
        row.turnovers = stated.turnovers;
        row.personal_fouls = stated.personal_fouls;
        keep(rows_.team_boxes, std::move(row));
    }

    void add(const StatedPlay& stated) {
        const auto game = game_of(stated.source_game_id, std::nullopt, {}, {});
        if (!game) return;
        const GameDate date = games_.newest(*game).game_date;
        auto row = result_of<Play>(date);
        row.game_id = *game;
        row.action = stated.action;
        row.game_date = date;
        row.period = stated.period;
        row.seconds_left = stated.seconds_left;
        row.team_id = stated.team_id;
        row.player_id = league_player(stated.source_player_id);
        row.action_type = stated.action_type;
        row.sub_type = stated.sub_type;
        row.description = stated.description;
        row.home_points = stated.home_points;
        row.away_points = stated.away_points;
        if (stated.zone && stated.team_id && row.player_id)
            add_shot(stated, row, *stated.zone, *stated.team_id, *row.player_id);
        keep(rows_.plays, std::move(row));
    }

    void add_shot(const StatedPlay& stated, const Play& play, std::int16_t zone, TeamId team,
                  PlayerId player) {
        auto row = result_of<Shot>(play.game_date);
        row.game_id = play.game_id;
        row.event = stated.action;
        row.game_date = play.game_date;
        row.team_id = team;
        row.player_id = player;
        row.period = stated.period;
        row.seconds_left = static_cast<std::int16_t>(stated.seconds_left);
        row.zone = zone;
        row.made = stated.shot_made.value_or(false);
        row.three_pointer = stated.action_type == "3pt";
        row.x_feet = stated.x_feet.value_or(0);
        row.y_feet = stated.y_feet.value_or(0);
        row.distance_feet =
            static_cast<std::int16_t>(std::lround(stated.distance_feet.value_or(0)));
        rows_.shots.push_back({std::move(row), answered_at()});
    }

    void add(const StatedPlayer& stated) {
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
            row.player_id = listed_player(stated.source_player_id, stated.player_name,
                                          *stated.team_id, row.season, eastern_date(answered_at()));
        }
        keep(rows_.active, std::move(row));
    }

    void add(const StatedStanding& stated) {
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

    void add(const StatedInjury& stated) {
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
        row.player_id = listed_player(stated.source_player_id, stated.player_name, *stated.team_id,
                                      season_of(date), date);
        row.status = stated.status;
        row.reason = stated.reason;
        row.expected_return = stated.expected_return;
        keep(rows_.injuries, std::move(row));
    }

    void add(const StatedAvailability& stated) {
        if (stated.status == "played") {  // the box scores say more of him
            ++counts_.left_out;
            return;
        }
        std::optional<GameId> game;
        // A book names its game by date and teams; the row has the date and one of them.
        const auto slash = stated.source_game_id.find('/');
        if (slash != std::string::npos && stated.source_game_id.size() == slash + 7) {
            const Team* away = find_team(stated.source_game_id.substr(slash + 1, 3));
            const Team* home = find_team(stated.source_game_id.substr(slash + 4, 3));
            if (away != nullptr && home != nullptr)
                game = games_.find(stated.game_date, away->team_id, home->team_id);
        }
        if (!game) {
            ++counts_.without_game;
            return;
        }
        add_inactive(*game, stated.game_date, stated.team_id, {}, stated.player_name, stated.status,
                     stated.reason);
    }

    void add_inactive(GameId game, GameDate date, TeamId team, std::string_view source_player_id,
                      const std::string& name, std::string_view status, const std::string& reason) {
        auto row = result_of<InactivePlayer>(date);
        row.game_id = game;
        row.team_id = team;
        row.folded_name = fold_name(name);
        row.game_date = date;
        row.player_name = name;
        const std::array teams{team};
        row.player_id = player_of(source_player_id, name, teams, season_of(game), date);
        row.status = status;
        row.reason = reason;
        keep(rows_.inactive, std::move(row));
    }

    /// When a quotation stood, and whether the game was on by then.
    template <class Line>
    void set_times(Line& row, GameId game, Instant quoted_at, std::optional<Instant> snapshot_at) {
        row.game_id = game;
        row.game_date = games_.newest(game).game_date;
        row.snapshot = snapshot_at.value_or(answered_at());
        row.known_at = {row.snapshot};
        const Instant tip_off = games_.as_known(game, row.snapshot).tip_off;
        row.in_play = row.snapshot >= tip_off || quoted_at >= tip_off;
    }

    void add(const StatedGameLine& stated) {
        const auto game = game_of(stated.source_event_id, eastern_date(stated.starts_at),
                                  stated.home_team_id, stated.away_team_id);
        if (!game) return;
        auto row = observed<GameLine>();
        set_times(row, *game, stated.quoted_at, stated.snapshot_at);
        row.market = stated.market;
        row.book = stated.book;
        row.line_value = stated.line_value.value_or(0);
        row.home_or_over_price = stated.home_or_over_price;
        row.away_or_under_price = stated.away_or_under_price;
        keep(rows_.game_lines, std::move(row));
    }

    void add(const StatedPropLine& stated) {
        std::optional<GameDate> date;
        if (stated.starts_at) date = eastern_date(*stated.starts_at);
        const auto game =
            game_of(stated.source_event_id, date, stated.home_team_id.value_or(TeamId{}),
                    stated.away_team_id.value_or(TeamId{}));
        if (!game) return;
        const Schedule& scheduled = games_.newest(*game);
        const std::array teams{scheduled.home_team_id, scheduled.away_team_id};
        const auto player = player_of(stated.source_player_id, stated.player_name, teams,
                                      season_of(*game), scheduled.game_date);
        if (!player) {
            ++counts_.without_player;
            return;
        }
        auto row = observed<PropLine>();
        set_times(row, *game, stated.quoted_at, stated.snapshot_at);
        row.player_id = *player;
        row.market = stated.market;
        row.book = stated.book;
        row.line_value = stated.line_value;
        row.over_price = stated.over_price;
        row.under_price = stated.under_price;
        keep(rows_.prop_lines, std::move(row));
    }

    void add_rosters(const std::vector<StatedRosterPlayer>& players) {
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
            row.player_id = listed_player(stated.source_player_id, stated.player_name,
                                          stated.team_id, row.season, eastern_date(answered_at()));
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

    StatedResolver& resolver_;
    KnownGames& games_;
    const ReadAnswer& read_;
    StatedRows& rows_;
    ResolvedCounts counts_;
};

StatedResolver::StatedResolver(KnownGames& games, const PlayerIndex& players, PlayerIds ids,
                               NameRecord& names)
    : games_(games), players_(players), ids_(std::move(ids)), names_(names) {}

ResolvedCounts StatedResolver::resolve(const ReadAnswer& read, StatedRows& rows) {
    return Document(*this, read, rows).resolve();
}

std::optional<PlayerId> StatedResolver::find_player(const NamedPlayer& named, StatedRows& rows,
                                                    bool is_new) {
    const auto& [source, source_player_id, name, teams, season, date, may_have_moved] = named;
    if (has_league_ids(source)) {
        if (const auto player = league_player(source_player_id)) return player;
    }
    const std::pair key{std::string(family_of(source)), std::string(source_player_id)};
    if (!source_player_id.empty()) {
        if (const auto known = ids_.find(key); known != ids_.end()) {
            // Which of a family's sources was read first decides nothing: the name is noted in
            // each.
            const auto by_name = players_.find(source, name, teams, season);
            if (by_name && by_name->player_id == known->second) {
                names_.found(source, name, by_name->team_id, season, known->second, by_name->basis);
            }
            return known->second;
        }
    }
    auto match = players_.find(source, name, teams, season);
    if (!match && may_have_moved) {
        if (const auto player = players_.find_in_league(name, season))
            match = NameMatch{*player, teams.front(), "league"};
    }
    if (!match && source == "nbac_gamebook" && teams.size() == 1) {
        // A game book lists the inactive by surname.
        if (const auto player = players_.find_by_surname(name, teams.front(), season))
            match = NameMatch{*player, teams.front(), "surname"};
    }
    if (!match) {
        if (is_new) names_.not_found(source, name, teams.front(), season, date);
        return std::nullopt;
    }
    names_.found(source, name, match->team_id, season, match->player_id, match->basis);
    if (!source_player_id.empty()) {
        ids_.emplace(key, match->player_id);
        rows.player_ids.push_back({.source = key.first,
                                   .source_player_id = key.second,
                                   .player_id = match->player_id,
                                   .player_name = std::string(name),
                                   .basis = std::string(match->basis)});
    }
    return match->player_id;
}

}  // namespace tipoff::collect
