#!/usr/bin/env python3
"""Derives the constants of src/forecast/similarity.h again, beside the shipped ones, and what they are worth.

    tipoff --home H import ../shared/data
    tipoff --home H backfill --from 2015-10-27 --to 2021-07-20 --only conform,features
    tipoff --home H export features.feature_store --to features.csv
    tipoff --home H export analytics.player_game_summary --to games.csv
    python3 bench/fit_similarity.py features.csv games.csv

Walk-forward: each month is forecast from all earlier months. The reaches are searched for on a fifth of the
regular-season games of 2017-18 and 2018-19; quality is printed of 2019-20 and 2020-21, which that search has
not seen. The error is flat around its least: another sample gives other reaches of the same worth. Needs python3-pandas and python3-scipy (Debian). Takes about ten minutes.
"""

import argparse
import pathlib
import re

import numpy as np
import pandas as pd
from scipy import spatial

import fit_parameters as form

FITTED = ("2017-18", "2018-19")
JUDGED = ("2019-20", "2020-21")
# Where the search starts: about the standard deviation of what lies along the axis, less for form.
START = {"points_reach": 0.5, "minutes_reach": 0.33, "minutes_change_reach": 5, "week_minutes_reach": 50,
         "usage_vacated_reach": 0.09, "defence_reach": 0.04, "pace_reach": 0.05, "season_phase_reach": 100}
AXES = list(START)
EXTRA = ["player_minutes_last_7_days", "usage_vacated", "days_into_season"]
SAMPLE = 0.2
STEPS = (1 / 0.6, 1 / 1.6)


def load(features_csv, games_csv):
    """Played games of every kind in their order, with their features and points."""
    keys = ["game_id", "player_id"]
    features = pd.read_csv(features_csv, usecols=[*keys, "game_date", "season", "season_type", *form.FEATURES, *EXTRA],
                           dtype={"game_id": str, "season": str})
    games = pd.read_csv(games_csv, usecols=[*keys, "minutes", "points"], dtype={"game_id": str})
    played = features[features.season <= JUDGED[1]].merge(games[games.minutes > 0], on=keys)
    return played.sort_values(["game_date", *keys]).reset_index(drop=True)


def axes(x, mean, minutes):
    """The coordinates of `place_of`, not yet divided by the reaches."""
    change = x.minutes_mean_ewm_short - x.minutes_mean_ewm_long
    return np.column_stack([
        np.log(mean), np.log(minutes), change.fillna(0), x.player_minutes_last_7_days.fillna(0),
        x.usage_vacated.fillna(0), x.opponent_defence_factor.fillna(1), x.expected_pace_factor.fillna(1),
        x.days_into_season.fillna(0)])


class Past:
    """Played games with what was expected of them."""

    def __init__(self, x, mean, places):
        self.month = x.game_date.str.slice(0, 7).to_numpy()
        self.points = x.points.to_numpy(float)
        self.mean = mean
        self.places = places

    def corrections(self, rows, p):
        """For each of `rows`: sums over its neighbours of earlier months, as `similarity` has them."""
        reached = self.places / np.array([p[name] for name in AXES])
        sums = np.zeros((len(rows), 5))
        for month in np.unique(self.month[rows]):
            past = np.flatnonzero(self.month < month)
            here = np.flatnonzero(self.month[rows] == month)
            distance, found = spatial.cKDTree(reached[past]).query(
                reached[rows[here]], k=int(p["neighbours"]), workers=-1)
            weight = 1 - distance ** 2 / (distance[:, -1:] ** 2 * 1.0001 + 1e-9)
            expected, outcome = self.mean[past[found]], self.points[past[found]]
            sums[here] = np.column_stack([(weight * term).sum(axis=1) for term in (
                expected, outcome, outcome ** 2, outcome * expected, expected ** 2)])
        return sums


def corrected_mean(mean, sums, p):
    error = (sums[:, 1] - sums[:, 0]) / (sums[:, 0] + p["shrinkage"])
    return np.maximum(mean * (1 + error), 0.05)


