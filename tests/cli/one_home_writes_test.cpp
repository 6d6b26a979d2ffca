/// Commands that write while another process has the home open: one that stays does them, one that
/// does a single command is waited for. And what is said when the two do not fit or one dies.

#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "cli/handed_request.h"
#include "one_home.h"
#include "serve/home_socket.h"
#include "store/duckdb/duckdb_database.h"
#include "support/child_process.h"
#include "support/expected.h"

namespace tipoff::cli_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using serve::Frame;
using serve::FrameKind;
using support::value_of;

class OneHomeWrites : public OneHome {
protected:
    /// The first value of a query's result.
    std::string value(const std::string& query) const {
        const Outcome outcome = tipoff({"sql", query, "--format", "csv"});
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        const auto begin = outcome.out.find('\n') + 1;
        return outcome.out.substr(begin, outcome.out.find('\n', begin) - begin);
    }

    static std::string process(const Started& started) {
        return "process " + std::to_string(started.pid()) + " (tipoff ";
    }
};

TEST_F(OneHomeWrites, OneThatStaysDoesThemAndTheyAreThere) {
    const auto owner = long_lived_owner();
    EXPECT_EQ(run_tipoff(patient({"schedule", "pause", "rare"})).out, "rare is paused\n");
    EXPECT_EQ(run_tipoff(patient({"schedule", "pause", "rare"})).out, "rare was paused already\n");
    EXPECT_EQ(value("SELECT count(*) FROM ops.schedule_state WHERE paused"), "1");
    EXPECT_EQ(run_tipoff(patient({"schedule", "resume", "rare"})).out, "rare goes on\n");

    const std::string rows = value("SELECT count(*) FROM predictions.player_prop_prediction");
    const Outcome backfill = run_tipoff(
        patient({"backfill", "--from", "2025-10-28", "--to", "2025-10-29", "--format", "json"}));
    EXPECT_EQ(backfill.code, 0) << backfill.err;
    EXPECT_GT(json::parse(backfill.out)["forecasts"], 0);
    EXPECT_NE(value("SELECT count(*) FROM predictions.player_prop_prediction"), rows);

    const Outcome upkeep = run_tipoff(patient({"runs", "upkeep"}));
    EXPECT_EQ(upkeep.code, 0) << upkeep.err;
    const Outcome usage = run_tipoff(patient({"schedule", "pause", "unknown"}));
    EXPECT_EQ(usage.code, 2);
    EXPECT_TRUE(usage.err.contains("no job is called 'unknown'")) << usage.err;

    owner->signal(SIGTERM);
    EXPECT_EQ(owner->wait().code, 0);
    EXPECT_FALSE(fs::exists(home() / "tipoff.sock"));
    EXPECT_NE(value("SELECT count(*) FROM predictions.player_prop_prediction"), rows);
}

TEST_F(OneHomeWrites, FilesAreThoseOfWhoeverCalls) {
    ASSERT_EQ(run_tipoff({"league", "write", folder_ / "more", "--through", "2025-11-03"}).code, 0);
    const auto owner = long_lived_owner();
    const fs::path before = fs::current_path();
    fs::current_path(folder_.path());
    const Outcome imported = run_tipoff(patient({"import", "more", "--format", "json"}));
    fs::current_path(before);
    ASSERT_EQ(imported.code, 0) << imported.err;
    const json report = json::parse(imported.out);
    EXPECT_FALSE(report["files"].empty());
    for (const json& file : report["files"])
        EXPECT_TRUE(std::string(file["file"]).starts_with("more/")) << file["file"];
    EXPECT_EQ(value("SELECT max(game_date) FROM raw.player_box"), "2025-11-03");
}

TEST_F(OneHomeWrites, ParquetIsReadByAnEngineThatIsSharedToo) {
    ASSERT_EQ(run_tipoff({"league", "write", folder_ / "more", "--through", "2025-11-03"}).code, 0);
    const std::string csv = folder_ / "more/player_box_2025-26.csv.gz";
    const std::string parquet = folder_ / "box.parquet";
    {
        const auto scratch = value_of(store::open_duckdb(folder_ / "scratch.duckdb", {}));
        value_of(scratch->read(
            "COPY (SELECT * FROM read_csv('" + csv + "', all_varchar = true)) TO '" + parquet + "'",
            {}));
    }
    const auto owner = long_lived_owner();
    const Outcome imported = run_tipoff(patient({"import", parquet, "--format", "json"}));
    ASSERT_EQ(imported.code, 0) << imported.err;
    EXPECT_EQ(json::parse(imported.out)["files"][0]["outcome"], "kept");
    EXPECT_EQ(value("SELECT max(game_date) FROM raw.player_box"), "2025-11-03");
}

