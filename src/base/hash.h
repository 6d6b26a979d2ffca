#pragma once
/// Two hashes. `content_hash` names a document for ever (BLAKE2b-256, hex). `Fingerprint` (XXH3,
/// 128 bits) is the fast one for digests and input hashes, where nobody is trying to forge
/// anything.

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace tipoff {

/// 64 hexadecimal characters.
[[nodiscard]] std::string content_hash(std::span<const std::byte> bytes);

struct Fingerprint {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Fingerprint&) const = default;
};

/// 32 hexadecimal characters.
[[nodiscard]] std::string to_string(Fingerprint fingerprint);

[[nodiscard]] Fingerprint fingerprint_of(std::string_view bytes);

/// The fingerprint of two, in this order: the link of a chain.
[[nodiscard]] Fingerprint chained(Fingerprint before, Fingerprint next);

/// A fingerprint of a stream of values. Each `add` is framed by its size, so that ("ab", "c")
/// differs from ("a", "bc").
class Hasher {
public:
    Hasher();
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;

    void add(std::string_view text);
    void add(std::int64_t value);
    void add(double value);  ///< its IEEE bits; every NaN counts as the same one
    void add(Fingerprint fingerprint);
    void add_bytes(const void* data, std::size_t size);  ///< unframed

    [[nodiscard]] Fingerprint finish() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tipoff
