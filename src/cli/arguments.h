#pragma once
/// Arguments that several commands take in one form. What cannot be read is `kUsage` and names the
/// option.

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "cli/command_line.h"
#include "cli/context.h"
#include "collect/source.h"
#include "conform/market.h"
#include "store/database.h"

namespace tipoff::cli {

/// "30m", "24h", "7d"; nothing for anything else.
[[nodiscard]] std::optional<std::chrono::minutes> parse_span(std::string_view text);

/// When a look back starts: "24h", "7d", "30m" before `now`, or the morning of a date of the
/// league. `now` is of the clock that the rows are of: the machine's of runs, the league's of
/// decisions and alerts.
Expected<Instant> parse_since(std::string_view option, std::string_view text, Instant now,
                              const Context& context);

/// Markets by name, each once, in the order in which they are named; "every" and "all" are all of
/// them. Nothing where none is named.
Expected<std::vector<Market>> parse_markets(std::span<const std::string> names);

/// The one that is named; nothing where none is.
Expected<std::vector<Market>> parse_one_market(const std::optional<std::string>& name);

/// `--threads`: 1 to 64, two unless it is given.
Expected<std::size_t> thread_count(const std::optional<std::int64_t>& threads);

/// A source by any of its names; the hint of `kUsage` lists them.
Expected<const collect::Source*> parse_source(const std::string& name);

/// A team as any source writes it; `kUsage` names the option.
Expected<TeamId> parse_team(std::string_view option, const std::string& name);

/// Days of the league as commands ask for them: one date, a list of dates, a range, or whole
/// seasons.
struct DateArguments {
    std::optional<std::string> date;
    std::vector<std::string> dates;
    std::optional<std::string> from;
    std::optional<std::string> to;
    std::vector<std::string> seasons;

    /// Declares `--from`, `--to`, `--season` and `--seasons`.
    void declare_ranges(Options& options);

    /// Declares `--date`.
    void declare_date(Options& options, std::string_view help);

    /// Declares `--dates`.
    void declare_dates(Options& options);

    /// Whether any date was given.
    [[nodiscard]] bool any() const;

    /// The ranges asked for, in order and apart from each other; days side by side are one range.
    /// `kUsage` where nothing or more than one form is given, where `--to` is before `--from`, and
    /// for a bare year, with both its readings.
    [[nodiscard]] Expected<std::vector<store::DateScope>> ranges(const Context& context) const;

    /// The one range asked for; `kUsage` where there are several.
    [[nodiscard]] Expected<store::DateScope> range(const Context& context) const;
};

/// The days from a season's turn to the next.
[[nodiscard]] store::DateScope days_of(Season season);

}  // namespace tipoff::cli
