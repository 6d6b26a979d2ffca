#!/usr/bin/env python3
"""Fits the log-odds of playing (src/features/families/absences.cpp) on stored features.

Input, from a home in which the seasons 2015-16 to 2022-23 were backfilled:
    tipoff --home H export features.feature_store --to feature_store.csv
    tipoff --home H export analytics.player_game_summary --to player_games.csv
    bench/fit_availability.py feature_store.csv player_games.csv

Everybody expected counts, one row a game. Fitted on 2016-17 to 2020-21; the log loss of 2021-22 and 2022-23 is
printed beside it.
"""

import sys

import numpy
import pandas
import scipy.optimize

FITTED = ("2016-17", "2020-21")
FEATURES = [
    "appearance_share_last_10", "team_games_missed", "team_days_rest", "listed_out", "is_back_to_back",
    "minutes_mean_ewm_short", "minutes_mean_ewm",
]


def terms(rows):
    """One column a constant of `LogOdds`, in its order."""
    share = rows.appearance_share_last_10.fillna(0)
    missed = rows.team_games_missed
    opener = rows.team_days_rest.isna().astype(float)
    away = ((missed > 0) & (opener == 0)).astype(float)
    # In tens of minutes while fitting: all columns of one size.
    minutes = ((rows.minutes_mean_ewm_short + rows.minutes_mean_ewm) / 20).fillna(0)
    listed = rows.listed_out.fillna(0)
    second_night = rows.is_back_to_back.fillna(0)
    return pandas.DataFrame({
        "intercept": 1.0,
        "share": share,
        "missed": away,
        "log_missed": away * numpy.log(missed.clip(lower=1)),
        "share_missed": away * share,
        "opener": opener,
        "opener_missed": opener * (missed > 0),
        "listed": listed,
        "listed_missed": away * listed,
        "minutes": minutes,
        "minutes_missed": away * minutes,
        "back_to_back": second_night,
        "back_to_back_minutes": second_night * minutes,
    })


def log_loss(constants, values, played):
    x = values @ constants
    return numpy.mean(numpy.logaddexp(0, -x) * played + numpy.logaddexp(0, x) * (1 - played))


def gradient(constants, values, played):
    chance = 1 / (1 + numpy.exp(-(values @ constants)))
    return values.T @ (chance - played) / len(played)


def main(feature_file, game_file):
    keys = ["game_id", "player_id"]
    rows = pandas.read_csv(feature_file, usecols=keys + ["season", "season_type"] + FEATURES)
    games = pandas.read_csv(game_file, usecols=keys + ["minutes", "revision"])
    games = games.sort_values("revision").drop_duplicates(keys, keep="last").drop(columns="revision")
    rows = rows[rows.season_type != "cup"].merge(games, on=keys, how="left")
    rows = rows[rows.groupby("game_id").minutes.transform("max") > 0]  # some games have no box score on record
    played = (rows.minutes > 0).astype(float).to_numpy()
    frame = terms(rows)
    values = frame.to_numpy()
    fitted = rows.season.between(*FITTED).to_numpy()
    later = (rows.season > FITTED[1]).to_numpy()
    found = scipy.optimize.minimize(log_loss, numpy.zeros(values.shape[1]), jac=gradient, method="L-BFGS-B",
                                    args=(values[fitted], played[fitted]), options={"maxiter": 5000, "ftol": 1e-12, "gtol": 1e-8})
    for name, constant in zip(frame.columns, found.x):
        scale = 10 if "minutes" in name else 1
        print(f"{name:24} {constant / scale:9.4f}")
    print(f"log loss {found.fun:.4f} on {fitted.sum()} rows; "
          f"{log_loss(found.x, values[later], played[later]):.4f} on {later.sum()} later ones")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