def mixed_variance(usual, mean, sums, p):
    ratio = sums[:, 1] / sums[:, 0]
    dispersion = (sums[:, 2] - 2 * ratio * sums[:, 3] + ratio ** 2 * sums[:, 4]) / sums[:, 1]
    share = p["dispersion_share"]
    return (1 - share) * usual + share * mean * np.maximum(dispersion, 1)


def search(loss, start):
    """One reach after the other, once, a step up or down where that helps: a second pass followed the sample
    and was worth nothing in later seasons."""
    best, known = dict(start), loss(start)
    for name in AXES:
        for step in STEPS:
            tried = {**best, name: best[name] * step}
            if (value := loss(tried)) < known:
                best, known = tried, value
                break
    return best


def shipped_constants():
    header = pathlib.Path(__file__).resolve().parent.parent / "src" / "forecast" / "similarity.h"
    return {name: float(value) for name, value in re.findall(r"double (\w+) = ([\d.]+);", header.read_text())}


class Quality:
    """A stand-in for `form.Matchups`, whose variance is worked out already."""

    def __init__(self, points, variance):
        self.points = points
        self.known_variance = variance

    def variance(self, _, mean):
        return self.known_variance


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("features_csv")
    arguments.add_argument("games_csv")
    arguments.add_argument("--only-quality", action="store_true", help="of the shipped constants")
    options = arguments.parse_args()

    x = load(options.features_csv, options.games_csv)
    constants = {**form.FIXED, **form.shipped_constants()}
    matchups = form.Matchups(x)
    mean = matchups.moving_average(constants)
    past = Past(x, mean, axes(x, mean, matchups.minutes(constants)))
    known = (x.season_type == "regular").to_numpy() & (x.games_on_record >= 10).to_numpy()
    shipped = shipped_constants()

    if not options.only_quality:
        drawn = np.random.default_rng(1).random(len(x)) < SAMPLE
        rows = np.flatnonzero(form.within(x, FITTED) & known & drawn)
        usual = matchups.variance(constants, mean)[rows]

        def loss(p):
            corrected = corrected_mean(mean[rows], past.corrections(rows, p), p)
            return ((past.points[rows] - corrected) ** 2 / usual).mean()
        fitted = search(loss, {**shipped, **START})
        print(f"{'constant':24s} {'fitted':>10s} {'shipped':>10s}")
        for name in AXES:
            print(f"{name:24s} {fitted[name]:10.4g} {shipped[name]:10.4g}")
        print(f"squared error over the variance: {loss(fitted):.4f}, shipped {loss(shipped):.4f}, moving average "
              f"{((past.points[rows] - mean[rows]) ** 2 / usual).mean():.4f}")
        for name, values in (("neighbours", (250, 1000)), ("shrinkage", (0, 300, 1000))):
            for value in values:
                print(f"  with {name} {value}: {loss({**shipped, name: value}):.4f}")

    for season in JUDGED:
        rows = np.flatnonzero(form.within(x, (season, season)) & known)
        here = x.iloc[rows].reset_index(drop=True)
        every = np.ones(len(rows), bool)
        points = past.points[rows]
        last_10 = np.abs(points - here.points_mean_last_10).mean()
        print(f"\n{season}: MAE of the last-10 mean {last_10:.4f}")
        usual = matchups.variance(constants, mean)[rows]
        form.quality(here, Quality(points, usual), every, mean[rows], constants, "moving_average_v1")
        sums = past.corrections(rows, shipped)
        corrected = corrected_mean(mean[rows], sums, shipped)
        everywhere = mean.copy()
        everywhere[rows] = corrected
        at_the_mean = matchups.variance(constants, everywhere)[rows]
        for share in (0, shipped["dispersion_share"], 0.8):
            variance = mixed_variance(at_the_mean, corrected, sums, {"dispersion_share": share})
            form.quality(here, Quality(points, variance), every, corrected, constants,
                         f"similarity_v1, dispersion_share {share}")


if __name__ == "__main__":
    main()
