// Results that were not collected whole in their time, and when they are asked for again.
#include "operate/owed_results.h"

#include <gtest/gtest.h>

#include "ledger/ops_tables.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;
using namespace std::chrono_literals;

/// Eight in the morning, Eastern, of 10 December.
const Instant kNow = value_of(parse_instant("2025-12-10T13:00:00Z"));

class OwedResults : public testing::Test {
protected:
    void collected(std::string_view source, std::string_view date, std::string state,
                   std::chrono::minutes ago) {
        ledger::RunRow run;
        run.fencing_token = ++tokens_;
        run.run_id = "run-" + std::to_string(tokens_);
        run.step = "collect";
        run.scope = std::string(source) + " " + std::string(date);
        run.game_date = value_of(parse_date(date));
        run.state = std::move(state);
        run.logical_time = kNow + std::chrono::microseconds{tokens_};
        if (run.state != "retry_wait" && run.state != "running") run.finished_at = kNow - ago;
        support::merge_rows(*database_, ledger::kRun, std::vector<ledger::RunRow>{run});
    }
    std::vector<std::string> owed() { return owed_by(clock_); }
    std::vector<std::string> owed_by(const Clock& clock) {
        std::vector<std::string> scopes;
        for (const RunWork& work : value_of(owed_results(*database_, workflows_, clock)))
            scopes.push_back(scope_name(work));
        return scopes;
    }
    using Scopes = std::vector<std::string>;

    support::TempFolder folder_;
    ManualClock clock_{kNow};
    std::unique_ptr<store::Database> database_ =
        support::open_with_tables(folder_ / "t.duckdb", ledger::ops_tables());
    Workflows workflows_ = value_of(read_workflows(default_workflows_text(), "workflows.yaml"));
    std::int64_t tokens_ = 0;
};

TEST_F(OwedResults, AreThoseWhoseNewestCollectionGotLessThanItShould) {
    collected("nbac_player_boxscore", "2025-12-09", "failed", 61min);
    collected("bdl_box_scores", "2025-12-09", "degraded", 61min);
    collected("nbac_team_boxscore", "2025-12-09", "failed", 90min);
    collected("nbac_team_boxscore", "2025-12-09", "succeeded", 61min);
    collected("nbac_gamebook", "2025-12-09", "failed", 90min);
    collected("nbac_gamebook", "2025-12-09", "retry_wait", 0min);
    EXPECT_EQ(owed(), (Scopes{"bdl_box_scores 2025-12-09", "nbac_player_boxscore 2025-12-09"}));
}

TEST_F(OwedResults, AreAskedForEveryHourAndAfterADayEverySix) {
    collected("nbac_player_boxscore", "2025-12-09", "failed", 59min);
    collected("nbac_player_boxscore", "2025-12-08", "failed", 359min);
    EXPECT_EQ(owed(), Scopes{});
    clock_.advance(1min);
    EXPECT_EQ(owed(),
              (Scopes{"nbac_player_boxscore 2025-12-08", "nbac_player_boxscore 2025-12-09"}));
    // One that a breaker kept from being begun puts them off as well.
    collected("nbac_player_boxscore", "2025-12-09", "skipped", 0min);
    EXPECT_EQ(owed(), Scopes{"nbac_player_boxscore 2025-12-08"});
}

/// The league's clock, a year behind the machine's.
class ReplayClock final : public Clock {
public:
    Instant league_now() const override { return kNow; }
    Instant wall_now() const override { return kNow + std::chrono::days{365}; }
    std::chrono::microseconds elapsed() const override { return {}; }
};

TEST_F(OwedResults, OfAReplayArePutOffByTheLeaguesClock) {
    collected("nbac_player_boxscore", "2025-12-09", "failed", 0min);
    // What an earlier hour of the replay asked for ended a moment ago, in the machine's time.
    const auto planned_at = [&](std::chrono::minutes ago) {
        support::execute(
            *database_, "UPDATE ops.run SET job = 'post_game', logical_time = $1, finished_at = $2",
            {kNow - ago, ReplayClock().wall_now()});
    };
    planned_at(59min);
    EXPECT_EQ(owed_by(ReplayClock()), Scopes{});
    planned_at(61min);
    EXPECT_EQ(owed_by(ReplayClock()), Scopes{"nbac_player_boxscore 2025-12-09"});
}

TEST_F(OwedResults, AreOfThePastWeekAndOfResultsAlone) {
    collected("nbac_player_boxscore", "2025-12-02", "failed", 24h);
    collected("nbac_player_boxscore", "2025-12-03", "failed", 24h);
    collected("nbac_player_boxscore", "2025-12-10", "failed", 24h);  // its windows go on
    collected("oddsapi_player_props", "2025-12-09", "failed", 24h);  // no line of a past day
    collected("nbac_player_list", "2025-12-09", "failed", 24h);      // today's is asked for
    EXPECT_EQ(owed(), Scopes{"nbac_player_boxscore 2025-12-03"});
}

}  // namespace
}  // namespace tipoff::operate
