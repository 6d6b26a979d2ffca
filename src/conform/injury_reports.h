#pragma once
/// Reports of injuries as the transactions that the fold walks: who went out, who came back.

#include <span>
#include <vector>

#include "collect/collected_tables.h"
#include "collect/raw_tables.h"

namespace tipoff::conform {

/// A player listed as out or doubtful goes out, one listed otherwise comes back; so does one who
/// was out and is no longer listed while others of his team are. A team without any line says
/// nothing: it may not have submitted its report. The league's report goes before what other
/// sources say of the team on that day, from the instant at which it is known: what they said until
/// then counts until then, so that a report changes nothing of what was known before it. Of two
/// games that a report speaks of the next one counts. Rows whose player is not known yet are left
/// out. A report comes after every transaction of its day.
[[nodiscard]] std::vector<collect::InjuryTransaction> transactions_of_reports(
    std::span<const collect::InjuryReport> reports);

}  // namespace tipoff::conform
