#include "cli/context.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <thread>

#include "base/league_day.h"
#include "cli/home_listener.h"
#include "operate/catalogue.h"
#include "serve/home_socket.h"

namespace tipoff::cli {
namespace {

constexpr std::chrono::milliseconds kOpenPoll{50};

/// From now on others may ask. Where the file system has no sockets they wait, as they would.
void let_others_ask(store::Home& home) {
    auto listener = HomeListener::listen(home, HandOver::kReads);
    if (listener) {
        home.keep(*std::move(listener));
    } else {
        spdlog::warn("others have to wait while this command writes: {}",
                     listener.error().message());
    }
}

}  // namespace

Context::Context(Settings settings, std::string command, HomeUse use)
    : settings_(std::move(settings)),
      clock_(settings_.now ? SystemClock(*settings_.now) : SystemClock()),
      command_(std::move(command)),
      use_(use) {}

Context::Context(Settings settings, std::string command, HomeSource& source)
    : Context(std::move(settings), std::move(command), HomeUse::kShared) {
    source_ = &source;
}

Expected<std::filesystem::path> Context::home_folder() const {
    if (settings_.home) return *settings_.home;
    return fail(ErrorCode::kUsage,
                "there is no home: neither --home nor TIPOFF_HOME nor HOME is set",
                "pass --home DIR");
}

Expected<GameDate> Context::date(std::string_view option, std::string_view text) const {
    auto date = parse_league_day(text, clock_.league_now());
    if (date) return date;
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

bool Context::may_ask_owner(const std::filesystem::path& folder) const {
    if (use_ != HomeUse::kShared || folder != settings_.home) return false;
    if (!not_asked_.empty() && store::lock_holder(folder) == not_asked_) return false;
    const auto call = serve::call_home(folder);
    // A call that fails is told by who makes it in earnest.
    return !call || call->has_value();
}

Error Context::busy_error(const std::filesystem::path& folder, const Error& busy) const {
    const std::string writer = store::lock_holder(folder);
    if (writer.empty()) return busy;
    return {ErrorCode::kBusy, fmt::format("{} is being written by {}", folder.string(), writer),
            use_ == HomeUse::kAlone
                ? "this command needs the home for itself: end that process, or pass --wait SECONDS"
                : "wait for it to end, or pass --wait SECONDS"};
}

Expected<std::unique_ptr<store::Home>> Context::open_home(store::Access access) const {
    if (source_ != nullptr) return source_->open(access, settings_.wait);
    TIPOFF_TRY(const auto folder, home_folder());
    return open_home(folder, settings_.database, access);
}

Expected<std::unique_ptr<store::Home>> Context::open_home(const std::filesystem::path& folder,
                                                          store::Access access) const {
    return open_home(folder, "", access);
}

Expected<std::unique_ptr<store::Home>> Context::open_home(const std::filesystem::path& folder,
                                                          const std::string& database,
                                                          store::Access access) const {
    const auto deadline = clock_.elapsed() + settings_.wait;
    const store::HomeOptions options{
        .access = access, .wait = {}, .command = command_, .database_url = database, .engine = {}};
    while (true) {
        auto home = store::open_home(folder, operate::catalogue(), options, clock_);
        if (home) {
            // One that needs the home for itself says when others may ask, if ever.
            const bool writes = access == store::Access::kReadWrite;
            if (writes && use_ != HomeUse::kAlone) let_others_ask(**home);
            return home;
        }
        if (home.error().code() != ErrorCode::kBusy) return home;
        found_owner_ = may_ask_owner(folder);
        if (found_owner_ || clock_.elapsed() >= deadline)
            return std::unexpected(busy_error(folder, home.error()));
        std::this_thread::sleep_for(kOpenPoll);
    }
}

}  // namespace tipoff::cli
