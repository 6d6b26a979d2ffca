#!/usr/bin/env python3
"""Derives the constants of src/forecast/parameters.h and distribution.cpp again, beside the shipped ones.

    tipoff --home H import ../shared/data
    tipoff --home H backfill --from 2015-10-27 --to 2023-06-12 --only conform,features
    tipoff --home H export features.feature_store --to features.csv
    tipoff --home H export analytics.player_game_summary --to games.csv
    python3 bench/fit_parameters.py features.csv games.csv

The formulas of points first, then those of rebounds, assists and threes (means, spread, opponent) and the
correlations between points, rebounds and assists.

Needs python3-pandas and python3-scipy (Debian). Fitted on regular seasons 2016-17 to 2020-21; what is
printed of quality is of 2021-22 and 2022-23, which no constant has seen. Takes about five minutes.
"""

import argparse
import pathlib
import re

import numpy as np
import pandas as pd
from scipy import optimize, special, stats

TRAINING = ("2016-17", "2020-21")
SPREAD_TRAINING = ("2018-19", "2020-21")  # the spread grows from year to year: its newest seasons
UNSEEN = ("2021-22", "2022-23")
ZONES = ("restricted_area", "paint", "mid_range", "corner_3", "above_break_3")
ZONE_POINTS = np.array([2, 2, 2, 3, 3])
MAX_COUNT = 255

# Round numbers that the fit is not sensitive to.
FIXED = {
    "newcomer_minutes": 8, "long_prior": 1, "short_prior": 0.35, "season_prior": 1,
    "free_throw_pct_prior": 0.77, "free_throw_pct_prior_attempts": 20, "minutes_sd_prior": 7.0,
}
COUNTS = ("rebounds", "assists", "threes")
COUNT_SHORT, COUNT_LONG, ACCURACY_LONG = 10, 40, 60  # half-lives in games
MIN_MEAN = 0.05  # CountDistribution::kMinMean
FEATURES = [
    "games_on_record", "games_this_season", "minutes_mean_ewm_short", "minutes_mean_ewm_long",
    "minutes_mean_season", "minutes_sd_last_10", "points_per_minute_ewm", "is_home",
    "player_days_rest", "team_days_rest", "appearance_share_last_10", "points_line",
    "points_mean_last_10", "field_goals_attempted_per_minute_ewm",
    "free_throws_attempted_per_minute_ewm", "free_throw_pct_long", "expected_pace_factor",
    "opponent_defence_factor",
    *[f"{name}_{zone}" for zone in ZONES for name in (
        "zone_share", "zone_accuracy", "opponent_accuracy_factor", "opponent_volume_factor")],
    *[name.format(count) for count in COUNTS for name in (
        "{}_per_minute_ewm", "{}_per_minute_ewm_long", "opponent_{}_factor")],
    "three_pointers_attempted_per_minute_ewm", "three_point_pct_long", "missed_shots_factor", "chance_to_play",
]


def load(features_csv, games_csv):
    """Expected players of regular-season games with their features; points, rebounds, assists and threes NaN
    where they did not play."""
    grid = pd.read_csv(features_csv, usecols=["game_id", "player_id", "season", "season_type", *FEATURES],
                       dtype={"game_id": str, "season": str})
    games = pd.read_csv(games_csv, dtype={"game_id": str}, usecols=[
        "game_id", "player_id", "minutes", "points", "rebounds", "assists", "three_pointers_made"])
    games = games.rename(columns={"three_pointers_made": "threes"})
    grid = grid[(grid.season_type == "regular") & (grid.season >= TRAINING[0])]
    played = games[games.minutes > 0]
    finished = set(games.game_id)
    grid = grid[grid.game_id.isin(finished)].merge(
        played[["game_id", "player_id", "points", *COUNTS]], on=["game_id", "player_id"], how="left")
    return grid.reset_index(drop=True)


def within(x, seasons):
    return ((x.season >= seasons[0]) & (x.season <= seasons[1])).to_numpy()


def effective_games(games, half_life):
    return (1 - 0.5 ** (games / half_life)) / (1 - 0.5 ** (1 / half_life))


def shrunk(value, weight, prior, prior_weight):
    known = ~np.isnan(value)
    mixed = (weight * np.where(known, value, 0) + prior_weight * prior) / (weight + prior_weight)
    return np.where(known, mixed, prior)


