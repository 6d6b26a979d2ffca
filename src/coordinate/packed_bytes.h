#pragma once
/// Values one after the other in bytes, as messages carry them: little-endian, text and lists led
/// by their length. What is read back is checked against the bytes that are there.

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace tipoff::coordinate {

static_assert(std::endian::native == std::endian::little, "messages go as they lie in memory");

class ByteWriter {
public:
    template <class T>
        requires std::is_arithmetic_v<T>
    void put(T value) {
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }

    void put(std::string_view text) {
        put_count(text.size());
        bytes_.append(text);
    }

    void put_count(std::size_t count) { put(static_cast<std::uint32_t>(count)); }

    /// Values without padding, as they lie in memory.
    template <class T>
        requires std::has_unique_object_representations_v<T> || std::is_floating_point_v<T>
    void put_all(std::span<const T> values) {
        bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] std::string take() && { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Reads in the order of writing. After the first value that is not there all are empty, and
/// `is_whole` says so: a reader goes through to its end and asks once.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
        requires std::is_arithmetic_v<T>
    T get() {
        T value{};
        copy(&value, sizeof value);
        return value;
    }

    std::string_view text() {
        const std::size_t size = count(1);
        const std::string_view value = rest_.substr(0, size);
        rest_.remove_prefix(value.size());
        return value;
    }

    /// A count of things that take at least `least_bytes` each: never more than can follow.
    std::size_t count(std::size_t least_bytes) {
        const auto value = get<std::uint32_t>();
        if (least_bytes > 0 && value > rest_.size() / least_bytes) {
            fail();
            return 0;
        }
        return value;
    }

    template <class T>
        requires std::has_unique_object_representations_v<T> || std::is_floating_point_v<T>
    void get_all(std::span<T> values) {
        copy(values.data(), values.size_bytes());
    }

    /// Everything that was asked for was there.
    [[nodiscard]] bool is_whole() const { return is_whole_; }
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

    void fail() {
        is_whole_ = false;
        rest_ = {};
    }

private:
    void copy(void* to, std::size_t size) {
        if (size > rest_.size()) {
            fail();
            return;
        }
        if (size > 0) std::memcpy(to, rest_.data(), size);
        rest_.remove_prefix(size);
    }

    std::string_view rest_;
    bool is_whole_ = true;
};

}  // namespace tipoff::coordinate
