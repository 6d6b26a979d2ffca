#include "base/secret.h"

#include <gtest/gtest.h>

#include "support/expected.h"
#include "support/files.h"

namespace tipoff {
namespace {

using std::filesystem::perms;
using support::outcome_of;
using support::told;

class SecretFile : public testing::Test {
protected:
    void write(std::string_view text, unsigned mode) {
        support::write_file(file_, text);
        std::filesystem::permissions(file_, static_cast<perms>(mode));
    }

    support::TempFolder folder_;
    std::filesystem::path file_ = folder_ / "secret";
};

TEST_F(SecretFile, IsItsFirstLine) {
    for (const unsigned mode : {0600U, 0400U}) {
        write("s3cret \r\nand a remark\n", mode);
        const auto secret = read_secret_file(file_);
        ASSERT_TRUE(secret.has_value()) << told(secret);
        EXPECT_EQ(secret->reveal(), "s3cret");
        std::filesystem::remove(file_);
    }
}

TEST_F(SecretFile, ThatOthersMayReadIsRefusedAndTheHintSaysWhatToDo) {
    for (const unsigned mode : {0644U, 0640U, 0604U, 0660U, 0700U}) {
        write("s3cret", mode);
        const auto secret = read_secret_file(file_);
        EXPECT_EQ(outcome_of(secret), "refused") << std::oct << mode;
        EXPECT_TRUE(told(secret).ends_with("| chmod 600 " + file_.string())) << told(secret);
        EXPECT_EQ(told(secret).find("s3cret"), std::string::npos);
    }
}

TEST_F(SecretFile, ThatIsNotThereOrHasNothingInItIsNamed) {
    EXPECT_EQ(outcome_of(read_secret_file(file_)), "not found");
    write("\ns3cret\n", 0600);
    EXPECT_EQ(outcome_of(read_secret_file(file_)), "invalid input");
    EXPECT_EQ(outcome_of(read_secret_file(folder_.path())), "refused");
}

}  // namespace
}  // namespace tipoff
