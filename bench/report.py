"""What bench/run reports: the pipeline and pandas beside its fold, what learning costs, and the holds."""

import json
import os
import pathlib
import platform
import statistics
import subprocess

import archive_report
import learning_report
import operating_report
import parse_report
import queue_report
from tables import hold, seasons_text, spread, table

MIB = 1024
HELD_SEASONS = 8
BUSY_SHARE = 0.25  # of the cores, by others, before the first stage
STAGES = ("conform", "fold", "forecasts", "grades", "write")
DATE_WAYS = {
    "earlier": "one date, earlier than the last one run",
    "next": "one date, the next one",
    "unchanged": "one date, rows stored already",
}


def machine(tipoff):
    """Where the numbers are from; to be asked before the first stage."""
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    version = json.loads(subprocess.run([tipoff, "version", "--format", "json"],
                                        capture_output=True, text=True, check=True).stdout)
    engines = {engine["engine"]: engine["version"] for engine in version["engines"]}
    return {
        "cpu": models[0] if models else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "kernel": platform.release(),
        "duckdb": engines.get("DuckDB"),
        "compiler": f"GCC {engines['GCC']}" if "GCC" in engines else None,
        "commit": version["commit"],
        # What others run here. Later it would be our own work.
        "load_before": round(os.getloadavg()[0], 2),
    }


def cost(backfill):
    """Microseconds a player game by the clock on the wall, without reading the facts and folding what came before the
    range. The stages may overlap: their sum is not what a user waits for."""
    return 1e6 * backfill["seconds"]["backfill"]["total"] / backfill["player_games"]


def from_facts(backfill):
    """Seconds from stored facts to everything written, as `tipoff backfill` needs them but for its digest."""
    seconds = backfill["seconds"]
    return seconds["facts"] + seconds["history"]["total"] + seconds["backfill"]["total"]


def whole_fold(backfill):
    return backfill["seconds"]["history"]["fold"] + backfill["seconds"]["backfill"]["fold"]


def date_seconds(backfill, way):
    """The median date of one repeat."""
    return statistics.median(date["seconds"]["total"] for date in backfill["single_dates"][way])


def backfill_summary(runs):
    first = runs[0]
    dates = {way: spread([date_seconds(run, way) for run in runs])
             for way in DATE_WAYS if first["single_dates"].get(way)}
    slowest = [max(date["seconds"]["total"] for way in dates for date in run["single_dates"][way]) for run in runs]
    return {
        **{key: first[key] for key in ("from", "to", "game_dates", "player_games", "forecasts", "features", "merges")},
        "digests_agree": len({run["digest"] for run in runs}) == 1,
        "seconds": {
            "facts": spread([run["seconds"]["facts"] for run in runs]),
            "history": spread([run["seconds"]["history"]["total"] for run in runs]),
            **{stage: spread([run["seconds"]["backfill"][stage] for run in runs]) for stage in STAGES},
            "backfill": spread([run["seconds"]["backfill"]["total"] for run in runs]),
            "from_facts_to_written": spread([from_facts(run) for run in runs]),
            "whole_fold": spread([whole_fold(run) for run in runs]),
            "digest": spread([run["seconds"]["digest"] for run in runs]),
        },
        "microseconds_a_player_game": spread([cost(run) for run in runs]),
        "microseconds_a_player_game_by_season": {
            season["season"]: spread([1e6 * run["by_season"][i]["seconds"] / season["player_games"] for run in runs])
            for i, season in enumerate(first["by_season"])},
        "peak_rss_mib": spread([run["peak_rss_mib"] for run in runs]),
        "single_dates": dates,
        "slowest_date": spread(slowest) if dates else None,
    }


def pandas_summary(runs, backfills):
    """Pandas makes fewer features of fewer rows, so values a second stand beside the seconds."""
    first = runs[0]
    ours = [run["features"] * run["player_games"] / run["seconds"]["backfill"]["fold"] for run in backfills]
    theirs = [run["features"] * run["player_games"] / run["seconds"]["features"] for run in runs]
    return {
        **{key: first[key] for key in ("pandas", "numpy", "player_games", "features")},
        "seconds": {part: spread([run["seconds"][part] for run in runs]) for part in ("read", "features")},
        "values_a_second": spread(theirs),
        "fold_values_a_second": spread(ours),
        "fold_is_faster_by_seconds": spread(
            [run["seconds"]["features"] / other["seconds"]["backfill"]["fold"] for run, other in zip(runs, backfills)]),
        "fold_is_faster_by_value": spread([our / their for our, their in zip(ours, theirs)]),
        "peak_rss_mib": spread([run["peak_rss_mib"] for run in runs]),
    }


