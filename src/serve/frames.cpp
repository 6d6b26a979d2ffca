#include "serve/frames.h"

namespace tipoff::serve {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kHeaderBytes = 1 + kLengthBytes;

void append_length(std::string& bytes, std::size_t length) {
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        bytes.push_back(static_cast<char>((length >> (8 * i)) & 0xFFU));
}

std::size_t length_at(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return length;
}

bool is_kind(char byte) {
    return byte >= static_cast<char>(FrameKind::kRequest) &&
           byte <= static_cast<char>(FrameKind::kNotNow);
}

}  // namespace

void append_frame(std::string& bytes, const Frame& frame) {
    require(frame.payload.size() <= kMaxPayload, "a frame too long for its reader");
    bytes.push_back(static_cast<char>(frame.kind));
    append_length(bytes, frame.payload.size());
    bytes.append(frame.payload);
}

Expected<std::optional<Frame>> FrameReader::next() {
    if (bytes_.empty()) return std::nullopt;
    if (!is_kind(bytes_[0]))
        return fail(ErrorCode::kInvalidInput, "what came over the socket is no frame");
    if (bytes_.size() < kHeaderBytes) return std::nullopt;
    const std::size_t length = length_at(std::string_view(bytes_).substr(1));
    if (length > kMaxPayload)
        return fail(ErrorCode::kInvalidInput, "a frame over the socket is too long");
    if (bytes_.size() < kHeaderBytes + length) return std::nullopt;
    Frame frame{.kind = static_cast<FrameKind>(bytes_[0]),
                .payload = bytes_.substr(kHeaderBytes, length)};
    bytes_.erase(0, kHeaderBytes + length);
    return frame;
}

std::string pack(const std::vector<std::string>& fields) {
    std::string payload;
    for (const std::string& field : fields) {
        append_length(payload, field.size());
        payload.append(field);
    }
    return payload;
}

Expected<std::vector<std::string>> unpack(std::string_view payload) {
    std::vector<std::string> fields;
    while (!payload.empty()) {
        if (payload.size() < kLengthBytes)
            return fail(ErrorCode::kInvalidInput, "a frame over the socket is cut short");
        const std::size_t length = length_at(payload);
        payload.remove_prefix(kLengthBytes);
        if (payload.size() < length)
            return fail(ErrorCode::kInvalidInput, "a frame over the socket is cut short");
        fields.emplace_back(payload.substr(0, length));
        payload.remove_prefix(length);
    }
    return fields;
}

}  // namespace tipoff::serve
