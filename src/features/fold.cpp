#include "features/fold.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace tipoff::features {
namespace {

/// Runs `use(family, offset)` for every family, with the place of its first feature.
template <class Tuple, class Use>
void for_each_family(Tuple& families, Use use) {
    std::size_t offset = 0;
    std::apply(
        [&](auto&... family) {
            ((use(family, offset), offset += std::remove_cvref_t<decltype(family)>::kSpecs.size()),
             ...);
        },
        families);
}

/// A value outside of its stated range is a defect of the family, found before it is written.
void require_ranges(const FeatureRow& row, const Matchup& matchup) {
    for (std::size_t i = 0; i < kFeatureCount; ++i) {
        const double value = row[i];
        if (std::isnan(value) || (value >= kFeatures[i].low && value <= kFeatures[i].high))
            continue;
        throw InvariantBroken(
            fmt::format("feature {} is {} for player {} in game {}: outside of {} to {}",
                        kFeatures[i].name, value, matchup.player.player_id.value,
                        to_string(matchup.game_id), kFeatures[i].low, kFeatures[i].high));
    }
}

/// The zone with the greatest value; empty when any is unknown.
std::string zone_by(const std::array<double, kZoneGroups>& values, bool greatest) {
    static constexpr std::array<std::string_view, kZoneGroups> kNames{
        "restricted_area", "paint", "mid_range", "corner_3", "above_break_3"};
    std::size_t best = 0;
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        if (std::isnan(values[z])) return {};
        if (greatest ? values[z] > values[best] : values[z] < values[best]) best = z;
    }
    return std::string(kNames[best]);
}

/// What a team allows, read from the row of any player who meets it.
DefenceZoneRow defence_row(const FeatureStoreRow& row) {
    DefenceZoneRow defence;
    defence.game_id = row.game_id;
    defence.team_id = row.opponent_team_id;
    defence.game_date = row.game_date;
    defence.season = row.season;
    defence.as_of = row.as_of;
    defence.source_team_games_last_updated = row.lineage.source_team_games_last_updated;
    defence.source_team_games_rows = row.lineage.source_team_games_rows;
    defence.source_shots_completeness = row.features[feature_index("opponent_zone_completeness")];
    for (std::size_t z = 0; z < kZoneGroups; ++z) {
        defence.accuracy_factor[z] =
            row.features[feature_index("opponent_accuracy_factor_restricted_area") + z];
        defence.volume_factor[z] =
            row.features[feature_index("opponent_volume_factor_restricted_area") + z];
    }
    defence.weakest_zone = zone_by(defence.accuracy_factor, true);
    defence.strongest_zone = zone_by(defence.accuracy_factor, false);
    return defence;
}

std::int64_t hash_value(Fingerprint fingerprint) {
    return static_cast<std::int64_t>(fingerprint.low);
}

/// A game of the day with the players expected on one side of it.
struct Side {
    const conform::TeamContext* team = nullptr;
    Fingerprint fingerprint;  ///< of the team's context and all of its expected players
    std::vector<PlayerIndex> player_indexes;
    std::span<const conform::PlayerContext> players;
};

}  // namespace

void FoldState::set_position(PlayerIndex player, std::string_view position) {
    std::get<OpponentStrength>(families_).set_position(player, position);
    std::get<BoxAllowed>(families_).set_position(player, position);
}

void FoldState::observe_scheduled(TeamIndex team, bool has_result) {
    teams_[team].on_record.push(has_result);
}

void FoldState::observe(const Result& result, std::span<const Fingerprint> player_fingerprints) {
    for_each_family(families_, [&](auto& family, std::size_t) { family.observe(result); });
    for (std::size_t i = 0; i < result.players.size(); ++i) {
        const conform::PlayerGame& box = *result.players[i].row;
        PlayerSources& sources = players_[result.players[i].player_index];
        sources.games += 1;
        sources.last_updated = std::max(sources.last_updated, box.known_at.at);
        if (box.restricted_area_attempts) sources.shots += box.field_goals_attempted.value_or(0);
        results_chain_ = chained(results_chain_, player_fingerprints[i]);
    }
    for (const TeamResult& team : result.teams) {
        TeamSources& sources = teams_[team.team_index];
        sources.games += 1;
        sources.last_updated = std::max(sources.last_updated, team.offense->known_at.at);
    }
}

double FoldState::completeness(const TeamSources& team) {
    double on_record = 0;
    for (std::size_t back = 0; back < team.on_record.size(); ++back)
        on_record += team.on_record[back] ? 1 : 0;
    return ratio(on_record, static_cast<double>(team.on_record.size()));
}

