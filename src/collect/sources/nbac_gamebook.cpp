/// The official scorer's report of a game, a PDF:
/// GET https://statsdmz.nba.com/pdfs/20240410/20240410_MEMCLE.pdf (guest, then host; the book of
/// all quarters ends with _book.pdf). A game is named as in that address: "20240410/MEMCLE".
///
/// It alone says of everybody on a team whether he played, was there and did not, or was inactive:
///
///     Wednesday, April 10, 2024 Rocket Mortgage FieldHouse, Cleveland, OH
///     VISITOR: Memphis Grizzlies (27-52)
///                          POS  MIN   FG FGA ... PTS
///      3 Jake LaRavia      F    40:00 10 18  ... 32
///      7 Santi Aldama      NWT - Injury/Illness - Right Foot; Strain
///                               240:00 41 84 ... 98
///     HOME: CLEVELAND CAVALIERS (47-32)
///     ...
///     Inactive: Grizzlies - Adams (Injury/Illness - Right Knee; Surgery), Morant (...)
///
/// What is odd:
/// - Whoever did not play has his reason in place of numbers: DNP (dressed), DND (did not dress) or
///   NWT (not with the team). All three are "dnp" here, the letters stay in the reason.
/// - The inactive are listed by surname alone, and the list goes over several lines.
/// - The whole book has the same tables for each quarter: only that of the FINAL BOX counts.
/// - Some recordings were once re-encoded as text, which destroys their packed streams.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <set>

#include "base/parse.h"
#include "collect/sources/box_score.h"
#include "collect/sources/pdf_text.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays{
    "Sunday,", "Monday,", "Tuesday,", "Wednesday,", "Thursday,", "Friday,", "Saturday,"};
constexpr std::array<std::string_view, 3> kReasons{"DNP", "DND", "NWT"};
constexpr std::string_view kInactive = "Inactive:";
/// What may stand below the inactive, where their list does not end with a reason.
constexpr std::array<std::string_view, 5> kBelowInactive{"SCORE BY", "Technical", "Flagrant",
                                                         "MEMO", "Copyright"};
constexpr int kOnTheFloor = 5;
constexpr std::size_t kMostNameBytes = 60;

/// Columns that are relied on: points have to follow from them.
enum Stat : std::size_t { kFg, kFga, k3p, k3pa, kFt, kFta, kOr, kDr, kTot, kPts, kStats };
constexpr std::array<std::string_view, kStats> kStatHeads{"FG",  "FGA", "3P", "3PA", "FT",
                                                          "FTA", "OR",  "DR", "TOT", "PTS"};

using Stats = std::array<std::int64_t, kStats>;

/// "40:00" in seconds.
std::optional<std::int32_t> clock_of(std::string_view text) {
    const bool is_clock = text.size() > 3 && text[text.size() - 3] == ':';
    return is_clock ? seconds_of_minutes(text) : std::nullopt;
}

/// The day of "Wednesday, April 10, 2024", which may stand beside other words.
std::optional<GameDate> date_in(const PdfLine& line) {
    for (std::size_t i = 0; i + 3 < line.words.size(); ++i) {
        const auto* const weekday = std::ranges::find(kWeekdays, line.words[i].text);
        const auto* const month = std::ranges::find(kMonths, line.words[i + 1].text);
        std::string day = line.words[i + 2].text;
        // The arena may follow the year after a comma.
        const std::string_view year = std::string_view(line.words[i + 3].text).substr(0, 4);
        if (weekday == kWeekdays.end() || month == kMonths.end() || !day.ends_with(',')) continue;
        day.pop_back();
        if (day.size() == 1) day.insert(0, "0");
        const auto date =
            parse_date(fmt::format("{}-{:02}-{}", year, month - kMonths.begin() + 1, day));
        const auto said = static_cast<unsigned>(weekday - kWeekdays.begin());
        if (date && std::chrono::weekday(date->day).c_encoding() == said) return *date;
    }
    return std::nullopt;
}

