/// The league's injury report, a PDF: GET https://ak-static.cms.nba.com/referee/injury/
/// Injury-Report_2026-01-15_05_30PM.pdf (until 22 December 2025 by the hour: ..._05PM.pdf, and
/// that report says 05:30 PM). `ask.date` is the day of the report, as in its address; a report
/// speaks of the games of that day and the next.
///
/// What is odd:
/// - When it was made stands in its title alone, in Eastern time.
/// - It is one table over all pages. Day, time, matchup and team are written once, beside the first
///   player that they hold for, and not again on the next page; only the first page must have the
///   heads of columns.
/// - Cells go over several lines, and what stands beside them is centred: lines of running text mix
///   rows. Rows are therefore found by places: cells of one row overlap in height.
/// - "NOT YET SUBMITTED" stands in the column of reasons, for a whole team. Nothing is known of its
///   players then: that is not the same as nobody being hurt.
/// - Names are "Payton II, Gary". They are given as "Gary Payton II".

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/parse.h"
#include "collect/sources/pdf_text.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

enum Column : std::size_t { kDate, kTime, kMatchup, kTeam, kPlayer, kStatus, kReason, kColumns };
constexpr std::array<std::string_view, kColumns> kHeads{
    "Game Date", "Game Time", "Matchup", "Team", "Player Name", "Current Status", "Reason"};
constexpr std::array<std::string_view, 5> kStatuses{"out", "doubtful", "questionable", "probable",
                                                    "available"};
constexpr std::string_view kTitle = "Injury Report:";
constexpr std::string_view kNotSubmitted = "NOT YET SUBMITTED";

constexpr std::size_t kMostRows = 1000;
/// Games are of these days about the report's; a break may come between.
constexpr int kMostDaysAway = 10;
/// More lines than one in so many that cannot be read, or more than so many: another format.
constexpr std::size_t kReadablePerUnread = 10;
constexpr std::size_t kMostUnread = 20;

/// A cell begins at most so many points left of its column's head.
constexpr double kHeadSlack = 4;
/// The next line of a cell begins within so many heights of a line; the next row does not.
constexpr double kLinePitch = 1.45;
/// Cells of one row overlap by more than this part of the lower one.
constexpr double kOverlap = 0.25;

struct Cell {
    double top = 0;
    double bottom = 0;
    std::string text;
};

struct Row {
    std::size_t page = 0;
    double top = 0;
    double bottom = 0;
    std::array<std::string, kColumns> cells;

    /// What a person finds it by.
    [[nodiscard]] std::string told() const {
        std::string text;
        for (const std::string& cell : cells) {
            if (cell.empty()) continue;
            text += text.empty() ? "" : " | ";
            text += cell;
        }
        return fmt::format("\"{}\" on page {}", text, page + 1);
    }
};

/// Where columns begin, and which columns they are, from left to right.
struct Heads {
    std::array<double, kColumns> left{};
    std::array<Column, kColumns> column{};
};

struct Matchup {
    std::string text;
    const Team* away = nullptr;
    const Team* home = nullptr;
};

std::optional<int> number_in(std::string_view text, std::size_t at, std::size_t length) {
    if (at + length > text.size() || !is_digits(text.substr(at, length))) return std::nullopt;
    const auto number = parse_integer(text.substr(at, length));
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

/// "01/04/2024", or "01/04/24" of this century.
std::optional<GameDate> date_of(std::string_view text) {
    if ((text.size() != 10 && text.size() != 8) || text[2] != '/' || text[5] != '/')
        return std::nullopt;
    const auto month = number_in(text, 0, 2), day = number_in(text, 3, 2);
    const auto year = number_in(text, 6, text.size() - 6);
    if (!month || !day || !year) return std::nullopt;
    const auto date = parse_date(
        fmt::format("{:04}-{:02}-{:02}", *year < 100 ? 2000 + *year : *year, *month, *day));
    return date ? std::optional(*date) : std::nullopt;
}

/// "12:30 PM".
std::optional<TimeOfDay> time_of(std::string_view text) {
    if (text.size() != 8 || text[2] != ':') return std::nullopt;
    const auto hour = number_in(text, 0, 2), minute = number_in(text, 3, 2);
    const bool is_pm = text.substr(5) == " PM";
    if (!hour || !minute || (!is_pm && text.substr(5) != " AM")) return std::nullopt;
    if (*hour < 1 || *hour > 12 || *minute > 59) return std::nullopt;
    return TimeOfDay{.hour = *hour % 12 + (is_pm ? 12 : 0), .minute = *minute};
}

/// "Payton II, Gary" is "Gary Payton II"; one word alone is a name too. Nothing where there are
/// more parts.
std::optional<std::string> name_of(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) return std::string(text);
    const std::string_view last = trimmed(text.substr(0, comma));
    const std::string_view first = trimmed(text.substr(comma + 1));
    if (first.empty() || last.empty() || first.contains(',')) return std::nullopt;
    return fmt::format("{} {}", first, last);
}

