/// Rosters of Basketball-Reference: GET
/// https://www.basketball-reference.com/teams/BOS/2025.html, where the year is
/// the one in which the season ends.
///
/// The page's title says the season and the team ("2024-25 Boston Celtics
/// Roster and Stats | Basketball-Reference.com"). The table `roster` is found
/// by its id and its cells by `data-stat`, wherever they stand. The site hides
/// some tables from readers without scripts: they stand inside a comment, and
/// so may this one. A roster of a season that is over lists all who were there.
/// Numbers are empty for who has none yet, and a player who changed his has
/// both ("8, 28"). A two-way contract is a note beside the name. Who has not
/// played yet may have no page, hence no id. Countries are two letters, as the
/// site writes them.

#include <fmt/core.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/parse.h"
#include "collect/json_document.h"
#include "collect/sources/html_limits.h"
#include "collect/sources/sources.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

/// A team may not begin a game with fewer under contract for long.
constexpr std::size_t kFewestPlayers = 13;

constexpr std::string_view kTable = "roster";
constexpr std::string_view kSite = "Basketball-Reference.com";
constexpr std::string_view kAfterTeam = " Roster and Stats";

struct FreePage {
    void operator()(GumboOutput* output) const {
        gumbo_destroy_output(&kGumboDefaultOptions, output);
    }
};
using Page = std::unique_ptr<GumboOutput, FreePage>;

Page parse_page(std::string_view html) {
    return Page(gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()));
}