/// "DNP", also in "DNP-Rest" and "DND_COACH".
bool begins_reason(std::string_view word) {
    return std::ranges::any_of(kReasons, [&](std::string_view reason) {
        return word == reason || (word.starts_with(reason) &&
                                  (word[reason.size()] == '-' || word[reason.size()] == '_'));
    });
}

bool is_position(std::string_view word) {
    return !word.empty() && word.size() <= 3 &&
           word.find_first_not_of("FGC-") == std::string_view::npos;
}

/// Where the bracket that begins `text` closes.
std::size_t closing_bracket(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0) return i;
    }
    return std::string_view::npos;
}

struct Side {
    std::string name;  ///< as printed
    const Team* team = nullptr;
};

class Book {
public:
    Reading read(const std::vector<PdfPage>& pages, const Ask& ask) {
        const std::vector<PdfLine> lines = final_box_of(pages);
        if (is_sound()) read_title(lines);
        std::size_t at = 0;
        for (Side* side : {&away_, &home_}) {
            if (is_sound()) read_side(lines, at, side == &away_ ? "VISITOR" : "HOME", *side);
        }
        if (is_sound()) read_inactive(std::span(lines).subspan(at));
        if (is_sound()) conclude(ask);
        return is_sound() ? std::move(reading_) : malformed(problem_);
    }

private:
    [[nodiscard]] bool is_sound() const { return problem_.empty(); }
    void wrong(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
    }

    /// The page of the FINAL BOX and those that it goes on over.
    std::vector<PdfLine> final_box_of(const std::vector<PdfPage>& pages) {
        const auto has = [](const PdfPage& page, std::string_view words) {
            return std::ranges::any_of(
                page, [&](const PdfLine& line) { return line.text().contains(words); });
        };
        const auto has_title = [&](const PdfPage& page) { return has(page, "OFFICIAL SCORER"); };
        auto page = std::ranges::find_if(pages, has_title);
        if (page == pages.end()) wrong("the document has no \"OFFICIAL SCORER'S REPORT\"");
        page = std::find_if(page, pages.end(),
                            [&](const PdfPage& one) { return has(one, "FINAL BOX"); });
        if (page == pages.end()) {
            wrong("the document has no \"FINAL BOX\"");
            return {};
        }
        std::vector<PdfLine> lines = *page;
        for (++page; page != pages.end() && !has_title(*page); ++page)
            lines.insert(lines.end(), page->begin(), page->end());
        return lines;
    }

    void read_title(const std::vector<PdfLine>& lines) {
        for (const PdfLine& line : lines) {
            if (const auto date = date_in(line)) {
                date_ = *date;
                return;
            }
        }
        wrong("the document has no day as \"Wednesday, April 10, 2024\"");
    }

    /// A team's table, from its name to its totals.
    void read_side(const std::vector<PdfLine>& lines, std::size_t& at, std::string_view label,
                   Side& side) {
        while (at < lines.size() && !lines[at].text().starts_with(label))
            ++at;
        const std::string said = at < lines.size() ? lines[at].text() : "";
        const std::size_t colon = said.find(':');
        if (colon == std::string::npos)
            return wrong(fmt::format("the document has no \"{}:\"", label));
        const std::string_view name = std::string_view(said).substr(colon + 1);
        side.name = trimmed(name.substr(0, name.find('(')));
        side.team = find_team(side.name);
        if (++at == lines.size()) return wrong(fmt::format("{} has no table", side.name));
        const std::vector<std::size_t> places = read_heads(lines[at], side);
        const PdfLine& heads = lines[at];
        Totals sum;
        const std::size_t first = reading_.records.availability.size();
        for (++at; at < lines.size() && is_sound(); ++at) {
            if (const auto total = clock_of(lines[at].words.front().text)) {
                check_totals(lines[at++], *total, sum, places, side);
                return;
            }
            read_player(lines[at], heads, places, sum, side, first);
        }
        wrong(fmt::format("{} has no totals", side.name));
    }