class Matchups:
    """The formulas of src/forecast/ over many matchups at once. `p` holds constants by their C++ names."""

    def __init__(self, x):
        self.points = x.points.to_numpy(float)
        self.count = {name: x[name].to_numpy(float) for name in COUNTS}
        self.games = x.games_on_record.to_numpy(float)
        column = {name: x[name].to_numpy(float) for name in FEATURES}
        self.column = column
        before_the_first = np.where(self.games > 0, 60, 2)
        days = np.where(np.isnan(column["player_days_rest"]), before_the_first, column["player_days_rest"] + 1)
        self.absence = np.log(np.clip(days, 2, 60) / 2)
        self.venue = column["is_home"] - 0.5
        self.usual_minutes = shrunk(column["minutes_mean_ewm_long"], effective_games(self.games, 20),
                                    FIXED["newcomer_minutes"], FIXED["long_prior"])
        self.recent = shrunk(column["minutes_mean_ewm_short"], effective_games(self.games, 2),
                             self.usual_minutes, FIXED["short_prior"])
        self.season = shrunk(column["minutes_mean_season"], column["games_this_season"],
                             self.usual_minutes, FIXED["season_prior"])
        self.minutes_behind = self.usual_minutes * effective_games(self.games, 10)
        shot = np.column_stack([column[f"zone_share_{z}"] * column[f"zone_accuracy_{z}"] for z in ZONES])
        factor = np.column_stack([column[f"opponent_accuracy_factor_{z}"] * column[f"opponent_volume_factor_{z}"]
                                  for z in ZONES])
        self.attempt_value = (shot * factor * ZONE_POINTS).sum(axis=1)
        self.has_zones = ~np.isnan(self.attempt_value) & ~np.isnan(column["field_goals_attempted_per_minute_ewm"])
        self.pace = np.nan_to_num(column["expected_pace_factor"], nan=1)
        self.defence = np.nan_to_num(column["opponent_defence_factor"], nan=1)

    def minutes(self, p):
        level = p["short_weight"] * self.recent + (1 - p["short_weight"]) * self.season
        return p["intercept"] + p["slope"] * level + p["curvature"] * level ** 2

    def situation(self, p):
        return 1 + p["home"] * self.venue - p["situation_absence"] * self.absence

    def moving_average(self, p):
        rate = shrunk(self.column["points_per_minute_ewm"], self.minutes_behind, p["rate_prior"],
                      p["rate_prior_minutes"])
        return np.maximum(self.minutes(p) * rate * self.situation(p), MIN_MEAN)

    def zone_matchup(self, p):
        attempts = shrunk(self.column["field_goals_attempted_per_minute_ewm"], self.minutes_behind,
                          p["attempts_prior"], p["attempts_prior_minutes"])
        a_minute = self.column["free_throws_attempted_per_minute_ewm"]
        free_throws = shrunk(a_minute, self.minutes_behind, p["free_throws_prior"], p["free_throws_prior_minutes"])
        behind = self.usual_minutes * np.nan_to_num(a_minute) * effective_games(self.games, 30)
        accuracy = shrunk(self.column["free_throw_pct_long"], behind, FIXED["free_throw_pct_prior"],
                          FIXED["free_throw_pct_prior_attempts"])
        value = np.where(self.has_zones, self.attempt_value, 0)
        mean = self.minutes(p) * (attempts * value + free_throws * accuracy)
        with_zones = np.maximum(mean * self.pace ** p["pace_exponent"] * self.situation(p), MIN_MEAN)
        return np.where(self.has_zones, with_zones, self.without_zones(p))

    def without_zones(self, p):
        return (self.moving_average(p) * self.pace ** p.get("pace_exponent_without_zones", 0)
                * self.defence ** p.get("defence_exponent_without_zones", 0))

    def count_form(self, market, p, q):
        """Rebounds, assists or threes: the short rate shrunk to the long one, that to a prior. `q` by name."""
        slow = shrunk(self.column[f"{market}_per_minute_ewm_long"],
                      self.usual_minutes * effective_games(self.games, COUNT_LONG), q["prior"], q["prior_minutes"])
        rate = shrunk(self.column[f"{market}_per_minute_ewm"],
                      self.usual_minutes * effective_games(self.games, COUNT_SHORT), slow, q["long_minutes"])
        mean = self.minutes(p) * rate * q.get("scale", 1) * self.situation({**p, **q}) + q.get("offset", 0)
        return np.maximum(mean, MIN_MEAN)

    def threes_by_attempts(self, p, q):
        """Threes: attempts a minute times the accuracy of a long time, both shrunk."""
        a_minute = self.column["three_pointers_attempted_per_minute_ewm"]
        rate = shrunk(a_minute, self.usual_minutes * effective_games(self.games, COUNT_SHORT),
                      q["attempts_prior"], q["attempts_prior_minutes"])
        behind = np.nan_to_num(a_minute) * self.usual_minutes * effective_games(self.games, ACCURACY_LONG)
        accuracy = shrunk(self.column["three_point_pct_long"], behind, q["accuracy_prior"],
                          q["accuracy_prior_attempts"])
        return np.maximum(self.minutes(p) * rate * accuracy * self.situation({**p, **q}), MIN_MEAN)

    def threes_by_zones(self, p, q):
        """Threes through the two zones: his share and accuracy, the opponent's volume and accuracy.

        `by_field_goals`: the volume is that of all field-goal attempts, times the share of the two zones; else
        that of three-point attempts.
        """
        column, zones = self.column, ("corner_3", "above_break_3")
        share = sum(column[f"zone_share_{z}"] for z in zones)
        usual = sum(column[f"zone_share_{z}"] * column[f"zone_accuracy_{z}"] for z in zones)
        met = sum(column[f"zone_share_{z}"] * column[f"zone_accuracy_{z}"] * column[f"opponent_volume_factor_{z}"]
                  * column[f"opponent_accuracy_factor_{z}"] for z in zones)
        volume = "field_goals" if q["by_field_goals"] else "three_pointers"
        rate = shrunk(column[f"{volume}_attempted_per_minute_ewm"],
                      self.usual_minutes * effective_games(self.games, COUNT_SHORT),
                      q["attempts_prior"], q["attempts_prior_minutes"])
        value = (usual if q["by_field_goals"] else usual / share) * (met / usual) ** q["zones_exponent"]
        return np.maximum(self.minutes(p) * rate * value * self.situation({**p, **q}), MIN_MEAN)

    def variance(self, p, mean):
        sd = np.nan_to_num(self.column["minutes_sd_last_10"], nan=FIXED["minutes_sd_prior"])
        through_minutes = mean / self.minutes(p) * sd
        usual = p["constant"] + p["linear"] * mean + p["quadratic"] * mean ** 2 + p["minutes"] * through_minutes ** 2
        return (np.maximum(usual, mean) * p.get("allowance", 1)
                * (1 + p["absence"] * self.absence + p["inexperience"] / np.sqrt(self.games + 1)))


