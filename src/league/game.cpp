#include "league/game.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "league/floor.h"
#include "league/model.h"

namespace tipoff::league {
namespace {

constexpr int kShotClock = 240;     ///< tenths
constexpr int kHurriedTenths = 30;  ///< too little for a play at the end of a period
constexpr int kLateTenths = 420;    ///< of the fourth period or an overtime: every ball counts
constexpr int kCloseTenths = 2400;  ///< of the same: leads shrink fast
constexpr int kCloseLead = 9;
constexpr int kLastShotTenths = 40;
constexpr int kStopsNothingTenths = 20;  ///< so late, a foul does not help any more

constexpr double kStopsTheClock = 0.80;      ///< chance that a team behind fouls at once
constexpr double kTakesWhatIsNeeded = 0.80;  ///< two or three points behind and little time left
constexpr double kHeaveAccuracy = 0.025;
constexpr double kHeaves = 0.32;  ///< of periods that end with too little time for a play

/// A possession, as it begins.
struct Possession {
    std::size_t offence = 0;
    bool second_chance = false;
    std::size_t rebounder = kOnCourt;  ///< place on court, for a second chance; else nobody
    bool after_score = false;
};

/// Plays one game: what happens on each possession, by the chances of model.h.
class Game {
public:
    Game(const GameInput& input, Random& random)
        : input_(input), random_(random), floor_(input, random) {}

    GameResult run() {
        const auto tip = static_cast<std::size_t>(random_.below(2));
        for (int period = 1; period <= 4 || floor_.is_tied(); ++period) {
            // Who lost the tip has the ball in the second and third periods.
            const bool swapped = period == 2 || period == 3;
            const std::size_t first = period <= 4 ? (swapped ? 1 - tip : tip)
                                                  : static_cast<std::size_t>(random_.below(2));
            floor_.begin_period(period);
            Possession possession{.offence = first};
            while (floor_.left() > 0) {
                possession = play_possession(possession);
                floor_.maybe_change();
            }
        }
        return floor_.take();
    }

private:
    Possession play_possession(const Possession& now) {
        const std::size_t offence = now.offence;
        if (is_stopped_by_foul(offence)) return foul_to_stop_the_clock(offence);

        const int length = possession_tenths(now);
        if (length >= floor_.left()) return end_of_period(now);
        floor_.run_clock(length);

        const std::size_t actor = choose_actor(now);
        if (random_.chance(turnover_chance(offence, actor))) {
            turn_over(offence, actor);
            return {.offence = 1 - offence};
        }
        if (random_.chance(kFloorFoul * floor_.foul_restraint(offence))) {
            if (floor_.foul_by_defence(offence)) return shoot_free_throws(offence, actor, 2);
            return {.offence = offence};
        }
        return shoot(now, actor);
    }

    // How long it takes.

    [[nodiscard]] bool is_late() const {
        return floor_.period() >= 4 && floor_.left() <= kLateTenths;
    }

    int possession_tenths(const Possession& now) {
        double spread = random_.uniform();
        spread += random_.uniform();
        if (now.second_chance) {
            return static_cast<int>(10.0 * (kSecondChanceShortest + kSecondChanceSpread * spread));
        }
        const int lead = floor_.lead(now.offence);
        const int left = floor_.left();
        if (is_late() && left <= kShotClock && lead > 0) return left;
        if (is_late() && left <= kShotClock && lead == 0) {
            return std::max(1, left - random_.between(3, 30));
        }
        const double styles = input_.sides[0].style->possession_length *
                              input_.sides[1].style->possession_length * input_.possession_length;
        double seconds = (kPossessionShortest + kPossessionSpread * spread) * styles;
        seconds += now.after_score ? kBringsUpTheBall : -kStartsRunning;
        if (is_late() && lead < 0) seconds *= 0.5;
        return std::min(kShotClock, static_cast<int>(10.0 * seconds));
    }

    /// The defence is behind, time runs out, and only a foul stops the clock.
    bool is_stopped_by_foul(std::size_t offence) {
        const int lead = floor_.lead(offence);
        const int left = floor_.left();
        if (!is_late() || left < kStopsNothingTenths || lead < 1) return false;
        if (lead > 3 + left / 60) return false;
        return left <= kShotClock || random_.chance(kStopsTheClock);
    }

