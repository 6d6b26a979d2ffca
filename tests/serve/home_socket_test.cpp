/// The socket in a home: who listens, who is heard, and what is left behind.

#include "serve/home_socket.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <stdexcept>

#include "support/child_process.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::serve {
namespace {

namespace fs = std::filesystem;
using support::TempFolder;
using support::value_of;

/// The caller who waits; a test that comes here has called.
HomeConnection accepted(const HomeSocket& socket) {
    auto connection = socket.accept();
    if (!connection) throw std::runtime_error("nobody has called");
    return *std::move(connection);
}

TEST(HomeSocket, FramesGoBothWaysInTheirOrder) {
    const TempFolder home;
    const HomeSocket socket = value_of(HomeSocket::listen(home.path()));
    auto caller = value_of(call_home(home.path()));
    ASSERT_TRUE(caller);
    HomeConnection other = accepted(socket);
    value_of(caller->send({FrameKind::kRequest, "one"}));
    value_of(caller->send({FrameKind::kRequest, ""}));
    EXPECT_EQ(value_of(other.receive()), (Frame{FrameKind::kRequest, "one"}));
    EXPECT_EQ(value_of(other.receive()), (Frame{FrameKind::kRequest, ""}));
    value_of(other.send({FrameKind::kEnd, std::string(1, '\0')}));
    EXPECT_EQ(value_of(caller->receive()), (Frame{FrameKind::kEnd, std::string(1, '\0')}));
    other.shut_down();
    EXPECT_EQ(value_of(caller->receive()), std::nullopt);
}

TEST(HomeSocket, OnlyItsOwnerMayReadAndWriteTheFile) {
    const TempFolder home;
    const HomeSocket socket = value_of(HomeSocket::listen(home.path()));
    struct stat status{};
    ASSERT_EQ(::stat((home / "tipoff.sock").c_str(), &status), 0);
    EXPECT_TRUE(S_ISSOCK(status.st_mode));
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(HomeSocket, NobodyIsThereWhereNobodyListens) {
    const TempFolder home;
    EXPECT_FALSE(value_of(call_home(home.path())));
    EXPECT_FALSE(value_of(call_home(home / "not there")));
    {
        const HomeSocket socket = value_of(HomeSocket::listen(home.path()));
    }
    EXPECT_FALSE(fs::exists(home / "tipoff.sock"));
    EXPECT_FALSE(value_of(call_home(home.path())));
}

TEST(HomeSocket, WhatAKilledProcessLeftBehindIsNobodyAndIsReplaced) {
    const TempFolder home;
    support::ChildProcess other([&home](support::Channel& parent) {
        const HomeSocket socket = value_of(HomeSocket::listen(home.path()));
        parent.tell("listening");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(other.channel().hear(), "listening");
    other.kill();
    EXPECT_TRUE(fs::exists(home / "tipoff.sock"));
    EXPECT_FALSE(value_of(call_home(home.path())));
    const HomeSocket socket = value_of(HomeSocket::listen(home.path()));
    EXPECT_TRUE(value_of(call_home(home.path())));
}

TEST(HomeSocket, AHomesPathMayBeLongerThanASocketsAddress) {
    const TempFolder folder;
    fs::path home = folder.path();
    for (int i = 0; i < 8; ++i)
        home /= std::string(60, 'h');
    fs::create_directories(home);
    const HomeSocket socket = value_of(HomeSocket::listen(home));
    auto caller = value_of(call_home(home));
    ASSERT_TRUE(caller);
    value_of(caller->send({FrameKind::kRequest, "far"}));
    EXPECT_EQ(value_of(accepted(socket).receive()), (Frame{FrameKind::kRequest, "far"}));
}

TEST(HomeSocket, WhoeverHasLeftIsAnErrorAndNoSignal) {
    const TempFolder home;
    const HomeSocket socket = value_of(HomeSocket::listen(home.path()));
    auto caller = value_of(call_home(home.path()));
    ASSERT_TRUE(caller);
    HomeConnection other = accepted(socket);
    caller.reset();
    EXPECT_EQ(value_of(other.receive()), std::nullopt);
    const auto sent = other.send({FrameKind::kOut, "into nothing"});
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), ErrorCode::kIo);
}

TEST(HomeSocket, GarbageIsAnError) {
    const TempFolder home;
    const HomeSocket socket = value_of(HomeSocket::listen(home.path()));
    auto caller = value_of(call_home(home.path()));
    ASSERT_TRUE(caller);
    value_of(caller->send({static_cast<FrameKind>(99), "no frame"}));
    const auto received = accepted(socket).receive();
    ASSERT_FALSE(received);
    EXPECT_EQ(received.error().code(), ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace tipoff::serve
