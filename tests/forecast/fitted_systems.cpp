#include "fitted_systems.h"

#include <array>
#include <cmath>
#include <memory>

#include "forecast/similarity.h"
#include "support/expected.h"

namespace tipoff::forecast {
namespace {

constexpr std::size_t kGames = 2500;
constexpr int kRounds = 40;

KnownAt day(int number) { return {Instant{std::chrono::days{number}}}; }

/// A factor that the formulas do not know of: absent teammates leave more to do, and who may not
/// play does less when he does.
double hidden_factor(const TestRow& row) {
    const auto value = [&](std::string_view name) {
        const double known = row.values[features::find_feature(name)];
        return std::isnan(known) ? 0.5 : known;
    };
    return 0.9 + 0.5 * value("usage_vacated") + 0.1 * value("chance_to_play");
}

/// The sum of even draws from 0 to twice the share of the mean.
double drawn(double mean, std::minstd_rand& random) {
    constexpr int kDraws = 4;
    double sum = 0;
    for (int i = 0; i < kDraws; ++i)
        sum += mean / kDraws * 2 * static_cast<double>(random() % 1000) / 1000;
    return std::round(sum);
}

struct Season {
    std::vector<float> features;
    std::vector<float> minutes;
    std::vector<float> formula_minutes;
    std::array<std::vector<float>, kCounts> outcomes;
    std::array<std::vector<float>, kCounts> expected;
    std::vector<PastMatchup> matchups;

    Season() {
        std::minstd_rand random(5);
        for (std::size_t i = 0; i < kGames; ++i) {
            const TestRow row = any_matchup(random);
            const TreeInputs inputs = tree_inputs(row.values);
            features.insert(features.end(), inputs.begin(), inputs.end());
            const Forms forms = forms_of(row.view());
            const double formula = forms.front().minutes;
            formula_minutes.push_back(static_cast<float>(formula));
            minutes.push_back(
                static_cast<float>(std::round(formula * (0.5 + 0.5 * hidden_factor(row)))));
            CountValues made{};
            for (std::size_t c = 0; c < kCounts; ++c) {
                made[c] = static_cast<float>(drawn(forms[c].mean * hidden_factor(row), random));
                outcomes[c].push_back(made[c]);
                expected[c].push_back(static_cast<float>(forms[c].mean));
            }
            matchups.push_back(
                past_matchup(row.view(), forms, day(static_cast<int>(i / 50)), made, {}));
        }
    }
};

BoostedTrees trees_of(const TrainingSet& games, Loss loss, const ExpectedOutcomes& outcomes) {
    TreeParameters parameters;
    parameters.loss = loss;
    parameters.min_child_weight = 5;
    parameters.threads = 1;
    return support::value_of(BoostedTrees::train(games, outcomes, kRounds, parameters));
}

TrainedCount trained_on(const Season& season, const TrainingSet& games,
                        std::shared_ptr<const BoostedTrees> minutes, Market count) {
    const std::size_t c = index_of(count);
    const ExpectedOutcomes outcomes{season.outcomes[c], season.expected[c]};
    TrainedCount trained{.count = count,
                         .minutes = std::move(minutes),
                         .factor = trees_of(games, Loss::kPoisson, outcomes),
                         .difference = trees_of(games, Loss::kSquaredError, outcomes),
                         .calibration = {.mean_factor = 1.01, .sd_factor = {0.95, 0.95, 0.95}},
                         .ensemble = {},
                         .lines = {}};
    trained.lines.fill(
        {.trust = 0.3, .shade = -0.01, .sd_factor = 0.95, .passed_over = {0.9, 0.95, 0.98}});
    trained.ensemble.mean_factor = 0.99;
    for (EnsembleTier& tier : trained.ensemble.tiers)
        tier = {.weights = {0.1, 0.2, 0.3, 0.4}, .sd_factor = 1.02};
    return trained;
}

}  // namespace

namespace {

struct Shared {
    Season season;
    SimilarityPool pool;
    Fitted fitted;
};

const Shared& shared_systems() {
    // Never freed: XGBoost has cleared up after itself before statics go.
    static const Shared& shared = *[] {
        auto made = std::make_unique<Shared>();
        made->pool.add(made->season.matchups);
        const TrainingSet games =
            support::value_of(TrainingSet::of({made->season.features, kTreeInputs}, 1));
        const auto minutes = std::make_shared<const BoostedTrees>(trees_of(
            games, Loss::kPseudoHuber, {made->season.minutes, made->season.formula_minutes}));
        for (const Market count : kCountMarkets) {
            made->fitted.trained[index_of(count)] = std::make_shared<const TrainedCount>(
                trained_on(made->season, games, minutes, count));
        }
        return made.release();
    }();
    return shared;
}

}  // namespace

const Fitted& fitted_systems() { return shared_systems().fitted; }

const SimilarityPool& fitted_pool() { return shared_systems().pool; }

TestRow any_matchup(std::minstd_rand& random) {
    const auto between = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() % 1000) / 1000;
    };
    TestRow row = any_row(random);
    row.set("rebounds_per_minute_ewm", between(0.05, 0.4));
    row.set("assists_per_minute_ewm", between(0.02, 0.3));
    row.set("threes_per_minute_ewm", between(0, 0.12));
    row.set("player_days_rest", std::floor(between(0, 20)))
        .set("minutes_sd_last_10", between(2, 9));
    row.set("chance_to_play", between(0.05, 1)).set("listed_out", random() % 4 == 0 ? 1 : 0);
    for (const auto* const count : {"rebounds", "assists", "threes"})
        row.set("opponent_" + std::string(count) + "_factor", between(0.9, 1.1));
    for (const auto* const zone :
         {"restricted_area", "paint", "mid_range", "corner_3", "above_break_3"}) {
        row.set("opponent_accuracy_factor_" + std::string(zone), between(0.9, 1.1));
        row.set("opponent_volume_factor_" + std::string(zone), between(0.9, 1.1));
    }
    // Of one in three much is unknown, of others nothing.
    const bool is_obscure = random() % 3 == 0;
    for (float& value : row.values) {
        if (is_obscure && random() % 4 == 0) value = std::numeric_limits<float>::quiet_NaN();
    }
    // What is always known: how many games are on record, and where the game is.
    const auto games = random() % 300;
    row.set("games_on_record", static_cast<double>(games));
    row.set("games_this_season", static_cast<double>(std::min<std::size_t>(games, random() % 82)));
    row.set("is_home", static_cast<double>(random() % 2));
    return row;
}

std::vector<features::FeatureStoreRow> as_stored(std::span<const TestRow> rows) {
    std::vector<features::FeatureStoreRow> stored(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        stored[i].player_id = PlayerId{static_cast<std::int64_t>(i) + 1};
        stored[i].as_of = {Instant{std::chrono::days{1000}}};
        stored[i].features = rows[i].values;
    }
    return stored;
}

std::vector<SystemForecasts> said_of(std::span<const TestRow> rows, const OffersOfMarkets& lines,
                                     std::size_t threads) {
    const auto stored = as_stored(rows);
    const auto neighbours = neighbourhoods(stored, fitted_pool(), threads);
    return forecast_all({.rows = stored, .neighbours = &neighbours, .offers = &lines}, kMarkets,
                        fitted_systems(), threads);
}

}  // namespace tipoff::forecast