TEST_F(OneHomeWrites, ProgressAndLogAreSeenByWhoeverCalls) {
    const auto owner = long_lived_owner();
    const Words backfill = patient({"backfill", "--dates", "2025-10-29", "--log-level", "info"});
    const Outcome terminal = run_on_terminal(backfill);
    EXPECT_EQ(terminal.code, 0) << terminal.out;
    EXPECT_TRUE(terminal.out.contains("\r\033[Kreading the facts")) << terminal.out;
    EXPECT_TRUE(terminal.out.contains(" info backfill: 2025-26 features: ")) << terminal.out;
    const Outcome piped = run_tipoff(patient({"backfill", "--dates", "2025-10-29"}));
    EXPECT_EQ(piped.err, "");
}

TEST_F(OneHomeWrites, RunsOfTheOwnerAreLeftAlone) {
    const auto owner = long_lived_owner();
    Started collecting(patient({"collect", "nbac_schedule", "--date", "2025-11-03"}),
                       {{"TIPOFF_UPSTREAMS", upstream_.url()}});
    upstream_.wait_until_asked();
    EXPECT_EQ(value("SELECT count(*) FROM ops.run WHERE state = 'running'"), "1");
    upstream_.answer();
    EXPECT_EQ(collecting.wait().code, kNotFoundUpstream);
    EXPECT_EQ(value("SELECT count(*) FROM ops.run WHERE state IN ('running', 'abandoned')"), "0");
}

TEST_F(OneHomeWrites, TwoOfThemTakeTurnsAndReadersDoNotWait) {
    const auto owner = long_lived_owner();
    Started collecting(patient({"collect", "nbac_schedule", "--date", "2025-11-03"}),
                       {{"TIPOFF_UPSTREAMS", upstream_.url()}});
    upstream_.wait_until_asked();
    const Outcome refused = tipoff({"schedule", "pause", "rare"});
    EXPECT_EQ(refused.code, 4);
    EXPECT_TRUE(refused.err.contains(process(*owner))) << refused.err;
    EXPECT_TRUE(refused.err.contains("collect nbac_schedule")) << refused.err;
    EXPECT_EQ(value("SELECT 1"), "1");
    Started waiting(patient({"schedule", "pause", "rare"}));
    upstream_.answer();
    EXPECT_EQ(collecting.wait().code, kNotFoundUpstream);
    const Outcome paused = waiting.wait();
    EXPECT_EQ(paused.out, "rare is paused\n") << paused.err;
}

TEST_F(OneHomeWrites, BesideASingleCommandTheyAreRefusedAndToldWhoItIs) {
    const auto writer = busy_writer();
    for (const Words& command :
         {Words{"schedule", "pause", "rare"}, Words{"runs", "upkeep"}, Words{"rebuild"},
          Words{"schedule", "run"}, Words{"import", folder_.path()},
          Words{"note", "--player", "1", "--date", kDate, "out"}}) {
        const Outcome outcome = tipoff(command);
        EXPECT_EQ(outcome.code, 4) << command.front() << outcome.err;
        EXPECT_EQ(outcome.out, "");
        EXPECT_TRUE(outcome.err.contains(process(*writer))) << outcome.err;
        EXPECT_TRUE(outcome.err.contains("collect nbac_schedule")) << outcome.err;
    }
}

TEST_F(OneHomeWrites, BesideASingleCommandTheyWaitForItsEnd) {
    const auto writer = busy_writer();
    Started waiting(patient({"schedule", "pause", "rare"}));
    upstream_.answer();
    EXPECT_EQ(writer->wait().code, kNotFoundUpstream);
    const Outcome outcome = waiting.wait();
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "rare is paused\n");
}

TEST_F(OneHomeWrites, WhatNeedsTheHomeForItselfSaysSo) {
    const auto owner = long_lived_owner();
    for (const Words& command : {Words{"rebuild"}, Words{"schedule", "run", "--once"}}) {
        const Outcome outcome = tipoff(command);
        EXPECT_EQ(outcome.code, 4) << outcome.err;
        EXPECT_TRUE(outcome.err.contains(process(*owner))) << outcome.err;
        EXPECT_TRUE(outcome.err.contains("needs the home for itself")) << outcome.err;
    }
}

TEST_F(OneHomeWrites, ACallerThatIsKilledLeavesItsWritingToItsEnd) {
    const auto owner = long_lived_owner();
    Started collecting(patient({"collect", "nbac_schedule", "--date", "2025-11-03"}),
                       {{"TIPOFF_UPSTREAMS", upstream_.url()}});
    upstream_.wait_until_asked();
    collecting.kill();
    EXPECT_EQ(value("SELECT state FROM ops.run WHERE step = 'collect'"), "running");
    upstream_.answer();
    // Its turn comes when the other one has ended.
    Started next(patient({"schedule", "pause", "rare"}));
    EXPECT_EQ(next.wait().code, 0);
    EXPECT_NE(value("SELECT state FROM ops.run WHERE step = 'collect'"), "running");
}