    Possession foul_to_stop_the_clock(std::size_t offence) {
        floor_.run_clock(random_.between(10, 45));
        const std::size_t shooter = floor_.one_of_five(offence, [](const GamePlayer& p) {
            return p.player->skills.usage * (p.player->skills.free_throw - 0.35);
        });
        if (floor_.foul_by_defence(offence)) return shoot_free_throws(offence, shooter, 2);
        return {.offence = offence, .second_chance = true};
    }

    /// The last possession of a period: a hurried shot, a heave, or nothing.
    Possession end_of_period(const Possession& now) {
        const bool holds = is_late() && floor_.lead(now.offence) > 0;
        const bool is_hurried = floor_.left() < kHurriedTenths;
        // The ball leaves the hand before the horn; what follows a miss does not count any more.
        floor_.run_clock(std::max(0, floor_.left() - random_.between(1, 12)));
        const std::size_t actor = choose_actor(now);
        if (!holds && !is_hurried) {
            shoot(now, actor);
        } else if (!holds && random_.chance(kHeaves)) {
            floor_.shot(now.offence, actor, Zone::kBackcourt, ShotKind::kSelfCreated,
                        random_.chance(kHeaveAccuracy));
        }
        floor_.run_clock(floor_.left());
        return {.offence = 1 - now.offence};
    }

    // Who has the ball, and loses it.

    std::size_t choose_actor(const Possession& now) {
        if (now.rebounder < kOnCourt && random_.chance(kPutback)) return now.rebounder;
        return floor_.one_of_five(
            now.offence, [](const GamePlayer& p) { return p.player->skills.usage * p.usage; });
    }

    [[nodiscard]] double turnover_chance(std::size_t offence, std::size_t actor) const {
        const double pressure = floor_.average_of(1 - offence, &Skills::steal);
        return kTurnover * floor_.skills(offence, actor).turnover * turnover_pressure(pressure);
    }

    void turn_over(std::size_t offence, std::size_t actor) {
        ++floor_.counts(offence, actor).turnovers;
        const std::size_t defence = 1 - offence;
        const double luck = random_.uniform();
        if (luck < kStolen) {
            ++floor_.counts(defence, floor_.one_by_skill(defence, &Skills::steal)).steals;
        } else if (luck < kStolen + kOffensiveFoul) {
            floor_.charge_foul(offence, actor);
        } else {
            floor_.stop_play();
        }
    }

    // Shots.

    Zone choose_zone(const Possession& now, std::size_t actor) {
        if (actor == now.rebounder) return Zone::kRestrictedArea;
        const std::size_t offence = now.offence;
        const int behind = -floor_.lead(offence);
        const bool ties = is_late() && floor_.left() < kShotClock && (behind == 2 || behind == 3);
        const bool to_the_point = ties && random_.chance(kTakesWhatIsNeeded);
        const auto& own = floor_.skills(offence, actor).zone_share;
        const auto& allowed = input_.sides[1 - offence].style->zone_allowed;
        std::array<double, kChosenZones> weights{};
        for (std::size_t zone = 0; zone < kChosenZones; ++zone) {
            const bool three = is_three(static_cast<Zone>(zone));
            const bool open = !to_the_point || three == (behind == 3);
            weights[zone] = open ? std::max(1e-6, own[zone] * allowed[zone]) : 0.0;
        }
        return static_cast<Zone>(random_.pick(weights));
    }

    [[nodiscard]] double accuracy(std::size_t offence, std::size_t actor, Zone zone) const {
        const auto z = static_cast<std::size_t>(zone);
        const std::size_t defence = 1 - offence;
        const GamePlayer& shooter = floor_.on_floor(offence, actor);
        const double others = floor_.total_of(offence, &Skills::creation) -
                              floor_.total_of(defence, &Skills::defence);
        const double chance = shooter.player->skills.accuracy[z] + shooter.accuracy +
                              input_.sides[offence].accuracy +
                              input_.sides[defence].style->zone_defence[z] + kLeagueAccuracy +
                              kAccuracyPerPoint * others - score_penalty(offence);
        return std::clamp(chance, kLeastAccuracy, kMostAccuracy);
    }

