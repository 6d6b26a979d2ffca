/// ak-static.cms.nba.com: the league's injury report, a PDF every quarter of an hour (until 22
/// December 2025 also by the hour, under a name without minutes). 403 for a time that is still to
/// come.
///
/// A report speaks of the games of its day and the next. A team submits at 17:30 Eastern of the day
/// before its game, or at 13:00 of the day when it played the day before; until then it is NOT YET
/// SUBMITTED. Who will be scratched late is questionable before it is known, or not listed at all.

#include <fmt/core.h>

#include <algorithm>

#include "base/parse.h"
#include "league/pdf.h"
#include "league/random.h"
#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/identities.h"

namespace tipoff::league {
namespace {

constexpr std::string_view kFolder = "/referee/injury/Injury-Report_";
constexpr PdfLook kLook{.width = 1100};
constexpr std::array kLeft{20.0, 100.0, 190.0, 270.0, 410.0, 640.0, 740.0};
constexpr std::array<std::string_view, kLeft.size()> kHeads{
    "Game Date", "Game Time", "Matchup", "Team", "Player Name", "Current Status", "Reason"};
constexpr double kTop = 60, kPitch = 18, kBottom = 540, kFooter = 570;
constexpr int kEveryMinutes = 15;
constexpr double kToldBeforeLateNews = 0.5;

using Row = std::array<std::string, kLeft.size()>;

/// The report's time of "2026-01-20_05_30PM.pdf", or of "2025-12-20_05PM.pdf", which is half past.
std::optional<Instant> report_time(std::string_view name) {
    constexpr std::string_view kEnd = ".pdf";
    if (!name.ends_with(kEnd)) return std::nullopt;
    name.remove_suffix(kEnd.size());
    const bool has_minutes = name.size() == std::string_view("2026-01-20_05_30PM").size();
    if (!has_minutes && name.size() != std::string_view("2026-01-20_05PM").size())
        return std::nullopt;
    const auto date = parse_date(name.substr(0, 10));
    const auto hour = parse_integer(name.substr(11, 2));
    const auto minute = has_minutes ? parse_integer(name.substr(14, 2)) : parse_integer("30");
    const std::string_view half = name.substr(name.size() - 2);
    if (!date || !hour || !minute || (half != "AM" && half != "PM")) return std::nullopt;
    if (*hour < 1 || *hour > 12 || *minute < 0 || *minute > 59) return std::nullopt;
    if (has_minutes && *minute % kEveryMinutes != 0) return std::nullopt;
    const auto first_by_the_quarter = parse_date("2025-12-23");
    if (!has_minutes && *date >= *first_by_the_quarter) return std::nullopt;
    return eastern_instant(*date, {static_cast<int>(*hour) % 12 + (half == "PM" ? 12 : 0),
                                   static_cast<int>(*minute), 0});
}

/// "Sore Left Knee" of "sore left knee".
std::string with_capitals(std::string_view text) {
    std::string words(text);
    bool begins = true;
    for (char& letter : words) {
        if (begins && letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
        begins = letter == ' ';
    }
    return words;
}

std::string reason_of(std::string_view ailment) {
    return ailment.empty() ? "Rest" : "Injury/Illness - " + with_capitals(ailment);
}

class Report {
public:
    Report(const Almanac& almanac, Instant time)
        : almanac_(almanac), time_(time), date_(eastern_date(time)) {}

    std::string bytes() {
        for (const int days : {0, 1}) {
            for (const GameNow& game : almanac_.on(date_.plus_days(days), time_)) {
                // Of a game that will be put off nothing is known of the players.
                const bool is_its_day = game.date == almanac_.fixture(game.fixture).date;
                if (game.phase != GamePhase::kPostponed && is_its_day) add_game(game);
            }
        }
        return pages();
    }

private:
    void add_game(const GameNow& game) {
        const Fixture& fixture = almanac_.fixture(game.fixture);
        const std::string matchup = fmt::format("{}@{}", team_facts()[fixture.away].tricode,
                                                team_facts()[fixture.home].tricode);
        bool is_first = true;
        for (const std::size_t side : {1U, 0U}) {
            const std::size_t team = almanac_.team_on(game.fixture, side);
            std::vector<std::array<std::string, 3>> people;
            const bool has_submitted = time_ >= submits_at(game, team);
            if (has_submitted) {
                people = listed(game, side);
            } else {
                people.push_back({"", "", "NOT YET SUBMITTED"});
            }
            for (std::size_t i = 0; i < people.size(); ++i) {
                Row row;
                if (is_first) {
                    row[0] = last_date_ == game.date ? "" : slashed(game.date);
                    row[1] = clock_text(fixture);
                    row[2] = matchup;
                }
                if (i == 0) row[3] = team_facts()[team].box_name;
                std::ranges::copy(people[i], row.begin() + 4);
                rows_.push_back(std::move(row));
                last_date_ = game.date;
                is_first = false;
            }
        }
    }

    static std::string clock_text(const Fixture& fixture) {
        const int hour = fixture.tip_off / 60 % 12;
        return fmt::format("{:02}:{:02} (ET)", hour == 0 ? 12 : hour, fixture.tip_off % 60);
    }

    [[nodiscard]] Instant submits_at(const GameNow& game, std::size_t team) const {
        const auto before = almanac_.game_before(game.fixture, team);
        const bool is_second_night =
            before && almanac_.fixture(*before).date == game.date.plus_days(-1);
        return is_second_night ? eastern_instant(game.date, {13, 0, 0})
                               : eastern_instant(game.date.plus_days(-1), {17, 30, 0});
    }

    /// Name, status and reason of everybody whom the team lists.
    [[nodiscard]] std::vector<std::array<std::string, 3>> listed(const GameNow& game,
                                                                 std::size_t side) const {
        std::vector<std::array<std::string, 3>> people;
        const auto add = [&](PlayerIndex player, std::string_view status, std::string reason) {
            const NameParts name = name_parts(almanac_.player(player).name.display);
            people.push_back({fmt::format("{}, {}", name.last, name.first), std::string(status),
                              std::move(reason)});
        };
        for (const AbsentPlayer& absent : almanac_.absences_of(game.fixture)) {
            if (absent.side != side) continue;
            if (almanac_.known(absent, time_)) {
                add(absent.player, "Out", reason_of(absent.ailment));
            } else if (absent.is_late && is_told_before(absent)) {
                add(absent.player, "Questionable", reason_of(absent.ailment));
            }
        }
        add_returning(game, side, add);
        std::ranges::sort(people);
        return people;
    }

    /// Those who missed the team's last game and are back.
    template <class Add>
    void add_returning(const GameNow& game, std::size_t side, Add add) const {
        const std::size_t team = almanac_.team_on(game.fixture, side);
        const auto before = almanac_.game_before(game.fixture, team);
        const Instant morning = eastern_instant(game.date, {9, 0, 0});
        if (!before) return;
        for (const AbsentPlayer& absent : almanac_.absences_of(*before)) {
            const bool is_ours = almanac_.team_on(*before, absent.side) == team &&
                                 almanac_.team_of(absent.player, game.date) == team;
            if (!is_ours || absent.ailment.empty() ||
                almanac_.was_absent(game.fixture, absent.player))
                continue;
            add(absent.player, time_ < morning ? "Questionable" : "Available",
                reason_of(absent.ailment));
        }
    }

    [[nodiscard]] bool is_told_before(const AbsentPlayer& absent) const {
        Random random(almanac_.season().options.seed, Stream::kNews, absent.player,
                      static_cast<std::uint64_t>(absent.fixture));
        return random.chance(kToldBeforeLateNews);
    }

    [[nodiscard]] std::string pages() const {
        const auto rows_a_page = static_cast<std::size_t>((kBottom - kTop) / kPitch);
        const std::size_t count =
            std::max<std::size_t>(1, (rows_.size() + rows_a_page - 1) / rows_a_page);
        const std::string day = slashed(date_);
        const std::string clock = to_eastern_string(time_).substr(11, 5);
        const auto hour = parse_integer(clock.substr(0, 2)).value_or(0);
        const std::string title =
            fmt::format("Injury Report: {}/{} {:02}:{} {}", day.substr(0, 5), day.substr(8),
                        hour % 12 == 0 ? 12 : hour % 12, clock.substr(3), hour < 12 ? "AM" : "PM");
        std::vector<PdfSheet> sheets(count);
        for (std::size_t page = 0; page < count; ++page) {
            sheets[page].write(kLeft[0], kTop - 2 * kPitch, title);
            for (std::size_t i = 0; i < kHeads.size(); ++i)
                sheets[page].write(kLeft.at(i), kTop - kPitch, kHeads.at(i));
            const std::size_t end = std::min(rows_.size(), (page + 1) * rows_a_page);
            for (std::size_t row = page * rows_a_page; row < end; ++row) {
                const double top = kTop + kPitch * static_cast<double>(row - page * rows_a_page);
                for (std::size_t i = 0; i < kLeft.size(); ++i) {
                    if (!rows_[row].at(i).empty())
                        sheets[page].write(kLeft.at(i), top, rows_[row].at(i));
                }
            }
            sheets[page].write(kLook.width / 2, kFooter,
                               fmt::format("Page {} of {}", page + 1, count));
        }
        return write_pdf(sheets, kLook);
    }

    const Almanac& almanac_;
    Instant time_;
    GameDate date_;
    std::vector<Row> rows_;
    std::optional<GameDate> last_date_;
};

}  // namespace

UpstreamAnswer answer_nba_injury_report(const Almanac& almanac, const UpstreamRequest& request,
                                        Instant now) {
    const std::string_view path = request.path;
    const auto time =
        path.starts_with(kFolder) ? report_time(path.substr(kFolder.size())) : std::nullopt;
    if (!time || *time > now) {
        return {.status = 403,
                .headers = {{"Content-Type", "application/xml"}},
                .body = "<Error><Code>AccessDenied</Code></Error>"};
    }
    return pdf_answer(Report(almanac, *time).bytes(), *time, request);
}

}  // namespace tipoff::league
