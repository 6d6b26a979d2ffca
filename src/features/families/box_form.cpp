#include "features/families/box_form.h"

namespace tipoff::features {
namespace {

constexpr double kDecayHalfLife10 = 0.933032991536807;  // 2^(-1/10)
constexpr double kDecayHalfLife40 = 0.982820598545251;  // 2^(-1/40)
constexpr double kDecayHalfLife60 = 0.988514020352896;  // 2^(-1/60)

/// The features of one count.
struct Slots {
    Slot<BoxForm> mean_season, mean_ewm, mean_last_10, mean_last_20, per_minute, per_minute_long;
};

constexpr std::array<Slots, 3> kSlots{{
    {"rebounds_mean_season", "rebounds_mean_ewm", "rebounds_mean_last_10", "rebounds_mean_last_20",
     "rebounds_per_minute_ewm", "rebounds_per_minute_ewm_long"},
    {"assists_mean_season", "assists_mean_ewm", "assists_mean_last_10", "assists_mean_last_20",
     "assists_per_minute_ewm", "assists_per_minute_ewm_long"},
    {"threes_mean_season", "threes_mean_ewm", "threes_mean_last_10", "threes_mean_last_20",
     "threes_per_minute_ewm", "threes_per_minute_ewm_long"},
}};

float number_or_unknown(const std::optional<std::int32_t>& value) {
    return value ? static_cast<float>(*value) : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

void BoxForm::observe(const Result& result) {
    for (const PlayerResult& played : result.players) {
        const conform::PlayerGame& box = *played.row;
        if (box.minutes <= 0) continue;
        Player& player = players_[played.player_index];
        if (player.season != result.season) {
            player.season = result.season;
            player.this_season = {};
        }
        const std::array<float, kCounts> counts{static_cast<float>(box.rebounds),
                                                static_cast<float>(box.assists),
                                                number_or_unknown(box.three_pointers_made)};
        player.games.push(counts);
        for (std::size_t i = 0; i < kCounts; ++i) {
            if (std::isnan(counts[i])) continue;
            player.this_season[i].add(counts[i]);
            player.short_rates[i].add(counts[i], box.minutes, kDecayHalfLife10);
            player.long_rates[i].add(counts[i], box.minutes, kDecayHalfLife40);
        }
        const double offensive = number_or_unknown(box.offensive_rebounds);
        if (!std::isnan(offensive)) {
            player.offensive_rebounds.add(offensive, box.minutes, kDecayHalfLife40);
        }
        const double made = number_or_unknown(box.three_pointers_made);
        const double attempted = number_or_unknown(box.three_pointers_attempted);
        if (std::isnan(made) || std::isnan(attempted)) continue;
        player.threes_attempted.add(attempted, box.minutes, kDecayHalfLife10);
        player.threes_made_long.add(made, kDecayHalfLife60);
        player.threes_attempted_long.add(attempted, kDecayHalfLife60);
    }
}

void BoxForm::emit(const Matchup& matchup, FamilyRow<BoxForm>& row) const {
    const Player& player = std::as_const(players_)[matchup.player_index];
    const bool this_season = player.season == matchup.season;
    for (std::size_t i = 0; i < kCounts; ++i) {
        const auto count = [i](const std::array<float, kCounts>& game) {
            return static_cast<double>(game[i]);
        };
        row.set(kSlots[i].mean_season, this_season ? player.this_season[i].mean() : kUnknown);
        row.set(kSlots[i].mean_ewm, player.short_rates[i].count.mean());
        row.set(kSlots[i].mean_last_10, moments_of_last(player.games, 10, count).mean());
        row.set(kSlots[i].mean_last_20, moments_of_last(player.games, 20, count).mean());
        row.set(kSlots[i].per_minute, player.short_rates[i].a_minute());
        row.set(kSlots[i].per_minute_long, player.long_rates[i].a_minute());
    }
    row.set("offensive_rebounds_per_minute_ewm_long", player.offensive_rebounds.a_minute());
    row.set("three_pointers_attempted_per_minute_ewm", player.threes_attempted.a_minute());
    row.set("three_point_pct_long",
            ratio(player.threes_made_long.sum, player.threes_attempted_long.sum));
}

}  // namespace tipoff::features