    /// Where among the numbers that follow the minutes each column is; their count comes last.
    std::vector<std::size_t> read_heads(const PdfLine& line, const Side& side) {
        std::vector<std::string_view> heads(line.words.size());
        std::ranges::transform(line.words, heads.begin(), &PdfWord::text);
        if (heads.size() < 2 || heads[0] != "POS" || heads[1] != "MIN") {
            wrong(fmt::format("{}: columns begin with \"{}\", to be \"POS MIN\"", side.name,
                              line.text()));
            return {};
        }
        std::vector<std::size_t> places;
        for (const std::string_view head : kStatHeads) {
            if (std::ranges::count(heads, head) != 1)
                wrong(fmt::format("{} has no column \"{}\", or two", side.name, head));
            const auto place = std::ranges::find(heads, head) - heads.begin();
            places.push_back(static_cast<std::size_t>(place) - 2);
        }
        places.push_back(heads.size() - 2);
        return places;
    }

    struct Totals {
        std::int64_t points = 0;
        std::int32_t seconds = 0;
        std::int32_t longest = 0;
        std::int32_t players = 0;
    };

    std::string told(const Side& side, const PdfLine& line) {
        return fmt::format("{}: \"{}\"", side.name, line.text());
    }

    /// "3 Jake LaRavia F 40:00 10 18 ...", "7 Santi Aldama NWT - Injury/Illness - ...".
    void read_player(const PdfLine& line, const PdfLine& heads,
                     const std::vector<std::size_t>& places, Totals& sum, const Side& side,
                     std::size_t first) {
        auto& all = reading_.records.availability;
        const auto& words = line.words;
        if (words.front().left >= heads.words.front().left && all.size() > first &&
            all.back().status == "dnp") {
            all.back().reason += " " + line.text();  // the rest of a long reason
            return;
        }
        const auto what = std::ranges::find_if(words, [](const PdfWord& word) {
            return begins_reason(word.text) || clock_of(word.text);
        });
        const auto number = words.begin();
        auto name_end = what;
        if (what != words.end() && what > number + 2 && is_position((what - 1)->text) &&
            (what - 1)->right > heads.words.front().left)
            --name_end;
        if (what == words.end() || !is_digits(number->text) || number->text.size() > 2 ||
            name_end <= number + 1)
            return wrong(told(side, line) + " is no player's line");

        StatedAvailability player{.source_game_id = {},
                                  .game_date = date_,
                                  .team_id = side.team == nullptr ? TeamId{} : side.team->team_id,
                                  .jersey_number = number->text,
                                  .player_name = PdfLine{{number + 1, name_end}}.text(),
                                  .status = "dnp",
                                  .reason = {},
                                  .seconds = {}};
        const auto same = std::find_if(all.begin() + static_cast<std::ptrdiff_t>(first), all.end(),
                                       [&](const StatedAvailability& other) {
                                           return other.player_name == player.player_name;
                                       });
        if (same != all.end()) return wrong(told(side, line) + " is a player's second line");
        if (const auto seconds = clock_of(what->text)) {
            player.status = "played";
            player.seconds = seconds;
            const auto stats = stats_of({what + 1, words.end()}, places);
            if (!stats || !adds_up(*stats))
                return wrong(told(side, line) + " has numbers that cannot be");
            sum.points += (*stats)[kPts];
            sum.seconds += *seconds;
            sum.longest = std::max(sum.longest, *seconds);
            ++sum.players;
        } else {
            player.reason = PdfLine{{what, words.end()}}.text();
        }
        all.push_back(std::move(player));
    }

    static std::optional<Stats> stats_of(std::span<const PdfWord> words,
                                         const std::vector<std::size_t>& places) {
        if (words.size() != places.back()) return std::nullopt;
        Stats stats{};
        for (std::size_t stat = 0; stat < kStats; ++stat) {
            const auto value = parse_integer(words[places[stat]].text);
            if (!value || *value < 0) return std::nullopt;
            stats.at(stat) = *value;
        }
        return stats;
    }

    static bool adds_up(const Stats& stats) {
        return stats[kFg] <= stats[kFga] && stats[k3p] <= stats[k3pa] &&
               stats[kFt] <= stats[kFta] && stats[k3p] <= stats[kFg] &&
               stats[k3pa] <= stats[kFga] && stats[kOr] + stats[kDr] == stats[kTot] &&
               2 * stats[kFg] + stats[k3p] + stats[kFt] == stats[kPts];
    }

