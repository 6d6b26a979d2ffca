"""The part of the report on learning: training beside Python, a night, the similarity search, the walk forward."""

import statistics

from tables import hold, seasons_text, spread, table

HELD_TRAINING_SEASONS = 10
HELD_POOL_SEASONS = 10
HELD_WALK_SEASONS = 8
HELD_PLAYERS = 450
FEWEST_PLAYERS = 0.95 * HELD_PLAYERS  # a night of fewer is another night
TRAINING_STEPS = ("early_stopping", "binning", "training", "total", "prediction")
NIGHT_STEPS = ("forecasts", "write", "from_features", "total")
THREADS = ("one_thread", "two_threads")

# Both programs use one library; it may still be built in two ways.
SAME_MEANS = 1e-5


def trees_summary(runs):
    return {
        "rounds": runs[0]["rounds"],
        "seconds": {step: spread(run["seconds"][step] for run in runs) for step in TRAINING_STEPS},
        "mae_mean": runs[0]["mae_mean"],
        "peak_rss_mib": spread(run["peak_rss_mib"] for run in runs),
        "rows_mib": spread(run["rows_mib"] for run in runs),
    }


def training_summary(runs):
    programs, pythons = [run["program"] for run in runs], [run["python"] for run in runs]
    return {
        **runs[0]["rows"],
        "parameters": programs[0]["parameters"],
        "mae_mean_of_formula": programs[0]["mae_mean_of_formula"],
        "program": trees_summary(programs),
        "python": {**{key: pythons[0][key] for key in ("xgboost", "numpy")}, **trees_summary(pythons)},
        "difference": spread(run["difference"] for run in pythons),
        "python_takes_times_as_long": spread(
            python["seconds"]["total"] / program["seconds"]["total"] for python, program in zip(pythons, programs)),
    }


def of_nights(run, *path):
    """The median night of one repeat."""
    values = []
    for night in run["nights"]:
        for key in path:
            night = night[key]
        values.append(night)
    return statistics.median(values)


def night_summary(runs):
    return {
        "markets": runs[0]["markets"],
        "nights": len(runs[0]["nights"]),
        **{key: spread(of_nights(run, key) for run in runs) for key in ("players", "forecasts", "systems")},
        "seconds": {step: spread(of_nights(run, "seconds", step) for run in runs) for step in NIGHT_STEPS},
        "slowest": spread(max(night["seconds"]["from_features"] for night in run["nights"]) for run in runs),
        "peak_rss_mib": spread(run["peak_rss_mib"] for run in runs),
    }


def similarity_summary(runs):
    return {
        "seasons": runs[0]["seasons"],
        "nights": len(runs[0]["nights"]),
        **{key: spread(of_nights(run, key) for run in runs) for key in ("players", "games_compared_with", "pool_mib")},
        "seconds": {threads: spread(of_nights(run, "seconds", threads) for run in runs) for threads in THREADS},
    }


def summary(repeats, once):
    """What there is of it: stages that were left out are left out here."""
    measured = {}
    if "training" in repeats[0]:
        measured["training"] = {
            str(count): training_summary([one["training"][count] for one in repeats])
            for count in repeats[0]["training"]}
    if "night" in repeats[0]:
        measured["models"] = once["models"]
        measured["night"] = night_summary([one["night"] for one in repeats])
    if "similarity" in repeats[0]:
        measured["similarity"] = similarity_summary([one["similarity"] for one in repeats])
    if "walk_forward" in once:
        measured["walk_forward"] = once["walk_forward"]
    return measured


def is_full(nights):
    return nights["players"]["median"] >= FEWEST_PLAYERS


def holds(measured):
    judged = []
    if trainings := measured.get("training"):
        held = trainings.get(str(HELD_TRAINING_SEASONS))
        judged.append(hold("trees of points, trained on ten seasons", "s", 60,
                           held and held["program"]["seconds"]["total"]))
        worst = max((one["difference"] for one in trainings.values()), key=lambda one: one["median"])
        judged.append(hold("XGBoost in Python forecasts the same", "off", SAME_MEANS, worst))
    if night := measured.get("night"):
        judged.append(hold(f"a night of {HELD_PLAYERS}, five systems and markets, features to durable rows", "s", 0.1,
                           night["seconds"]["from_features"] if is_full(night) else None))
    if similarity := measured.get("similarity"):
        # The newest season is under way on those nights.
        is_held = similarity["seasons"] > HELD_POOL_SEASONS and is_full(similarity)
        judged.append(hold(f"similarity search of a night of {HELD_PLAYERS} against ten seasons", "s", 0.15,
                           similarity["seconds"]["two_threads"] if is_held else None))
    if walk := measured.get("walk_forward"):
        is_held = walk["seasons"] >= HELD_WALK_SEASONS
        judged.append(hold("walk-forward of points through eight seasons, graded", "s", 12 * 60,
                           spread([walk["seconds"]["total"]]) if is_held else None))
    return judged


