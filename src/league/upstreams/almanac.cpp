#include "league/upstreams/almanac.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "base/error.h"
#include "league/random.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::size_t kPostponements = 3;
constexpr double kCorrectedShare = 0.01;
constexpr TimeOfDay kCorrectedAt{14, 0, 0};

constexpr int kQuarterSeconds = 720;
constexpr int kOvertimeSeconds = 300;
/// 48 minutes of play take two hours and a quarter.
constexpr milliseconds kRealTimePerSecond{2812};
/// Beyond which a game that nobody has a result of is not waited for.
constexpr hours kLongestGame{4};

/// How long before a team's first game it is told who will miss it.
constexpr std::chrono::days kListedBeforeSeason{3};

/// What the streams of `Stream::kUpstream` are for.
enum class Chance : std::uint64_t { kPostponement = 1, kCorrection = 2 };

int length_of(int period) { return period <= 4 ? kQuarterSeconds : kOvertimeSeconds; }

/// Seconds of play until a moment.
int elapsed_until(int period, int seconds_left) {
    int elapsed = 0;
    for (int before = 1; before < period; ++before)
        elapsed += length_of(before);
    return elapsed + length_of(period) - seconds_left;
}

/// What a try for points adds to a box score.
BoxCounts counts_of(const ScoringPlay& play, bool is_of_three) {
    const int made = play.made ? 1 : 0;
    if (!play.shot) return {.points = made, .free_throws_made = made, .free_throws_attempted = 1};
    BoxCounts counts{.points = 2 * made, .field_goals_made = made, .field_goals_attempted = 1};
    if (is_of_three) {
        counts.points = 3 * made;
        counts.threes_made = made;
        counts.threes_attempted = 1;
    }
    return counts;
}

/// Where the rows of each fixture begin, and where the last ones end. Rows are in its order.
template <class Row>
std::vector<std::size_t> first_of_each(const std::vector<Row>& rows, std::size_t fixtures) {
    require(std::ranges::is_sorted(rows, {}, &Row::fixture), "rows are in the order of fixtures");
    std::vector<std::size_t> first;
    std::size_t next = 0;
    for (std::size_t game = 0; game <= fixtures; ++game) {
        while (next < rows.size() && rows[next].fixture < game)
            ++next;
        first.push_back(next);
    }
    return first;
}

}  // namespace

Almanac::Almanac(SimulatedSeason season, std::uint64_t seed)
    : season_(std::move(season)), seed_(seed), results_(season_.fixtures.size(), nullptr) {
    for (const PlayedGame& game : season_.games)
        results_[game.fixture] = &game;
    for (std::size_t game = 0; game < season_.fixtures.size(); ++game) {
        by_date_[fixture(game).date].push_back(game);
        games_of_[fixture(game).home].push_back(game);
        games_of_[fixture(game).away].push_back(game);
    }
    first_absence_ = first_of_each(season_.absences, season_.fixtures.size());
    first_prop_line_ = first_of_each(season_.prop_lines, season_.fixtures.size());
    opening_team_.assign(season_.rosters.players.size(), kNoTeam);
    for (std::size_t team = 0; team < kTeams; ++team) {
        for (const PlayerIndex player : season_.opening_rosters[team])
            opening_team_[player] = team;
    }
    for (const RosterMove& move : season_.moves)
        move_of_.emplace(move.player, &move);
    choose_postponements();
    choose_corrections();
}

bool Almanac::plays_on(std::size_t team, GameDate date) const {
    return std::ranges::any_of(games_of_[team],
                               [&](std::size_t game) { return fixture(game).date == date; });
}

void Almanac::choose_postponements() {
    constexpr int kFewestDaysEarlier = 5, kMostDaysEarlier = 30;
    constexpr int kMostTries = 10'000;
    Random random(seed_, Stream::kUpstream, static_cast<std::uint64_t>(Chance::kPostponement));
    const GameDate opening = season_days(season_.options.season).opening_night;
    for (int tries = 0; tries < kMostTries && postponements_.size() < kPostponements; ++tries) {
        const auto game =
            static_cast<std::size_t>(random.below(static_cast<int>(season_.fixtures.size())));
        const int earlier = random.between(kFewestDaysEarlier, kMostDaysEarlier);
        const int hours_before = random.between(3, 8);
        const Fixture& played = fixture(game);
        const GameDate first = played.date.plus_days(-earlier);
        const bool is_taken = std::ranges::any_of(
            postponements_, [&](const Postponement& other) { return other.fixture == game; });
        // Announced for a day on which others play, so not within the All-Star break.
        if (is_taken || first <= opening || !by_date_.contains(first) ||
            plays_on(played.home, first) || plays_on(played.away, first))
            continue;
        Fixture announced = played;
        announced.date = first;
        const Instant tip_off = tip_off_of(announced);
        postponements_.push_back({.fixture = game,
                                  .first_date = first,
                                  .first_tip_off = tip_off,
                                  .postponed_at = tip_off - hours{hours_before},
                                  .rescheduled_at = tip_off + hours{40}});
    }
    require(postponements_.size() == kPostponements, "a season has room for games put off");
    std::ranges::sort(postponements_, {}, &Postponement::fixture);
}

