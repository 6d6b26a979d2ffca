#include "operate/rebuild.h"

#include <gtest/gtest.h>

#include "collect/answer_archive.h"
#include "collect/collected_tables.h"
#include "operate/collected_home.h"
#include "operate/names.h"
#include "support/database.h"

namespace tipoff::operate {
namespace {

using namespace test;
using support::outcome_of;
using support::value_of;

class Rebuild : public testing::Test {
protected:
    Rebuild() { home_.import_files(); }

    Expected<RebuildReport> rebuild() {
        home_.clock().advance(std::chrono::hours{24});
        return operate::rebuild(home_.database(), home_.ledger(), home_.clock(), home_.folder());
    }

    /// Answers of a source as they came, read into the database.
    void collect(std::string_view source, std::string body) {
        home_.clock().advance(std::chrono::hours{1});
        HttpAnswer answer;
        answer.status = 200;
        answer.body = std::move(body);
        answer.asked_at = answer.answered_at = home_.clock().league_now();
        value_of(collect::archive_answer(home_.folder(), source, "https://example.com/injuries", {},
                                         answer));
        Collecting collecting(home_.database(), home_.ledger(), nullptr, home_.clock(),
                              home_.folder(), {});
        const auto report =
            value_of(collecting.collect_from_archive(*collect::find_source(source), {}));
        ASSERT_TRUE(report.is_complete()) << report.outcome.detail;
    }

    CollectedHome home_;
};

/// A page of balldontlie's injuries.
std::string injuries(std::string_view last_name, std::string_view status) {
    return R"({"data":[{"player":{"id":434,"first_name":"Jayson","last_name":")" +
           std::string(last_name) +
           R"(","position":"F","team_id":2},"return_date":"Nov 17","description":"A knee.",)"
           R"("status":")" +
           std::string(status) + R"("}],"meta":{"per_page":100}})";
}

TEST_F(Rebuild, GivesTheSameDigests) {
    collect("bdl_injuries", injuries("Tatum", "Out"));
    collect("bdl_injuries", injuries("Tatum", "Questionable"));
    collect("bdl_injuries", injuries("Tatum", "Out"));
    (void)value_of(link_name(home_.database(), home_.ledger(), home_.clock(), home_.folder(),
                             {.name = "Big Deuce", .player_id = kTatum}));
    ASSERT_EQ(home_.rows(collect::kInjuryReport).size(), 3U);
    const std::string before = home_.digest();
    const RebuildReport report = value_of(rebuild());
    EXPECT_TRUE(report.is_the_same());
    EXPECT_EQ(to_string(report.raw_before), before);
    EXPECT_EQ(home_.digest(), before);
    EXPECT_GE(report.files, 3);
    EXPECT_EQ(report.answers, 3);
    EXPECT_EQ(report.links, 1);
    EXPECT_EQ(home_.rows(collect::kInjuryTransaction).at(0).player_id, kTatum);
    EXPECT_EQ(home_.rows(collect::kInjuryReport).at(0).player_id, kTatum);
}

TEST_F(Rebuild, MakesGoodWhatWasLostAndSaysThatItDiffers) {
    const std::string before = home_.digest();
    support::execute(home_.database(), "DELETE FROM raw.player_box WHERE player_id = 1628369");
    const RebuildReport report = value_of(rebuild());
    EXPECT_FALSE(report.is_the_same());
    EXPECT_EQ(to_string(report.raw_after), before);
    EXPECT_EQ(support::count_rows(home_.database(),
                                  "ops.run WHERE step = 'rebuild' AND reason = 'DIGEST_DIFFERS'"),
              1);
}

TEST_F(Rebuild, OfFilesWithoutARecordIsRefusedAndChangesNothing) {
    std::filesystem::remove_all(home_.folder() / "archive" / "answers" / "import");
    const std::string before = home_.digest();
    const auto refused = rebuild();
    EXPECT_EQ(outcome_of(refused), "refused");
    EXPECT_NE(support::told(refused).find(".csv, which was imported"), std::string::npos)
        << support::told(refused);
    EXPECT_EQ(home_.digest(), before);
    EXPECT_EQ(home_.rows(collect::kPlayerBox).size(), 2U);
}

}  // namespace
}  // namespace tipoff::operate
