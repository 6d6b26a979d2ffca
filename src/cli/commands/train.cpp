/// `tipoff train`: fits what needs fitting, tries it on unseen games, registers and promotes it.

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "forecast/systems.h"
#include "ledger/ledger.h"
#include "operate/train.h"

namespace tipoff::cli {
namespace {

struct TrainOptions {
    std::optional<std::string> through;
    std::vector<std::string> systems;
    std::vector<std::string> markets;
    bool promote = false;
    bool list = false;
    std::optional<std::int64_t> threads;
    Format format = Format::kTable;
};

/// What is fitted for one is fitted for the other; a formula has nothing to fit here.
Status check_systems(std::span<const std::string> systems) {
    for (const std::string& system : systems) {
        if (system == forecast::kXgboostId || system == forecast::kEnsembleId) continue;
        return fail(ErrorCode::kUsage,
                    forecast::find_system_id(system)
                        ? fmt::format("--systems: {} has nothing to train", system)
                        : fmt::format("--systems: there is no system '{}'", system),
                    "xgboost_v1 and ensemble_v1 are trained, together");
    }
    return {};
}

/// The counts behind the markets; all without any.
Expected<std::vector<Market>> counts_of(std::span<const std::string> names) {
    if (names.empty()) return std::vector<Market>(kCountMarkets.begin(), kCountMarkets.end());
    TIPOFF_TRY(const auto markets, parse_markets(names));
    return counts_behind(markets);
}

Expected<operate::TrainRequest> request_of(const TrainOptions& options, const Context& context) {
    operate::TrainRequest request;
    if (!options.through) {
        return fail(ErrorCode::kUsage, "--through: the last date whose games are learnt from",
                    "tipoff train --through yesterday");
    }
    TIPOFF_TRY(request.through, context.date("--through", *options.through));
    TIPOFF_CHECK(check_systems(options.systems));
    TIPOFF_TRY(request.counts, counts_of(options.markets));
    request.promote = options.promote;
    if (options.threads && (*options.threads < 1 || *options.threads > 64))
        return fail(ErrorCode::kUsage, "--threads: 1 to 64");
    request.walk.threads = static_cast<std::size_t>(options.threads.value_or(2));
    if (const auto seed = context.settings().seed) request.walk.trees.seed = *seed;
    return request;
}

// --- what was trained ---

Json json_of(const operate::TrainedModel& model) {
    Json gates = Json::array();
    for (const forecast::Gate& gate : model.gates) {
        gates.push_back({{"name", gate.name},
                         {"limit", gate.limit},
                         {"measured", json_number(gate.measured)},
                         {"passed", gate.passed}});
    }
    return {{"model_id", model.record.model_id},
            {"market", to_string(model.count)},
            {"trained_from", to_string(model.record.trained_from)},
            {"trained_through", to_string(model.record.trained_through)},
            {"training_rows", model.record.training_rows},
            {"seed", model.record.seed},
            {"file", model.record.file_name},
            {"promoted", model.record.promoted},
            {"refusal", model.refusal.empty() ? Json(nullptr) : Json(model.refusal)},
            {"trial",
             {{"from", to_string(model.trial.from)},
              {"to", to_string(model.trial.to)},
              {"games", model.measures.n()},
              {"mae", json_number(model.measures.mae())},
              {"bias", json_number(model.measures.bias())},
              {"crps", json_number(model.measures.crps())},
              {"coverage_80", json_number(model.measures.coverage_80())}}},
            {"gates", std::move(gates)}};
}

Listing listing_of(std::span<const operate::TrainedModel> models) {
    Listing listing{.columns = {"market", "model", "games", "trial", "mae", "bias", "crps",
                                "coverage 80", "gates", "state"},
                    .rows = {}};
    for (const operate::TrainedModel& model : models) {
        const auto passed = std::ranges::count_if(model.gates, &forecast::Gate::passed);
        const bool all_passed = forecast::all_passed(model.gates);
        const std::string_view state = model.record.promoted    ? "in service"
                                       : !model.refusal.empty() ? "refused"
                                                                : "registered";
        listing.rows.push_back(
            {Cell::text(to_string(model.count)), Cell::text(model.record.model_id),
             Cell::integer(model.record.training_rows),
             Cell::text(fmt::format("{} player games from {}", model.measures.n(),
                                    to_string(model.trial.from))),
             Cell::number(model.measures.mae(), 3), Cell::number(model.measures.bias(), 3),
             Cell::number(model.measures.crps(), 3), Cell::number(model.measures.coverage_80(), 3),
             Cell::text(fmt::format("{} of {}", passed, model.gates.size()))
                 .toned(all_passed ? Tone::kGood : Tone::kWarning),
             Cell::text(state)});
    }
    return listing;
}

void print_trained(std::span<const operate::TrainedModel> models, const TrainOptions& options) {
    if (options.format == Format::kJson) {
        Json json{{"through", *options.through}, {"models", Json::array()}};
        for (const auto& model : models)
            json["models"].push_back(json_of(model));
        print_json(json);
        return;
    }
    print_listing(listing_of(models), options.format, "models");
    if (options.format != Format::kTable) return;
    for (const auto& model : models) {
        for (const forecast::Gate& gate : model.gates) {
            if (gate.passed) continue;
            print(fmt::format("{}: {} is {:.4f}, to be {}\n", to_string(model.count), gate.name,
                              gate.measured, gate.limit));
        }
    }
    if (!options.promote)
        print("\nNot in service: --promote puts models into service that pass every gate.\n");
}

Expected<ExitCode> train(const TrainOptions& options, const Context& context) {
    TIPOFF_TRY(const operate::TrainRequest request, request_of(options, context));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    ledger::Ledger ledger(home->database(), context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(home->holds_lock()));
    // A system learns from what sources said, as it is measured (`evaluate`).
    TIPOFF_TRY(const auto facts,
               operate::Facts::load(home->database(), operate::NotesByHand::kLeftOut));
    const auto trained = [&] {
        Progress progress(context.clock());
        progress.show("fitting");
        return operate::train(
            home->folder(), home->database(), ledger, context.clock(), *facts, request,
            [&](GameDate date) { progress.show(fmt::format("trial {}", to_string(date))); });
    }();
    TIPOFF_TRY(const auto models, trained);
    print_trained(models, options);
    const bool is_refused = std::ranges::any_of(
        models, [](const operate::TrainedModel& model) { return !model.refusal.empty(); });
    return is_refused ? ExitCode::kRefused : ExitCode::kDone;
}

// --- what there is ---

Expected<ExitCode> list(const TrainOptions& options, const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const auto models,
               forecast::ModelsInService::open(home->folder(), home->database()));
    Listing listing{.columns = {"model", "market", "trained from", "trained through", "games",
                                "seed", "promoted", "usable", "size"},
                    .rows = {}};
    for (const forecast::ModelRecord& model : models.models()) {
        const auto market = find_market(model.market);
        const bool is_usable =
            market && index_of(*market) < kCounts &&
            forecast::model_kind(*market).feature_list_hash == model.feature_list_hash &&
            forecast::model_kind(*market).format_version == model.format_version;
        listing.rows.push_back(
            {Cell::text(model.model_id), Cell::text(model.market), Cell::date(model.trained_from),
             Cell::date(model.trained_through), Cell::integer(model.training_rows),
             Cell::integer(model.seed),
             model.promoted_at ? Cell::text(to_string(*model.promoted_at)) : Cell(),
             Cell::text(is_usable ? "yes" : "other features or format")
                 .toned(is_usable ? Tone::kGood : Tone::kWarning),
             Cell::integer(model.size_bytes)});
    }
    print_listing(listing, options.format, "models");
    return ExitCode::kDone;
}

}  // namespace

