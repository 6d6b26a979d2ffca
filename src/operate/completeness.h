#pragma once
/// How much of what a table should have of a date is there. A step whose inputs are tables asks
/// this before it runs.

#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "base/error.h"
#include "operate/dated_rows.h"
#include "operate/day_runs.h"
#include "operate/game_day.h"
#include "operate/watched_tables.h"
#include "store/database.h"

namespace tipoff::operate {

struct Completeness {
    std::int64_t held = 0;
    std::int64_t expected = 0;

    /// 1 where nothing is expected.
    [[nodiscard]] double share() const;
};

/// What a table holds of a date against what it should. `now` lets games be over of which no
/// schedule has said so yet. A table that is not watched is `kInvalidInput`.
Expected<Completeness> completeness(store::Database& database, std::string_view table,
                                    GameDate date, std::optional<Instant> now = std::nullopt);

/// The same for many tables of one date: what they share is read once. Tables may be asked of from
/// several threads.
class DayCompleteness {
public:
    static Expected<DayCompleteness> load(store::Database& database, GameDate date,
                                          std::optional<Instant> now);

    [[nodiscard]] const GameDay& day() const { return day_; }
    [[nodiscard]] const DayRuns& runs() const { return runs_; }

    /// `rows` are those of the date and of the days before where they are at hand, and null where
    /// the table has no date. An optional table is expected where it is in use: it has rows of
    /// those days, or one of its sources was asked.
    Expected<Completeness> of(const WatchedTable& watched, const DatedRows* rows);

private:
    struct Counts {
        std::mutex mutex;
        std::map<std::string_view, std::shared_future<Expected<Completeness>>> by_statement;
    };

    DayCompleteness(store::Database& database, std::optional<Instant> now)
        : database_(&database), now_(now) {}

    Expected<std::int64_t> held(const WatchedTable& watched, const DatedRows* rows);
    Expected<std::int64_t> expected(const WatchedTable& watched);
    Expected<std::int64_t> teams_held(const WatchedTable& watched);
    Expected<bool> is_in_use(const WatchedTable& watched, const DatedRows* rows);
    Expected<Completeness> count(std::string_view statement);
    Expected<Completeness> counted_once(std::string_view statement);

    store::Database* database_;
    std::optional<Instant> now_;
    GameDay day_;
    DayRuns runs_;
    std::unique_ptr<Counts> counts_ = std::make_unique<Counts>();
};

}  // namespace tipoff::operate
