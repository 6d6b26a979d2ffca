#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "store/database.h"
#include "store/dialect.h"
#include "store/test_tables.h"
#include "support/database.h"
#include "support/engines.h"

namespace tipoff::store {
namespace {

using support::execute;
using support::merge_rows;
using support::value_of;

GameDate day(std::string_view text) { return value_of(parse_date(text)); }

class Digest : public support::OnEachEngine {
protected:
    Digest() : OnEachEngine({&kScore.spec(), &kEverything.spec()}) {}

    Fingerprint scores() { return value_of(digest(*database_, std::array{&kScore.spec()})); }
    Fingerprint everything() {
        return value_of(digest(*database_, std::array{&kEverything.spec()}));
    }

    Fingerprint of(const std::vector<Score>& rows) {
        execute(*database_, "DELETE FROM analytics.score");
        merge_rows(*database_, kScore, rows);
        return scores();
    }

    Fingerprint of(const Everything& row) {
        execute(*database_, "DELETE FROM raw.everything");
        merge_rows<Everything>(*database_, kEverything, {row});
        return everything();
    }

    void make(const TableSpec& table) {
        execute(*database_, in_dialect(table.create_sql(), dialect_of(*database_)));
    }

    Database* const database_ = &db();
};

INSTANTIATE_TEST_SUITE_P(Engines, Digest, support::kEngines, support::engine_name);

/// Rows over three years, in the order of their keys.
std::vector<Score> some_scores() {
    std::vector<Score> rows;
    for (std::int64_t i = 0; i < 300; ++i) {
        rows.push_back({.game = GameId{22100000 + i % 10},
                        .player = PlayerId{i},
                        .date = day("2021-10-19").plus_days(static_cast<int>(i * 3)),
                        .points = static_cast<double>(i) / 7,
                        .note = i % 3 == 0 ? std::optional<std::string>{} : "note",
                        .run_id = "first"});
    }
    return rows;
}

TEST_P(Digest, DependsOnTheRowsAndNotOnTheirOrder) {
    std::vector<Score> rows = some_scores();
    const Fingerprint forwards = of(rows);
    std::ranges::reverse(rows);
    EXPECT_EQ(of(rows), forwards);
    std::ranges::rotate(rows, rows.begin() + 100);
    EXPECT_EQ(of(rows), forwards);
}

TEST_P(Digest, DoesNotDependOnHowTheRowsCameToBeThere) {
    const std::vector<Score> rows = some_scores();
    const Fingerprint in_one_go = of(rows);

    execute(*database_, "DELETE FROM analytics.score");
    std::vector<Score> wrong = rows;
    for (Score& row : wrong)
        row.points += 1;
    merge_rows(*database_, kScore, wrong);
    for (std::size_t i = 0; i < rows.size(); i += 50) {
        const std::vector<Score> part(rows.begin() + static_cast<std::ptrdiff_t>(i),
                                      rows.begin() + static_cast<std::ptrdiff_t>(i + 50));
        merge_rows(*database_, kScore, part, DateScope{part.front().date, part.back().date});
    }
    EXPECT_EQ(scores(), in_one_go);
}

TEST_P(Digest, DoesNotDependOnWhichRunWroteTheRows) {
    std::vector<Score> rows = some_scores();
    const Fingerprint first = of(rows);
    for (Score& row : rows)
        row.run_id = "second";
    EXPECT_EQ(of(rows), first);
}

TEST_P(Digest, DependsOnEachRowBeingThere) {
    std::vector<Score> rows = some_scores();
    const Fingerprint all = of(rows);
    for (const std::ptrdiff_t at : {0, 150, 299}) {
        std::vector<Score> fewer = rows;
        fewer.erase(fewer.begin() + at);
        EXPECT_NE(of(fewer), all) << at;
    }
    EXPECT_NE(of(std::vector<Score>{}), all);
}

TEST_P(Digest, DependsOnWhichTablesItIsOver) {
    of(some_scores());
    const auto over = [&](std::vector<const TableSpec*> tables) {
        return value_of(digest(*database_, tables));
    };
    EXPECT_NE(over({&kScore.spec()}), over({&kEverything.spec()}));
    EXPECT_NE(over({&kScore.spec()}), over({&kScore.spec(), &kEverything.spec()}));
    execute(*database_, "DELETE FROM analytics.score");
    EXPECT_NE(over({&kScore.spec()}), over({&kEverything.spec()}));
}

TEST_P(Digest, DependsOnEveryValue) {
    using Change = std::function<void(Everything&)>;
    const std::vector<Change> changes{
        [](Everything& row) { row.id = 2; },
        [](Everything& row) { row.flag = true; },
        [](Everything& row) { row.tiny = 1; },
        [](Everything& row) { row.small = 1; },
        [](Everything& row) { row.medium = 1; },
        [](Everything& row) { row.big = 1; },
        [](Everything& row) { row.real = std::nextafterf(0.1F, 1.0F); },
        [](Everything& row) { row.real = NAN; },
        [](Everything& row) { row.number = std::nextafter(0.1, 1.0); },
        [](Everything& row) { row.number = NAN; },
        [](Everything& row) { row.text = "x"; },
        [](Everything& row) { row.date = row.date.plus_days(1); },
        [](Everything& row) { row.at += std::chrono::microseconds{1}; },
        [](Everything& row) { row.happened.at += std::chrono::microseconds{1}; },
        [](Everything& row) { row.known.at += std::chrono::microseconds{1}; },
        [](Everything& row) { row.as_of.at += std::chrono::microseconds{1}; },
        [](Everything& row) { row.game.value += 1; },
        [](Everything& row) { row.player.value += 1; },
        [](Everything& row) { row.team.value += 1; },
        [](Everything& row) { row.season = Season::starting_in(2023); },
        [](Everything& row) { row.season_type = SeasonType::kPlayoffs; },
        [](Everything& row) { row.maybe_flag = false; },
        [](Everything& row) { row.maybe_flag = true; },
        [](Everything& row) { row.maybe_number = 0; },
        [](Everything& row) { row.maybe_number = 1; },
        [](Everything& row) { row.maybe_text = ""; },
        [](Everything& row) { row.maybe_text = "x"; },
        [](Everything& row) { row.maybe_date = GameDate{}; },
        [](Everything& row) { row.maybe_at = Instant{}; },
    };
    const Everything plain{.id = 1, .real = 0.1F, .number = 0.1};
    std::vector<Fingerprint> seen{of(plain)};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Everything changed = plain;
        changes[i](changed);
        const Fingerprint found = of(changed);
        EXPECT_EQ(std::ranges::find(seen, found), seen.end()) << "change " << i;
        seen.push_back(found);
    }
    EXPECT_EQ(of(plain), seen.front());
}

TEST_P(Digest, TextThatMovesFromOneColumnToTheNextIsAnotherText) {
    struct Name {
        std::int64_t id = 1;
        std::string first;
        std::string last;
    };
    const Table<Name> names{"ref",
                            "name",
                            "",
                            {key<&Name::id>("id", ""), value<&Name::first>("first_name", ""),
                             value<&Name::last>("last_name", "")}};
    execute(*database_, "CREATE SCHEMA ref");
    make(names.spec());
    const auto of_name = [&](const std::string& first, const std::string& last) {
        merge_rows<Name>(*database_, names, {{1, first, last}});
        return value_of(digest(*database_, std::array{&names.spec()}));
    };
    EXPECT_NE(of_name("ab", "c"), of_name("a", "bc"));
}

TEST_P(Digest, CountsRowsWithoutADate) {
    struct Trade {
        std::int64_t id = 0;
        std::optional<GameDate> date;
        std::int32_t picks = 0;
    };
    const Table<Trade> trades{"ref",
                              "trade",
                              "",
                              {key<&Trade::id>("id", ""), value<&Trade::date>("game_date", ""),
                               value<&Trade::picks>("picks", "")}};
    execute(*database_, "CREATE SCHEMA ref");
    make(trades.spec());
    const auto of_trades = [&](const std::vector<Trade>& rows) {
        merge_rows(*database_, trades, rows);
        return value_of(digest(*database_, std::array{&trades.spec()}));
    };
    const Fingerprint before = of_trades({{1, day("2022-01-01"), 1}, {2, std::nullopt, 1}});
    EXPECT_NE(of_trades({{2, std::nullopt, 2}}), before);
}

TEST_P(Digest, OfRowsInMemoryIsTheSameForTheSameContentOnly) {
    std::vector<Score> rows = some_scores();
    const auto before = row_fingerprints(kScore.spec(), kScore.to_columns(rows));
    ASSERT_EQ(before.size(), rows.size());
    rows[0].run_id = "second";
    rows[1].points += 1;
    const auto after = row_fingerprints(kScore.spec(), kScore.to_columns(rows));
    EXPECT_EQ(after[0], before[0]);
    EXPECT_NE(after[1], before[1]);
    EXPECT_EQ(after[2], before[2]);
}

}  // namespace
}  // namespace tipoff::store
