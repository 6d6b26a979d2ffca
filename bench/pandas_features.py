#!/usr/bin/env python3
"""Makes the features of the scoring, minutes and usage families that are windows, in pandas, and times it.

    python3 bench/pandas_features.py --seasons 8 ../shared/data
    python3 bench/pandas_features.py --seasons 8 --check features.csv ../shared/data

Reads the player_box files of the newest seasons of a folder of data sets; a row of the result is one player game,
and every value is of his games before it. Prints one JSON document. --check names a csv of features.feature_store
(game_date, player_id and feature columns) made of the same seasons: each feature is compared with it.
Needs python3-pandas (Debian).
"""

import argparse
import json
import pathlib
import re
import resource
import sys
import time

import numpy as np
import pandas as pd

COUNTS = ["PTS", "FGM", "FGA", "FG3M", "FG3A", "FTM", "FTA", "REB", "AST", "TOV"]
COLUMNS = ["PLAYER_ID", "TEAM_ABBREVIATION", "GAME_DATE", "MIN", "START_POSITION", *COUNTS]

# As features are stored: 32 bits, and a running window's rounding.
RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE = 1e-5, 2e-5


def box_files(folder):
    """The box score files by season: regular season and playoffs."""
    files = {}
    for path in sorted(pathlib.Path(folder).rglob("*player_box*.csv*")):
        if season := re.search(r"_(\d{4}-\d{2})\.csv", path.name):
            files.setdefault(season.group(1), []).append(path)
    return files


def read(files):
    """Every box row, oldest game first within a player."""
    parts = []
    for season, paths in files.items():
        for path in paths:
            part = pd.read_csv(path, usecols=lambda name: name in COLUMNS)
            part["season"] = season
            # Starters are on record where a file has them; an empty position is a player who came from the bench.
            if "START_POSITION" in part:
                part["started"] = part.pop("START_POSITION").notna().astype(float)
            parts.append(part)
    games = pd.concat(parts, ignore_index=True)
    if "started" not in games:
        games["started"] = np.nan
    games["season"] = games.season.astype("category")
    return games.sort_values(["PLAYER_ID", "GAME_DATE"], kind="stable", ignore_index=True)


def usage_rate(games):
    """(FGA + 0.44 FTA + TOV) * (team minutes / 5) / (minutes * the team's), team minutes 240 and 25 an overtime."""
    plays = games.FGA + 0.44 * games.FTA + games.TOV
    # The compact form has no game id, but a team plays once a day.
    team = games.assign(plays=plays).groupby(["GAME_DATE", "TEAM_ABBREVIATION"])[["MIN", "plays"]]
    totals = team.transform("sum")
    overtimes = ((totals.MIN - 240) / 25).round().clip(lower=0)
    return plays * (48 + 5 * overtimes) / (games.MIN * totals.plays)


def last(by_player, columns, length, kind="mean"):
    """A statistic of each of `columns` over the last `length` rows of the player, this one included."""
    rolling = by_player[columns].rolling(length, min_periods=1 if kind == "mean" else 2)
    return getattr(rolling, kind)().droplevel(0)


def weighted(by_player, columns, half_life):
    """Exponentially weighted means, a game halving with every `half_life` games after it."""
    return by_player[columns].ewm(halflife=half_life, ignore_na=True).mean().droplevel(0)


def season_sums(games, columns):
    """Sums and counts of the season before each row, without it."""
    keys = [games.PLAYER_ID, games.season]

    def before(values):
        return values.groupby(keys, observed=True, sort=False).cumsum() - values

    return before(games[columns].fillna(0)), before(games[columns].notna().astype(int))


def ratio(numerator, denominator):
    return (numerator / denominator).where(denominator > 0)


