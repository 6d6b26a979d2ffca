#pragma once
/// The newest runs of a range of dates: of each step for a date, and of each source that is
/// collected.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "store/database.h"

namespace tipoff::operate {

/// A state in which a run's outputs stand.
[[nodiscard]] bool is_success(std::string_view state);
/// Ended without outputs, against its will.
[[nodiscard]] bool is_failure(std::string_view state);

struct DayRun {
    std::string step;
    std::string scope;
    std::optional<store::DateScope> dates;  ///< that it is for; none where it is of no date
    std::string run_id;
    std::string state;
    std::string reason;
    std::string detail;
    std::int64_t fencing_token = 0;
    std::optional<Instant> finished_at;
    std::optional<Instant> last_success;  ///< of a collection's scope
};

class DayRuns {
public:
    /// Runs of steps that cover any of the dates, and collections around them.
    static Expected<DayRuns> load(store::Database& database, const store::DateScope& dates);

    /// The newest run of a step that covers the date, of the training one for it; null where there
    /// is none.
    [[nodiscard]] const DayRun* newest(std::string_view step, GameDate date) const;

    /// The newest collection of any of the sources, of the date or of none; null where there is
    /// none.
    [[nodiscard]] const DayRun* newest_of(std::span<const std::string_view> sources,
                                          GameDate date) const;

    /// When any of the sources last gave something for the date, at the latest at `until`.
    [[nodiscard]] std::optional<Instant> last_given(std::span<const std::string_view> sources,
                                                    GameDate date, Instant until) const;

    /// Whether any of the sources was asked on the days around.
    [[nodiscard]] bool was_asked(std::span<const std::string_view> sources) const;

private:
    std::vector<DayRun> steps_;        ///< by fencing token, newest first
    std::vector<DayRun> collections_;  ///< the same
};

/// The source of a collection's scope: "nbac_player_boxscore" of "nbac_player_boxscore 2023-01-04".
[[nodiscard]] std::string_view source_of_scope(std::string_view scope);

/// The dates that a collection's scope names: "espn_scoreboard 2023-01-04..2023-01-06".
[[nodiscard]] std::optional<store::DateScope> dates_of_scope(std::string_view scope);

}  // namespace tipoff::operate
