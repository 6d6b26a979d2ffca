#pragma once
/// One team's bench during a game: who is on the floor, for how long, and who comes in next.
///
/// Every player has a number of minutes that he should get. At each stop the five are on the floor
/// who need the most of the time that is left, give or take how long they have been running, foul
/// trouble, a close finish (the best play) and a decided game (the others play). At most three big
/// men or four guards at once. Time is in tenths of a second.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "league/player.h"
#include "league/random.h"

namespace tipoff::league {

inline constexpr int kTenthsPerMinute = 600;
inline constexpr int kPeriodTenths = 12 * kTenthsPerMinute;
inline constexpr int kOvertimeTenths = 5 * kTenthsPerMinute;
inline constexpr std::size_t kOnCourt = 5;

struct RotationPlayer {
    Position position = Position::kPointGuard;
    double target_minutes = 0.0;
    /// Tenths of the game after which he is hurt and leaves; past the end of any game when he is
    /// not.
    int leaves_after = 1'000'000;
};

/// Where the game stands when a lineup is chosen.
struct GameMoment {
    int period = 1;
    int period_tenths_left = kPeriodTenths;
    int margin = 0;  ///< of this team

    [[nodiscard]] int tenths_played() const;
    /// Minutes to the end of regulation; in overtime, of the overtime.
    [[nodiscard]] double minutes_left() const;
};

class Rotation {
public:
    explicit Rotation(std::vector<RotationPlayer> players);

    /// Chooses the five for what follows; `period_start` favours the usual starters in the first
    /// and third.
    void choose_lineup(const GameMoment& moment, bool period_start, Random& random);

    /// The clock ran; those on the floor get the time.
    void run(int tenths);

    /// A foul; true when it was the player's last.
    bool add_foul(std::size_t player);

    /// Somebody on the floor has been hurt by now.
    [[nodiscard]] bool somebody_leaves(const GameMoment& moment) const;

    [[nodiscard]] const std::array<std::size_t, kOnCourt>& on_court() const { return on_court_; }
    [[nodiscard]] int tenths_played(std::size_t player) const { return state_[player].played; }
    [[nodiscard]] int fouls(std::size_t player) const { return state_[player].fouls; }
    [[nodiscard]] std::size_t size() const { return players_.size(); }

private:
    struct State {
        int played = 0;
        int stint = 0;  ///< on the floor without a rest
        int rest = 1'000'000;
        int fouls = 0;
        bool on_court = false;
        bool starter = false;
    };

    [[nodiscard]] double priority(std::size_t player, const GameMoment& moment, bool period_start,
                                  Random& random) const;
    void set_lineup(const std::vector<std::size_t>& order);

    std::vector<RotationPlayer> players_;
    std::vector<State> state_;
    std::array<std::size_t, kOnCourt> on_court_{};
};

}  // namespace tipoff::league