    /// Whether those who played are all that played: points are the team's, and so are minutes but
    /// for a second of rounding each.
    void check_totals(const PdfLine& line, std::int32_t seconds, const Totals& sum,
                      const std::vector<std::size_t>& places, const Side& side) {
        const auto stats = stats_of(std::span(line.words).subspan(1), places);
        if (!stats || !adds_up(*stats))
            return wrong(told(side, line) + " has numbers that cannot be");
        if (sum.players < kOnTheFloor)
            return wrong(fmt::format("{}: {} players played", side.name, sum.players));
        if (sum.points != (*stats)[kPts]) {
            return wrong(fmt::format("{}: players have {} points, the team has {}", side.name,
                                     sum.points, (*stats)[kPts]));
        }
        if (std::abs(sum.seconds - seconds) > sum.players ||
            sum.longest * kOnTheFloor > seconds + kOnTheFloor) {
            return wrong(fmt::format("{}: players have {} seconds, at most {}; the team has {}",
                                     side.name, sum.seconds, sum.longest, seconds));
        }
    }

    /// "Inactive: Grizzlies - Adams (Injury/Illness - Right Knee), Morant" over several lines.
    void read_inactive(std::span<const PdfLine> lines) {
        std::string list;
        for (const PdfLine& line : lines) {
            const std::string text = line.text();
            const bool begins = text.starts_with(kInactive);
            if (!begins && !list.empty() && !has_ended(list, text)) {
                list += " " + text;
                continue;
            }
            if (!list.empty()) read_inactive_of(list);
            list = begins ? text : "";
            if (!begins && (text.starts_with("Inactive") || text.starts_with("INACTIVE")))
                wrong(fmt::format("\"{}\" is not as \"{} Team - \"", text, kInactive));
        }
        if (!list.empty()) read_inactive_of(list);
    }

    /// Whether `next` is no more of the list.
    static bool has_ended(std::string_view list, std::string_view next) {
        const auto open = std::ranges::count(list, '('), closed = std::ranges::count(list, ')');
        if (open != closed || list.ends_with(',')) return false;
        return list.ends_with(')') || next.contains(':') ||
               std::ranges::any_of(kBelowInactive,
                                   [&](std::string_view label) { return next.starts_with(label); });
    }

