#include "operate/picks.h"

#include <string>
#include <utility>

#include "base/in_parts.h"
#include "forecast/line.h"
#include "forecast/predict.h"
#include "forecast/reasons.h"

namespace tipoff::operate {
namespace {

/// Fewer are not worth a thread.
constexpr std::size_t kLinedRowsAThread = 40;

/// A row with a line, and where its picks begin.
struct LinedRow {
    std::size_t row;
    std::size_t first_pick;
    std::vector<const collect::PropLine*> lines;
};

forecast::Pick pick_of(const forecast::Prediction& prediction,
                       const forecast::CountDistribution& distribution,
                       std::string_view contributions, const collect::PropLine& line,
                       bool is_main) {
    const auto view = forecast::view_of_line(distribution, line.line_value,
                                             {.over = line.over_price, .under = line.under_price});
    return {
        .game_id = prediction.game_id,
        .player_id = prediction.player_id,
        .market = prediction.market,
        .system_id = prediction.system_id,
        .as_of = prediction.as_of,
        .origin = prediction.origin,
        .book = line.book,
        .line_value = line.line_value,
        .game_date = prediction.game_date,
        .is_main_line = is_main,
        .over_price = line.over_price,
        .under_price = line.under_price,
        .vig_method = std::string(line.over_price && line.under_price ? forecast::kVigMethod : ""),
        .p_no_vig = view.p_over_no_vig,
        .p_over = view.p_over,
        .p_push = view.p_push,
        .edge = view.edge,
        .ev = view.expected_value(),
        .fair_line = view.fair_line,
        .recommendation = std::string(forecast::to_string(view.recommendation)),
        .reason = forecast::reason_text(view, distribution, contributions),
        .run_id = {},
    };
}

}  // namespace

std::vector<forecast::Pick> make_picks(std::span<const features::FeatureStoreRow> rows,
                                       const forecast::SystemForecasts& forecasts,
                                       std::span<const forecast::Prediction> predictions,
                                       const PlayerLines& lines, std::size_t threads) {
    const std::size_t systems = forecasts.system_ids.size();
    require(predictions.size() == rows.size() * systems, "predictions that are not of these rows");
    std::vector<LinedRow> lined;
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto last = lines.last_snapshots(forecasts.market, rows[i].game_id, rows[i].player_id,
                                         rows[i].as_of);
        if (last.empty()) continue;
        lined.push_back({.row = i, .first_pick = count, .lines = std::move(last)});
        count += lined.back().lines.size() * systems;
    }
    std::vector<forecast::Pick> picks(count);
    const auto fill = [&](std::size_t from, std::size_t to) {
        for (const LinedRow& at : std::span(lined).subspan(from, to - from)) {
            std::size_t pick = at.first_pick;
            for (std::size_t s = 0; s < systems; ++s) {
                const forecast::Forecast& made = forecasts.of_row(at.row)[s];
                const auto distribution = made.distribution();
                const std::string contributions =
                    forecast::reasons(forecast::MatchupFeatures(rows[at.row].features), made);
                for (const collect::PropLine* line : at.lines) {
                    const bool is_main = main_line_of(at.lines, line->book) == line;
                    picks[pick++] = pick_of(predictions[at.row * systems + s], distribution,
                                            contributions, *line, is_main);
                }
            }
        }
    };
    in_parts(lined.size(), kLinedRowsAThread, threads, fill);
    return picks;
}

}  // namespace tipoff::operate
