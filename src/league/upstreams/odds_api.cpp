/// api.the-odds-api.com: events and their odds, today's and of the past. 401 without a key, 422 for
/// a parameter that it does not know, 404 for an event that it does not (any more) have. An event
/// leaves the list at tip-off; who asks for its odds by its id gets what the books say in play
/// until the game is over. `x-requests-last` says what a question cost.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include "league/random.h"
#include "league/teams.h"
#include "league/upstreams/answering.h"
#include "league/upstreams/documents.h"
#include "league/upstreams/identities.h"
#include "league/upstreams/quotations.h"

namespace tipoff::league {
namespace {

constexpr std::string_view kToday = "/v4/sports/basketball_nba/events";
constexpr std::string_view kPast = "/v4/historical/sports/basketball_nba/events";
constexpr std::string_view kOdds = "/odds";
constexpr std::chrono::minutes kSnapshot{5};
constexpr std::chrono::days kListedAhead{7};
constexpr int kPastCost = 10;
constexpr int kUsualPrice = -110;
/// Points away from the main line.
constexpr std::array kMainLine{0};
constexpr std::array kRungs{-4, -2, 2, 4};

struct MarketKey {
    std::string_view key;
    std::optional<Market> market;  ///< none of a game's
    bool is_ladder = false;
};
constexpr std::array kMarketKeys{
    MarketKey{"h2h", {}},
    MarketKey{"spreads", {}},
    MarketKey{"totals", {}},
    MarketKey{"alternate_spreads", {}, true},
    MarketKey{"alternate_totals", {}, true},
    MarketKey{"player_points", Market::kPoints},
    MarketKey{"player_rebounds", Market::kRebounds},
    MarketKey{"player_assists", Market::kAssists},
    MarketKey{"player_threes", Market::kThrees},
    MarketKey{"player_points_rebounds_assists", Market::kPra},
    MarketKey{"player_points_alternate", Market::kPoints, true},
    MarketKey{"player_rebounds_alternate", Market::kRebounds, true},
    MarketKey{"player_assists_alternate", Market::kAssists, true},
    MarketKey{"player_threes_alternate", Market::kThrees, true},
    MarketKey{"player_points_rebounds_assists_alternate", Market::kPra, true},
};

UpstreamAnswer refusal(int status, std::string_view code, std::string_view message) {
    return json_answer(
        {{"message", message},
         {"error_code", code},
         {"details_url", "https://the-odds-api.com/liveapi/guides/v4/api-error-codes.html"}},
        status);
}

std::vector<std::string> listed(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

/// What was asked, understood.
struct Question {
    Instant at{};          ///< of the snapshot, or now
    bool is_past = false;  ///< the answer is wrapped
    std::vector<const MarketKey*> markets;
    std::vector<std::string> books;  ///< all where it is empty
    int regions = 1;
    bool is_american = false;
};

Json event_json(const Almanac& almanac, const GameNow& game) {
    const Fixture& fixture = almanac.fixture(game.fixture);
    return {{"id", odds_api_event(almanac, game.fixture)},
            {"sport_key", "basketball_nba"},
            {"sport_title", "NBA"},
            {"commence_time", second_text(game.tip_off)},
            {"home_team", team_facts()[fixture.home].full_name},
            {"away_team", team_facts()[fixture.away].full_name}};
}

UpstreamAnswer wrapped(Json data, const Question& question, int cost) {
    UpstreamAnswer answer =
        question.is_past
            ? json_answer({{"timestamp", second_text(question.at)},
                           {"previous_timestamp", second_text(question.at - kSnapshot)},
                           {"next_timestamp", second_text(question.at + kSnapshot)},
                           {"data", std::move(data)}})
            : json_answer(data);
    answer.headers.push_back({"x-requests-last", std::to_string(cost)});
    return answer;
}

UpstreamAnswer events(const Almanac& almanac, const UpstreamRequest& request,
                      const Question& question) {
    Instant from = question.at, to = question.at + kListedAhead;
    for (auto [name, bound] : {std::pair("commenceTimeFrom", &from), {"commenceTimeTo", &to}}) {
        const auto text = request.parameter(name);
        if (!text || text->empty()) continue;
        const auto instant = parse_instant(*text);
        if (!instant) {
            return refusal(422, "INVALID_COMMENCE_TIME",
                           fmt::format("Invalid {} parameter. The format must be "
                                       "YYYY-MM-DDTHH:MM:SSZ",
                                       name));
        }
        *bound = *instant;
    }
    Json rows = Json::array();
    for (std::size_t game = 0; game < almanac.season().fixtures.size(); ++game) {
        const GameNow state = almanac.at(game, question.at);
        const bool is_to_come = state.phase == GamePhase::kScheduled && state.tip_off > question.at;
        if (is_to_come && state.tip_off >= from && state.tip_off <= to)
            rows.push_back(event_json(almanac, state));
    }
    return wrapped(std::move(rows), question, question.is_past ? 1 : 0);
}

/// What books say in play: another price every few minutes, on either side of even, and lines that
/// have moved, those of one player together.
class InPlay {
public:
    InPlay(const Almanac& almanac, const GameNow& game, Instant at)
        : seed_(almanac.season().options.seed),
          game_(game.fixture),
          when_(static_cast<std::uint64_t>(at.time_since_epoch() / kSnapshot)),
          prices_(seed_, Stream::kInPlay, game_, when_) {}

    int price() { return -prices_.between(101, 190); }

    /// By how much the lines of a player have moved, or those of the game.
    [[nodiscard]] int shift(std::optional<PlayerIndex> player) const {
        const std::uint64_t whose = player ? 2 + std::uint64_t{*player} : 1;
        Random random(seed_, Stream::kInPlay, game_ + (whose << 32U), when_);
        return random.between(1, 4);
    }

private:
    std::uint64_t seed_;
    std::uint64_t game_;
    std::uint64_t when_;
    Random prices_;
};

class Books {
public:
    Books(const Almanac& almanac, const GameNow& game, const Question& question)
        : almanac_(almanac), game_(game), question_(question) {
        if (game.phase == GamePhase::kInProgress) in_play_.emplace(almanac, game, question.at);
    }

    Json list() {
        const auto quotations = prop_quotations(almanac_, game_.fixture, question_.at);
        Json books = Json::array();
        for (std::size_t book = 0; book < kBooks; ++book) {
            const std::string name(book_name(book));
            const bool is_asked = question_.books.empty() ||
                                  std::ranges::find(question_.books, name) != question_.books.end();
            // A book that has not looked at the game yet, or at a game that is on another day.
            const auto looked_at = first_look(almanac_, game_.fixture, book, question_.at);
            if (!is_asked || !looked_at) continue;
            Json markets = Json::array();
            for (const MarketKey* market : question_.markets) {
                Json one = market->market ? market_of_players(*market, book, quotations)
                                          : market_of_game(*market, *looked_at);
                if (!one["outcomes"].empty()) markets.push_back(std::move(one));
            }
            if (markets.empty()) continue;
            books.push_back({{"key", name}, {"title", name}, {"markets", std::move(markets)}});
        }
        return books;
    }

private:
    [[nodiscard]] Json price(int american) {
        if (in_play_) american = in_play_->price();
        if (question_.is_american) return american;
        const double profit = american > 0 ? american / 100.0 : -100.0 / american;
        return std::round(100.0 * (1.0 + profit)) / 100.0;
    }

    [[nodiscard]] Instant updated(Instant book_at) const {
        if (!in_play_) return book_at;
        return std::max<Instant>(game_.tip_off,
                                 std::chrono::floor<std::chrono::minutes>(question_.at));
    }

    /// Of a side to which so many points are given.
    static int price_given(int points) {
        constexpr int kAPoint = 20, kEven = 100;
        if (points == 0) return kUsualPrice;
        return points > 0 ? kUsualPrice - kAPoint * points : kEven - kAPoint * points;
    }

    Json market_of_game(const MarketKey& market, Instant looked_at) {
        Json outcomes = Json::array();
        const GameLine& line = *almanac_.game_line_of(game_.fixture);
        const Fixture& fixture = almanac_.fixture(game_.fixture);
        const auto add = [&](std::string_view name, int american, std::optional<double> point) {
            Json outcome{{"name", name}, {"price", price(american)}};
            if (point) outcome["point"] = *point;
            outcomes.push_back(std::move(outcome));
        };
        const std::string_view home = team_facts()[fixture.home].full_name;
        const std::string_view away = team_facts()[fixture.away].full_name;
        const double shift = in_play_ ? static_cast<double>(in_play_->shift({})) : 0.0;
        using Steps = std::span<const int>;
        const Steps steps = market.is_ladder ? Steps(kRungs) : Steps(kMainLine);
        if (market.key == "h2h") {
            add(home, line.home_price, {});
            add(away, line.away_price, {});
        } else if (market.key.ends_with("spreads")) {
            for (const int step : steps) {
                const double margin = line.home_margin + shift - step;
                add(home, price_given(step), -margin);
                add(away, price_given(-step), margin);
            }
        } else {
            for (const int step : steps) {
                const double total = line.total + shift - step;
                add("Over", price_given(step), total);
                add("Under", price_given(-step), total);
            }
        }
        return {{"key", market.key},
                {"last_update", second_text(updated(looked_at))},
                {"outcomes", std::move(outcomes)}};
    }

    Json market_of_players(const MarketKey& market, std::size_t book,
                           const std::vector<Quotation>& quotations) {
        Json outcomes = Json::array();
        Instant at{};
        for (const auto& [line, is_main] : quotations) {
            if (line->book != book || line->market != market.market || is_main == market.is_ladder)
                continue;
            at = line->captured_at;
            const double point =
                line->line + (in_play_ ? static_cast<double>(in_play_->shift(line->player)) : 0.0);
            const std::string name = without_suffix(almanac_.player(line->player).name.plain);
            for (const auto& [side, american] :
                 {std::pair("Over", line->over_price), std::pair("Under", line->under_price)}) {
                outcomes.push_back({{"name", side},
                                    {"description", name},
                                    {"price", price(american)},
                                    {"point", point}});
            }
        }
        return {{"key", market.key},
                {"last_update", second_text(updated(at))},
                {"outcomes", std::move(outcomes)}};
    }

    const Almanac& almanac_;
    const GameNow& game_;
    const Question& question_;
    std::optional<InPlay> in_play_;
};

/// What is wrong with a question for odds; otherwise its parts are in `question`.
std::optional<UpstreamAnswer> read_odds_question(const UpstreamRequest& request,
                                                 Question& question) {
    const auto text_of = [&](std::string_view name) {
        return request.parameter(name).value_or("");
    };
    question.books = listed(text_of("bookmakers"));
    const auto regions = listed(text_of("regions"));
    if (regions.empty() && question.books.empty())
        return refusal(422, "MISSING_REGION", "Missing regions parameter.");
    for (const std::string& region : regions) {
        if (region != "us" && region != "us2" && region != "uk" && region != "eu" && region != "au")
            return refusal(422, "INVALID_REGION", "Invalid regions parameter.");
    }
    question.regions = std::max(1, static_cast<int>(regions.size()));
    const std::string_view format = text_of("oddsFormat");
    if (!format.empty() && format != "american" && format != "decimal")
        return refusal(422, "INVALID_ODDS_FORMAT", "Invalid oddsFormat parameter.");
    question.is_american = format == "american";
    const std::string_view markets = text_of("markets");
    for (const std::string& key : listed(markets.empty() ? "h2h" : markets)) {
        const auto found = std::ranges::find(kMarketKeys, key, &MarketKey::key);
        if (found == kMarketKeys.end())
            return refusal(422, "INVALID_MARKET", "Invalid markets: " + key);
        question.markets.push_back(&*found);
    }
    return std::nullopt;
}

UpstreamAnswer odds(const Almanac& almanac, const UpstreamRequest& request, std::string_view id,
                    Question question) {
    if (auto refused = read_odds_question(request, question)) return std::move(*refused);
    for (std::size_t game = 0; game < almanac.season().fixtures.size(); ++game) {
        if (odds_api_event(almanac, game) != id) continue;
        const GameNow state = almanac.at(game, question.at);
        if (state.phase == GamePhase::kFinal || state.phase == GamePhase::kPostponed) break;
        Json event = event_json(almanac, state);
        event["bookmakers"] = Books(almanac, state, question).list();
        const int cost = static_cast<int>(question.markets.size()) * question.regions *
                         (question.is_past ? kPastCost : 1);
        const bool is_empty = event["bookmakers"].empty();
        return wrapped(std::move(event), question, is_empty ? 0 : cost);
    }
    return refusal(404, "EVENT_NOT_FOUND", "Event not found. The event may have expired.");
}

}  // namespace

UpstreamAnswer answer_odds_api(const Almanac& almanac, const UpstreamRequest& request,
                               Instant now) {
    if (request.parameter("apiKey").value_or("").empty()) {
        return refusal(401, "MISSING_KEY",
                       "API key is missing. Get an API key at https://the-odds-api.com");
    }
    std::string_view path = request.path;
    Question question{.at = now, .is_past = path.starts_with(kPast)};
    if (!question.is_past && !path.starts_with(kToday)) return not_found();
    path.remove_prefix(question.is_past ? kPast.size() : kToday.size());
    if (question.is_past) {
        const auto date = parse_instant(request.parameter("date").value_or(""));
        if (!date) {
            return refusal(422, "INVALID_HISTORICAL_TIMESTAMP",
                           "Invalid date parameter. The format must be YYYY-MM-DDTHH:MM:SSZ");
        }
        question.at = std::chrono::floor<std::chrono::minutes>(std::min(*date, now));
        question.at -= (question.at.time_since_epoch() % kSnapshot);
    }
    if (path.empty()) return events(almanac, request, question);
    const bool is_of_event =
        path.starts_with('/') && path.ends_with(kOdds) && path.size() > kOdds.size() + 1;
    if (!is_of_event) return not_found();
    return odds(almanac, request, path.substr(1, path.size() - kOdds.size() - 1), question);
}

}  // namespace tipoff::league
