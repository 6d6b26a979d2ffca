/// `tipoff alerts`: what was raised, and whether it arrives.

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "operate/alert_delivery.h"
#include "operate/alert_tables.h"
#include "serve/documents/alerts.h"

namespace tipoff::cli {
namespace {

using operate::AlertChannel;

struct ListOptions {
    std::optional<std::string> state;
    std::optional<std::string> since;
    Format format = Format::kTable;
};

struct TestOptions {
    std::optional<std::string> channel;
    Format format = Format::kTable;
};

/// A channel, and why its test did not arrive.
struct Tested {
    const AlertChannel* channel = nullptr;
    std::expected<void, SendFailure> outcome;
};

Expected<ExitCode> list(const ListOptions& options, const Context& context) {
    std::string where = "WHERE TRUE";
    store::Values values;
    const auto demand = [&](std::string_view condition, store::Value value) {
        values.push_back(std::move(value));
        where += fmt::format(" AND {} ${}", condition, values.size());
    };
    if (options.state) demand("state =", *options.state);
    if (options.since) {
        TIPOFF_TRY(const Instant since,
                   parse_since("--since", *options.since, context.clock().league_now(), context));
        demand("last_raised_at >=", since);
    }
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(
        const auto alerts,
        store::read_rows(home->database(), operate::kAlert,
                         where + " ORDER BY last_raised_at DESC, signature, episode DESC", values));
    print_listing(serve::alert_listing(alerts), options.format, "alerts");
    return ExitCode::kDone;
}

Expected<std::vector<AlertChannel>> channels_to_test(const TestOptions& options,
                                                     const Context& context) {
    auto channels = alert_channels(context.settings().alerts);
    if (options.channel) {
        std::erase_if(channels, [&](const AlertChannel& channel) {
            return channel.policy.name != *options.channel;
        });
    }
    if (!channels.empty()) return channels;
    return fail(ErrorCode::kUsage,
                options.channel ? fmt::format("no channel '{}' is configured", *options.channel)
                                : "no channel is configured",
                "put alerts: with email: or webhook: into a file and name it with --config "
                "(docs/alerts.md)");
}

Listing listing_of(const std::vector<Tested>& tested) {
    Listing listing{.columns = {"channel", "outcome", "reason"}, .rows = {}};
    for (const Tested& test : tested) {
        const bool arrived = test.outcome.has_value();
        listing.rows.push_back(
            {Cell::text(test.channel->policy.name),
             Cell::text(arrived ? "delivered" : "failed").toned(arrived ? Tone::kGood : Tone::kBad),
             arrived ? Cell() : Cell::text(test.outcome.error().detail)});
    }
    return listing;
}

/// Keeps what became of the tests, for health. While another process writes they are sent all the
/// same: it is just then that somebody asks.
Status record(const std::vector<Tested>& tested, const std::vector<AlertChannel>& channels,
              const Context& context) {
    const auto home = context.open_home(store::Access::kReadWrite);
    if (!home && home.error().code() == ErrorCode::kBusy) {
        print_note("the tests are not recorded: " + home.error().message());
        return {};
    }
    if (!home) return std::unexpected(home.error());
    for (const Tested& test : tested)
        TIPOFF_CHECK(operate::record_test((*home)->database(), channels, *test.channel,
                                          test.outcome, context.clock()));
    return {};
}

Expected<ExitCode> test(const TestOptions& options, const Context& context) {
    TIPOFF_TRY(const auto channels, channels_to_test(options, context));
    std::vector<Tested> tested;
    tested.reserve(channels.size());
    for (const AlertChannel& channel : channels)
        tested.push_back({&channel, operate::send_test(channel, context.clock())});
    print_listing(listing_of(tested), options.format, "channels");
    TIPOFF_CHECK(record(tested, channels, context));
    const bool all_arrived =
        std::ranges::all_of(tested, [](const Tested& t) { return t.outcome.has_value(); });
    return all_arrived ? ExitCode::kDone : ExitCode::kIncomplete;
}

}  // namespace

void add_alerts_command(CommandLine& commands) {
    CommandLine alerts = commands.group(
        {.name = "alerts",
         .summary = "Alerts raised, and a test of the channels on which they go out",
         .description = "Mail and webhook are configured under alerts: in the file of --config. "
                        "What is wrong is told once, then counted, then told in one digest.",
         .examples = {{{"alerts list --state open", "What is wrong now."},
                       {"alerts test --config tipoff.yaml", "Does a message arrive?"}}}});
    const auto listed = std::make_shared<ListOptions>();
    alerts
        .command({.name = "list",
                  .summary = "Alerts, the newest first",
                  .description = "Exit code 0 whatever they say: alerts are findings.",
                  .examples = {{{"alerts list --state open", "Those that are not resolved."},
                                {"alerts list --since 24h --format json",
                                 "All that were raised within a day, for a script."}}}},
                 HomeUse::kShared, [listed](Context& context) { return list(*listed, context); })
        .choice("--state", listed->state, {"open", "resolved"}, "only alerts in this state")
        .text("--since", listed->since, "raised in this span (24h, 7d) or since this date")
        .format(listed->format);
    const auto tested = std::make_shared<TestOptions>();
    alerts
        .command({.name = "test",
                  .summary = "Sends a test through every channel",
                  .description = "Exit code 3: a test did not arrive, and the output says why; 2: "
                                 "no channel is configured.",
                  .examples = {{{"alerts test --config tipoff.yaml", "Through every channel."},
                                {"alerts test --config tipoff.yaml --channel webhook",
                                 "Through one."}}}},
                 HomeUse::kShared, [tested](Context& context) { return test(*tested, context); })
        .choice("--channel", tested->channel,
                {std::string(operate::kEmailChannel), std::string(operate::kWebhookChannel)},
                "only this channel")
        .format(tested->format);
}

}  // namespace tipoff::cli
