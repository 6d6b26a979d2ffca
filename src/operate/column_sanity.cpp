#include "operate/column_sanity.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace tipoff::operate {
namespace {

/// One column on one day.
struct DayOfColumn {
    std::int64_t rows = 0;
    std::int64_t known = 0;
    std::int64_t zero = 0;
    double sum = 0;
    double squares = 0;
    double least = std::numeric_limits<double>::infinity();
    double greatest = -std::numeric_limits<double>::infinity();

    void add(double value) {
        ++known;
        zero += value == 0 ? 1 : 0;
        sum += value;
        squares += value * value;
        least = std::min(least, value);
        greatest = std::max(greatest, value);
    }
    [[nodiscard]] double known_share() const { return share(known, rows); }
    [[nodiscard]] double zero_share() const { return share(zero, known); }
    [[nodiscard]] double mean() const { return sum / static_cast<double>(known); }

    static double share(std::int64_t part, std::int64_t whole) {
        return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    }
};

/// The day itself is the last.
using Days = std::array<DayOfColumn, kDaysBefore + 1>;

std::vector<std::size_t> days_of_rows(const store::Columns& rows, GameDate date) {
    const auto first = date.plus_days(-kDaysBefore).days_since_epoch();
    std::vector<std::size_t> days(rows.rows());
    const auto dates = rows.data[0].integers();
    for (std::size_t i = 0; i < days.size(); ++i)
        days[i] = static_cast<std::size_t>(dates[i] - first);
    return days;
}

Days fold_column(const store::Column& column, const std::vector<std::size_t>& days_of) {
    Days days{};
    const auto nulls = column.nulls();
    const bool is_real =
        column.type() == store::ColumnType::kReal || column.type() == store::ColumnType::kDouble;
    const auto fold = [&](const auto& values) {
        for (std::size_t i = 0; i < days_of.size(); ++i) {
            DayOfColumn& day = days[days_of[i]];
            ++day.rows;
            if (nulls[i] == 0) day.add(static_cast<double>(values[i]));
        }
    };
    if (is_real) {
        fold(column.numbers());
    } else {
        fold(column.integers());
    }
    return days;
}

/// How a figure of the days before lies: its mean over the days, and how far the days differ.
struct Usual {
    int days = 0;
    double mean = 0;
    double spread = 0;
    double least = std::numeric_limits<double>::infinity();
    double greatest = -std::numeric_limits<double>::infinity();
};

template <class Figure>
Usual usual_of(const Days& days, Figure figure) {
    Usual usual;
    double sum = 0;
    double squares = 0;
    for (std::size_t d = 0; d + 1 < days.size(); ++d) {
        const double value = figure(days[d]);
        if (std::isnan(value)) continue;
        ++usual.days;
        sum += value;
        squares += value * value;
        usual.least = std::min(usual.least, value);
        usual.greatest = std::max(usual.greatest, value);
    }
    if (usual.days == 0) return usual;
    usual.mean = sum / usual.days;
    usual.spread = std::sqrt(std::max(0.0, squares / usual.days - usual.mean * usual.mean));
    return usual;
}

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Columns that say where in the season a date is: they are to differ from the days before.
constexpr std::array<std::string_view, 3> kFollowTheCalendar{"is_playoffs", "days_into_season",
                                                             "team_games_played_season"};

/// A share that went where it has not been.
void judge_share(std::vector<ColumnFinding>& findings, const std::string& column,
                 std::string_view word, double now, double draws, const Usual& usual) {
    if (usual.days < kLeastDaysBefore) return;
    const double change = std::abs(now - usual.mean);
    if (change < kShareChange) return;
    // Where a share is near none or all by rule, a day with two teams may still be another.
    const double chance = std::sqrt(std::max(usual.mean * (1 - usual.mean), 0.02) / draws);
    const double spread = std::hypot(usual.spread, chance);
    if (change < kFarInSpreads * spread) return;
    findings.push_back({.column = column,
                        .light = change >= kShareChangeRed ? Light::kRed : Light::kYellow,
                        .weight = change,
                        .says = fmt::format("{:.1f}% {}, {} days {:.1f}%", 100 * now, word,
                                            kDaysBefore, 100 * usual.mean)});
}

/// Gone overnight: what was there on each of the days before. `draws` of it came at once, so that
/// what is rare and comes by games may be missing on a day of few.
void judge_vanished(std::vector<ColumnFinding>& findings, const std::string& column,
                    std::string_view word, double now, double draws, const Usual& usual) {
    constexpr double kAlwaysThere = 0.02;
    constexpr double kUnlikely = 0.02;
    constexpr double kImpossible = 0.001;
    if (usual.days < kLeastDaysBefore || now > 0 || usual.least < kAlwaysThere) return;
    const double chance = std::pow(1 - usual.mean, draws);
    if (chance > kUnlikely) return;
    const Light light = chance <= kImpossible ? Light::kRed : Light::kYellow;
    const bool is_told = std::ranges::any_of(findings, [&](const ColumnFinding& finding) {
        return finding.column == column && finding.light >= light;
    });
    if (is_told) return;
    findings.push_back({.column = column,
                        .light = light,
                        .weight = 1 + usual.mean,
                        .says = fmt::format("{:.1f}% {}, {} days {:.1f}%", 100 * now, word,
                                            kDaysBefore, 100 * usual.mean)});
}

bool follows_calendar(std::string_view column) {
    return std::ranges::find(kFollowTheCalendar, column) != kFollowTheCalendar.end();
}

void judge_mean(std::vector<ColumnFinding>& findings, const std::string& column, const Days& days,
                double draws) {
    const DayOfColumn& today = days.back();
    const Usual usual = usual_of(
        days, [](const DayOfColumn& day) { return day.known == 0 ? kUnknown : day.mean(); });
    if (today.known == 0 || usual.days < kLeastDaysBefore) return;
    double known = 0;
    double sum = 0;
    double squares = 0;
    for (std::size_t d = 0; d + 1 < days.size(); ++d) {
        known += static_cast<double>(days[d].known);
        sum += days[d].sum;
        squares += days[d].squares;
    }
    if (known < kLeastRowsBefore) return;
    const double mean = sum / known;
    const double sd = std::sqrt(std::max(0.0, squares / known - mean * mean));
    // A column of one value may take another: the scale is then the value's own.
    const double scale = sd > 0 ? sd : std::max(std::abs(mean), 1.0);
    const double drift = std::abs(today.mean() - mean) / scale;
    const double spread = std::hypot(usual.spread, sd / std::sqrt(draws)) / scale;
    if (drift < kMeanDrift || drift < kFarInSpreads * spread) return;
    findings.push_back({.column = column,
                        .light = drift >= kMeanDriftRed ? Light::kRed : Light::kYellow,
                        .weight = std::min(drift / 10, 4.0),
                        .says = fmt::format("mean {:.4g}, {} days {:.4g} (sd {:.3g})", today.mean(),
                                            kDaysBefore, mean, sd)});
}

void judge_range(std::vector<ColumnFinding>& findings, const WatchedTable& watched,
                 const std::string& column, const DayOfColumn& today) {
    for (const PossibleRange& range : watched.possible) {
        if (range.column != column || today.known == 0) continue;
        if (today.least >= range.low && today.greatest <= range.high) continue;
        const double value = today.least < range.low ? today.least : today.greatest;
        findings.push_back({.column = column,
                            .light = Light::kRed,
                            .weight = 10,
                            .says = fmt::format("impossible: {:.4g} is not from {:g} to {:g}",
                                                value, range.low, range.high)});
    }
}

void judge_must_be_known(std::vector<ColumnFinding>& findings, const WatchedTable& watched,
                         const std::string& column, const DayOfColumn& today, int days_before) {
    constexpr double kLeastKnown = 0.5;
    if (std::ranges::find(watched.must_be_known, column) == watched.must_be_known.end()) return;
    // On a league's first days nothing is known of anybody.
    if (days_before < kLeastDaysBefore || today.known_share() >= kLeastKnown) return;
    findings.push_back(
        {.column = column,
         .light = Light::kRed,
         .weight = 5,
         .says = fmt::format("{:.1f}% known, and half should be", 100 * today.known_share())});
}

void judge_rows(std::vector<ColumnFinding>& findings,
                const std::array<double, kDaysBefore + 1>& rows,
                const std::array<double, kDaysBefore + 1>& games) {
    double sum = 0;
    double squares = 0;
    int days = 0;
    for (std::size_t d = 0; d < kDaysBefore; ++d) {
        if (games[d] == 0) continue;
        const double a_game = rows[d] / games[d];
        ++days;
        sum += a_game;
        squares += a_game * a_game;
    }
    const double games_today = games[kDaysBefore];
    if (days < kLeastDaysBefore || games_today == 0) return;
    const double mean = sum / days;
    const double spread = std::sqrt(std::max(0.0, squares / days - mean * mean));
    const double now = rows[kDaysBefore] / games_today;
    const double ratio = now / mean;
    if (ratio < kRowsDoubled && ratio > kRowsHalved) return;
    constexpr double kFar = 3;
    if (std::abs(now - mean) < kFar * spread) return;
    findings.push_back(
        {.column = "",
         .light = Light::kRed,
         .weight = 20,
         .says = fmt::format("{:.0f} rows a game, {} days {:.0f}", now, kDaysBefore, mean)});
}

bool has_game_id(const store::Columns& rows) {
    return rows.names.size() > 1 && rows.names[1] == "game_id";
}

/// Rows and games of each day. The games are told apart by where a game's rows begin and end in the
/// order of the table; a table of a row a system has one "game" a day.
void count_rows(const store::Columns& rows, const std::vector<std::size_t>& days_of,
                std::array<double, kDaysBefore + 1>& count,
                std::array<double, kDaysBefore + 1>& games) {
    std::array<std::vector<std::string_view>, kDaysBefore + 1> ids;
    for (std::size_t i = 0; i < days_of.size(); ++i) {
        ++count[days_of[i]];
        if (!has_game_id(rows)) continue;
        auto& seen = ids[days_of[i]];
        const std::string_view id = rows.data[1].text(i);
        if (!seen.empty() && seen.back() == id) continue;
        if (std::ranges::find(seen, id) == seen.end()) seen.push_back(id);
    }
    for (std::size_t d = 0; d < games.size(); ++d)
        games[d] = has_game_id(rows) ? static_cast<double>(ids[d].size()) : (count[d] > 0 ? 1 : 0);
}

}  // namespace

