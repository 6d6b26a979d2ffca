#pragma once
/// `ensemble_v1` where a sportsbook offers a line: its own forecast and the book's, put together.
///
/// A line with its price is a forecast as well: the mean at which a distribution of this spread goes
/// over as often as the price says without the vig. It knows of injuries and plans that no feature
/// has. The weight between the two is fitted on earlier games with lines.

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "conform/market.h"
#include "forecast/forecast.h"

namespace tipoff::forecast {

/// The consensus line of a player's market before the game.
struct KnownLine {
    double line_value = 0;
    double p_over = 0.5;  ///< that the prices imply, given no push, without the vig
};

/// By row; nothing where no line stood. Empty: of no row.
using KnownLines = std::vector<std::optional<KnownLine>>;
/// By market.
using LinesOfMarkets = std::array<KnownLines, kMarkets.size()>;

struct LineBlend {
    /// Of the line's mean against our own. The default, for as long as there are too few games to
    /// fit it on, is what most who have tried report: the line knows more.
    double weight = 0.85;
    /// Outcomes over the means behind the lines: the books shade them towards the over, which more
    /// people bet on.
    double line_factor = 1;
    double sd_factor = 1;  ///< with the line less is unknown
};

/// The mean of a distribution with this spread that goes over the line as often as its price says.
[[nodiscard]] double mean_behind(const KnownLine& line, double sd, Market market);

/// `Part::kLine` says by how much the line moved the mean.
[[nodiscard]] Forecast blended(const Forecast& own, const KnownLine& line, const LineBlend& blend);

/// A forecast without the line that was made before its game, the line that stood, and what came of
/// it.
struct GradedWithLine {
    Forecast own;
    KnownLine line;
    int outcome = 0;
};

/// The factor that takes the bias of the lines away, then the weight of least CRPS in steps of
/// 0.05, then the spread at which 80% of the outcomes lie in
/// the central 80%. Fewer than 500 games: the default.
[[nodiscard]] LineBlend fit_line_blend(std::span<const GradedWithLine> graded);

}  // namespace tipoff::forecast
