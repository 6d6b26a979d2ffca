"""The part of the report on batches over a queue of many machines."""

import statistics

from tables import hold, spread, table

BATCH_SECONDS, LOSS_SECONDS = 2, 30


def summary(runs):
    return {**{key: runs[0][key] for key in ("players", "markets", "systems", "item_bytes", "model_mib")},
            "seconds": spread(statistics.median(run["seconds"]) for run in runs),
            "slowest_seconds": spread(max(run["seconds"]) for run in runs),
            "first_seconds": spread(run["first_seconds"] for run in runs),
            "loss_seconds": spread(run["loss"]["seconds"] for run in runs),
            "done_when_killed": spread(run["loss"]["done_when_killed"] for run in runs)}


def lines(measured):
    return table(["a batch over three NATS servers, two workers", "measured"], [
        ["players", measured["players"]], ["markets", measured["markets"]], ["systems", measured["systems"]],
        ["bytes an item", measured["item_bytes"]], ["MiB of models", measured["model_mib"]],
        ["s from the first item to the last result", measured["seconds"]],
        ["the slowest batch, s", measured["slowest_seconds"]],
        ["the first batch, with its models, s", measured["first_seconds"]],
        ["a server killed meanwhile, s", measured["loss_seconds"]],
        ["players done when it was killed", measured["done_when_killed"]]])


def holds(measured):
    return [hold("a batch over three NATS servers, two workers", "s", BATCH_SECONDS, measured["seconds"]),
            hold("the same while a server is killed", "s", LOSS_SECONDS, measured["loss_seconds"])]
