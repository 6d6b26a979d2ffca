#pragma once
/// What may stand in the file of `--config`, and which variables of the environment count: declared
/// once. Reading, its error messages, `tipoff doctor` and the page `docs/configuration.md` take it
/// from here.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tipoff::cli {

inline constexpr std::string_view kAlertsSection = "alerts";
inline constexpr std::string_view kEmailSection = "alerts.email";
inline constexpr std::string_view kWebhookSection = "alerts.webhook";
inline constexpr std::string_view kServeSection = "serve";

struct ConfigKey {
    std::string_view section;  ///< empty: of the file itself
    std::string_view name;
    std::string_view type;      ///< in words; a whole number has its bounds beside
    std::string usual;          ///< what holds without it, in words
    std::string_view override;  ///< option and variable that go before it; empty where none does
    std::string_view meaning;
    std::int64_t most = 0;  ///< of a whole number, which is 1 at least
};

/// All, by section; in the order of the page.
[[nodiscard]] std::span<const ConfigKey> config_keys();

/// A declared key; another one is a broken invariant.
[[nodiscard]] const ConfigKey& config_key(std::string_view section, std::string_view name);

/// "home, database, wait": the keys of a section.
[[nodiscard]] std::string names_of_keys(std::string_view section);

/// A variable of the environment.
struct EnvironmentVariable {
    std::string_view name;
    std::string_view meaning;
    bool goes_along = false;  ///< with a command that another process does
};

/// A key that an upstream asks for: of the variable, else of the file of that name in the home's
/// folder `keys`.
struct UpstreamKey {
    std::string_view upstream;
    std::string_view variable;
    std::string_view purpose;  ///< what is collected with it
    std::string_view from;     ///< where one gets it
};

inline constexpr std::string_view kHomeVariable = "TIPOFF_HOME";
inline constexpr std::string_view kDatabaseVariable = "TIPOFF_DATABASE";
inline constexpr std::string_view kUpstreamsVariable = "TIPOFF_UPSTREAMS";
inline constexpr std::string_view kSmtpPasswordVariable = "TIPOFF_SMTP_PASSWORD";
inline constexpr std::string_view kWebhookUrlVariable = "TIPOFF_WEBHOOK_URL";

/// Keys of upstreams are not among them.
[[nodiscard]] std::span<const EnvironmentVariable> environment_variables();

[[nodiscard]] std::span<const UpstreamKey> upstream_keys();

/// Whether it is one of either.
[[nodiscard]] bool is_variable(std::string_view name);

/// Whether a variable goes along with a command that another process does: keys of upstreams do.
[[nodiscard]] bool goes_along(std::string_view variable);

/// The page `docs/configuration.md`.
[[nodiscard]] std::string configuration_page();

}  // namespace tipoff::cli