def beside(trainings, of_both):
    """A row's cells: the program's and Python's of each training."""
    return [value for one in trainings.values() for value in of_both(one)]


def training_lines(trainings):
    def both(name, *path):
        def of_both(one):
            for program in ("program", "python"):
                value = one[program]
                for key in path:
                    value = value[key]
                yield value
        return [name, *beside(trainings, of_both)]

    versions = next(iter(trainings.values()))["python"]
    header = ["trees of points, trained on",
              *beside({count: seasons_text(count) for count in trainings}, lambda text: (text, "Python"))]
    lines = table(header, [
        ["player games trained on", *beside(trainings, lambda one: (one["rows"], one["rows"]))],
        ["features", *beside(trainings, lambda one: (one["features"], one["features"]))],
        both("rounds", "rounds"),
        both("rounds chosen by early stopping, s", "seconds", "early_stopping"),
        both("bins, s", "seconds", "binning"),
        both("trees, s", "seconds", "training"),
        both("all three, s", "seconds", "total"),
        ["player games forecast", *beside(trainings, lambda one: (one["rows_of_newest"], one["rows_of_newest"]))],
        both("forecast of these, s", "seconds", "prediction"),
        ["MAE of the mean", *beside(
            trainings, lambda one: (f"{one['program']['mae_mean']:.4f}", f"{one['python']['mae_mean']:.4f}"))],
        both("memory with the rows read, MiB", "rows_mib"),
        both("peak memory, MiB", "peak_rss_mib"),
    ])
    for count, one in trainings.items():
        lines.append(
            f"{seasons_text(count)}, of which {one['seasons_simulated']} simulated, then forecasts of {one['newest']}; "
            f"MAE without trees {one['mae_mean_of_formula']:.4f}; greatest relative difference of a mean "
            f"{one['difference']['max']:.1e}; Python takes {one['python_takes_times_as_long']['median']:.2f} times as "
            "long.")
    lines.append(f"Python: XGBoost {versions['xgboost']}, NumPy {versions['numpy']}; the same parameters and seed, two "
                 "threads that do not spin.")
    return lines


def night_lines(night, models):
    lines = table(["a night", f"median of {night['nights']}"], [
        ["players", night["players"]],
        ["forecasts", night["forecasts"]],
        ["forecasts, picks and the grid made, s", night["seconds"]["forecasts"]],
        ["written, s", night["seconds"]["write"]],
        ["from features to durable rows, s", night["seconds"]["from_features"]],
        ["the slowest of them, s", night["slowest"]],
        ["contexts and fold as well, s", night["seconds"]["total"]],
        ["peak memory, MiB", night["peak_rss_mib"]],
    ])
    passed = ", ".join(f"{model['market']} {model['gates_passed']} of {model['gates']}" for model in models["models"])
    lines.append(
        f"Models: {len(models['models'])} counts trained through {models['through']} with their trial in "
        f"{models['seconds']:.1f} s, peak memory {models['peak_rss_mib']:.0f} MiB; gates passed: {passed}.")
    return lines


def similarity_lines(similarity):
    return table(["similarity search", f"median of {similarity['nights']}"], [
        ["players", similarity["players"]],
        ["seasons, the newest under way", similarity["seasons"]],
        ["player games compared with", similarity["games_compared_with"]],
        ["memory of these, MiB", similarity["pool_mib"]],
        ["on one thread, s", similarity["seconds"]["one_thread"]],
        ["on two threads, s", similarity["seconds"]["two_threads"]],
    ])


def walk_lines(walk):
    return [
        *table(["walk-forward of points, once", seasons_text(walk["seasons"])], [
            ["dates", f"{walk['from']} to {walk['to']}"],
            ["game dates", walk["game_dates"]],
            [f"trainings, one in {walk['retrain_days']} days", walk["trainings"]],
            ["read all facts and conform them, s", walk["seconds"]["facts"]],
            *[[f"  {season['season']}, s", season["seconds"]] for season in walk["by_season"]],
            ["the walk and its report, s", walk["seconds"]["walk"]],
            ["all, s", walk["seconds"]["total"]],
            ["peak memory, MiB", walk["peak_rss_mib"]],
        ]),
        "",
        *table(["regular season, ten_prior_games", "n", "MAE", "bias of the mean", "CRPS", "coverage_80"], [
            [system["system"], system["n"], *[f"{system[key]:.4f}" for key in ("mae", "bias", "crps", "coverage_80")]]
            for system in walk["systems"]]),
        *([f"Leak alarms: {walk['alarms']}; tipoff evaluate says which."] if walk["alarms"] else []),
    ]


def lines(measured):
    """Each section after an empty line."""
    text = []
    if "training" in measured:
        text += ["", *training_lines(measured["training"])]
    if "night" in measured:
        text += ["", *night_lines(measured["night"], measured["models"])]
    if "similarity" in measured:
        text += ["", *similarity_lines(measured["similarity"])]
    if "walk_forward" in measured:
        text += ["", *walk_lines(measured["walk_forward"])]
    return text
