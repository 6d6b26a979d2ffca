#include "base/error.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "support/expected.h"

namespace tipoff {
namespace {

using support::outcome_of;
using support::told;
using support::value_of;

Expected<int> half_of(int number) {
    if (number % 2 != 0) return fail(ErrorCode::kInvalidInput, "odd", "give an even one");
    return number / 2;
}

Expected<int> quarter_of(int number) {
    TIPOFF_TRY(const int half, half_of(number));
    TIPOFF_TRY(const int quarter, half_of(half));
    return quarter;
}

Status check_even(int number, int& steps_done) {
    TIPOFF_CHECK(half_of(number));
    ++steps_done;
    return {};
}

Expected<std::unique_ptr<int>> boxed(int number) {
    TIPOFF_TRY(auto box, Expected<std::unique_ptr<int>>(std::make_unique<int>(number)));
    return box;
}

TEST(TryMacro, GivesTheValueOrReturnsTheErrorAsItWas) {
    EXPECT_EQ(value_of(quarter_of(12)), 3);
    EXPECT_EQ(outcome_of(quarter_of(7)), "invalid input");
    EXPECT_EQ(told(quarter_of(6)), "odd | give an even one");
}

TEST(TryMacro, MovesWhatCannotBeCopied) { EXPECT_EQ(*value_of(boxed(5)), 5); }

TEST(CheckMacro, StopsAtAnError) {
    int steps_done = 0;
    EXPECT_EQ(outcome_of(check_even(4, steps_done)), "ok");
    EXPECT_EQ(outcome_of(check_even(5, steps_done)), "invalid input");
    EXPECT_EQ(steps_done, 1);
}

TEST(Errors, AreToldFromFurtherOutWithTheSameCodeAndHint) {
    const Error inner(ErrorCode::kIo, "no space left", "free some space");
    const Error outer = inner.with_context("raw.shot").with_context("import");
    EXPECT_EQ(outer.message(), "import: raw.shot: no space left");
    EXPECT_EQ(outer.code(), ErrorCode::kIo);
    EXPECT_EQ(outer.hint(), "free some space");
}

TEST(Errors, EveryCodeHasItsOwnName) {
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
        names.insert(to_string(static_cast<ErrorCode>(code)));
    }
    EXPECT_EQ(names.size(), static_cast<std::size_t>(ErrorCode::kInternal) + 1);
}

TEST(Invariants, ThrowWhenTheyDoNotHold) {
    EXPECT_NO_THROW(require(true, "holds"));
    EXPECT_THROW(require(false, "two rows with one key"), InvariantBroken);
}

}  // namespace
}  // namespace tipoff
