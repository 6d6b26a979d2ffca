/// api.bettingpros.com: games of a day, and offers of players' lines a market at a time, in pages.
/// 403 without a key in `x-api-key`. Times are UTC without an offset. A line that a book has taken
/// down stays in the answer and is off; book 0 is the site's own blend.

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/parse.h"
#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/identities.h"
#include "league/upstreams/quotations.h"

namespace tipoff::league {
namespace {

constexpr std::int64_t kFirstBook = 901;  ///< of the simulated books, which have no real number
constexpr std::int64_t kUsualLimit = 10, kMostLimit = 100;

struct MarketNumber {
    std::int64_t number;
    Market market;
};
constexpr std::array kMarketNumbers{
    MarketNumber{156, Market::kPoints}, MarketNumber{157, Market::kRebounds},
    MarketNumber{151, Market::kAssists}, MarketNumber{162, Market::kThrees},
    MarketNumber{338, Market::kPra}};

/// The numbers of "1:2:3".
std::vector<std::int64_t> numbers_in(std::string_view text) {
    std::vector<std::int64_t> numbers;
    while (!text.empty()) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        if (const auto number = parse_integer(text.substr(0, colon))) numbers.push_back(*number);
        text.remove_prefix(std::min(colon + 1, text.size()));
    }
    return numbers;
}

std::string_view status_of(GamePhase phase) {
    switch (phase) {
        case GamePhase::kScheduled: return "scheduled";
        case GamePhase::kInProgress: return "inprogress";
        case GamePhase::kFinal: return "closed";
        case GamePhase::kPostponed: break;
    }
    return "postponed";
}

Json scores_json(const Almanac& almanac, std::size_t game, const std::array<int, 2>& points) {
    Json scores = Json::array();
    for (std::size_t side = 0; side < 2; ++side) {
        scores.push_back({{"participant", team_facts()[almanac.team_on(game, side)].tricode},
                          {"score", points[side]}});
    }
    return scores;
}

Json results_json(const Almanac& almanac, std::size_t game, const Score& score) {
    const std::size_t winner = score.points[0] > score.points[1] ? 0 : 1;
    Json periods = Json::array();
    for (std::size_t period = 0; period < score.by_period.size(); ++period) {
        periods.push_back({{"name", period < 4 ? "quarter" : "overtime"},
                           {"number", period + 1},
                           {"scores", scores_json(almanac, game, score.by_period[period])}});
    }
    Json outcome{{"label", "event"},
                 {"winner", team_facts()[almanac.team_on(game, winner)].tricode},
                 {"scores", scores_json(almanac, game, score.points)}};
    return {{"outcomes", Json::array({std::move(outcome)})}, {"periods", std::move(periods)}};
}

UpstreamAnswer events(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    const auto date = day_in(request, "date");
    if (!date) return json_answer({{"message", "date is required"}}, 400);
    Json rows = Json::array();
    for (const GameNow& game : almanac.on(*date, now)) {
        const Fixture& fixture = almanac.fixture(game.fixture);
        const TeamFacts& home = team_facts()[fixture.home];
        Json row{{"id", kBettingProsEvents.of(game.fixture)},
                 {"sport", "NBA"},
                 {"scheduled", plain_utc_text(game.tip_off)},
                 {"season", almanac.season().options.season.start_year()},
                 {"season_type", "REG"},
                 {"status", status_of(game.phase)},
                 {"home", home.tricode},
                 {"visitor", team_facts()[fixture.away].tricode},
                 {"venue", {{"name", home.arena}, {"city", home.city}}}};
        if (game.phase == GamePhase::kFinal) {
            row["results"] =
                results_json(almanac, game.fixture, almanac.score_of(game.fixture, now));
        }
        rows.push_back(std::move(row));
    }
    return json_answer({{"_parameters", {{"sport", "NBA"}, {"date", to_string(*date)}}},
                        {"events", std::move(rows)},
                        {"utc", plain_utc_text(now)}});
}

/// The lines of one player in one market: what stands, and what books have taken down.
class Offer {
public:
    Offer(const Almanac& almanac, std::size_t game, PlayerIndex player, Market market)
        : almanac_(almanac), game_(game), player_(player), market_(market) {}