def body(p, mean, variance):
    """Share of extra zeros, and mean, variance and shift of the negative binomial: the family of distribution.cpp."""
    variance = np.maximum(variance, 1.001 * mean)
    share = np.minimum(0.9, p["extra_zeros_at_nought"] * np.exp(-mean / p["extra_zeros_scale"]))
    odds = np.minimum(share / (1 - share), 0.95 * (variance - mean) / mean ** 2)
    body_mean = mean * (1 + odds)
    body_variance = (1 + odds) * (variance - mean ** 2 * odds)
    wanted = p.get("shift_slope", 0) * (body_mean - p.get("shift_from", 0) * np.sqrt(body_variance))
    shift = np.clip(wanted, 0, np.maximum(0, 0.9 * (body_variance - body_mean) - 1))
    return odds / (1 + odds), body_mean, body_variance, shift


def cumulative(zeros, mean, variance, shift, counts):
    """P(X <= count): whole shifts, a mixture between two of them; nothing below a count of 0."""
    def moved(by):
        moved_mean = mean + by
        size = moved_mean ** 2 / (variance - moved_mean)
        return stats.nbinom.cdf(counts + by, size, moved_mean / variance)
    least = np.floor(shift)
    below = moved(least)
    between = shift > least
    below = np.where(between, below + (shift - least) * (moved(np.where(between, least + 1, least)) - below), below)
    return np.where(counts < 0, 0, zeros + (1 - zeros) * below)


def mean_loss(p, mean, variance, points):
    of_body = body(p, mean, variance)
    pmf = cumulative(*of_body, points) - cumulative(*of_body, points - 1)
    return -np.log(np.maximum(pmf, 1e-12)).mean()


