#pragma once
/// A connection to a JetStream cluster. Only for sources of jetstream/.
///
/// The library finds another server by itself when one is lost, and tries for ever. What is asked
/// meanwhile fails; `persist` asks again until the options' patience is over.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "coordinate/jetstream/nats_handle.h"
#include "coordinate/jetstream/options.h"

namespace tipoff::coordinate::jetstream {

class Connection {
public:
    /// `clock` outlives it. `kIo` where none of the servers answers, `kRefused` where they do not
    /// let in or have no JetStream.
    static Expected<std::unique_ptr<Connection>> open(const Options& options, const Clock& clock);

    [[nodiscard]] natsConnection& get() const { return *connection_; }
    [[nodiscard]] jsCtx& context() const { return *context_; }
    [[nodiscard]] const Options& options() const { return options_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] bool is_up() const;

    /// A subject of this queue: "tipoff.item.…".
    [[nodiscard]] std::string subject(std::string_view kind, std::string_view rest) const;

    /// A stream of this queue: "tipoff-items".
    [[nodiscard]] std::string stream(std::string_view kind) const;

    /// Asks until it is answered or is an error that will stay; nobody answering passes. `call`
    /// gives the library's status and the server's code.
    using Call = std::function<natsStatus(jsErrCode*)>;
    Status persist(std::string_view doing, const Call& call) const;

    /// Lets time go by before something is tried again.
    static void pause();

private:
    Connection(Options options, const Clock& clock) : options_(std::move(options)), clock_(clock) {}

    [[nodiscard]] Status check_has_jetstream() const;

    Options options_;
    const Clock& clock_;
    ConnectionHandle connection_;
    ContextHandle context_;  ///< goes before the connection
};

/// Whether the same may be answered a little later.
[[nodiscard]] bool passes(natsStatus status, jsErrCode code);

/// What the library says of a failed call, with what was being done: "publishing: timeout".
[[nodiscard]] Error error_of(natsStatus status, jsErrCode code, std::string_view doing);

/// An item's id as the end of a subject: "2026-01-20-1.1/7" is "2026-01-20-1.1.7".
[[nodiscard]] std::string subject_of_id(std::string_view id);

}  // namespace tipoff::coordinate::jetstream
