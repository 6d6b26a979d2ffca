/// Every `$ tipoff` line of the documents is run, on a small home on which it is the morning of
/// 3 November 2025. Where that cannot be, or another exit code than 0 is right, a comment that does
/// not show stands before the block:
///
///     <!-- not run: asks the upstreams -->
///     <!-- exit 0 or 3: there may be gaps -->

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <regex>
#include <set>
#include <sstream>

#include "operate/catalogue.h"
#include "operate/data_dictionary.h"
#include "program.h"
#include "started.h"
#include "support/files.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using support::TempFolder;

const std::string kMorning = "2025-11-03T15:00:00Z";
const fs::path kRoot = TIPOFF_SOURCE_DIR;

/// What the comment before a block says; without one its commands end with 0.
struct Expectation {
    bool is_run = true;
    std::set<int> codes{0};
};

struct Line {
    std::string page;
    int number = 0;
    std::string text;  ///< without "$ "
    Expectation expected;
};

Expectation expectation_of(const std::string& comment) {
    Expectation expected;
    if (comment.starts_with("<!-- not run: ")) {
        expected.is_run = false;
    } else if (comment.starts_with("<!-- exit ")) {
        expected.codes.clear();
        for (const char c : comment.substr(0, comment.find(':'))) {
            if (c >= '0' && c <= '9') expected.codes.insert(c - '0');
        }
    }
    return expected;
}

/// The commands of a page. One that stands outside of a console block is a failure: nobody would
/// run it.
std::vector<Line> lines_of(const fs::path& page) {
    std::vector<Line> found;
    std::istringstream lines(support::read_file(kRoot / page));
    std::string fence;
    std::string before;
    Expectation expected;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.starts_with("```")) {
            fence = fence.empty() ? line : "";
            expected = expectation_of(before);
        } else if (fence == "```console") {
            if (line.starts_with("$ "))
                found.push_back({page, number, line.substr(2), expected});
            else if (line.starts_with("> "))
                found.back().text += "\n" + line.substr(2);
        } else {
            EXPECT_FALSE(line.starts_with("    tipoff ") || line.starts_with("    $ tipoff ") ||
                         (!fence.empty() && line.starts_with("$ tipoff ")))
                << page << ":" << number << ": a command outside of a console block: " << line;
        }
        if (!line.empty()) before = line;
    }
    return found;
}

/// Headings as links name them: small letters, digits, "-" for blanks.
std::set<std::string> anchors_of(const std::string& text) {
    std::set<std::string> anchors;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('#') || line.find(' ') == std::string::npos) continue;
        std::string anchor;
        for (const char c : line.substr(line.find(' ') + 1)) {
            const auto byte = static_cast<unsigned char>(c);
            if (std::isalnum(byte) != 0 || c == '_' || c == '-')
                anchor += static_cast<char>(std::tolower(byte));
            else if (c == ' ')
                anchor += '-';
        }
        anchors.insert(anchor);
    }
    return anchors;
}

