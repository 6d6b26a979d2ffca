/// tipoff_bench: one measurement a call, one JSON document on standard output. bench/run calls it.

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/memory.h"
#include "stages.h"

namespace {

using tipoff::Expected;
using tipoff::bench::Json;

constexpr std::string_view kUsage =
    "usage: tipoff_bench import HOME PATH...\n"
    "       tipoff_bench seasons HOME\n"
    "       tipoff_bench backfill HOME SEASONS SINGLE_DATES\n"
    "\n"
    "Measures a stage of the pipeline and prints one JSON document. bench/run calls it with fresh\n"
    "homes and makes a report of many calls; see bench/run --help.\n";

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

Expected<Json> measure(const std::vector<std::string>& arguments) {
    if (arguments[0] == "import") {
        return tipoff::bench::measure_import(arguments[1],
                                             {arguments.begin() + 2, arguments.end()});
    }
    if (arguments[0] == "seasons") return tipoff::bench::list_seasons(arguments[1]);
    return tipoff::bench::measure_backfill(arguments[1], std::stoul(arguments[2]),
                                           std::stoul(arguments[3]));
}

bool is_count(const std::string& text) {
    return !text.empty() && text.size() < 4 &&
           text.find_first_not_of("0123456789") == std::string::npos;
}

bool is_well_formed(const std::vector<std::string>& arguments) {
    if (arguments.empty()) return false;
    if (arguments[0] == "import") return arguments.size() > 2;
    if (arguments[0] == "seasons") return arguments.size() == 2;
    return arguments[0] == "backfill" && arguments.size() == 4 && is_count(arguments[2]) &&
           is_count(arguments[3]);
}

}  // namespace

int main(int count, char** values) {
    tipoff::give_back_freed_memory();
    const std::vector<std::string> arguments(values + 1, values + count);
    if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h")) {
        std::cout << kUsage;
        return 0;
    }
    if (!is_well_formed(arguments)) {
        std::cerr << kUsage;
        return kWrongUse;
    }
    const Expected<Json> measured = measure(arguments);
    if (!measured) {
        std::cerr << "tipoff_bench: " << measured.error().message() << '\n';
        if (!measured.error().hint().empty()) std::cerr << measured.error().hint() << '\n';
        return kFailed;
    }
    std::cout << measured->dump(2) << '\n';
    return 0;
}
