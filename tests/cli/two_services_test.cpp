/// Two services on one database: one leads, the other answers and takes over.

#include <gtest/gtest.h>
#include <signal.h>

#include <fmt/core.h>

#include "program.h"
#include "started.h"
#include "support/eventually.h"
#include "support/files.h"
#include "support/postgres_server.h"

namespace tipoff::cli_test {
namespace {

const std::string kMorning = "2025-11-03T15:00:00Z";

/// A service with a folder of its own.
class OneOfTwo {
public:
    OneOfTwo(const std::filesystem::path& folder, const std::string& database)
        : process_({"--home", folder.string(), "--database", database, "--now", kMorning, "serve",
                    "--listen", "127.0.0.1:0", "--without-schedule"}),
          url_(process_.url()) {}

    /// The answer and, in a line of its own, its status.
    [[nodiscard]] std::string ask(const std::string& path, const std::string& token,
                                  const std::string& more = {}) const {
        return said_by_shell(
            fmt::format("curl --silent --write-out '\n%{{http_code}}' --header "
                        "'Authorization: Bearer {}' {} {}{}",
                        token, more, url_, path));
    }
    [[nodiscard]] std::string start(const std::string& token) const {
        return ask("/start", token, R"(--data '{"game_date": "TODAY"}')");
    }

    void end() {
        process_.signal(SIGTERM);
        EXPECT_EQ(process_.wait().code, 0);
    }
    [[nodiscard]] std::string pid() const { return std::to_string(process_.pid()); }

private:
    Started process_;
    std::string url_;
};

TEST(TwoServices, OneLeadsAndTheOtherTakesOver) {
    auto* const server = support::PostgresServer::shared();
    if (server == nullptr)
        GTEST_SKIP() << "PostgreSQL is not installed: script/bootstrap installs it";
    const std::string database = server->new_database();
    const support::TempFolder folder;
    const auto run = [&](Words words) {
        words.insert(words.begin(),
                     {"--home", folder / "one", "--database", database, "--now", kMorning});
        return run_tipoff(words);
    };
    ASSERT_EQ(run_tipoff({"league", "write", folder / "season", "--through", "2025-11-02"}).code,
              0);
    const Outcome imported = run({"import", folder / "season"});
    ASSERT_EQ(imported.code, 0) << imported.err;
    const Outcome made = run({"token", "create", "--scope", "operate"});
    ASSERT_EQ(made.code, 0) << made.err;
    const std::string token = made.out.substr(0, made.out.find('\n'));

    OneOfTwo first(folder.path() / "one", database);
    OneOfTwo second(folder.path() / "two", database);
    const std::string begun = first.start(token);
    EXPECT_TRUE(begun.ends_with("\n202")) << begun;
    const std::string refused = second.start(token);
    EXPECT_TRUE(refused.ends_with("\n409")) << refused;
    EXPECT_TRUE(refused.contains(":" + first.pid() + " runs the batches")) << refused;
    // What the leader has done is seen at the other.
    EXPECT_TRUE(support::eventually([&] {
        return second.ask("/status?batch_id=2025-11-03-1", token).contains(R"("state":"complete")");
    }));

    first.end();
    std::string taken_over;
    EXPECT_TRUE(support::eventually([&] {
        taken_over = second.start(token);
        return taken_over.ends_with("\n202");
    })) << taken_over;
    EXPECT_TRUE(support::eventually([&] {
        return second.ask("/status?batch_id=2025-11-03-2", token).contains(R"("state":"complete")");
    }));
    second.end();
}

}  // namespace
}  // namespace tipoff::cli_test
