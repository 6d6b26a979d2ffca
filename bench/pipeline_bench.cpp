/// tipoff_bench: one measurement a call, one JSON document on standard output. bench/run calls it.

#include <algorithm>
#include <array>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/memory.h"
#include "base/openmp.h"
#include "nights.h"
#include "stages.h"
#include "training.h"
#include "walking.h"

namespace {

using tipoff::Expected;
using tipoff::bench::Json;

constexpr std::string_view kUsage =
    "usage: tipoff_bench import HOME PATH...\n"
    "       tipoff_bench seasons HOME\n"
    "       tipoff_bench backfill HOME SEASONS SINGLE_DATES\n"
    "       tipoff_bench rows HOME SEASONS ROWS_FILE\n"
    "       tipoff_bench train ROWS_FILE FACTORS_FILE\n"
    "       tipoff_bench models HOME\n"
    "       tipoff_bench night HOME NIGHTS\n"
    "       tipoff_bench similarity HOME NIGHTS\n"
    "       tipoff_bench walk-forward HOME SEASONS\n"
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

/// Measures what is asked for by the arguments after the name.
struct Stage {
    std::string_view name;
    std::string_view arguments;  ///< of each a letter: p is a path, n a count
    Expected<Json> (*measure)(const Arguments&);
};

constexpr std::array kStages{
    Stage{"seasons", "p", [](const Arguments& a) { return tipoff::bench::list_seasons(a[0]); }},
    Stage{"backfill", "pnn",
          [](const Arguments& a) {
              return tipoff::bench::measure_backfill(a[0], count_in(a[1]), count_in(a[2]));
          }},
    Stage{"rows", "pnp",
          [](const Arguments& a) {
              return tipoff::bench::write_training_rows(a[0], count_in(a[1]), a[2]);
          }},
    Stage{"train", "pp",
          [](const Arguments& a) { return tipoff::bench::measure_training(a[0], a[1]); }},
    Stage{"models", "p", [](const Arguments& a) { return tipoff::bench::measure_models(a[0]); }},
    Stage{"night", "pn",
          [](const Arguments& a) { return tipoff::bench::measure_night(a[0], count_in(a[1])); }},
    Stage{"similarity", "pn",
          [](const Arguments& a) {
              return tipoff::bench::measure_similarity(a[0], count_in(a[1]));
          }},
    Stage{"walk-forward", "pn",
          [](const Arguments& a) {
              return tipoff::bench::measure_walk_forward(a[0], count_in(a[1]));
          }},
};

bool fits(const Stage& stage, const Arguments& arguments) {
    return std::ranges::equal(stage.arguments, arguments,
                              [](char kind, const std::string& argument) {
                                  return kind == 'p' ? !argument.empty() : is_count(argument);
                              });
}

constexpr std::size_t kFewestOfImport = 2;  ///< a home and a path

bool is_well_formed(const std::string& name, const Arguments& arguments) {
    if (name == "import") return arguments.size() >= kFewestOfImport;
    const auto stage = std::ranges::find(kStages, name, &Stage::name);
    return stage != kStages.end() && fits(*stage, arguments);
}

Expected<Json> measure(const std::string& name, const Arguments& arguments) {
    if (name == "import") {
        return tipoff::bench::measure_import(arguments[0],
                                             {arguments.begin() + 1, arguments.end()});
    }
    return std::ranges::find(kStages, name, &Stage::name)->measure(arguments);
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
    if (!is_well_formed(name, arguments)) {
        std::cerr << kUsage;
        return kWrongUse;
    }
    const Expected<Json> measured = measure(name, arguments);
    if (!measured) {
        std::cerr << "tipoff_bench: " << measured.error().message() << '\n';
        if (!measured.error().hint().empty()) std::cerr << measured.error().hint() << '\n';
        return kFailed;
    }
    std::cout << measured->dump(2) << '\n';
    return 0;
}
