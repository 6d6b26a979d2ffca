#include "league/bookmaker.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "league/model.h"
#include "league/portable_math.h"
#include "league/random.h"

namespace tipoff::league {
namespace {

using std::chrono::minutes;

struct Book {
    std::string_view name;
    double overround;     ///< both implied probabilities together
    double disagreement;  ///< of its lines with the others', as a share
};
constexpr std::array<Book, kBooks> kBookList{
    {{"simbook_a", 1.066, 0.020}, {"simbook_b", 1.048, 0.030}}};

/// When a book looks, and how much it is still unsure of, as a share of the expectation.
struct Snapshot {
    int minutes_before;  ///< tip-off
    int jitter;          ///< minutes
    double unsureness;
    bool knows_late_news;
};
constexpr std::array<Snapshot, 3> kSnapshots{
    {{9 * 60, 45, 0.065, false}, {2 * 60 + 30, 20, 0.045, false}, {9, 4, 0.030, true}}};
constexpr std::size_t kClosing = kSnapshots.size() - 1;

/// Spread of an outcome around a good expectation m: variance = slope m + floor.
struct Spread {
    double slope;
    double floor;
};
constexpr std::array<Spread, kMarkets> kSpread{
    {{2.3, 8.0}, {1.25, 0.4}, {1.2, 0.3}, {1.05, 0.05}, {2.4, 12.0}}};

constexpr auto kPoints = static_cast<std::size_t>(Market::kPoints);
constexpr std::size_t kQuotedPlayers = 5;  ///< a team
constexpr double kLeastQuotedPoints = 6.5;
constexpr double kLeastQuoted = 0.75;       ///< of a market other than points
constexpr double kShading = 1.028;          ///< lines are a little high: most bettors like the over
constexpr double kPersistentError = 0.045;  ///< how wrong the books are about a player, as a share
constexpr double kErrorMemory = 0.93;       ///< from one of his games to the next
constexpr double kLevelWeight = 4000.0;     ///< points that the first guess of the level is worth
constexpr std::array kAlternateSteps{-6.0, -3.0, 3.0, 6.0};
constexpr double kLeastChance = 0.06;   ///< of an alternate line that is worth quoting
constexpr double kGameLineError = 1.6;  ///< points, of spread and of half the total
constexpr double kMarginSpread = 12.8;  ///< points, of the margin around a good expectation
constexpr double kGameOverround = 1.043;

std::int64_t rounded(double value) { return static_cast<std::int64_t>(std::floor(value + 0.5)); }

/// American odds of an implied probability.
int american_odds(double implied) {
    const double q = std::clamp(implied, 0.02, 0.97);
    if (q >= 0.5)
        return static_cast<int>(-std::max<std::int64_t>(100, rounded(100.0 * q / (1.0 - q))));
    return static_cast<int>(std::max<std::int64_t>(100, rounded(100.0 * (1.0 - q) / q)));
}

/// P(X > line) of a negative binomial count with this mean and the market's spread.
double chance_over(double mean, const Spread& spread, double line) {
    const double variance = std::max(mean * 1.02, spread.slope * mean + spread.floor);
    const double size = mean * mean / (variance - mean);
    const double success = mean / (mean + size);
    double probability = portable_exp(size * portable_log(1.0 - success));
    double below = probability;
    for (int k = 1; k < line; ++k) {
        probability *= success * (size + k - 1.0) / k;
        below += probability;
    }
    return std::clamp(1.0 - below, 0.001, 0.999);
}

/// The half-point line that is nearest to even.
double main_line(double mean, const Spread& spread) {
    double best = 0.5;
    double best_distance = 1.0;
    const double middle = std::floor(mean) + 0.5;
    for (double line = std::max(0.5, middle - 3.0); line <= middle + 1.0; line += 1.0) {
        const double distance = std::abs(chance_over(mean, spread, line) - 0.5);
        if (distance >= best_distance) continue;
        best = line;
        best_distance = distance;
    }
    return best;
}

double value_of(const BoxCounts& counts, Market market) {
    switch (market) {
        case Market::kPoints: return counts.points;
        case Market::kRebounds: return counts.rebounds();
        case Market::kAssists: return counts.assists;
        case Market::kThrees: return counts.threes_made;
        case Market::kPra: return counts.points + counts.rebounds() + counts.assists;
    }
    return 0.0;
}

double value_of(const ExpectedBox& box, Market market) {
    switch (market) {
        case Market::kPoints: return box.points;
        case Market::kRebounds: return box.rebounds;
        case Market::kAssists: return box.assists;
        case Market::kThrees: return box.threes;
        case Market::kPra: return box.points + box.rebounds + box.assists;
    }
    return 0.0;
}

double half_point(double value) { return static_cast<double>(rounded(2.0 * value)) / 2.0; }

double team_points(const std::vector<ExpectedBox>& boxes) {
    return std::accumulate(boxes.begin(), boxes.end(), 0.0,
                           [](double sum, const ExpectedBox& box) { return sum + box.points; });
}

/// A whole-minute instant some minutes before tip-off.
Instant captured_at(const Fixture& fixture, const Snapshot& snapshot, Random& random) {
    return tip_off_of(fixture) -
           minutes{snapshot.minutes_before + random.between(-snapshot.jitter, snapshot.jitter)};
}

/// Points are looked at every time; the other markets open and close at the first book, and close
/// at the second.
bool is_quoted(std::size_t market, std::size_t book, std::size_t snapshot) {
    return market == kPoints || snapshot == kClosing || (book == 0 && snapshot == 0);
}

/// The first book closes with a ladder of points lines.
bool has_alternates(std::size_t market, std::size_t book, std::size_t snapshot) {
    return market == kPoints && book == 0 && snapshot == kClosing;
}

/// The best few of a side by expected points.
std::vector<std::size_t> quoted_players(const std::vector<ExpectedBox>& boxes, double level) {
    std::vector<std::size_t> order(boxes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return boxes[a].points > boxes[b].points; });
    std::vector<std::size_t> quoted;
    for (const std::size_t i : order) {
        if (quoted.size() == kQuotedPlayers || boxes[i].points * level < kLeastQuotedPoints) break;
        quoted.push_back(i);
    }
    return quoted;
}

}  // namespace

