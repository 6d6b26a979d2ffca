#pragma once
/// Where a JetStream queue is and how it is used.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "coordinate/work_queue.h"

namespace tipoff::coordinate::jetstream {

/// The environment variable that names a file of credentials.
inline constexpr const char* kCredentialsVariable = "TIPOFF_NATS_CREDS";

/// The environment variable that names a file with the certificates by which servers are known,
/// where the system does not know them.
inline constexpr const char* kCertificatesVariable = "TIPOFF_NATS_CA";

/// "nats://host:port,host:port/NAME", or "tls://…": servers of one cluster, and the queue's name on
/// it.
struct QueueAddress {
    std::vector<std::string> servers;  ///< "nats://host:port"
    std::string name = "tipoff";       ///< what its streams and subjects begin with
    bool is_encrypted = false;         ///< by TLS; servers have to have certificates of their names
};

/// `kUsage` for what is no such address. One with a user or password in it is refused without
/// being repeated: they belong into a file.
Expected<QueueAddress> parse_address(std::string_view url);

/// The address again, as it may stand in a log.
[[nodiscard]] std::string to_string(const QueueAddress& address);

struct Options {
    QueueAddress address;

    /// A file of mode 0600: "user:password" in its first line, or a credentials file of NATS.
    std::optional<std::filesystem::path> credentials;

    /// Certificates, in PEM, in place of the system's.
    std::optional<std::filesystem::path> certificates;

    /// Copies of every stream. Nothing: three on a cluster and one on a server by itself.
    std::optional<int> replicas;

    std::chrono::milliseconds silent_worker_loses = kSilentWorkerLoses;

    /// An item that was given back waits for so long, times its deliveries: what was missing may be
    /// there by then.
    std::chrono::milliseconds again_after{500};

    /// A queue that cannot be reached for so long is an error. A cluster that lost a node elects
    /// for five to ten seconds.
    std::chrono::milliseconds patience{60'000};
};

}  // namespace tipoff::coordinate::jetstream
