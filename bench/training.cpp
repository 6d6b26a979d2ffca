#include "training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <span>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "features/feature_list.h"
#include "forecast/boosted_trees.h"
#include "forecast/similarity.h"
#include "forecast/trained_count.h"
#include "game_days.h"
#include "grade/settle.h"
#include "ledger/ledger.h"
#include "nights.h"
#include "operate/train.h"

namespace tipoff::bench {
namespace {

using forecast::BoostedTrees;

/// As walking forward has it.
constexpr double kValidationShare = 0.15;

/// Player games in the order of time.
struct TrainingRows {
    std::size_t columns = forecast::kTreeInputs;
    std::size_t trained_on = 0;  ///< before the newest season
    std::vector<float> features, outcomes, expected;

    [[nodiscard]] std::size_t rows() const { return outcomes.size(); }
    [[nodiscard]] forecast::FeatureMatrix earlier() const {
        return forecast::FeatureMatrix{features, columns}.slice(0, trained_on);
    }
    [[nodiscard]] forecast::FeatureMatrix newest() const {
        return forecast::FeatureMatrix{features, columns}.slice(trained_on, rows() - trained_on);
    }
    [[nodiscard]] forecast::ExpectedOutcomes outcomes_of_earlier() const {
        return forecast::ExpectedOutcomes{outcomes, expected}.slice(0, trained_on);
    }
    void drop_first(std::size_t count) {
        const auto drop = [](std::vector<float>& values, std::size_t first) {
            values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(first));
        };
        drop(features, count * columns);
        drop(outcomes, count);
        drop(expected, count);
    }
};

/// Where a season's rows begin.
struct SeasonStart {
    Season season;
    bool is_simulated = false;
    std::size_t row = 0;
};

void add_played(const GameDay& day, const grade::Outcomes& outcomes, TrainingRows& rows) {
    for (const features::FeatureStoreRow& row : day.rows) {
        const auto boxes = outcomes.box(row.game_id, row.player_id);
        if (boxes.empty() || boxes.front().minutes <= 0) continue;
        const forecast::TreeInputs inputs = forecast::tree_inputs(row.features);
        rows.features.insert(rows.features.end(), inputs.begin(), inputs.end());
        rows.outcomes.push_back(static_cast<float>(boxes.front().points));
        const forecast::Forms forms = forecast::forms_of(forecast::MatchupFeatures(row.features));
        rows.expected.push_back(static_cast<float>(forms[index_of(Market::kPoints)].mean));
    }
}

/// Every played game of a home, after those that are there.
Status add_home(const std::filesystem::path& folder, TrainingRows& rows,
                std::vector<SeasonStart>& starts) {
    const SystemClock clock;
    TIPOFF_TRY(const auto home, open_home(folder, clock));
    TIPOFF_TRY(const auto facts, operate::Facts::load(home->database()));
    const grade::Outcomes outcomes(facts->summaries());
    GameDays days(*facts);
    while (const auto day = days.next()) {
        const conform::Game& game = day->games.front();
        if (starts.empty() || starts.back().season != game.season) {
            starts.push_back({.season = game.season,
                              .is_simulated = is_simulated(game.game_id),
                              .row = rows.rows()});
        }
        add_played(*day, outcomes, rows);
    }
    return {};
}

void write(std::ofstream& file, std::span<const std::byte> bytes) {
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

Status closed(std::ofstream& file, const std::filesystem::path& path) {
    file.close();
    if (file) return {};
    return fail(ErrorCode::kIo, fmt::format("{} cannot be written", path.string()));
}

Status write_rows(const TrainingRows& rows, const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary);
    const std::array<std::uint64_t, 3> counts{rows.rows(), rows.columns, rows.trained_on};
    write(file, std::as_bytes(std::span(counts)));
    for (const auto* part : {&rows.features, &rows.outcomes, &rows.expected})
        write(file, std::as_bytes(std::span(*part)));
    return closed(file, path);
}

bool read(std::ifstream& file, std::span<std::byte> bytes) {
    const auto size = static_cast<std::streamsize>(bytes.size());
    return file.read(reinterpret_cast<char*>(bytes.data()), size).gcount() == size;
}

Expected<TrainingRows> read_rows(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::array<std::uint64_t, 3> counts{};
    TrainingRows rows;
    bool is_whole = read(file, std::as_writable_bytes(std::span(counts)));
    if (is_whole) {
        const auto [count, columns, trained_on] = counts;
        const std::uintmax_t bytes = sizeof counts + sizeof(float) * count * (columns + 2);
        is_whole = std::filesystem::file_size(path) == bytes && trained_on < count;
        if (is_whole) {
            rows.columns = columns;
            rows.trained_on = trained_on;
            rows.features.resize(count * columns);
            rows.outcomes.resize(count);
            rows.expected.resize(count);
            for (auto* part : {&rows.features, &rows.outcomes, &rows.expected})
                is_whole = is_whole && read(file, std::as_writable_bytes(std::span(*part)));
        }
    }
    if (is_whole) return rows;
    return fail(ErrorCode::kInvalidInput,
                fmt::format("{} is not a file of training rows", path.string()),
                "tipoff_bench rows SEASONS FILE HOME writes one");
}

/// Of the newest season's means.
double mean_absolute_error(const TrainingRows& rows, std::span<const float> factors) {
    double sum = 0;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const std::size_t row = rows.trained_on + i;
        const double mean =
            static_cast<double>(factors[i]) * static_cast<double>(rows.expected[row]);
        sum += std::abs(mean - static_cast<double>(rows.outcomes[row]));
    }
    return sum / static_cast<double>(factors.size());
}

