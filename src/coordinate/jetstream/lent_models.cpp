#include "coordinate/jetstream/lent_models.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "coordinate/jetstream/publishing.h"
#include "coordinate/jetstream/stored.h"
#include "coordinate/jetstream/streams.h"
#include "coordinate/packed_bytes.h"

namespace tipoff::coordinate::jetstream {
namespace {

/// Raised when `Cover` says something else.
constexpr std::string_view kCoverFormat = "tipoff model 1";

/// Well under the largest message that servers take unless told otherwise, 1 MiB.
constexpr std::size_t kPartBytes = 512UL << 10;

constexpr std::string_view kCover = "cover";

/// No model is nearly as large: what a reader will put together.
constexpr std::uint32_t kMostParts = 256;

/// What stands beside the parts: how many there are and what they come to.
struct Cover {
    std::uint32_t parts = 0;
    std::uint64_t size = 0;
    Fingerprint bytes;

    [[nodiscard]] std::string packed() const {
        ByteWriter writer;
        writer.put(kCoverFormat);
        writer.put(parts);
        writer.put(size);
        writer.put(bytes.high);
        writer.put(bytes.low);
        return std::move(writer).take();
    }

    static Expected<Cover> read(std::string_view packed) {
        ByteReader reader(packed);
        const bool is_ours = reader.text() == kCoverFormat;
        Cover cover;
        cover.parts = reader.get<std::uint32_t>();
        cover.size = reader.get<std::uint64_t>();
        cover.bytes.high = reader.get<std::uint64_t>();
        cover.bytes.low = reader.get<std::uint64_t>();
        if (is_ours && reader.is_whole() && cover.parts <= kMostParts) return cover;
        return fail(ErrorCode::kCorrupt, "a lent model is not of this program's format");
    }
};

/// Of its cover, or of a part.
std::string subject(const Connection& connection, Fingerprint hash, std::string_view end) {
    return connection.subject(kModelSubject, fmt::format("{}.{}", to_string(hash), end));
}

std::string part_subject(const Connection& connection, Fingerprint hash, std::size_t part) {
    return subject(connection, hash, std::to_string(part));
}

std::unexpected<Error> not_lent(Fingerprint hash) {
    return fail(ErrorCode::kNotFound, fmt::format("no model {} is lent", to_string(hash)));
}

}  // namespace

Status lend_model(const Connection& connection, const forecast::TrainedCount& trained) {
    const Fingerprint hash = trained.hash();
    const std::string bytes = trained.bytes();
    const std::size_t parts = (bytes.size() + kPartBytes - 1) / kPartBytes;
    require(parts <= kMostParts, "a model that is larger than any");
    TIPOFF_TRY(const auto found, subjects_in(connection, kModels, subject(connection, hash, ">")));
    if (found.size() == parts + 1) return {};
    std::vector<Outgoing> messages;
    messages.reserve(parts);
    for (std::size_t part = 0; part < parts; ++part) {
        messages.push_back({.subject = part_subject(connection, hash, part),
                            .id = {},
                            .body = std::string_view(bytes).substr(part * kPartBytes, kPartBytes)});
    }
    TIPOFF_CHECK(publish_all(connection, messages));
    // Last: who finds it finds them all.
    const std::string cover = Cover{.parts = static_cast<std::uint32_t>(parts),
                                    .size = bytes.size(),
                                    .bytes = fingerprint_of(bytes)}
                                  .packed();
    const Outgoing message{.subject = subject(connection, hash, kCover), .id = {}, .body = cover};
    return publish_all(connection, {&message, 1});
}

Expected<std::shared_ptr<const forecast::TrainedCount>> find_model(const Connection& connection,
                                                                   Fingerprint hash) {
    TIPOFF_TRY(const MessageHandle message,
               last_of(connection, kModels, subject(connection, hash, kCover)));
    if (message == nullptr) return not_lent(hash);
    TIPOFF_TRY(const Cover cover, Cover::read(body_of(*message)));
    std::string bytes;
    for (std::uint32_t part = 0; part < cover.parts; ++part) {
        TIPOFF_TRY(const MessageHandle one,
                   last_of(connection, kModels, part_subject(connection, hash, part)));
        if (one == nullptr) return not_lent(hash);
        bytes += body_of(*one);
    }
    const auto damaged = [&](std::string_view why) {
        return fail(ErrorCode::kCorrupt,
                    fmt::format("the model that is lent as {} {}", to_string(hash), why));
    };
    if (bytes.size() != cover.size || fingerprint_of(bytes) != cover.bytes)
        return damaged("is damaged");
    TIPOFF_TRY(forecast::TrainedCount trained, forecast::TrainedCount::read(bytes));
    if (trained.hash() != hash) return damaged("is another one");
    return std::make_shared<const forecast::TrainedCount>(std::move(trained));
}

}  // namespace tipoff::coordinate::jetstream
