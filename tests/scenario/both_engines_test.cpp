// A simulated season from files to graded forecasts in each engine: the same rows, and the same
// answers to who looks at them.

#include <gtest/gtest.h>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "features/feature_tables.h"
#include "forecast/prediction_tables.h"
#include "grade/report.h"
#include "league/schedule.h"
#include "league/season.h"
#include "league/write.h"
#include "operate/backfill.h"
#include "operate/board.h"
#include "operate/catalogue.h"
#include "operate/coverage.h"
#include "operate/importing.h"
#include "operate/problems.h"
#include "operate/run_summary.h"
#include "operate/status.h"
#include "operate/upkeep.h"
#include "scenario/operated_league.h"
#include "serve/documents/board_context.h"
#include "serve/documents/player_features.h"
#include "serve/documents/player_season.h"
#include "serve/documents/player_shots.h"
#include "serve/table_export.h"
#include "store/duckdb/duckdb_database.h"
#include "store/home.h"
#include "support/engines.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate {
namespace {

using support::value_of;

constexpr Season kSeason = Season::starting_in(2025);
constexpr int kDaysPlayed = 30;

GameDate opening_night() { return league::season_days(kSeason).opening_night; }
GameDate last_night() { return opening_night().plus_days(kDaysPlayed); }
GameDate looked_at() { return opening_night().plus_days(20); }

/// What came of the season in one home.
struct Told {
    std::string stated;   ///< digest after the import
    std::string derived;  ///< digest after the backfill
    std::string again;    ///< the same once it was derived anew
    std::int64_t merges = 0;
    std::string report;
    std::string coverage;
    std::string status;
    std::string board;
    std::string pages;
    std::string parquet;
    std::string runs;
    std::size_t problems = 0;
};

std::string told_of(const grade::GradeReport& report) {
    std::string text = fmt::format("{} player games", report.population_n);
    for (const grade::SystemReport& system : report.systems) {
        text += fmt::format("; {} {} mae {:.17g} mean {:.17g} bias {:.17g}", system.system_id,
                            system.measures.n(), system.measures.mae(), system.measures.mae_mean(),
                            system.measures.bias());
    }
    return text;
}

std::string told_of(const CoverageReport& report) {
    std::string text = fmt::format("{} expected, {} predicted, {} voided", report.expected,
                                   report.predicted, report.voided);
    for (const CoverageGap& gap : report.gaps)
        text += fmt::format("; {} {} {}", gap.player, to_string(gap.reason), gap.detail);
    return text;
}

std::string told_of(const StatusReport& report) {
    std::string text =
        fmt::format("{} games, {} players", report.games, report.feature_store.players);
    for (const StatusLights& lights : report.lights) {
        text += fmt::format("; {} {} {} {} {}", lights.table, lights.job.says, lights.age.says,
                            lights.completeness.says, lights.sanity.says);
    }
    return text;
}

std::string told_of(const Board& board) {
    std::string text;
    for (const BoardRow& row : board.rows) {
        text += fmt::format("{} {} {} {:.17g} {:.17g} {}; ", row.player, row.book.value_or("none"),
                            row.line, row.mean, row.p_no_vig, row.system_id);
    }
    return text;
}

/// What the dashboard's pages of the date and of one of its players are made from.
std::string pages_of(store::Database& database, const Board& board) {
    const BoardRequest request{.date = looked_at()};
    const PlayerId player = board.rows.at(0).player_id;
    std::string text = value_of(serve::board_games_json(database, request)).dump();
    text += value_of(serve::recent_games_json(database, request, board, 5)).dump();
    text += value_of(serve::player_season_json(database, {.player = player})).dump();
    text += value_of(serve::player_splits_json(database, {.player = player})).dump();
    text += value_of(serve::player_shots_json(database, player, looked_at())).dump();
    text += value_of(serve::player_features_json(database, player, looked_at())).dump();
    return text;
}

/// The exported parquet file of a table as text.
std::string parquet_of(store::Database& database, const std::filesystem::path& home) {
    const support::TempFolder folder;
    const serve::ExportRequest request{.table = &features::kFeatureStore.spec(),
                                       .dates = store::DateScope{looked_at(), last_night()}};
    const auto file = folder / "exported.parquet";
    std::ofstream bytes(file, std::ios::binary);
    value_of(serve::export_stream(database, home, request, serve::ExportForm::kParquet)(
        [&bytes](std::string_view piece) -> Status {
            bytes << piece;
            return {};
        }));
    bytes.close();
    const store::Columns rows = value_of(store::read_parquet(file));
    std::string text = fmt::format("{}\n", fmt::join(rows.names, ","));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        for (std::size_t c = 0; c < rows.data.size(); ++c) {
            const bool is_shown = rows.names[c] != "run_id" && !rows.data[c].is_null(row);
            text += is_shown ? fmt::format("{},", rows.data[c].text(row)) : std::string(",");
        }
        text += '\n';
    }
    return text;
}

std::string told_of(const RunSummary& summary) {
    std::string text;
    for (const StepSummary& step : summary.steps)
        text += fmt::format("{} {} {} {}; ", step.step, step.source, step.state, step.count);
    return text;
}

std::string digest_of(store::Database& database,
                      const std::vector<const store::TableSpec*>& tables) {
    return to_string(value_of(store::digest(database, tables)));
}

