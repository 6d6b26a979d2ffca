/// Beside a process that is in the middle of writing, every command that reads says what it says
/// alone, and none can harm that process.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <csignal>
#include <map>
#include <set>

#include "help.h"
#include "one_home.h"
#include "serve/home_socket.h"
#include "support/expected.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using support::value_of;

class OneHomeReads : public OneHome {
protected:
    Outcome sql(const std::string& query, const Words& more = {}) const {
        Words command{"sql", query, "--format", "csv"};
        command.insert(command.end(), more.begin(), more.end());
        return tipoff(command);
    }

    /// The owner still answers.
    void expect_alive() const { EXPECT_EQ(sql("SELECT 1 AS one").out, "one\n1\n"); }
};

const std::string kHours =
    "SELECT count(*) FROM raw.schedule a, raw.schedule b, raw.schedule c, "
    "raw.schedule d WHERE hash(a.game_id, b.game_id, c.game_id, d.game_id) = 1";

/// Each command that reads a home, with arguments by which it has something to say.
const std::map<std::string, std::vector<Words>> kReads{
    {"picks", {{"--date", "2025-11-02"}, {"--date", "2025-11-02", "--format", "json"}}},
    {"grade", {{"--from", "2025-10-30", "--to", "2025-11-02"}}},
    {"evaluate", {{"--from", "2025-11-01", "--to", "2025-11-02", "--format", "json"}}},
    {"train", {{"--list"}}},
    {"coverage",
     {{"--date", "2025-11-02", "--detailed"}, {"--date", "2025-11-02", "--format", "csv"}}},
    {"status", {{"--date", "2025-11-02", "--now", "2025-11-03T18:00:00Z"}}},
    {"runs list", {{}}},
    {"runs show", {{"RUN"}}},
    {"runs summary", {{"--since", "2025-11-01"}}},
    {"runs upkeep", {{"--dry-run"}}},
    {"schedule list", {{"--now", "2025-11-03T18:00:00Z"}}},
    {"schedule due", {{"--now", "2025-11-03T18:00:00Z", "--format", "json"}}},
    {"schedule log", {{"--format", "csv"}}},
    {"alerts list", {{"--format", "json"}}},
    {"names unresolved", {{"--format", "csv"}}},
    {"token list", {{"--format", "json"}}},
    {"sql",
     {{"SELECT * FROM analytics.game ORDER BY game_id"},
      {"SELECT * FROM analytics.game ORDER BY game_id", "--format", "json"},
      {"EXPLAIN SELECT 1"},
      {"SELECT * FROM no_such_table"},
      {"SELECT i FROM range(20000) r(i) ORDER BY i", "--format", "csv"}}},
    {"export", {{"raw.schedule", "--to", "FILE.csv"}, {"raw.schedule", "--to", "FILE.parquet"}}},
};

/// What writes, or needs no home, or all of it: `one_home_writes_test.cpp` has the first.
const std::set<std::string> kOthers{"import",
                                    "collect",
                                    "run",
                                    "backfill",
                                    "note",
                                    "schedule pause",
                                    "schedule resume",
                                    "schedule trigger",
                                    "names link",
                                    "alerts test",
                                    "demo",
                                    "parse",
                                    "league write",
                                    "league serve",
                                    "schema",
                                    "doctor",
                                    "version",
                                    "rebuild",
                                    "schedule run",
                                    "serve",
                                    "worker",
                                    "token create",
                                    "token revoke"};

std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

TEST_F(OneHomeReads, EveryCommandIsOneThatReadsOrOneOfTheOthers) {
    for (const Words& command : all_commands()) {
        if (is_group(help_of(command))) continue;
        const std::string name = joined(command);
        EXPECT_TRUE(kReads.contains(name) != kOthers.contains(name)) << name;
    }
}