def features(boxes):
    """One row a player game with minutes, strictly before it: the features of docs/features.md, by their names."""
    boxes = boxes.assign(usage=usage_rate(boxes))
    games = boxes[boxes.MIN > 0].reset_index(drop=True)
    has_attempts = games.FGA.notna()
    games["minutes_with_attempts"] = games.MIN.where(has_attempts)
    games["points_with_attempts"] = games.PTS.where(has_attempts)
    games["usage_minutes"] = games.usage * games.MIN
    games["minutes_with_usage"] = games.MIN.where(games.usage.notna())
    by_player = games.groupby("PLAYER_ID", sort=False)

    last_3 = last(by_player, ["PTS", "MIN"], 3)
    last_5 = last(by_player, ["PTS", "MIN"], 5)
    last_10 = last(by_player, ["PTS", "MIN", "FGA", "FTA", "FG3A", "REB", "AST", "FG3M", "started"], 10)
    last_20 = last(by_player, ["PTS", "MIN", "points_with_attempts", "FGA", "FTA", "FGM", "FG3M"], 20)
    sd_10 = last(by_player, ["PTS", "MIN"], 10, "std")
    sd_20 = last(by_player, ["PTS"], 20, "std")
    ewm_10 = weighted(by_player, ["PTS", "MIN", "FGA", "FTA", "FG3A", "minutes_with_attempts", "usage_minutes",
                                  "minutes_with_usage"], 10)
    ewm_30 = weighted(by_player, ["PTS", "MIN", "FTM", "FTA"], 30)
    # The window counts games with a usage rate, not games.
    used = games[games.usage.notna()]
    usage_10 = last(used.groupby("PLAYER_ID", sort=False), ["usage"], 10).usage.reindex(games.index)

    after = pd.DataFrame({
        "points_mean_last_3": last_3.PTS,
        "points_mean_last_5": last_5.PTS,
        "points_mean_last_10": last_10.PTS,
        "points_mean_last_20": last_20.PTS,
        "points_mean_ewm": ewm_10.PTS,
        "points_sd_last_10": sd_10.PTS,
        "points_sd_last_20": sd_20.PTS,
        "points_per_minute_last_10": last_10.PTS / last_10.MIN,
        "points_per_minute_ewm": ewm_10.PTS / ewm_10.MIN,
        "points_per_minute_ewm_long": ewm_30.PTS / ewm_30.MIN,
        "field_goals_attempted_mean_last_10": last_10.FGA,
        "field_goals_attempted_mean_ewm": ewm_10.FGA,
        "free_throws_attempted_mean_last_10": last_10.FTA,
        "free_throws_attempted_mean_ewm": ewm_10.FTA,
        "three_pointers_attempted_mean_last_10": last_10.FG3A,
        "three_pointers_attempted_mean_ewm": ewm_10.FG3A,
        "field_goals_attempted_per_minute_ewm": ewm_10.FGA / ewm_10.minutes_with_attempts,
        "free_throws_attempted_per_minute_ewm": ewm_10.FTA / ewm_10.minutes_with_attempts,
        "free_throw_pct_long": ratio(ewm_30.FTM, ewm_30.FTA),
        "true_shooting_last_20": ratio(last_20.points_with_attempts, 2 * (last_20.FGA + 0.44 * last_20.FTA)),
        "effective_field_goal_last_20": ratio(last_20.FGM + 0.5 * last_20.FG3M, last_20.FGA),
        "rebounds_mean_last_10": last_10.REB,
        "assists_mean_last_10": last_10.AST,
        "threes_mean_last_10": last_10.FG3M,
        "minutes_last_game": games.MIN,
        "minutes_mean_last_3": last_3.MIN,
        "minutes_mean_last_5": last_5.MIN,
        "minutes_mean_last_10": last_10.MIN,
        "minutes_mean_last_20": last_20.MIN,
        "minutes_mean_ewm": weighted(by_player, ["MIN"], 5).MIN,
        "minutes_mean_ewm_short": weighted(by_player, ["MIN"], 2).MIN,
        "minutes_mean_ewm_long": weighted(by_player, ["MIN"], 20).MIN,
        "minutes_sd_last_10": sd_10.MIN,
        "minutes_trend": last_3.MIN - last_10.MIN,
        "start_share_last_10": last_10.started,
        "usage_mean_last_10": usage_10.groupby(games.PLAYER_ID, sort=False).ffill(),
        "usage_mean_ewm": ewm_10.usage_minutes / ewm_10.minutes_with_usage,
    })
    before = after.groupby(games.PLAYER_ID, sort=False).shift()
    sums, counts = season_sums(games, ["PTS", "MIN", "usage"])
    before["points_mean_season"] = ratio(sums.PTS, counts.PTS)
    before["points_per_minute_season"] = ratio(sums.PTS, sums.MIN)
    before["minutes_mean_season"] = ratio(sums.MIN, counts.MIN)
    before["usage_mean_season"] = ratio(sums.usage, counts.usage)
    return games[["GAME_DATE", "PLAYER_ID"]].rename(
        columns={"GAME_DATE": "game_date", "PLAYER_ID": "player_id"}).join(before.astype(np.float32))


def compare(made, path):
    """Each feature against the csv's: values compared, and how many differ beyond rounding."""
    stored = pd.read_csv(path)
    names = [name for name in made.columns if name in stored.columns and name not in ("game_date", "player_id")]
    both = made.merge(stored, on=["game_date", "player_id"], suffixes=("", "_stored"), validate="one_to_one")
    columns = {}
    for name in names:
        ours, theirs = both[name].to_numpy(float), both[name + "_stored"].to_numpy(float)
        same = np.isclose(ours, theirs, RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE, equal_nan=True)
        columns[name] = {"values": len(both), "known": int((~np.isnan(ours)).sum()), "different": int((~same).sum())}
        if not same.all():
            first = both[~same].iloc[0]
            columns[name]["first_difference"] = {
                "game_date": first.game_date, "player_id": int(first.player_id), "pandas": str(first[name]),
                "tipoff": str(first[name + "_stored"])}
    return {"player_games": len(both), "columns": len(names),
            "columns_equal": sum(column["different"] == 0 for column in columns.values()),
            "values": len(both) * len(names),
            "values_different": sum(column["different"] for column in columns.values()), "by_column": columns}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seasons", type=int, default=1, help="how many of the newest (1)")
    arguments.add_argument("--check", metavar="CSV", help="compare with these rows of the feature store")
    arguments.add_argument("folder", help="holds player_box files")
    options = arguments.parse_args()
    files = box_files(options.folder)
    if not 1 <= options.seasons <= len(files):
        sys.exit(f"pandas_features: {options.folder} has player_box files of {len(files)} seasons, "
                 f"--seasons says {options.seasons}")
    files = dict(sorted(files.items())[-options.seasons:])

    started = time.perf_counter()
    boxes = read(files)
    was_read = time.perf_counter()
    made = features(boxes)
    was_made = time.perf_counter()
    report = {
        "pandas": pd.__version__, "numpy": np.__version__, "seasons": len(files), "box_rows": len(boxes),
        "player_games": len(made), "features": made.shape[1] - 2,
        "seconds": {"read": was_read - started, "features": was_made - was_read},
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "feature_names": list(made.columns[2:]),
    }
    if options.check:
        report["check"] = compare(made, options.check)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