std::string_view to_string(Market market) {
    static constexpr std::array<std::string_view, kMarkets> kNames{"points", "rebounds", "assists",
                                                                   "threes", "pra"};
    return kNames[static_cast<std::size_t>(market)];
}

std::string_view book_name(std::size_t book) { return kBookList[book].name; }

Bookmaker::Bookmaker(std::uint64_t seed, Season season, std::span<const Fixture> fixtures,
                     std::size_t players)
    : seed_(seed), fixtures_(fixtures), opinion_(players) {
    levels_.fill({kLevelWeight, kLevelWeight});
    team_points_ = {kLevelWeight, kLevelWeight};
    for (std::size_t player = 0; player < players; ++player) {
        Random random(seed_, Stream::kBookmaker, player,
                      static_cast<std::uint64_t>(season.start_year()));
        for (double& error : opinion_[player])
            error = random.normal(0.0, kPersistentError);
    }
}

Bookmaker::MarketValues Bookmaker::levelled(const ExpectedBox& box) const {
    MarketValues values{};
    for (std::size_t m = 0; m + 1 < kMarkets; ++m) {
        values[m] = value_of(box, static_cast<Market>(m)) * levels_[m].ratio();
    }
    values[static_cast<std::size_t>(Market::kPra)] = values[0] + values[1] + values[2];
    return values;
}

void Bookmaker::quote(const GameOutlook& outlook, std::vector<GameLine>& game_lines,
                      std::vector<PropLine>& prop_lines) {
    const auto boxes = expected_boxes(outlook.final);
    const auto id = static_cast<std::uint64_t>(fixtures_[outlook.fixture].game_id.value);
    Random random(seed_, Stream::kBookmaker, id, 1);
    const double level = team_points_.ratio();
    const double home = team_points(boxes[0]) * level;
    const double away = team_points(boxes[1]) * level;
    const double margin = kMarginLeft * (home - away) + random.normal(0.0, kGameLineError);
    constexpr double kUsualTotal = 48.0 * kUsualPointsPerMinute;
    const double total = kUsualTotal + kExcessLeft * (home + away - kUsualTotal) +
                         random.normal(0.0, 2.0 * kGameLineError);
    const double home_wins = normal_cdf(margin / kMarginSpread);
    game_lines.push_back({.fixture = outlook.fixture,
                          .total = half_point(total),
                          .home_margin = half_point(margin),
                          .home_price = american_odds(home_wins * kGameOverround),
                          .away_price = american_odds((1.0 - home_wins) * kGameOverround),
                          .days_since_last_game = outlook.days_since_last_game});
    quote_props(outlook, prop_lines);
}

