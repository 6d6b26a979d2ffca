// Merges against a plain map, on random batches, in each engine.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "store/database.h"
#include "store/test_tables.h"
#include "support/database.h"
#include "support/engines.h"

namespace tipoff::store {
namespace {

using support::merge_rows;
using support::value_of;

using Reference = std::map<PlayerId, Score>;

constexpr int kPlayers = 8;
constexpr int kDays = 5;

const GameDate kFirstDay = value_of(parse_date("2022-12-30"));  // the days cross a year

Score any_score(PlayerId player, const std::string& run_id) {
    const double points = *rc::gen::element(0.0, -0.0, 1.5, 30.0, static_cast<double>(NAN));
    return {.game = GameId{22200001},
            .player = player,
            .date = kFirstDay.plus_days(*rc::gen::inRange(0, kDays)),
            .points = points,
            .note = *rc::gen::element<std::optional<std::string>>(std::nullopt, "", "note"),
            .run_id = run_id};
}

std::vector<Score> any_batch(const std::string& run_id) {
    std::vector<Score> rows;
    for (int player = 0; player < kPlayers; ++player) {
        if (*rc::gen::arbitrary<bool>()) rows.push_back(any_score(PlayerId{player}, run_id));
    }
    return rows;
}

std::optional<MergeScope> any_scope() {
    if (*rc::gen::arbitrary<bool>()) return std::nullopt;
    const int from = *rc::gen::inRange(0, kDays);
    const int to = *rc::gen::inRange(from, kDays);
    const DateScope dates{kFirstDay.plus_days(from), kFirstDay.plus_days(to)};
    if (*rc::gen::arbitrary<bool>()) return dates;
    return MergeScope(dates,
                      {.column = "note", .value = *rc::gen::element<std::string>("", "note")});
}

bool same_content(const Score& a, const Score& b) {
    const bool same_points = a.points == b.points || (std::isnan(a.points) && std::isnan(b.points));
    return a.date == b.date && same_points && a.note == b.note;
}

/// What a merge is meant to do.
MergeCount merge_plainly(Reference& table, const std::vector<Score>& rows,
                         const std::optional<MergeScope>& scope) {
    MergeCount count{.staged = static_cast<std::int64_t>(rows.size())};
    Reference batch;
    for (const Score& row : rows)
        batch.emplace(row.player, row);
    if (scope) {
        count.deleted = static_cast<std::int64_t>(std::erase_if(table, [&](const auto& entry) {
            const Score& row = entry.second;
            const bool in_scope = row.date >= scope->dates.from && row.date <= scope->dates.to &&
                                  (!scope->share || row.note == scope->share->value);
            return in_scope && !batch.contains(entry.first);
        }));
    }
    for (const Score& row : rows) {
        const auto found = table.find(row.player);
        if (found != table.end() && same_content(found->second, row)) continue;
        table.insert_or_assign(row.player, row);
        ++count.changed;
    }
    return count;
}

Fingerprint digest_of(Database& database) {
    return value_of(digest(database, std::array{&kScore.spec()}));
}

void hold_what_a_plain_map_would(Database* database) {
    merge_rows<Score>(*database, kScore, {}, DateScope{kFirstDay, kFirstDay.plus_days(kDays)});

    Reference reference;
    const int merges = *rc::gen::inRange(1, 6);
    for (int i = 0; i < merges; ++i) {
        const auto batch = any_batch("run " + std::to_string(i));
        const auto scope = any_scope();
        const MergeCount expected = merge_plainly(reference, batch, scope);
        const MergeCount found = merge_rows(*database, kScore, batch, scope);
        RC_ASSERT(found.staged == expected.staged);
        RC_ASSERT(found.changed == expected.changed);
        RC_ASSERT(found.deleted == expected.deleted);
    }

    const auto stored = value_of(read_rows(*database, kScore, "ORDER BY player_id"));
    RC_ASSERT(stored.size() == reference.size());
    std::vector<Score> expected_rows;
    for (const auto& [player, row] : reference)
        expected_rows.push_back(row);
    for (std::size_t i = 0; i < stored.size(); ++i) {
        RC_ASSERT(stored[i].player == expected_rows[i].player);
        RC_ASSERT(same_content(stored[i], expected_rows[i]));
        RC_ASSERT(stored[i].run_id == expected_rows[i].run_id);
    }

    // The same rows put into an empty table in one go give the same digest.
    const Fingerprint after_merges = digest_of(*database);
    merge_rows<Score>(*database, kScore, {}, DateScope{kFirstDay, kFirstDay.plus_days(kDays)});
    merge_rows(*database, kScore, expected_rows);
    RC_ASSERT(digest_of(*database) == after_merges);
}

RC_GTEST_PROP(MergeProperties, ManyMergesAreWhatAPlainMapWouldHold, ()) {
    static support::TestDatabase database(support::Engine::kDuckDb, {&kScore.spec()});
    hold_what_a_plain_map_would(&database.get());
}

RC_GTEST_PROP(MergeProperties, ManyMergesOnAServerAreWhatAPlainMapWouldHold, ()) {
    static support::TestDatabase database(support::Engine::kPostgres, {&kScore.spec()});
    if (!support::is_installed(support::Engine::kPostgres)) return;
    hold_what_a_plain_map_would(&database.get());
}

}  // namespace
}  // namespace tipoff::store