TEST_F(OneHomeReads, EveryCommandSaysWhatItSaysAlone) {
    const std::string run =
        tipoff({"sql", "SELECT run_id FROM ops.run ORDER BY run_id LIMIT 1", "--format", "csv"})
            .out.substr(7, 12);
    // Exported files by what made them, and what each command said.
    const auto outcomes = [&](const std::string& beside) {
        std::map<std::string, Outcome> all;
        for (const auto& [name, variants] : kReads) {
            for (const Words& arguments : variants) {
                Words command;
                std::string word;
                for (std::istringstream parts(name); parts >> word;)
                    command.push_back(word);
                std::string file;
                for (const std::string& argument : arguments) {
                    std::string given = argument == "RUN" ? run : argument;
                    if (argument.starts_with("FILE"))
                        file = given = folder_ / (beside + argument.substr(4));
                    command.push_back(given);
                }
                Outcome outcome = tipoff(command);
                if (!file.empty()) outcome.out = support::read_file(file);
                all.emplace(joined(command).substr(0, name.size()) + " " + joined(arguments),
                            std::move(outcome));
            }
        }
        return all;
    };
    const auto writer = busy_writer();
    const auto beside = outcomes("beside");
    EXPECT_NE(tipoff({"import", folder_.path()}).code, 0) << "the writer still has the home";
    // A writer that is killed leaves its rows as they are until the next one comes.
    writer->kill();
    const auto alone = outcomes("alone");
    for (const auto& [command, outcome] : beside) {
        EXPECT_EQ(outcome.code, alone.at(command).code) << command << outcome.err;
        EXPECT_EQ(outcome.out, alone.at(command).out) << command;
        EXPECT_EQ(outcome.err, alone.at(command).err) << command;
    }
    EXPECT_NE(beside.at("picks --date 2025-11-02").out, "");
}

TEST_F(OneHomeReads, ATerminalLooksAsItDoesAlone) {
    const Words command = words({"sql", "SELECT * FROM raw.schedule ORDER BY game_id LIMIT 3"});
    const auto writer = busy_writer();
    const Outcome beside = run_on_terminal(command);
    const Outcome plain = run_on_terminal(command, {{"NO_COLOR", "1"}});
    writer->kill();
    EXPECT_EQ(beside.out, run_on_terminal(command).out);
    EXPECT_EQ(plain.out, run_on_terminal(command, {{"NO_COLOR", "1"}}).out);
    EXPECT_NE(beside.out, plain.out);
}

TEST_F(OneHomeReads, RelativePathsAreOfWhoeverCalls) {
    const auto writer = busy_writer();
    const fs::path before = fs::current_path();
    fs::create_directory(folder_ / "here");
    fs::current_path(folder_ / "here");
    const Outcome exported = tipoff({"export", "raw.schedule", "--to", "games.csv"});
    const Outcome columns = tipoff({"export", "raw.schedule", "--to", "./games.parquet"});
    const Outcome gaps = tipoff({"coverage", "--date", kDate, "--csv", "gaps.csv"});
    const Outcome nowhere = tipoff({"export", "raw.schedule", "--to", "none/games.csv"});
    fs::current_path(before);
    EXPECT_EQ(exported.code, 0) << exported.err;
    EXPECT_TRUE(exported.out.contains("\ngames.csv  ")) << exported.out;
    EXPECT_GT(fs::file_size(folder_ / "here/games.csv"), 1000U);
    EXPECT_EQ(columns.code, 0) << columns.err;
    EXPECT_TRUE(support::read_file(folder_ / "here/games.parquet").starts_with("PAR1"));
    EXPECT_TRUE(fs::exists(folder_ / "here/gaps.csv")) << gaps.err;
    EXPECT_EQ(nowhere.code, 2);
    EXPECT_TRUE(nowhere.err.contains("there is no folder")) << nowhere.err;
    EXPECT_FALSE(fs::exists(home() / "exchange"));
}

TEST_F(OneHomeReads, QueriesCanOnlyRead) {
    const auto writer = busy_writer();
    const std::string file = folder_ / "stolen";
    for (const std::string& query : std::vector<std::string>{
             "INSERT INTO ops.migration VALUES (77, 'x', now())", "DELETE FROM raw.schedule",
             "CREATE TEMP TABLE t AS SELECT 1", "COPY (SELECT 1) TO '" + file + "'",
             "ATTACH '" + file + "' AS other", "SET threads = 1", "CHECKPOINT",
             "SELECT 1; DROP TABLE raw.schedule", "SELECT * FROM read_csv('/etc/passwd')",
             "SELECT * FROM read_text('" + (home() / "tipoff.lock").string() + "')",
             "SELECT * FROM '" + (home() / "archive/x.parquet").string() + "'",
             "SELECT * FROM glob('" + home().string() + "/archive/*')",
             "SELECT * FROM force_checkpoint()", "SELECT * FROM \"checkpoint\"('home')",
             "SELECT * FROM query('SELECT * FROM enable_' || 'logging()')",
             "EXPLAIN ANALYZE SELECT * FROM truncate_duckdb_logs()",
             "SELECT * FROM tipoff_batch(1)"}) {
        const Outcome outcome = sql(query);
        EXPECT_NE(outcome.code, 0) << query;
        EXPECT_EQ(outcome.out, "") << query;
        EXPECT_TRUE(outcome.err.starts_with("tipoff: ")) << outcome.err;
    }
    EXPECT_FALSE(fs::exists(file));
    EXPECT_EQ(sql("SELECT count(*) AS n FROM ops.migration WHERE version = 77").out, "n\n0\n");
    EXPECT_NE(sql("SELECT count(*) AS n FROM raw.schedule").out, "n\n0\n");
}

