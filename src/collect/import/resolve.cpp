#include "collect/import/resolve.h"

#include <array>

#include "base/names.h"
#include "collect/import/in_play.h"
#include "collect/import/kind.h"

namespace tipoff::collect {
namespace {

/// A line without a clock is taken for the closing one: a minute before tip-off.
constexpr std::chrono::minutes kClosing{1};

/// Hands each record of one sort, with its file, to `take`, and frees them file by file.
template <class Records, class Take>
void for_each_record(std::vector<StagedFile>& files, Records StagedRecords::* member, Take take) {
    for (std::size_t f = 0; f < files.size(); ++f) {
        Records records = std::exchange(files[f].records.*member, {});
        for (auto& record : records) {
            take(files[f], record,
                 Origin{.file = static_cast<std::uint32_t>(f), .line = record.line});
        }
    }
}

/// The game of a record, or nothing and a rejection in the file.
const ScheduledGame* find_game(const ScheduleIndex& schedule, const GameReference& reference,
                               std::uint32_t line, StagedFile& file) {
    Rejection why;
    const ScheduledGame* game = schedule.find(reference, why);
    if (game != nullptr) return game;
    why.line = line;
    why.column = "game_id";
    file.rejections.add(std::move(why));
    return nullptr;
}

template <class Box>
Facts<Box> take_boxes(std::vector<StagedFile>& files,
                      std::vector<Staged<Box>> StagedRecords::* member,
                      const ScheduleIndex& schedule) {
    Facts<Box> facts;
    for_each_record(files, member, [&](StagedFile& file, Staged<Box>& staged, Origin origin) {
        const ScheduledGame* game = find_game(schedule, staged.game, staged.line, file);
        if (game == nullptr) return;
        Box& row = staged.row;
        row.source = file.kind->name;
        row.game_id = game->game_id;
        row.game_date = game->date;
        row.known_at = game->result_known_at;
        row.known_at_basis = kBasisAssumed;
        row.document_hash = file.content_hash;
        facts.add(std::move(row), origin);
    });
    return facts;
}

/// When the line stood and how we know: its own clock, else tip-off less a minute.
template <class Line>
void set_line_times(Line& row, bool has_clock, const ScheduledGame& game) {
    row.game_id = game.game_id;
    row.game_date = game.date;
    if (has_clock) {
        row.in_play = row.in_play || row.snapshot >= game.tip_off;
    } else {
        row.snapshot = game.tip_off - kClosing;
        row.in_play = row.in_play || is_known_in_play(row.source, game.date, game.game_id);
    }
    row.known_at = {row.snapshot};
    row.known_at_basis = has_clock ? kBasisObserved : kBasisAssumedClosing;
}

/// The player of a transaction: among the team's players of the season, of the next (off-season
/// moves) and of the last, then in the whole league.
std::optional<NameMatch> find_transaction_player(const PlayerIndex& players,
                                                 const InjuryTransaction& row, Season season) {
    const std::array teams{row.team_id};
    const int year = season.start_year();
    for (const int start : {year, year + 1, year - 1}) {
        const auto match =
            players.find(row.source, row.player_name, teams, Season::starting_in(start));
        if (match) return match;
    }
    const auto player = players.find_in_league(row.player_name, season);
    if (!player) return std::nullopt;
    return NameMatch{*player, row.team_id, "league"};
}

/// Gives the line its player, by its own id or by name; false when there is none.
bool set_line_player(StagedPropLine& staged, const ScheduledGame& game, const PlayerIndex& players,
                     NameRecord& names) {
    PropLine& row = staged.row;
    const Season season = season_of(game.game_id);
    const std::array teams{game.home, game.away};
    const auto match = players.find(row.source, staged.player, teams, season);
    if (staged.has_player) {
        for (const TeamId team : teams) {
            if (!players.plays_for(row.player_id, team, season)) continue;
            const bool same = match && match->player_id == row.player_id;
            names.found(row.source, staged.player, team, season, row.player_id,
                        same ? match->basis : "id");
        }
        return true;
    }
    if (!match) {
        names.not_found(row.source, staged.player, game.home, season, game.date);
        return false;
    }
    row.player_id = match->player_id;
    names.found(row.source, staged.player, match->team_id, season, match->player_id, match->basis);
    return true;
}

}  // namespace

Facts<Schedule> take_schedule(std::vector<StagedFile>& files) {
    Facts<Schedule> facts;
    for_each_record(files, &StagedRecords::schedule,
                    [&](StagedFile& file, Staged<Schedule>& staged, Origin origin) {
                        Schedule& row = staged.row;
                        row.source = file.kind->name;
                        row.known_at = morning_after(row.game_date);
                        row.known_at_basis = kBasisAssumed;
                        row.document_hash = file.content_hash;
                        facts.add(std::move(row), origin);
                    });
    return facts;
}

Facts<PlayerBox> take_player_boxes(std::vector<StagedFile>& files, const ScheduleIndex& schedule) {
    return take_boxes(files, &StagedRecords::player_boxes, schedule);
}

Facts<TeamBox> take_team_boxes(std::vector<StagedFile>& files, const ScheduleIndex& schedule) {
    return take_boxes(files, &StagedRecords::team_boxes, schedule);
}

std::vector<ShotFact> take_shots(std::vector<StagedFile>& files, const ScheduleIndex& schedule) {
    std::vector<ShotFact> facts;
    std::size_t total = 0;
    for (const StagedFile& file : files)
        total += file.records.shots.size();
    facts.reserve(total);
    for_each_record(files, &StagedRecords::shots,
                    [&](StagedFile& file, StagedShot& shot, Origin origin) {
                        const GameReference reference{
                            .game_id = shot.game_id,
                            .date = {std::chrono::sys_days{std::chrono::days{shot.date}}},
                            .home = teams()[shot.home].team_id,
                            .away = teams()[shot.away].team_id,
                            .season_type = std::nullopt,
                            .total_points = std::nullopt,
                            .home_margin = std::nullopt};
                        if (find_game(schedule, reference, shot.line, file) == nullptr) return;
                        facts.push_back({.shot = shot, .file = origin.file});
                    });
    return facts;
}

Facts<GameLine> take_game_lines(std::vector<StagedFile>& files, const ScheduleIndex& schedule) {
    Facts<GameLine> facts;
    for_each_record(files, &StagedRecords::game_lines,
                    [&](StagedFile& file, StagedGameLine& staged, Origin origin) {
                        const ScheduledGame* game =
                            find_game(schedule, staged.game, staged.line, file);
                        if (game == nullptr) return;
                        set_line_times(staged.row, staged.has_clock, *game);
                        staged.row.document_hash = file.content_hash;
                        facts.add(std::move(staged.row), origin);
                    });
    return facts;
}

Facts<PropLine> take_prop_lines(std::vector<StagedFile>& files, const ScheduleIndex& schedule,
                                const PlayerIndex& players, NameRecord& names) {
    Facts<PropLine> facts;
    for_each_record(files, &StagedRecords::prop_lines,
                    [&](StagedFile& file, StagedPropLine& staged, Origin origin) {
                        const ScheduledGame* game =
                            find_game(schedule, staged.game, staged.line, file);
                        if (game == nullptr) return;
                        if (!set_line_player(staged, *game, players, names)) {
                            file.rejections.add({.line = staged.line,
                                                 .column = "player",
                                                 .rule = "no player of the two teams is so called",
                                                 .detail = {},
                                                 .value = staged.player,
                                                 .rejection_class = RejectionClass::kUnresolved});
                            return;
                        }
                        set_line_times(staged.row, staged.has_clock, *game);
                        staged.row.document_hash = file.content_hash;
                        facts.add(std::move(staged.row), origin);
                    });
    return facts;
}

Facts<InjuryTransaction> take_injuries(std::vector<StagedFile>& files, const PlayerIndex& players,
                                       NameRecord& names) {
    Facts<InjuryTransaction> facts;
    for_each_record(files, &StagedRecords::injuries,
                    [&](StagedFile& file, StagedInjury& staged, Origin origin) {
                        InjuryTransaction& row = staged.row;
                        const Season season = season_of(row.transaction_date);
                        if (const auto match = find_transaction_player(players, row, season)) {
                            row.player_id = match->player_id;
                            names.found(row.source, row.player_name, row.team_id, season,
                                        match->player_id, match->basis);
                        }
                        row.known_at = {eastern_instant(row.transaction_date.plus_days(1), {})};
                        row.known_at_basis = kBasisAssumed;
                        row.document_hash = file.content_hash;
                        facts.add(std::move(row), origin);
                    });
    // "B" alone, where another row has "A / B" and A was found.
    for (std::size_t i = 0; i < facts.rows.size(); ++i) {
        InjuryTransaction& row = facts.rows[i];
        if (row.player_id) continue;
        const Season season = season_of(row.transaction_date);
        row.player_id = names.known(row.source, row.player_name, row.team_id, season);
        if (row.player_id) continue;
        ++files[facts.origins[i].file].unresolved_names;
        names.not_found(row.source, row.player_name, row.team_id, season, row.transaction_date);
    }
    return facts;
}

Facts<Position> take_positions(std::vector<StagedFile>& files) {
    Facts<Position> facts;
    for_each_record(files, &StagedRecords::positions,
                    [&](StagedFile& file, StagedPosition& staged, Origin origin) {
                        staged.row.document_hash = file.content_hash;
                        facts.add(std::move(staged.row), origin);
                    });
    return facts;
}

}  // namespace tipoff::collect
