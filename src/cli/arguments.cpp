#include "cli/arguments.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/parse.h"
#include "collect/teams.h"

namespace tipoff::cli {
namespace {

Error no_dates() {
    return {ErrorCode::kUsage, "which dates?", "--from D --to D, or --season 2025-26; see --help"};
}

/// Sorted, and merged where one range reaches the day before the next.
std::vector<store::DateScope> merged(std::vector<store::DateScope> ranges) {
    std::ranges::sort(ranges, {}, &store::DateScope::from);
    std::vector<store::DateScope> result;
    for (const auto& range : ranges) {
        if (!result.empty() && range.from <= result.back().to.plus_days(1)) {
            result.back().to = std::max(result.back().to, range.to);
        } else {
            result.push_back(range);
        }
    }
    return result;
}

}  // namespace

std::optional<std::chrono::minutes> parse_span(std::string_view text) {
    const auto count = text.empty() ? std::nullopt : parse_integer(text.substr(0, text.size() - 1));
    constexpr std::int64_t kLongest = 100'000;
    if (!count || *count < 0 || *count > kLongest) return std::nullopt;
    switch (text.back()) {
        case 'm': return std::chrono::minutes{*count};
        case 'h': return std::chrono::hours{*count};
        case 'd': return std::chrono::days{*count};
        default: return std::nullopt;
    }
}

Expected<Instant> parse_since(std::string_view option, std::string_view text, Instant now,
                              const Context& context) {
    if (const auto span = parse_span(text)) return now - *span;
    const auto date = context.date(option, text);
    if (date) return eastern_instant(*date, TimeOfDay{});
    return fail(ErrorCode::kUsage,
                fmt::format("{}: '{}' is neither a span nor a date", option, text),
                "30m, 24h, 7d, or YYYY-MM-DD, today, yesterday");
}

Expected<const collect::Source*> parse_source(const std::string& name) {
    if (const collect::Source* source = collect::find_source(name)) return source;
    std::string names;
    for (const collect::Source& source : collect::sources())
        names += (names.empty() ? "" : ", ") + std::string(source.name);
    return fail(ErrorCode::kUsage, fmt::format("no source is called '{}'", name),
                fmt::format("sources: {}", names));
}

Expected<TeamId> parse_team(std::string_view option, const std::string& name) {
    if (const collect::Team* team = collect::find_team(name)) return team->team_id;
    return fail(ErrorCode::kUsage, fmt::format("{}: no team is called '{}'", option, name),
                "three letters or a name: BOS, Celtics, \"Boston Celtics\"");
}

Expected<std::vector<Market>> parse_markets(std::span<const std::string> names) {
    std::vector<Market> markets;
    for (const std::string& name : names) {
        if (name == "every" || name == "all") return std::vector(kMarkets.begin(), kMarkets.end());
        const auto market = find_market(name);
        if (!market) {
            return fail(ErrorCode::kUsage, fmt::format("no market '{}'", name),
                        fmt::format("markets: {}, or every", market_names()));
        }
        if (std::ranges::find(markets, *market) == markets.end()) markets.push_back(*market);
    }
    return markets;
}

Expected<std::vector<Market>> parse_one_market(const std::optional<std::string>& name) {
    if (!name) return std::vector<Market>{};
    TIPOFF_TRY(const Market market, parse_market(*name));
    return std::vector{market};
}

Expected<std::size_t> thread_count(const std::optional<std::int64_t>& threads) {
    if (threads && (*threads < 1 || *threads > 64))
        return fail(ErrorCode::kUsage, "--threads: 1 to 64");
    return static_cast<std::size_t>(threads.value_or(2));
}

store::DateScope days_of(Season season) {
    const auto first_day = [](Season s) {
        // Seasons turn in the autumn, or in December where a summer was late.
        GameDate day{std::chrono::year{s.start_year()} / std::chrono::July / 1};
        while (season_of(day) < s)
            day = day.plus_days(1);
        return day;
    };
    return {first_day(season),
            first_day(Season::starting_in(season.start_year() + 1)).plus_days(-1)};
}

void DateArguments::declare_ranges(Options& options) {
    options.text("--from", from, "First game date: YYYY-MM-DD, today, yesterday or tomorrow")
        .text("--to", to, "Last game date")
        .list("--season,--seasons", seasons,
              "Whole seasons by both years: 2022-23, or 2021-22,2022-23");
}

void DateArguments::declare_date(Options& options, std::string_view help) {
    options.text("--date", date, help);
}

void DateArguments::declare_dates(Options& options) {
    options.list("--dates", dates, "Single game dates: 2023-04-07,2023-04-09");
}

bool DateArguments::any() const { return date || !dates.empty() || from || to || !seasons.empty(); }

Expected<std::vector<store::DateScope>> DateArguments::ranges(const Context& context) const {
    const int forms =
        (date ? 1 : 0) + (dates.empty() ? 0 : 1) + (from || to ? 1 : 0) + (seasons.empty() ? 0 : 1);
    if (forms == 0) return std::unexpected(no_dates());
    if (forms > 1) {
        return fail(ErrorCode::kUsage, "the dates are given in more than one form",
                    "one of --date, --dates, --from with --to, or --season");
    }
    std::vector<store::DateScope> ranges;
    for (const auto& text : seasons) {
        TIPOFF_TRY(const Season season, Season::parse(text));
        ranges.push_back(days_of(season));
    }
    for (const auto& text : dates) {
        TIPOFF_TRY(const GameDate day, context.date("--dates", text));
        ranges.push_back({day, day});
    }
    if (date) {
        TIPOFF_TRY(const GameDate day, context.date("--date", *date));
        ranges.push_back({day, day});
    }
    if (from || to) {
        if (!from || !to)
            return fail(ErrorCode::kUsage, "--from and --to go together",
                        "both name a day, and both are included");
        TIPOFF_TRY(const GameDate first, context.date("--from", *from));
        TIPOFF_TRY(const GameDate last, context.date("--to", *to));
        if (last < first) {
            return fail(ErrorCode::kUsage, fmt::format("--to {} is before --from {}",
                                                       to_string(last), to_string(first)));
        }
        ranges.push_back({first, last});
    }
    return merged(std::move(ranges));
}

Expected<store::DateScope> DateArguments::range(const Context& context) const {
    TIPOFF_TRY(const auto all, ranges(context));
    if (all.size() == 1) return all.front();
    return fail(ErrorCode::kUsage, "one unbroken range of dates is needed here",
                "--from D --to D, or one --season");
}

}  // namespace tipoff::cli
