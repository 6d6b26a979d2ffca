#include "league/floor.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace tipoff::league {
namespace {

constexpr int kStopTenths = 450;  ///< lineups are looked at once so long has passed, at a dead ball
constexpr double kTimeout = 0.10;  ///< chance that play stops after a possession all the same
constexpr int kLateTenths = 2 * kTenthsPerMinute;
constexpr double kUsualFouls = 2.5;  ///< of a team, on average over a period

}  // namespace

Floor::Floor(const GameInput& input, Random& random)
    : input_(input), random_(random), bench_{make_bench(0), make_bench(1)} {
    for (std::size_t side = 0; side < 2; ++side) {
        for (const GamePlayer& player : input_.sides[side].players) {
            result_.lines[side].push_back({player.index, 0, {}, false});
        }
    }
    constexpr std::size_t kManyShots = 200;
    result_.shots.reserve(kManyShots);
}

Rotation Floor::make_bench(std::size_t side) const {
    std::vector<RotationPlayer> players;
    for (const GamePlayer& player : input_.sides[side].players) {
        players.push_back({player.player->position, player.target_minutes, player.leaves_after});
    }
    return Rotation(std::move(players));
}

void Floor::begin_period(int period) {
    period_ = period;
    left_ = period <= 4 ? kPeriodTenths : kOvertimeTenths;
    team_fouls_ = {0, 0};
    late_fouls_ = {0, 0};
    change_lineups(true);
    if (period != 1) return;
    for (std::size_t side = 0; side < 2; ++side) {
        for (const std::size_t player : bench_[side].on_court())
            result_.lines[side][player].started = true;
    }
}

void Floor::run_clock(int tenths) {
    const int ran = std::min(tenths, left_);
    left_ -= ran;
    since_change_ += ran;
    for (Rotation& bench : bench_)
        bench.run(ran);
}

void Floor::change_lineups(bool period_start) {
    for (std::size_t side = 0; side < 2; ++side) {
        bench_[side].choose_lineup(moment(side), period_start, random_);
    }
    since_change_ = 0;
    must_change_ = false;
}

void Floor::maybe_change() {
    if (left_ <= 0) return;
    const bool stop = dead_ball_ || random_.chance(kTimeout);
    if (must_change_ || (stop && since_change_ >= kStopTenths) || somebody_leaves()) {
        change_lineups(false);
    }
    dead_ball_ = false;
}

bool Floor::somebody_leaves() const {
    return bench_[0].somebody_leaves(moment(0)) || bench_[1].somebody_leaves(moment(1));
}

double Floor::total_of(std::size_t side, double Skills::* skill) const {
    double total = 0.0;
    for (std::size_t place = 0; place < kOnCourt; ++place)
        total += skills(side, place).*skill;
    return total;
}

void Floor::score(std::size_t side, std::size_t place, int points) {
    counts(side, place).points += points;
    score_[side] += points;
    for (std::size_t on = 0; on < kOnCourt; ++on) {
        counts(side, on).plus_minus += points;
        counts(1 - side, on).plus_minus -= points;
    }
}

void Floor::shot(std::size_t side, std::size_t place, Zone zone, ShotKind kind, bool made) {
    BoxCounts& line = counts(side, place);
    ++line.field_goals_attempted;
    line.field_goals_made += made ? 1 : 0;
    if (is_three(zone)) {
        ++line.threes_attempted;
        line.threes_made += made ? 1 : 0;
    }
    result_.shots.push_back({.player = on_floor(side, place).index,
                             .side = static_cast<std::uint8_t>(side),
                             .period = static_cast<std::uint8_t>(period_),
                             .seconds_left = static_cast<std::int16_t>(left_ / 10),
                             .zone = zone,
                             .kind = kind,
                             .made = made});
    if (made) score(side, place, is_three(zone) ? 3 : 2);
}

void Floor::free_throw(std::size_t side, std::size_t place, bool made) {
    BoxCounts& line = counts(side, place);
    ++line.free_throws_attempted;
    dead_ball_ = true;
    result_.free_throws.push_back({.player = on_floor(side, place).index,
                                   .side = static_cast<std::uint8_t>(side),
                                   .period = static_cast<std::uint8_t>(period_),
                                   .seconds_left = static_cast<std::int16_t>(left_ / 10),
                                   .shots_before = static_cast<std::uint16_t>(result_.shots.size()),
                                   .made = made});
    if (!made) return;
    ++line.free_throws_made;
    score(side, place, 1);
}

void Floor::assist(std::size_t side, std::size_t scorer) {
    std::array<double, kOnCourt> weights{};
    for (std::size_t place = 0; place < kOnCourt; ++place) {
        weights[place] = place == scorer ? 0.0 : std::max(0.01, skills(side, place).assist);
    }
    ++counts(side, random_.pick(weights)).assists;
}

bool Floor::foul_by_defence(std::size_t offence) {
    const std::size_t defence = 1 - offence;
    charge_foul(defence, choose_fouler(defence));
    ++team_fouls_[defence];
    if (left_ < kLateTenths) ++late_fouls_[defence];
    const int limit = period_ <= 4 ? kBonusFouls : kBonusFouls - 1;
    return team_fouls_[defence] >= limit || late_fouls_[defence] >= 2;
}

double Floor::foul_restraint(std::size_t offence) const {
    return std::max(0.3, 1.0 - kTeamFoulRestraint * (team_fouls_[1 - offence] - kUsualFouls));
}

std::size_t Floor::choose_fouler(std::size_t side) {
    std::array<double, kOnCourt> weights{};
    for (std::size_t place = 0; place < kOnCourt; ++place) {
        const int fouls = bench_[side].fouls(bench_[side].on_court()[place]);
        weights[place] = skills(side, place).foul * (1.0 - kPlayerFoulRestraint * fouls);
    }
    return random_.pick(weights);
}

void Floor::charge_foul(std::size_t side, std::size_t place) {
    ++counts(side, place).fouls;
    if (bench_[side].add_foul(bench_[side].on_court()[place])) must_change_ = true;
    dead_ball_ = true;
}

GameResult Floor::take() {
    result_.periods = period_;
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t player = 0; player < bench_[side].size(); ++player) {
            GamePlayerLine& line = result_.lines[side][player];
            line.tenths = bench_[side].tenths_played(player);
            result_.totals[side] += line.counts;
        }
    }
    return std::move(result_);
}

}  // namespace tipoff::league
