#pragma once
/// The body of an answer: made once, packed once, and given out as often as it is asked for.

#include <memory>
#include <string>
#include <string_view>

namespace tipoff::serve {

inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kProblemType = "application/problem+json";
inline constexpr std::string_view kCsvType = "text/csv; charset=utf-8";

struct Content {
    std::string media_type;
    std::string bytes;
    std::string packed;       ///< gzip; empty where that would not pay
    std::string etag;         ///< of `bytes`, in quotes
    std::string packed_etag;  ///< of `packed`: another representation has another tag
};

using ContentPtr = std::shared_ptr<const Content>;

/// Packs what is long enough for it.
[[nodiscard]] ContentPtr make_content(std::string_view media_type, std::string bytes);

/// The same of bytes that were packed before. What is not worth it is given out plain.
[[nodiscard]] ContentPtr make_content(std::string_view media_type, std::string bytes,
                                      std::string packed);

/// Whether the value of an `If-None-Match` names this content: in either form, weak or strong, or
/// by "*".
[[nodiscard]] bool is_named_by(const Content& content, std::string_view if_none_match);

/// Whether the value of an `Accept-Encoding` allows gzip.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

/// One gzip member.
[[nodiscard]] std::string gzipped(std::string_view bytes);

}  // namespace tipoff::serve
