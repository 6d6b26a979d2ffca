#pragma once
/// What a team allows to a position: guards, forwards and centres, by minute, over the league's.

#include <array>
#include <cstdint>
#include <string_view>

#include "features/feature.h"
#include "features/matchup.h"
#include "features/windows.h"

namespace tipoff::features {

inline constexpr std::size_t kPositionGroups = 3;

/// The group of "G", "F", "C", "G-F", ...: the first letter counts. 0 when unknown, else 1 + group.
[[nodiscard]] constexpr std::int8_t position_group(std::string_view position) {
    if (position.empty()) return 0;
    switch (position.front()) {
        case 'G': return 1;
        case 'F': return 2;
        case 'C': return 3;
        default: return 0;
    }
}

/// The group of every player whose position is known.
using PositionGroups = ByIndex<std::int8_t>;

/// What each team allows of one count to each position. Games fade with a half-life of 20, the
/// league's with one of 600 team games.
class PositionAllowance {
public:
    /// Learns a game. `count` of a player's row is what he did, NaN where that is not on record:
    /// his minutes are left out then too.
    template <class Count>
    void observe(const Result& result, const PositionGroups& groups, Count count) {
        if (result.teams.size() != 2) return;
        // By defending team: what each position did against it tonight.
        std::array<std::array<Totals, kPositionGroups>, 2> totals{};
        for (const PlayerResult& played : result.players) {
            const auto group = groups[played.player_index];
            const double value = count(*played.row);
            if (group == 0 || std::isnan(value)) continue;
            const std::size_t defender =
                played.opponent_index == result.teams[0].team_index ? 0 : 1;
            Totals& total = totals[defender][static_cast<std::size_t>(group - 1)];
            total.count += value;
            total.minutes += played.row->minutes;
        }
        for (std::size_t defender = 0; defender < 2; ++defender) {
            auto& team = teams_[result.teams[defender].team_index];
            for (std::size_t g = 0; g < kPositionGroups; ++g) {
                team[g].add(totals[defender][g], kTeamDecay);
                league_[g].add(totals[defender][g], kLeagueDecay);
            }
        }
    }

    /// The count a minute that `team` allows to the group (as of `position_group`) over the
    /// league's, shrunk; NaN where group, team or league is unknown.
    [[nodiscard]] double factor(TeamIndex team, std::int8_t group) const {
        if (group == 0) return kUnknown;
        const Allowed& allowed = teams_[team][static_cast<std::size_t>(group - 1)];
        const Allowed& all = league_[static_cast<std::size_t>(group - 1)];
        const double league_rate = ratio(all.count.sum, all.minutes.sum);
        if (!(league_rate > 0) || allowed.minutes.weight <= 0) return kUnknown;
        const double prior_minutes = kPriorGames * all.minutes.mean();
        const double rate = (allowed.count.sum + prior_minutes * league_rate) /
                            (allowed.minutes.sum + prior_minutes);
        return rate / league_rate;
    }

private:
    static constexpr double kTeamDecay = 0.965936328924846;    // 2^(-1/20)
    static constexpr double kLeagueDecay = 0.998845475104855;  // 2^(-1/600)

    /// Games at the league's level that a defence is mixed with.
    static constexpr double kPriorGames = 10;

    struct Totals {
        double count = 0;
        double minutes = 0;
    };
    struct Allowed {
        DecayedSum count;
        DecayedSum minutes;

        void add(const Totals& total, double decay) {
            if (total.minutes <= 0) return;
            count.add(total.count, decay);
            minutes.add(total.minutes, decay);
        }
    };
    ByIndex<std::array<Allowed, kPositionGroups>> teams_;
    std::array<Allowed, kPositionGroups> league_;
};

}  // namespace tipoff::features
