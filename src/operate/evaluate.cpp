#include "operate/evaluate.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "forecast/systems.h"
#include "grade/report_builder.h"
#include "operate/picks.h"

namespace tipoff::operate {
namespace {

/// The rows of the dates, of rows in the order of their dates.
template <class Row>
std::span<const Row> of_dates(std::span<const Row> rows, const store::DateScope& dates) {
    return {std::ranges::lower_bound(rows, dates.from, {}, &Row::game_date),
            std::ranges::upper_bound(rows, dates.to, {}, &Row::game_date)};
}

/// The quotes on a market of the games.
grade::MarketLines market_lines(const PlayerLines& lines, std::span<const conform::Game> games,
                                Market market) {
    std::vector<grade::MarketQuote> quotes;
    for (const conform::Game& game : games) {
        for (const collect::PropLine* line : lines.of_game(market, game.game_id)) {
            quotes.push_back({.game_id = line->game_id,
                              .player_id = line->player_id,
                              .book = line->book,
                              .line_value = line->line_value,
                              .snapshot = line->snapshot,
                              .over_price = line->over_price,
                              .under_price = line->under_price,
                              .known_at = line->known_at,
                              .is_undated = line->known_at_basis == collect::kBasisAssumedClosing,
                              .tip_off = game.tip_off});
        }
    }
    return grade::MarketLines(std::move(quotes));
}

/// Rows, and what was forecast of them.
struct Night {
    std::vector<features::FeatureStoreRow> rows;
    forecast::SystemForecasts forecasts;
};

/// `ensemble_v1` without the lines, of the rows that have one.
Night without_lines(std::span<const features::FeatureStoreRow> rows,
                    const forecast::SystemForecasts& forecasts) {
    Night night;
    night.forecasts.market = forecasts.market;
    for (std::size_t i = 0; i < forecasts.without_lines.size(); ++i) {
        if (!forecasts.without_lines[i]) continue;
        night.rows.push_back(rows[i]);
        night.forecasts.forecasts.push_back(*forecasts.without_lines[i]);
    }
    if (night.rows.empty()) return night;
    night.forecasts.system_ids = {forecast::kEnsembleId};
    night.forecasts.parameters_hashes = {forecasts.parameters_hashes.back()};
    return night;
}

/// Forecasts of a day, graded.
struct GradedDay {
    std::vector<grade::Accuracy> accuracy;
    std::vector<forecast::Pick> picks;

    [[nodiscard]] grade::GradedForecasts view() const {
        return {.accuracy = accuracy, .picks = picks};
    }
};

/// The reports of every market and population, in the making.
class Reports {
public:
    Reports(const Facts& facts, const grade::Outcomes& outcomes, const PlayerLines& lines,
            const EvaluateRequest& request)
        : facts_(facts),
          outcomes_(outcomes),
          lines_(lines),
          threads_(request.walk.threads),
          next_date_(request.walk.dates.from) {
        for (const Market market : request.walk.markets) {
            auto& builders = markets_.emplace_back(market, std::vector<grade::ReportBuilder>{});
            for (const grade::Population population : request.populations) {
                builders.second.emplace_back(
                    grade::GradeRequest{.dates = request.walk.dates,
                                        .market = market,
                                        .population = population,
                                        .season_type = request.season_type},
                    outcomes.history());
            }
        }
    }

    /// Player games of dates that nobody forecast count as well: those before `date`.
    void add_days_before(GameDate date) {
        const store::DateScope dates{next_date_, date.plus_days(-1)};
        next_date_ = std::max(next_date_, date);
        if (dates.to < dates.from) return;
        for (auto& of_market : markets_)
            add(of_market, dates, {}, {});
    }

    /// The forecasts of a date, a market after the other. Dates come in order.
    void add_day(GameDate date, std::span<const features::FeatureStoreRow> rows,
                 std::span<const forecast::SystemForecasts> markets) {
        add_days_before(date);
        next_date_ = date.plus_days(1);
        for (std::size_t m = 0; m < markets.size(); ++m) {
            const Night unlined = without_lines(rows, markets[m]);
            add(markets_[m], {date, date}, graded(rows, markets[m]),
                graded(unlined.rows, unlined.forecasts));
        }
    }

    [[nodiscard]] std::vector<grade::GradeReport> reports(const WalkForward& walk) const {
        std::vector<grade::GradeReport> reports;
        for (const auto& [market, builders] : markets_) {
            const auto strongest = walk.strongest_feature(market);
            for (const grade::ReportBuilder& builder : builders)
                reports.push_back(builder.report(strongest));
        }
        return reports;
    }

private:
    using MarketReports = std::pair<Market, std::vector<grade::ReportBuilder>>;

    [[nodiscard]] GradedDay graded(std::span<const features::FeatureStoreRow> rows,
                                   const forecast::SystemForecasts& forecasts) const {
        if (rows.empty()) return {};
        const auto predictions =
            forecast::predictions_of(rows, forecasts, forecast::kOriginBackfill, threads_);
        GradedDay day;
        day.picks = make_picks(rows, forecasts, predictions, lines_, threads_);
        day.accuracy = grade::settle(rows, predictions, day.picks, outcomes_, threads_);
        std::erase_if(day.picks, [](const forecast::Pick& pick) { return !pick.is_main_line; });
        return day;
    }

    void add(MarketReports& of_market, const store::DateScope& dates, const GradedDay& forecasts,
             const GradedDay& without_lines) {
        const conform::Summaries& summaries = facts_.summaries();
        const auto games = of_dates(std::span(summaries.games), dates);
        const grade::MarketLines lines = market_lines(lines_, games, of_market.first);
        const grade::ReportPart part{
            .player_games = of_dates(std::span(summaries.player_games), dates),
            .forecasts = forecasts.view(),
            .without_lines = without_lines.view(),
            .lines = lines};
        for (grade::ReportBuilder& builder : of_market.second)
            builder.add(part);
    }

    const Facts& facts_;
    const grade::Outcomes& outcomes_;
    const PlayerLines& lines_;
    std::size_t threads_;
    GameDate next_date_;  ///< the first that was not added yet
    std::vector<MarketReports> markets_;
};

}  // namespace

Expected<EvaluateReport> evaluate(const Facts& facts, const EvaluateRequest& request,
                                  const EvaluateProgress& progress,
                                  features::Admissible admissible) {
    const grade::Outcomes outcomes(facts.summaries());
    WalkForward walk(facts, outcomes, admissible);
    Reports reports(facts, outcomes, walk.lines(), request);
    TIPOFF_CHECK(
        walk.run(request.walk, [&](GameDate date, std::span<const features::FeatureStoreRow> rows,
                                   std::span<const forecast::SystemForecasts> markets) {
            reports.add_day(date, rows, markets);
            if (progress) progress(date);
        }));
    reports.add_days_before(request.walk.dates.to.plus_days(1));
    return EvaluateReport{.reports = reports.reports(walk), .trainings = walk.trainings()};
}

}  // namespace tipoff::operate