std::optional<std::string_view> status_of(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    const auto* const found = std::ranges::find(kStatuses, lower);
    return found == kStatuses.end() ? std::nullopt : std::optional(*found);
}

class Report {
public:
    Reading read(const std::vector<PdfPage>& pages, const Ask& ask) {
        for (std::size_t page = 0; page < pages.size() && is_sound(); ++page)
            read_page(pages[page], page, pages.size());
        if (is_sound()) check_ask(ask);
        for (const Row& row : rows_)
            if (is_sound()) read_row(row);
        if (is_sound()) check_amounts();
        if (!is_sound()) return malformed(problem_);
        conclude();
        return std::move(reading_);
    }

private:
    [[nodiscard]] bool is_sound() const { return problem_.empty(); }
    void wrong(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
    }

    void read_page(const PdfPage& page, std::size_t number, std::size_t pages) {
        const std::string which = fmt::format("page {}", number + 1);
        const std::string footer = fmt::format("Page {} of {}", number + 1, pages);
        const auto begin = std::ranges::find_if(
            page, [](const PdfLine& line) { return line.text().starts_with(kTitle); });
        const auto end = std::ranges::find_if(
            page, [](const PdfLine& line) { return line.text().starts_with("Page "); });
        if (begin == page.end()) return wrong(fmt::format("{} has no \"{}\"", which, kTitle));
        if (end == page.end() || end->text() != footer) {
            return wrong(
                fmt::format("{} does not end with \"{}\"{}", which, footer,
                            end == page.end() ? "" : fmt::format(" but \"{}\"", end->text())));
        }
        if (end < begin) return wrong(fmt::format("{} ends above its title", which));
        read_title(begin->text());
        auto body = begin + 1;
        const bool has_heads = body < end && (!has_heads_ || looks_like_heads(*body));
        if (has_heads) read_heads(*body++, which);
        if (is_sound()) read_body({body, end}, number);
    }

    void read_title(std::string_view text) {
        const std::string_view said = trimmed(text.substr(kTitle.size()));
        const auto date = date_of(said.substr(0, 8));
        const auto time = time_of(said.size() < 9 ? "" : said.substr(9));
        if (!date || !time) {
            return wrong(
                fmt::format("the title's time is \"{}\", to be as 01/31/26 05:30 PM", said));
        }
        const Instant at = eastern_instant(*date, *time);
        if (reported_at_ && *reported_at_ != at) return wrong("pages have different titles");
        reported_at_ = at;
        report_date_ = *date;
    }

    [[nodiscard]] static bool looks_like_heads(const PdfLine& line) {
        const std::string text = line.text();
        return std::ranges::count_if(
                   kHeads, [&](std::string_view head) { return text.contains(head); }) > 1;
    }

    void read_heads(const PdfLine& line, const std::string& which) {
        heads_ = {};
        has_heads_ = true;
        std::set<Column> seen;
        for (std::size_t at = 0; at < line.words.size();) {
            const std::string one = line.words[at].text;
            const std::string two =
                at + 1 < line.words.size() ? one + " " + line.words[at + 1].text : "";
            const auto* const head = std::ranges::find_if(
                kHeads, [&](std::string_view name) { return name == one || name == two; });
            if (head == kHeads.end()) {
                return wrong(fmt::format("{} has a column \"{}\" that nobody knows", which,
                                         two.empty() ? one : two));
            }
            const auto column = static_cast<Column>(head - kHeads.begin());
            if (!seen.insert(column).second)
                return wrong(fmt::format("{} has two columns \"{}\"", which, *head));
            heads_.left.at(seen.size() - 1) = line.words[at].left;
            heads_.column.at(seen.size() - 1) = column;
            at += *head == one ? 1 : 2;
        }
        for (std::size_t column = 0; column < kColumns; ++column) {
            if (!seen.contains(static_cast<Column>(column)))
                wrong(fmt::format("{} has no column \"{}\"", which, kHeads.at(column)));
        }
    }

