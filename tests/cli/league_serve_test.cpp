/// `tipoff league serve` as a process: it says where it listens, answers, and ends when it is told
/// to.

#include <gtest/gtest.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <vector>

#include "base/curl_transport.h"
#include "program.h"

namespace tipoff::cli_test {
namespace {

/// The program with its standard output on a pipe.
class Served {
public:
    explicit Served(Words words) {
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
        posix_spawn_file_actions_t actions{};
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        words.insert(words.begin(), TIPOFF_PROGRAM);
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        EXPECT_EQ(
            ::posix_spawn(&pid_, TIPOFF_PROGRAM, &actions, nullptr, arguments.data(), environ), 0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        output_ = ::fdopen(ends[0], "r");
    }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    ~Served() {
        if (pid_ > 0) static_cast<void>(end(SIGKILL));
        if (output_ != nullptr) std::fclose(output_);
    }

    std::string line() {
        std::string text;
        for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_))
            text += static_cast<char>(c);
        return text;
    }

    /// Its exit code, 128 + signal where one ended it.
    int end(int signal) {
        int status = 0;
        ::kill(pid_, signal);
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    pid_t pid_ = 0;
    std::FILE* output_ = nullptr;
};

TEST(LeagueServe, AnswersUntilItIsTerminated) {
    for (const int signal : {SIGTERM, SIGINT}) {
        Served served(
            {"league", "serve", "--listen", "127.0.0.1:0", "--now", "2026-01-20T17:00:00Z"});
        const std::string first = served.line();
        const std::size_t begin = first.find("http://127.0.0.1:");
        ASSERT_NE(begin, std::string::npos) << first;
        EXPECT_TRUE(first.contains("2026-01-20 12:00 ET")) << first;
        const std::string url = first.substr(begin, first.find(": it is") - begin);
        EXPECT_TRUE(served.line().ends_with("--upstreams " + url));
        const SystemClock clock;
        CurlTransport transport(clock);
        const auto answer =
            transport.get({.url = url + "/v1/games?dates[]=2026-01-20&per_page=100",
                           .headers = {{"Host", "api.balldontlie.io"}, {"Authorization", "k"}}});
        ASSERT_TRUE(answer) << answer.error().detail;
        EXPECT_EQ(answer->status, 200);
        EXPECT_TRUE(answer->body.contains("\"date\":\"2026-01-20\""));
        EXPECT_EQ(served.end(signal), 0);
    }
}

TEST(LeagueServe, RefusesWhatCannotBe) {
    for (const Words& words :
         {Words{"--listen", "0.0.0.0:80"}, Words{"--listen", "127.0.0.1:x"}, Words{"--speed", "0"},
          Words{"--fault-share", "0.5"}, Words{"--faults", "1", "--fault-share", "2"},
          Words{"--season", "2026"}}) {
        Words all{"league", "serve"};
        all.insert(all.end(), words.begin(), words.end());
        EXPECT_EQ(run_tipoff(all).code, 2) << words[0] << " " << words[1];
    }
}

}  // namespace
}  // namespace tipoff::cli_test
