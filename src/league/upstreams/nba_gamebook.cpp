/// statsdmz.nba.com: the official scorer's report of a game, a PDF named by the day and both teams,
/// guest first. 404 before the game is over.

#include <fmt/core.h>

#include <algorithm>

#include "league/pdf.h"
#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/identities.h"

namespace tipoff::league {
namespace {

constexpr PdfLook kLook{.width = 900, .height = 900};
constexpr double kLeft = 30, kNameLeft = 50, kPositionLeft = 290, kMinutesLeft = 310;
constexpr double kCountsLeft = 355, kColumn = 26, kPitch = 11;
constexpr std::array<std::string_view, 16> kCountHeads{"FG", "FGA", "3P",  "3PA", "FT", "FTA",
                                                       "OR", "DR",  "TOT", "A",   "PF", "ST",
                                                       "TO", "BS",  "+/-", "PTS"};
constexpr std::size_t kInactiveALine = 2;

std::array<int, kCountHeads.size()> cells_of(const BoxCounts& c, int plus_minus) {
    return {c.field_goals_made,
            c.field_goals_attempted,
            c.threes_made,
            c.threes_attempted,
            c.free_throws_made,
            c.free_throws_attempted,
            c.offensive_rebounds,
            c.defensive_rebounds,
            c.rebounds(),
            c.assists,
            c.fouls,
            c.steals,
            c.turnovers,
            c.blocks,
            plus_minus,
            c.points};
}

class Book {
public:
    Book(const Almanac& almanac, std::size_t game, Instant now)
        : almanac_(almanac), game_(game), box_(almanac.box_of(game, now)) {}

    std::string bytes() {
        const Fixture& fixture = almanac_.fixture(game_);
        const TeamFacts& home = team_facts()[fixture.home];
        const std::chrono::year_month_day day(fixture.date.day);
        sheet_.write(200, 20, "NATIONAL BASKETBALL ASSOCIATION");
        sheet_.write(200, 31, "OFFICIAL SCORER'S REPORT");
        sheet_.write(250, 42, "FINAL BOX");
        sheet_.write(kLeft, 60,
                     fmt::format("{}, {} {}, {} {}, {}", weekday_name(fixture.date),
                                 month_name(fixture.date), static_cast<unsigned>(day.day()),
                                 static_cast<int>(day.year()), home.arena, home.city));
        top_ = 100;
        for (const std::size_t side : {1U, 0U})
            add_side(side);
        for (const std::size_t side : {1U, 0U})
            add_inactive(side);
        write("Technical fouls - Individual");
        return write_pdf(std::array{sheet_}, kLook);
    }

private:
    void write(std::string_view text) { sheet_.write(kLeft, top_ += kPitch, text); }

    void write_counts(const BoxCounts& counts, int plus_minus) {
        double left = kCountsLeft;
        for (const int cell : cells_of(counts, plus_minus)) {
            sheet_.write(left, top_, std::to_string(cell));
            left += kColumn;
        }
    }

    void add_side(std::size_t side) {
        const std::size_t team = almanac_.team_on(game_, side);
        const auto records = records_at(almanac_, almanac_.ends_at(game_));
        sheet_.write(kLeft, top_,
                     fmt::format("{}: {} ({})", side == 0 ? "HOME" : "VISITOR",
                                 team_of_index(team).full_name, to_string(records[team].all)));
        sheet_.write(kPositionLeft, top_ += kPitch, "POS");
        sheet_.write(kMinutesLeft, top_, "MIN");
        double left = kCountsLeft;
        for (const std::string_view head : kCountHeads) {
            sheet_.write(left, top_, head);
            left += kColumn;
        }
        std::vector<GamePlayerLine> lines = box_.lines[side];
        std::ranges::stable_sort(lines, std::ranges::greater{}, [](const GamePlayerLine& line) {
            return std::pair(line.started, line.tenths);
        });
        for (const GamePlayerLine& line : lines)
            add_player(line);
        top_ += kPitch;
        sheet_.write(kMinutesLeft, top_, minutes_and_seconds(team_tenths(box_, side)));
        const BoxCounts& totals = box_.totals[side];
        write_counts(totals, totals.points - box_.totals[1 - side].points);
        top_ += 2 * kPitch;
    }

    void add_player(const GamePlayerLine& line) {
        const Player& player = almanac_.player(line.index);
        top_ += kPitch;
        sheet_.write(kLeft, top_, biography_of(almanac_, line.index).jersey);
        sheet_.write(kNameLeft, top_, player.name.display);
        if (line.started) sheet_.write(kPositionLeft, top_, group_of(player.position));
        if (!line.played()) {
            sheet_.write(kPositionLeft, top_, "DNP - Coach's Decision");
            return;
        }
        sheet_.write(kMinutesLeft, top_, minutes_and_seconds(line.tenths));
        write_counts(line.counts, line.counts.plus_minus);
    }

    /// "Inactive: Grizzlies - Adams (sore left knee), Morant (rest)", some a line.
    void add_inactive(std::size_t side) {
        std::vector<std::string> people;
        for (const AbsentPlayer& absent : almanac_.absences_of(game_)) {
            if (absent.side != side) continue;
            people.push_back(fmt::format(
                "{} ({})", name_parts(almanac_.player(absent.player).name.display).last,
                absent.ailment.empty() ? "Rest" : "Injury/Illness - " + absent.ailment));
        }
        std::string line =
            fmt::format("Inactive: {} - ", team_of_index(almanac_.team_on(game_, side)).nickname);
        if (people.empty()) line += "None";
        for (std::size_t i = 0; i < people.size(); ++i) {
            line += people[i] + (i + 1 < people.size() ? ", " : "");
            if (i % kInactiveALine + 1 < kInactiveALine || i + 1 == people.size()) continue;
            line.pop_back();
            write(line);
            line.clear();
        }
        write(line);
    }

    const Almanac& almanac_;
    std::size_t game_;
    Box box_;
    PdfSheet sheet_;
    double top_ = 0;
};

}  // namespace

UpstreamAnswer answer_nba_gamebook(const Almanac& almanac, const UpstreamRequest& request,
                                   Instant now) {
    // "/pdfs/20260120/20260120_MEMCLE.pdf"
    const std::string& path = request.path;
    const std::string day = path.size() > 14 ? path.substr(6, 8) : std::string();
    const auto date = parse_compact(day);
    if (!date) return not_found();
    for (const GameNow& game : almanac.on(*date, now)) {
        const Fixture& fixture = almanac.fixture(game.fixture);
        const std::string name =
            fmt::format("/pdfs/{}/{}_{}{}.pdf", day, day, team_facts()[fixture.away].tricode,
                        team_facts()[fixture.home].tricode);
        if (path != name || game.phase != GamePhase::kFinal) continue;
        const Correction* correction = almanac.correction_of(game.fixture);
        const bool is_corrected = correction != nullptr && now >= correction->corrected_at;
        return pdf_answer(Book(almanac, game.fixture, now).bytes(),
                          is_corrected ? correction->corrected_at : almanac.ends_at(game.fixture),
                          request);
    }
    return not_found();
}

}  // namespace tipoff::league