std::vector<fs::path> pages() {
    std::vector<fs::path> found{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"};
    for (const auto& entry : fs::directory_iterator(kRoot / "docs")) {
        if (entry.path().extension() == ".md") found.push_back("docs" / entry.path().filename());
    }
    std::ranges::sort(found);
    return found;
}

/// A folder as a reader of the documents has it: the home ~/nba, files to import in data/, and
/// `tipoff` on the path.
class Desk {
public:
    Desk() {
        fs::create_directory(path("docs"));
        fs::copy(kRoot / "tests/fuzz/corpus/bdl_standings/partial_1.json", path("standings.json"));
        must({"league", "write", path("data"), "--through", "2025-11-02"});
        must({"--home", path("nba"), "import", path("data")});
        must({"--home", path("nba"), "backfill", "--from", "2025-10-21", "--to", "2025-11-03"});
        // Thirty pages at 3.5 seconds are not asked for: the source is left alone at this time.
        change_database(path("nba"), {"INSERT INTO ops.source_breaker VALUES ('br_rosters', 3, "
                                      "'2025-11-03T16:00:00Z', 'HTTP 503', "
                                      "'2025-11-03T14:00:00Z')"});
        fs::create_directory(path("bin"));
        support::write_file(path("bin/tipoff"),
                            "#!/bin/sh\ncase \" $* \" in *' --now '*) exec " +
                                std::string(TIPOFF_PROGRAM) + " \"$@\";; esac\nexec " +
                                std::string(TIPOFF_PROGRAM) + " --now " + kMorning + " \"$@\"\n");
        fs::permissions(path("bin/tipoff"), fs::perms::owner_all);
        fs::copy(path("nba"), path("untouched"), fs::copy_options::recursive);
    }

    /// The home as it was made.
    void tidy() {
        fs::remove_all(path("nba"));
        fs::copy(path("untouched"), path("nba"), fs::copy_options::recursive);
    }

    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

    /// What a shell says to a line, and its exit code.
    [[nodiscard]] Outcome shell(const std::string& line) const {
        const std::string command =
            "cd " + folder_.path().string() + " && export HOME=$PWD TIPOFF_HOME=$PWD/nba " +
            "TIPOFF_UPSTREAMS=http://127.0.0.1:9 PATH=$PWD/bin:/usr/bin:/bin && exec </dev/null "
            "2>&1\n" +
            line;
        Outcome outcome;
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"),
                                                         [](FILE*) { return 0; });
        std::array<char, 4096> part{};
        for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), pipe.get())) > 0;)
            outcome.out.append(part.data(), n);
        const int status = ::pclose(pipe.get());
        outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return outcome;
    }

private:
    void must(const Words& words) {
        const Outcome outcome = run_tipoff(words);
        EXPECT_EQ(outcome.code, 0) << words[0] << outcome.err;
    }

    TempFolder folder_;
};

class Documents : public ::testing::Test {
protected:
    static void SetUpTestSuite() { desk_ = std::make_unique<Desk>(); }
    static void TearDownTestSuite() { desk_.reset(); }
    static Desk& desk() { return *desk_; }

private:
    static inline std::unique_ptr<Desk> desk_;
};

TEST_F(Documents, EveryCommandRuns) {
    int ran = 0;
    int marked = 0;
    for (const fs::path& page : pages()) {
        const auto lines = lines_of(page);
        if (lines.empty()) continue;
        desk().tidy();
        for (const Line& line : lines) {
            if (!line.text.starts_with("tipoff ")) continue;
            if (!line.expected.is_run) {
                ++marked;
                continue;
            }
            ++ran;
            const Outcome outcome = desk().shell(line.text);
            EXPECT_TRUE(line.expected.codes.contains(outcome.code))
                << page.string() << ":" << line.number << ": " << line.text << "\nexit code "
                << outcome.code << "\n"
                << outcome.out.substr(0, 2000);
        }
    }
    EXPECT_GE(ran, 50);
    std::cout << ran << " commands of the documents ran, " << marked << " are marked as not run\n";
}

TEST_F(Documents, PredictionsStartOverHttpAsTheOperationsPageSays) {
    desk().tidy();
    const std::string home = desk().path("nba");
    Started service({"--home", home, "--now", kMorning, "serve", "--listen", "127.0.0.1:0",
                     "--without-schedule"});
    const std::string url = service.url();
    const Outcome token = run_tipoff({"--home", home, "token", "create", "--scope", "operate"});
    ASSERT_EQ(token.code, 0) << token.err;
    int requests = 0;
    for (Line line : lines_of("docs/operations.md")) {
        if (!line.text.starts_with("curl ")) continue;
        ++requests;
        constexpr std::string_view kUsual = "http://127.0.0.1:8080";
        line.text.replace(line.text.find(kUsual), kUsual.size(), url);
        const Outcome outcome =
            desk().shell("TOKEN=" + token.out.substr(0, token.out.find('\n')) + "; " +
                         line.text.insert(4, " --silent --fail-with-body"));
        EXPECT_EQ(outcome.code, 0) << line.text << outcome.out;
        EXPECT_TRUE(outcome.out.contains(R"("batch_id":"2025-11-03-1")"))
            << line.text << outcome.out;
    }
    EXPECT_EQ(requests, 2);
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait().code, 0);
}

