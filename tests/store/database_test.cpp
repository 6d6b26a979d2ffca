// What the seam promises, in each engine: columns in and out, merges, transactions, reading.

#include "store/database.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <thread>

#include "store/dialect.h"
#include "store/test_tables.h"
#include "support/database.h"
#include "support/engines.h"

namespace tipoff::store {
namespace {

using support::count_rows;
using support::execute;
using support::merge_rows;
using support::outcome_of;
using support::told;
using support::value_of;

GameDate day(std::string_view text) { return value_of(parse_date(text)); }

DateScope scope(std::string_view from, std::string_view to) { return {day(from), day(to)}; }

Score score(std::int64_t player, std::string_view date, double points,
            std::string run_id = "first") {
    return {.game = GameId{22200000 + player},
            .player = PlayerId{player},
            .date = day(date),
            .points = points,
            .note = std::nullopt,
            .run_id = std::move(run_id)};
}

/// A database with the test's tables in each engine.
class Store : public support::OnEachEngine {
protected:
    Store() : OnEachEngine({&kScore.spec(), &kEverything.spec(), &kSaying.spec()}) {}

    std::vector<Score> scores() { return value_of(read_rows(db(), kScore, "ORDER BY player_id")); }

    MergeCount merge(const std::vector<Score>& rows,
                     std::optional<DateScope> dates = std::nullopt) {
        return merge_rows(db(), kScore, rows, dates);
    }