def fit_mean(matchups, rows, forecast, known, start):
    """Least squares with the weights of the spread, which hardly moves: var = 5 + 2.55 mean."""
    names = list(start)
    values = np.array(list(start.values()), float)
    weight = 1 / np.sqrt(5 + 2.55 * forecast({**known, **start})[rows])
    for _ in range(3):
        def residual(q):
            return (forecast({**known, **dict(zip(names, q))}) - matchups.points)[rows] * weight
        values = optimize.least_squares(residual, values).x
        weight = 1 / np.sqrt(5 + 2.55 * forecast({**known, **dict(zip(names, values))})[rows])
    return dict(zip(names, values))


def fit_spread(matchups, rows, mean, known):
    """Greatest likelihood of the points around the given means."""
    start = {"constant": 1.2, "linear": 3.4, "quadratic": -0.03, "minutes": 0.38, "absence": 0.033,
             "inexperience": 0.2, "extra_zeros_at_nought": 0.95, "extra_zeros_scale": 2.8,
             "shift_slope": 2.3, "shift_from": 1.8}
    names = list(start)
    points = matchups.points[rows]

    def loss(q):
        p = {**known, **dict(zip(names, q))}
        if p["extra_zeros_at_nought"] < 0 or p["extra_zeros_scale"] < 0.2:
            return 1e9
        return mean_loss(p, mean[rows], matchups.variance(p, mean)[rows], points)
    found = optimize.minimize(loss, list(start.values()), method="Nelder-Mead",
                              options={"maxiter": 1500, "maxfev": 1500, "adaptive": True, "fatol": 1e-7})
    return dict(zip(names, found.x))


def doubt(x, rows, ratio):
    """How the squared residual over the fitted variance grows with the chance not to play, against that of who surely
    plays, and the factor by which the variance of all then stays what it was."""
    known = rows & ~np.isnan(ratio) & x.chance_to_play.notna().to_numpy()
    chance_out = 1 - x.chance_to_play.to_numpy(float)[known]
    slope, sure = np.polyfit(chance_out, ratio[known], 1)
    return slope / sure, 1 / (1 + slope / sure * chance_out.mean())


def yearly_growth_of_spread(x, matchups, rows, mean, p):
    """Growth a year of the squared residual over the fitted variance."""
    ratio = (matchups.points - mean) ** 2 / matchups.variance(p, mean)
    by_season = pd.Series(ratio[rows]).groupby(x.season.to_numpy()[rows]).mean()
    years = np.arange(len(by_season))
    return np.polyfit(years, by_season, 1)[0] / by_season.mean()


def fit_availability(x):
    rows = within(x, TRAINING) & x.appearance_share_last_10.notna().to_numpy() & x.points_line.isna().to_numpy()
    t = x[rows]
    opener = t.team_days_rest.isna().to_numpy(float)
    missed = (~(t.player_days_rest <= t.team_days_rest)).to_numpy(float) * (1 - opener)
    share = t.appearance_share_last_10.to_numpy(float)
    design = np.column_stack([np.ones(len(t)), share, missed, share == 0, opener])
    plays = t.points.notna().to_numpy(float)
    found = optimize.minimize(lambda b: (np.logaddexp(0, design @ b) - plays * (design @ b)).mean(), np.zeros(5))
    fitted = dict(zip(("intercept", "share", "missed", "absent", "opener"), found.x))
    offered = x[x.points_line.notna()]
    if len(offered):
        fitted["with_line"] = offered.points.notna().mean()
    return {"availability." + name: value for name, value in fitted.items()}


def fit_count(forecast, counts, rows, start, fixed=()):
    """Least squares with the weights of a Poisson, three times over; constants named in `fixed` stay."""
    names = [name for name in start if name not in fixed]
    values = np.array([start[name] for name in names], float)
    rows = rows & ~np.isnan(counts) & ~np.isnan(forecast(start))
    for _ in range(3):
        weight = 1 / np.sqrt(np.maximum(forecast({**start, **dict(zip(names, values))})[rows], 0.3))

        def residual(q):
            return (forecast({**start, **dict(zip(names, q))}) - counts)[rows] * weight
        values = optimize.least_squares(residual, values, x_scale=np.abs(values)).x
    return {**start, **dict(zip(names, values))}


def poisson_deviance(counts, mean):
    logs = np.where(counts > 0, counts * np.log(np.where(counts > 0, counts, 1) / mean), 0)
    return 2 * np.mean(logs - (counts - mean))


