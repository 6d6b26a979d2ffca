#!/usr/bin/env python3
"""Derives the sizes of the priors of src/features/families/shot_zones.cpp and zone_defence.cpp again.

    tipoff --home H export analytics.player_game_summary --to games.csv
    python3 bench/fit_zone_priors.py games.csv

Each is the size at which the counts so far, mixed with the league's, best foretell the next game's attempts
and makes (greatest likelihood), regular seasons 2016-17 to 2020-21 where shots are on record.
Needs python3-pandas and python3-scipy (Debian). Takes about a minute.
"""

import argparse

import numpy as np
import pandas as pd
from scipy import optimize

ZONES = {
    "restricted_area": ["restricted_area"], "paint": ["paint"], "mid_range": ["mid_range"],
    "corner_3": ["left_corner_3", "right_corner_3"], "above_break_3": ["above_break_3"],
}
SEASONS = ("2016-17", "2020-21")
PLAYER_HALF_LIFE, TEAM_HALF_LIFE, LEAGUE_HALF_LIFE = 30, 20, 2460


def load(path):
    columns = [f"{part}_{kind}" for parts in ZONES.values() for part in parts for kind in ("attempts", "makes")]
    keys = ["game_id", "player_id", "team_id", "opponent_team_id", "game_date", "season", "season_type", "minutes"]
    games = pd.read_csv(path, usecols=keys + columns, dtype={"game_id": str, "season": str})
    games = games[(games.season_type == "regular") & (games.minutes > 0)]
    games = games[games.groupby("game_id").restricted_area_attempts.transform("count") > 0]
    counts = {kind: np.column_stack([sum(games[f"{part}_{kind}"].fillna(0) for part in parts)
                                     for parts in ZONES.values()]) for kind in ("attempts", "makes")}
    return games.reset_index(drop=True), counts["attempts"], counts["makes"]


def faded_before(keys, dates, values, half_life):
    """For each row the faded sum of `values` over earlier rows of the same key, and how many those were."""
    decay = 0.5 ** (1 / half_life)
    before = np.zeros_like(values, dtype=float)
    games = np.zeros(len(values))
    weight = np.zeros(len(values))
    order = np.lexsort((dates, keys))
    previous = None
    for i in order:
        if keys[i] != previous:
            state, count, total = np.zeros(values.shape[1]), 0, 0.0
            previous = keys[i]
        before[i], games[i], weight[i] = state, count, total
        state, count, total = state * decay + values[i], count + 1, total * decay + 1
    return before, games, weight


def best(loss, high):
    return optimize.minimize_scalar(loss, bounds=(0.5, high), method="bounded").x


def binomial_loss(makes, attempts, p):
    p = np.clip(p, 1e-3, 1 - 1e-3)
    return -(makes * np.log(p) + (attempts - makes) * np.log1p(-p)).sum() / attempts.sum()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("games_csv")
    games, attempts, makes = load(arguments.parse_args().games_csv)
    both = np.hstack([attempts, makes])
    dates = games.game_date.to_numpy()

    team = pd.DataFrame(both).groupby([games.game_id, games.opponent_team_id, games.game_date]).sum()
    allowed = team.reset_index()
    values = allowed[list(range(10))].to_numpy(float)
    defence, defence_games, defence_weight = faded_before(
        allowed.opponent_team_id.to_numpy(), allowed.game_date.to_numpy(), values, TEAM_HALF_LIFE)
    league, _, league_weight = faded_before(
        np.zeros(len(allowed)), allowed.game_date.to_numpy(), values, LEAGUE_HALF_LIFE)
    at = pd.Series(range(len(allowed)), index=pd.MultiIndex.from_frame(allowed[["game_id", "opponent_team_id"]]))
    row = at.loc[pd.MultiIndex.from_frame(games[["game_id", "opponent_team_id"]])].to_numpy()

    own, own_games, _ = faded_before(games.player_id.to_numpy(), dates, both, PLAYER_HALF_LIFE)
    used = ((games.season >= SEASONS[0]) & (games.season <= SEASONS[1])).to_numpy()
    used &= (own_games > 0) & (defence_games[row] > 0)
    attempts, makes, own = attempts[used], makes[used], own[used]
    defence, defence_weight = defence[row][used], defence_weight[row][used]
    league, league_weight = league[row][used], league_weight[row][used]
    share = league[:, :5] / league[:, :5].sum(axis=1, keepdims=True)
    accuracy = league[:, 5:] / league[:, :5]
    print(f"{used.sum()} player games")

    def share_loss(k):
        mixed = (own[:, :5] + k * share) / (own[:, :5].sum(axis=1, keepdims=True) + k)
        return -(attempts * np.log(mixed)).sum() / attempts.sum()
    share_prior = best(share_loss, 200)
    print(f"shot_zones kSharePriorAttempts: {share_prior:.1f}")
    usual = (own[:, :5] + share_prior * share) / (own[:, :5].sum(axis=1, keepdims=True) + share_prior)
    print(f"{'zone':16s} {'own accuracy':>13s} {'accuracy allowed':>17s} {'volume allowed':>15s}   (attempts, attempts, games)")
    for z, zone in enumerate(ZONES):
        def own_accuracy(k, z=z):
            return (own[:, 5 + z] + k * accuracy[:, z]) / (own[:, z] + k)
        k_own = best(lambda k: binomial_loss(makes[:, z], attempts[:, z], own_accuracy(k)), 2000)

        def allowed_loss(k, z=z, k_own=k_own):
            factor = (defence[:, 5 + z] + k * accuracy[:, z]) / (defence[:, z] + k) / accuracy[:, z]
            return binomial_loss(makes[:, z], attempts[:, z], own_accuracy(k_own) * factor)
        k_allowed = best(allowed_loss, 20000)

        def volume_loss(k, z=z):
            usual_volume = league[:, z] / league_weight
            factor = (defence[:, z] + k * usual_volume) / (defence_weight + k) / usual_volume
            mean = np.maximum(usual[:, z] * attempts.sum(axis=1) * factor, 1e-9)
            return (mean - attempts[:, z] * np.log(mean)).mean()
        print(f"{zone:16s} {k_own:13.0f} {k_allowed:17.0f} {best(volume_loss, 400):15.1f}")


if __name__ == "__main__":
    main()
