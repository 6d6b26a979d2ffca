#pragma once
/// The listening socket: requests in, answers out.
///
/// cpp-httplib stands behind it, and its header is in listener.cpp alone. Of the library are the
/// accepting of connections and the reading of a request's head. What it would do less well is done
/// here: connections with times and sizes of their own (`connection.h`), threads as they are
/// needed, bodies, and answers, which go out as they are, in one call of the system.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "serve/limits.h"
#include "serve/message.h"

namespace tipoff::serve {

/// "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:8080"; port 0 is any that is free.
struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;

    /// `kUsage` for anything else.
    [[nodiscard]] static Expected<ListenAddress> parse(std::string_view text);

    /// Whether nobody on another machine can reach it.
    [[nodiscard]] bool is_loopback() const;

    /// Whether a URL of this machine leads to it: the same port, and the same host or one that
    /// stands for this machine where all of its addresses are listened at, or loopback's.
    [[nodiscard]] bool is_reached_by(std::string_view url) const;
};

class Listener {
public:
    /// Called from many threads at once; never throws.
    using Answer = std::function<Response(const RawRequest&)>;

    /// Listens, and answers from now on. `kBusy` where the address is taken, `kIo` where it cannot
    /// be had. `clock` outlives it.
    static Expected<std::unique_ptr<Listener>> open(const ListenAddress& address,
                                                    const Limits& limits, const Clock& clock,
                                                    Answer answer);
    ~Listener();

    /// Takes no more connections; returns when the requests under way are answered. Once.
    void stop();

    /// "http://127.0.0.1:8080".
    [[nodiscard]] std::string url() const;

    /// Connections that are open.
    [[nodiscard]] std::size_t connections() const;

private:
    class Server;
    explicit Listener(std::unique_ptr<Server> server);
    std::unique_ptr<Server> server_;
};

}  // namespace tipoff::serve
