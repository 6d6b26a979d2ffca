#pragma once
/// Which stated tables changed last, and by which run: how a scheduler sees, without reading a
/// fact, that what was computed of them is computed again or need not be.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "ledger/ledger.h"
#include "store/database.h"

namespace tipoff::ledger {

/// Notes, in the transaction that changed them, that rows of these tables changed. `dates` are the
/// game dates that the run was about; none where it has no date. The change has a token of its own:
/// what was computed while the run was under way does not know of it.
Status note_input_changes(store::Transaction& transaction, const RunHandle& run,
                          std::span<const std::string> tables, std::span<const GameDate> dates,
                          const Clock& clock);

/// The token of the newest change of any of the tables, of the date alone or of any; 0 where there
/// is none. Runs begun later have greater ones.
Expected<std::int64_t> newest_change(store::Database& database,
                                     std::span<const std::string_view> tables,
                                     std::optional<GameDate> date = std::nullopt);

/// The fencing token of the newest successful run of which the condition holds ("step = $1"); 0
/// where there is none.
Expected<std::int64_t> newest_success(store::Database& database, std::string_view condition,
                                      const store::Values& values);

/// The newest successful run of a step and scope; nothing where there is none.
Expected<std::optional<RunRow>> newest_success_of(store::Database& database, std::string_view step,
                                                  std::string_view scope);

/// `newest_change` of the tables together for every date of which any row changed.
Expected<std::map<GameDate, std::int64_t>> newest_changes_by_date(
    store::Database& database, std::span<const std::string_view> tables);

}  // namespace tipoff::ledger
