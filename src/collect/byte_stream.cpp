#include "collect/byte_stream.h"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace tipoff::collect {
namespace {

class PlainStream final : public ByteStream {
public:
    explicit PlainStream(std::span<const char> bytes) : rest_(bytes) {}

    Expected<std::size_t> read(std::span<char> out) override {
        const std::size_t count = std::min(out.size(), rest_.size());
        std::copy_n(rest_.begin(), count, out.begin());
        rest_ = rest_.subspan(count);
        return count;
    }

private:
    std::span<const char> rest_;
};

class GzipStream final : public ByteStream {
public:
    explicit GzipStream(std::span<const char> bytes) : bytes_(bytes) {
        // 15 bits of window, 16 more for a gzip header: zlib then checks the trailer too.
        require(inflateInit2(&zlib_, 15 + 16) == Z_OK, "zlib could not start");
    }
    GzipStream(const GzipStream&) = delete;
    GzipStream& operator=(const GzipStream&) = delete;
    ~GzipStream() override { inflateEnd(&zlib_); }

    Expected<std::size_t> read(std::span<char> out) override {
        std::size_t made = 0;
        while (made < out.size() && !is_at_end()) {
            TIPOFF_TRY(const std::size_t more, inflate_some(out.subspan(made)));
            made += more;
        }
        return made;
    }

private:
    [[nodiscard]] bool is_at_end() const { return between_members_ && consumed_ == bytes_.size(); }

    Expected<std::size_t> inflate_some(std::span<char> out) {
        if (between_members_) {
            if (!is_gzip(bytes_.subspan(consumed_))) {
                return damage("is followed by something that is not gzip");
            }
            require(inflateReset(&zlib_) == Z_OK, "zlib could not start again");
            between_members_ = false;
        }
        constexpr std::size_t kStep = std::numeric_limits<uInt>::max();
        zlib_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes_.data())) +
                        consumed_;  // zlib reads only
        zlib_.avail_in = static_cast<uInt>(std::min(bytes_.size() - consumed_, kStep));
        zlib_.next_out = reinterpret_cast<Bytef*>(out.data());
        zlib_.avail_out = static_cast<uInt>(std::min(out.size(), kStep));
        const uInt in_before = zlib_.avail_in;
        const uInt out_before = zlib_.avail_out;
        const int state = inflate(&zlib_, Z_NO_FLUSH);
        consumed_ += in_before - zlib_.avail_in;
        if (state == Z_STREAM_END) {
            between_members_ = true;
        } else if (state == Z_DATA_ERROR || state == Z_NEED_DICT) {
            return damage(zlib_.msg == nullptr ? "cannot be read" : zlib_.msg);
        } else if (state == Z_BUF_ERROR) {
            return damage("ends before its trailer");
        } else {
            require(state == Z_OK, "zlib failed");
        }
        return static_cast<std::size_t>(out_before - zlib_.avail_out);
    }

    [[nodiscard]] std::unexpected<Error> damage(std::string_view what) const {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("the gzip data is damaged: {} (byte {} of {})", what, consumed_,
                                bytes_.size()));
    }

    std::span<const char> bytes_;
    std::size_t consumed_ = 0;
    bool between_members_ = false;
    z_stream zlib_{};
};

}  // namespace

bool is_gzip(std::span<const char> bytes) {
    return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

std::unique_ptr<ByteStream> open_bytes(std::span<const char> bytes) {
    if (is_gzip(bytes)) return std::make_unique<GzipStream>(bytes);
    return std::make_unique<PlainStream>(bytes);
}

Expected<std::vector<char>> unpacked(std::span<const char> bytes, std::size_t most_bytes) {
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    const auto stream = open_bytes(bytes);
    std::vector<char> all;
    for (;;) {
        const std::size_t size = all.size();
        if (size > most_bytes) {
            return fail(ErrorCode::kInvalidInput,
                        fmt::format("unpacks to more than {} MiB", most_bytes >> 20));
        }
        all.resize(size + kPiece);
        TIPOFF_TRY(const std::size_t read, stream->read(std::span(all).subspan(size)));
        all.resize(size + read);
        if (read == 0) return all;
    }
}

}  // namespace tipoff::collect
