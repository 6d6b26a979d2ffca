/// Frames of the home's socket: whole again however they are cut, and never more than what they
/// are.

#include "serve/frames.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "support/expected.h"

namespace tipoff::serve {
namespace {

using support::value_of;

rc::Gen<Frame> frames() {
    return rc::gen::construct<Frame>(
        rc::gen::element(FrameKind::kRequest, FrameKind::kAccepted, FrameKind::kRefused,
                         FrameKind::kOut, FrameKind::kErrors, FrameKind::kEnd, FrameKind::kNotNow),
        rc::gen::arbitrary<std::string>());
}

/// All frames that a reader has; an error ends the test.
std::vector<Frame> all_of(FrameReader& reader) {
    std::vector<Frame> found;
    while (auto frame = value_of(reader.next()))
        found.push_back(*std::move(frame));
    return found;
}

RC_GTEST_PROP(Frames, AreTheSameHoweverTheirBytesAreCut, ()) {
    const auto sent = *rc::gen::container<std::vector<Frame>>(frames());
    std::string bytes;
    for (const Frame& frame : sent)
        append_frame(bytes, frame);
    FrameReader reader;
    std::vector<Frame> received;
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
        reader.add(rest.substr(0, size));
        rest.remove_prefix(size);
        std::ranges::move(all_of(reader), std::back_inserter(received));
    }
    RC_ASSERT(received == sent);
}

RC_GTEST_PROP(Frames, BytesOfAnyKindAreFramesOrRefusedForGood, (const std::string& bytes)) {
    FrameReader reader;
    reader.add(bytes);
    std::string read;
    while (true) {
        const auto frame = reader.next();
        if (!frame) {
            // What follows cannot make it right again.
            reader.add(bytes);
            RC_ASSERT(!reader.next());
            return;
        }
        if (!*frame) break;
        append_frame(read, **frame);
    }
    RC_ASSERT(bytes.starts_with(read));
}

TEST(Frames, OneThatIsTooLongIsRefusedBeforeItsBytesAreThere) {
    FrameReader reader;
    reader.add(std::string("\x04\x01\x00\x10\x00", 5));  // a byte more than a mebibyte
    const auto frame = reader.next();
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().code(), ErrorCode::kInvalidInput);
}

RC_GTEST_PROP(Fields, AreTheSameAgain, (const std::vector<std::string>& fields)) {
    RC_ASSERT(value_of(unpack(pack(fields))) == fields);
}

RC_GTEST_PROP(Fields, CutShortTheyAreRefused, ()) {
    const auto fields = *rc::gen::nonEmpty<std::vector<std::string>>();
    const std::string whole = pack(fields);
    const auto size = *rc::gen::inRange<std::size_t>(0, whole.size());
    const auto cut = unpack(std::string_view(whole).substr(0, size));
    // At the end of a field there are only fewer of them.
    if (cut) RC_ASSERT(cut->size() < fields.size());
}

}  // namespace
}  // namespace tipoff::serve
