#include "collect/sources/odds_api.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "collect/sources/fields.h"

namespace tipoff::collect {
namespace {

constexpr std::string_view kSport = "basketball_nba";
constexpr std::string_view kAlternate = "_alternate";
constexpr std::string_view kPlayerPrefix = "player_";
constexpr double kHighestTotal = 500;
constexpr double kWidestHandicap = 100;
constexpr double kHighestPlayerLine = 200;

struct MarketName {
    std::string_view theirs;
    std::string_view ours;
};

constexpr std::array kGameMarkets{MarketName{"h2h", "moneyline"}, MarketName{"spreads", "spread"},
                                  MarketName{"totals", "total"}};
constexpr std::array kGameLadders{MarketName{"alternate_spreads", "spread"},
                                  MarketName{"alternate_totals", "total"}};

/// Markets of players that have a name here; others keep theirs.
constexpr std::array kPlayerMarkets{MarketName{"player_points", "points"},
                                    MarketName{"player_rebounds", "rebounds"},
                                    MarketName{"player_assists", "assists"},
                                    MarketName{"player_threes", "threes"},
                                    MarketName{"player_points_rebounds_assists", "pra"},
                                    MarketName{"player_points_rebounds", "pr"},
                                    MarketName{"player_points_assists", "pa"},
                                    MarketName{"player_rebounds_assists", "ra"},
                                    MarketName{"player_steals", "steals"},
                                    MarketName{"player_blocks", "blocks"},
                                    MarketName{"player_turnovers", "turnovers"}};

std::string_view name_in(std::span<const MarketName> names, std::string_view theirs) {
    const auto found = std::ranges::find(names, theirs, &MarketName::theirs);
    return found == names.end() ? std::string_view{} : found->ours;
}

/// One side of a line at a book.
struct Quote {
    std::string book;
    std::string market;  ///< as named here
    std::string player;  ///< empty for a game's line
    std::optional<double> line;
    bool is_first_side = false;  ///< home or over
    bool is_main = true;         ///< not of an alternate ladder
    Instant quoted_at{};
    double price = 0;  ///< as written
    JsonValue outcome;
};

/// Both sides of a line at a book.
struct Line {
    Quote head;  ///< what the sides share, from the one that came first
    std::optional<std::int32_t> first_price;
    std::optional<std::int32_t> second_price;
};

class LineReader {
public:
    explicit LineReader(const OddsApiEvent& event) : event_(event) {}

    void read_book(const JsonValue& book) {
        const std::string key = book.text("key");
        for (const JsonValue& market : book.array("markets"))
            read_market(market, key);
    }

    /// The lines in the order of their first quotation, those of main markets before alternates.
    [[nodiscard]] std::vector<Line> lines() {
        std::ranges::stable_partition(quotes_, &Quote::is_main);
        const bool is_decimal = are_decimal();
        std::vector<Line> lines;
        std::map<std::tuple<std::string, std::string, std::string, std::optional<double>>,
                 std::size_t>
            places;
        for (Quote& quote : quotes_) {
            const auto price =
                is_decimal ? american_odds_of_decimal(quote.price) : american_odds(quote.price);
            if (!price) {
                quote.outcome.wrong(fmt::format("has the price {}, which is no {} price",
                                                quote.price, is_decimal ? "decimal" : "American"));
                return {};
            }
            const auto [place, is_new] = places.try_emplace(
                std::tuple(quote.book, quote.market, quote.player, quote.line), lines.size());
            if (is_new) lines.push_back({.head = quote, .first_price = {}, .second_price = {}});
            add_side(lines[place->second], quote, *price);
        }
        return lines;
    }