void Almanac::choose_corrections() {
    constexpr std::array kCounts{&BoxCounts::assists, &BoxCounts::defensive_rebounds};
    for (const PlayedGame& game : season_.games) {
        const Fixture& played = fixture(game.fixture);
        Random random(seed_, Stream::kUpstream, static_cast<std::uint64_t>(Chance::kCorrection),
                      static_cast<std::uint64_t>(played.game_id.value));
        if (!random.chance(kCorrectedShare)) continue;
        const auto side = static_cast<std::size_t>(random.below(2));
        const auto count = kCounts.at(static_cast<std::size_t>(random.below(2)));
        const auto& lines = game.result.lines[side];
        // The longest on the floor: he has some of everything.
        const auto line = std::ranges::max_element(lines, {}, &GamePlayerLine::tenths);
        const bool is_too_much = line->counts.*count == 0 || random.chance(0.5);
        corrections_[game.fixture] = {
            .side = side,
            .player = line->index,
            .count = count,
            .too_much = is_too_much ? 1 : -1,
            .corrected_at = eastern_instant(played.date.plus_days(1), kCorrectedAt)};
    }
}

GameNow Almanac::at(std::size_t game, Instant now) const {
    const auto put_off = std::ranges::find(postponements_, game, &Postponement::fixture);
    if (put_off != postponements_.end() && now < put_off->rescheduled_at) {
        const bool is_off = now >= put_off->postponed_at;
        return {.fixture = game,
                .date = put_off->first_date,
                .tip_off = put_off->first_tip_off,
                .phase = is_off ? GamePhase::kPostponed : GamePhase::kScheduled};
    }
    GameNow state{
        .fixture = game, .date = fixture(game).date, .tip_off = tip_off_of(fixture(game))};
    if (results_[game] == nullptr || now < state.tip_off) return state;
    state.phase = now < ends_at(game) ? GamePhase::kInProgress : GamePhase::kFinal;
    return state;
}

std::vector<GameNow> Almanac::on(GameDate date, Instant now) const {
    std::vector<GameNow> games;
    if (const auto day = by_date_.find(date); day != by_date_.end()) {
        for (const std::size_t game : day->second)
            games.push_back(at(game, now));
    }
    for (const Postponement& put_off : postponements_) {
        if (put_off.first_date == date) games.push_back(at(put_off.fixture, now));
    }
    std::erase_if(games, [date](const GameNow& game) { return game.date != date; });
    std::ranges::sort(games, {}, &GameNow::fixture);
    return games;
}

std::optional<std::size_t> Almanac::find(GameId id) const {
    const auto found = std::ranges::lower_bound(season_.fixtures, id, {}, &Fixture::game_id);
    if (found == season_.fixtures.end() || found->game_id != id) return std::nullopt;
    return static_cast<std::size_t>(found - season_.fixtures.begin());
}

const GameResult* Almanac::result_of(std::size_t game) const {
    return results_[game] == nullptr ? nullptr : &results_[game]->result;
}

Instant Almanac::instant_of(std::size_t game, int period, int seconds_left) const {
    return tip_off_of(fixture(game)) + elapsed_until(period, seconds_left) * kRealTimePerSecond;
}

Instant Almanac::ends_at(std::size_t game) const {
    const GameResult* result = result_of(game);
    if (result == nullptr) return tip_off_of(fixture(game)) + kLongestGame;
    return instant_of(game, result->periods, 0);
}

const Correction* Almanac::correction_of(std::size_t game) const {
    const auto found = corrections_.find(game);
    return found == corrections_.end() ? nullptr : &found->second;
}