def flatness(backfills):
    """The largest departure, in percent, of a player game's cost from its cost in the fewest seasons."""
    fewest, *others = sorted(backfills)
    if not others:
        return None
    return spread([max(100 * abs(cost(backfills[count][i]) / cost(one) - 1) for count in others)
                   for i, one in enumerate(backfills[fewest])])


def pipeline_holds(imports, backfills, summaries):
    eight = summaries.get(HELD_SEASONS)
    dates = max(eight["single_dates"].values(), key=lambda way: way["median"], default=None) if eight else None
    peaks = None
    if eight:
        peaks = spread([max(one["peak_rss_mib"], run["peak_rss_mib"])
                        for one, run in zip(imports, backfills[HELD_SEASONS])])
    import_seconds = import_peak = None
    if eight:
        import_seconds = spread([one["seconds"]["total"] for one in imports])
        import_peak = spread([one["peak_rss_mib"] for one in imports])
    return [
        hold("import of eight seasons", "s", 20, import_seconds),
        hold("import's peak memory", "MiB", MIB, import_peak),
        hold("fold of eight seasons", "s", 1, eight and eight["seconds"]["whole_fold"]),
        hold("backfill of eight seasons from stored facts", "s", 20,
             eight and eight["seconds"]["from_facts_to_written"]),
        hold("one date inside eight seasons, the slowest of three ways", "s", 0.3, dates),
        hold("peak memory of all", "MiB", MIB, peaks),
        hold("cost of a player game, from 1 to 8 seasons", "% off", 10, flatness(backfills) if eight else None),
    ]


def pipeline_summary(repeats, checked):
    """The document's part of the pipeline, and its holds."""
    counts = list(repeats[0]["backfill"])
    imports = [one["import"] for one in repeats]
    backfills = {count: [one["backfill"][count] for one in repeats] for count in counts}
    pandas = {count: [one["pandas"][count] for one in repeats] for count in counts}
    summaries = {count: backfill_summary(backfills[count]) for count in counts}
    document = {
        "import": {
            **{key: imports[0][key] for key in ("files", "rows_read", "rows_kept", "rows_rejected", "merges")},
            "seconds": {part: spread([one["seconds"][part] for one in imports])
                        for part in ("read", "resolve", "write", "total")},
            "peak_rss_mib": spread([one["peak_rss_mib"] for one in imports]),
        },
        "backfill": {str(count): one for count, one in summaries.items()},
        "pandas": {str(count): pandas_summary(pandas[count], backfills[count]) for count in counts},
        "pandas_check": checked,
    }
    return document, pipeline_holds(imports, backfills, summaries)


def summary(where, data, repeats, checked, once):
    """The report's document. `repeats` is a list of what bench/run measured each time, `once` what it measured once
    in all. Stages that were not asked for are not in it."""
    pipeline, holds = pipeline_summary(repeats, checked) if "backfill" in repeats[0] else ({}, [])
    learning = learning_report.summary(repeats, once)
    parse = {"parse": parse_report.summary([one["parse"] for one in repeats])} if "parse" in repeats[0] else {}
    if parse:
        holds = holds + parse_report.holds(parse["parse"])
    archive = {"archive": archive_report.summary([one["archive"] for one in repeats])} if "archive" in repeats[0] else {}
    if archive:
        holds = holds + archive_report.holds(archive["archive"])
    queue = {"queue": queue_report.summary([one["queue"] for one in repeats])} if "queue" in repeats[0] else {}
    if queue:
        holds = holds + queue_report.holds(queue["queue"])
    operating = operating_report.summary(repeats)
    holds = holds + operating_report.holds(operating)
    return {"machine": where, "data": data, "repeats": len(repeats), **pipeline, **learning, **parse, **archive,
            **queue, **operating,
            "holds": holds + learning_report.holds(learning)}


