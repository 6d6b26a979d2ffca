#include "base/entropy.h"

#include <sodium.h>

#include <array>

#include "base/error.h"

namespace tipoff {
namespace {

template <std::size_t size>
std::array<unsigned char, size> random_bytes() {
    require(sodium_init() >= 0, "libsodium cannot be used on this machine");
    std::array<unsigned char, size> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace

Secret random_secret() {
    auto bytes = random_bytes<32>();
    std::array<char, 44> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    Secret secret{std::string(text.data(), text.size() - 1)};
    sodium_memzero(bytes.data(), bytes.size());
    sodium_memzero(text.data(), text.size());
    return secret;
}

std::string random_name() {
    const auto bytes = random_bytes<6>();
    std::array<char, 13> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return {text.data(), text.size() - 1};
}

bool equal_in_constant_time(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace tipoff
