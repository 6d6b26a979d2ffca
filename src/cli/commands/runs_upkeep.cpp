#include "cli/commands/runs_upkeep.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/context.h"
#include "cli/json_output.h"
#include "operate/upkeep.h"

namespace tipoff::cli {
namespace {

struct UpkeepArguments {
    bool dry_run = false;
    std::optional<std::int64_t> keep_days;
    Format format = Format::kTable;
};

Expected<ExitCode> upkeep(const UpkeepArguments& arguments, const Context& context) {
    operate::UpkeepOptions options{.dry_run = arguments.dry_run};
    if (arguments.keep_days) {
        if (*arguments.keep_days < 1) return fail(ErrorCode::kUsage, "--keep-days: at least one");
        options.keep_unsuccessful = std::chrono::days{*arguments.keep_days};
    }
    TIPOFF_TRY(const auto home, context.open_home(arguments.dry_run ? store::Access::kReadOnly
                                                                    : store::Access::kReadWrite));
    ledger::Ledger ledger(home->database(), context.clock());
    TIPOFF_TRY(const operate::UpkeepReport report,
               operate::upkeep(home->database(), ledger, context.clock(), options));
    if (arguments.format == Format::kJson) {
        print_json({{"dry_run", arguments.dry_run},
                    {"abandoned", report.abandoned},
                    {"overdue", report.overdue},
                    {"folded", report.folded},
                    {"expired", report.expired},
                    {"decisions", report.decisions},
                    {"messages", report.messages},
                    {"alerts", report.alerts},
                    {"batches", report.batches}});
        return ExitCode::kDone;
    }
    const std::vector<std::pair<std::string_view, std::int64_t>> rows{
        {"runs abandoned: their process is dead", report.abandoned},
        {"runs failed: past their deadline", report.overdue},
        {"runs removed: the same failure again", report.folded},
        {"runs removed: older than they are kept", report.expired},
        {"decisions removed: older than they are kept", report.decisions},
        {"messages removed: sent, and older than they are kept", report.messages},
        {"alerts removed: resolved, and older than they are kept", report.alerts},
        {"batches removed: ended, and older than they are kept", report.batches}};
    Listing listing{.columns = {arguments.dry_run ? "would be done" : "done", "rows"}, .rows = {}};
    for (const auto& [what, count] : rows)
        listing.rows.push_back({Cell::text(what), Cell::integer(count)});
    print_listing(listing, arguments.format, "upkeep");
    return ExitCode::kDone;
}

}  // namespace

void add_runs_upkeep_command(CommandLine& runs) {
    const auto arguments = std::make_shared<UpkeepArguments>();
    runs.command(
            {.name = "upkeep",
             .summary =
                 "Closes runs that nobody will end, folds repeated failures, removes old rows",
             .description =
                 "Runs that are not final, the newest of each step and scope, and what derived "
                 "rows refer to stay. It works in pages beside runs that go on.",
             .examples = {{{"runs upkeep --dry-run", "What it would do; nothing is changed."},
                           {"runs upkeep --keep-days 7",
                            "Runs that did not succeed are kept for a week."}}}},
            HomeUse::kShared, [arguments](Context& context) { return upkeep(*arguments, context); })
        .flag("--dry-run", arguments->dry_run, "Say what would be done, change nothing")
        .integer("--keep-days", arguments->keep_days,
                 "How long runs that did not succeed are kept (30)")
        .format(arguments->format);
}

}  // namespace tipoff::cli