def stage_rows(backfills):
    def row(name, *path):
        values = []
        for one in backfills.values():
            for key in path:
                one = one.get(key, {})
            values.append(one or None)
        return [name, *values]

    return [
        row("player games", "player_games"),
        row("forecasts", "forecasts"),
        row("merges", "merges"),
        row("read all facts and conform them, s", "seconds", "facts"),
        row("what came before the range, s", "seconds", "history"),
        row("conform: contexts, s", "seconds", "conform"),
        row("fold, s", "seconds", "fold"),
        row("forecasts, s", "seconds", "forecasts"),
        row("grades, s", "seconds", "grades"),
        row("write, s", "seconds", "write"),
        row("all of these, by the wall clock, s", "seconds", "backfill"),
        row("from stored facts to written, s", "seconds", "from_facts_to_written"),
        row("digest of all derived tables, s", "seconds", "digest"),
        row("a player game, microseconds", "microseconds_a_player_game"),
        row("peak memory, MiB", "peak_rss_mib"),
        *[row(text + ", s", "single_dates", way) for way, text in DATE_WAYS.items()],
        row("the slowest date of all, s", "slowest_date"),
    ]


def pandas_rows(pandas):
    return [
        ["player games", *[one["player_games"] for one in pandas.values()]],
        ["features", *[one["features"] for one in pandas.values()]],
        ["read the box scores, s", *[one["seconds"]["read"] for one in pandas.values()]],
        ["make the features, s", *[one["seconds"]["features"] for one in pandas.values()]],
        ["the fold is faster, in seconds", *[one["fold_is_faster_by_seconds"] for one in pandas.values()]],
        ["the fold is faster, by value", *[one["fold_is_faster_by_value"] for one in pandas.values()]],
        ["peak memory, MiB", *[one["peak_rss_mib"] for one in pandas.values()]],
    ]


def growth_lines(backfills):
    """How a player game's cost goes as the tables fill, season after season of the longest backfill."""
    longest = backfills[max(backfills, key=int)]["microseconds_a_player_game_by_season"]
    if len(longest) < 2:
        return []
    return ["", *table(["season of the longest, with its commit", "microseconds a player game"], list(longest.items()))]


def check_lines(check):
    if check is None:
        return ["Values were not compared: that needs all seasons of the data (--seasons)."]
    lines = [f"{check['columns_equal']} of {check['columns']} features equal the feature store within rounding "
             f"({check['player_games']:,} player games, {check['values']:,} values)."]
    for name, column in check["by_column"].items():
        if column["different"]:
            lines.append(f"  {name}: {column['different']} differ, first {column['first_difference']}")
    return lines


def pipeline_lines(measured):
    imported = measured["import"]
    counts = [seasons_text(count) for count in measured["backfill"]]
    any_pandas = next(iter(measured["pandas"].values()))
    any_backfill = next(iter(measured["backfill"].values()))
    return [
        "",
        *table(["import", "measured"], [
            ["files", imported["files"]], ["rows read", imported["rows_read"]],
            *[[f"{part}, s", imported["seconds"][part]] for part in ("read", "resolve", "write", "total")],
            ["peak memory, MiB", imported["peak_rss_mib"]]]),
        "",
        *table(["backfill of the newest", *counts], stage_rows(measured["backfill"])),
        *growth_lines(measured["backfill"]),
        "",
        *table([f"pandas {any_pandas['pandas']}", *counts], pandas_rows(measured["pandas"])),
        f"pandas makes {any_pandas['features']} features of players who played, the fold {any_backfill['features']} of "
        "all expected, with lineage and fingerprints.",
        *check_lines(measured["pandas_check"]),
    ]


def as_text(measured):
    where = measured["machine"]
    holds_rows = [[one["hold"], f"{one['limit']} {one['unit']}", one["measured"], one["verdict"]]
                  for one in measured["holds"]]
    lines = [
        f"tipoff {where['commit']}, {where['compiler']}, DuckDB {where['duckdb']}",
        f"{where['cpu']}, {where['cores']} cores, {where['memory_gib']} GiB, Linux {where['kernel']}, "
        f"load {where['load_before']} before",
        f"{measured['data']}; median (least-greatest) of {measured['repeats']}",
        *(pipeline_lines(measured) if "backfill" in measured else []),
        *learning_report.lines(measured),
        *(["", *parse_report.lines(measured["parse"])] if "parse" in measured else []),
        *(["", *archive_report.lines(measured["archive"])] if "archive" in measured else []),
        *(["", *queue_report.lines(measured["queue"])] if "queue" in measured else []),
        *operating_report.lines(measured),
        "",
        *table(["hold", "limit", "measured", "verdict"], holds_rows),
    ]
    if where["load_before"] > BUSY_SHARE * where["cores"]:
        lines.append(f"The machine was busy before ({where['load_before']} of {where['cores']} cores): take the "
                     "seconds as upper bounds.")
    if not all(one["digests_agree"] for one in measured.get("backfill", {}).values()):
        lines.append("The digests of the repeats differ: the same facts gave other rows. That is a defect.")
    return "\n".join(lines)
