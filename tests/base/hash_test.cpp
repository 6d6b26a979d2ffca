#include "base/hash.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <vector>

namespace tipoff {
namespace {

template <class... Parts>
Fingerprint hashed(const Parts&... parts) {
    Hasher hasher;
    (hasher.add(parts), ...);
    return hasher.finish();
}

using Text = std::string_view;

TEST(Fingerprints, DependOnWhereOneTextEndsAndTheNextBegins) {
    EXPECT_NE(hashed(Text("ab"), Text("c")), hashed(Text("a"), Text("bc")));
    EXPECT_NE(hashed(Text("abc")), hashed(Text("abc"), Text("")));
    EXPECT_NE(hashed(Text("")), hashed());
    EXPECT_EQ(hashed(Text("ab"), Text("c")), hashed(Text("ab"), Text("c")));
}

TEST(Fingerprints, DependOnOrder) {
    EXPECT_NE(hashed(std::int64_t{1}, std::int64_t{2}), hashed(std::int64_t{2}, std::int64_t{1}));
}

TEST(Fingerprints, TellTwoZerosApartAndHoldEveryNanForOne) {
    EXPECT_NE(hashed(0.0), hashed(-0.0));
    const double quiet = std::numeric_limits<double>::quiet_NaN();
    const double signaling = std::numeric_limits<double>::signaling_NaN();
    EXPECT_EQ(hashed(quiet), hashed(-quiet));
    EXPECT_EQ(hashed(quiet), hashed(signaling));
    EXPECT_NE(hashed(quiet), hashed(0.0));
}

TEST(Fingerprints, GoOnAfterTheyWereLookedAt) {
    Hasher hasher;
    hasher.add(Text("a"));
    const Fingerprint first = hasher.finish();
    EXPECT_EQ(hasher.finish(), first);
    hasher.add(Text("b"));
    EXPECT_EQ(hasher.finish(), hashed(Text("a"), Text("b")));
}

TEST(Fingerprints, StayWithAHasherThatIsMoved) {
    Hasher hasher;
    hasher.add(Text("a"));
    const Hasher moved = std::move(hasher);
    EXPECT_EQ(moved.finish(), hashed(Text("a")));
}

RC_GTEST_PROP(FingerprintProperties, BytesInPiecesAreTheSameBytes, (const std::string& bytes)) {
    const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    Hasher hasher;
    hasher.add_bytes(bytes.data(), cut);
    hasher.add_bytes(bytes.data() + cut, bytes.size() - cut);
    RC_ASSERT(hasher.finish() == fingerprint_of(bytes));
}

TEST(Fingerprints, ArePrintedInFull) {
    EXPECT_EQ(to_string(Fingerprint{0x1, 0xab}), "000000000000000100000000000000ab");
    // XXH3's own answer for nothing: a digest means the same in every build.
    EXPECT_EQ(to_string(fingerprint_of("")), "99aa06d3014798d86001c324468d497f");
}

TEST(ContentHash, IsBlake2b256InHex) {
    const std::string_view text = "abc";
    EXPECT_EQ(content_hash(std::as_bytes(std::span(text))),
              "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    EXPECT_EQ(content_hash({}), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

}  // namespace
}  // namespace tipoff