TEST_F(Documents, TablesAreWrittenByTheStepsThatTheDictionaryNames) {
    desk().tidy();
    std::string question;
    for (const store::TableSpec* table : operate::catalogue()) {
        const auto has_run = [](const auto& column) { return column.name == "run_id"; };
        if (table->schema == "ops" || std::ranges::none_of(table->columns, has_run)) continue;
        const std::string name = table->qualified_name();
        question += (question.empty() ? "" : " UNION ") + ("SELECT '" + name) +
                    "' AS name, r.step AS step FROM " + name +
                    " t JOIN ops.run r ON r.run_id = t.run_id";
    }
    const Outcome found = desk().shell("tipoff sql \"" + question + "\" --format csv");
    ASSERT_EQ(found.code, 0) << found.out;
    std::istringstream lines(found.out);
    std::string line;
    std::getline(lines, line);
    ASSERT_EQ(line, "name,step");
    int rows = 0;
    for (; std::getline(lines, line); ++rows) {
        const std::string name = line.substr(0, line.find(','));
        const std::string step = line.substr(line.find(',') + 1);
        const auto table = std::ranges::find_if(
            operate::catalogue(), [&](const auto* spec) { return spec->qualified_name() == name; });
        EXPECT_TRUE(operate::writers_of(**table).contains(step)) << line;
    }
    EXPECT_GE(rows, 15);
}

/// Whether a test suite `room.Suite`, or what must not compile, is there.
bool is_test(const std::string& room, const std::string& suite) {
    if (room == "compile_failure") return fs::exists(kRoot / "tests" / room / (suite + ".cpp"));
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / "tests" / room)) {
        if (entry.path().extension() == ".cpp" &&
            support::read_file(entry.path()).contains("(" + suite + ","))
            return true;
    }
    return false;
}

TEST(DocumentedTests, AreThere) {
    int named = 0;
    for (const char* page : {"docs/leakage.md", "docs/reliability.md"}) {
        const std::string text = support::read_file(kRoot / page);
        static const std::regex kName("`(compile_failure\\.[a-z_]+|[a-z]+\\.[A-Z][A-Za-z0-9]+)`");
        for (std::sregex_iterator at(text.begin(), text.end(), kName), end; at != end; ++at) {
            const std::string name = (*at)[1];
            const auto dot = name.find('.');
            EXPECT_TRUE(is_test(name.substr(0, dot), name.substr(dot + 1))) << page << ": " << name;
            ++named;
        }
    }
    EXPECT_GE(named, 60);
}

TEST(Links, LeadSomewhere) {
    for (const fs::path& page : pages()) {
        const std::string text = support::read_file(kRoot / page);
        for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
            std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
            if (target.starts_with("http")) continue;
            const auto hash = target.find('#');
            const std::string anchor = hash == std::string::npos ? "" : target.substr(hash + 1);
            target = target.substr(0, hash);
            const fs::path file =
                target.empty() ? kRoot / page : kRoot / page.parent_path() / target;
            if (!fs::exists(file)) {
                ADD_FAILURE() << page.string() << " links " << target;
                continue;
            }
            if (anchor.empty()) continue;
            EXPECT_TRUE(anchors_of(support::read_file(file)).contains(anchor))
                << page.string() << " links " << target << "#" << anchor;
        }
    }
}

}  // namespace
}  // namespace tipoff::cli_test