def show_count(name, counts, rows, mean, q):
    rows = rows & ~np.isnan(counts) & ~np.isnan(mean)
    constants = ", ".join(f"{key} {value:.4g}" for key, value in q.items())
    print(f"  {name:28s} n {rows.sum():6d}  deviance {poisson_deviance(counts[rows], mean[rows]):.5f}  {constants}")


def fit_count_means(matchups, rows, p):
    """a) The moving average of rebounds, assists and threes; returns the means of the chosen forms."""
    means = {}
    for market, prior in zip(COUNTS, (0.16, 0.08, 0.042)):
        counts = matchups.count[market]
        start = {"prior": prior, "prior_minutes": 50, "long_minutes": 250, "home": 0.02, "situation_absence": 0.05}

        def form(q, market=market):
            return matchups.count_form(market, p, q)
        print(f"{market}: mean")
        for name, more in (("rates", {}), ("rates, scaled", {"scale": 0.98, "offset": 0.02})):
            q = fit_count(form, counts, rows, {**start, **more})
            show_count(name, counts, rows, form(q), q)
            if market != "threes" and (not more or market == "rebounds"):
                means[market] = form(q)
    q = fit_count(lambda q: matchups.threes_by_attempts(p, q), matchups.count["threes"], rows, {
        "attempts_prior": 0.06, "attempts_prior_minutes": 11, "accuracy_prior": 0.36,
        "accuracy_prior_attempts": 110, "home": 0.02, "situation_absence": 0.06})
    means["threes"] = matchups.threes_by_attempts(p, q)
    show_count("attempts x accuracy", matchups.count["threes"], rows, means["threes"], q)
    return means


def count_variance(matchups, p, q, mean):
    through_minutes = mean / matchups.minutes(p) * np.nan_to_num(matchups.column["minutes_sd_last_10"],
                                                                 nan=FIXED["minutes_sd_prior"])
    usual = q["constant"] + q["linear"] * mean + q["quadratic"] * mean ** 2 + q["minutes"] * through_minutes ** 2
    return np.maximum(usual, mean) * (1 + q["absence"] * matchups.absence
                                      + q["inexperience"] / np.sqrt(matchups.games + 1))


def fit_count_spread(matchups, rows, p, means):
    """b) Greatest likelihood of the spread of each count, with and without extra zeros; and how often it is held
    up to the mean."""
    spreads = {}
    start = {"constant": 0.05, "linear": 1.1, "quadratic": 0.01, "minutes": 0.7, "absence": 0.04,
             "inexperience": 0.5}
    no_zeros = {"extra_zeros_at_nought": 0, "extra_zeros_scale": 1}
    for market, mean in means.items():
        known = rows & ~np.isnan(matchups.count[market])
        counts = matchups.count[market][known]

        def loss(q, names, market_mean=mean, known=known, counts=counts):
            p_all = {**no_zeros, **dict(zip(names, q))}
            if p_all["extra_zeros_at_nought"] < 0 or p_all["extra_zeros_scale"] < 0.2:
                return 1e9
            return mean_loss(p_all, market_mean[known], count_variance(matchups, p, p_all, market_mean)[known], counts)
        for more in ({}, {"extra_zeros_at_nought": 0.1, "extra_zeros_scale": 2.0}):
            q = {**start, **more}
            found = optimize.minimize(loss, list(q.values()), args=(list(q),), method="Nelder-Mead", options={
                "maxiter": 700, "maxfev": 700, "adaptive": True, "fatol": 1e-7})
            q = dict(zip(q, found.x))
            at_floor = (count_variance(matchups, p, q, mean) <= 1.001 * mean)[known].mean()
            constants = ", ".join(f"{name} {value:.4g}" for name, value in q.items())
            print(f"{market}: spread, loss {found.fun:.5f}, at the floor {at_floor:.4f}: {constants}")
            if not more:
                spreads[market] = q
    return spreads