std::vector<ColumnFinding> unusual_columns(const WatchedTable& watched, const DatedRows& dated,
                                           bool games_are_over) {
    std::vector<ColumnFinding> findings;
    const store::Columns& rows = dated.rows;
    const auto days_of = days_of_rows(rows, dated.date);
    std::array<double, kDaysBefore + 1> count{};
    std::array<double, kDaysBefore + 1> games{};
    count_rows(rows, days_of, count, games);
    for (std::size_t d = 0; d < kDaysBefore; ++d)
        count[d] *= static_cast<double>(watched.one_in);
    if (count.back() == 0) return findings;
    if (games_are_over || !watched.gathers_rows) judge_rows(findings, count, games);
    // Rows of one team move together: a day has as many draws as it has teams.
    const double teams = 2 * games.back();

    for (std::size_t c = dated.first_column; c < rows.data.size(); ++c) {
        const std::string& column = rows.names[c];
        const bool is_result = std::ranges::find(watched.results, column) != watched.results.end();
        if (is_result && !games_are_over) continue;
        const Days days = fold_column(rows.data[c], days_of);
        const DayOfColumn& today = days.back();
        const Usual known = usual_of(days, [](const DayOfColumn& day) {
            return day.rows == 0 ? kUnknown : day.known_share();
        });
        const Usual zero = usual_of(days, [](const DayOfColumn& day) {
            return day.known == 0 ? kUnknown : day.zero_share();
        });
        judge_range(findings, watched, column, today);
        judge_must_be_known(findings, watched, column, today, known.days);
        judge_share(findings, column, "known", today.known_share(), teams, known);
        judge_vanished(findings, column, "known", today.known_share(), teams, known);
        if (today.known == 0) continue;
        // What is zero is often so by games.
        const double draws = std::max(games.back() * today.known_share(), 1.0);
        judge_share(findings, column, "zero", today.zero_share(), draws, zero);
        const Usual other{.days = zero.days,
                          .mean = 1 - zero.mean,
                          .spread = zero.spread,
                          .least = 1 - zero.greatest,
                          .greatest = 1 - zero.least};
        judge_vanished(findings, column, "other than zero", 1 - today.zero_share(), games.back(),
                       other);
        if (!follows_calendar(column)) judge_mean(findings, column, days, draws);
    }
    std::ranges::stable_sort(findings, [](const ColumnFinding& a, const ColumnFinding& b) {
        return std::tuple(b.light, b.weight) < std::tuple(a.light, a.weight);
    });
    return findings;
}

}  // namespace tipoff::operate
