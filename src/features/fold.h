#pragma once
/// The fold: one chronological pass in which the past answers for each matchup of a day, and then
/// learns the day's results.
///
/// A day is the step: no result of a game date is visible to any matchup of that date. Of the days
/// before, only what was known before the day's earliest as-of instant is folded in, each fact in
/// the statement that stood then. When a statement about an earlier day becomes known later (a late
/// result, a correction), the state is folded again with it: nothing is patched.
///
/// One live day and ten seasons are the same calls over another range, and give the same bits.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "conform/analytics_tables.h"
#include "features/feature_list.h"
#include "features/feature_tables.h"
#include "features/timeline.h"

namespace tipoff::features {

/// The guard between the future and a feature. Tests take it out to see that it is what holds.
using Admissible = bool (*)(KnownAt, AsOf);

/// What is known at a moment: the families' states, and the lineage of players and teams.
class FoldState {
public:
    void observe(const Result& result, std::span<const Fingerprint> player_fingerprints);

    /// A scheduled game of the past, with or without a result on record: completeness is measured
    /// against the schedule.
    void observe_scheduled(TeamIndex team, bool has_result);

    void set_position(PlayerIndex player, std::string_view position);

    /// Chances to play of the expected players of one team, in their order; they go into each of
    /// their matchups.
    [[nodiscard]] std::vector<double> chances_to_play(
        const conform::TeamContext& team, TeamIndex team_index,
        std::span<const conform::PlayerContext> players,
        std::span<const PlayerIndex> player_indexes) const;

    [[nodiscard]] FeatureStoreRow emit(const Matchup& matchup) const;

    /// Chain over every result folded in so far.
    [[nodiscard]] Fingerprint results_chain() const { return results_chain_; }

private:
    struct PlayerSources {
        std::int32_t games = 0;
        std::int32_t shots = 0;
        Instant last_updated{};
    };
    struct TeamSources {
        std::int32_t games = 0;
        Instant last_updated{};
        RecentGames<bool, 20> on_record;
    };
    [[nodiscard]] static double completeness(const TeamSources& team);
    [[nodiscard]] Lineage lineage_of(const Matchup& matchup, const FeatureRow& features) const;

    Families families_;
    ByIndex<PlayerSources> players_;
    ByIndex<TeamSources> teams_;
    Fingerprint results_chain_;
};

/// The rows of one day.
struct DayRows {
    std::vector<FeatureStoreRow> players;  ///< by game, then team, then as the contexts stand
    std::vector<DefenceZoneRow> defences;  ///< two a game
};

class FeatureFold {
public:
    explicit FeatureFold(const Timeline& timeline, Admissible admissible = is_admissible);

    /// The rows of a day's matchups, whose contexts are given (team rows two a game; player rows of
    /// those games). Days may be asked for in any order; in ascending order each result is folded
    /// once.
    [[nodiscard]] DayRows emit_day(GameDate date, std::span<const conform::TeamContext> teams,
                                   std::span<const conform::PlayerContext> players);

private:
    /// How far a state has come, and what it could not know yet.
    struct Position {
        FoldState state;
        std::size_t nights_folded = 0;
        std::size_t positions_known = 0;
        KnownAt newest_fact{};  ///< when the newest folded statement became known
        std::optional<KnownAt>
            next_late_fact;  ///< earliest statement about a folded night that was not admissible
    };

    void advance(GameDate date, AsOf cut_off);
    void rewind(std::size_t nights, AsOf cut_off);
    void fold_night(const Night& night, AsOf cut_off);
    void fold_game(const GameEntry& game, AsOf cut_off);
    void learn_positions(AsOf cut_off);
    template <class Row>
    [[nodiscard]] const Row* known_statement(std::span<const Row> statements, AsOf cut_off);

    const Timeline& timeline_;
    Admissible admissible_;
    Position now_;
    std::optional<Position>
        season_start_;  ///< the newest season's, so that a day inside it is quick to come back to
    Season season_;
};

}  // namespace tipoff::features
