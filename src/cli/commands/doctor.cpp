/// `tipoff doctor`: whether everything is in place, and what to do where it is not.

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/version_info.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/hand_over.h"
#include "cli/installation.h"
#include "cli/json_output.h"
#include "operate/channel_health.h"

namespace tipoff::cli {
namespace {

Check check_program() {
    const auto engines = engine_versions();
    if (!engines) {
        return {"program", Finding::kFailed, engines.error().message(),
                "install tipoff again: its database library does not load"};
    }
    return {"program", Finding::kOk,
            fmt::format("tipoff {} ({}), {} {}", version(), git_commit(), engines->front().name,
                        engines->front().version),
            ""};
}

/// How a home that cannot be opened is told of.
Check refused_database(const Error& error) {
    switch (error.code()) {
        case ErrorCode::kNotFound:
            return {"database", Finding::kNote, "none yet",
                    "tipoff import PATH makes one; tipoff demo shows the whole on simulated data"};
        case ErrorCode::kBusy:
            return {"database", Finding::kNote, error.message(), "look again when it is done"};
        default: return {"database", Finding::kFailed, error.message(), error.hint()};
    }
}

Expected<Check> check_contents(store::Database& database) {
    TIPOFF_TRY(
        const store::Columns found,
        database.read("SELECT count(*), count(DISTINCT substr(game_id, 4, 2)), "
                      "CAST(min(game_date) AS VARCHAR), "
                      "CAST(max(game_date) AS VARCHAR), count(*) FILTER (WHERE game_id LIKE '9%') "
                      "FROM raw.schedule",
                      {}));
    const std::int64_t games = found.data[0].integer(0);
    if (games == 0) return Check{"contents", Finding::kNote, "no games", "tipoff import PATH"};
    return Check{"contents", Finding::kOk,
                 fmt::format("{} games of {} seasons, {} to {}{}", games, found.data[1].integer(0),
                             found.data[2].text(0), found.data[3].text(0),
                             found.data[4].integer(0) > 0 ? ", of a simulated league" : ""),
                 ""};
}

/// Runs whose process is gone: they are closed when the home is next opened for writing.
Expected<Check> check_runs(store::Database& database, const Clock& clock) {
    TIPOFF_TRY(
        const store::Columns found,
        database.read("SELECT count(*) FROM ops.run WHERE state = 'running' AND lease_until < $1",
                      {clock.wall_now()}));
    const std::int64_t dead = found.data[0].integer(0);
    if (dead == 0) return Check{"runs", Finding::kOk, "none was cut off", ""};
    return Check{"runs", Finding::kWarning, fmt::format("{} cut off", dead),
                 "call the command again: it goes on where it was cut off (tipoff runs list "
                 "--state running)"};
}

/// Channels of alerts that cannot work as they are configured.
std::vector<Check> check_alert_settings(const Context& context) {
    const AlertSettings& settings = context.settings().alerts;
    if (!settings.email && !settings.webhook) {
        return {{"alerts", Finding::kNote, "no channel is configured",
                 "docs/alerts.md: nobody is told when something fails"}};
    }
    std::vector<Check> checks;
    for (const auto& [channel, error] : unusable_channels(settings))
        checks.push_back({"alerts", Finding::kWarning,
                          fmt::format("{}: {}", channel, error.message()), error.hint()});
    return checks;
}

Check check_of(const operate::ChannelHealth& channel) {
    using operate::ChannelState;
    const bool works = channel.state == ChannelState::kWorks;
    const std::string last = channel.last_success_at
                                 ? "; last delivered " + to_eastern_string(*channel.last_success_at)
                                 : "; nothing was delivered yet";
    return {"alerts", works ? Finding::kOk : Finding::kWarning,
            fmt::format("{} {}{}{}{}", channel.channel, operate::word_of(channel.state),
                        channel.reason.empty() ? "" : ": ", channel.reason, last),
            works ? "" : fmt::format("tipoff alerts test --channel {}", channel.channel)};
}

/// Whether alerts arrive, by what each channel did last.
Status check_alert_channels(store::Database& database, const Context& context,
                            std::vector<Check>& checks) {
    const auto channels = operate::policies_of(alert_channels(context.settings().alerts));
    TIPOFF_TRY(const auto health,
               operate::channel_health(database, channels, context.clock().league_now()));
    for (const operate::ChannelHealth& channel : health)
        checks.push_back(check_of(channel));
    return {};
}

/// Another process that has the home open, as it is asked over the home's socket; nothing where
/// there is none.
std::optional<Check> check_owner(const std::filesystem::path& home) {
    const auto owner = answering_owner(home);
    if (!owner)
        return Check{"database", Finding::kWarning, owner.error().message(), owner.error().hint()};
    const std::optional<std::string>& name = *owner;
    if (!name) return std::nullopt;
    return Check{"database", Finding::kNote, fmt::format("{} has it open, and answers", *name),
                 "tipoff status and tipoff runs list ask it"};
}

void check_database(const Context& context, std::vector<Check>& checks) {
    if (const auto folder = context.home_folder()) {
        if (auto owner = check_owner(*folder)) return checks.push_back(*std::move(owner));
    }
    auto home = context.open_home(store::Access::kReadOnly);
    if (!home) {
        checks.push_back(refused_database(home.error()));
        return;
    }
    checks.push_back({"database", Finding::kOk, "opens, and agrees with the program", ""});
    for (auto check :
         {check_contents((*home)->database()), check_runs((*home)->database(), context.clock())}) {
        checks.push_back(check ? *check
                               : Check{"database", Finding::kFailed, check.error().message(),
                                       check.error().hint()});
    }
    if (const auto told = check_alert_channels((*home)->database(), context, checks); !told) {
        checks.push_back({"alerts", Finding::kFailed, told.error().message(), told.error().hint()});
    }
}

/// The file that says what runs by itself: a mistake in it shows here and not at night.
Check check_workflows(const Context& context) {
    const auto workflows = context.workflows();
    if (!workflows) {
        return {"workflows", Finding::kFailed, workflows.error().message(),
                "nothing runs by itself until the file is right (docs/schedule.md)"};
    }
    return {"workflows", Finding::kOk,
            fmt::format("{} jobs of {}, version {}", workflows->jobs.size(), workflows->file_name,
                        workflows->version),
            ""};
}

Tone tone_of(Finding finding) {
    switch (finding) {
        case Finding::kOk: return Tone::kGood;
        case Finding::kNote: return Tone::kFaint;
        case Finding::kWarning: return Tone::kWarning;
        case Finding::kFailed: return Tone::kBad;
    }
    return Tone::kPlain;
}

Expected<std::vector<Check>> all_checks(const Context& context) {
    TIPOFF_TRY(const auto home, context.home_folder());
    std::vector<Check> checks{check_program(), check_time_zones(), check_memory(),
                              check_home_folder(home), check_free_space(home)};
    for (auto& check : check_alert_settings(context))
        checks.push_back(std::move(check));
    check_database(context, checks);
    checks.push_back(check_workflows(context));
    for (auto& check : check_upstream_keys(home))
        checks.push_back(std::move(check));
    return checks;
}

Listing check_listing(const std::vector<Check>& checks) {
    Listing listing{.columns = {"check", "finding", "found", "advice"}, .rows = {}};
    for (const Check& check : checks) {
        listing.rows.push_back({Cell::text(check.name), Cell::text(word_of(check.finding)),
                                Cell::text(check.found), Cell::text(check.advice)});
    }
    return listing;
}

/// A line a check, and what to do about it on the next: findings can be long.
void print_for_people(const std::vector<Check>& checks) {
    Listing listing{.columns = {"finding", "check"}, .rows = {}};
    for (const Check& check : checks) {
        listing.rows.push_back({Cell::text(word_of(check.finding)).toned(tone_of(check.finding)),
                                Cell::text(fmt::format("{}: {}", check.name, check.found))});
        if (!check.advice.empty())
            listing.rows.push_back({Cell::text(""), Cell::text("  " + check.advice)});
    }
    print_listing(listing, Format::kTable, "checks");
}

Expected<ExitCode> run(Format format, const Context& context) {
    TIPOFF_TRY(const std::vector<Check> checks, all_checks(context));
    const bool is_well =
        std::ranges::none_of(checks, [](const Check& c) { return c.finding == Finding::kFailed; });
    switch (format) {
        case Format::kTable: print_for_people(checks); break;
        case Format::kCsv: print_listing(check_listing(checks), format, "checks"); break;
        case Format::kJson:
            print_json({{"ok", is_well}, {"checks", json_rows(check_listing(checks))}});
    }
    return is_well ? ExitCode::kDone : ExitCode::kFailed;
}

}  // namespace

void add_doctor_command(CommandLine& commands) {
    const auto format = std::make_shared<Format>(Format::kTable);
    commands
        .command(
            {.name = "doctor",
             .summary = "Checks the installation, the home, free space and keys; says what to do",
             .description = "Changes nothing. Exit code 1 when something must be put right before "
                            "tipoff can work.",
             .examples = {{{"doctor", "Is everything in place?"},
                           {"--home nba doctor --format json",
                            "The same of another home, for a script."}}}},
            HomeUse::kNone, [format](Context& context) { return run(*format, context); })
        .format(*format);
}

}  // namespace tipoff::cli
