#pragma once
/// What is to be known of a simulated season at an instant: schedule, scores, box scores, rosters
/// and who is hurt. Everything that comes later is hidden here, in one place.
///
/// Three things happen that the season's files do not show. Three games are announced on an earlier
/// day, put off some hours before they would have begun, and stand on the day on which they are
/// played from some days later on. About one box score in a hundred is published with a rebound or
/// an assist of one player wrong, and corrected at 14:00 Eastern of the next day to what the files
/// have. And games take their time: 48 minutes of play last two hours and a quarter.
///
/// Const, and safe from any thread.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "league/season.h"

namespace tipoff::league {

enum class GamePhase : std::uint8_t { kScheduled, kInProgress, kFinal, kPostponed };

/// A game as it stands in the schedule at an instant.
struct GameNow {
    std::size_t fixture = 0;
    GameDate date;  ///< Eastern
    Instant tip_off{};
    GamePhase phase = GamePhase::kScheduled;

    /// Has begun, so that it has a score.
    [[nodiscard]] bool has_score() const {
        return phase == GamePhase::kInProgress || phase == GamePhase::kFinal;
    }
};

/// A game that was first announced on an earlier day.
struct Postponement {
    std::size_t fixture = 0;
    GameDate first_date;
    Instant first_tip_off{};
    Instant postponed_at{};
    Instant rescheduled_at{};  ///< from then on it stands on the day on which it is played
};

/// What was wrong in a box score as first published.
struct Correction {
    std::size_t side = 0;
    PlayerIndex player = 0;
    int BoxCounts::* count = &BoxCounts::assists;
    int too_much = 1;  ///< or, below 0, too little
    Instant corrected_at{};
};

/// A box score, final or as far as the game has come.
struct Box {
    std::array<std::vector<GamePlayerLine>, 2> lines;
    std::array<BoxCounts, 2> totals;
    int periods = 4;
};

/// A shot from the field or a free throw, with the score after it.
struct ScoringPlay {
    PlayerIndex player = 0;
    std::size_t side = 0;
    int period = 1;
    int seconds_left = 0;
    std::optional<std::size_t> shot;  ///< place in `GameResult::shots`; none of a free throw
    bool made = false;
    std::array<int, 2> score{};  ///< home, away
};

/// Where a game stands.
struct Score {
    std::array<int, 2> points{};                ///< home, away
    std::vector<std::array<int, 2>> by_period;  ///< of those that have begun
    int period = 0;                             ///< 0 before the game
    int seconds_left = 0;                       ///< in the period
};

/// What is known of a player's absence from his team's next game, or the one under way.
struct KnownInjury {
    PlayerIndex player = 0;
    std::size_t team = 0;  ///< which he misses
    std::size_t fixture = 0;
    std::string_view ailment;    ///< empty for a day off
    Instant since{};             ///< when it was first told
    bool is_over_games = false;  ///< he has missed an earlier game with it
};

struct WinsAndLosses {
    int wins = 0;
    int losses = 0;
};

class Almanac {
public:
    /// `seed` chooses what is postponed and corrected. Games that the season has no result of stay
    /// scheduled for ever.
    Almanac(SimulatedSeason season, std::uint64_t seed);

    [[nodiscard]] const SimulatedSeason& season() const { return season_; }
    [[nodiscard]] std::uint64_t seed() const { return seed_; }
    [[nodiscard]] const Fixture& fixture(std::size_t game) const { return season_.fixtures[game]; }
    [[nodiscard]] const Player& player(PlayerIndex index) const {
        return season_.rosters.players[index];
    }
    /// The index of the team on a side.
    [[nodiscard]] std::size_t team_on(std::size_t game, std::size_t side) const {
        return side == 0 ? fixture(game).home : fixture(game).away;
    }

    // The schedule.
    [[nodiscard]] GameNow at(std::size_t game, Instant now) const;
    /// All games that stand on a day, in the order of their ids.
    [[nodiscard]] std::vector<GameNow> on(GameDate date, Instant now) const;
    [[nodiscard]] std::optional<std::size_t> find(GameId id) const;
    [[nodiscard]] std::span<const Postponement> postponements() const { return postponements_; }
    /// Games of a team, in order.
    [[nodiscard]] std::span<const std::size_t> games_of(std::size_t team) const {
        return games_of_[team];
    }

    // Games.
    /// Null where it is not in the season's results.
    [[nodiscard]] const GameResult* result_of(std::size_t game) const;
    [[nodiscard]] Instant ends_at(std::size_t game) const;
    /// The box score of a game that has begun, as published at `now`.
    [[nodiscard]] Box box_of(std::size_t game, Instant now) const;
    [[nodiscard]] const Correction* correction_of(std::size_t game) const;
    /// Of a game with a result.
    [[nodiscard]] std::vector<ScoringPlay> plays_of(std::size_t game) const;
    [[nodiscard]] Score score_of(std::size_t game, Instant now) const;
    /// When a moment of a game's clock comes.
    [[nodiscard]] Instant instant_of(std::size_t game, int period, int seconds_left) const;

    // People.
    [[nodiscard]] std::vector<PlayerIndex> roster_of(std::size_t team, GameDate date) const;
    /// The index of his team on a day; `kNoTeam` where he has none.
    [[nodiscard]] std::size_t team_of(PlayerIndex player, GameDate date) const;
    [[nodiscard]] std::span<const AbsentPlayer> absences_of(std::size_t game) const;
    /// What books say of a game's players and of the game, at any time.
    [[nodiscard]] std::span<const PropLine> prop_lines_of(std::size_t game) const;
    [[nodiscard]] const GameLine* game_line_of(std::size_t game) const;
    [[nodiscard]] bool was_absent(std::size_t game, PlayerIndex player) const;
    /// The game before this one of the same team.
    [[nodiscard]] std::optional<std::size_t> game_before(std::size_t game, std::size_t team) const;
    [[nodiscard]] std::vector<KnownInjury> injuries_of(std::size_t team, Instant now) const;
    /// What is known of an absence; nothing before it has become known.
    [[nodiscard]] std::optional<KnownInjury> known(const AbsentPlayer& absent, Instant now) const;

private:
    void choose_postponements();
    void choose_corrections();
    [[nodiscard]] bool plays_on(std::size_t team, GameDate date) const;
    [[nodiscard]] Box box_under_way(std::size_t game, Instant now) const;

    SimulatedSeason season_;
    std::uint64_t seed_;
    std::vector<const PlayedGame*> results_;  ///< by fixture
    std::map<GameDate, std::vector<std::size_t>> by_date_;
    std::array<std::vector<std::size_t>, kTeams> games_of_;
    std::vector<std::size_t> first_absence_;    ///< by fixture, and one past the end
    std::vector<std::size_t> first_prop_line_;  ///< likewise
    std::vector<std::size_t> opening_team_;     ///< by player
    std::map<PlayerIndex, const RosterMove*> move_of_;
    std::vector<Postponement> postponements_;
    std::map<std::size_t, Correction> corrections_;
};

/// A team's wins and losses by who the opponent was.
struct TeamRecord {
    WinsAndLosses all, home, road, conference, division;
};

/// By team, of the games that are over.
[[nodiscard]] std::array<TeamRecord, kTeams> records_at(const Almanac& almanac, Instant now);

/// "41-11".
[[nodiscard]] std::string to_string(const WinsAndLosses& record);

}  // namespace tipoff::league
