#pragma once
/// What two processes say to each other over a home's socket: frames, each a kind, a length and as
/// many bytes.
///
///     kind (1 byte) | length (4 bytes, the least significant first) | payload
///
/// One who asks sends one `kRequest`. The answer is `kRefused`, or `kAccepted`, what the command
/// prints in any number of `kOut` and `kErrors`, and in the end `kEnd` or `kNotNow`. Nothing that
/// is read is trusted: a kind or length that there is not is an error, and ends the talk.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tipoff::serve {

enum class FrameKind : std::uint8_t {
    kRequest = 1,   ///< fields: see `cli/handed_request.h`
    kAccepted = 2,  ///< text: who answers
    kRefused = 3,   ///< fields: code, message, hint
    kOut = 4,       ///< text for standard output
    kErrors = 5,    ///< text for standard error
    kEnd = 6,       ///< one byte: the exit code
    kNotNow = 7,    ///< fields: code, message, hint; nothing was done, and may be asked for again
};

struct Frame {
    FrameKind kind{};
    std::string payload;

    bool operator==(const Frame&) const = default;
};

/// A command line is a few hundred bytes; output comes in pieces.
inline constexpr std::size_t kMaxPayload = std::size_t{1} << 20;

/// Appends a frame's bytes. The payload is no longer than `kMaxPayload`.
void append_frame(std::string& bytes, const Frame& frame);

/// Frames out of bytes as they come.
class FrameReader {
public:
    void add(std::string_view bytes) { bytes_.append(bytes); }

    /// The next frame; nothing while it is not whole; `kInvalidInput` for bytes that are none, and
    /// from then on.
    Expected<std::optional<Frame>> next();

private:
    std::string bytes_;
};

/// Texts as one payload, and back. `kInvalidInput` for bytes that are none.
[[nodiscard]] std::string pack(const std::vector<std::string>& fields);
Expected<std::vector<std::string>> unpack(std::string_view payload);

}  // namespace tipoff::serve
