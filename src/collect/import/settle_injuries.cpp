#include "collect/import/settle_injuries.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "collect/import/settle.h"

namespace tipoff::collect {
namespace {

using Statement = std::tuple<bool, std::string, std::string>;
using Place = std::tuple<std::string, GameDate, TeamId>;

Place place_of(const InjuryTransaction& row) {
    return {row.source, row.transaction_date, row.team_id};
}

Statement statement_of(const InjuryTransaction& row) {
    return {!row.returned, row.player_name, row.notes};
}

/// What the database has for a date and team.
struct StoredDay {
    std::map<Statement, InjuryTransaction> statements;
    std::int32_t next_ordinal = 0;
};

Expected<std::map<Place, StoredDay>> read_days(store::Database& database,
                                               const Facts<InjuryTransaction>& facts) {
    const store::Columns staged = kInjuryTransaction.to_columns(facts.rows);
    TIPOFF_TRY(const store::Columns columns,
               read_stored(database, kInjuryTransaction.spec(), staged));
    std::map<Place, StoredDay> days;
    for (auto& row : kInjuryTransaction.to_rows(columns)) {
        StoredDay& day = days[place_of(row)];
        day.next_ordinal = std::max(day.next_ordinal, row.ordinal + 1);
        const Statement statement = statement_of(row);
        day.statements.emplace(statement, std::move(row));
    }
    return days;
}

}  // namespace

Status settle_injuries(store::Database& database, std::vector<StagedFile>& files,
                       Facts<InjuryTransaction>& facts) {
    if (facts.rows.empty()) return {};
    TIPOFF_TRY(auto days, read_days(database, facts));

    std::vector<std::size_t> order(facts.rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) {
        return std::pair(place_of(facts.rows[i]), statement_of(facts.rows[i]));
    });

    std::vector<std::uint8_t> keep(facts.rows.size(), 0);
    const InjuryTransaction* before = nullptr;
    for (const std::size_t i : order) {
        InjuryTransaction& row = facts.rows[i];
        StagedFile& file = files[facts.origins[i].file];
        file.mark_kept(facts.origins[i].line);
        const bool repeats = before != nullptr && place_of(*before) == place_of(row) &&
                             statement_of(*before) == statement_of(row);
        before = &row;
        if (repeats) {
            ++file.duplicates;
            continue;
        }
        StoredDay& day = days[place_of(row)];
        const auto stored = day.statements.find(statement_of(row));
        if (stored == day.statements.end()) {
            row.ordinal = day.next_ordinal++;
        } else if (stored->second.player_id == row.player_id) {
            continue;
        } else {
            // The name has been found since, or linked by hand.
            row.ordinal = stored->second.ordinal;
        }
        keep[i] = 1;
    }
    facts.retain(keep);
    return {};
}

}  // namespace tipoff::collect