TEST_F(OneHomeWrites, AnOwnerThatIsKilledIsToldOf) {
    const auto owner = long_lived_owner();
    Started collecting(patient({"collect", "nbac_schedule", "--date", "2025-11-03"}),
                       {{"TIPOFF_UPSTREAMS", upstream_.url()}});
    upstream_.wait_until_asked();
    const std::string who = process(*owner);
    owner->kill();
    const Outcome outcome = collecting.wait();
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.err.contains(who)) << outcome.err;
    EXPECT_TRUE(outcome.err.contains("ended before it had answered")) << outcome.err;
    // What it left behind is in nobody's way.
    EXPECT_TRUE(fs::exists(home() / "tipoff.sock"));
    EXPECT_EQ(tipoff({"schedule", "pause", "rare"}).out, "rare is paused\n");
    EXPECT_EQ(tipoff({"backfill", "--dates", kDate}).code, 0);
    EXPECT_EQ(value("SELECT state FROM ops.run WHERE step = 'collect'"), "abandoned");
}

TEST_F(OneHomeWrites, ACommandThatIsTooLongToBeHandedOverIsRefused) {
    const auto owner = long_lived_owner();
    Words command{"import"};
    for (int i = 0; i < 16; ++i)
        command.emplace_back(70'000, 'x');
    const Outcome outcome = tipoff(command);
    EXPECT_EQ(outcome.code, 4);
    EXPECT_TRUE(outcome.err.contains("name a folder")) << outcome.err;
}

// --- two versions ---

TEST_F(OneHomeWrites, AnotherVersionIsRefusedAndBothAreNamed) {
    const auto owner = long_lived_owner();
    auto connection = value_of(serve::call_home(home()));
    ASSERT_TRUE(connection);
    cli::HandedRequest request = cli::request_of({"sql", "SELECT 1"});
    request.version = "9.9.9 (of the future)";
    value_of(connection->send({FrameKind::kRequest, cli::packed(request)}));
    const auto frame = value_of(connection->receive());
    ASSERT_TRUE(frame);
    ASSERT_EQ(frame->kind, FrameKind::kRefused);
    const Error error = value_of(cli::unpacked_error(frame->payload));
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
    EXPECT_TRUE(error.message().contains("9.9.9 (of the future)")) << error.message();
    EXPECT_TRUE(error.message().contains(cli::talking_version())) << error.message();
    EXPECT_EQ(value_of(connection->receive()), std::nullopt);
}

/// A process that takes one call in the home and answers with these frames, then ends.
support::ChildProcess owner_that_says(const fs::path& home, const std::vector<Frame>& frames) {
    return support::ChildProcess([home, frames](support::Channel& parent) {
        const auto socket = value_of(serve::HomeSocket::listen(home));
        parent.tell("listening");
        std::optional<serve::HomeConnection> caller;
        while (!caller)
            caller = socket.accept();
        (void)value_of(caller->receive());
        for (const Frame& frame : frames)
            value_of(caller->send(frame));
        return 0;
    });
}

TEST_F(OneHomeWrites, ARefusalIsPrintedAsItIs) {
    auto owner = owner_that_says(
        home(), {{FrameKind::kRefused,
                  cli::packed(Error(ErrorCode::kRefused, "of another version", "start again"))}});
    ASSERT_EQ(owner.channel().hear(), "listening");
    const Outcome outcome = tipoff({"sql", "SELECT 1"});
    EXPECT_EQ(outcome.code, 4);
    EXPECT_EQ(outcome.err, "tipoff: of another version\n  start again\n");
    EXPECT_EQ(outcome.out, "");
}

TEST_F(OneHomeWrites, HalfAnAnswerIsNoneAndIsToldOf) {
    auto owner = owner_that_says(home(), {{FrameKind::kAccepted, "process 7 (tipoff serve)"},
                                          {FrameKind::kOut, "half a res"}});
    ASSERT_EQ(owner.channel().hear(), "listening");
    const Outcome outcome = tipoff({"sql", "SELECT 1"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.err.contains("process 7 (tipoff serve) ended before")) << outcome.err;
}

TEST_F(OneHomeWrites, WhoeverIsSentAwayReadsByItself) {
    auto owner = owner_that_says(
        home(), {{FrameKind::kAccepted, "process 7 (tipoff serve)"},
                 {FrameKind::kNotNow, cli::packed(Error(ErrorCode::kBusy, "it ends", ""))}});
    ASSERT_EQ(owner.channel().hear(), "listening");
    EXPECT_EQ(tipoff({"sql", "SELECT 1 AS one", "--format", "csv"}).out, "one\n1\n");
}

TEST_F(OneHomeWrites, AnAnswerThatIsNoneIsAnError) {
    for (const Frame& frame : {Frame{FrameKind::kRequest, "?"}, Frame{FrameKind::kEnd, "77"},
                               Frame{FrameKind::kNotNow, "no fields"}}) {
        auto owner =
            owner_that_says(home(), {{FrameKind::kAccepted, "process 7 (tipoff serve)"}, frame});
        ASSERT_EQ(owner.channel().hear(), "listening");
        const Outcome outcome = tipoff({"sql", "SELECT 1"});
        EXPECT_EQ(outcome.code, 1) << outcome.err;
        EXPECT_EQ(outcome.out, "");
        EXPECT_NE(outcome.err, "");
    }
}

}  // namespace
}  // namespace tipoff::cli_test
