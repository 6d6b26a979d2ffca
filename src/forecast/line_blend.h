#pragma once
/// `ensemble_v1` where a sportsbook offers a line: its own forecast and the book's, put together.
///
/// A line with its price is a forecast as well: over as often as the price says without the vig. It
/// knows of injuries and plans that no feature has. How far our own forecast may move it is fitted
/// on earlier games with lines, beginning at little: by the log-odds of going over, and by no more
/// than `kMostApart` of them, for a forecast that is far from the line has more often missed some
/// news than found some.
///
/// Whom the books pass over while they offer others of his game plays less than his form says, on
/// average: his mean is lowered by what earlier games tell.

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "conform/market.h"
#include "forecast/ensemble.h"
#include "forecast/forecast.h"

namespace tipoff::forecast {

/// The consensus line of a player's market before the game.
struct KnownLine {
    double line_value = 0;
    double p_over = 0.5;  ///< that the prices imply, given no push, without the vig
};

/// What sportsbooks offer on a player's market.
struct Offer {
    std::optional<KnownLine> line;
    bool others_have_lines = false;  ///< `kOfferedPlayers` of his game or more

    [[nodiscard]] bool passes_over() const { return !line && others_have_lines; }
};

/// Players of a game with a line from which on having none says something.
inline constexpr int kOfferedPlayers = 6;

/// By row. Empty: nothing is offered on any.
using Offers = std::vector<Offer>;
/// By market.
using OffersOfMarkets = std::array<Offers, kMarkets.size()>;

/// Log-odds by which our own forecast may differ from the price.
inline constexpr double kMostApart = 0.5;

struct LineBlend {
    double trust = 0.1;    ///< share of our distance from the price that is taken
    double shade = 0;      ///< log-odds added to the price's: books lean to the side that sells
    double sd_factor = 1;  ///< with the line less is unknown
    /// On the mean of those who are passed over, by tier of minutes.
    std::array<double, kMinutesTiers> passed_over{1, 1, 1};
};

/// By market.
using LineBlends = std::array<LineBlend, kMarkets.size()>;

/// The mean of a distribution with this spread that goes over the line as often as its price says.
[[nodiscard]] double mean_behind(const KnownLine& line, double sd, Market market);

/// With a line the mean is such that the line is passed as often as price and own forecast together
/// say; whoever is passed over has his lowered; of anyone else it is the own forecast.
/// `Part::kLine` says by how much the mean was moved.
[[nodiscard]] Forecast blended(const Forecast& own, const Offer& offer, const LineBlend& blend);

/// A forecast without the line that was made before its game, what was offered, and what came of
/// it.
struct GradedOffer {
    Forecast own;
    Offer offer;
    int outcome = 0;
};

/// Trust and shade of the greatest posterior of a logistic regression on whether the line was
/// passed, pushes left out, with normal priors around the defaults (sd 0.1 and 0.03): what a month
/// of lines says is mostly chance. Then, on 500 games or more, the spread at which 80% of the
/// outcomes lie in the central 80%. What becomes of those who are passed over, held to 1 as by 300
/// games of as much as they were expected.
[[nodiscard]] LineBlend fit_line_blend(std::span<const GradedOffer> graded);

}  // namespace tipoff::forecast
