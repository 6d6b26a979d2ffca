/// Pro Sports Transactions: who was placed on the list and who came back, by day and team. Names
/// only.

#include <array>

#include "collect/import/kind.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 5> kColumns{"Date", "Team", "Acquired", "Relinquished",
                                                   "Notes"};
enum Column : std::size_t { kDate, kTeam, kAcquired, kRelinquished, kNotes };

/// A date, a diagnosis or a note that slipped into a name's column. Names begin with a capital
/// letter, a parenthesis or a letter beyond ASCII.
bool is_name(std::string_view text) {
    const char first = text.front();
    const bool begins_low = (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9');
    return !begins_low && text.find("(DTD)") == std::string_view::npos;
}

void read(RowFields& row, RowOutput output) {
    StagedInjury staged;
    staged.line = output.line;
    InjuryTransaction& transaction = staged.row;
    transaction.source = kInjuryTransactionsKind.name;
    transaction.transaction_date = row.date(kDate);
    transaction.team_id = row.team(kTeam);
    const std::string_view acquired = row.text(kAcquired);
    const std::string_view relinquished = row.text(kRelinquished);
    transaction.notes = row.text(kNotes);
    row.check(!acquired.empty() || !relinquished.empty(), kRelinquished,
              "neither Acquired nor Relinquished names a player");
    row.check(acquired != relinquished, kAcquired,
              "the same player both acquired and relinquished");
    row.check(acquired.empty() || is_name(acquired), kAcquired, "not a player's name");
    row.check(relinquished.empty() || is_name(relinquished), kRelinquished, "not a player's name");
    if (row.refused()) return;
    for (const bool returned : {true, false}) {
        transaction.returned = returned;
        transaction.player_name = returned ? acquired : relinquished;
        if (!transaction.player_name.empty()) output.file.records.injuries.push_back(staged);
    }
}

}  // namespace

const Kind kInjuryTransactionsKind{.name = "injury_transactions",
                                   .columns = kColumns,
                                   .required = kColumns.size(),
                                   .absent = {},
                                   .read = read};

}  // namespace tipoff::collect