    void read_inactive_of(std::string_view list) {
        constexpr std::string_view kDash = " - ";
        std::string_view rest = trimmed(list.substr(kInactive.size()));
        const std::size_t dash = std::min(rest.find(kDash), rest.size());
        const std::string_view name = trimmed(rest.substr(0, dash));
        const Team* team = find_team(name);
        const Side* side = nullptr;
        for (const Side* one : {&away_, &home_})
            if (one->team != nullptr && one->team == team) side = one;
        if (team == nullptr && (away_.team == nullptr || home_.team == nullptr)) return;
        if (side == nullptr || !lists_.insert(team->team_id).second)
            return wrong(
                fmt::format("\"{}\" is not of a team of this game, or is its second", list));
        rest = rest.substr(std::min(dash + kDash.size(), rest.size()));
        if (rest.empty() || rest == "None") return;
        int depth = 0;
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= rest.size(); ++i) {
            const char letter = i < rest.size() ? rest[i] : ',';
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth < 0) break;
            if (letter != ',' || depth > 0) continue;
            read_inactive_player(trimmed(rest.substr(begin, i - begin)), *side);
            begin = i + 1;
        }
        if (depth != 0) wrong(fmt::format("\"{}\" has a bracket that does not close", list));
    }

    void read_inactive_player(std::string_view text, const Side& side) {
        const std::size_t bracket = std::min(text.find('('), text.size());
        const std::string_view name = trimmed(text.substr(0, bracket));
        std::string_view reason = text.substr(bracket);
        const bool has_digit = name.find_first_of("0123456789:") != std::string_view::npos;
        // "Bane (Back) Clarke (Knee)", without a comma, would lose Clarke.
        const bool is_one = reason.empty() || closing_bracket(reason) == reason.size() - 1;
        if (name.empty() || name.size() > kMostNameBytes || has_digit || !is_one)
            return wrong(fmt::format("{}: \"{}\" is nobody inactive", side.name, text));
        if (!reason.empty()) reason = trimmed(reason.substr(1, reason.size() - 2));
        reading_.records.availability.push_back({.source_game_id = {},
                                                 .game_date = date_,
                                                 .team_id = side.team->team_id,
                                                 .jersey_number = {},
                                                 .player_name = std::string(name),
                                                 .status = "inactive",
                                                 .reason = std::string(reason),
                                                 .seconds = {}});
    }

    void conclude(const Ask& ask) {
        if (ask.date && *ask.date != date_) {
            wrong(fmt::format("a game of {}, where {} was asked for", to_string(date_),
                              to_string(*ask.date)));
        }
        if (ask.season && *ask.season != season_of(date_)) {
            wrong(fmt::format("a game of {}, which is not in {}", to_string(date_),
                              to_string(*ask.season)));
        }
        if (away_.team != nullptr && away_.team == home_.team)
            wrong(fmt::format("{} plays against itself", away_.name));
        const std::string teams = fmt::format("{} at {}", away_.name, home_.name);
        const auto is_asked = [&](const Side& side) {
            return side.team != nullptr && side.team->team_id == *ask.team;
        };
        if (ask.team && !is_asked(away_) && !is_asked(home_))
            wrong(fmt::format("{}, where {} was asked for", teams, find_team(*ask.team)->tricode));

        std::string game;
        if (away_.team != nullptr && home_.team != nullptr) {
            std::string day = to_string(date_);
            std::erase(day, '-');
            game = fmt::format("{}/{}{}", day, away_.team->tricode, home_.team->tricode);
        }
        if (!ask.source_game_id.empty() && ask.source_game_id != game)
            wrong(fmt::format("{} of {}, where {} was asked for", teams, to_string(date_),
                              ask.source_game_id));

        auto& all = reading_.records.availability;
        std::erase_if(all, [](const StatedAvailability& one) { return one.team_id == TeamId{}; });
        for (StatedAvailability& one : all)
            one.source_game_id = game;
        for (const Side* side : {&away_, &home_}) {
            if (side->team == nullptr) {
                reading_.notes.push_back(
                    fmt::format("left out: {}, no team of the league", side->name));
            } else if (!lists_.contains(side->team->team_id)) {
                reading_.notes.push_back(
                    fmt::format("no list of the inactive of {}", side->team->tricode));
            }
        }
        if (all.empty())
            reading_.outcome = {OutcomeKind::kEmptyLegal, fmt::format("an exhibition: {}", teams)};
    }

    std::string problem_;
    GameDate date_{};
    Side away_, home_;
    std::set<TeamId> lists_;  ///< whose inactive were listed
    Reading reading_;
};

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto pages = read_pdf(bytes);
    if (!pages) return malformed(pages.error().message());
    return Book().read(*pages, ask);
}

/// The source calls a game by its date and teams: the schedule's id is not needed.
std::vector<PlannedRequest> plan(const Scope& scope) {
    std::vector<PlannedRequest> requests;
    for (const AskedGame& game : scope.games) {
        const std::string date = compact_date(game.date);
        const std::string teams = find_team(game.away)->tricode + find_team(game.home)->tricode;
        requests.push_back(
            {.url = fmt::format("https://statsdmz.nba.com/pdfs/{}/{}_{}.pdf", date, date, teams),
             .ask = {.date = game.date, .source_game_id = date + "/" + teams},
             .not_before = game.tip_off + kGameLasts,
             .settled_at = game.tip_off + kCorrectionsEnd});
    }
    return requests;
}

constexpr std::array<std::string_view, 1> kAlsoCalled{"nbac_gamebook_pdf"};

}  // namespace

const Source kNbacGamebook{
    .name = "nbac_gamebook",
    .also_called = kAlsoCalled,
    .what = "NBA.com: official scorer's report of a game (PDF)",
    .read = &read,
    .asking = {.plan = &plan, .headers = HeaderProfile::kNbaSite, .forbidden_is_not_yet = true}};

}  // namespace tipoff::collect