Lineage FoldState::lineage_of(const Matchup& matchup, const FeatureRow& features) const {
    const PlayerSources& player = players_[matchup.player_index];
    const TeamSources& team = teams_[matchup.team_index];
    const TeamSources& opponent = teams_[matchup.opponent_index];
    Lineage lineage;
    lineage.source_player_games_rows = player.games;
    if (player.games > 0) lineage.source_player_games_last_updated = player.last_updated;
    lineage.source_player_games_completeness = completeness(team);
    lineage.source_team_games_rows = team.games + opponent.games;
    if (lineage.source_team_games_rows > 0) {
        lineage.source_team_games_last_updated = std::max(team.last_updated, opponent.last_updated);
    }
    lineage.source_team_games_completeness = completeness(opponent);
    lineage.source_shots_rows = player.shots;
    lineage.source_shots_completeness = features[feature_index("zone_completeness")];
    return lineage;
}

std::vector<double> FoldState::chances_to_play(const conform::TeamContext& team,
                                               TeamIndex team_index,
                                               std::span<const conform::PlayerContext> players,
                                               std::span<const PlayerIndex> player_indexes) const {
    return std::get<Absences>(families_).chances_to_play(team, team_index, players, player_indexes);
}

FeatureStoreRow FoldState::emit(const Matchup& matchup) const {
    FeatureStoreRow row;
    row.game_id = matchup.game_id;
    row.player_id = matchup.player.player_id;
    row.game_date = matchup.game_date;
    row.season = matchup.season;
    row.season_type = matchup.season_type;
    row.as_of = matchup.player.as_of;
    row.team_id = matchup.player.team_id;
    row.opponent_team_id = matchup.player.opponent_team_id;
    row.features.fill(std::numeric_limits<float>::quiet_NaN());
    const std::span<float> values(row.features);
    for_each_family(families_, [&]<class Family>(const Family& family, std::size_t offset) {
        FamilyRow<Family> part(values.subspan(offset, Family::kSpecs.size()));
        family.emit(matchup, part);
    });
    FamilyRow<Composite> composite(values.last(Composite::kSpecs.size()));
    Composite::derive(values, composite);
    require_ranges(row.features, matchup);
    row.lineage = lineage_of(matchup, row.features);
    row.quality_score = quality_score(row.features, row.lineage.source_player_games_completeness);
    row.quality_grade = quality_grade(row.quality_score);
    return row;
}

FeatureFold::FeatureFold(const Timeline& timeline, Admissible admissible)
    : timeline_(timeline), admissible_(admissible) {}

template <class Row>
const Row* FeatureFold::known_statement(std::span<const Row> statements, AsOf cut_off) {
    const Row* known = nullptr;
    for (const Row& statement : statements) {
        if (admissible_(statement.known_at, cut_off)) {
            known = &statement;
            now_.newest_fact = std::max(now_.newest_fact, statement.known_at);
        } else if (!now_.next_late_fact || statement.known_at < *now_.next_late_fact) {
            now_.next_late_fact = statement.known_at;
        }
    }
    return known;
}

void FeatureFold::fold_game(const GameEntry& entry, AsOf cut_off) {
    const conform::Game& game = *entry.game;
    std::vector<PlayerResult> players;
    std::vector<Fingerprint> fingerprints;
    for (std::size_t i = 0; i < entry.player_statements.size();) {
        std::size_t end = i + 1;
        while (end < entry.player_statements.size() &&
               entry.player_statements[end].player_id == entry.player_statements[i].player_id) {
            ++end;
        }
        if (const auto* row =
                known_statement(entry.player_statements.subspan(i, end - i), cut_off)) {
            players.push_back({timeline_.index_of(row->player_id), timeline_.index_of(row->team_id),
                               timeline_.index_of(row->opponent_team_id), row});
            const auto place = static_cast<std::size_t>(row - entry.player_statements.data());
            fingerprints.push_back(
                timeline_.statement_fingerprint(entry.first_player_statement + place));
        }
        i = end;
    }
    std::vector<const conform::TeamOffense*> offenses;
    for (std::size_t i = 0; i < entry.team_statements.size();) {
        std::size_t end = i + 1;
        while (end < entry.team_statements.size() &&
               entry.team_statements[end].team_id == entry.team_statements[i].team_id) {
            ++end;
        }
        if (const auto* row = known_statement(entry.team_statements.subspan(i, end - i), cut_off)) {
            offenses.push_back(row);
        }
        i = end;
    }
    std::vector<TeamResult> teams;
    if (offenses.size() == 2) {
        for (std::size_t t = 0; t < 2; ++t) {
            teams.push_back({timeline_.index_of(offenses[t]->team_id),
                             timeline_.index_of(offenses[1 - t]->team_id), offenses[t],
                             offenses[1 - t]});
        }
    }
    if (game.status != "postponed") {
        now_.state.observe_scheduled(timeline_.index_of(game.home_team_id), !players.empty());
        now_.state.observe_scheduled(timeline_.index_of(game.away_team_id), !players.empty());
    }
    if (players.empty()) return;
    now_.state.observe({.game_id = game.game_id,
                        .game_date = game.game_date,
                        .season = game.season,
                        .season_type = game.season_type,
                        .players = players,
                        .teams = teams},
                       fingerprints);
}

void FeatureFold::fold_night(const Night& night, AsOf cut_off) {
    const Season season = night.games.front().game->season;
    if (season > season_) {
        season_ = season;
        season_start_ = now_;
    }
    for (const GameEntry& game : night.games)
        fold_game(game, cut_off);
    ++now_.nights_folded;
}

