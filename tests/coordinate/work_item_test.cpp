#include "coordinate/work_item.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "any_item.h"
#include "support/expected.h"

namespace tipoff::coordinate {
namespace {

using support::value_of;

RC_GTEST_PROP(WorkItems, ComeBackToTheBitFromTheirBytes, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    const WorkItem item = test::any_item(random);
    const WorkItem back = value_of(WorkItem::read(item.bytes()));
    RC_ASSERT(back.bytes() == item.bytes());
    RC_ASSERT(back.key == item.key);
    RC_ASSERT(back.markets == item.markets);
    RC_ASSERT(back.neighbours == item.neighbours);
    RC_ASSERT(back.trained == item.trained);
}

RC_GTEST_PROP(WorkResults, ComeBackToTheBitFromTheirBytes, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    const WorkResult result = test::any_result(random);
    const WorkResult back = value_of(WorkResult::read(result.bytes()));
    RC_ASSERT(back.bytes() == result.bytes());
    RC_ASSERT(back.worker == result.worker);
    RC_ASSERT(back.forecasts.size() == result.forecasts.size());
}

RC_GTEST_PROP(WorkItems, OfWhichAByteIsAnotherOrMissingAreRefused, ()) {
    std::minstd_rand random(*rc::gen::inRange(1, 1 << 30));
    const std::string bytes = test::any_item(random).bytes();
    std::string cut = bytes.substr(0, random() % bytes.size());
    RC_ASSERT(WorkItem::read(cut).error().code() == ErrorCode::kInvalidInput);
    std::string changed = bytes;
    changed[random() % changed.size()] ^= static_cast<char>(1 + random() % 255);
    RC_ASSERT(WorkItem::read(changed).error().code() == ErrorCode::kInvalidInput);
    RC_ASSERT(!WorkResult::read(bytes));
}

TEST(WorkItems, OfAnotherVersionAreRefusedByName) {
    std::minstd_rand random(1);
    const WorkItem item = test::any_item(random);
    std::string bytes = item.bytes();
    // The version stands behind the format's name; the checksum is made good again.
    bytes.resize(bytes.size() - sizeof(std::uint64_t));
    bytes[sizeof(std::uint32_t) + std::string_view("tipoff item 1").size()] ^= 1;
    const std::uint64_t checksum = fingerprint_of(bytes).low;
    bytes.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
    const auto read = WorkItem::read(bytes);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), ErrorCode::kRefused);
    EXPECT_TRUE(read.error().message().contains(to_string(item.key)));
}

}  // namespace
}  // namespace tipoff::coordinate
