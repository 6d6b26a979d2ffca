#include "forecast/predict.h"

#include <algorithm>
#include <cstdint>
#include <memory>

#include "base/error.h"
#include "base/in_parts.h"
#include "features/feature_list.h"
#include "forecast/availability.h"
#include "forecast/moving_average.h"
#include "forecast/playing_time.h"
#include "forecast/similarity.h"

namespace tipoff::forecast {
namespace {

/// Below this a thread costs more than it gains.
constexpr std::size_t kRowsAThread = 2000;

/// The same of forecasts, whose distributions take longer.
constexpr std::size_t kForecastsAThread = 400;

/// Neighbours take longer to find, and to weigh, than anything else takes.
constexpr std::size_t kSearchesAThread = 50;

/// 48 bits tell fitted parameters apart; DuckDB keeps twelve characters in place.
constexpr std::size_t kHashCharacters = 12;

/// In the order of `Member`.
constexpr std::array<std::string_view, kMembers> kMemberIds{"moving_average_v1", "zone_matchup_v1",
                                                            kSimilarityId, kXgboostId};

std::int16_t whole(int count) { return static_cast<std::int16_t>(count); }

/// "moving_average_v1,xgboost_v1"; empty for a system that is not made of others.
std::string names_of(std::uint8_t members) {
    std::string names;
    for (std::size_t m = 0; m < kMembers; ++m) {
        if ((members >> m & 1U) == 0) continue;
        if (!names.empty()) names += ',';
        names += kMemberIds[m];
    }
    return names;
}

std::string short_hash(Fingerprint fingerprint) {
    return to_string(fingerprint).substr(0, kHashCharacters);
}

/// What trees say of every row.
struct Corrections {
    std::vector<float> values;
    std::vector<float> contributions;

    Corrections() = default;
    Corrections(const BoostedTrees& trees, const FeatureMatrix& matrix, bool explain,
                std::size_t threads)
        : values(trees.corrections(matrix)) {
        if (explain) contributions = trees.approximate_contributions(matrix, threads);
    }

    [[nodiscard]] std::span<const float> contributions_of(std::size_t row) const {
        constexpr std::size_t kColumns = kTreeInputs + 1;
        if (contributions.empty()) return {};
        return std::span(contributions).subspan(row * kColumns, kColumns);
    }
};

/// Forecast minutes of every row.
struct MinutesOfRows {
    Fingerprint trees{};
    Corrections corrections;
    std::vector<float> minutes;
};

/// What the trees of a count say of every row; empty where none were trained.
struct TreesOfCount {
    std::shared_ptr<const MinutesOfRows> minutes;
    Corrections factor;
    Corrections difference;

