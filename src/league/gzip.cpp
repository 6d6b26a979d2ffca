#include "league/gzip.h"

#include <zlib.h>

#include <fstream>
#include <string>
#include <system_error>

namespace tipoff::league {
namespace {

constexpr int kLevel = 6;
constexpr int kGzipWindow = 15 + 16;  ///< zlib's way to say: the largest window, gzip format
constexpr int kMemoryLevel = 8;
constexpr int kUnknownSystem = 255;

std::string compressed(std::string_view content) {
    z_stream stream{};
    require(deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                         Z_DEFAULT_STRATEGY) == Z_OK,
            "zlib can start");
    gz_header header{};
    header.os = kUnknownSystem;
    deflateSetHeader(&stream, &header);

    std::string out(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
    // zlib's interface is older than const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    require(result == Z_STREAM_END, "the bound that zlib gives is enough");
    return out;
}

}  // namespace

Expected<std::size_t> write_gzip(const std::filesystem::path& path, std::string_view content) {
    const std::string bytes = compressed(content);
    std::filesystem::path unfinished = path;
    unfinished += ".part";
    {
        std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) {
            std::error_code ignored;
            std::filesystem::remove(unfinished, ignored);
            return fail(ErrorCode::kIo, "cannot write " + path.string(),
                        "check that the folder may be written to and that there is free space");
        }
    }
    std::error_code failure;
    std::filesystem::rename(unfinished, path, failure);
    if (failure) {
        return fail(ErrorCode::kIo, "cannot write " + path.string() + ": " + failure.message());
    }
    return bytes.size();
}

}  // namespace tipoff::league
