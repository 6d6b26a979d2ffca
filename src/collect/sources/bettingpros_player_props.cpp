/// Player props of BettingPros: GET /v3/offers?sport=NBA&market_id=156&event_id=20879:20880
/// &book_id=null&limit=10&page=1.
///
/// An offer is one player's market in one event; under each of its two selections ("over", "under")
/// stand books, and under each book its lines, with the price (`cost`, American) and the time of
/// the last change (`updated`, UTC, written without an offset). A line that the book no longer
/// takes stays in the answer (`active` false or `is_off` true): it is no quotation. Book 0 is
/// BettingPros's own blend of the others. An offer says neither when its event starts nor who
/// plays: `bettingpros_events` does, by the event's id. The player's team is the one of the day of
/// asking, even where the event is years old, so it is not taken. An answer is a page of some, and
/// every page but the last is full: one that is short has lost offers.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "collect/json_document.h"
#include "collect/sources/bettingpros.h"
#include "collect/sources/fields.h"
#include "collect/sources/sources.h"

namespace tipoff::collect {
namespace {

constexpr std::int64_t kConsensus = 0;
constexpr double kHighestLine = 200;

struct Named {
    std::int64_t id;
    std::string_view name;
};

constexpr std::array kMarkets{Named{156, "points"}, Named{157, "rebounds"}, Named{151, "assists"},
                              Named{162, "threes"}, Named{160, "steals"},   Named{152, "blocks"},
                              Named{335, "pa"},     Named{336, "pr"},       Named{337, "ra"},
                              Named{338, "pra"}};

/// Books by the names that The Odds API has for them, so that a book is one book in both.
constexpr std::array kBooks{
    Named{10, "fanduel"},     Named{12, "draftkings"}, Named{13, "williamhill_us"},
    Named{14, "pointsbetus"}, Named{15, "sugarhouse"}, Named{18, "betrivers"},
    Named{19, "betmgm"},      Named{20, "foxbet"},     Named{24, "bet365"},
    Named{25, "wynnbet"},     Named{28, "unibet_us"},  Named{29, "twinspires"},
    Named{33, "espnbet"}};

std::string_view name_in(std::span<const Named> names, std::int64_t id) {
    const auto found = std::ranges::find(names, id, &Named::id);
    return found == names.end() ? std::string_view{} : found->name;
}

std::string book_name(std::int64_t id) {
    const std::string_view name = name_in(kBooks, id);
    return name.empty() ? fmt::format("bettingpros_{}", id) : std::string(name);
}

class Reader {
public:
    explicit Reader(const Ask& ask) : ask_(ask) {}

    void read_offer(const JsonValue& offer) {
        const std::string event_id = std::to_string(offer.integer("event_id"));
        const std::int64_t market_id = offer.integer("market_id");
        const std::vector<JsonValue> participants = offer.array("participants");
        const std::vector<JsonValue> selections = offer.array("selections");
        if (!offer.is_sound()) return;
        const std::string market(name_in(kMarkets, market_id));
        if (market.empty()) {
            ++of_other_markets_[market_id];
            return;
        }
        if (!ask_.source_game_id.empty() && event_id != ask_.source_game_id) {
            offer.wrong(fmt::format("is of event {}, where {} was asked for", event_id,
                                    ask_.source_game_id));
        }
        if (!ask_.market.empty() && market != ask_.market)
            offer.wrong(fmt::format("is of {}, where {} was asked for", market, ask_.market));
        if (participants.size() != 1) {
            offer.wrong(fmt::format("has {} participants, to be 1", participants.size()));
            return;
        }
        const StatedPropLine line{.source_event_id = event_id,
                                  .starts_at = {},
                                  .home_team_id = {},
                                  .away_team_id = {},
                                  .book = {},
                                  .market = market,
                                  .source_player_id = participants[0].text("id"),
                                  .player_name = participants[0].text("name"),
                                  .team_id = {},
                                  .over_price = {},
                                  .under_price = {},
                                  .snapshot_at = {},
                                  .is_main = false};
        if (line.source_player_id.empty() || line.player_name.empty())
            participants[0].wrong("has an empty id or name");
        for (const JsonValue& selection : selections) {
            const std::string side = selection.text("selection");
            if (side != "over" && side != "under") {
                selection.wrong(fmt::format("has the selection '{}', to be over or under", side));
                return;
            }
            for (const JsonValue& book : selection.array("books"))
                read_book(book, line, side == "over");
        }
    }

