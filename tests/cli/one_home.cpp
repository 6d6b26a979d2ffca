#include "one_home.h"

namespace tipoff::cli_test {

namespace fs = std::filesystem;

const std::string OneHome::kDate = "2025-11-02";
const std::string OneHome::kNow = "2025-11-03T18:00:00Z";

std::unique_ptr<support::TempFolder> OneHome::made_;

void OneHome::SetUpTestSuite() {
    made_ = std::make_unique<support::TempFolder>();
    const std::string files = *made_ / "season";
    const std::string home = *made_ / "home";
    ASSERT_EQ(run_tipoff({"league", "write", files, "--through", kDate}).code, 0);
    ASSERT_EQ(run_tipoff({"--home", home, "import", files}).code, 0);
    ASSERT_EQ(run_tipoff({"--home", home, "backfill", "--from", "2025-10-30", "--to", kDate}).code,
              0);
    support::write_file(fs::path(home) / "workflows.yaml",
                        "jobs:\n  - name: rare\n    what: nothing that is due\n    cron: 0 9 1 1 "
                        "*\n    tasks:\n      - collect: nbac_schedule\n");
}

void OneHome::TearDownTestSuite() { made_.reset(); }

OneHome::OneHome() { fs::copy(*made_ / "home", home(), fs::copy_options::recursive); }

Words OneHome::words(const Words& command) const {
    Words all{"--home", home(), "--wait", "0"};
    all.insert(all.end(), command.begin(), command.end());
    return all;
}

Words OneHome::patient(const Words& command) const {
    Words all{"--home", home()};
    all.insert(all.end(), command.begin(), command.end());
    return all;
}

Outcome OneHome::tipoff(const Words& command, const Variables& variables) const {
    return run_tipoff(words(command), variables);
}

std::unique_ptr<Started> OneHome::busy_writer() {
    auto writer =
        std::make_unique<Started>(words({"collect", "nbac_schedule", "--date", "2025-11-03"}),
                                  Variables{{"TIPOFF_UPSTREAMS", upstream_.url()}});
    upstream_.wait_until_asked();
    return writer;
}

std::unique_ptr<Started> OneHome::long_lived_owner() {
    auto owner = std::make_unique<Started>(words({"schedule", "run", "--now", kNow}),
                                           Variables{{"TIPOFF_UPSTREAMS", upstream_.url()}});
    EXPECT_TRUE(owner->line().contains("workflows.yaml runs"));
    return owner;
}

}  // namespace tipoff::cli_test
