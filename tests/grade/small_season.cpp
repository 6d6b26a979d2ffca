#include "small_season.h"

#include <bit>
#include <span>
#include <utility>

#include "forecast/line.h"
#include "grade/settle.h"

namespace tipoff::grade {

GradeRequest request(Population population) {
    return {.dates = {day(0), day(60)}, .population = population};
}

SmallSeason& SmallSeason::plays(PlayerId id, std::int32_t points, std::int32_t minutes) {
    const GameDate date = day(static_cast<int>(facts_.player_games.size()));
    const auto game = kFirstGame - static_cast<std::int64_t>(facts_.player_games.size());
    facts_.player_games.push_back(box(game, id, date, minutes, points));
    return *this;
}

SmallSeason& SmallSeason::forecast(double mean, std::string system) {
    const conform::PlayerGame& row = facts_.player_games.back();
    const auto game = final_game(row.game_id.value, row.game_date);
    forecast::Prediction made = prediction(game, row.player_id, mean, 7);
    made.system_id = std::move(system);
    conform::Summaries summaries;
    summaries.games.push_back(game);
    summaries.player_games.push_back(row);
    const auto features = feature_row(made);
    for (Accuracy& grade :
         settle(std::span(&features, 1), std::span(&made, 1), {}, Outcomes(summaries), 1)) {
        facts_.accuracy.push_back(std::move(grade));
    }
    return *this;
}

SmallSeason& SmallSeason::pick(double line, std::string recommendation,
                               std::optional<std::int32_t> over, std::optional<std::int32_t> under,
                               std::string book) {
    const Accuracy& row = facts_.accuracy.back();
    const forecast::CountDistribution distribution(row.mean, row.sd);
    forecast::Pick pick;
    pick.game_id = row.game_id;
    pick.player_id = row.player_id;
    pick.market = row.market;
    pick.system_id = row.system_id;
    pick.as_of = row.as_of;
    pick.origin = row.origin;
    pick.book = std::move(book);
    pick.line_value = line;
    pick.over_price = over;
    pick.under_price = under;
    pick.p_no_vig = over && under ? forecast::without_vig(*over, *under).over : kNone;
    pick.p_over = distribution.p_over(line);
    pick.p_push = distribution.p_push(line);
    pick.recommendation = std::move(recommendation);
    facts_.picks.push_back(std::move(pick));
    return *this;
}

SmallSeason& SmallSeason::quote(double line, int minutes_before, bool undated, std::int32_t over,
                                std::int32_t under) {
    const conform::PlayerGame& row = facts_.player_games.back();
    const Instant at = tip_off(row.game_date) - std::chrono::minutes{minutes_before};
    quotes_.push_back({.game_id = row.game_id,
                       .player_id = row.player_id,
                       .book = "a",
                       .line_value = line,
                       .snapshot = at,
                       .over_price = over,
                       .under_price = under,
                       .known_at = KnownAt{at},
                       .is_undated = undated,
                       .tip_off = tip_off(row.game_date)});
    return *this;
}

ReportFacts SmallSeason::facts() const {
    ReportFacts facts = facts_;
    facts.lines = MarketLines(quotes_);
    return facts;
}

std::vector<std::uint64_t> bits(const GradeReport& report) {
    std::vector<std::uint64_t> all;
    const auto add = [&](double value) { all.push_back(std::bit_cast<std::uint64_t>(value)); };
    std::vector<SystemReport> systems = report.systems;
    if (report.without_lines) systems.push_back(*report.without_lines);
    for (const SystemReport& system : systems) {
        for (const double value : {system.measures.mae(),
                                   system.measures.rmse(),
                                   system.measures.bias(),
                                   system.measures.crps(),
                                   system.probability.brier(),
                                   system.probability.log_loss(),
                                   system.picks.roi(),
                                   system.edges[0].bets.break_even(),
                                   system.value_edges[0].bets.roi(),
                                   system.last_10.ratio(),
                                   system.last_10.ratio_standard_error(),
                                   system.season_mean.ratio(),
                                   system.lined.line.difference(),
                                   system.lined.price.log_loss(),
                                   system.months.at(0).measures.crps(),
                                   system.months.at(0).probability.brier(),
                                   system.teams.at(0).measures.mae(),
                                   system.teams.at(0).picks.roi(),
                                   system.reliability.bins()[4].predicted(),
                                   system.by_mean.at(0).slice.measures.mae(),
                                   static_cast<double>(system.pit.counts()[9])}) {
            add(value);
        }
    }
    for (const ReferenceReport& row : report.references) {
        add(row.mae);
        add(row.mae_shared);
    }
    return all;
}

}  // namespace tipoff::grade
