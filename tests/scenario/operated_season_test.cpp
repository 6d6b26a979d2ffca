// A season under the controller, while upstreams fail and the process is killed at every step that
// has a name: it ends in the derived tables of a season in peace, and nothing is left hanging.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <string_view>

#include "base/crash_point.h"
#include "base/parse.h"
#include "base/splitmix64.h"
#include "operate/catalogue.h"
#include "scenario/operated_league.h"
#include "support/child_process.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff {
namespace {

using scenario::opening_night;
using scenario::OperatedLeague;
using support::count_rows;
using support::value_of;
using namespace std::chrono_literals;

constexpr int kDays = 2;
constexpr double kShare = 0.10;
constexpr int kKillsASeed = 4;
constexpr int kMostLives = 40;

Instant season_end() {
    return eastern_instant(opening_night().plus_days(kDays),
                           {.hour = 12, .minute = 0, .second = 0});
}

// --- the points at which the process can be killed ---

std::map<std::string, int, std::less<>> passes;
std::string deadly_point;
int passes_left = 0;

void count_points(std::string_view point) { ++passes[std::string(point)]; }

void die_at(std::string_view point) {
    if (point != deadly_point || --passes_left > 0) return;
    ::kill(::getpid(), SIGKILL);
}

/// What is the same however the season went: what is derived of the days that are over, as of each
/// tip-off. What was said live has the instants at which documents came.
using DatedDigests = std::map<GameDate, std::map<std::string, std::string>>;

DatedDigests end_of(OperatedLeague& league) {
    const auto transaction = value_of(league.database().begin());
    for (const store::TableSpec* table : operate::derived_tables())
        value_of(transaction->execute("DELETE FROM " + table->qualified_name(), {}));
    value_of(transaction->commit());
    league.league().derive(opening_night(), opening_night().plus_days(kDays - 1));
    // Who asked later may never have seen what was corrected meanwhile: its grade has no first
    // revision. The last is the same.
    const auto last_alone = value_of(league.database().begin());
    value_of(last_alone->execute(
        "DELETE FROM predictions.prediction_accuracy WHERE EXISTS (SELECT 1 FROM "
        "predictions.prediction_accuracy later WHERE later.game_id = "
        "prediction_accuracy.game_id AND later.player_id = prediction_accuracy.player_id AND "
        "later.market = prediction_accuracy.market AND later.system_id = "
        "prediction_accuracy.system_id AND later.as_of = prediction_accuracy.as_of AND "
        "later.origin = prediction_accuracy.origin AND later.revision > "
        "prediction_accuracy.revision)",
        {}));
    value_of(last_alone->commit());
    DatedDigests digests;
    for (int day = 0; day < kDays; ++day) {
        const GameDate date = opening_night().plus_days(day);
        digests[date] = league.league().derived_digests_of(date);
    }
    return digests;
}

/// What the jobs planned of the season, by job and logical time. Windows after games end when their
/// results are whole, and what is owed or computed again follows from what went wrong.
std::set<std::string> planned_by_time(OperatedLeague& league) {
    std::set<std::string> planned;
    for (const ledger::RunRow& run : value_of(store::read_rows(
             league.database(), ledger::kRun,
             "WHERE job NOT IN ('', 'recompute', 'owed', 'post_game') AND logical_time < $1",
             {season_end()}))) {
        planned.insert(run.job + " " + to_string(run.logical_time) + " " + run.step + " " +
                       run.scope);
    }
    return planned;
}

struct CalmSeason {
    DatedDigests digests;
    std::vector<std::pair<std::string, int>> points;  ///< and how often each is passed
    std::set<std::string> planned;
};

const CalmSeason& calm() {
    static const CalmSeason season = [] {
        CalmSeason made;
        const support::HomePlace place;
        OperatedLeague league(place);
        passes.clear();
        set_crash_hook(&count_points);
        league.operate_until(season_end());
        set_crash_hook(nullptr);
        made.points.assign(passes.begin(), passes.end());
        made.planned = planned_by_time(league);
        EXPECT_GT(made.planned.size(), 40U);
        EXPECT_GT(count_rows(league.database(),
                             "predictions.player_prop_prediction WHERE origin = 'live'"),
                  20);
        made.digests = end_of(league);
        return made;
    }();
    return season;
}

// --- a season of many lives ---

struct Kill {
    std::string point;
    int pass = 1;
};

/// Each seed's kills go round the points, so that all seeds together kill at each of them.
std::vector<Kill> kills_of(std::uint64_t seed) {
    std::vector<Kill> kills;
    const auto& points = calm().points;
    std::uint64_t state = seed;
    for (int k = 0; k < kKillsASeed; ++k) {
        const auto& [point, count] = points[(static_cast<std::size_t>(seed - 1) * kKillsASeed +
                                             static_cast<std::size_t>(k)) %
                                            points.size()];
        const auto most = static_cast<std::uint64_t>(std::max(1, count / kKillsASeed));
        kills.push_back({point, 1 + static_cast<int>(splitmix64(state) % most)});
    }
    return kills;
}

/// All of them but lists that come without a team: of lines only the next look can see that, and
/// after the last one of a day there is none.
std::vector<league::FaultKind> faults_that_can_be_seen() {
    std::vector<league::FaultKind> kinds;
    for (std::size_t kind = 0; kind < league::kFaultKinds; ++kind) {
        if (static_cast<league::FaultKind>(kind) != league::FaultKind::kTeamShort)
            kinds.push_back(static_cast<league::FaultKind>(kind));
    }
    return kinds;
}

/// Where the process died, of all seeds of this test program's run.
std::set<std::string> died_at;

/// One life of the program, from an instant on; ends when it is killed or the season is over.
/// Returns the instant of its last pass.
Instant live(const support::HomePlace& place, std::uint64_t seed, Instant from, const Kill& kill) {
    support::ChildProcess child([&](support::Channel& parent) {
        deadly_point = kill.point;
        passes_left = kill.pass;
        league::FaultPlan faults(
            {.seed = seed, .share = kShare, .kinds = faults_that_can_be_seen()});
        OperatedLeague league(place, &faults);
        if (from > league.clock().league_now())
            league.clock().advance(from - league.clock().league_now());
        set_crash_hook(&die_at);
        league.operate_until(season_end(), [&parent](Instant now) { parent.tell(to_string(now)); });
        parent.tell(to_string(season_end()));
        return 0;
    });
    Instant last = from;
    while (const auto line = child.channel().hear())
        last = value_of(parse_instant(*line));
    const support::ChildEnd end = child.wait();
    EXPECT_TRUE(end.signal == SIGKILL || end.code == 0) << end.code << " at " << kill.point;
    if (end.signal == SIGKILL) died_at.insert(kill.point);
    return last;
}

/// Dates of which a collection of lines got less than it should, and says so.
std::set<GameDate> dates_with_named_gaps(store::Database& database) {
    const auto rows = value_of(database.read(
        "SELECT DISTINCT game_date FROM ops.run WHERE step = 'collect' AND scope LIKE 'oddsapi%' "
        "AND state IN ('degraded', 'failed', 'abandoned') AND game_date IS NOT NULL",
        {}));
    std::set<GameDate> dates;
    for (std::size_t i = 0; i < rows.rows(); ++i)
        dates.insert(store::ColumnCodec<GameDate>::get(rows.data[0], i));
    return dates;
}

void ends_as_in_peace(support::Engine engine, std::uint64_t seed) {
    (void)calm();
    const support::HomePlace place(engine);
    Instant reached = eastern_instant(opening_night(), {.hour = 6, .minute = 0, .second = 0});
    int deaths = 0;
    std::vector<Kill> kills = kills_of(seed);
    kills.push_back({"never", 1});
    for (const Kill& kill : kills) {
        if (reached >= season_end()) break;
        // A minute goes by before somebody starts it again.
        reached = live(place, seed, reached, kill) + 1min;
        deaths += reached < season_end() ? 1 : 0;
    }
    EXPECT_GT(deaths, 0);
    ASSERT_GE(reached, season_end());

    OperatedLeague league(place);
    league.clock().advance(season_end() + 7h - league.clock().league_now());
    league.pass();
    store::Database& database = league.database();
    EXPECT_EQ(count_rows(database, "ops.run WHERE state = 'running'"), 0);
    EXPECT_EQ(
        count_rows(database, "ops.run WHERE deadline < '" + to_string(league.clock().league_now()) +
                                 "' AND finished_at IS NULL"),
        0);
    EXPECT_EQ(count_rows(database,
                         "(SELECT step, scope, logical_time, revision FROM ops.run GROUP BY step, "
                         "scope, logical_time, revision HAVING count(*) > 1)"),
              0);
    EXPECT_EQ(
        count_rows(database,
                   "(SELECT job, logical_time FROM ops.run WHERE job NOT IN ('', "
                   "'recompute') GROUP BY job, logical_time HAVING count(DISTINCT planned_at) > "
                   "1)"),
        0)
        << "a logical time was planned twice";

    const auto sent = league.sent();
    for (std::size_t i = 0; i + 10 < sent.size(); ++i)
        EXPECT_GT(sent[i + 10].at - sent[i].at, 59min) << sent[i + 10].message_id;
    // What was to be done was planned, and nothing else.
    EXPECT_EQ(planned_by_time(league), calm().planned);

    // Lines that could not be had before a game tipped off are never had: then a run says so.
    const auto gaps = dates_with_named_gaps(database);
    const auto ended = end_of(league);
    for (const auto& [date, digests] : calm().digests) {
        for (const auto& [table, digest] : digests) {
            const bool may_lack_lines =
                gaps.contains(date) && !table.ends_with("_summary") && table != "analytics.game";
            if (!may_lack_lines) {
                EXPECT_EQ(ended.at(date).at(table), digest) << table << " " << to_string(date);
            }
        }
    }
}

class OperatedSeason : public testing::TestWithParam<std::tuple<support::Engine, std::uint64_t>> {
protected:
    static void SetUpTestSuite() {
        died_at.clear();
        meant_.clear();
    }

