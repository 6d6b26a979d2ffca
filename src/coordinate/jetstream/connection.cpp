#include "coordinate/jetstream/connection.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "base/process_name.h"
#include "base/secret.h"

namespace tipoff::coordinate::jetstream {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kConnects{2'000};

/// A server that says nothing to two pings is lost: a cut cable shows in no other way.
constexpr milliseconds kPingEvery{2'000};
constexpr int kPingsUnanswered = 2;

/// Between two rounds through the servers, and what is drawn on top so that not all workers come
/// back at once.
constexpr milliseconds kReconnectAfter{200};
constexpr milliseconds kReconnectJitter{200};
constexpr int kForEver = -1;

/// What a request waits for its answer; an election takes several such.
constexpr milliseconds kAnswers{2'000};

constexpr milliseconds kPause{100};

constexpr std::string_view kBeginsCredentials = "-----BEGIN";

std::string server_of(natsConnection* connection) {
    std::array<char, 256> url{};
    const natsStatus status = natsConnection_GetConnectedUrl(connection, url.data(), url.size());
    return status == NATS_OK ? url.data() : "";
}

void told_lost(natsConnection* connection, void*) {
    if (natsConnection_IsClosed(connection)) return;  // by ourselves
    spdlog::warn("the queue's server is lost; looking for another");
}

void told_found(natsConnection* connection, void*) {
    spdlog::warn("the queue goes on at {}", server_of(connection));
}

/// What the library reports besides its calls' results: kept from its standard error.
void told_error(natsConnection*, natsSubscription*, natsStatus status, void*) {
    spdlog::debug("queue: {}", natsStatus_GetText(status));
}

Status add_credentials(natsOptions* options, const std::filesystem::path& path) {
    TIPOFF_TRY(const Secret line, read_secret_file(path));
    const std::string& text = line.reveal();
    if (text.starts_with(kBeginsCredentials)) {
        if (natsOptions_SetUserCredentialsFromFiles(options, path.c_str(), nullptr) == NATS_OK)
            return {};
    } else if (const std::size_t colon = text.find(':'); colon != std::string::npos) {
        if (natsOptions_SetUserInfo(options, text.substr(0, colon).c_str(),
                                    text.substr(colon + 1).c_str()) == NATS_OK)
            return {};
    }
    return fail(ErrorCode::kInvalidInput,
                fmt::format("{} has no credentials of a NATS server", path.string()),
                "user:password in its first line, or a credentials file of nsc");
}

Status add_encryption(natsOptions* options, const Options& from) {
    natsStatus status = natsOptions_SetSecure(options, true);
    if (status == NATS_OK && from.certificates) {
        status = natsOptions_LoadCATrustedCertificates(options, from.certificates->c_str());
        if (status != NATS_OK) {
            return fail(ErrorCode::kInvalidInput,
                        fmt::format("{} has no certificates in PEM", from.certificates->string()));
        }
    }
    if (status == NATS_OK) return {};
    return std::unexpected(error_of(status, {}, "TLS"));
}

Expected<OptionsHandle> library_options(const Options& options) {
    OptionsHandle made;
    std::vector<const char*> servers;
    servers.reserve(options.address.servers.size());
    for (const std::string& server : options.address.servers)
        servers.push_back(server.c_str());
    natsStatus status = into(made, natsOptions_Create);
    natsOptions* const to = made.get();
    const auto set = [&](auto&& call) {
        if (status == NATS_OK) status = call();
    };
    set([&] {
        return natsOptions_SetServers(to, servers.data(), static_cast<int>(servers.size()));
    });
    set([&] { return natsOptions_SetName(to, process_name().c_str()); });
    set([&] { return natsOptions_SetTimeout(to, kConnects.count()); });
    set([&] { return natsOptions_SetPingInterval(to, kPingEvery.count()); });
    set([&] { return natsOptions_SetMaxPingsOut(to, kPingsUnanswered); });
    set([&] { return natsOptions_SetMaxReconnect(to, kForEver); });
    set([&] { return natsOptions_SetReconnectWait(to, kReconnectAfter.count()); });
    set([&] {
        return natsOptions_SetReconnectJitter(to, kReconnectJitter.count(),
                                              kReconnectJitter.count());
    });
    set([&] { return natsOptions_SetFailRequestsOnDisconnect(to, true); });
    set([&] { return natsOptions_SetSendAsap(to, true); });
    set([&] { return natsOptions_SetDisconnectedCB(to, told_lost, nullptr); });
    set([&] { return natsOptions_SetReconnectedCB(to, told_found, nullptr); });
    set([&] { return natsOptions_SetErrorHandler(to, told_error, nullptr); });
    if (status != NATS_OK) return std::unexpected(error_of(status, {}, "the queue's options"));
    if (options.address.is_encrypted) TIPOFF_CHECK(add_encryption(to, options));
    if (options.credentials) TIPOFF_CHECK(add_credentials(to, *options.credentials));
    return made;
}

}  // namespace

Expected<std::unique_ptr<Connection>> Connection::open(const Options& options, const Clock& clock) {
    TIPOFF_TRY(const OptionsHandle library, library_options(options));
    std::unique_ptr<Connection> made(new Connection(options, clock));
    const natsStatus connected = into(
        made->connection_, [&](auto** out) { return natsConnection_Connect(out, library.get()); });
    if (connected == NATS_CONNECTION_AUTH_FAILED) {
        return fail(ErrorCode::kRefused,
                    fmt::format("{} does not let in", to_string(options.address)),
                    fmt::format("{} names a file with user:password", kCredentialsVariable));
    }
    if (connected == NATS_SSL_ERROR || connected == NATS_SECURE_CONNECTION_WANTED ||
        connected == NATS_SECURE_CONNECTION_REQUIRED) {
        return fail(ErrorCode::kRefused,
                    fmt::format("no safe connection to {}: {}", to_string(options.address),
                                natsStatus_GetText(connected)),
                    fmt::format("a server that is encrypted is tls://host:port, by the name in its "
                                "certificate; {} names who vouches for it where the system does "
                                "not know",
                                kCertificatesVariable));
    }
    if (connected != NATS_OK) {
        return fail(ErrorCode::kIo,
                    fmt::format("no queue answers at {}: {}", to_string(options.address),
                                natsStatus_GetText(connected)));
    }
    jsOptions context;
    jsOptions_Init(&context);
    context.Wait = kAnswers.count();
    const natsStatus status = into(made->context_, [&](auto** out) {
        return natsConnection_JetStream(out, made->connection_.get(), &context);
    });
    if (status != NATS_OK) return std::unexpected(error_of(status, {}, "JetStream"));
    TIPOFF_CHECK(made->check_has_jetstream());
    return made;
}

/// A server that has none says so at once; one of a cluster that still elects says nothing yet.
Status Connection::check_has_jetstream() const {
    jsAccountInfo* info = nullptr;
    jsErrCode code{};
    const natsStatus status = js_GetAccountInfo(&info, context_.get(), nullptr, &code);
    jsAccountInfo_Destroy(info);
    const bool has_none = status == NATS_NO_RESPONDERS || code == JSNotEnabledErr ||
                          code == JSNotEnabledForAccountErr;
    if (!has_none) return {};
    return fail(ErrorCode::kRefused,
                fmt::format("{} has no JetStream", to_string(options_.address)),
                "a server's configuration turns it on; deploy/nats has examples");
}

bool Connection::is_up() const {
    return natsConnection_Status(connection_.get()) == NATS_CONN_STATUS_CONNECTED;
}

std::string Connection::subject(std::string_view kind, std::string_view rest) const {
    return fmt::format("{}.{}.{}", options_.address.name, kind, rest);
}

std::string Connection::stream(std::string_view kind) const {
    return fmt::format("{}-{}", options_.address.name, kind);
}

void Connection::pause() { SleepingWaiter().wait(kPause); }

Status Connection::persist(std::string_view doing, const Call& call) const {
    const auto start = clock_.elapsed();
    while (true) {
        jsErrCode code{};
        const natsStatus status = call(&code);
        if (status == NATS_OK) return {};
        if (!passes(status, code) || clock_.elapsed() - start >= options_.patience)
            return std::unexpected(error_of(status, code, doing));
        pause();
    }
}

bool passes(natsStatus status, jsErrCode code) {
    switch (code) {
        case JSClusterNotAvailErr:
        case JSClusterNotLeaderErr:
        case JSClusterNoPeersErr:
        case JSInsufficientResourcesErr:
        case JSClusterIncompleteErr: return true;
        default: break;
    }
    switch (status) {
        case NATS_TIMEOUT:
        case NATS_NO_RESPONDERS:
        case NATS_CONNECTION_DISCONNECTED:
        case NATS_NO_SERVER:
        case NATS_STALE_CONNECTION:
        case NATS_IO_ERROR:
        case NATS_INSUFFICIENT_BUFFER: return true;
        default: return false;
    }
}

Error error_of(natsStatus status, jsErrCode code, std::string_view doing) {
    natsStatus last = NATS_OK;
    const char* const detail = code == jsErrCode{} ? nullptr : nats_GetLastError(&last);
    const std::string what =
        detail == nullptr || last == NATS_OK ? natsStatus_GetText(status) : std::string(detail);
    const ErrorCode kind = status == NATS_NOT_FOUND            ? ErrorCode::kNotFound
                           : status == NATS_NOT_PERMITTED      ? ErrorCode::kRefused
                           : status == NATS_MAX_PAYLOAD        ? ErrorCode::kInvalidInput
                           : passes(status, code) || code == 0 ? ErrorCode::kIo
                                                               : ErrorCode::kRefused;
    return {kind, fmt::format("{}: {}", doing, what)};
}

std::string subject_of_id(std::string_view id) {
    std::string subject(id);
    std::ranges::replace(subject, '/', '.');
    return subject;
}

}  // namespace tipoff::coordinate::jetstream