    [[nodiscard]] TreesView of_row(std::size_t row) const {
        return {.minutes = static_cast<double>(minutes->minutes[row]),
                .factor = static_cast<double>(factor.values[row]),
                .difference = static_cast<double>(difference.values[row]),
                .minutes_contributions = minutes->corrections.contributions_of(row),
                .factor_contributions = factor.contributions_of(row),
                .difference_contributions = difference.contributions_of(row)};
    }
};
using TreesOfCounts = std::array<TreesOfCount, kCounts>;

/// `inputs` are the rows' without minutes.
std::shared_ptr<const MinutesOfRows> minutes_of(std::span<const features::FeatureStoreRow> rows,
                                                const FeatureMatrix& inputs,
                                                const BoostedTrees& trees, bool explain,
                                                std::size_t threads) {
    auto of_rows = std::make_shared<MinutesOfRows>();
    of_rows->trees = trees.fingerprint();
    of_rows->corrections = Corrections(trees, inputs, explain, threads);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double formula =
            playing_time(MatchupFeatures(rows[i].features), MinutesParameters{}).minutes;
        of_rows->minutes.push_back(static_cast<float>(
            corrected_minutes(formula, static_cast<double>(of_rows->corrections.values[i]))));
    }
    return of_rows;
}

TreesOfCounts ask_trees(std::span<const features::FeatureStoreRow> rows,
                        std::span<const Market> counts, const Fitted& fitted, std::size_t threads) {
    TreesOfCounts said;
    const auto is_trained = [&](Market count) {
        return fitted.trained[index_of(count)] != nullptr;
    };
    if (std::ranges::none_of(counts, is_trained)) return said;
    std::vector<float> values;
    values.reserve(rows.size() * kTreeInputs);
    for (const features::FeatureStoreRow& row : rows) {
        const TreeInputs inputs = tree_inputs(row.features);
        values.insert(values.end(), inputs.begin(), inputs.end());
    }
    const FeatureMatrix matrix{values, kTreeInputs};
    // Counts that were trained together have the same trees for minutes.
    std::shared_ptr<const MinutesOfRows> minutes;
    for (const Market count : counts) {
        if (!is_trained(count)) continue;
        const TrainedCount& trained = *fitted.trained[index_of(count)];
        if (minutes == nullptr || minutes->trees != trained.minutes->fingerprint()) {
            minutes = minutes_of(rows, matrix, *trained.minutes, fitted.explain, threads);
            for (std::size_t i = 0; i < rows.size(); ++i)
                values[(i + 1) * kTreeInputs - 1] = minutes->minutes[i];
        }
        said[index_of(count)] = {
            .minutes = minutes,
            .factor = {trained.factor, matrix, fitted.explain, threads},
            .difference = {trained.difference, matrix, fitted.explain, threads}};
    }
    return said;
}

/// The market's forecasts without a row yet.
SystemForecasts systems_of(Market market, const Fitted& fitted, bool has_neighbours) {
    SystemForecasts made;
    made.market = market;
    const auto add_system = [&](std::string_view id, auto hash_of_count) {
        Hasher hasher;
        for (const Market count : counts_in(market))
            hasher.add(hash_of_count(count));
        hasher.add(sum_spread(id, market));
        made.system_ids.push_back(id);
        made.parameters_hashes.push_back(short_hash(hasher.finish()));
    };
    for (const System& system : systems())
        add_system(system.id, system.parameters_hash);
    if (has_neighbours) {
        add_system(kSimilarityId,
                   [](Market count) { return similarity_hash(count, SimilarityParameters{}); });
    }
    const auto& trained = fitted.trained;
    const auto is_trained = [&](Market count) { return trained[index_of(count)] != nullptr; };
    if (std::ranges::all_of(counts_in(market), is_trained)) {
        const auto hash_of = [&](Market count) { return trained[index_of(count)]->hash(); };
        add_system(kXgboostId, hash_of);
        add_system(kEnsembleId, hash_of);
    }
    return made;
}

/// A sum's blend is kept with the first count that it adds up.
const LineBlend& blend_of(Market market, const TrainedCounts& trained) {
    return trained[index_of(counts_in(market).front())]->lines[index_of(market)];
}

/// The systems' forecasts of one row and count, in their order.
using RowForecasts = std::vector<Forecast>;

/// Forecasts the counts of rows, one row after the other.
class CountForecaster {
public:
    CountForecaster(const Matchups& matchups, std::span<const Market> counts, const Fitted& fitted,
                    std::size_t threads)
        : matchups_(matchups),
          counts_(counts),
          fitted_(fitted),
          trees_(ask_trees(matchups.rows, counts, fitted, threads)) {}

    /// Fills `made`, by count.
    void forecast(std::size_t row, std::array<RowForecasts, kCounts>& made) const {
        const MatchupFeatures features(matchups_.rows[row].features);
        const SimilarityParameters parameters;
        Forms forms;
        if (compares()) forms = forms_of(features);
        for (const Market count : counts_) {
            RowForecasts& of_count = made[index_of(count)];
            of_count.clear();
            for (const System& system : systems())
                of_count.push_back(system.forecast(features, count));
            if (compares()) {
                of_count.push_back(similarity(features, forms[index_of(count)],
                                              (*matchups_.neighbours)[row], parameters));
            }
            const auto& trained = fitted_.trained[index_of(count)];
            if (trained == nullptr) continue;
            of_count.push_back(boosted(features, of_count.front(),
                                       trees_[index_of(count)].of_row(row), trained->calibration));
            of_count.push_back(ensemble(members(of_count), trained->ensemble));
        }
    }

private:
    [[nodiscard]] bool compares() const { return matchups_.neighbours != nullptr; }

    [[nodiscard]] MemberForecasts members(const RowForecasts& of_count) const {
        MemberForecasts members;
        members[static_cast<std::size_t>(Member::kMovingAverage)] = of_count[0];
        members[static_cast<std::size_t>(Member::kZoneMatchup)] = of_count[1];
        // It comes right after the formulas.
        if (compares())
            members[static_cast<std::size_t>(Member::kSimilarity)] = of_count[systems().size()];
        members[static_cast<std::size_t>(Member::kXgboost)] = of_count.back();
        return members;
    }

