#include "operate/alert_kinds.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "support/files.h"

namespace tipoff::operate {
namespace {

TEST(AlertKinds, TheRunbookHasASectionOfEachAndOfNoOther) {
    std::set<std::string> in_runbook;
    std::istringstream lines(
        support::read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) / "docs/runbook.md"));
    for (std::string line; std::getline(lines, line);) {
        constexpr std::string_view kBefore = "### `";
        if (line.starts_with(kBefore) && line.ends_with('`'))
            in_runbook.insert(line.substr(kBefore.size(), line.size() - kBefore.size() - 1));
    }
    std::set<std::string> declared;
    for (const AlertKindSpec& kind : alert_kinds())
        declared.insert(kind.pattern());
    EXPECT_EQ(in_runbook, declared);
}

TEST(AlertKinds, ASignatureIsOfItsKind) {
    EXPECT_EQ(signature_of(AlertKind::kRunFailed, "collect.espn_rosters"),
              "run.collect.espn_rosters.failed");
    EXPECT_EQ(signature_of(AlertKind::kGradesMissing), "grades.missing");
    EXPECT_TRUE(is_problem("source.bdl_games.quota"));
    EXPECT_FALSE(is_problem("source.bdl_games"));
    EXPECT_FALSE(is_problem("grades.missing.more"));
    EXPECT_FALSE(is_problem("alerts.channel.email.failing"));
    EXPECT_TRUE(alert_of(AlertKind::kBoardMoved, "2026-01-05.now").is_event);
}

}  // namespace
}  // namespace tipoff::operate
