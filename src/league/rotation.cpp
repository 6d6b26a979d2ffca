#include "league/rotation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "league/model.h"

namespace tipoff::league {
namespace {

constexpr double kGameMinutes = 48.0;
/// Keeps the need for minutes calm near the end: as if this many minutes more were to be shared in
/// proportion.
constexpr double kSmoothingMinutes = 6.0;
constexpr double kStaysOn = 0.24;  ///< a lineup is not changed without need
constexpr double kTiredAfterMinutes = 4.5;
constexpr double kTiredness = 0.055;  ///< a minute beyond
constexpr double kShortRest = 0.30;
constexpr double kShortRestMinutes = 2.5;
constexpr double kOpening = 0.45;  ///< the starters begin each half
constexpr double kClosing = 0.50;  ///< the best finish a close game
constexpr double kResting = 1.3;   ///< and sit when it is decided
constexpr double kFoulTrouble = 0.7;
constexpr double kNoise = 0.05;
constexpr double kDeepBench = 0.20;  ///< not in tonight's plan: only in need or when it is decided
constexpr double kOut = 1000.0;
constexpr int kBreakTenths =
    3 * kTenthsPerMinute;  ///< what a break between periods is worth as a rest

constexpr int kMostBigs = 3;
constexpr int kMostGuards = 4;

bool is_guard(Position position) { return position <= Position::kShootingGuard; }
bool is_big(Position position) { return position >= Position::kPowerForward; }

/// A lead that is not lost any more: later, a smaller one is enough.
bool is_decided(const GameMoment& moment) {
    if (moment.period != 4) return false;
    const double minutes = moment.minutes_left();
    return minutes < 8.0 && minutes > 2.2 && std::abs(moment.margin) > 13.0 + 1.9 * minutes;
}

bool is_close_finish(const GameMoment& moment) {
    if (moment.period < 4) return false;
    return moment.minutes_left() < 5.5 && std::abs(moment.margin) <= 11;
}

}  // namespace

int GameMoment::tenths_played() const {
    if (period <= 4) return period * kPeriodTenths - period_tenths_left;
    return 4 * kPeriodTenths + (period - 4) * kOvertimeTenths - period_tenths_left;
}

double GameMoment::minutes_left() const {
    const int later = period < 4 ? (4 - period) * kPeriodTenths : 0;
    return static_cast<double>(period_tenths_left + later) / kTenthsPerMinute;
}

Rotation::Rotation(std::vector<RotationPlayer> players)
    : players_(std::move(players)), state_(players_.size()) {
    require(players_.size() >= kOnCourt, "a team has five players");
    std::vector<std::size_t> order(players_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        return players_[a].target_minutes > players_[b].target_minutes;
    });
    set_lineup(order);
    for (const std::size_t player : on_court_)
        state_[player].starter = true;
}

double Rotation::priority(std::size_t player, const GameMoment& moment, bool period_start,
                          Random& random) const {
    const RotationPlayer& who = players_[player];
    const State& state = state_[player];
    const double luck = random.normal(0.0, kNoise);
    const double share = who.target_minutes / kGameMinutes;
    const double played = static_cast<double>(state.played) / kTenthsPerMinute;
    const double minutes_left = moment.minutes_left();

    const double due = moment.period <= 4 ? who.target_minutes - played : share * minutes_left;
    double value = (due + kSmoothingMinutes * share) / (minutes_left + kSmoothingMinutes) + luck;
    if (state.on_court) {
        const double stint = static_cast<double>(state.stint) / kTenthsPerMinute;
        value += kStaysOn - kTiredness * std::max(0.0, stint - kTiredAfterMinutes);
    } else if (state.rest < kShortRestMinutes * kTenthsPerMinute) {
        value -= kShortRest;
    }
    if (who.target_minutes < 1.0 && !is_decided(moment)) value -= kDeepBench;
    if (period_start && state.starter && moment.period % 2 == 1) value += kOpening;
    if (is_close_finish(moment)) value += kClosing * share;
    if (is_decided(moment)) value -= kResting * share;
    const bool foul_trouble = moment.period <= 3
                                  ? state.fouls > moment.period
                                  : state.fouls == kFoulLimit - 1 && minutes_left > 6.0;
    if (foul_trouble) value -= kFoulTrouble;
    if (state.fouls >= kFoulLimit) value -= kOut;
    if (moment.tenths_played() >= who.leaves_after) value -= kOut;
    return value;
}

void Rotation::set_lineup(const std::vector<std::size_t>& order) {
    std::array<std::size_t, kOnCourt> chosen{};
    std::size_t count = 0;
    std::vector<std::size_t> passed_over;
    int bigs = 0;
    int guards = 0;
    for (const std::size_t player : order) {
        const Position position = players_[player].position;
        const bool too_many = (is_big(position) && bigs == kMostBigs) ||
                              (is_guard(position) && guards == kMostGuards) ||
                              (count == kOnCourt - 1 && guards == 0 && !is_guard(position)) ||
                              (count == kOnCourt - 1 && bigs == 0 && !is_big(position));
        if (too_many) {
            passed_over.push_back(player);
            continue;
        }
        bigs += is_big(position) ? 1 : 0;
        guards += is_guard(position) ? 1 : 0;
        chosen[count++] = player;
        if (count == kOnCourt) break;
    }
    for (const std::size_t player : passed_over) {
        if (count == kOnCourt) break;
        chosen[count++] = player;
    }
    for (State& state : state_)
        state.on_court = false;
    for (const std::size_t player : chosen) {
        State& state = state_[player];
        if (std::ranges::find(on_court_, player) == on_court_.end()) state.stint = 0;
        state.on_court = true;
        state.rest = 0;
    }
    on_court_ = chosen;
}

void Rotation::choose_lineup(const GameMoment& moment, bool period_start, Random& random) {
    if (period_start) {
        for (State& state : state_)
            state.stint = std::max(0, state.stint - kBreakTenths);
    }
    std::vector<std::pair<double, std::size_t>> ranked(players_.size());
    for (std::size_t player = 0; player < players_.size(); ++player) {
        ranked[player] = {-priority(player, moment, period_start, random), player};
    }
    std::ranges::sort(ranked);
    // Nobody who is out comes in to balance positions while somebody fit is left.
    std::vector<std::size_t> order;
    for (const auto& [cost, player] : ranked) {
        if (cost < kOut / 2 || order.size() < kOnCourt) order.push_back(player);
    }
    set_lineup(order);
}

void Rotation::run(int tenths) {
    for (State& state : state_) {
        if (state.on_court) {
            state.played += tenths;
            state.stint += tenths;
        } else {
            state.rest += tenths;
        }
    }
}

bool Rotation::add_foul(std::size_t player) { return ++state_[player].fouls == kFoulLimit; }

bool Rotation::somebody_leaves(const GameMoment& moment) const {
    return std::ranges::any_of(on_court_, [&](std::size_t player) {
        return moment.tenths_played() >= players_[player].leaves_after;
    });
}

}  // namespace tipoff::league