/// Shots and points are those of the plays so far. What has no moment of its own is the whole
/// game's in proportion to the time played.
Box Almanac::box_under_way(std::size_t game, Instant now) const {
    const GameResult& result = *result_of(game);
    const Score score = score_of(game, now);
    const int whole = elapsed_until(result.periods, 0);
    const int played = elapsed_until(score.period, score.seconds_left);
    Box box{.lines = result.lines, .totals = {}, .periods = score.period};
    for (auto& lines : box.lines) {
        for (GamePlayerLine& line : lines) {
            const auto so_far = [&](int all) { return all * played / whole; };
            const BoxCounts& all = line.counts;
            line.tenths = so_far(line.tenths);
            line.counts = {.offensive_rebounds = so_far(all.offensive_rebounds),
                           .defensive_rebounds = so_far(all.defensive_rebounds),
                           .assists = so_far(all.assists),
                           .steals = so_far(all.steals),
                           .blocks = so_far(all.blocks),
                           .turnovers = so_far(all.turnovers),
                           .fouls = so_far(all.fouls),
                           .plus_minus = so_far(all.plus_minus)};
        }
    }
    for (const ScoringPlay& play : plays_of(game)) {
        if (instant_of(game, play.period, play.seconds_left) > now) break;
        const auto line =
            std::ranges::find(box.lines[play.side], play.player, &GamePlayerLine::index);
        const bool is_of_three = play.shot && is_three(result.shots[*play.shot].zone);
        line->counts += counts_of(play, is_of_three);
    }
    for (std::size_t side = 0; side < 2; ++side) {
        for (const GamePlayerLine& line : box.lines[side])
            box.totals[side] += line.counts;
    }
    return box;
}

Box Almanac::box_of(std::size_t game, Instant now) const {
    const GameResult* result = result_of(game);
    require(result != nullptr, "a box score is of a game that was played");
    if (now < ends_at(game)) return box_under_way(game, now);
    Box box{.lines = result->lines, .totals = result->totals, .periods = result->periods};
    const Correction* correction = correction_of(game);
    if (correction == nullptr || now >= correction->corrected_at) return box;
    auto& lines = box.lines[correction->side];
    const auto line = std::ranges::find(lines, correction->player, &GamePlayerLine::index);
    line->counts.*correction->count += correction->too_much;
    box.totals[correction->side].*correction->count += correction->too_much;
    return box;
}

std::vector<ScoringPlay> Almanac::plays_of(std::size_t game) const {
    const GameResult& result = *result_of(game);
    std::vector<ScoringPlay> plays;
    std::array<int, 2> score{};
    const auto add = [&](ScoringPlay play, int worth) {
        if (play.made) score[play.side] += worth;
        play.score = score;
        plays.push_back(play);
    };
    auto throws = result.free_throws.begin();
    for (std::size_t shot = 0; shot <= result.shots.size(); ++shot) {
        for (; throws != result.free_throws.end() && throws->shots_before == shot; ++throws) {
            add({.player = throws->player,
                 .side = throws->side,
                 .period = throws->period,
                 .seconds_left = throws->seconds_left,
                 .shot = {},
                 .made = throws->made},
                1);
        }
        if (shot == result.shots.size()) break;
        const ShotEvent& event = result.shots[shot];
        add({.player = event.player,
             .side = event.side,
             .period = event.period,
             .seconds_left = event.seconds_left,
             .shot = shot,
             .made = event.made},
            is_three(event.zone) ? 3 : 2);
    }
    return plays;
}

Score Almanac::score_of(std::size_t game, Instant now) const {
    Score score;
    const GameNow state = at(game, now);
    if (!state.has_score()) return score;
    const bool is_final = state.phase == GamePhase::kFinal;
    const int periods = result_of(game)->periods;
    score.period = 1;
    while (score.period < periods && now >= instant_of(game, score.period, 0))
        ++score.period;
    const auto past = now - instant_of(game, score.period, length_of(score.period));
    score.seconds_left =
        is_final
            ? 0
            : std::max(0, length_of(score.period) - static_cast<int>(past / kRealTimePerSecond));
    score.by_period.resize(static_cast<std::size_t>(score.period));
    for (const ScoringPlay& play : plays_of(game)) {
        if (!is_final && instant_of(game, play.period, play.seconds_left) > now) break;
        const auto period = static_cast<std::size_t>(play.period) - 1;
        for (std::size_t side = 0; side < 2; ++side)
            score.by_period[period][side] += play.score[side] - score.points[side];
        score.points = play.score;
    }
    return score;
}

std::size_t Almanac::team_of(PlayerIndex player, GameDate date) const {
    const auto move = move_of_.find(player);
    const bool has_moved = move != move_of_.end() && move->second->date <= date;
    return has_moved ? move->second->to : opening_team_[player];
}