def fit_opponent(matchups, rows, p, means):
    """c) What the opponent adds: exponents of his factor, of the pace and of the missed shots; threes by zones."""
    for market, mean in means.items():
        counts = matchups.count[market]
        factor = matchups.column[f"opponent_{market}_factor"]
        missed = matchups.column["missed_shots_factor"]
        print(f"{market}: opponent")

        def met(q, mean=mean, factor=factor, missed=missed):
            return (mean * factor ** q["opponent"] * matchups.pace ** q["pace"]
                    * np.power(missed, q["missed"]))
        show_count("none", counts, rows, met({"opponent": 0, "pace": 0, "missed": 0}), {})
        for name, fixed in (("factor", ("pace", "missed")), ("factor, pace", ("missed",)),
                            ("factor, pace, missed shots", ())):
            q = fit_count(met, counts, rows, {
                "opponent": 0.9, "pace": 0 if "pace" in fixed else 0.1, "missed": 0 if fixed else 0.1}, fixed)
            show_count(name, counts, rows, met(q), q)
    threes = matchups.count["threes"]
    with_zones = rows & matchups.has_zones
    print("threes: zones")
    show_count("none", threes, with_zones, means["threes"], {})
    for by_field_goals in (True, False):
        q = fit_count(lambda q: matchups.threes_by_zones(p, q), threes, with_zones, {
            "by_field_goals": by_field_goals, "attempts_prior": 0.2, "attempts_prior_minutes": 20,
            "zones_exponent": 0.9, "home": 0.02, "situation_absence": 0.06}, ("by_field_goals",))
        show_count("zones", threes, with_zones, matchups.threes_by_zones(p, q), q)


def residual_correlations(matchups, rows, p, points, means, spreads):
    """d) Correlation of the standardised residuals of points, rebounds and assists by expected minutes."""
    residual = {"points": (matchups.points - points) / np.sqrt(matchups.variance(p, points))}
    for market in ("rebounds", "assists"):
        variance = count_variance(matchups, p, spreads[market], means[market])
        residual[market] = (matchups.count[market] - means[market]) / np.sqrt(variance)
    minutes = matchups.minutes(p)
    print("correlations of residuals: at no minutes, and what a minute takes off")
    for a, b in (("points", "rebounds"), ("points", "assists"), ("rebounds", "assists")):
        off_a_minute, at_nought = np.polyfit(minutes[rows], (residual[a] * residual[b])[rows], 1)
        print(f"  {a} and {b}: {at_nought:.3f}, {-off_a_minute:.4f}")


def fit_counts(x, matchups, p, points):
    """Rebounds, assists and threes, and how they go with points."""
    rows = within(x, TRAINING)
    means = fit_count_means(matchups, rows, p)
    spreads = fit_count_spread(matchups, within(x, SPREAD_TRAINING), p, means)
    for market, mean in means.items():
        ratio = (matchups.count[market] - mean) ** 2 / count_variance(matchups, p, spreads[market], mean)
        slope, kept = doubt(x, within(x, SPREAD_TRAINING), ratio)
        print(f"{market}: doubt {slope:.3f}, allowance {kept:.3f}")
    fit_opponent(matchups, rows, p, means)
    residual_correlations(matchups, rows, p, points, means, spreads)