    /// Words of the columns, then cells, then rows.
    void read_body(std::span<const PdfLine> lines, std::size_t page) {
        std::array<std::vector<PdfWord>, kColumns> words;
        for (const PdfLine& line : lines) {
            for (const PdfWord& word : line.words) {
                const auto next = std::ranges::find_if(
                    heads_.left, [&](double left) { return left - kHeadSlack > word.left; });
                if (next == heads_.left.begin()) {
                    return wrong(fmt::format("\"{}\" on page {} stands left of every column",
                                             word.text, page + 1));
                }
                const auto place = static_cast<std::size_t>(next - heads_.left.begin()) - 1;
                words.at(heads_.column.at(place)).push_back(word);
            }
        }
        std::array<std::vector<Cell>, kColumns> cells;
        for (std::size_t column = 0; column < kColumns; ++column)
            cells.at(column) = cells_of(lines_of(std::move(words.at(column))));

        // Who has a status makes a row, and so has a team that has not submitted; a name or a team
        // alone makes one of its own, to be looked at. Reasons and times make none.
        std::vector<Row> rows;
        for (const Column column : {kStatus, kReason, kPlayer, kTeam, kMatchup, kDate}) {
            for (const Cell& cell : cells.at(column)) {
                if (column == kReason && cell.text != kNotSubmitted) continue;
                place(cell, column, page, rows, /*makes_row=*/true);
            }
        }
        std::ranges::sort(rows, {}, &Row::top);
        for (const Column column : {kTime, kReason}) {
            for (const Cell& cell : cells.at(column))
                if (column == kTime || cell.text != kNotSubmitted)
                    place(cell, column, page, rows, /*makes_row=*/false);
        }
        for (Row& row : rows)
            rows_.push_back(std::move(row));
    }

    static std::vector<Cell> cells_of(const std::vector<PdfLine>& lines) {
        std::vector<Cell> cells;
        for (std::size_t begin = 0, end = 0; begin < lines.size(); begin = end) {
            for (end = begin + 1; end < lines.size(); ++end) {
                const double pitch = lines[end].top() - lines[end - 1].top();
                if (pitch > kLinePitch * lines[end - 1].height()) break;
            }
            cells.push_back({.top = lines[begin].top(),
                             .bottom = lines[end - 1].bottom(),
                             .text = joined(std::span(lines).subspan(begin, end - begin))});
        }
        return cells;
    }

    void place(const Cell& cell, Column column, std::size_t page, std::vector<Row>& rows,
               bool makes_row) {
        Row* beside = nullptr;
        for (Row& row : rows) {
            const double shared = std::min(row.bottom, cell.bottom) - std::max(row.top, cell.top);
            const double lower = std::min(row.bottom - row.top, cell.bottom - cell.top);
            if (shared <= kOverlap * lower) continue;
            if (beside != nullptr || !row.cells.at(column).empty()) {
                return wrong(fmt::format("\"{}\" on page {} stands beside more than one row",
                                         cell.text, page + 1));
            }
            beside = &row;
        }
        if (beside == nullptr && makes_row) {
            rows.push_back({.page = page, .top = cell.top, .bottom = cell.bottom, .cells = {}});
            beside = &rows.back();
        }
        if (beside != nullptr) {
            beside->cells.at(column) = cell.text;
            return;
        }
        // A reason that a page's end has cut goes on above the next page's first row.
        const bool is_rest = column == kReason && !rows_.empty() && rows_.back().page + 1 == page &&
                             (rows.empty() || cell.bottom <= rows.front().top);
        if (is_rest) {
            std::string& reason = rows_.back().cells.at(kReason);
            reason += reason.empty() ? cell.text : " " + cell.text;
            return;
        }
        unread_.push_back(fmt::format("\"{}\" on page {}", cell.text, page + 1));
    }

    void check_ask(const Ask& ask) {
        if (ask.date && *ask.date != report_date_) {
            wrong(fmt::format("a report of {}, where {} was asked for", to_string(report_date_),
                              to_string(*ask.date)));
        }
        if (ask.season && *ask.season != season_of(report_date_)) {
            wrong(fmt::format("a report of {}, which is not in {}", to_string(report_date_),
                              to_string(*ask.season)));
        }
    }

