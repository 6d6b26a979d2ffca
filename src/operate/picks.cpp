#include "operate/picks.h"

#include <algorithm>
#include <tuple>

#include "conform/lines.h"
#include "forecast/line.h"
#include "forecast/predict.h"

namespace tipoff::operate {
namespace {

/// Lines of one game and player, by book and snapshot.
using PlayerLines = std::span<const collect::PropLine* const>;

/// Lines of the market that may be bet on, sorted so that one player's of one game stand together.
std::vector<const collect::PropLine*> usable_lines(std::span<const collect::PropLine> lines,
                                                   std::string_view market) {
    std::vector<const collect::PropLine*> usable;
    for (const collect::PropLine& line : lines) {
        if (line.market == market && !line.in_play) usable.push_back(&line);
    }
    std::ranges::sort(usable, {}, [](const collect::PropLine* line) {
        return std::tie(line->game_id, line->player_id, line->market, line->book, line->snapshot,
                        line->line_value);
    });
    return usable;
}

PlayerLines lines_of(const std::vector<const collect::PropLine*>& lines, GameId game,
                     PlayerId player) {
    const auto key = [](const collect::PropLine* line) {
        return std::pair(line->game_id, line->player_id);
    };
    const auto range = std::ranges::equal_range(lines, std::pair(game, player), {}, key);
    return {range.begin(), range.end()};
}

/// The lines of each book's last admissible snapshot.
std::vector<const collect::PropLine*> last_snapshots(PlayerLines lines, AsOf as_of,
                                                     features::Admissible admissible) {
    std::vector<const collect::PropLine*> last;
    for (const collect::PropLine* line : lines) {
        if (!admissible(line->known_at, as_of)) continue;
        const bool same_book = !last.empty() && last.back()->book == line->book;
        if (same_book && last.back()->snapshot != line->snapshot) {
            std::erase_if(last, [line](const auto* older) { return older->book == line->book; });
        }
        last.push_back(line);
    }
    return last;
}

/// The book's main line among lines of one snapshot.
const collect::PropLine* main_of_book(const std::vector<const collect::PropLine*>& lines,
                                      std::string_view book) {
    std::vector<conform::Quote> quotes;
    std::vector<const collect::PropLine*> sources;
    for (const collect::PropLine* line : lines) {
        if (line->book != book) continue;
        quotes.push_back({.book = line->book,
                          .line_value = line->line_value,
                          .snapshot = line->snapshot,
                          .first_price = line->over_price,
                          .second_price = line->under_price,
                          .is_undated = line->known_at_basis == collect::kBasisAssumedClosing});
        sources.push_back(line);
    }
    const conform::Quote* main = conform::main_line(quotes);
    return main == nullptr ? nullptr : sources[static_cast<std::size_t>(main - quotes.data())];
}

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
                                       std::span<const collect::PropLine> lines,
                                       features::Admissible admissible) {
    const std::size_t systems = forecasts.system_ids.size();
    require(predictions.size() == rows.size() * systems, "predictions that are not of these rows");
    std::vector<forecast::Pick> picks;
    const auto usable = usable_lines(lines, tipoff::to_string(forecasts.market));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const PlayerLines of_player = lines_of(usable, rows[i].game_id, rows[i].player_id);
        if (of_player.empty()) continue;
        const auto last = last_snapshots(of_player, rows[i].as_of, admissible);
        for (std::size_t s = 0; s < systems; ++s) {
            const forecast::Forecast& made = forecasts.of_row(i)[s];
            const auto distribution = made.distribution();
            const std::string contributions = forecast::contributions_text(made);
            for (const collect::PropLine* line : last) {
                const bool is_main = main_of_book(last, line->book) == line;
                picks.push_back(pick_of(predictions[i * systems + s], distribution, contributions,
                                        *line, is_main));
            }
        }
    }
    return picks;
}

}  // namespace tipoff::operate