    [[nodiscard]] Reading reading() && {
        Reading reading;
        for (const auto& [market_id, offers] : of_other_markets_) {
            reading.notes.push_back(fmt::format(
                "offers left out, of market {}, which is not read: {}", market_id, offers));
        }
        if (of_consensus_ > 0) {
            reading.notes.push_back(fmt::format(
                "quotations left out, of the consensus, which is no book: {}", of_consensus_));
        }
        if (off_ > 0)
            reading.notes.push_back(
                fmt::format("quotations left out, since they are off: {}", off_));
        reading.records.prop_lines = std::move(lines_);
        return reading;
    }

private:
    void read_book(const JsonValue& book, const StatedPropLine& head, bool is_over) {
        const std::int64_t id = book.integer("id");
        for (const JsonValue& row : book.array("lines")) {
            StatedPropLine line = head;
            line.book = book_name(id);
            line.line_value = row.number("line");
            line.quoted_at = utc_instant_of(row, "updated");
            line.is_main = row.boolean("main");
            const double cost = row.number("cost");
            const bool is_on = row.boolean("active");
            const bool is_off = row.boolean("is_off");
            if (!row.is_sound()) return;
            const auto price = american_odds(cost);
            if (!price) row.wrong(fmt::format("has the cost {}, which is no American price", cost));
            if (line.line_value < 0 || line.line_value > kHighestLine)
                row.wrong(fmt::format("has the line {}", line.line_value));
            if (id == kConsensus) {
                ++of_consensus_;
            } else if (!is_on || is_off) {
                ++off_;
            } else {
                add(row, line, is_over, price);
            }
        }
    }

    void add(const JsonValue& row, const StatedPropLine& line, bool is_over,
             std::optional<std::int32_t> price) {
        const auto [place, is_new] =
            places_.try_emplace(std::tuple(line.source_event_id, line.source_player_id, line.market,
                                           line.book, line.line_value),
                                lines_.size());
        if (is_new) lines_.push_back(line);
        StatedPropLine& both = lines_[place->second];
        auto& slot = is_over ? both.over_price : both.under_price;
        if (slot) row.wrong("is a second quotation of its side");
        slot = price;
        both.quoted_at = std::max(both.quoted_at, line.quoted_at);
        both.is_main = both.is_main || line.is_main;
    }

    const Ask& ask_;
    std::vector<StatedPropLine> lines_;
    std::map<std::tuple<std::string, std::string, std::string, std::string, double>, std::size_t>
        places_;
    std::map<std::int64_t, std::size_t> of_other_markets_;  ///< offers by market
    std::size_t of_consensus_ = 0;
    std::size_t off_ = 0;
};

std::int64_t optional_count(const JsonValue& pagination, std::string_view name) {
    return pagination.has(name) ? pagination.optional_integer(name).value_or(0) : 0;
}

/// Which page of how many an answer is.
struct Page {
    explicit Page(const JsonValue& pagination)
        : number(pagination.integer("page")),
          pages(pagination.integer("total_pages")),
          limit(optional_count(pagination, "limit")),
          items(optional_count(pagination, "total_items")) {}

    [[nodiscard]] bool is_of_several() const { return pages > 1; }
    [[nodiscard]] bool is_before_last() const { return number < pages; }

