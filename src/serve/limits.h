#pragma once
/// What a caller may ask of the service, and how long it waits for him.

#include <chrono>
#include <cstddef>

namespace tipoff::serve {

struct Limits {
    // A request.
    std::size_t head_bytes = std::size_t{16} << 10;  ///< request line and headers
    std::size_t body_bytes = std::size_t{1} << 20;   ///< more than any document that is taken
    std::chrono::milliseconds request_time{10'000};  ///< from its first byte to its last
    std::chrono::milliseconds answer_time{30'000};  ///< for a caller to take the whole of an answer

    // A connection. Each has a thread of its own.
    std::size_t connections = 1'200;
    std::chrono::milliseconds idle_time{5'000};  ///< between two requests

    // A caller.
    std::size_t requests_a_minute = 6'000;  ///< of a token
    std::size_t wrong_tokens = 10;          ///< a minute, from one address

    // The database.
    std::size_t questions = 4;                       ///< that are answered side by side
    std::chrono::milliseconds question_time{5'000};  ///< to wait for one's turn
    std::size_t streams = 100;                       ///< long answers under way

    // Who listens to what goes on.
    std::size_t listeners = 100;
    std::chrono::milliseconds silence{15'000};  ///< before he gets a sign of life
};

}  // namespace tipoff::serve
