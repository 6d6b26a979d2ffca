/// `tipoff worker`: what it refuses. At work it is run by tests/coordinate.

#include <gtest/gtest.h>

#include "program.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

TEST(WorkerCommand, NeedsAQueueThatIsAnAddress) {
    EXPECT_EQ(run_tipoff({"worker"}).code, 2);
    const Outcome wrong = run_tipoff({"worker", "--queue", "10.0.0.1:4222"});
    EXPECT_EQ(wrong.code, 2);
    EXPECT_TRUE(wrong.err.contains("nats://host:4222")) << wrong.err;
}

TEST(WorkerCommand, DoesNotRepeatAPassword) {
    const Outcome refused = run_tipoff({"worker", "--queue", "nats://me:swordfish@10.0.0.1:4222"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_FALSE((refused.out + refused.err).contains("swordfish"));
}

TEST(WorkerCommand, SaysWhereNobodyAnswers) {
    // The port of the discard service, which nobody runs.
    const Outcome alone = run_tipoff({"worker", "--queue", "nats://127.0.0.1:9"});
    EXPECT_EQ(alone.code, 1);
    EXPECT_TRUE(alone.err.contains("no queue answers at nats://127.0.0.1:9/tipoff")) << alone.err;
}

TEST(WorkerCommand, RefusesCredentialsThatOthersMayRead) {
    const support::TempFolder folder;
    support::write_file(folder / "creds", "me:swordfish\n");
    std::filesystem::permissions(folder / "creds", std::filesystem::perms(0644));
    const Outcome refused = run_tipoff({"worker", "--queue", "nats://127.0.0.1:9"},
                                       {{"TIPOFF_NATS_CREDS", (folder / "creds").string()}});
    EXPECT_EQ(refused.code, 4);
    EXPECT_TRUE(refused.err.contains("chmod 600")) << refused.err;
}

}  // namespace
}  // namespace tipoff::cli_test
