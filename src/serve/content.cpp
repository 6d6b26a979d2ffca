#include "serve/content.h"

#include <fmt/core.h>
#include <zlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/parse.h"

namespace tipoff::serve {
namespace {

/// Below this a body fits into one packet anyhow.
constexpr std::size_t kLeastToPack = 1'024;
constexpr int kLevel = 6;
constexpr int kGzipWindow = 15 + 16;  ///< zlib's way of asking for a gzip header
constexpr int kMemory = 8;            ///< zlib's usual

/// The parts between commas, trimmed.
template <class Take>
bool any_of_list(std::string_view list, Take is_it) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (is_it(trimmed(list.substr(0, comma)))) return true;
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    }
    return false;
}

/// "gzip;q=0.5": the weight, 1 where there is none.
double weight_of(std::string_view parameters) {
    const auto at = parameters.find("q=");
    return at == std::string_view::npos
               ? 1.0
               : parse_number(trimmed(parameters.substr(at + 2))).value_or(0);
}

}  // namespace

std::string gzipped(std::string_view bytes) {
    z_stream stream{};
    require(
        deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) == Z_OK,
        "zlib cannot begin");
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int outcome = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    require(outcome == Z_STREAM_END, "zlib did not end");
    packed.shrink_to_fit();
    return packed;
}

ContentPtr make_content(std::string_view media_type, std::string bytes) {
    std::string packed = bytes.size() >= kLeastToPack ? gzipped(bytes) : std::string{};
    return make_content(media_type, std::move(bytes), std::move(packed));
}

ContentPtr make_content(std::string_view media_type, std::string bytes, std::string packed) {
    auto content = std::make_shared<Content>();
    content->media_type = media_type;
    content->etag = fmt::format("\"{}\"", to_string(fingerprint_of(bytes)));
    content->packed_etag = content->etag;
    content->packed_etag.insert(content->packed_etag.size() - 1, "-gzip");
    if (packed.size() < bytes.size()) content->packed = std::move(packed);
    content->bytes = std::move(bytes);
    return content;
}

bool is_named_by(const Content& content, std::string_view if_none_match) {
    return any_of_list(if_none_match, [&](std::string_view tag) {
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        return tag == "*" || tag == content.etag || tag == content.packed_etag;
    });
}

bool accepts_gzip(std::string_view accept_encoding) {
    return any_of_list(accept_encoding, [](std::string_view coding) {
        const auto semicolon = coding.find(';');
        const std::string_view name = trimmed(coding.substr(0, semicolon));
        if (name != "gzip" && name != "x-gzip" && name != "*") return false;
        return semicolon == std::string_view::npos || weight_of(coding.substr(semicolon)) > 0;
    });
}

}  // namespace tipoff::serve