    void read_row(const Row& row) {
        const auto& cells = row.cells;
        if (!cells[kDate].empty()) {
            date_ = date_of(cells[kDate]);
            if (!date_) return wrong(fmt::format("{} has no day", row.told()));
            if (std::abs(days_between(report_date_, *date_)) > kMostDaysAway) {
                return wrong(fmt::format("{} stands in a report of {}", row.told(),
                                         to_string(report_date_)));
            }
            matchup_ = {};
        }
        if (!cells[kMatchup].empty()) {
            read_matchup(row);
            team_ = nullptr;
            team_name_.clear();
        }
        if (!cells[kTeam].empty()) read_team(row);
        if (!is_sound()) return;
        if (!date_) return wrong(fmt::format("{} stands under no day", row.told()));
        if (matchup_.text.empty()) return wrong(fmt::format("{} stands under no game", row.told()));
        if (team_name_.empty()) return wrong(fmt::format("{} stands under no team", row.told()));
        if (team_ == nullptr) {
            left_out_.insert(team_name_);
            return;
        }
        const bool is_player = !cells[kPlayer].empty() || !cells[kStatus].empty();
        if (cells[kReason] == kNotSubmitted && !is_player) {
            not_submitted_[*date_].push_back(team_->tricode);
        } else if (is_player) {
            read_player(row, *date_);
        } else if (!cells[kReason].empty()) {
            unread_.push_back(row.told());
        }
    }

    /// "MIL@SAS": guest and host. One that is no team of the league plays an exhibition.
    void read_matchup(const Row& row) {
        const std::string& text = row.cells[kMatchup];
        const std::size_t at = text.find('@');
        if (at == std::string::npos || at == 0 || at + 1 == text.size())
            return wrong(fmt::format("{} is no game", row.told()));
        matchup_ = {.text = text,
                    .away = find_team(std::string_view(text).substr(0, at)),
                    .home = find_team(std::string_view(text).substr(at + 1))};
        if (matchup_.away != nullptr && matchup_.away == matchup_.home)
            wrong(fmt::format("{} has a team against itself", row.told()));
    }

    void read_team(const Row& row) {
        team_name_ = row.cells[kTeam];
        team_ = find_team(team_name_);
        const bool has_stranger = matchup_.away == nullptr || matchup_.home == nullptr;
        const bool plays =
            team_ == nullptr ? has_stranger : team_ == matchup_.away || team_ == matchup_.home;
        if (!plays)
            wrong(fmt::format("{} is of a team that is not in {}", row.told(), matchup_.text));
    }

    void read_player(const Row& row, GameDate date) {
        const auto name = name_of(row.cells[kPlayer]);
        const auto status = status_of(row.cells[kStatus]);
        const bool is_told = row.cells[kReason] != kNotSubmitted;
        if (!name || name->empty() || !status || !is_told ||
            !players_.emplace(date, team_->team_id, *name).second) {
            unread_.push_back(row.told());
            return;
        }
        const Team* opponent = team_ == matchup_.away ? matchup_.home : matchup_.away;
        reading_.records.injuries.push_back(
            {.reported_at = reported_at_,
             .game_date = date,
             .team_id = team_->team_id,
             .opponent_team_id =
                 opponent == nullptr ? std::nullopt : std::optional(opponent->team_id),
             .source_player_id = {},
             .player_name = *name,
             .status = std::string(*status),
             .reason = row.cells[kReason],
             .expected_return = {}});
    }

    void check_amounts() {
        if (rows_.size() > kMostRows)
            wrong(fmt::format("{} rows, more than {}", rows_.size(), kMostRows));
        if (unread_.size() > kMostUnread || unread_.size() * kReadablePerUnread > rows_.size()) {
            wrong(fmt::format("{} of {} rows cannot be read, the first is {}", unread_.size(),
                              std::max(rows_.size(), unread_.size()), unread_.front()));
        }
    }

    /// Teams by day, "MIL (2024-01-04); ATL, IND (2024-01-05)".
    [[nodiscard]] std::string not_submitted() const {
        std::string text;
        for (const auto& [date, tricodes] : not_submitted_) {
            text += text.empty() ? "" : "; ";
            for (const std::string& tricode : tricodes)
                text += fmt::format("{}{}", &tricode == &tricodes.front() ? "" : ", ", tricode);
            text += fmt::format(" ({})", to_string(date));
        }
        return text;
    }