void Bookmaker::quote_props(const GameOutlook& outlook, std::vector<PropLine>& prop_lines) const {
    const Fixture& fixture = fixtures_[outlook.fixture];
    const auto id = static_cast<std::uint64_t>(fixture.game_id.value);
    const auto morning = expected_boxes(outlook.morning);
    const auto final = expected_boxes(outlook.final);
    for (std::size_t book = 0; book < kBooks; ++book) {
        Random luck(seed_, Stream::kBookmaker, id, 2 + book);
        for (std::size_t s = 0; s < kSnapshots.size(); ++s) {
            const bool late = kSnapshots[s].knows_late_news;
            const Look look{.fixture = outlook.fixture,
                            .book = book,
                            .snapshot = s,
                            .when = captured_at(fixture, kSnapshots[s], luck)};
            for (std::size_t side = 0; side < 2; ++side) {
                const auto& boxes = (late ? final : morning)[side];
                const auto& players =
                    (late ? outlook.final_players : outlook.morning_players)[side];
                for (const std::size_t i : quoted_players(boxes, levels_[0].ratio())) {
                    quote_player(look, players[i], levelled(boxes[i]), luck, prop_lines);
                }
            }
        }
    }
}

void Bookmaker::quote_player(const Look& look, PlayerIndex player, const MarketValues& values,
                             Random& luck, std::vector<PropLine>& prop_lines) const {
    const Book& book = kBookList[look.book];
    for (std::size_t m = 0; m < kMarkets; ++m) {
        double error = opinion_[player][m] + luck.normal(0.0, book.disagreement);
        error += luck.normal(0.0, kSnapshots[look.snapshot].unsureness);
        if (!is_quoted(m, look.book, look.snapshot) || values[m] < kLeastQuoted) continue;
        const double mean = kShading * values[m] * portable_exp(error);
        const auto offer = [&](double line) {
            const double over = chance_over(mean, kSpread[m], line);
            prop_lines.push_back({.fixture = look.fixture,
                                  .player = player,
                                  .market = static_cast<Market>(m),
                                  .book = static_cast<std::uint8_t>(look.book),
                                  .line = line,
                                  .over_price = american_odds(over * book.overround),
                                  .under_price = american_odds((1.0 - over) * book.overround),
                                  .captured_at = look.when});
        };
        const double line = main_line(mean, kSpread[m]);
        offer(line);
        if (!has_alternates(m, look.book, look.snapshot)) continue;
        for (const double step : kAlternateSteps) {
            const double over = chance_over(mean, kSpread[m], line + step);
            if (line + step > 1.0 && over > kLeastChance && over < 1.0 - kLeastChance) {
                offer(line + step);
            }
        }
    }
}

void Bookmaker::learn(const GameOutlook& outlook, const GameResult& result) {
    const auto boxes = expected_boxes(outlook.final);
    const auto id = static_cast<std::uint64_t>(fixtures_[outlook.fixture].game_id.value);
    for (std::size_t side = 0; side < 2; ++side) {
        for (const std::size_t i : quoted_players(boxes[side], levels_[0].ratio())) {
            const PlayerIndex player = outlook.final_players[side][i];
            const auto line = std::ranges::find(result.lines[side], player, &GamePlayerLine::index);
            if (line == result.lines[side].end()) continue;
            for (std::size_t m = 0; m + 1 < kMarkets; ++m) {
                levels_[m].seen += value_of(line->counts, static_cast<Market>(m));
                levels_[m].expected += value_of(boxes[side][i], static_cast<Market>(m));
            }
            Random random(seed_, Stream::kBookmaker, id, 16 + player);
            const double fresh = std::sqrt(1.0 - kErrorMemory * kErrorMemory) * kPersistentError;
            for (double& error : opinion_[player]) {
                error = kErrorMemory * error + random.normal(0.0, fresh);
            }
        }
        team_points_.seen += result.totals[side].points;
        team_points_.expected += team_points(boxes[side]);
    }
}

}  // namespace tipoff::league