    [[nodiscard]] std::vector<std::string> notes() const {
        std::vector<std::string> notes;
        notes.reserve(left_out_.size() + 1);
        for (const auto& [market, books] : left_out_) {
            notes.push_back(fmt::format("market {} of {} left out: none that is read", market,
                                        fmt::join(books, ", ")));
        }
        if (repeated_ > 0) {
            notes.push_back(
                fmt::format("left out of ladders, since the main market has the line at another "
                            "price: {}",
                            repeated_));
        }
        return notes;
    }

private:
    void read_market(const JsonValue& market, const std::string& book) {
        const std::string key = market.text("key");
        const Instant quoted_at = instant_of(market, "last_update");
        const std::vector<JsonValue> outcomes = market.array("outcomes");
        if (!market.is_sound()) return;
        const std::string_view main_market = name_in(kGameMarkets, key);
        const std::string_view game_market =
            main_market.empty() ? name_in(kGameLadders, key) : main_market;
        const bool is_alternate =
            game_market.empty() ? key.ends_with(kAlternate) : main_market.empty();
        const std::string base = game_market.empty() && is_alternate
                                     ? key.substr(0, key.size() - kAlternate.size())
                                     : key;
        const std::string_view known = name_in(kPlayerMarkets, base);
        const bool is_of_players =
            !known.empty() || (base.starts_with(kPlayerPrefix) && is_over_under(outcomes));
        if (game_market.empty() && !is_of_players) {
            left_out_[key].insert(book);
            return;
        }
        const std::size_t first = quotes_.size();
        for (const JsonValue& outcome : outcomes) {
            Quote quote{.book = book,
                        .market = std::string(game_market),
                        .player = {},
                        .line = {},
                        .is_main = !is_alternate,
                        .quoted_at = quoted_at,
                        .price = outcome.number("price"),
                        .outcome = outcome};
            if (game_market.empty()) {
                quote.market = known.empty() ? base : std::string(known);
                read_player(quote);
            } else {
                read_side_of_game(quote);
            }
            quotes_.push_back(std::move(quote));
        }
        // The sides of a game's main line have one line: anything else is misread.
        for (std::size_t i = first; i < quotes_.size() && !main_market.empty(); ++i) {
            if (quotes_[i].line != quotes_[first].line)
                market.wrong("has sides whose points do not belong together");
        }
    }

    void read_player(Quote& quote) {
        quote.player = quote.outcome.text("description");
        quote.is_first_side = is_over(quote.outcome);
        quote.line = quote.outcome.number("point");
        if (quote.outcome.is_sound() && quote.player.empty())
            quote.outcome.wrong("has a description that names nobody");
        if (*quote.line < 0 || *quote.line > kHighestPlayerLine)
            quote.outcome.wrong(fmt::format("has the point {}", *quote.line));
    }

    void read_side_of_game(Quote& quote) {
        const JsonValue& outcome = quote.outcome;
        if (quote.market == "total") {
            quote.is_first_side = is_over(outcome);
            quote.line = outcome.number("point");
            if (*quote.line <= 0 || *quote.line > kHighestTotal)
                outcome.wrong(fmt::format("has the point {}", *quote.line));
            return;
        }
        const std::string name = outcome.text("name");
        quote.is_first_side = name == event_.home_name;
        if (!quote.is_first_side && name != event_.away_name)
            outcome.wrong(fmt::format("has the name '{}', which is neither team's", name));
        if (quote.market == "moneyline") return;
        const double point = outcome.number("point");
        if (std::abs(point) > kWidestHandicap)
            outcome.wrong(fmt::format("has the point {}", point));
        // As the home side's; zero has no sign.
        quote.line = quote.is_first_side || point == 0 ? point : -point;
    }

    static bool is_over(const JsonValue& outcome) {
        const std::string name = outcome.text("name");
        if (name != "Over" && name != "Under")
            outcome.wrong(fmt::format("has the name '{}', to be Over or Under", name));
        return name == "Over";
    }

    static bool is_over_under(const std::vector<JsonValue>& outcomes) {
        return std::ranges::all_of(outcomes, [](const JsonValue& outcome) {
            const std::string name = outcome.text("name");
            return name == "Over" || name == "Under";
        });
    }

    /// `oddsFormat` of the question chose between decimal and American odds for the whole document,
    /// and the answer does not name it. American odds are whole, written so, and at least 100 in
    /// size; so one price with a fraction, or below 100 in size, makes all of them decimal.
    [[nodiscard]] bool are_decimal() const {
        return std::ranges::any_of(quotes_, [](const Quote& quote) {
            return !quote.outcome.is_written_whole("price") || std::abs(quote.price) < 100;
        });
    }