bool is_element(const GumboNode* node) {
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

std::string_view attribute(const GumboNode* node, const char* name) {
    if (!is_element(node)) return {};
    const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found == nullptr ? std::string_view{} : std::string_view(found->value);
}

/// Every node under `root` that `wanted` accepts, in the order of the page.
std::vector<const GumboNode*> nodes_under(const GumboNode* root,
                                          const std::function<bool(const GumboNode*)>& wanted) {
    std::vector<const GumboNode*> found;
    std::vector<const GumboNode*> open{root};
    while (!open.empty()) {
        const GumboNode* node = open.back();
        open.pop_back();
        if (wanted(node)) found.push_back(node);
        if (!is_element(node)) continue;
        const GumboVector& children = node->v.element.children;
        for (unsigned i = children.length; i > 0; --i)
            open.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
    return found;
}

std::vector<const GumboNode*> elements_under(const GumboNode* root, GumboTag tag) {
    return nodes_under(root, [tag](const GumboNode* node) {
        return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
    });
}

/// The text under a node: runs of spaces of any kind are one, and none at its
/// ends.
std::string text_under(const GumboNode* root) {
    constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
    std::string text;
    const auto is_text = [](const GumboNode* node) {
        return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE;
    };
    for (const GumboNode* node : nodes_under(root, is_text))
        text += node->v.text.text;
    for (auto at = text.find(kNoBreakSpace); at != std::string::npos; at = text.find(kNoBreakSpace))
        text.replace(at, kNoBreakSpace.size(), " ");
    std::string tidy;
    for (const char c : text) {
        const bool is_space = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!is_space) {
            tidy += c;
        } else if (!tidy.empty() && tidy.back() != ' ') {
            tidy += ' ';
        }
    }
    return std::string(trimmed(tidy));
}

const GumboNode* roster_in(const Page& page) {
    const auto tables = nodes_under(page->root, [](const GumboNode* node) {
        return is_element(node) && node->v.element.tag == GUMBO_TAG_TABLE &&
               attribute(node, "id") == kTable;
    });
    return tables.empty() ? nullptr : tables.front();
}

/// The page whose table it is: the document itself, or what one of its comments
/// hides.
Page page_with_roster(Page page) {
    if (roster_in(page) != nullptr) return page;
    const auto comments = nodes_under(
        page->root, [](const GumboNode* node) { return node->type == GUMBO_NODE_COMMENT; });
    for (const GumboNode* comment : comments) {
        const std::string_view hidden = comment->v.text.text;
        if (hidden.find(kTable) == std::string_view::npos) continue;
        Page inner = parse_page(hidden);
        if (roster_in(inner) != nullptr) return inner;
    }
    return nullptr;
}

/// A row of the table.
class Row {
public:
    Row(Shape& shape, std::size_t place, const GumboNode* row) : shape_(shape), place_(place) {
        cells_ = nodes_under(
            row, [](const GumboNode* node) { return !attribute(node, "data-stat").empty(); });
    }

    /// Null, and a problem of the shape, where the row has no such cell.
    [[nodiscard]] const GumboNode* cell(std::string_view stat) const {
        const auto found = std::ranges::find_if(
            cells_, [stat](const GumboNode* cell) { return attribute(cell, "data-stat") == stat; });
        if (found != cells_.end()) return *found;
        wrong(stat, "is missing");
        return nullptr;
    }

    [[nodiscard]] std::string text(std::string_view stat) const {
        const GumboNode* found = cell(stat);
        return found == nullptr ? std::string{} : text_under(found);
    }

    void wrong(std::string_view stat, std::string_view what) const {
        shape_.wrong(fmt::format("{}[{}].{}", kTable, place_, stat), what);
    }

private:
    Shape& shape_;
    std::size_t place_;
    std::vector<const GumboNode*> cells_;
};

/// A whole number between the bounds; nothing in an empty cell.
std::optional<std::int32_t> number_in(const Row& row, std::string_view stat, std::int64_t least,
                                      std::int64_t most) {
    const std::string text = row.text(stat);
    if (text.empty()) return std::nullopt;
    const auto number = is_digits(text) ? parse_integer(text) : std::nullopt;
    if (!number || *number < least || *number > most) {
        row.wrong(stat, fmt::format("is '{}', to be {} to {}", text, least, most));
        return std::nullopt;
    }
    return static_cast<std::int32_t>(*number);
}

/// "6-8" in inches; nothing in an empty cell.
std::optional<std::int32_t> height_in(const Row& row) {
    constexpr std::int64_t kShortest = 60;
    constexpr std::int64_t kTallest = 96;
    const std::string text = row.text("height");
    if (text.empty()) return std::nullopt;
    const std::size_t dash = std::min(text.find('-'), text.size());
    const auto feet = parse_integer(text.substr(0, dash));
    const std::string rest = dash < text.size() ? text.substr(dash + 1) : std::string{};
    const auto inches = is_digits(rest) ? parse_integer(rest) : std::nullopt;
    if (feet && inches && *feet >= 0 && *feet < 10 && *inches < 12) {
        const std::int64_t height = *feet * 12 + *inches;
        if (height >= kShortest && height <= kTallest) return static_cast<std::int32_t>(height);
    }
    row.wrong("height", fmt::format("is '{}', to be feet and inches", text));
    return std::nullopt;
}

/// "March 3, 1998"; nothing in an empty cell.
std::optional<GameDate> birth_date_in(const Row& row) {
    constexpr std::array<std::string_view, 12> kMonths{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const std::string text = row.text("birth_date");
    if (text.empty()) return std::nullopt;
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::size_t comma = std::min(text.find(", ", space), text.size());
    const auto month = std::ranges::find(kMonths, text.substr(0, space));
    if (month != kMonths.end() && comma < text.size()) {
        const auto day = parse_integer(text.substr(space + 1, comma - space - 1));
        const auto year = parse_integer(text.substr(comma + 2));
        if (day && year) {
            const auto date = parse_date(
                fmt::format("{:04}-{:02}-{:02}", *year, month - kMonths.begin() + 1, *day));
            if (date) return *date;
        }
    }
    row.wrong("birth_date", fmt::format("is '{}', which is no date", text));
    return std::nullopt;
}

/// Years before this season; "R" is a rookie.
std::optional<std::int32_t> experience_in(const Row& row) {
    constexpr std::int64_t kMostYears = 30;
    const std::string text = row.text("years_experience");
    if (text == "R") return 0;
    if (text.empty()) row.wrong("years_experience", "is empty");
    return number_in(row, "years_experience", 1, kMostYears);
}

/// One number, or the ones of a player who changed his: "8, 28". Empty where he
/// has none.
std::string jersey_number_in(const Row& row) {
    constexpr std::size_t kMostDigits = 2;
    const std::string text = row.text("number");
    std::string numbers;
    std::string number;
    const auto end_number = [&] {
        if (number.empty() || number.size() > kMostDigits)
            row.wrong("number", fmt::format("is '{}'", text));
        numbers += (numbers.empty() ? "" : ", ") + number;
        number.clear();
    };
    for (const char c : text) {
        if (c == ',' || c == '-' || c == '/') {
            end_number();
        } else if (c >= '0' && c <= '9') {
            number += c;
        } else if (c != ' ') {
            row.wrong("number", fmt::format("is '{}'", text));
        }
    }
    if (!text.empty()) end_number();
    return numbers;
}

/// "/players/t/tatumja01.html" is the player tatumja01.
std::string player_id_of(std::string_view link) {
    constexpr std::string_view kPlayers = "/players/";
    constexpr std::string_view kEnd = ".html";
    if (link.find(kPlayers) == std::string_view::npos || !link.ends_with(kEnd)) return {};
    const std::string_view path = link.substr(0, link.size() - kEnd.size());
    return std::string(path.substr(path.rfind('/') + 1));
}

void read_name(const Row& row, StatedRosterPlayer& player) {
    constexpr std::string_view kTwoWay = "(TW)";
    const GumboNode* cell = row.cell("player");
    if (cell == nullptr) return;
    std::string text = text_under(cell);
    if (const auto note = text.find(kTwoWay); note != std::string::npos) {
        player.status = "two-way";
        text = std::string(trimmed(std::string_view(text).substr(0, note)));
    }
    player.player_name = text;
    if (text.empty()) row.wrong("player", "is empty");
    const auto links = elements_under(cell, GUMBO_TAG_A);
    if (links.empty()) return;
    player.source_player_id = player_id_of(attribute(links.front(), "href"));
    if (player.source_player_id.empty()) row.wrong("player", "has a link to no player");
}

std::string position_in(const Row& row) {
    constexpr std::array<std::string_view, 7> kPositions{"PG", "SG", "SF", "PF", "C", "G", "F"};
    std::string text = row.text("pos");
    std::string_view rest = text;
    for (bool more = true; more;) {
        const std::size_t dash = std::min(rest.find('-'), rest.size());
        if (std::ranges::find(kPositions, rest.substr(0, dash)) == kPositions.end()) {
            row.wrong("pos", fmt::format("is '{}', which is no position", text));
            return {};
        }
        more = dash < rest.size();
        rest.remove_prefix(more ? dash + 1 : dash);
    }
    return text;
}

StatedRosterPlayer read_player(const Row& row, Season season, TeamId team_id) {
    constexpr std::int64_t kLightest = 120;
    constexpr std::int64_t kHeaviest = 400;
    StatedRosterPlayer player{.season = season, .team_id = team_id};
    read_name(row, player);
    player.jersey_number = jersey_number_in(row);
    player.position = position_in(row);
    player.height_inches = height_in(row);
    player.weight_pounds = number_in(row, "weight", kLightest, kHeaviest);
    player.birth_date = birth_date_in(row);
    player.country = row.text("birth_country");
    player.experience_years = experience_in(row);
    player.college = row.text("college");
    return player;
}

struct Whose {
    Season season;
    const Team* team = nullptr;
};

/// Of the page's title; a problem of the shape where it is another page's.
Whose whose_roster(const Page& page, Shape& shape) {
    const auto titles = elements_under(page->root, GUMBO_TAG_TITLE);
    const std::string title = titles.empty() ? std::string{} : text_under(titles.front());
    const std::size_t space = std::min(title.find(' '), title.size());
    const std::size_t end = title.find(kAfterTeam, space);
    const auto season = Season::parse(title.substr(0, space));
    if (!season || end == std::string::npos || end <= space ||
        title.find(kSite, end) == std::string::npos) {
        shape.wrong("title", fmt::format("is '{}', to be a season, a team, '{} | {}'", title,
                                         trimmed(kAfterTeam), kSite));
        return {};
    }
    const std::string name = title.substr(space + 1, end - space - 1);
    const Team* team = find_team(name);
    if (team == nullptr)
        shape.wrong("title", fmt::format("names '{}', a team that nobody knows", name));
    return {.season = *season, .team = team};
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const std::string_view html(bytes.data(), bytes.size());
    if (const std::string much = too_much_in_html(html); !much.empty())
        return malformed(fmt::format("the page has {}", much));
    Shape shape;
    // HTML is read to its end whatever is missing: a page that was cut would have fewer players.
    if (html.find("</html>") == std::string_view::npos)
        return malformed("the page is cut short: it does not end");
    Page page = parse_page(html);
    const Whose whose = whose_roster(page, shape);
    if (!shape.is_sound()) return malformed(shape);
    if (ask.season && whose.season != *ask.season) {
        return malformed(fmt::format("a roster of {}, where {} was asked for",
                                     to_string(whose.season), to_string(*ask.season)));
    }
    if (ask.team && whose.team->team_id != *ask.team) {
        return malformed(
            fmt::format("a roster of {}, where another was asked for", whose.team->full_name));
    }
    page = page_with_roster(std::move(page));
    if (!page) return malformed("the page has no table 'roster'");

    Reading reading;
    auto& roster = reading.records.roster;
    std::set<std::string> seen;
    for (const GumboNode* body : elements_under(roster_in(page), GUMBO_TAG_TBODY)) {
        for (const GumboNode* node : elements_under(body, GUMBO_TAG_TR)) {
            // The heading is repeated within long tables.
            if (attribute(node, "class").find("thead") != std::string_view::npos) continue;
            const Row row(shape, roster.size(), node);
            roster.push_back(read_player(row, whose.season, whose.team->team_id));
            const StatedRosterPlayer& player = roster.back();
            const std::string& key =
                player.source_player_id.empty() ? player.player_name : player.source_player_id;
            if (!seen.insert(key).second) row.wrong("player", fmt::format("is {} again", key));
        }
    }
    if (!shape.is_sound()) return malformed(shape);
    if (roster.empty()) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, "a roster of nobody"};
    } else if (roster.size() < kFewestPlayers) {
        reading.outcome = {OutcomeKind::kPartial,
                           fmt::format("{} players of {}, to be at least {}", roster.size(),
                                       whose.team->tricode, kFewestPlayers)};
    }
    return reading;
}

/// The site's codes where they are not the league's.
struct SiteCode {
    std::string_view tricode;
    std::string_view code;
};
constexpr std::array kSiteCodes{SiteCode{"BKN", "BRK"}, SiteCode{"CHA", "CHO"},
                                SiteCode{"PHX", "PHO"}};

std::string_view site_code(std::string_view tricode) {
    const auto found = std::ranges::find(kSiteCodes, tricode, &SiteCode::tricode);
    return found == kSiteCodes.end() ? tricode : found->code;
}

std::vector<PlannedRequest> plan(const Scope& scope) {
    return ask_each_team(scope, [&scope](TeamId team) {
        return fmt::format("https://www.basketball-reference.com/teams/{}/{}.html",
                           site_code(find_team(team)->tricode), scope.season.start_year() + 1);
    });
}

}  // namespace

const Source kBrRosters{.name = "br_rosters",
                        .also_called = {},
                        .what = "Basketball-Reference: a team's roster of a season",
                        .read = &read,
                        .asking = {.plan = &plan,
                                   .spacing = std::chrono::milliseconds{3'500},
                                   .fresh_for = std::chrono::hours{6}},
                        .expectation = {.null_shares = kRosterShares}};

}  // namespace tipoff::collect
