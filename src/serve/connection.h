#pragma once
/// One connection of a caller: what is read of it and written to it, each within a time and a size.

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "serve/limits.h"

namespace tipoff::serve {

class Connection {
public:
    /// What a caller did wrong, or what became of him.
    enum class Fault : std::uint8_t { kNone, kHeadTooLarge, kTooSlow, kGone };

    /// Owns `socket`. `ending` is a descriptor that is readable once the service ends. The others
    /// outlive it.
    Connection(int socket, int ending, const Limits& limits, const Clock& clock);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Ends it; a caller who is still sending gets the answer that he has been given all the same.
    ~Connection();

    /// Waits for the first byte of the next request; false where there comes none.
    [[nodiscard]] bool wait_for_request();

    /// Bytes of the request, some at least; 0 where the caller ends it, negative for a fault.
    ssize_t read(char* target, std::size_t most);

    /// The caller is answered before all that he sends has been read.
    void leave_unread() { has_unread_ = true; }

    /// What is sent from now on is given up when the service ends.
    void end_with_service() { ends_with_service_ = true; }

    /// The head has been read: what follows counts against the body.
    void end_head() { is_head_ = false; }

    /// So many bytes of the body; false for a fault.
    [[nodiscard]] bool read_body(std::size_t size, std::string& body);

    /// Sends both, the second without copying it; false for a fault.
    bool send(std::string_view first, std::string_view second = {});

    /// Whether the caller has closed it, as far as one can tell without reading.
    [[nodiscard]] bool has_gone() const;

    [[nodiscard]] Fault fault() const { return fault_; }

    /// The address at the other end.
    [[nodiscard]] const std::string& peer() const { return peer_; }

private:
    enum class Ready : std::uint8_t { kYes, kTooLate, kEnding, kGone };
    /// Until the socket may be read or written.
    Ready wait(short events, std::chrono::microseconds until, bool watch_ending) const;
    bool fill();
    void drain() const;

    int socket_;
    int ending_;
    const Limits& limits_;
    const Clock& clock_;
    std::string peer_;
    std::vector<char> buffer_;
    std::size_t read_at_ = 0;  ///< of the buffer
    std::size_t filled_to_ = 0;
    std::size_t head_bytes_ = 0;
    bool is_head_ = false;
    bool has_unread_ = false;
    bool ends_with_service_ = false;
    std::chrono::microseconds deadline_{};
    Fault fault_ = Fault::kNone;
};

}  // namespace tipoff::serve
