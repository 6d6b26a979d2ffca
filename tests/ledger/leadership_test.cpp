// Several processes on one database, of which one leads.

#include "ledger/leadership.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/database.h"
#include "support/engines.h"

namespace tipoff::ledger {
namespace {

using namespace std::chrono_literals;
using support::value_of;

class ALeader : public support::OnEachEngine {
protected:
    ALeader() : OnEachEngine({&kLeader.spec()}) {}

    ManualClock clock_{value_of(parse_instant("2026-01-20T17:00:00Z"))};
    Leadership one_{db(), clock_, "one:1"};
    Leadership two_{db(), clock_, "two:2"};
};

TEST_P(ALeader, IsWhoeverComesFirstAsLongAsHeLooks) {
    EXPECT_TRUE(value_of(one_.look()));
    EXPECT_FALSE(value_of(two_.look()));
    for (int i = 0; i < 10; ++i) {
        clock_.advance(kLeaderLooks);
        EXPECT_TRUE(value_of(one_.look()));
        EXPECT_FALSE(value_of(two_.look()));
    }
    EXPECT_EQ(value_of(two_.leader()), "one:1");
}

TEST_P(ALeader, ThatIsGoneIsReplacedWithinHalfAMinute) {
    value_of(one_.look());
    const Instant gone = clock_.wall_now();
    while (!value_of(two_.look()))
        clock_.advance(kLeaderLooks);
    EXPECT_LT(clock_.wall_now() - gone, 30s);
    EXPECT_FALSE(value_of(one_.look())) << "it comes back too late";
    EXPECT_EQ(value_of(one_.leader()), "two:2");
}

TEST_P(ALeader, ThatResignsIsReplacedAtOnce) {
    value_of(one_.look());
    value_of(two_.resign());
    EXPECT_FALSE(value_of(two_.look())) << "nobody resigns for another";
    value_of(one_.resign());
    EXPECT_EQ(value_of(two_.leader()), "");
    EXPECT_TRUE(value_of(two_.look()));
}

TEST_P(ALeader, IsOneHoweverTheyLook) {
    rc::check([this] {
        support::execute(db(), "DELETE FROM ops.leader");
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
        bool one_leads = false;
        bool two_leads = false;
        for (const int step : steps) {
            if (step == 0) one_leads = value_of(one_.look());
            if (step == 1) two_leads = value_of(two_.look());
            if (step == 2) clock_.advance(kLeaderLooks);
            if (step == 3) {
                // Each looks again as often as it should.
                one_leads = value_of(one_.look());
                two_leads = value_of(two_.look());
                RC_ASSERT(one_leads != two_leads);
            }
        }
    });
}

INSTANTIATE_TEST_SUITE_P(Engines, ALeader, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::ledger
