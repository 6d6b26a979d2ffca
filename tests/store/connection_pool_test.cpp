#include "store/connection_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <optional>
#include <thread>

#include "support/database.h"

namespace tipoff::store {
namespace {

using support::outcome_of;
using support::value_of;

struct Numbered {
    int number = 0;
};

using Pool = ConnectionPool<Numbered>;

class APool : public testing::Test {
protected:
    std::shared_ptr<Pool> pool(std::size_t most_lent, std::size_t most_kept) {
        return std::make_shared<Pool>(
            [this]() -> Expected<std::unique_ptr<Numbered>> {
                if (is_away) return fail(ErrorCode::kIo, "nobody answers");
                return std::make_unique<Numbered>(++opened);
            },
            Pool::Limits{.most_lent = most_lent, .most_kept = most_kept});
    }

    int opened = 0;
    bool is_away = false;
};

TEST_F(APool, LendsSideBySideAndAgainWhatCameBack) {
    const auto pool = this->pool(8, 8);
    std::optional<Pool::Loan> first(value_of(pool->borrow()));
    std::optional<Pool::Loan> second(value_of(pool->borrow()));
    EXPECT_EQ((*first)->number, 1);
    EXPECT_EQ((*second)->number, 2);
    first.reset();
    EXPECT_EQ(value_of(pool->borrow())->number, 1);
    second.reset();
    EXPECT_EQ(value_of(pool->borrow())->number, 2) << "the last that came back";
    EXPECT_EQ(opened, 2);
}

TEST_F(APool, KeepsSoManyAndClosesTheRest) {
    const auto pool = this->pool(8, 1);
    {
        const auto first = value_of(pool->borrow());
        const auto second = value_of(pool->borrow());
    }
    EXPECT_EQ(value_of(pool->borrow())->number, 2);
    const auto third = value_of(pool->borrow());
    const auto fourth = value_of(pool->borrow());
    EXPECT_EQ(fourth->number, 3);
}

TEST_F(APool, MakesWhoeverWantsMoreWaitForTheFirstThatComesBack) {
    const auto pool = this->pool(2, 2);
    std::optional<Pool::Loan> first(value_of(pool->borrow()));
    const auto second = value_of(pool->borrow());
    std::atomic<int> third = 0;
    std::jthread waiting([&] { third = value_of(pool->borrow())->number; });
    first.reset();
    waiting.join();
    EXPECT_EQ(third, 1);
}

TEST_F(APool, KeepsNoConnectionThatWasDiscarded) {
    const auto pool = this->pool(1, 1);
    value_of(pool->borrow()).discard();
    EXPECT_EQ(value_of(pool->borrow())->number, 2);
}

TEST_F(APool, GivesThePlaceBackOfAConnectionThatCouldNotBeMade) {
    const auto pool = this->pool(1, 1);
    is_away = true;
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(outcome_of(pool->borrow()), "input/output");
    is_away = false;
    EXPECT_EQ(value_of(pool->borrow())->number, 1);
}

TEST_F(APool, LivesAsLongAsALoan) {
    auto pool = this->pool(std::numeric_limits<std::size_t>::max(), 1);
    const auto loan = value_of(pool->borrow());
    pool.reset();
    EXPECT_EQ(loan->number, 1);
}

}  // namespace
}  // namespace tipoff::store
