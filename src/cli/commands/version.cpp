/// `tipoff version`: which build this is and what it stands on.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/version_info.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/installation.h"
#include "cli/json_output.h"

namespace tipoff::cli {
namespace {

Expected<ExitCode> run(Format format) {
    TIPOFF_TRY(const auto engines, engine_versions());
    Listing listing{.columns = {"engine", "version", "role"}, .rows = {}};
    for (const Engine& engine : engines) {
        listing.rows.push_back(
            {Cell::text(engine.name), Cell::text(engine.version), Cell::text(engine.role)});
    }
    switch (format) {
        case Format::kJson:
            print_json({{"version", version()},
                        {"commit", git_commit()},
                        {"engines", json_rows(listing)}});
            break;
        case Format::kCsv: print_listing(listing, format, "engines"); break;
        case Format::kTable:
            print(fmt::format("tipoff {} (commit {})\n\n", version(), git_commit()));
            print_listing(listing, format, "engines");
    }
    return ExitCode::kDone;
}

}  // namespace

void add_version_command(CommandLine& commands) {
    const auto format = std::make_shared<Format>(Format::kTable);
    commands
        .command({.name = "version",
                  .summary = "Version, commit, engines and their versions",
                  .description = "",
                  .examples = {{{"version", "For people."},
                                {"version --format json", "For a script or a bug report."}}}},
                 HomeUse::kNone, [format](Context&) { return run(*format); })
        .format(*format);
}

}  // namespace tipoff::cli