    /// A point at which no process dies shows nothing. The kills of ten seeds go once round all
    /// points, or nearly.
    static void TearDownTestSuite() {
        for (const std::string& point : meant_)
            EXPECT_TRUE(died_at.contains(point)) << point;
        if (seeds_ >= kSeedsOfASuite) {
            EXPECT_GE(meant_.size(), 40U);
        }
        seeds_ = 0;
    }

    static constexpr int kSeedsOfASuite = 10;
    static inline std::set<std::string> meant_;
    static inline int seeds_ = 0;
};

TEST_P(OperatedSeason, EndsAsInPeaceHoweverOftenItIsKilled) {
    const auto [engine, seed] = GetParam();
    if (!support::is_installed(engine)) GTEST_SKIP() << support::kNotInstalled;
    for (const Kill& kill : kills_of(seed))
        meant_.insert(kill.point);
    ++seeds_;
    ends_as_in_peace(engine, seed);
}

/// Seeds FIRST to before END.
auto seeds(support::Engine engine, std::uint64_t first, std::uint64_t end) {
    return testing::Combine(testing::Values(engine), testing::Range<std::uint64_t>(first, end));
}

// Two suites, for two cores, and a few seeds on a server.
INSTANTIATE_TEST_SUITE_P(FirstSeeds, OperatedSeason, seeds(support::Engine::kDuckDb, 1, 11));
INSTANTIATE_TEST_SUITE_P(LaterSeeds, OperatedSeason, seeds(support::Engine::kDuckDb, 11, 21));
INSTANTIATE_TEST_SUITE_P(OnAServer, OperatedSeason, seeds(support::Engine::kPostgres, 21, 23));

// What script/seeds runs: seeds "501..1000" of TIPOFF_SEEDS, a line for each.
TEST(AnOperatedSeason, EndsAsInPeaceWithEverySeedThatIsAskedFor) {
    const char* const asked = std::getenv("TIPOFF_SEEDS");
    if (asked == nullptr)
        GTEST_SKIP() << "TIPOFF_SEEDS names no seeds, \"501..1000\": script/seeds does";
    const std::string_view range(asked);
    const auto dots = range.find("..");
    ASSERT_NE(dots, std::string_view::npos) << "TIPOFF_SEEDS is not FIRST..LAST: " << range;
    const auto first = parse_integer(range.substr(0, dots));
    const auto last = parse_integer(range.substr(dots + 2));
    ASSERT_TRUE(first && last && *first >= 1 && *last >= *first)
        << "TIPOFF_SEEDS is not FIRST..LAST: " << range;
    for (std::int64_t seed = *first; seed <= *last; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        const auto* const result = testing::UnitTest::GetInstance()->current_test_info()->result();
        const int failed_before = result->total_part_count();
        ends_as_in_peace(support::Engine::kDuckDb, static_cast<std::uint64_t>(seed));
        const bool is_well = result->total_part_count() == failed_before;
        std::cout << "seed " << seed << (is_well ? ": well" : ": FAILED") << std::endl;
    }
}

TEST(AnOperatedSeason, HasFortyPointsAtWhichItIsKilled) { EXPECT_GE(calm().points.size(), 40U); }

}  // namespace
}  // namespace tipoff