    void make(const TableSpec& table) {
        execute(db(), in_dialect(table.create_sql(), dialect_of(db())));
    }
};

// --- columns in, columns out ---

class RoundTrip : public Store {
protected:
    Everything stored(const Everything& row) {
        merge_rows<Everything>(db(), kEverything, {row}, std::nullopt);
        const auto rows = value_of(read_rows(db(), kEverything, "WHERE id = $1", {row.id}));
        return rows.at(0);
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, RoundTrip, support::kEngines, support::engine_name);

TEST_P(RoundTrip, KeepsTheGreatestOfEveryType) {
    const Instant far = value_of(parse_instant("2261-12-31T23:59:59.999999Z"));
    const Everything row{
        .id = std::numeric_limits<std::int64_t>::max(),
        .flag = true,
        .tiny = 127,
        .small = 32767,
        .medium = std::numeric_limits<std::int32_t>::max(),
        .big = std::numeric_limits<std::int64_t>::max(),
        .real = std::numeric_limits<float>::max(),
        .number = std::numeric_limits<double>::max(),
        .text = "Nikola Jokić said \"it's 50%\";\n\tDROP TABLE raw.everything; -- 🏀",
        .date = day("2099-12-31"),
        .at = far,
        .happened = {far},
        .known = {far},
        .as_of = {far},
        .game = GameId{9'069'999'999},
        .player = {90'000'001},
        .team = {1610612766},
        .season = Season::starting_in(2099),
        .season_type = SeasonType::kCup,
        .maybe_flag = true,
        .maybe_number = -1,
        .maybe_text = "there",
        .maybe_date = day("2023-04-09"),
        .maybe_at = far};
    const Everything back = stored(row);
    EXPECT_EQ(back.flag, row.flag);
    EXPECT_EQ(back.tiny, row.tiny);
    EXPECT_EQ(back.small, row.small);
    EXPECT_EQ(back.medium, row.medium);
    EXPECT_EQ(back.big, row.big);
    EXPECT_EQ(back.real, row.real);
    EXPECT_EQ(back.number, row.number);
    EXPECT_EQ(back.text, row.text);
    EXPECT_EQ(back.date, row.date);
    EXPECT_EQ(back.at, row.at);
    EXPECT_EQ(back.happened, row.happened);
    EXPECT_EQ(back.known, row.known);
    EXPECT_EQ(back.as_of, row.as_of);
    EXPECT_EQ(back.game, row.game);
    EXPECT_EQ(back.player, row.player);
    EXPECT_EQ(back.team, row.team);
    EXPECT_EQ(back.season, row.season);
    EXPECT_EQ(back.season_type, row.season_type);
    EXPECT_EQ(back.maybe_flag, row.maybe_flag);
    EXPECT_EQ(back.maybe_number, row.maybe_number);
    EXPECT_EQ(back.maybe_text, row.maybe_text);
    EXPECT_EQ(back.maybe_date, row.maybe_date);
    EXPECT_EQ(back.maybe_at, row.maybe_at);
}

TEST_P(RoundTrip, KeepsTheLeastOfEveryType) {
    const Instant early = value_of(parse_instant("1946-11-01T00:00:00.000001Z"));
    const Everything row{.id = std::numeric_limits<std::int64_t>::min(),
                         .tiny = -128,
                         .small = -32768,
                         .medium = std::numeric_limits<std::int32_t>::min(),
                         .big = std::numeric_limits<std::int64_t>::min(),
                         .real = std::numeric_limits<float>::denorm_min(),
                         .number = std::numeric_limits<double>::denorm_min(),
                         .date = day("1946-11-01"),
                         .at = early,
                         .player = {-1}};
    const Everything back = stored(row);
    EXPECT_EQ(back.tiny, row.tiny);
    EXPECT_EQ(back.small, row.small);
    EXPECT_EQ(back.medium, row.medium);
    EXPECT_EQ(back.big, row.big);
    EXPECT_EQ(back.real, row.real);
    EXPECT_EQ(back.number, row.number);
    EXPECT_EQ(back.text, "");
    EXPECT_EQ(back.date, row.date);
    EXPECT_EQ(back.at, row.at);
    EXPECT_EQ(back.player, row.player);
}

TEST_P(RoundTrip, KeepsWhatIsNotThereApartFromZeroAndFromEmpty) {
    const Everything empty =
        stored({.id = 1, .maybe_number = 0, .maybe_text = "", .maybe_date = GameDate{}});
    EXPECT_EQ(empty.maybe_number, 0);
    EXPECT_EQ(empty.maybe_text, "");
    EXPECT_EQ(empty.maybe_date, GameDate{});

    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Everything none = stored({.id = 2, .real = static_cast<float>(nan), .number = nan});
    EXPECT_TRUE(std::isnan(none.real));
    EXPECT_TRUE(std::isnan(none.number));
    EXPECT_EQ(none.maybe_flag, std::nullopt);
    EXPECT_EQ(none.maybe_number, std::nullopt);
    EXPECT_EQ(none.maybe_text, std::nullopt);
    EXPECT_EQ(none.maybe_date, std::nullopt);
    EXPECT_EQ(none.maybe_at, std::nullopt);
    // NULL in the database too, where SQL leaves it out of means.
    EXPECT_EQ(
        value_of(db().read("SELECT count(number) FROM raw.everything", {})).data[0].integer(0), 1);
}

TEST_P(RoundTrip, KeepsRowsOfManyChunks) {
    constexpr std::int64_t kRows = 5000;
    std::vector<Score> rows;
    for (std::int64_t i = 0; i < kRows; ++i) {
        Score row = score(i, "2023-04-09", i % 7 == 0 ? std::nan("") : static_cast<double>(i) / 3);
        if (i % 5 != 0) row.note = std::string(static_cast<std::size_t>(i % 40), 'n') + "ė";
        rows.push_back(std::move(row));
    }
    EXPECT_EQ(merge(rows).changed, kRows);
    const auto back = scores();
    ASSERT_EQ(back.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(back[i].note, rows[i].note) << i;
        ASSERT_EQ(std::isnan(back[i].points), std::isnan(rows[i].points)) << i;
        if (std::isnan(rows[i].points)) continue;
        EXPECT_EQ(back[i].points, rows[i].points) << i;
    }
}

TEST_P(RoundTrip, KeepsBytesThatAreNotText) {
    const TableSpec blobs{
        .schema = "raw",
        .name = "piece",
        .doc = "",
        .columns = {{.name = "id", .type = ColumnType::kBigInt, .is_key = true, .doc = ""},
                    {.name = "bytes", .type = ColumnType::kBlob, .nullable = true, .doc = ""}}};
    make(blobs);
    const std::string bytes("\x00\xff\x1f\x8b no text", 12);
    Columns columns{.names = {"id", "bytes"},
                    .data = {Column(ColumnType::kBigInt), Column(ColumnType::kBlob)}};
    columns.data[0].push_integer(1);
    columns.data[1].push_text(bytes);
    const auto transaction = value_of(db().begin());
    value_of(transaction->merge(batch_of(blobs, columns), std::nullopt));
    value_of(transaction->commit());
    EXPECT_EQ(value_of(db().read("SELECT bytes FROM raw.piece", {})).data[0].text(0), bytes);
}

TEST_P(RoundTrip, TextThatIsNotUtf8IsRefusedAndNothingIsWritten) {
    Score row = score(1, "2023-04-09", 10);
    row.note = "Doncic in Latin-2: Don\xe8i\xe6";
    const auto transaction = value_of(db().begin());
    const auto merged = transaction->merge(kScore.batch(std::vector{row}), std::nullopt);
    EXPECT_EQ(outcome_of(merged), "invalid input");
    EXPECT_NE(told(merged).find("analytics.score"), std::string::npos) << told(merged);
    EXPECT_EQ(outcome_of(transaction->commit()), "invalid input");
    EXPECT_EQ(count_rows(db(), "analytics.score"), 0);
}

// --- merge ---

class Merge : public Store {};

INSTANTIATE_TEST_SUITE_P(Engines, Merge, support::kEngines, support::engine_name);

TEST_P(Merge, InsertsWhatIsNew) {
    const MergeCount count = merge({score(1, "2023-04-09", 10), score(2, "2023-04-09", 20)});
    EXPECT_EQ(count.staged, 2);
    EXPECT_EQ(count.changed, 2);
    EXPECT_EQ(count.deleted, 0);
    EXPECT_EQ(scores().size(), 2U);
}

TEST_P(Merge, UpdatesOnlyWhatDiffersAndLeavesTheRestToTheRunThatWroteIt) {
    merge({score(1, "2023-04-09", 10), score(2, "2023-04-09", 20)});
    const MergeCount count =
        merge({score(1, "2023-04-09", 10, "second"), score(2, "2023-04-09", 22, "second"),
               score(3, "2023-04-09", 30, "second")});
    EXPECT_EQ(count.staged, 3);
    EXPECT_EQ(count.changed, 2);
    const auto rows = scores();
    EXPECT_EQ(rows[0].run_id, "first");
    EXPECT_EQ(rows[1].run_id, "second");
    EXPECT_EQ(rows[1].points, 22);
    EXPECT_EQ(rows[2].run_id, "second");
}

TEST_P(Merge, ChangesAValueToNullAndBack) {
    Score row = score(1, "2023-04-09", 10);
    row.note = "";
    merge({row});
    row.note = std::nullopt;
    row.points = std::nan("");
    EXPECT_EQ(merge({row}).changed, 1);
    EXPECT_EQ(scores()[0].note, std::nullopt);
    EXPECT_TRUE(std::isnan(scores()[0].points));
    EXPECT_EQ(merge({row}).changed, 0);
    row.note = "";
    EXPECT_EQ(merge({row}).changed, 1);
    EXPECT_EQ(scores()[0].note, "");
}

TEST_P(Merge, OfTheSameRowsChangesNothing) {
    const std::vector rows{score(1, "2023-04-09", 10), score(2, "2023-04-10", std::nan(""))};
    merge(rows);
    const MergeCount again = merge(rows, scope("2023-04-09", "2023-04-10"));
    EXPECT_EQ(again.changed, 0);
    EXPECT_EQ(again.deleted, 0);
}

TEST_P(Merge, HoldsBothZerosForOne) {
    merge({score(1, "2023-04-09", -0.0)});
    EXPECT_FALSE(std::signbit(scores()[0].points));
    EXPECT_EQ(merge({score(1, "2023-04-09", 0.0)}).changed, 0);
}

TEST_P(Merge, WithoutAScopeDeletesNothing) {
    merge({score(1, "2023-04-09", 10), score(2, "2023-04-09", 20)});
    const MergeCount count = merge({score(3, "2023-04-09", 30)});
    EXPECT_EQ(count.deleted, 0);
    EXPECT_EQ(scores().size(), 3U);
}

TEST_P(Merge, DeletesWithinItsDatesOnly) {
    merge({score(1, "2023-04-08", 10), score(2, "2023-04-09", 20), score(3, "2023-04-09", 30),
           score(4, "2023-04-10", 40), score(5, "2023-04-11", 50)});
    const MergeCount count = merge({score(2, "2023-04-09", 20)}, scope("2023-04-09", "2023-04-10"));
    EXPECT_EQ(count.deleted, 2);
    EXPECT_EQ(count.changed, 0);
    const auto rows = scores();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].player, PlayerId{1});
    EXPECT_EQ(rows[1].player, PlayerId{2});
    EXPECT_EQ(rows[2].player, PlayerId{5});
}

TEST_P(Merge, OfNothingEmptiesItsDates) {
    merge({score(1, "2023-04-08", 10), score(2, "2023-04-09", 20)});
    EXPECT_EQ(merge({}, scope("2023-04-09", "2023-04-09")).deleted, 1);
    EXPECT_EQ(merge({}).deleted, 0);
    EXPECT_EQ(scores().size(), 1U);
}

TEST_P(Merge, MovesAPostponedGameToItsNewDate) {
    merge({score(1, "2023-04-09", 10)});
    const MergeCount later = merge({score(1, "2023-04-12", 10)}, scope("2023-04-12", "2023-04-12"));
    EXPECT_EQ(later.changed, 1);
    EXPECT_EQ(later.deleted, 0);
    ASSERT_EQ(scores().size(), 1U);
    EXPECT_EQ(scores()[0].date, day("2023-04-12"));

    // Its old date, computed again, no longer has it and must not take it away from the new one.
    EXPECT_EQ(merge({}, scope("2023-04-09", "2023-04-09")).deleted, 0);
    EXPECT_EQ(scores().size(), 1U);
}

TEST_P(Merge, WritesTheOneColumnInWhichADaysRowsDifferAndLeavesTheOthers) {
    std::vector<Score> rows;
    for (int player = 1; player <= 40; ++player) {
        rows.push_back(score(player, "2023-04-09", player));
        rows.back().note = fmt::format("note {}", player);
    }
    const auto whole_day = scope("2023-04-09", "2023-04-09");
    merge(rows, whole_day);
    for (Score& row : rows) {
        row.points += 0.5;
        row.run_id = "second";
    }
    EXPECT_EQ(merge(rows, whole_day).changed, 40);
    EXPECT_EQ(scores(), rows);
}

/// What is said of so many games: of a few their ids are bound, of more they are staged.
std::vector<Saying> said_of(int games, std::string_view as_of, double points) {
    std::vector<Saying> rows;
    for (int game = 1; game <= games; ++game)
        rows.push_back({.game = GameId{22200000 + game},
                        .player = PlayerId{7},
                        .as_of = {value_of(parse_instant(as_of))},
                        .points = points});
    return rows;
}

TEST_P(Merge, OfAnotherInstantStandsBesideWhatWasSaidBefore) {
    for (const int games : {3, 30}) {
        const auto morning = said_of(games, "2023-04-09T14:00:00Z", 20);
        const auto noon = said_of(games, "2023-04-09T16:00:00Z", 21);
        EXPECT_EQ(merge_rows(db(), kSaying, morning).changed, games);
        EXPECT_EQ(merge_rows(db(), kSaying, noon).changed, games);
        EXPECT_EQ(count_rows(db(), "predictions.saying"), 2 * games);

        EXPECT_EQ(merge_rows(db(), kSaying, noon).changed, 0);
        const auto noon_again = said_of(games, "2023-04-09T16:00:00Z", 22);
        EXPECT_EQ(merge_rows(db(), kSaying, noon_again).changed, games);
        EXPECT_EQ(count_rows(db(), "predictions.saying"), 2 * games);
        execute(db(), "DELETE FROM predictions.saying");
    }
}

TEST_P(Merge, OfOneTableTwiceInATransactionIsTwoMerges) {
    const auto transaction = value_of(db().begin());
    EXPECT_EQ(transaction->merges(), 0);
    const auto put = [&](const Score& row) {
        value_of(transaction->merge(kScore.batch(std::vector{row}), std::nullopt));
    };
    put(score(1, "2023-04-09", 10));
    put(score(2, "2023-04-09", 20));
    EXPECT_EQ(transaction->merges(), 2);
    value_of(transaction->commit());
    EXPECT_EQ(scores().size(), 2U);
}

TEST_P(Merge, RefusesTwoRowsOfOneKey) {
    EXPECT_THROW(merge({score(1, "2023-04-09", 10), score(1, "2023-04-10", 11)}), InvariantBroken);
    EXPECT_EQ(scores().size(), 0U);
    EXPECT_EQ(merge({score(1, "2023-04-09", 10)}).changed, 1);
}

TEST_P(Merge, RefusesNullInAKey) {
    struct Line {
        double value = 0;
        std::int32_t snapshot = 0;
    };
    const Table<Line> lines{
        "raw",
        "line",
        "",
        {key<&Line::value>("line_value", ""), key<&Line::snapshot>("snapshot", "")}};
    make(lines.spec());
    EXPECT_THROW(merge_rows<Line>(db(), lines, {{std::nan(""), 1}}), InvariantBroken);
    EXPECT_EQ(merge_rows<Line>(db(), lines, {{24.5, 1}, {24.5, 2}, {25.5, 1}}).changed, 3);
    EXPECT_THROW(merge_rows<Line>(db(), lines, {{0.0, 1}, {-0.0, 1}}), InvariantBroken);
}

TEST_P(Merge, RefusesColumnsOfAnotherTable) {
    EXPECT_THROW((void)batch_of(kScore.spec(), kEverything.to_columns({})), InvariantBroken);
    Columns uneven = kScore.to_columns(std::vector{score(1, "2023-04-09", 10)});
    uneven.data[3].push_double(1);
    EXPECT_THROW((void)batch_of(kScore.spec(), uneven), InvariantBroken);
}

TEST_P(Merge, IntoATableThatIsNotThereNamesIt) {
    execute(db(), "DROP TABLE analytics.score");
    const auto transaction = value_of(db().begin());
    const auto merged =
        transaction->merge(kScore.batch(std::vector{score(1, "2023-04-09", 10)}), std::nullopt);
    EXPECT_EQ(outcome_of(merged), "invalid input");
    EXPECT_NE(told(merged).find("analytics.score"), std::string::npos) << told(merged);
}

// --- transactions ---

class Transactions : public Store {};

INSTANTIATE_TEST_SUITE_P(Engines, Transactions, support::kEngines, support::engine_name);

TEST_P(Transactions, AreSeenByOthersOnlyOnceCommitted) {
    const auto transaction = value_of(db().begin());
    value_of(
        transaction->merge(kScore.batch(std::vector{score(1, "2023-04-09", 10)}), std::nullopt));
    EXPECT_EQ(value_of(transaction->read("SELECT points FROM analytics.score", {})).rows(), 1U);
    EXPECT_EQ(count_rows(db(), "analytics.score"), 0);
    value_of(transaction->commit());
    EXPECT_EQ(count_rows(db(), "analytics.score"), 1);
}

TEST_P(Transactions, DroppedWithoutACommitLeaveNothing) {
    merge({score(1, "2023-04-09", 10)});
    {
        const auto transaction = value_of(db().begin());
        value_of(transaction->merge(kScore.batch(std::vector{score(2, "2023-04-09", 20)}),
                                    scope("2023-04-09", "2023-04-09")));
        value_of(transaction->execute("UPDATE analytics.score SET points = $1", {99.0}));
    }
    ASSERT_EQ(scores().size(), 1U);
    EXPECT_EQ(scores()[0], score(1, "2023-04-09", 10));
}

TEST_P(Transactions, CommitNothingAfterAStatementThatFailed) {
    const auto transaction = value_of(db().begin());
    value_of(
        transaction->merge(kScore.batch(std::vector{score(1, "2023-04-09", 10)}), std::nullopt));
    EXPECT_EQ(outcome_of(transaction->execute("UPDATE analytics.score SET no_such_column = 1", {})),
              "invalid input");
    const auto committed = transaction->commit();
    EXPECT_EQ(outcome_of(committed), "invalid input");
    EXPECT_NE(told(committed).find("no_such_column"), std::string::npos) << told(committed);
    EXPECT_EQ(count_rows(db(), "analytics.score"), 0);
}

TEST_P(Transactions, SideBySideOnesOfOtherRowsAreAllKept) {
    const auto first = value_of(db().begin());
    const auto second = value_of(db().begin());
    value_of(first->merge(kScore.batch(std::vector{score(1, "2023-04-09", 10)}), std::nullopt));
    value_of(second->merge(kScore.batch(std::vector{score(2, "2023-04-09", 20)}), std::nullopt));
    EXPECT_EQ(value_of(second->read("SELECT count(*) FROM analytics.score", {})).data[0].integer(0),
              1);
    value_of(first->commit());
    value_of(second->commit());
    EXPECT_EQ(scores().size(), 2U);
}

TEST_P(Transactions, DroppedOnesChangeNothing) {
    {
        const auto dropped = value_of(db().begin());
        value_of(
            dropped->merge(kScore.batch(std::vector{score(1, "2023-04-09", 10)}), std::nullopt));
    }
    EXPECT_TRUE(scores().empty());
}

TEST_P(Transactions, ACheckpointKeepsWhatIsCommittedAndAnotherOnesChanges) {
    merge({score(1, "2023-04-09", 10)});
    EXPECT_EQ(told(db().checkpoint()), "");
    const auto open = value_of(db().begin());
    value_of(open->merge(kScore.batch(std::vector{score(2, "2023-04-09", 20)}), std::nullopt));
    const Status beside = db().checkpoint();
    if (!beside) {
        EXPECT_EQ(beside.error().code(), ErrorCode::kBusy) << told(beside);
    }
    value_of(open->commit());
    EXPECT_EQ(told(db().checkpoint()), "");
    EXPECT_EQ(scores().size(), 2U);
}

TEST_P(Transactions, AreDurable) {
    merge({score(1, "2023-04-09", 10)});
    test_database_.reopen();
    EXPECT_EQ(scores().size(), 1U);
}

TEST_P(Transactions, SideBySideTheSecondToChangeARowIsFenced) {
    merge({score(1, "2023-04-09", 10), score(2, "2023-04-09", 20)});
    const auto early = value_of(db().begin());
    const auto late = value_of(db().begin());
    const auto add_one = [](Transaction& transaction, std::int64_t player) {
        return transaction.execute(
            "UPDATE analytics.score SET points = points + 1 WHERE player_id = $1", {player});
    };
    EXPECT_EQ(outcome_of(add_one(*early, 1)), "ok");
    EXPECT_EQ(outcome_of(add_one(*late, 1)), "fenced");
    EXPECT_EQ(outcome_of(late->commit()), "fenced");
    EXPECT_EQ(outcome_of(early->commit()), "ok");
    EXPECT_EQ(scores()[0].points, 11);
}

// --- reading ---

class Reading : public Store {};

INSTANTIATE_TEST_SUITE_P(Engines, Reading, support::kEngines, support::engine_name);

TEST_P(Reading, BindsParametersOfEveryKind) {
    const Instant at = value_of(parse_instant("2022-10-18T23:30:00.5Z"));
    const auto row = value_of(db().read(
        "SELECT $1, $2, $3, $4, $5, $6, $7",
        {nullptr, true, std::int64_t{-5}, 2.5, std::string("it's"), at, day("2023-04-09")}));
    ASSERT_EQ(row.rows(), 1U);
    EXPECT_TRUE(row.data[0].is_null(0));
    EXPECT_EQ(row.data[1].integer(0), 1);
    EXPECT_EQ(row.data[2].integer(0), -5);
    EXPECT_EQ(row.data[3].number(0), 2.5);
    EXPECT_EQ(row.data[4].text(0), "it's");
    EXPECT_EQ(row.data[5].integer(0), at.time_since_epoch().count());
    EXPECT_EQ(row.data[6].integer(0), day("2023-04-09").days_since_epoch());
}

TEST_P(Reading, TakesAParameterForTextAndNeverForSql) {
    merge({score(1, "2023-04-09", 10)});
    const std::string evil = "x'; DELETE FROM analytics.score; --";
    const auto rows =
        value_of(db().read("SELECT player_id FROM analytics.score WHERE run_id = $1", {evil}));
    EXPECT_EQ(rows.rows(), 0U);
    EXPECT_EQ(count_rows(db(), "analytics.score"), 1);
}

TEST_P(Reading, NamesItsColumns) {
    const auto rows = value_of(db().read("SELECT 1 AS one, 'two' AS two", {}));
    EXPECT_EQ(rows.names, (std::vector<std::string>{"one", "two"}));
}

TEST_P(Reading, ParameterThatIsNotUtf8IsRefused) {
    const auto rows = db().read("SELECT $1", {std::string("Don\xe8i\xe6")});
    EXPECT_EQ(outcome_of(rows), "invalid input");
}

TEST_P(Reading, GoesOnFromManyThreadsAtOnce) {
    merge({score(1, "2023-04-09", 10), score(2, "2023-04-09", 20)});
    std::array<std::int64_t, 4> seen{};
    {
        std::vector<std::jthread> readers;
        for (auto& sum : seen) {
            readers.emplace_back([this, &sum] {
                for (int i = 0; i < 20; ++i)
                    sum += count_rows(db(), "analytics.score");
            });
        }
    }
    for (const auto sum : seen)
        EXPECT_EQ(sum, 40);
}

}  // namespace
}  // namespace tipoff::store
