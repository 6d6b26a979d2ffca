#pragma once
/// Bytes in order, from memory, plain or compressed.
///
/// A stream borrows the bytes it is opened on; they must outlive it. One thread at a time.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"

namespace tipoff::collect {

class ByteStream {
public:
    virtual ~ByteStream() = default;

    /// Fills the front of `out` and returns how much; 0 is the end. Damage is `kInvalidInput` with
    /// its place.
    virtual Expected<std::size_t> read(std::span<char> out) = 0;
};

/// Gzip is recognised by its two first bytes. Of compressed data every member's checksum and size
/// is checked, members may follow one another, and data that ends early or is followed by anything
/// else is an error.
[[nodiscard]] std::unique_ptr<ByteStream> open_bytes(std::span<const char> bytes);

/// All that `open_bytes` gives; `kInvalidInput` where that is damaged or more than `most_bytes`.
Expected<std::vector<char>> unpacked(std::span<const char> bytes, std::size_t most_bytes);

/// Whether the bytes begin as gzip.
[[nodiscard]] bool is_gzip(std::span<const char> bytes);

}  // namespace tipoff::collect
