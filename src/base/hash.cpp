#include "base/hash.h"

#include <fmt/core.h>
#include <sodium.h>
#include <xxhash.h>

#include <bit>
#include <cmath>
#include <limits>

namespace tipoff {

std::string content_hash(std::span<const std::byte> bytes) {
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return {hex.data(), 64};
}

std::string to_string(Fingerprint fingerprint) {
    return fmt::format("{:016x}{:016x}", fingerprint.high, fingerprint.low);
}

Fingerprint fingerprint_of(std::string_view bytes) {
    const auto hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.high64, hash.low64};
}

Fingerprint chained(Fingerprint before, Fingerprint next) {
    const std::array<std::uint64_t, 4> words{before.high, before.low, next.high, next.low};
    const auto hash = XXH3_128bits(words.data(), sizeof words);
    return {hash.high64, hash.low64};
}

struct Hasher::State {
    XXH3_state_t* xxh = XXH3_createState();
    ~State() { XXH3_freeState(xxh); }
};

Hasher::Hasher() : state_(std::make_unique<State>()) { XXH3_128bits_reset(state_->xxh); }
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::add_bytes(const void* data, std::size_t size) {
    XXH3_128bits_update(state_->xxh, data, size);
}

void Hasher::add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    add_bytes(text.data(), text.size());
}

void Hasher::add(std::int64_t value) { add_bytes(&value, sizeof value); }

void Hasher::add(double value) {
    if (std::isnan(value)) value = std::numeric_limits<double>::quiet_NaN();
    add(std::bit_cast<std::int64_t>(value));
}

void Hasher::add(Fingerprint fingerprint) {
    add(static_cast<std::int64_t>(fingerprint.high));
    add(static_cast<std::int64_t>(fingerprint.low));
}

Fingerprint Hasher::finish() const {
    const auto hash = XXH3_128bits_digest(state_->xxh);
    return {hash.high64, hash.low64};
}

}  // namespace tipoff