    /// The fewest offers that it has by its own account.
    [[nodiscard]] std::int64_t fewest() const {
        // There are none, or some have gone since the page before; a page further on was to be had.
        if (number == pages + 1) return 0;
        if (number > pages) return 1;
        if (is_before_last() && limit > 0) return limit;
        // Items are offers if they make as many pages.
        const bool counts_offers = limit > 0 && items > 0 && (items - 1) / limit + 1 == pages;
        if (counts_offers) return items - (pages - 1) * limit;
        return is_of_several() ? 1 : 0;
    }

    std::int64_t number;
    std::int64_t pages;
    std::int64_t limit;  ///< 0 where it is not said, as of `items`
    std::int64_t items;
};

Outcome outcome_of(const Page& page, std::size_t offers, bool any_lines) {
    const std::int64_t fewest = page.fewest();
    if (offers == 0 && fewest == 0) return {OutcomeKind::kEmptyLegal, "no offers"};
    if (static_cast<std::int64_t>(offers) < fewest) {
        return {any_lines ? OutcomeKind::kPartial : OutcomeKind::kEmptyUnexpected,
                fmt::format("page {} of {} has {} of its {} offers", page.number, page.pages,
                            offers, fewest)};
    }
    if (!any_lines)
        return {OutcomeKind::kEmptyUnexpected, "offers, and no line of a book among them"};
    return {};
}

Reading read(std::span<const char> bytes, const Ask& ask) {
    const auto document = JsonDocument::parse(bytes);
    if (!document) return malformed(document.error().message());
    const Shape& shape = (*document)->shape();
    const JsonValue root = (*document)->root();
    const std::vector<JsonValue> offers = root.array("offers");
    const Page page(root.object("_pagination"));
    Reader reader(ask);
    for (const JsonValue& offer : offers)
        reader.read_offer(offer);
    if (!shape.is_sound()) return malformed(shape);
    Reading reading = std::move(reader).reading();
    reading.outcome = outcome_of(page, offers.size(), !reading.records.prop_lines.empty());
    if (page.is_of_several())
        reading.notes.push_back(fmt::format("page {} of {}", page.number, page.pages));
    if (page.is_before_last()) reading.next_cursor = std::to_string(page.number + 1);
    return reading;
}

/// The source's numbers of the markets that are modelled.
constexpr std::array kMarketIds{"156", "157", "151", "162"};

/// One request a date and market, with the events of the date in one list. Quotations of events
/// that are over are of no use: the answer holds the newest of each book alone.
std::vector<PlannedRequest> plan(const Scope& scope) {
    std::vector<PlannedRequest> requests;
    for (const GameDate date : scope.dates) {
        std::string events;
        for (const AskedGame& game : scope.games) {
            if (game.date != date || game.source_game_id.empty() || game.tip_off <= scope.now)
                continue;
            events += (events.empty() ? "" : ":") + game.source_game_id;
        }
        if (events.empty()) continue;
        for (const std::string_view market : kMarketIds) {
            requests.push_back({.url = url_with("https://api.bettingpros.com/v3/offers",
                                                {{"sport", "NBA"},
                                                 {"market_id", std::string(market)},
                                                 {"event_id", events},
                                                 {"book_id", "null"},
                                                 {"limit", "10"},
                                                 {"page", "1"}})});
        }
    }
    return requests;
}

constexpr std::array<std::string_view, 1> kAlsoCalled{"bp_player_props"};

}  // namespace

const Source kBettingprosPlayerProps{
    .name = "bettingpros_player_props",
    .also_called = kAlsoCalled,
    .what = "BettingPros: lines of players, a market at a time",
    .read = &read,
    .asking = {.plan = &plan,
               .spacing = kBettingprosSpacing,
               .fresh_for = std::chrono::minutes{5},
               .game_ids_of = "bettingpros_events",
               .key = kBettingprosKey,
               .paging = Paging::kPageNumber,
               .counts_each_answer = true},
    .expectation = {.asks_games = DueGames::kToCome, .null_shares = kPropShares}};

}  // namespace tipoff::collect