    /// What is still to come counts for the next day of games: of the day after, most teams report
    /// late.
    void conclude() {
        for (const std::string& line : unread_)
            reading_.notes.push_back(fmt::format("not read: {}", line));
        for (const std::string& name : left_out_)
            reading_.notes.push_back(fmt::format("left out: {}, no team of the league", name));
        if (!not_submitted_.empty())
            reading_.notes.push_back(fmt::format("not yet submitted: {}", not_submitted()));

        const auto& injuries = reading_.records.injuries;
        std::string missing;
        if (!unread_.empty())
            missing = fmt::format("{} of {} rows not read", unread_.size(), rows_.size());
        if (!not_submitted_.empty() &&
            (injuries.empty() || not_submitted_.begin()->first <= injuries.front().game_date)) {
            const auto& [date, tricodes] = *not_submitted_.begin();
            missing += fmt::format("{}{} team{} not submitted for {}", missing.empty() ? "" : "; ",
                                   tricodes.size(), tricodes.size() == 1 ? " has" : "s have",
                                   to_string(date));
        }
        if (injuries.empty() && unread_.empty()) {
            reading_.outcome = missing.empty()
                                   ? Outcome{OutcomeKind::kEmptyLegal,
                                             rows_.empty() ? "no games" : "nobody is listed"}
                                   : Outcome{OutcomeKind::kNotYet, missing};
        } else if (!missing.empty()) {
            reading_.outcome = {OutcomeKind::kPartial, missing};
        }
    }

    std::string problem_;
    std::optional<Instant> reported_at_;
    GameDate report_date_{};
    Heads heads_;
    bool has_heads_ = false;
    std::vector<Row> rows_;

    // Of the row that is read, from those above it.
    std::optional<GameDate> date_;
    Matchup matchup_;
    const Team* team_ = nullptr;
    std::string team_name_;

    std::vector<std::string> unread_;
    std::set<std::string> left_out_;
    std::set<std::tuple<GameDate, TeamId, std::string>> players_;
    std::map<GameDate, std::vector<std::string>> not_submitted_;
    Reading reading_;
};

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto pages = read_pdf(bytes);
    if (!pages) return malformed(pages.error().message());
    return Report().read(*pages, ask);
}

/// From this day on there is a report each quarter of an hour; before, one an hour, named by the
/// hour alone.
constexpr GameDate kEachQuarter{std::chrono::sys_days{std::chrono::year{2025} / 12 / 23}};
constexpr std::chrono::minutes kQuarter{15};
/// A report appears some minutes after the time of its name.
constexpr std::chrono::minutes kAppearsAfter{5};
/// The last look at who plays, before a tip-off.
constexpr std::chrono::minutes kBeforeTipOff{10};
/// Reports that are read of every day, Eastern: the day's first complete one, the afternoon's, and
/// the one after the league's deadlines.
constexpr std::array kReportTimes{TimeOfDay{11, 0, 0}, TimeOfDay{13, 30, 0}, TimeOfDay{17, 30, 0}};

std::string address_of(GameDate date, Instant at) {
    const auto minutes =
        std::chrono::duration_cast<std::chrono::minutes>(at - eastern_instant(date, {}));
    const auto hour = static_cast<int>(minutes.count() / 60);
    const int of_twelve = hour % 12 == 0 ? 12 : hour % 12;
    const std::string_view half = hour < 12 ? "AM" : "PM";
    const std::string time =
        date < kEachQuarter ? fmt::format("{:02}{}", of_twelve, half)
                            : fmt::format("{:02}_{:02}{}", of_twelve, minutes.count() % 60, half);
    return fmt::format("https://ak-static.cms.nba.com/referee/injury/Injury-Report_{}_{}.pdf",
                       to_string(date), time);
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    std::vector<PlannedRequest> requests;
    for (const GameDate date : scope.dates) {
        std::set<Instant> times;
        const auto add = [&](Instant at) {
            times.insert(
                date < kEachQuarter
                    ? std::chrono::floor<std::chrono::hours>(at)
                    : Instant{std::chrono::floor<std::chrono::minutes>(at) -
                              std::chrono::floor<std::chrono::minutes>(at).time_since_epoch() %
                                  kQuarter});
        };
        bool is_played = false;
        for (const AskedGame& game : scope.games) {
            if (game.date != date) continue;
            is_played = true;
            add(game.tip_off - kBeforeTipOff);
        }
        if (!is_played) continue;
        for (const TimeOfDay time : kReportTimes)
            add(eastern_instant(date, time));
        if (eastern_date(scope.now) == date) add(scope.now - kAppearsAfter);
        for (const Instant at : times) {
            if (eastern_date(at) != date) continue;
            requests.push_back({.url = address_of(date, at),
                                .ask = {.date = date},
                                .not_before = at + kAppearsAfter,
                                .settled_at = at + kAppearsAfter});
        }
    }
    return requests;
}

}  // namespace

const Source kNbacInjuryReport{.name = "nbac_injury_report",
                               .also_called = {},
                               .what = "NBA.com: injury report (PDF)",
                               .read = &read,
                               .asking = {.plan = &plan,
                                          .headers = HeaderProfile::kNbaSite,
                                          .forbidden_is_not_yet = true,
                                          .partial_is_not_yet = true}};

}  // namespace tipoff::collect