std::vector<const store::TableSpec*> stated_tables() {
    std::vector<const store::TableSpec*> tables;
    for (const store::TableSpec* table : catalogue()) {
        if (table->schema == "raw" || table->schema == "ref") tables.push_back(table);
    }
    return tables;
}

Told told_by(support::Engine engine, const std::filesystem::path& season) {
    const support::HomePlace place(engine);
    ManualClock clock(
        eastern_instant(last_night().plus_days(1), {.hour = 12, .minute = 0, .second = 0}));
    const auto home = value_of(store::open_home(place.path(), catalogue(),
                                                {.access = store::Access::kReadWrite,
                                                 .wait = std::chrono::milliseconds{0},
                                                 .command = "test",
                                                 .database_url = place.database_url(),
                                                 .engine = {}},
                                                clock));
    store::Database& database = home->database();
    EXPECT_EQ(database.engine().starts_with("PostgreSQL"), engine == support::Engine::kPostgres);
    ledger::Ledger ledger(database, clock);
    Told told;
    value_of(run_import(database, ledger, clock, {.home = place.path(), .paths = {season}}));
    told.stated = digest_of(database, stated_tables());

    const auto facts = value_of(Facts::load(database));
    Backfill backfill(database, ledger, clock, *facts);
    BackfillRequest request;
    request.dates = {opening_night(), last_night()};
    told.merges = value_of(backfill.run(request)).merges;
    told.derived = digest_of(database, derived_tables());

    told.report = told_of(
        value_of(grade::grade_report(database, {.dates = {opening_night(), last_night()}})));
    told.coverage =
        told_of(value_of(coverage(database, {.dates = {looked_at().plus_days(-5), looked_at()}})));
    told.status = told_of(value_of(status(database, looked_at(), clock.league_now())));
    const Board board_then = value_of(board(database, {.date = looked_at()}));
    told.board = told_of(board_then);
    told.pages = pages_of(database, board_then);
    told.parquet = parquet_of(database, place.path());
    told.runs =
        told_of(value_of(summarize_runs(database, clock.wall_now() - std::chrono::hours{1})));
    told.problems = value_of(problems(database, clock)).size();
    value_of(upkeep(database, ledger, clock, {}));

    // Half of it anew, beside what is there.
    clock.advance(std::chrono::hours{1});
    BackfillRequest half = request;
    half.dates.from = looked_at();
    half.force = true;
    value_of(backfill.run(half));
    told.again = digest_of(database, derived_tables());
    return told;
}

TEST(ASeasonInBothEngines, HasTheSameRowsAndAnswers) {
    if (!support::is_installed(support::Engine::kPostgres)) GTEST_SKIP() << support::kNotInstalled;
    const support::TempFolder season;
    league::LeagueOptions options;
    options.season = kSeason;
    options.seed = 7;
    options.through = last_night();
    value_of(league::write_season(value_of(league::simulate(options)), season.path()));

    const Told here = told_by(support::Engine::kDuckDb, season.path());
    const Told there = told_by(support::Engine::kPostgres, season.path());
    EXPECT_EQ(there.stated, here.stated);
    EXPECT_EQ(there.derived, here.derived);
    EXPECT_EQ(there.again, here.derived);
    EXPECT_EQ(here.again, here.derived);
    EXPECT_EQ(there.merges, here.merges);
    EXPECT_EQ(there.report, here.report);
    EXPECT_EQ(there.coverage, here.coverage);
    EXPECT_EQ(there.status, here.status);
    EXPECT_EQ(there.board, here.board);
    EXPECT_EQ(there.pages, here.pages);
    EXPECT_TRUE(there.parquet == here.parquet) << "of the feature store";
    EXPECT_GT(std::ranges::count(here.parquet, '\n'), 1'000);
    EXPECT_EQ(there.runs, here.runs);
    EXPECT_EQ(there.problems, here.problems);
    EXPECT_FALSE(here.board.empty());
}

/// An operated night and the morning after: collected, planned, derived, graded, told.
struct Operated {
    std::string stated;
    std::map<std::string, std::string> derived;
    std::map<std::string, std::int64_t> runs;  ///< by step, state and reason
    std::size_t sent = 0;
};

Operated operated_by(support::Engine engine) {
    const support::HomePlace place(engine);
    scenario::OperatedLeague league(place);
    league.operate_until(eastern_instant(scenario::opening_night().plus_days(1),
                                         {.hour = 12, .minute = 0, .second = 0}));
    EXPECT_EQ(league.database().engine().starts_with("PostgreSQL"),
              engine == support::Engine::kPostgres);
    Operated operated{.stated = to_string(league.league().stated_digest()),
                      .derived = league.league().derived_digests(),
                      .sent = league.sent().size()};
    for (const ledger::RunRow& run : value_of(read_rows(league.database(), ledger::kRun)))
        ++operated.runs[fmt::format("{} {} {}", run.step, run.state, run.reason)];
    return operated;
}

TEST(ASeasonInBothEngines, IsOperatedAlike) {
    if (!support::is_installed(support::Engine::kPostgres)) GTEST_SKIP() << support::kNotInstalled;
    const Operated here = operated_by(support::Engine::kDuckDb);
    const Operated there = operated_by(support::Engine::kPostgres);
    EXPECT_EQ(there.stated, here.stated);
    EXPECT_EQ(there.derived, here.derived);
    EXPECT_EQ(there.runs, here.runs);
    EXPECT_EQ(there.sent, here.sent);
    EXPECT_GT(here.sent, 0U);
}

}  // namespace
}  // namespace tipoff::operate