std::vector<PlayerIndex> Almanac::roster_of(std::size_t team, GameDate date) const {
    std::vector<PlayerIndex> roster;
    for (PlayerIndex player = 0; player < opening_team_.size(); ++player) {
        if (team_of(player, date) == team) roster.push_back(player);
    }
    return roster;
}

std::span<const AbsentPlayer> Almanac::absences_of(std::size_t game) const {
    const std::size_t begin = first_absence_[game];
    return std::span(season_.absences).subspan(begin, first_absence_[game + 1] - begin);
}

std::span<const PropLine> Almanac::prop_lines_of(std::size_t game) const {
    const std::size_t begin = first_prop_line_[game];
    return std::span(season_.prop_lines).subspan(begin, first_prop_line_[game + 1] - begin);
}

const GameLine* Almanac::game_line_of(std::size_t game) const {
    const auto found = std::ranges::lower_bound(season_.game_lines, game, {}, &GameLine::fixture);
    return found == season_.game_lines.end() || found->fixture != game ? nullptr : &*found;
}

bool Almanac::was_absent(std::size_t game, PlayerIndex player) const {
    return std::ranges::any_of(absences_of(game), [player](const AbsentPlayer& absent) {
        return absent.player == player;
    });
}

std::optional<std::size_t> Almanac::game_before(std::size_t game, std::size_t team) const {
    const auto& games = games_of_[team];
    const auto place = std::ranges::lower_bound(games, game);
    return place == games.begin() ? std::nullopt : std::optional(*(place - 1));
}

std::optional<KnownInjury> Almanac::known(const AbsentPlayer& absent, Instant now) const {
    const auto in = [&](std::size_t game) -> const AbsentPlayer* {
        for (const AbsentPlayer& other : absences_of(game)) {
            if (other.player == absent.player && !other.ailment.empty() &&
                other.ailment == absent.ailment)
                return &other;
        }
        return nullptr;
    };
    const std::size_t team = team_on(absent.fixture, absent.side);
    KnownInjury injury{.player = absent.player,
                       .team = team,
                       .fixture = absent.fixture,
                       .ailment = absent.ailment,
                       .since = absent.known_at};
    auto game = game_before(absent.fixture, team);
    bool was_late = absent.is_late;
    for (; game; game = game_before(*game, team)) {
        const AbsentPlayer* earlier = in(*game);
        if (earlier == nullptr) break;
        injury.since = earlier->known_at;
        injury.is_over_games = true;
        was_late = earlier->is_late;
    }
    // Who misses his team's first game was hurt before the season.
    if (!game && !was_late) injury.since -= kListedBeforeSeason;
    return injury.since <= now ? std::optional(injury) : std::nullopt;
}

std::vector<KnownInjury> Almanac::injuries_of(std::size_t team, Instant now) const {
    std::vector<KnownInjury> injuries;
    const auto& games = games_of_[team];
    auto next = std::ranges::find_if(games, [&](std::size_t game) { return ends_at(game) > now; });
    if (next == games.end()) --next;
    for (const AbsentPlayer& absent : absences_of(*next)) {
        if (team_on(*next, absent.side) != team) continue;
        if (const auto injury = known(absent, now)) injuries.push_back(*injury);
    }
    return injuries;
}

std::array<TeamRecord, kTeams> records_at(const Almanac& almanac, Instant now) {
    std::array<TeamRecord, kTeams> records{};
    const auto facts = team_facts();
    constexpr std::size_t kDivisionsPerConference = 3;
    for (const PlayedGame& game : almanac.season().games) {
        if (almanac.at(game.fixture, now).phase != GamePhase::kFinal) continue;
        const std::array<std::size_t, 2> teams{almanac.team_on(game.fixture, 0),
                                               almanac.team_on(game.fixture, 1)};
        const std::size_t one = facts[teams[0]].division, other = facts[teams[1]].division;
        for (std::size_t side = 0; side < 2; ++side) {
            const bool has_won = game.points(side) > game.points(1 - side);
            const auto note = [has_won](WinsAndLosses& record) {
                ++(has_won ? record.wins : record.losses);
            };
            TeamRecord& record = records[teams[side]];
            note(record.all);
            note(side == 0 ? record.home : record.road);
            if (one == other) note(record.division);
            if (one / kDivisionsPerConference == other / kDivisionsPerConference)
                note(record.conference);
        }
    }
    return records;
}

std::string to_string(const WinsAndLosses& record) {
    return fmt::format("{}-{}", record.wins, record.losses);
}

}  // namespace tipoff::league
