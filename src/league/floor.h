#pragma once
/// The floor of a simulated game and the scorer's table beside it: who is on court, the clock, the
/// score, fouls, and every count of the box score. What happens is decided in game.cpp; what
/// follows for the books is here.

#include <algorithm>
#include <array>
#include <cstddef>

#include "league/game.h"
#include "league/model.h"
#include "league/random.h"
#include "league/rotation.h"

namespace tipoff::league {

class Floor {
public:
    Floor(const GameInput& input, Random& random);

    // The clock. A period begins with fresh lineups; later ones come in at stops.
    void begin_period(int period);
    void run_clock(int tenths);
    /// Between two possessions: changes lineups when play stops, somebody is hurt or fouled out.
    void maybe_change();
    [[nodiscard]] int period() const { return period_; }
    [[nodiscard]] int left() const { return left_; }  ///< tenths to the end of the period
    [[nodiscard]] GameMoment moment(std::size_t side) const { return {period_, left_, lead(side)}; }

    // The score.
    [[nodiscard]] bool is_tied() const { return score_[0] == score_[1]; }
    [[nodiscard]] int lead(std::size_t side) const { return score_[side] - score_[1 - side]; }
    [[nodiscard]] int total_score() const { return score_[0] + score_[1]; }

    // The five of a side, by their place on court (0 to 4).
    [[nodiscard]] const GamePlayer& on_floor(std::size_t side, std::size_t place) const {
        return input_.sides[side].players[bench_[side].on_court()[place]];
    }
    [[nodiscard]] const Skills& skills(std::size_t side, std::size_t place) const {
        return on_floor(side, place).player->skills;
    }
    [[nodiscard]] double total_of(std::size_t side, double Skills::* skill) const;
    [[nodiscard]] double average_of(std::size_t side, double Skills::* skill) const {
        return total_of(side, skill) / static_cast<double>(kOnCourt);
    }
    BoxCounts& counts(std::size_t side, std::size_t place) {
        return result_.lines[side][bench_[side].on_court()[place]].counts;
    }

    /// One of the five, in proportion to what `weight` says of each.
    template <class Weight>
    std::size_t one_of_five(std::size_t side, Weight weight) {
        std::array<double, kOnCourt> weights{};
        for (std::size_t place = 0; place < kOnCourt; ++place) {
            weights[place] = std::max(0.01, weight(on_floor(side, place)));
        }
        return random_.pick(weights);
    }
    std::size_t one_by_skill(std::size_t side, double Skills::* skill) {
        return one_of_five(side, [&](const GamePlayer& p) { return p.player->skills.*skill; });
    }

    // The books.
    void shot(std::size_t side, std::size_t place, Zone zone, ShotKind kind, bool made);
    void free_throw(std::size_t side, std::size_t place, bool made);
    /// An assist for one of the four who did not score.
    void assist(std::size_t side, std::size_t scorer);
    /// A foul by one of the defence; true when free throws follow (the bonus).
    bool foul_by_defence(std::size_t offence);
    void charge_foul(std::size_t side, std::size_t place);
    /// How a defence fouls relative to its habit: with care once it has fouled often in a period.
    [[nodiscard]] double foul_restraint(std::size_t offence) const;
    void stop_play() { dead_ball_ = true; }

    /// The finished box scores.
    GameResult take();

private:
    [[nodiscard]] Rotation make_bench(std::size_t side) const;
    void change_lineups(bool period_start);
    [[nodiscard]] bool somebody_leaves() const;
    void score(std::size_t side, std::size_t place, int points);
    std::size_t choose_fouler(std::size_t side);

    const GameInput& input_;
    Random& random_;
    std::array<Rotation, 2> bench_;
    GameResult result_;
    std::array<int, 2> score_{};
    std::array<int, 2> team_fouls_{};
    std::array<int, 2> late_fouls_{};  ///< in the last two minutes of the period
    int period_ = 1;
    int left_ = 0;
    int since_change_ = 0;
    bool dead_ball_ = false;
    bool must_change_ = false;
};

}  // namespace tipoff::league