    /// What the score takes from a side's accuracy; it gives when the side is behind.
    [[nodiscard]] double score_penalty(std::size_t offence) const {
        const int lead = floor_.lead(offence);
        const bool final_seconds = is_late() && floor_.left() < kShotClock;
        if (final_seconds && lead == 0 && floor_.left() < kLastShotTenths) return kLastShot;
        if (final_seconds && (lead == -2 || lead == -3)) return -kTyingShot;
        const bool close =
            floor_.period() >= 4 && floor_.left() <= kCloseTenths && std::abs(lead) <= kCloseLead;
        const double minutes =
            static_cast<double>(floor_.moment(offence).tenths_played()) / kTenthsPerMinute;
        const double excess = floor_.total_score() - kUsualPointsPerMinute * minutes;
        return (close ? kAccuracyPerLateLead : kAccuracyPerLead) * lead +
               kAccuracyPerExcess * excess;
    }

    Possession shoot(const Possession& now, std::size_t actor) {
        const std::size_t offence = now.offence;
        const Zone zone = choose_zone(now, actor);
        const auto z = static_cast<std::size_t>(zone);
        const double open = accuracy(offence, actor, zone);
        const bool fouled =
            random_.chance(kShootingFoul[z] * floor_.skills(offence, actor).foul_drawing *
                           floor_.foul_restraint(offence));
        const bool made = random_.chance(fouled ? open * kAccuracyWhenFouled : open);
        if (fouled) floor_.foul_by_defence(offence);
        if (fouled && !made) return shoot_free_throws(offence, actor, is_three(zone) ? 3 : 2);

        const bool putback = actor == now.rebounder;
        const bool assisted = made && !putback && random_.chance(kAssisted[z]);
        const ShotKind kind = putback    ? ShotKind::kPutback
                              : assisted ? ShotKind::kSetUp
                                         : ShotKind::kSelfCreated;
        floor_.shot(offence, actor, zone, kind, made);
        if (assisted) floor_.assist(offence, actor);
        if (fouled) return shoot_free_throws(offence, actor, 1);
        if (made) return {.offence = 1 - offence, .after_score = true};
        maybe_block(1 - offence, z);
        return rebound(offence, offensive_rebound_chance(offence), kDefensiveRebound);
    }

    void maybe_block(std::size_t defence, std::size_t zone) {
        const double pressure = 0.5 + 0.5 * floor_.average_of(defence, &Skills::block);
        if (!random_.chance(kBlocked[zone] * pressure)) return;
        ++floor_.counts(defence, floor_.one_by_skill(defence, &Skills::block)).blocks;
    }

    /// `count` free throws; the ball is live after the last when it is missed.
    Possession shoot_free_throws(std::size_t side, std::size_t place, int count) {
        bool made = false;
        for (int i = 0; i < count; ++i) {
            made = random_.chance(floor_.skills(side, place).free_throw);
            floor_.free_throw(side, place, made);
        }
        if (made) return {.offence = 1 - side, .after_score = true};
        return rebound(side, kOffensiveReboundOfFreeThrow, kDefensiveReboundOfFreeThrow);
    }

    // Misses.

    [[nodiscard]] double offensive_rebound_chance(std::size_t offence) const {
        const double ours = floor_.average_of(offence, &Skills::offensive_rebound);
        return kOffensiveRebound * (0.5 + 0.5 * std::min(2.0, ours));
    }

    Possession rebound(std::size_t offence, double offensive, double defensive) {
        const double luck = random_.uniform();
        if (luck < offensive) {
            const std::size_t place = floor_.one_by_skill(offence, &Skills::offensive_rebound);
            ++floor_.counts(offence, place).offensive_rebounds;
            return {.offence = offence, .second_chance = true, .rebounder = place};
        }
        const std::size_t defence = 1 - offence;
        if (luck < offensive + defensive) {
            const std::size_t place = floor_.one_by_skill(defence, &Skills::defensive_rebound);
            ++floor_.counts(defence, place).defensive_rebounds;
            return {.offence = defence};
        }
        floor_.stop_play();
        if (luck < offensive + defensive + kOutToOffence) {
            return {.offence = offence, .second_chance = true};
        }
        return {.offence = defence};
    }

    const GameInput& input_;
    Random& random_;
    Floor floor_;
};

}  // namespace

GameResult play(const GameInput& input, Random& random) { return Game(input, random).run(); }

}  // namespace tipoff::league
