/// tipoff_bench: one measurement a call, one JSON document on standard output. bench/run calls it.

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "archives.h"
#include "base/memory.h"
#include "base/openmp.h"
#include "batches.h"
#include "glances.h"
#include "nights.h"
#include "operated_days.h"
#include "parsing.h"
#include "queues.h"
#include "run_history.h"
#include "stages.h"
#include "training.h"
#include "walking.h"

namespace {

namespace bench = tipoff::bench;
using bench::Json;
using tipoff::Expected;

constexpr std::string_view kUsage =
    "usage: tipoff_bench import HOME PATH...\n"
    "       tipoff_bench seasons HOME\n"
    "       tipoff_bench backfill HOME SEASONS SINGLE_DATES\n"
    "       tipoff_bench rows SEASONS ROWS_FILE HOME...\n"
    "       tipoff_bench train ROWS_FILE FACTORS_FILE\n"
    "       tipoff_bench models HOME\n"
    "       tipoff_bench night HOME NIGHTS\n"
    "       tipoff_bench batch HOME NIGHTS\n"
    "       tipoff_bench similarity NIGHTS HOME...\n"
    "       tipoff_bench walk-forward HOME SEASONS\n"
    "       tipoff_bench glances HOME DATES\n"
    "       tipoff_bench parse RECORDINGS\n"
    "       tipoff_bench archive FOLDER\n"
    "       tipoff_bench ledger FOLDER THOUSANDS\n"
    "       tipoff_bench upkeep FOLDER THOUSANDS\n"
    "       tipoff_bench day-graph HOME DATES\n"
    "       tipoff_bench collected-day-graph FOLDER DAYS\n"
    "       tipoff_bench status HOME DATES\n"
    "       tipoff_bench queue URL BATCHES\n"
    "       tipoff_bench queue-loss URL PID\n"
    "\n"
    "Measures a stage of the pipeline and prints one JSON document. bench/run calls it with fresh\n"
    "homes and makes a report of many calls; see bench/run --help.\n";

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

using Arguments = std::vector<std::string>;

std::size_t count_in(const std::string& text) { return std::stoul(text); }

bool is_count(const std::string& text) {
    return !text.empty() && text.size() < 4 &&
           text.find_first_not_of("0123456789") == std::string::npos;
}

std::vector<std::filesystem::path> paths_from(const Arguments& arguments, std::size_t first) {
    return {arguments.begin() + static_cast<std::ptrdiff_t>(first), arguments.end()};
}

/// Measures what is asked for by the arguments after the name.
struct Stage {
    std::string_view name;
    std::string_view arguments;  ///< of each a letter: p is a path, n a count, + more of the last
    Expected<Json> (*measure)(const Arguments&);
};

constexpr std::array kStages{
    Stage{"import", "pp+",
          [](const Arguments& a) { return bench::measure_import(a[0], paths_from(a, 1)); }},
    Stage{"seasons", "p", [](const Arguments& a) { return bench::list_seasons(a[0]); }},
    Stage{"backfill", "pnn",
          [](const Arguments& a) {
              return bench::measure_backfill(a[0], count_in(a[1]), count_in(a[2]));
          }},
    Stage{"rows", "npp+",
          [](const Arguments& a) {
              return bench::write_training_rows(paths_from(a, 2), count_in(a[0]), a[1]);
          }},
    Stage{"train", "pp", [](const Arguments& a) { return bench::measure_training(a[0], a[1]); }},
    Stage{"models", "p", [](const Arguments& a) { return bench::measure_models(a[0]); }},
    Stage{"night", "pn",
          [](const Arguments& a) { return bench::measure_night(a[0], count_in(a[1])); }},
    Stage{"batch", "pn",
          [](const Arguments& a) { return bench::measure_batches(a[0], count_in(a[1])); }},
    Stage{"similarity", "np+",
          [](const Arguments& a) {
              return bench::measure_similarity(paths_from(a, 1), count_in(a[0]));
          }},
    Stage{"walk-forward", "pn",
          [](const Arguments& a) { return bench::measure_walk_forward(a[0], count_in(a[1])); }},
    Stage{"glances", "pn",
          [](const Arguments& a) { return bench::measure_glances(a[0], count_in(a[1])); }},
    Stage{"archive", "p", [](const Arguments& a) { return bench::measure_archive(a[0]); }},
    Stage{"ledger", "pn",
          [](const Arguments& a) { return bench::measure_ledger(a[0], count_in(a[1])); }},
    Stage{"upkeep", "pn",
          [](const Arguments& a) { return bench::measure_upkeep(a[0], count_in(a[1])); }},
    Stage{"day-graph", "pn",
          [](const Arguments& a) { return bench::measure_day_graph(a[0], count_in(a[1])); }},
    Stage{"collected-day-graph", "pn",
          [](const Arguments& a) {
              return bench::measure_collected_day_graph(a[0], count_in(a[1]));
          }},
    Stage{"status", "pn",
          [](const Arguments& a) { return bench::measure_status(a[0], count_in(a[1])); }},
    Stage{"queue", "pn",
          [](const Arguments& a) { return bench::measure_queue(a[0], count_in(a[1])); }},
    Stage{"queue-loss", "pp",
          [](const Arguments& a) { return bench::measure_queue_loss(a[0], std::stoi(a[1])); }},
    Stage{"parse", "p", [](const Arguments& a) { return bench::measure_parsing(a[0]); }},
};

bool fits(std::string_view kinds, const Arguments& arguments) {
    const bool takes_more = kinds.ends_with('+');
    if (takes_more) kinds.remove_suffix(1);
    if (arguments.size() < kinds.size()) return false;
    if (arguments.size() > kinds.size() && !takes_more) return false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const char kind = kinds[std::min(i, kinds.size() - 1)];
        if (kind == 'n' ? !is_count(arguments[i]) : arguments[i].empty()) return false;
    }
    return true;
}

}  // namespace

int main(int count, char** values) {
    // As the program does.
    tipoff::wait_without_spinning(values);
    tipoff::give_back_freed_memory();
    const std::string name = count > 1 ? values[1] : "";
    if (name == "--help" || name == "-h") {
        std::cout << kUsage;
        return 0;
    }
    const Arguments arguments(values + std::min(count, 2), values + count);
    const auto stage = std::ranges::find(kStages, name, &Stage::name);
    if (stage == kStages.end() || !fits(stage->arguments, arguments)) {
        std::cerr << kUsage;
        return kWrongUse;
    }
    const Expected<Json> measured = stage->measure(arguments);
    if (!measured) {
        std::cerr << "tipoff_bench: " << measured.error().message() << '\n';
        if (!measured.error().hint().empty()) std::cerr << measured.error().hint() << '\n';
        return kFailed;
    }
    std::cout << measured->dump(2) << '\n';
    return 0;
}