    void add_side(Line& line, const Quote& quote, std::int32_t price) {
        auto& slot = quote.is_first_side ? line.first_price : line.second_price;
        if (!slot) {
            slot = price;
            line.head.quoted_at = std::max(line.head.quoted_at, quote.quoted_at);
            return;
        }
        if (line.head.is_main == quote.is_main) {
            quote.outcome.wrong("is a second quotation of its side");
        } else if (*slot != price) {
            ++repeated_;
        }
    }

    const OddsApiEvent& event_;
    std::vector<Quote> quotes_;
    std::map<std::string, std::set<std::string>> left_out_;  ///< books by market
    std::size_t repeated_ = 0;
};

StatedRecords records_of(const std::vector<Line>& lines, const OddsApiEvent& event,
                         std::optional<Instant> snapshot_at) {
    StatedRecords records;
    for (const Line& line : lines) {
        if (line.head.player.empty()) {
            records.game_lines.push_back({.source_event_id = event.id,
                                          .starts_at = event.starts_at,
                                          .home_team_id = event.home->team_id,
                                          .away_team_id = event.away->team_id,
                                          .book = line.head.book,
                                          .market = line.head.market,
                                          .line_value = line.head.line,
                                          .home_or_over_price = line.first_price,
                                          .away_or_under_price = line.second_price,
                                          .quoted_at = line.head.quoted_at,
                                          .snapshot_at = snapshot_at});
        } else if (line.head.line) {  // a player's always has one
            records.prop_lines.push_back({.source_event_id = event.id,
                                          .starts_at = event.starts_at,
                                          .home_team_id = event.home->team_id,
                                          .away_team_id = event.away->team_id,
                                          .book = line.head.book,
                                          .market = line.head.market,
                                          .source_player_id = {},
                                          .player_name = line.head.player,
                                          .team_id = {},
                                          .line_value = *line.head.line,
                                          .over_price = line.first_price,
                                          .under_price = line.second_price,
                                          .quoted_at = line.head.quoted_at,
                                          .snapshot_at = snapshot_at,
                                          .is_main = line.head.is_main});
        }
    }
    return records;
}

/// What the document is about, where that is not what was asked for.
std::string other_than_asked(const OddsApiEvent& event, const Ask& ask) {
    const GameDate date = eastern_date(event.starts_at);
    if (!ask.source_game_id.empty() && ask.source_game_id != event.id)
        return fmt::format("event {}, where {} was asked for", event.id, ask.source_game_id);
    if (ask.date && *ask.date != date) {
        return fmt::format("an event of {}, where {} was asked for", to_string(date),
                           to_string(*ask.date));
    }
    if (ask.season && *ask.season != season_of(date)) {
        return fmt::format("an event of {}, where {} was asked for", to_string(season_of(date)),
                           to_string(*ask.season));
    }
    if (ask.team && event.is_of_the_league() && *ask.team != event.home->team_id &&
        *ask.team != event.away->team_id) {
        return fmt::format("{} at {}, where another team was asked for", event.away_name,
                           event.home_name);
    }
    return {};
}

/// The book and market in which most main lines of players have one side alone, as when half of
/// the outcomes were lost; ladders often have the overs alone. Empty where there is none.
std::string mostly_one_sided(const std::vector<Line>& lines) {
    constexpr int kFewest = 4;
    std::map<std::string, std::pair<int, int>> counts;  // one-sided, all
    for (const Line& line : lines) {
        if (line.head.player.empty() || !line.head.is_main) continue;
        auto& [one_sided, all] = counts[line.head.book + " in " + line.head.market];
        ++all;
        one_sided += line.first_price && line.second_price ? 0 : 1;
    }
    for (const auto& [where, count] : counts) {
        if (count.second >= kFewest && 2 * count.first > count.second) return where;
    }
    return {};
}

/// Of the lines that were read: is what was asked for among them?
Outcome outcome_of(const std::vector<Line>& lines, const Ask& ask, OddsApiLines wanted,
                   bool any_left_out) {
    if (lines.empty()) {
        return any_left_out ? Outcome{OutcomeKind::kEmptyUnexpected, "no market that is read"}
                            : Outcome{OutcomeKind::kEmptyLegal, "no book quotes it"};
    }
    std::set<std::string> markets;
    bool has_wanted = false;
    for (const Line& line : lines) {
        markets.insert(line.head.market);
        const bool is_of_players = !line.head.player.empty();
        has_wanted |= ask.market.empty() ? is_of_players == (wanted == OddsApiLines::kOfPlayers)
                                         : line.head.market == ask.market;
    }
    const std::string one_sided = mostly_one_sided(lines);
    if (!one_sided.empty())
        return {OutcomeKind::kPartial, "one side alone of most main lines of " + one_sided};
    if (has_wanted) return {};
    const std::string asked = !ask.market.empty()                  ? ask.market
                              : wanted == OddsApiLines::kOfPlayers ? "any player"
                                                                   : "the game";
    return {OutcomeKind::kPartial,
            fmt::format("lines of {}, and none of {}", fmt::join(markets, ", "), asked)};
}

}  // namespace

std::vector<PlannedRequest> plan_odds_api_lines(const Scope& scope, std::string_view markets) {
    /// Snapshots are five minutes apart: the last one before the game surely begins.
    constexpr std::chrono::minutes kClosing{5};
    std::vector<PlannedRequest> requests;
    for (const AskedGame& game : scope.games) {
        if (game.source_game_id.empty()) continue;
        const bool is_over = game.tip_off <= scope.now;
        std::vector<QueryParameter> parameters{
            {"regions", "us"}, {"markets", std::string(markets)}, {"oddsFormat", "american"}};
        if (is_over) parameters.push_back({"date", instant_to_second(game.tip_off - kClosing)});
        requests.push_back(
            {.url = url_with(
                 fmt::format("https://api.the-odds-api.com/v4/{}sports/basketball_nba/"
                             "events/{}/odds",
                             is_over ? "historical/" : "", url_escaped(game.source_game_id)),
                 parameters),
             .ask = {.source_game_id = game.source_game_id},
             .settled_at = is_over ? std::optional(game.tip_off) : std::nullopt});
    }
    return requests;
}

bool is_of_the_past(const JsonValue& root) { return root.has("timestamp") || root.has("data"); }

std::string OddsApiEvent::why_left_out() const {
    return fmt::format("{} at {} ({}) is no game of two teams of the league", away_name, home_name,
                       to_string(eastern_date(starts_at)));
}

OddsApiEvent read_event(const JsonValue& row) {
    OddsApiEvent event{.id = row.text("id"),
                       .starts_at = instant_of(row, "commence_time"),
                       .home_name = row.text("home_team"),
                       .away_name = row.text("away_team")};
    const std::string sport = row.text("sport_key");
    if (sport != kSport) row.wrong(fmt::format("has the sport_key '{}', to be {}", sport, kSport));
    event.home = find_team(event.home_name);
    event.away = find_team(event.away_name);
    if (event.home != nullptr && event.home == event.away)
        row.wrong(fmt::format("is a game of {} against itself", event.home_name));
    return event;
}

Reading read_odds_api_lines(std::span<const char> bytes, const Ask& ask, OddsApiLines wanted) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    std::optional<Instant> snapshot_at;
    JsonValue row = root;
    if (is_of_the_past(root)) {
        snapshot_at = instant_of(root, "timestamp");
        row = root.object("data");
    }
    const OddsApiEvent event = read_event(row);
    const std::vector<JsonValue> books = row.array("bookmakers");
    if (!shape.is_sound()) return malformed(shape);
    if (const std::string problem = other_than_asked(event, ask); !problem.empty())
        return malformed(problem);
    Reading reading;
    if (!event.is_of_the_league()) {
        reading.outcome = {OutcomeKind::kEmptyUnexpected, event.why_left_out()};
        return reading;
    }

    LineReader reader(event);
    for (const JsonValue& book : books)
        reader.read_book(book);
    if (!shape.is_sound()) return malformed(shape);
    const std::vector<Line> lines = reader.lines();
    if (!shape.is_sound()) return malformed(shape);

    reading.notes = reader.notes();
    reading.outcome = outcome_of(lines, ask, wanted, !reading.notes.empty());
    reading.records = records_of(lines, event, snapshot_at);
    const auto in_play = std::ranges::count_if(
        lines, [&](const Line& line) { return line.head.quoted_at >= event.starts_at; });
    if (in_play > 0) {
        reading.notes.push_back(fmt::format("{} of {} lines were quoted after the start ({})",
                                            in_play, lines.size(),
                                            tipoff::to_string(event.starts_at)));
    }
    return reading;
}

}  // namespace tipoff::collect
