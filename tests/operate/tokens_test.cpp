#include "operate/tokens.h"

#include <gtest/gtest.h>

#include "operate/catalogue.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::outcome_of;
using support::value_of;

class Tokens : public ::testing::Test {
protected:
    KnownTokens known() { return KnownTokens(value_of(read_tokens(*database_))); }
    CreatedToken make(TokenRequest request = {}) {
        return value_of(create_token(*database_, request, clock_));
    }
    TokenState state_of_only() {
        return state_of(value_of(read_tokens(*database_)).at(0), clock_.wall_now());
    }

    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_ =
        support::open_with_tables(folder_ / "test.duckdb", {&kToken.spec()});
    ManualClock clock_{value_of(parse_instant("2026-01-20T17:00:00Z"))};
};

TEST_F(Tokens, AreKnownByTheirWholeTextAlone) {
    const CreatedToken made = make({.scope = TokenScope::kOperate, .name = "a"});
    const std::string text = made.text.reveal();
    const KnownTokens tokens = known();
    const TokenRow* found = tokens.find(text);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->token_id, made.row.token_id);
    EXPECT_EQ(found->scope, "operate");
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string other = text;
        other[i] = other[i] == 'x' ? 'y' : 'x';
        EXPECT_EQ(tokens.find(other), nullptr) << i;
    }
    EXPECT_EQ(tokens.find(text + "x"), nullptr);
    EXPECT_EQ(tokens.find(text.substr(1)), nullptr);
    EXPECT_EQ(tokens.find(""), nullptr);
    EXPECT_EQ(KnownTokens().find(text), nullptr);
}

TEST_F(Tokens, NoneIsKept) {
    const std::string text = make({.name = "a"}).text.reveal();
    const std::string secret = text.substr(text.size() - 43);
    support::execute(*database_, "CHECKPOINT");
    const auto row = value_of(read_tokens(*database_)).at(0);
    EXPECT_NE(row.secret_hash, secret);
    EXPECT_EQ(row.secret_hash.size(), 64U);
    database_.reset();
    EXPECT_EQ(support::read_file(folder_ / "test.duckdb").find(secret), std::string::npos);
}

TEST_F(Tokens, NoTwoAreTheSame) {
    const CreatedToken one = make();
    const CreatedToken other = make();
    EXPECT_NE(one.text.reveal(), other.text.reveal());
    EXPECT_NE(one.row.token_id, other.row.token_id);
    EXPECT_NE(one.row.secret_hash, other.row.secret_hash);
}

TEST_F(Tokens, ExpireAtTheirTime) {
    make({.lives = std::chrono::hours{1}});
    clock_.advance(std::chrono::hours{1} - std::chrono::seconds{1});
    EXPECT_EQ(state_of_only(), TokenState::kGood);
    clock_.advance(std::chrono::seconds{1});
    EXPECT_EQ(state_of_only(), TokenState::kExpired);
}

TEST_F(Tokens, AreRevokedOnce) {
    const CreatedToken made = make();
    EXPECT_TRUE(value_of(revoke_token(*database_, made.row.token_id, clock_)));
    const Instant at = clock_.wall_now();
    clock_.advance(std::chrono::hours{1});
    EXPECT_FALSE(value_of(revoke_token(*database_, made.row.token_id, clock_)));
    const TokenRow row = value_of(read_tokens(*database_)).at(0);
    EXPECT_EQ(row.revoked_at, at);
    EXPECT_EQ(row.row_version, 2);
    EXPECT_EQ(state_of_only(), TokenState::kRevoked);
    EXPECT_EQ(outcome_of(revoke_token(*database_, "nobody", clock_)), "not found");
}

TEST_F(Tokens, KeepTheirLastUse) {
    const CreatedToken made = make();
    value_of(note_token_use(*database_, made.row.token_id, clock_.wall_now()));
    const TokenRow row = value_of(read_tokens(*database_)).at(0);
    EXPECT_EQ(row.last_used_at, clock_.wall_now());
    EXPECT_EQ(row.row_version, 2);
}

}  // namespace
}  // namespace tipoff::operate
