#!/usr/bin/env python3
"""Trains the trees of points by XGBoost in Python, on the rows that tipoff_bench trains on, and times it.

    tipoff_bench rows 7 rows.bin HOME
    tipoff_bench train rows.bin factors.bin > trained.json
    OMP_WAIT_POLICY=PASSIVE python3 bench/python_trees.py rows.bin trained.json factors.bin

The steps and parameters are those that trained.json names: the number of rounds by early stopping on the latest
rows, bins of all rows, all trees, the newest season's means. Prints one JSON document; `difference` holds the
greatest relative difference of a mean from the program's. Needs python3-xgboost (Debian).
"""

import argparse
import json
import os
import resource
import sys
import time

import numpy as np
import xgboost

# As src/forecast/boosted_trees.cpp has it.
MOST_BINS = 64


class Rows:
    """The file that `tipoff_bench rows` writes."""

    def __init__(self, path):
        count, columns, trained_on = (int(number) for number in np.fromfile(path, "<u8", 3))
        values = np.fromfile(path, "<f4", offset=24)
        if len(values) != count * (columns + 2):
            sys.exit(f"python_trees: {path} is not a file of training rows")
        self.features = values[:count * columns].reshape(count, columns)
        self.outcomes, self.expected = values[count * columns:].reshape(2, count)
        self.trained_on = trained_on

    def bins(self, first, last):
        """What trees are trained on: they begin at what the formula expected."""
        return xgboost.QuantileDMatrix(
            self.features[first:last], label=self.outcomes[first:last], max_bin=MOST_BINS,
            base_margin=self.margins(first, last))

    def values(self, first, last):
        """What trees are judged on."""
        return xgboost.DMatrix(self.features[first:last], label=self.outcomes[first:last],
                               base_margin=self.margins(first, last))

    def margins(self, first, last):
        return np.log(self.expected[first:last].astype(float)).astype(np.float32)


class Laps:
    """Seconds of steps that follow one another."""

    def __init__(self):
        self.seconds = {}
        self.started = time.perf_counter()

    def done(self, step):
        now = time.perf_counter()
        self.seconds[step] = now - self.started
        self.started = now


def peak_rss_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def booster_settings(p):
    return {"objective": "count:poisson", "eval_metric": "poisson-nloglik", "base_score": 1, "tree_method": "hist",
            "max_bin": MOST_BINS, "max_depth": p["max_depth"], "eta": p["learning_rate"], "subsample": p["row_share"],
            "colsample_bytree": p["feature_share"], "min_child_weight": p["min_child_weight"], "seed": p["seed"],
            "nthread": p["threads"], "verbosity": 0}


def best_rounds(rows, parameters):
    """After how many rounds the loss on the latest of the rows is least."""
    validation_from = parameters["validation_from"]
    trees = xgboost.train(
        booster_settings(parameters), rows.bins(0, validation_from), parameters["most_rounds"],
        evals=[(rows.values(validation_from, rows.trained_on), "later")],
        early_stopping_rounds=parameters["patience"], verbose_eval=False)
    return trees.best_iteration + 1


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rows", help="written by tipoff_bench rows")
    arguments.add_argument("trained", help="what tipoff_bench train printed")
    arguments.add_argument("factors", help="written by tipoff_bench train")
    options = arguments.parse_args()
    if os.environ.get("OMP_WAIT_POLICY") != "PASSIVE":
        sys.exit("python_trees: set OMP_WAIT_POLICY=PASSIVE, as the program does: threads that spin while they wait "
                 "take several times as long")
    with open(options.trained) as file:
        parameters = json.load(file)["parameters"]
    rows = Rows(options.rows)
    rows_mib = peak_rss_mib()

    laps = Laps()
    rounds = best_rounds(rows, parameters)
    laps.done("early_stopping")
    bins = rows.bins(0, rows.trained_on)
    laps.done("binning")
    trees = xgboost.train(booster_settings(parameters), bins, rounds)
    laps.done("training")
    factors = trees.inplace_predict(rows.features[rows.trained_on:])
    laps.done("prediction")
    peak = peak_rss_mib()

    seconds = {**laps.seconds, "total": sum(laps.seconds[step] for step in ("early_stopping", "binning", "training"))}
    program = np.fromfile(options.factors, "<f4")
    means = factors.astype(float) * rows.expected[rows.trained_on:]
    print(json.dumps({
        "xgboost": xgboost.__version__, "numpy": np.__version__, "rounds": rounds, "seconds": seconds,
        "mae_mean": float(np.abs(means - rows.outcomes[rows.trained_on:]).mean()),
        "difference": float((np.abs(factors - program) / program).max()),
        "rows_mib": rows_mib, "peak_rss_mib": peak,
    }, indent=2))


if __name__ == "__main__":
    main()
