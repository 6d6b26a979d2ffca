#include "cli/config_keys.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.h"
#include "cli/context.h"
#include "cli/installation.h"
#include "coordinate/jetstream/options.h"

namespace tipoff::cli {
namespace {

constexpr std::string_view kText = "text";
constexpr std::string_view kPath = "path, from where the file lies";
constexpr std::string_view kWhole = "whole number";
constexpr std::string_view kTruth = "`true` or `false`";
constexpr std::string_view kKeys = "keys of its own";

constexpr std::int64_t kMostMessages = 1'000;
constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
constexpr std::int64_t kMostConnections = 20'000;
constexpr std::int64_t kMostMilliseconds = 3'600'000;
constexpr std::int64_t kMostRequests = 100'000'000;

template <class Number>
std::string digits(Number number) {
    if constexpr (requires { number.count(); }) {
        return fmt::format("{}", number.count());
    } else {
        return fmt::format("{}", number);
    }
}

void add_file_keys(std::vector<ConfigKey>& keys) {
    const Settings usual;
    keys.insert(
        keys.end(),
        {{"", "home", kPath, "`~/.tipoff`", "`--home`, `TIPOFF_HOME`",
          "Folder of the database, the archive and the models."},
         {"", "database", kText, "the home's own file", "`--database`, `TIPOFF_DATABASE`",
          "`postgresql://USER@HOST:PORT/NAME`: a server in place of the file; a password in it is "
          "refused."},
         {"", "wait", "seconds: `30` or `30s`, `0` for not at all, a week at most",
          digits(usual.wait), "`--wait`",
          "How long to wait for another process that writes the home."},
         {"", "log-level", "`debug`, `info`, `warn`, `error` or `off`", "`warn`", "`--log-level`",
          "What is logged, on standard error."},
         {"", "workflows", kPath, "`workflows.yaml` of the home, else the program's own", "",
          "The file of jobs ([the schedule](schedule.md))."},
         {"", "alternate-lines", kTruth, fmt::format("`{}`", usual.alternate_lines), "",
          "Whether The Odds API is asked for alternate ladders as well: twice the credits "
          "([collecting](collecting.md#lines))."},
         {"", "alerts", kKeys, "nobody is told", "", "Whom to tell of what ([alerts](alerts.md))."},
         {"", "serve", kKeys, "as below", "", "Of the service ([the API](api.md#configuring))."}});
}

void add_policy_keys(std::vector<ConfigKey>& keys, std::string_view section) {
    const operate::ChannelPolicy usual;
    const bool is_for_all = section == kAlertsSection;
    const auto or_of_all = [is_for_all](std::string text) {
        return is_for_all ? std::move(text) : "as in `alerts`";
    };
    keys.insert(
        keys.end(),
        {{section, "least_severity", "`info`, `warning`, `error` or `critical`",
          or_of_all(fmt::format("`{}`", operate::word_of(usual.least_severity))), "",
          "What is less grave is not told."},
         {section, "cap_per_hour", kWhole, or_of_all(digits(usual.cap_per_hour)), "",
          "Messages in any hour, digests counted.", kMostMessages},
         {section, "daily_summary", kTruth, or_of_all(fmt::format("`{}`", usual.daily_summary)), "",
          "Whether the day's summary is sent."}});
}

void add_alert_keys(std::vector<ConfigKey>& keys) {
    add_policy_keys(keys, kAlertsSection);
    keys.insert(keys.end(),
                {{kAlertsSection, "email", kKeys, "no e-mail", "", "The channel `email`."},
                 {kAlertsSection, "webhook", kKeys, "no webhook", "", "The channel `webhook`."}});
    add_policy_keys(keys, kEmailSection);
    keys.insert(keys.end(),
                {{kEmailSection, "server", "`smtp://HOST:PORT` or `smtps://HOST:PORT`", "needed",
                  "", "Where mail is handed in."},
                 {kEmailSection, "from", "mailbox", "needed", "", "Who writes."},
                 {kEmailSection, "to", "mailbox, or a list of them", "needed", "", "Who is told."},
                 {kEmailSection, "user", kText, "no login", "", "With a password: the login."},
                 {kEmailSection, "password_file", kPath, "no password", "`TIPOFF_SMTP_PASSWORD`",
                  "A file of mode 0600 (or 0400) with the password in its first line."},
                 {kEmailSection, "ca_file", kPath, "what the system trusts", "",
                  "Certificate of a server that the system does not trust."}});
    add_policy_keys(keys, kWebhookSection);
    keys.push_back({kWebhookSection, "url_file", kPath, "needed, or the variable",
                    "`TIPOFF_WEBHOOK_URL`",
                    "A file of mode 0600 (or 0400) with the URL in its first line."});
}

void add_serve_keys(std::vector<ConfigKey>& keys) {
    const ServeSettings usual;
    const serve::Limits& limits = usual.limits;
    keys.insert(
        keys.end(),
        {{kServeSection, "listen", "`HOST:PORT`", fmt::format("`{}`", kUsualAddress), "`--listen`",
          "Where it answers; port 0 is any that is free."},
         {kServeSection, "loopback_reads_without_token", kTruth,
          fmt::format("`{}`", usual.loopback_reads_without_token), "",
          "Whether callers on this machine may read without a token."},
         {kServeSection, "body_bytes", kWhole, digits(limits.body_bytes), "",
          "Size of a request's body, at the most.", kMostBytes},
         {kServeSection, "connections", kWhole, digits(limits.connections), "",
          "Connections at a time; one more is refused.", kMostConnections},
         {kServeSection, "request_ms", kWhole, digits(limits.request_time), "",
          "Milliseconds from a request's first byte to its last.", kMostMilliseconds},
         {kServeSection, "answer_ms", kWhole, digits(limits.answer_time), "",
          "Milliseconds for a caller to take the whole of an answer.", kMostMilliseconds},
         {kServeSection, "idle_ms", kWhole, digits(limits.idle_time), "",
          "Milliseconds that a connection may stand between two requests.", kMostMilliseconds},
         {kServeSection, "requests_a_minute", kWhole, digits(limits.requests_a_minute), "",
          "Requests of one token.", kMostRequests},
         {kServeSection, "wrong_tokens_a_minute", kWhole, digits(limits.wrong_tokens), "",
          "Wrong tokens from one address, before it is refused for a while.", kMostRequests}});
}

constexpr std::array kVariables{
    EnvironmentVariable{kHomeVariable, "The home, in place of the key `home`."},
    EnvironmentVariable{kDatabaseVariable,
                        "The URL of a PostgreSQL server, in place of the key `database`."},
    EnvironmentVariable{kUpstreamsVariable,
                        "One address that is asked in place of every upstream, as `--upstreams`: "
                        "`http://127.0.0.1:8099`.",
                        true},
    EnvironmentVariable{kSmtpPasswordVariable,
                        "The password of `alerts.email`; goes before `password_file`.", true},
    EnvironmentVariable{kWebhookUrlVariable, "The URL of `alerts.webhook`; goes before `url_file`.",
                        true},
    EnvironmentVariable{coordinate::jetstream::kCredentialsVariable,
                        "A file of mode 0600 with `user:password` in its first line, or a "
                        "credentials file of NATS ([scale](scale.md#the-queue))."},
    EnvironmentVariable{coordinate::jetstream::kCertificatesVariable,
                        "A file of certificates, where the system has none for the NATS servers."},
    EnvironmentVariable{"PGPASSWORD",
                        "The password of the PostgreSQL server, read by its library as its other "
                        "variables are; better in `~/.pgpass`."},
    EnvironmentVariable{"HOME", "Whose `.tipoff` is the home where nothing else names one."},
    EnvironmentVariable{"USER", "Who paused a job, for `schedule list`.", true},
    EnvironmentVariable{"NO_COLOR", "Not empty: no colours on a terminal."},
    EnvironmentVariable{"TERM", "`dumb`: no colours on a terminal."},
    EnvironmentVariable{"OMP_WAIT_POLICY",
                        "How threads of the trees wait; without it the program starts itself again "
                        "with `PASSIVE`."},
};

constexpr std::array kUpstreamKeys{
    UpstreamKey{"balldontlie", "BDL_API_KEY", "standings and box scores", "balldontlie.io"},
    UpstreamKey{"the-odds-api", "ODDS_API_KEY", "game and player lines", "the-odds-api.com"},
    UpstreamKey{"bettingpros", "BETTINGPROS_API_KEY", "player lines of many books",
                "bettingpros.com"},
};

bool is_key(std::string_view variable) {
    return std::ranges::find(kUpstreamKeys, variable, &UpstreamKey::variable) !=
           kUpstreamKeys.end();
}

std::string section_table(std::string_view section) {
    std::string page =
        "| key | value | without it | before it go | meaning |\n|---|---|---|---|---|\n";
    for (const ConfigKey& key : config_keys()) {
        if (key.section != section) continue;
        page += fmt::format(
            "| `{}` | {} | {} | {} | {} |\n", key.name,
            key.most > 0 ? fmt::format("{}, 1 to {}", key.type, key.most) : std::string(key.type),
            key.usual, key.override, key.meaning);
    }
    return page;
}

}  // namespace

std::span<const ConfigKey> config_keys() {
    static const std::vector<ConfigKey> keys = [] {
        std::vector<ConfigKey> made;
        add_file_keys(made);
        add_alert_keys(made);
        add_serve_keys(made);
        return made;
    }();
    return keys;
}

const ConfigKey& config_key(std::string_view section, std::string_view name) {
    const auto keys = config_keys();
    const auto found = std::ranges::find_if(
        keys, [&](const ConfigKey& key) { return key.section == section && key.name == name; });
    require(found != keys.end(), "a key of the configuration that is not declared");
    return *found;
}

std::string names_of_keys(std::string_view section) {
    std::string names;
    for (const ConfigKey& key : config_keys()) {
        if (key.section != section) continue;
        names += fmt::format("{}{}", names.empty() ? "" : ", ", key.name);
    }
    return names;
}

std::span<const EnvironmentVariable> environment_variables() { return kVariables; }

std::span<const UpstreamKey> upstream_keys() { return kUpstreamKeys; }

bool is_variable(std::string_view name) {
    return is_key(name) ||
           std::ranges::find(kVariables, name, &EnvironmentVariable::name) != kVariables.end();
}

bool goes_along(std::string_view variable) {
    const auto known = std::ranges::find(kVariables, variable, &EnvironmentVariable::name);
    return known != kVariables.end() ? known->goes_along : is_key(variable);
}

std::string configuration_page() {
    std::string page =
        "# Configuration\n\nMade by `tipoff schema --configuration` from the declarations in "
        "`src/cli/config_keys.cpp`; a test keeps the two the same. An option goes before the\n"
        "environment, that before the file of `--config FILE`. No file is read unless it is named. "
        "The file is YAML; a key that is not here is refused by its name and\n"
        "line, and so is a value that is none. [Getting started](getting-started.md) has a whole "
        "one.\n\n## The file\n\n";
    page += section_table("");
    for (const std::string_view section :
         {kAlertsSection, kEmailSection, kWebhookSection, kServeSection}) {
        page += fmt::format("\n## {}\n\n{}", section, section_table(section));
    }
    page +=
        "\n## The environment\n\nWhat goes along is taken with a command to the process that does "
        "it ([one home](one-home.md)).\n\n| variable | | meaning |\n|---|---|---|\n";
    for (const EnvironmentVariable& variable : environment_variables()) {
        page += fmt::format("| `{}` | {} | {} |\n", variable.name,
                            variable.goes_along ? "goes along" : "", variable.meaning);
    }
    page += fmt::format(
        "\n## Keys of upstreams\n\nFrom the environment, else from the first line of "
        "`HOME/{}/VARIABLE`, a file of mode 0600 (or 0400). Another mode is refused. NBA.com, ESPN "
        "and\nBasketball-Reference ask for none. `tipoff doctor` says which are there, and never "
        "what they are.\n\n| variable | from | collects |\n|---|---|---|\n",
        kKeysFolder);
    for (const UpstreamKey& key : upstream_keys())
        page += fmt::format("| `{}` | {} | {} |\n", key.variable, key.from, key.purpose);
    return page;
}

}  // namespace tipoff::cli