TEST_F(OneHomeReads, AQueryOfHoursIsStoppedInTime) {
    const auto writer = busy_writer();
    const Outcome outcome = sql(kHours, {"--time-limit", "1"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_TRUE(outcome.err.contains("longer than 1 s")) << outcome.err;
    expect_alive();
}

TEST_F(OneHomeReads, AResultOfTooManyRowsIsRefused) {
    const auto writer = busy_writer();
    const Outcome outcome = sql("SELECT i FROM range(150000) r(i)", {"--limit", "200000"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.err.contains("more than 100000 rows")) << outcome.err;
    const Outcome fewer = sql("SELECT i FROM range(100000) r(i)", {"--limit", "200000"});
    EXPECT_EQ(fewer.code, 0) << fewer.err;
}

TEST_F(OneHomeReads, ACallerThatIsKilledStopsItsQueryAndNothingElse) {
    const auto writer = busy_writer();
    {
        const Started first(words({"sql", kHours}));
        const Started second(words({"sql", kHours}));
        expect_alive();
    }
    expect_alive();
    // The writer ends only when the queries are over, which by themselves they are not for hours.
    upstream_.answer();
    const Outcome ended = writer->wait();
    EXPECT_EQ(ended.code, kNotFoundUpstream) << ended.err;
}

TEST_F(OneHomeReads, AnOwnerThatEndsKeepsNobodyFromReading) {
    const auto writer = busy_writer();
    Started slow(patient({"sql", kHours, "--time-limit", "2"}));
    expect_alive();
    upstream_.answer();
    EXPECT_EQ(writer->wait().code, kNotFoundUpstream);
    // Where it was broken off it began again by itself; its time is its own in either case.
    const Outcome outcome = slow.wait();
    EXPECT_EQ(outcome.code, 4) << outcome.err;
    EXPECT_TRUE(outcome.err.contains("longer than 2 s")) << outcome.err;
}

TEST_F(OneHomeReads, GarbageOnTheSocketStopsNobody) {
    const auto writer = busy_writer();
    rc::check([&](const std::string& bytes) {
        auto connection = value_of(serve::call_home(home()));
        RC_ASSERT(connection.has_value());
        (void)!::write(connection->descriptor(), bytes.data(), bytes.size());
    });
    rc::check([&](const std::string& payload) {
        auto connection = value_of(serve::call_home(home()));
        RC_ASSERT(connection.has_value());
        (void)connection->send({serve::FrameKind::kRequest, payload}).has_value();
    });
    Outcome outcome = sql("SELECT 1 AS one");
    // So many callers at once are refused; soon they are gone.
    for (int i = 0; i < 200 && outcome.code == 4; ++i)
        outcome = sql("SELECT 1 AS one");
    EXPECT_EQ(outcome.out, "one\n1\n") << outcome.err;
}

TEST_F(OneHomeReads, MoreCallersThanItHasThreadsForAreRefused) {
    const auto writer = busy_writer();
    std::vector<serve::HomeConnection> callers;
    for (int i = 0; i < 32; ++i)
        callers.push_back(*value_of(serve::call_home(home())));
    const Outcome outcome = sql("SELECT 1");
    EXPECT_EQ(outcome.code, 4);
    EXPECT_TRUE(outcome.err.contains("32 commands")) << outcome.err;
}

TEST_F(OneHomeReads, DoctorSaysWhoAnswers) {
    const auto writer = busy_writer();
    const Outcome outcome = tipoff({"doctor"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(outcome.out.contains("process " + std::to_string(writer->pid()))) << outcome.out;
    EXPECT_TRUE(outcome.out.contains("and answers")) << outcome.out;
}

}  // namespace
}  // namespace tipoff::cli_test