    Json document(const std::vector<Quotation>& quotations, Instant now,
                  std::int64_t market_number) const {
        Json selections = Json::array();
        for (const bool is_over : {true, false}) {
            Json books = Json::array();
            for (std::size_t book = 0; book < kBooks; ++book)
                add_book(books, book, lines_of(book, quotations, now), is_over);
            // The blend: what the first book that still quotes says.
            if (!books.empty()) {
                Json blend = books.front();
                blend["id"] = 0;
                books.push_back(std::move(blend));
            }
            selections.push_back(
                {{"selection", is_over ? "over" : "under"}, {"books", std::move(books)}});
        }
        const std::string name = without_suffix(almanac_.player(player_).name.plain);
        return {{"event_id", kBettingProsEvents.of(game_)},
                {"market_id", market_number},
                {"participants",
                 Json::array({Json{{"id", std::to_string(kBettingProsPlayers.of(player_))},
                                   {"name", name}}})},
                {"selections", std::move(selections)}};
    }

private:
    struct Line {
        const PropLine* line = nullptr;
        bool is_main = true;
        bool is_off = false;
    };

    [[nodiscard]] std::vector<Line> lines_of(std::size_t book,
                                             const std::vector<Quotation>& quotations,
                                             Instant now) const {
        std::vector<Line> lines;
        for (const auto& [line, is_main] : quotations) {
            if (is_ours(*line, book)) lines.push_back({line, is_main, false});
        }
        if (!lines.empty()) return lines;
        for (const PropLine& line : almanac_.prop_lines_of(game_)) {
            if (is_ours(line, book) && line.captured_at <= now) lines = {{&line, true, true}};
        }
        return lines;
    }

    [[nodiscard]] bool is_ours(const PropLine& line, std::size_t book) const {
        return line.book == book && line.player == player_ && line.market == market_;
    }

    static void add_book(Json& books, std::size_t book, const std::vector<Line>& lines,
                         bool is_over) {
        if (lines.empty()) return;
        Json rows = Json::array();
        for (const auto& [line, is_main, is_off] : lines) {
            rows.push_back({{"line", line->line},
                            {"cost", is_over ? line->over_price : line->under_price},
                            {"updated", plain_utc_text(line->captured_at)},
                            {"active", !is_off},
                            {"is_off", is_off},
                            {"main", is_main}});
        }
        books.push_back(
            {{"id", kFirstBook + static_cast<std::int64_t>(book)}, {"lines", std::move(rows)}});
    }

    const Almanac& almanac_;
    std::size_t game_;
    PlayerIndex player_;
    Market market_;
};

UpstreamAnswer offers(const Almanac& almanac, const UpstreamRequest& request, Instant now) {
    Json all = Json::array();
    for (const std::int64_t event : numbers_in(request.parameter("event_id").value_or(""))) {
        const auto game = kBettingProsEvents.index_of(event, almanac.season().fixtures.size());
        if (!game) continue;
        const auto quotations = prop_quotations(almanac, *game, now);
        for (const std::int64_t number : numbers_in(request.parameter("market_id").value_or(""))) {
            const auto market = std::ranges::find(kMarketNumbers, number, &MarketNumber::number);
            if (market == kMarketNumbers.end()) continue;
            std::set<PlayerIndex> players;
            for (const PropLine& line : almanac.prop_lines_of(*game)) {
                if (line.market == market->market && line.captured_at <= now)
                    players.insert(line.player);
            }
            for (const PlayerIndex player : players) {
                all.push_back(Offer(almanac, *game, player, market->market)
                                  .document(quotations, now, number));
            }
        }
    }
    const auto limit = static_cast<std::size_t>(
        std::clamp(number_in(request, "limit").value_or(kUsualLimit), std::int64_t{1}, kMostLimit));
    const auto page =
        static_cast<std::size_t>(std::max(std::int64_t{1}, number_in(request, "page").value_or(1)));
    const std::size_t pages = (all.size() + limit - 1) / limit;
    Json rows = Json::array();
    for (std::size_t i = (page - 1) * limit; i < std::min(page * limit, all.size()); ++i)
        rows.push_back(std::move(all[i]));
    return json_answer({{"offers", std::move(rows)},
                        {"_pagination",
                         {{"page", page},
                          {"limit", limit},
                          {"total_pages", pages},
                          {"total_items", all.size()}}}});
}

}  // namespace

UpstreamAnswer answer_bettingpros(const Almanac& almanac, const UpstreamRequest& request,
                                  Instant now) {
    if (request.header("x-api-key").value_or("").empty())
        return json_answer({{"message", "Forbidden"}}, 403);
    if (request.path == "/v3/events") return events(almanac, request, now);
    if (request.path == "/v3/offers") return offers(almanac, request, now);
    return not_found();
}

}  // namespace tipoff::league