void add_train_command(CommandLine& commands) {
    const auto options = std::make_shared<TrainOptions>();
    commands
        .command(
            {.name = "train",
             .summary = "Fits the systems that learn on games up to a date, and registers them",
             .description =
                 "The fit is first tried on unseen games: systems fitted before the trial forecast "
                 "it, beside the model in service. What is registered is fitted on all games "
                 "through the date. A promoted model forecasts the dates after it. Exit code 4: a "
                 "model did not pass its gates and was not promoted.",
             .examples = {{{"train --through yesterday --promote",
                            "Every market; in service if it passes its gates."},
                           {"train --through 2022-10-17 --market points",
                            "One market, to look at."}}}},
            HomeUse::kShared,
            [options](Context& context) {
                return options->list ? list(*options, context) : train(*options, context);
            })
        .text("--through", options->through, "The last date whose games are learnt from")
        .list("--systems", options->systems,
              "xgboost_v1, ensemble_v1: they are trained together (both)")
        .list("--market", options->markets, "Markets: " + market_names() + " (all that are counts)")
        .flag("--promote", options->promote, "Put models into service that pass every gate")
        .flag("--list", options->list, "The models that there are, and nothing is trained")
        .integer("--threads", options->threads, "Threads; the models are the same for any (2)")
        .format(options->format);
}

}  // namespace tipoff::cli
