#include "league/absence.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>

#include "base/error.h"
#include "league/random.h"
#include "league/rotation.h"
#include "league/schedule.h"
#include "league/teams.h"

namespace tipoff::league {
namespace {

/// What ails a player; "%" stands for left or right. Frequencies follow the lists of 2021-22 and
/// 2022-23, days the gaps in players' games of those seasons.
struct Ailment {
    std::string_view text;
    double frequency;
    int fewest_days;
    int most_days;
    bool in_game;    ///< may happen on the floor
    bool long_term;  ///< listed as "out indefinitely" or "out for season"
};

constexpr std::array kAilments{
    Ailment{"illness", 330, 1, 4, false, false},
    Ailment{"NBA health and safety protocols", 25, 4, 9, false, false},
    Ailment{"sprained % ankle", 259, 2, 12, true, false},
    Ailment{"sore % knee", 200, 1, 6, false, false},
    Ailment{"% knee injury", 133, 2, 14, true, false},
    Ailment{"sore % ankle", 116, 1, 5, false, false},
    Ailment{"% hamstring injury", 72, 4, 18, true, false},
    Ailment{"sore % foot", 63, 1, 7, false, false},
    Ailment{"sore lower back", 85, 1, 5, false, false},
    Ailment{"% foot injury", 55, 3, 25, true, false},
    Ailment{"% hip injury", 53, 1, 9, true, false},
    Ailment{"% calf injury", 50, 3, 16, true, false},
    Ailment{"% groin injury", 48, 3, 14, true, false},
    Ailment{"tightness in lower back", 33, 1, 5, false, false},
    Ailment{"strained % hamstring", 37, 6, 24, true, false},
    Ailment{"bruised % knee", 35, 1, 7, true, false},
    Ailment{"strained % calf", 32, 6, 24, true, false},
    Ailment{"concussion", 35, 4, 10, true, false},
    Ailment{"sprained % foot", 26, 3, 14, true, false},
    Ailment{"sore % shoulder", 24, 1, 6, false, false},
    Ailment{"back spasms", 33, 1, 7, true, false},
    Ailment{"bruised % quadriceps", 30, 1, 6, true, false},
    Ailment{"sprained % wrist", 18, 2, 12, true, false},
    Ailment{"sore % Achilles", 18, 1, 8, false, false},
    Ailment{"% big toe injury", 16, 2, 12, true, false},
    Ailment{"sprained % thumb", 16, 4, 20, true, false},
    Ailment{"fractured % hand", 12, 25, 50, true, true},
    Ailment{"fractured % foot", 6, 45, 90, true, true},
    Ailment{"sprained MCL in % knee", 10, 18, 45, true, true},
    Ailment{"surgery on % knee", 9, 35, 90, false, true},
    Ailment{"torn ACL in % knee", 4, 300, 300, true, true},
    Ailment{"torn % Achilles tendon", 3, 300, 300, true, true},
};

/// Chance a game of an absence that begins before it, and of an injury in it, for a player of
/// average durability.
constexpr double kBeginsBeforeGame = 0.058;
constexpr double kHurtInGame = 0.030;  ///< in 36 minutes
constexpr double kLateNews = 0.30;     ///< of absences that begin today: after the morning
constexpr double kListed = 0.42;
constexpr double kReturnListed = 0.62;
constexpr double kPlacedOnIl = 0.20;     ///< from the second missed game on, each
constexpr double kBackWithoutIl = 0.12;  ///< worded "returned to lineup"
constexpr double kHurtOnOpeningNight = 0.045;

/// Days off without an injury: veterans on the second night of a back-to-back, the best at the end
/// of the season.
constexpr double kRestedOnBackToBack = 0.16;
constexpr double kRestedAtTheEnd = 0.17;
constexpr double kStarterMinutes = 28.0;
constexpr int kVeteran = 30;

std::string on_a_side(std::string_view text, Random& random) {
    std::string written(text);
    const auto at = written.find('%');
    const std::string_view side = random.chance(0.5) ? "left" : "right";
    if (at != std::string::npos) written.replace(at, 1, side);
    return written;
}

const Ailment& some_ailment(bool in_game, Random& random) {
    std::array<double, kAilments.size()> weights{};
    for (std::size_t i = 0; i < kAilments.size(); ++i) {
        const bool fits = in_game ? kAilments[i].in_game : !kAilments[i].long_term;
        weights[i] = fits ? kAilments[i].frequency : 0.0;
    }
    return kAilments[random.pick(weights)];
}

/// Short absences are the most frequent ones of each kind.
int some_days(const Ailment& ailment, Random& random) {
    double luck = random.uniform();
    luck *= random.uniform();
    luck *= random.uniform();
    if (!ailment.long_term) luck *= random.uniform();
    return ailment.fewest_days +
           static_cast<int>(luck * (ailment.most_days - ailment.fewest_days + 1));
}

}  // namespace

AbsenceBook::AbsenceBook(std::uint64_t seed, Season season)
    : seed_(seed),
      season_(season),
      opening_night_(season_days(season).opening_night),
      last_day_(season_days(season).last_day) {}

void AbsenceBook::list(GameDate date, std::size_t team, PlayerIndex player, bool is_return,
                       std::string notes) {
    transactions_.push_back({date, team, player, is_return, std::move(notes)});
}

void AbsenceBook::begin_season(const Rosters& rosters) {
    absences_.resize(rosters.players.size());
    for (std::size_t team = 0; team < kTeams; ++team) {
        for (const PlayerIndex index : rosters.teams[team]) {
            Random random(seed_, Stream::kAbsence, index,
                          static_cast<std::uint64_t>(season_.start_year()));
            const double risk = kHurtOnOpeningNight * rosters.players[index].durability;
            if (!random.chance(risk)) continue;
            double luck = random.uniform();
            luck *= random.uniform();
            const int days_out = 1 + static_cast<int>(100.0 * luck);
            const GameDate listed = opening_night_.plus_days(-random.between(1, 9));
            std::string ailment = days_out > 30
                                      ? on_a_side("surgery on % knee", random)
                                      : on_a_side(some_ailment(true, random).text, random);
            if (days_out > 30) {
                list(listed, team, index, false,
                     "recovering from " + ailment + " (out indefinitely)");
            } else {
                list(listed, team, index, false, ailment + " (DTD)");
            }
            absences_[index] = Absence{.back = opening_night_.plus_days(days_out),
                                       .ailment = std::move(ailment),
                                       .is_listed = true};
        }
    }
}

AbsenceBook::Absence& AbsenceBook::begin(PlayerIndex index, std::size_t team, GameDate listed_on,
                                         GameDate from, int days_out, std::string ailment,
                                         Random& random) {
    Absence absence{.back = from.plus_days(days_out), .ailment = std::move(ailment)};
    const bool for_season = absence.back > last_day_ && days_out > 60;
    const bool long_term = days_out >= 25;
    absence.is_listed = long_term || random.chance(kListed);
    if (absence.is_listed) {
        const std::string_view outlook = for_season  ? " (out for season)"
                                         : long_term ? " (out indefinitely)"
                                                     : " (DTD)";
        list(listed_on, team, index, false, absence.ailment + std::string(outlook));
    }
    return absences_[index].emplace(std::move(absence));
}

void AbsenceBook::miss_game(PlayerIndex index, std::size_t team, GameDate date, Absence& absence) {
    ++absence.games_missed;
    if (absence.games_missed < 2 || absence.is_on_il || !absence.is_listed) return;
    Random random(seed_, Stream::kAbsence, index,
                  static_cast<std::uint64_t>(date.days_since_epoch()));
    if (!random.chance(kPlacedOnIl)) return;
    absence.is_on_il = true;
    list(date, team, index, false, "placed on IL with " + absence.ailment);
}

void AbsenceBook::come_back(PlayerIndex index, std::size_t team, GameDate date, Absence& absence) {
    if (absence.is_listed && absence.games_missed > 0) {
        Random random(seed_, Stream::kReturn, index,
                      static_cast<std::uint64_t>(date.days_since_epoch()));
        const bool plain = !absence.is_on_il && random.chance(kBackWithoutIl);
        if (absence.is_on_il || random.chance(kReturnListed)) {
            list(date, team, index, true, plain ? "returned to lineup" : "activated from IL");
        }
    }
    absences_[index].reset();
}

Availability AbsenceBook::decide(const Player& player, PlayerIndex index, std::size_t team,
                                 GameDate date, const DayContext& context) {
    if (auto& absence = absences_[index]) {
        if (absence->back > date) {
            miss_game(index, team, date, *absence);
            return Availability::kOut;
        }
        come_back(index, team, date, *absence);
    }

    Random random(seed_, Stream::kAbsence, index,
                  static_cast<std::uint64_t>(date.days_since_epoch()));
    const double luck = random.uniform();
    const bool late = random.chance(kLateNews);
    const Availability out = late ? Availability::kLateScratch : Availability::kOut;
    const bool starter = context.role_minutes >= kStarterMinutes;
    double rest = 0.0;
    if (context.back_to_back && starter && player.age >= kVeteran) rest = kRestedOnBackToBack;
    if (context.last_week && starter) rest = std::max(rest, kRestedAtTheEnd);
    if (luck < rest) return out;
    if (luck >= rest + kBeginsBeforeGame * player.durability) return Availability::kPlays;

    const Ailment& ailment = some_ailment(false, random);
    const int days_out = some_days(ailment, random);
    Absence& absence =
        begin(index, team, date, date, days_out, on_a_side(ailment.text, random), random);
    absence.games_missed = 1;
    return out;
}

std::optional<int> AbsenceBook::hurt_tonight(const Player& player, PlayerIndex index,
                                             std::size_t team, GameDate date,
                                             double expected_minutes) {
    Random random(seed_, Stream::kHurtInGame, index,
                  static_cast<std::uint64_t>(date.days_since_epoch()));
    if (!random.chance(kHurtInGame * player.durability * expected_minutes / 36.0)) return {};
    const Ailment& ailment = some_ailment(true, random);
    const int days_out = some_days(ailment, random);
    const int when = random.between(20, 4 * kPeriodTenths);
    const GameDate tomorrow = date.plus_days(1);
    begin(index, team, tomorrow, tomorrow, days_out, on_a_side(ailment.text, random), random);
    return when;
}

std::vector<InjuryTransaction> AbsenceBook::transactions_through(GameDate last) const {
    std::vector<InjuryTransaction> kept;
    for (const InjuryTransaction& transaction : transactions_) {
        if (transaction.date <= last) kept.push_back(transaction);
    }
    std::ranges::stable_sort(kept, {}, [](const InjuryTransaction& t) {
        return std::tuple(t.date, team_facts()[t.team].short_name);
    });
    return kept;
}

}  // namespace tipoff::league