    const Matchups& matchups_;
    std::span<const Market> counts_;
    const Fitted& fitted_;
    TreesOfCounts trees_;
};

Prediction prediction_of(const features::FeatureStoreRow& row, const SystemForecasts& all,
                         std::size_t system, const Forecast& forecast, std::string_view origin,
                         double chance_to_play) {
    const CountDistribution distribution = forecast.distribution();
    return {
        .game_id = row.game_id,
        .player_id = row.player_id,
        .market = std::string(to_string(all.market)),
        .system_id = std::string(all.system_ids[system]),
        .as_of = row.as_of,
        .origin = std::string(origin),
        .game_date = row.game_date,
        .season = row.season,
        .team_id = row.team_id,
        .opponent_team_id = row.opponent_team_id,
        .mean = distribution.mean(),
        .sd = distribution.sd(),
        .median = whole(distribution.median()),
        .quantile_025 = whole(distribution.quantile(0.025)),
        .quantile_10 = whole(distribution.quantile(0.10)),
        .quantile_25 = whole(distribution.quantile(0.25)),
        .quantile_75 = whole(distribution.quantile(0.75)),
        .quantile_90 = whole(distribution.quantile(0.90)),
        .quantile_975 = whole(distribution.quantile(0.975)),
        .minutes = forecast.minutes,
        .p_plays = chance_to_play,
        .quality_grade = row.quality_grade,
        .degraded = forecast.missing.to_text(),
        .members = names_of(forecast.members),
        .contributions = contributions_text(forecast),
        .parameters_hash = all.parameters_hashes[system],
        .run_id = {},
    };
}

}  // namespace

Neighbourhoods neighbourhoods(std::span<const features::FeatureStoreRow> rows,
                              const SimilarityPool& pool, std::size_t threads) {
    Neighbourhoods found(rows.size());
    const auto fill = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const MatchupFeatures features(rows[i].features);
            found[i] = similar_matchups(features, forms_of(features), rows[i].as_of, pool, {});
        }
    };
    in_parts(rows.size(), kSearchesAThread, threads, fill);
    return found;
}

std::vector<SystemForecasts> forecast_all(const Matchups& matchups, std::span<const Market> markets,
                                          const Fitted& fitted, std::size_t threads) {
    static const OffersOfMarkets kNoOffers{};
    const OffersOfMarkets& offers = matchups.offers == nullptr ? kNoOffers : *matchups.offers;
    const std::size_t rows = matchups.rows.size();
    const bool compares = matchups.neighbours != nullptr;
    require(!compares || matchups.neighbours->size() == rows, "neighbours that are not the rows'");
    std::vector<SystemForecasts> all;
    for (const Market market : markets) {
        all.push_back(systems_of(market, fitted, compares));
        all.back().forecasts.resize(rows * all.back().system_ids.size());
        if (!offers[index_of(market)].empty()) all.back().without_lines.resize(rows);
    }
    const std::vector<Market> counts = counts_behind(markets);
    const CountForecaster forecaster(matchups, counts, fitted, threads);
    const auto fill = [&](std::size_t from, std::size_t to) {
        std::array<RowForecasts, kCounts> by_count;
        std::vector<Forecast> parts;
        for (std::size_t i = from; i < to; ++i) {
            forecaster.forecast(i, by_count);
            for (SystemForecasts& made : all) {
                const std::size_t systems = made.system_ids.size();
                for (std::size_t s = 0; s < systems; ++s) {
                    parts.clear();
                    for (const Market count : counts_in(made.market))
                        parts.push_back(by_count[index_of(count)][s]);
                    Forecast& sum = made.forecasts[i * systems + s] = added_up(made.market, parts);
                    sum.sd *= sum_spread(made.system_ids[s], made.market);
                }
                const Offers& of_market = offers[index_of(made.market)];
                if (made.system_ids.back() != kEnsembleId || of_market.empty()) continue;
                Forecast& together = made.forecasts[i * systems + systems - 1];
                if (of_market[i].line) made.without_lines[i] = together;
                together = blended(together, of_market[i], blend_of(made.market, fitted.trained));
            }
        }
    };
    in_parts(rows, compares ? kSearchesAThread : kRowsAThread, threads, fill);
    return all;
}

MemberForecasts members_of(const SystemForecasts& forecasts, std::size_t row) {
    const auto of_row = forecasts.of_row(row);
    MemberForecasts members;
    for (std::size_t s = 0; s < forecasts.system_ids.size(); ++s) {
        const auto member = std::ranges::find(kMemberIds, forecasts.system_ids[s]);
        if (member == kMemberIds.end()) continue;
        members[static_cast<std::size_t>(member - kMemberIds.begin())] = of_row[s];
    }
    return members;
}

std::vector<Prediction> predictions_of(std::span<const features::FeatureStoreRow> rows,
                                       const SystemForecasts& forecasts, std::string_view origin,
                                       std::size_t threads) {
    const std::size_t count = forecasts.system_ids.size();
    require(forecasts.forecasts.size() == rows.size() * count,
            "forecasts that are not of these rows");
    std::vector<Prediction> predictions(rows.size() * count);
    const auto fill = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const double chance =
                p_plays(MatchupFeatures(rows[i].features), AvailabilityParameters{});
            const auto of_row = forecasts.of_row(i);
            for (std::size_t s = 0; s < count; ++s) {
                predictions[i * count + s] =
                    prediction_of(rows[i], forecasts, s, of_row[s], origin, chance);
            }
        }
    };
    in_parts(rows.size(), kForecastsAThread / std::max<std::size_t>(count, 1), threads, fill);
    return predictions;
}

}  // namespace tipoff::forecast
