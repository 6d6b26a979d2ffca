#include "league/player.h"

#include <algorithm>

#include "league/portable_math.h"

namespace tipoff::league {
namespace {

/// What is typical of a position. Zone shares are those of 2022-23's players with more than 300
/// shots, by position; the relative rates follow their per-minute box scores.
struct Typical {
    std::array<double, kChosenZones>
        zone_share;              // restricted, paint, mid, left corner, right corner, above
    double restricted_accuracy;  // centres finish better there
    double assist;
    double offensive_rebound;
    double defensive_rebound;
    double steal;
    double block;
    double foul;
    double turnover;
    double foul_drawing;
    double usage;
    double creation;
};

constexpr std::array<Typical, kPositions> kTypical{{
    {{.235, .225, .145, .037, .032, .326},
     -.035,
     2.20,
     .50,
     .75,
     1.15,
     .50,
     .85,
     1.12,
     .95,
     1.06,
     .5},
    {{.262, .180, .128, .058, .052, .320},
     -.025,
     1.05,
     .60,
     .80,
     1.10,
     .60,
     .88,
     .95,
     .90,
     1.02,
     .1},
    {{.290, .175, .115, .070, .062, .288}, .000, .85, .95, 1.00, 1.05, .80, .97, .90, .95, .96, .0},
    {{.352, .190, .100, .058, .058, .242},
     .010,
     .70,
     1.35,
     1.30,
     .95,
     1.25,
     1.08,
     .90,
     1.05,
     .96,
     .0},
    {{.506, .246, .079, .018, .017, .134},
     .045,
     .60,
     2.50,
     1.75,
     .80,
     2.60,
     1.30,
     1.02,
     1.25,
     .92,
     .0},
}};

/// Chance of an unfouled shot of an average player, by zone; tuned so that recorded percentages
/// come out at those of 2022-23 (66.6, 44.4, 42.0, 38.5, 38.5, 35.4).
constexpr std::array<double, kChosenZones> kBaseAccuracy{.640, .426, .410, .378, .378, .350};
/// Spread of true accuracy between players, by zone (2022-23, sampling noise taken out: .057, .051,
/// .027, .023, .027, .024).
constexpr std::array<double, kChosenZones> kAccuracySpread{.036, .040, .026, .022, .022, .022};
/// How much a better player hits more, per standard deviation of quality.
constexpr std::array<double, kChosenZones> kAccuracyGain{.011, .010, .008, .006, .006, .007};

constexpr double kUsageGain = 0.24;      ///< of log usage, per standard deviation of quality
constexpr double kUsageOfStars = 0.060;  ///< and so much more, times its square, above the average
constexpr double kMostUsage = 2.35;
constexpr double kUsageSpread = 0.17;  ///< of log usage, at a given quality
constexpr double kCreationGain =
    0.75;  ///< points per 100 possessions, per standard deviation of quality
constexpr double kDefenceGain = 0.45;
constexpr double kDefenceSpread = 1.0;

/// Log of the usage that goes with a quality: it rises faster among the best.
double usage_of_quality(double quality) {
    const double above = std::max(0.0, quality);
    return kUsageGain * quality + kUsageOfStars * above * above;
}

/// exp of a normal number: a positive factor around 1.
double factor(Random& random, double sd) { return portable_exp(random.normal(0.0, sd)); }

std::string_view listed_position(Position position, Random& random) {
    const double luck = random.uniform();
    switch (position) {
        case Position::kPointGuard: return "G";
        case Position::kShootingGuard: return luck < 0.78 ? "G" : luck < 0.95 ? "G-F" : "F-G";
        case Position::kSmallForward: return luck < 0.78 ? "F" : luck < 0.88 ? "F-G" : "G-F";
        case Position::kPowerForward: return luck < 0.76 ? "F" : "F-C";
        case Position::kCenter: return luck < 0.64 ? "C" : luck < 0.90 ? "C-F" : "F-C";
    }
    return "F";
}

void set_shot_diet(Skills& skills, const Typical& typical, Random& random) {
    // One taste for the rim against the arc, and a taste of its own for every zone.
    const double inside = random.normal(0.0, 0.24);
    const double mid_range = random.normal(0.0, 0.38);
    double total = 0.0;
    for (std::size_t zone = 0; zone < kChosenZones; ++zone) {
        double taste = random.normal(0.0, 0.16);
        if (zone <= 1) taste += inside;
        if (zone == 2) taste += mid_range;
        if (zone >= 3) taste -= 1.1 * inside;
        skills.zone_share[zone] = typical.zone_share[zone] * portable_exp(taste);
        total += skills.zone_share[zone];
    }
    for (double& share : skills.zone_share)
        share /= total;
}

void set_accuracy(Skills& skills, const Typical& typical, double quality, Random& random) {
    const double touch = random.normal();
    for (std::size_t zone = 0; zone < kChosenZones; ++zone) {
        const double own = 0.6 * touch + 0.8 * random.normal();
        skills.accuracy[zone] =
            kBaseAccuracy[zone] + kAccuracyGain[zone] * quality + kAccuracySpread[zone] * own;
    }
    skills.accuracy[0] += typical.restricted_accuracy;
    skills.free_throw = std::clamp(0.775 + 0.045 * touch + 0.05 * random.normal() -
                                       0.6 * typical.restricted_accuracy + 0.01 * quality,
                                   0.42, 0.93);
}

}  // namespace

std::string_view to_string(Position position) {
    static constexpr std::array<std::string_view, kPositions> kNames{"PG", "SG", "SF", "PF", "C"};
    return kNames[static_cast<std::size_t>(position)];
}

std::string_view group_of(Position position) {
    static constexpr std::array<std::string_view, kPositions> kGroups{"G", "G", "F", "F", "C"};
    return kGroups[static_cast<std::size_t>(position)];
}

Player make_player(Position position, int age, double quality, Random& random) {
    const Typical& typical = kTypical[static_cast<std::size_t>(position)];
    Player player;
    player.position = position;
    player.listed_position = listed_position(position, random);
    player.age = age;
    player.quality = quality;
    player.durability = factor(random, 0.45) * (age >= 31 ? 1.2 : 1.0);

    Skills& skills = player.skills;
    skills.usage = std::min(kMostUsage, typical.usage * factor(random, kUsageSpread) *
                                            portable_exp(usage_of_quality(quality)));
    set_shot_diet(skills, typical, random);
    set_accuracy(skills, typical, quality, random);
    skills.foul_drawing =
        typical.foul_drawing * factor(random, 0.26) * portable_exp(0.08 * quality);
    skills.turnover = typical.turnover * factor(random, 0.16);
    skills.assist = typical.assist * factor(random, 0.42) * portable_exp(0.26 * quality);
    skills.offensive_rebound = typical.offensive_rebound * factor(random, 0.34);
    skills.defensive_rebound =
        typical.defensive_rebound * factor(random, 0.26) * portable_exp(0.08 * quality);
    skills.steal = typical.steal * factor(random, 0.26);
    skills.block = typical.block * factor(random, 0.40);
    skills.foul = typical.foul * factor(random, 0.17) * portable_exp(-0.06 * quality);
    skills.creation = typical.creation + kCreationGain * quality + random.normal(0.0, 0.6);
    skills.defence = kDefenceGain * quality + random.normal(0.0, kDefenceSpread);
    return player;
}

void grow_older(Player& player, Random& random) {
    const double usual = player.age <= 21   ? 0.27
                         : player.age <= 24 ? 0.06
                         : player.age <= 29 ? -0.09
                         : player.age <= 32 ? -0.18
                                            : -0.32;
    // The very best have more to lose.
    const double change = usual - 0.12 * std::max(0.0, player.quality - 1.4);
    const double step = change + random.normal(0.0, 0.24);
    ++player.age;
    Skills& skills = player.skills;
    const double usage_step =
        usage_of_quality(player.quality + step) - usage_of_quality(player.quality);
    skills.usage =
        std::min(kMostUsage, skills.usage * portable_exp(usage_step) * factor(random, 0.06));
    player.quality += step;
    skills.creation += kCreationGain * step;
    skills.defence += kDefenceGain * step;
    for (std::size_t zone = 0; zone < kChosenZones; ++zone) {
        skills.accuracy[zone] += kAccuracyGain[zone] * step + random.normal(0.0, 0.008);
    }
    skills.free_throw = std::clamp(skills.free_throw + random.normal(0.0, 0.015), 0.42, 0.93);
}

}  // namespace tipoff::league