/// What bench/python_trees.py needs to do the same.
Json to_json(const forecast::TreeParameters& p, std::size_t validation_from) {
    return {{"most_rounds", p.most_rounds},
            {"patience", p.patience},
            {"max_depth", p.max_depth},
            {"learning_rate", p.learning_rate},
            {"row_share", p.row_share},
            {"feature_share", p.feature_share},
            {"min_child_weight", p.min_child_weight},
            {"seed", p.seed},
            {"threads", p.threads},
            {"validation_from", validation_from}};
}

}  // namespace

Expected<Json> write_training_rows(const std::vector<std::filesystem::path>& homes,
                                   std::size_t seasons, const std::filesystem::path& rows_file) {
    TrainingRows rows;
    std::vector<SeasonStart> starts;
    for (const std::filesystem::path& folder : homes)
        TIPOFF_CHECK(add_home(folder, rows, starts));
    if (seasons == 0 || starts.size() <= seasons) {
        return fail(ErrorCode::kNotFound,
                    fmt::format("{} seasons before the newest were asked for and {} seasons are "
                                "there",
                                seasons, starts.size()),
                    "import more seasons, or train on fewer: bench/run --training-seasons");
    }
    starts.erase(starts.begin(), starts.end() - 1 - static_cast<std::ptrdiff_t>(seasons));
    rows.drop_first(starts.front().row);
    rows.trained_on = starts.back().row - starts.front().row;
    TIPOFF_CHECK(write_rows(rows, rows_file));
    return Json{{"seasons", seasons},
                {"seasons_simulated", std::ranges::count_if(std::span(starts).first(seasons),
                                                            &SeasonStart::is_simulated)},
                {"newest", to_string(starts.back().season)},
                {"rows", rows.trained_on},
                {"rows_of_newest", rows.rows() - rows.trained_on},
                {"features", rows.columns}};
}

Expected<Json> measure_training(const std::filesystem::path& rows_file,
                                const std::filesystem::path& factors_file) {
    const SystemClock clock;
    TIPOFF_TRY(const TrainingRows rows, read_rows(rows_file));
    const double rows_mib = peak_rss_mib();
    const forecast::TreeParameters parameters;
    const auto validation_from =
        static_cast<std::size_t>((1 - kValidationShare) * static_cast<double>(rows.trained_on));

    Lap lap(clock);
    TIPOFF_TRY(const int rounds,
               BoostedTrees::best_rounds(rows.earlier(), rows.outcomes_of_earlier(),
                                         validation_from, parameters));
    const double early_stopping = lap.seconds();
    TIPOFF_TRY(const auto bins, forecast::TrainingSet::of(rows.earlier(), parameters.threads));
    const double binning = lap.seconds();
    TIPOFF_TRY(const auto trees,
               BoostedTrees::train(bins, rows.outcomes_of_earlier(), rounds, parameters));
    const double training = lap.seconds();
    const auto factors = trees.corrections(rows.newest());
    const double prediction = lap.seconds();
    const double peak = peak_rss_mib();

    std::ofstream file(factors_file, std::ios::binary);
    write(file, std::as_bytes(std::span(factors)));
    TIPOFF_CHECK(closed(file, factors_file));
    const std::vector<float> untouched(factors.size(), 1);
    return Json{{"parameters", to_json(parameters, validation_from)},
                {"rounds", rounds},
                {"seconds",
                 {{"early_stopping", early_stopping},
                  {"binning", binning},
                  {"training", training},
                  {"total", early_stopping + binning + training},
                  {"prediction", prediction}}},
                {"mae_mean", mean_absolute_error(rows, factors)},
                {"mae_mean_of_formula", mean_absolute_error(rows, untouched)},
                {"rows_mib", rows_mib},
                {"peak_rss_mib", peak}};
}

Expected<Json> measure_models(const std::filesystem::path& home_folder) {
    const SystemClock clock;
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    ledger::Ledger ledger(home->database(), clock);
    TIPOFF_TRY(const auto facts, operate::Facts::load(home->database()));
    operate::TrainRequest request;
    request.through = date_before_nights(*facts);
    Lap lap(clock);
    TIPOFF_TRY(const auto models,
               operate::train(home->folder(), home->database(), ledger, clock, *facts, request));
    const double seconds = lap.seconds();
    Json trained = Json::array();
    for (const operate::TrainedModel& model : models) {
        trained.push_back(
            {{"market", to_string(model.count)},
             {"training_rows", model.record.training_rows},
             {"size_bytes", model.record.size_bytes},
             {"gates", model.gates.size()},
             {"gates_passed", std::ranges::count_if(model.gates, &forecast::Gate::passed)}});
    }
    return Json{{"through", to_string(request.through)},
                {"models", std::move(trained)},
                {"seconds", seconds},
                {"peak_rss_mib", peak_rss_mib()}};
}

}  // namespace tipoff::bench
