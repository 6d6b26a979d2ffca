/// `tipoff rebuild`: the database again from the archive.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "cli/progress.h"
#include "operate/rebuild.h"

namespace tipoff::cli {
namespace {

struct RebuildOptions {
    Format format = Format::kTable;
};

Expected<ExitCode> run(const RebuildOptions& options, const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    ledger::Ledger ledger(home->database(), context.clock());
    TIPOFF_CHECK(ledger.abandon_expired(home->holds_lock()));
    Progress progress(context.clock());
    TIPOFF_TRY(const auto report,
               operate::rebuild(home->database(), ledger, context.clock(), home->folder(),
                                [&](std::string_view what) {
                                    progress.show(fmt::format("rebuilding: {}", what));
                                }));
    if (options.format == Format::kJson) {
        print_json(
            {{"same", report.is_the_same()},
             {"files", report.files},
             {"answers", report.answers},
             {"links", report.links},
             {"notes", report.notes},
             {"stated",
              {{"before", to_string(report.raw_before)}, {"after", to_string(report.raw_after)}}},
             {"derived",
              {{"before", to_string(report.derived_before)},
               {"after", to_string(report.derived_after)}}}});
    } else {
        const auto row = [](std::string_view tables, Fingerprint before, Fingerprint after) {
            const bool same = before == after;
            return std::vector{
                Cell::text(tables), Cell::text(to_string(before)), Cell::text(to_string(after)),
                Cell::text(same ? "the same" : "differs").toned(same ? Tone::kGood : Tone::kBad)};
        };
        Listing listing{.columns = {"tables", "digest_before", "digest_after", "result"},
                        .rows = {}};
        listing.rows.push_back(row("raw, ref", report.raw_before, report.raw_after));
        listing.rows.push_back(
            row("analytics, features, predictions", report.derived_before, report.derived_after));
        print_listing(listing, options.format, "digests");
        if (options.format == Format::kTable) {
            print(fmt::format(
                "\nfrom {} imported files, {} answers, {} links of names and {} notes\n",
                report.files, report.answers, report.links, report.notes));
        }
    }
    return report.is_the_same() ? ExitCode::kDone : ExitCode::kIncomplete;
}

}  // namespace

void add_rebuild_command(CommandLine& commands) {
    const auto options = std::make_shared<RebuildOptions>();
    commands
        .command(
            {.name = "rebuild",
             .summary = "The database again from the archive, with its digest before and after",
             .description = "Empties raw and ref and makes them anew of every file that was "
                            "imported, every answer that was collected and every name that was "
                            "linked, then computes the derived tables again over the dates that "
                            "they held. Runs, models and live forecasts stay. Exit 3: the "
                            "digests differ.",
             .examples = {{{"rebuild", "Digests before and after."},
                           {"rebuild --format json", "The same for a script."}}}},
            HomeUse::kAlone, [options](Context& context) { return run(*options, context); })
        .format(options->format);
}

}  // namespace tipoff::cli