void FeatureFold::learn_positions(AsOf cut_off) {
    const auto positions = timeline_.positions();
    while (now_.positions_known < positions.size() &&
           admissible_(positions[now_.positions_known].known_at, cut_off)) {
        const PositionFact& fact = positions[now_.positions_known++];
        now_.state.set_position(fact.player_index, fact.position);
    }
}

/// Back to a state in which no more than `nights` are folded in, and nothing that was not known at
/// the cut-off.
void FeatureFold::rewind(std::size_t nights, AsOf cut_off) {
    const bool from_season_start = season_start_ && season_start_->nights_folded <= nights &&
                                   !season_start_->next_late_fact &&
                                   admissible_(season_start_->newest_fact, cut_off);
    if (from_season_start) {
        now_ = *season_start_;
        return;
    }
    now_ = {};
    season_start_.reset();
    season_ = {};
}

void FeatureFold::advance(GameDate date, AsOf cut_off) {
    const auto nights = timeline_.nights();
    const auto before = static_cast<std::size_t>(
        std::ranges::lower_bound(nights, date, {}, &Night::date) - nights.begin());
    const bool too_far = now_.nights_folded > before;
    const bool knows_too_much = now_.nights_folded > 0 && !admissible_(now_.newest_fact, cut_off);
    const bool knows_too_little = now_.next_late_fact && admissible_(*now_.next_late_fact, cut_off);
    if (too_far || knows_too_much || knows_too_little)
        rewind(knows_too_little ? 0 : before, cut_off);
    while (now_.nights_folded < before) {
        // Positions are learned night by night, so that the same results meet the same positions
        // however the fold got here.
        const Night& night = nights[now_.nights_folded];
        learn_positions(AsOf{night.games.front().game->tip_off});
        fold_night(night, cut_off);
    }
}

DayRows FeatureFold::emit_day(GameDate date, std::span<const conform::TeamContext> teams,
                              std::span<const conform::PlayerContext> players) {
    DayRows rows;
    if (teams.empty()) return rows;
    AsOf cut_off = teams.front().as_of;
    for (const auto& team : teams)
        cut_off = std::min(cut_off, team.as_of);
    advance(date, cut_off);

    const auto team_prints = store::row_fingerprints(conform::kTeamContext.spec(),
                                                     conform::kTeamContext.to_columns(teams));
    const auto player_prints = store::row_fingerprints(conform::kPlayerContext.spec(),
                                                       conform::kPlayerContext.to_columns(players));
    std::map<std::pair<GameId, TeamId>, Side> sides;
    for (std::size_t i = 0; i < teams.size(); ++i) {
        Side& side = sides[{teams[i].game_id, teams[i].team_id}];
        side.team = &teams[i];
        side.fingerprint = team_prints[i];
    }
    for (std::size_t i = 0; i < players.size(); ++i) {
        const auto found = sides.find({players[i].game_id, players[i].team_id});
        require(found != sides.end(), "a player's context without his team's");
        Side& side = found->second;
        if (side.players.empty()) side.players = players.subspan(i, 0);
        require(side.players.data() + side.players.size() == &players[i],
                "contexts that are not by team");
        side.players = {side.players.data(), side.players.size() + 1};
        side.player_indexes.push_back(timeline_.index_of(players[i].player_id));
        side.fingerprint = chained(side.fingerprint, player_prints[i]);
    }

    rows.players.reserve(players.size());
    for (const auto& [key, side] : sides) {
        const auto opponent = sides.find({key.first, side.team->opponent_team_id});
        require(opponent != sides.end(), "a team's context without its opponent's");
        const Fingerprint inputs = chained(now_.state.results_chain(),
                                           chained(side.fingerprint, opponent->second.fingerprint));
        const TeamIndex team_index = timeline_.index_of(side.team->team_id);
        const std::vector<double> chances =
            now_.state.chances_to_play(*side.team, team_index, side.players, side.player_indexes);
        bool first = true;
        for (std::size_t i = 0; i < side.players.size(); ++i) {
            const conform::PlayerContext& player = side.players[i];
            FeatureStoreRow& row = rows.players.emplace_back(now_.state.emit({
                .game_id = player.game_id,
                .game_date = player.game_date,
                .season = player.season,
                .season_type = player.season_type,
                .player_index = side.player_indexes[i],
                .team_index = team_index,
                .opponent_index = timeline_.index_of(player.opponent_team_id),
                .player = player,
                .team = *side.team,
                .opponent = *opponent->second.team,
                .teammates = side.players,
                .teammate_indexes = side.player_indexes,
                .chances_to_play = chances,
            }));
            row.lineage.input_hash = hash_value(chained(
                inputs, Fingerprint{0, static_cast<std::uint64_t>(player.player_id.value)}));
            if (!first) continue;
            first = false;
            rows.defences.push_back(defence_row(row));
            rows.defences.back().input_hash = hash_value(inputs);
        }
    }
    return rows;
}

}  // namespace tipoff::features
