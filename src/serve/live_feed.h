#pragma once
/// What goes on, told to whoever listens: one look at the data for all of them.
///
/// A thread of its own looks while there are listeners, at once after `wake` and ten times a second
/// otherwise, as `DataVersion` does. Each listener has a queue and a thread that writes it out; one
/// whose queue grows too long is let go, and nobody waits for him.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "serve/data_version.h"

namespace tipoff::serve {

/// Of the text/event-stream format.
struct LiveEvent {
    std::string name;
    std::string data;  ///< one line

    /// "event: changed\ndata: {...}\n\n".
    [[nodiscard]] std::string text() const;
};

/// What a source is told of the look that it takes part in.
struct LiveLook {
    bool is_first = false;     ///< nobody has listened until now: what is there is not news
    bool has_changed = false;  ///< the data, as far as its version says
};

/// Looks for what is new since its last look. Called from one thread.
using LiveSource = std::function<Expected<std::vector<LiveEvent>>(const LiveLook&)>;

/// One listener.
class LiveStream {
public:
    /// `token_id` is empty for one without a token.
    explicit LiveStream(std::string token_id) : token_id_(std::move(token_id)) {}

    /// What is to be sent next; empty where there was nothing for so long; nothing at the end.
    std::optional<std::string> next(std::chrono::milliseconds within);

    /// To be sent. Ends the stream where more waits than a listener may be behind.
    void offer(const std::shared_ptr<const std::string>& text);
    void end();

private:
    friend class LiveFeed;

    std::string token_id_;
    bool knows_version_ = false;  ///< the feed's own
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<std::shared_ptr<const std::string>> waiting_;
    std::size_t waiting_bytes_ = 0;
    bool has_ended_ = false;
};

class LiveFeed {
public:
    /// What waits for one listener is at most so much.
    static constexpr std::size_t kMostWaitingBytes = std::size_t{1} << 20;

    /// Both outlive it.
    LiveFeed(DataVersion& version, const Clock& clock, std::size_t most_streams);
    LiveFeed(const LiveFeed&) = delete;
    LiveFeed& operator=(const LiveFeed&) = delete;
    ~LiveFeed() { stop(); }

    /// Before anybody listens.
    void add(LiveSource source) { sources_.push_back(std::move(source)); }

    /// A stream that begins with the present version; `kBusy` where there are too many, or none any
    /// more. It counts for as long as it is held.
    Expected<std::shared_ptr<LiveStream>> listen(std::string token_id);

    /// Something was committed.
    void wake();

    /// Ends all streams, and begins no more.
    void stop();

private:
    using Streams = std::vector<std::shared_ptr<LiveStream>>;

    void work();
    /// False where the data could not be looked at.
    bool look(const Streams& streams, bool is_first, bool is_woken);
    std::vector<LiveEvent> news(const LiveLook& look);

    DataVersion& version_;
    const Clock& clock_;
    std::size_t most_streams_;
    std::vector<LiveSource> sources_;

    // Of the looking thread.
    std::uint64_t seen_version_ = 0;
    bool owes_a_look_ = false;  ///< a source could not look at a change

    std::mutex mutex_;
    std::condition_variable woken_;
    std::vector<std::weak_ptr<LiveStream>> listeners_;
    bool is_woken_ = false;
    bool is_ending_ = false;
    std::thread thread_;  ///< once somebody has listened
};

}  // namespace tipoff::serve
