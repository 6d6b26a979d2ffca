#include "cli/context.h"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "operate/catalogue.h"

namespace tipoff::cli {
namespace {

constexpr std::chrono::milliseconds kOpenPoll{50};

/// The process that holds the home's lock, by its own words; empty when nobody says.
std::string writer_of(const std::filesystem::path& folder) {
    std::ifstream file(folder / "tipoff.lock");
    std::string holder;
    std::getline(file, holder);
    return holder;
}

}  // namespace

Context::Context(Settings settings, std::string command)
    : settings_(std::move(settings)),
      clock_(settings_.now ? SystemClock(*settings_.now) : SystemClock()),
      command_(std::move(command)) {}

Expected<std::filesystem::path> Context::home_folder() const {
    if (settings_.home) return *settings_.home;
    return fail(ErrorCode::kUsage,
                "there is no home: neither --home nor TIPOFF_HOME nor HOME is set",
                "pass --home DIR");
}

Expected<GameDate> Context::date(std::string_view option, std::string_view text) const {
    if (text == "today") return today();
    if (text == "yesterday") return today().plus_days(-1);
    if (text == "tomorrow") return today().plus_days(1);
    const auto date = parse_date(text);
    if (date) return *date;
    return fail(ErrorCode::kUsage, fmt::format("{}: {}", option, date.error().message()),
                "YYYY-MM-DD, today, yesterday or tomorrow");
}

Expected<Instant> Context::instant(std::string_view option, std::string_view text) {
    const auto at = parse_instant(text);
    if (at) return *at;
    return fail(ErrorCode::kUsage, fmt::format("{}: {}", option, at.error().message()),
                "ISO 8601 with an offset: 2022-10-18T23:30:00Z or 2022-10-18T19:30:00-04:00");
}

Expected<operate::Workflows> Context::workflows() const {
    TIPOFF_TRY(const auto folder, home_folder());
    return operate::workflows_of(folder, settings_.workflows);
}

Expected<std::unique_ptr<store::Home>> Context::open_home(store::Access access) const {
    TIPOFF_TRY(const auto folder, home_folder());
    return open_home(folder, access);
}

Expected<std::unique_ptr<store::Home>> Context::open_home(const std::filesystem::path& folder,
                                                          store::Access access) const {
    const auto deadline = clock_.elapsed() + settings_.wait;
    while (true) {
        const auto left =
            std::chrono::floor<std::chrono::milliseconds>(deadline - clock_.elapsed());
        const store::HomeOptions options{.access = access,
                                         .wait = std::max(left, std::chrono::milliseconds{0}),
                                         .command = command_,
                                         .engine = {}};
        auto home = store::open_home(folder, operate::catalogue(), options, clock_);
        if (home || home.error().code() != ErrorCode::kBusy) return home;
        // The engine itself admits readers beside readers only, and does not wait.
        if (clock_.elapsed() < deadline) {
            std::this_thread::sleep_for(kOpenPoll);
            continue;
        }
        const std::string writer = access == store::Access::kReadOnly ? writer_of(folder) : "";
        if (writer.empty()) return home;
        return fail(ErrorCode::kBusy,
                    fmt::format("{} is being written by {}", folder.string(), writer),
                    "wait for it to end, or pass --wait SECONDS");
    }
}

}  // namespace tipoff::cli