def quality(x, matchups, rows, mean, p, name, sd_factor=None):
    variance = matchups.variance(p, mean) * (1 if sd_factor is None else sd_factor ** 2)
    of_body = body(p, mean[rows], variance[rows])
    counts = np.arange(MAX_COUNT + 1)
    points = matchups.points[rows].astype(int)
    tier = pd.cut(x.points_mean_last_10.to_numpy()[rows], [-1, 5, 10, 15, 20, 25, 100], right=False,
                  labels=["<5", "5-10", "10-15", "15-20", "20-25", "25+"])
    u = np.random.default_rng(1).random(len(points))
    scores = []
    for chunk in np.array_split(np.arange(len(points)), max(1, len(points) // 5000)):
        cdf = cumulative(*(part[chunk, None] for part in of_body), counts[None])
        y = points[chunk]
        at = np.arange(len(y))
        low = np.where(y > 0, cdf[at, np.maximum(y - 1, 0)], 0)
        pit = low + u[chunk] * (cdf[at, y] - low)
        scores.append(pd.DataFrame({
            "mae": np.abs(y - (cdf < 0.5).sum(axis=1)), "bias": mean[rows][chunk] - y,
            "crps": ((cdf - (counts[None] >= y[:, None])) ** 2).sum(axis=1),
            "coverage_80": (pit >= 0.1) & (pit <= 0.9), "coverage_95": (pit >= 0.025) & (pit <= 0.975)}))
    scores = pd.concat(scores, ignore_index=True)
    total = scores.mean()
    print(f"{name:34s} n {len(scores):6d}  " + "  ".join(f"{k} {v:.4f}" for k, v in total.items()))
    tiers = scores.coverage_80.groupby(np.asarray(tier)).mean()
    print("    coverage_80 by last-10 mean: " + ", ".join(f"{t} {tiers[t]:.3f}" for t in tier.categories if t in tiers))


def shipped_constants():
    root = pathlib.Path(__file__).resolve().parent.parent / "src" / "forecast"
    found = {}
    struct = ""
    for line in (root / "parameters.h").read_text().splitlines():
        if match := re.match(r"struct (\w+) {", line):
            struct = match.group(1)
        if match := re.match(r"\s+double (\w+) = (-?[\d.]+);", line):
            name = match.group(1)
            if struct == "SituationParameters" and name == "absence":
                name = "situation_absence"
            found[("availability." if struct == "AvailabilityParameters" else "") + name] = float(match.group(2))
    family = (root / "distribution.cpp").read_text()
    for constant, prefix in (("kExtraZerosOfPoints", "extra_zeros_"), ("kShiftOfPoints", "shift_")):
        values = re.search(rf"{constant}{{(.*?)}}", family).group(1)
        for match in re.finditer(r"\.(\w+) = ([\d.]+)", values):
            found[prefix + match.group(1)] = float(match.group(2))
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("features_csv")
    arguments.add_argument("games_csv")
    options = arguments.parse_args()

    grid = load(options.features_csv, options.games_csv)
    print(f"{len(grid)} expected players, {grid.points.notna().sum()} of whom played")
    p = dict(FIXED)
    p.update(fit_availability(grid))
    x = grid[grid.points.notna()].reset_index(drop=True)
    matchups = Matchups(x)
    training = within(x, TRAINING)

    p.update(fit_mean(matchups, training, matchups.moving_average, p, {
        "short_weight": 0.7, "intercept": 3, "slope": 0.8, "curvature": 0.0045, "rate_prior": 0.36,
        "rate_prior_minutes": 41, "home": 0.014, "situation_absence": 0.045}))
    p.update(fit_mean(matchups, training, matchups.without_zones, p, {
        "pace_exponent_without_zones": 0.6, "defence_exponent_without_zones": 0.9}))
    p.update(fit_mean(matchups, training & matchups.has_zones, matchups.zone_matchup, p, {
        "attempts_prior": 0.28, "attempts_prior_minutes": 18, "free_throws_prior": 0.016,
        "free_throws_prior_minutes": 67, "pace_exponent": 0.27}))
    form = matchups.moving_average(p)
    recent = within(x, SPREAD_TRAINING)
    p.update(fit_spread(matchups, recent, form, p))
    growth = yearly_growth_of_spread(x, matchups, training, form, p)
    shipped = shipped_constants()
    print(f"\n{'constant':36s} {'fitted':>10s} {'shipped':>10s}")
    for name, value in p.items():
        print(f"{name:36s} {value:10.4g} {shipped.get(name, float('nan')):10.4g}")
    slope, kept = doubt(x, recent, (matchups.points - form) ** 2 / matchups.variance(p, form))
    print(f"doubt {slope:.3f} (shipped {shipped['doubt']}); the allowance is times {kept:.4f} for it")
    print(f"growth of the spread: {100 * growth:.1f}% of the variance a year; shipped allowance {shipped['allowance']}")

    print("\nRebounds, assists and threes")
    p["allowance"] = shipped["allowance"]
    fit_counts(x, matchups, p, form)

    zone = matchups.zone_matchup(p)
    known = matchups.games >= 10
    print("\nUnseen seasons, ten_prior_games")
    for season in UNSEEN:
        rows = within(x, (season, season)) & known
        quality(x, matchups, rows, form, p, f"moving_average_v1 {season}")
        quality(x, matchups, rows, zone, p, f"zone_matchup_v1 {season}",
                np.where(matchups.has_zones, 1, shipped["sd_factor_without_zones"]))
        quality(x, matchups, rows & matchups.has_zones, form, p, f"  moving_average_v1, zones {season}")
        quality(x, matchups, rows & matchups.has_zones, zone, p, f"  zone_matchup_v1, zones {season}")
    rows = within(x, UNSEEN) & ~known
    quality(x, matchups, rows, form, p, "moving_average_v1, new players")


if __name__ == "__main__":
    main()
