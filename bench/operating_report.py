"""The part of the report on operating: transitions of runs, upkeep, a day with nothing to do, and the status of a date."""

import statistics

from tables import hold, spread, table

IN_GROUPS, ONE_BY_ONE = 1500, 800  # transitions a second
DAY_MS = STATUS_MS = 50
UPKEEP_MIB = 1024
WAYS = {
    "start_and_finish": "one by one: a run started and finished",
    "planned_start_and_finish": "one by one: a planned run started and finished",
    "move": "one by one: a row moved",
}


def rates(transitions):
    """By what is measured, in the order of the table."""
    return {**{f"in groups of {rows}": rate for rows, rate in transitions["groups"].items()},
            **{text: transitions["one_by_one"][way] for way, text in WAYS.items()}}


def ledger_summary(runs):
    histories = []
    for lines in zip(*(run["histories"] for run in runs)):
        found = [rates(line["transitions_a_second"]) for line in lines]
        histories.append({"runs": lines[0]["runs"],
                          "transitions_a_second": {name: spread(one[name] for one in found) for name in found[0]}})
    return {"histories": histories}


def milliseconds(items, *path):
    """The median of one repeat."""
    values = []
    for item in items:
        for key in path:
            item = item[key]
        values.append(1000 * item)
    return statistics.median(values)


def days_summary(runs):
    last = runs[0]["days"][-1]
    return {"days": len(runs[0]["days"]), "runs": last["again"]["runs"],
            # Later repeats find the day done.
            "first_ms": milliseconds(runs[0]["days"], "first", "seconds"),
            "again_ms": spread(milliseconds(run["days"], "again", "seconds") for run in runs)}


def summary(repeats):
    """Stages that were not asked for are not in it."""
    def of(stage):
        return [one[stage] for one in repeats]

    measured = {}
    if "ledger" in repeats[0]:
        measured["ledger"] = ledger_summary(of("ledger"))
    if "upkeep" in repeats[0]:
        measured["upkeep"] = {
            **{key: repeats[0]["upkeep"][key] for key in ("runs_before", "runs_after", "folded", "expired")},
            "seconds": spread(run["seconds"] for run in of("upkeep")),
            "peak_rss_mib": spread(run["peak_rss_mib"] for run in of("upkeep"))}
    if "day-graph" in repeats[0]:
        measured["day_graph"] = {"seasons": repeats[0]["day-graph"]["derived"]["seasons"],
                                 "derived": days_summary([run["derived"] for run in of("day-graph")]),
                                 "collected": days_summary([run["collected"] for run in of("day-graph")])}
    if "status" in repeats[0]:
        measured["status"] = {"seasons": repeats[0]["status"]["seasons"], "dates": len(repeats[0]["status"]["dates"]),
                              "ms": spread(milliseconds(run["dates"], "seconds") for run in of("status")),
                              "slowest_ms": spread(1000 * max(date["seconds"] for date in run["dates"])
                                                   for run in of("status"))}
    return measured


def words(states):
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items()))


def lines(measured):
    text = []
    if "ledger" in measured:
        histories = measured["ledger"]["histories"]
        text += ["", *table(["durable transitions a second, runs in the ledger",
                             *(f"{one['runs']:,}" for one in histories)],
                            [[name, *(one["transitions_a_second"][name] for one in histories)]
                             for name in histories[0]["transitions_a_second"]])]
    if "upkeep" in measured:
        one = measured["upkeep"]
        text += ["", *table(["upkeep of the run history", "measured"], [
            ["runs before", one["runs_before"]], ["folded", one["folded"]], ["expired", one["expired"]],
            ["runs after", one["runs_after"]], ["s", one["seconds"]], ["peak memory, MiB", one["peak_rss_mib"]]])]
    if "day_graph" in measured:
        one = measured["day_graph"]
        text += ["", *table(["a day's graph", "the first time, ms", "again, ms", "again: its runs"], [
            [name, part["first_ms"], part["again_ms"], words(part["runs"])]
            for name, part in ((f"derived, home of {one['seasons']} seasons", one["derived"]),
                               ("collected and derived, simulated league", one["collected"]))])]
    if "status" in measured:
        one = measured["status"]
        text += ["", *table(["status of a date", "measured"], [
            ["seasons in the home", one["seasons"]], ["dates", one["dates"]], ["median date, ms", one["ms"]],
            ["slowest date, ms", one["slowest_ms"]]])]
    return text


def microseconds_a_transition(measured, is_wanted):
    """Of the slowest way; holds have an upper limit."""
    found = [rate for one in measured["histories"] for name, rate in one["transitions_a_second"].items()
             if is_wanted(name)]
    slowest = min(found, key=lambda rate: rate["median"])
    return {"median": 1e6 / slowest["median"], "min": 1e6 / slowest["max"], "max": 1e6 / slowest["min"]}


def holds(measured):
    found = []
    if "ledger" in measured:
        for text, rate, is_wanted in (
                ("in groups", IN_GROUPS, lambda name: name.startswith("in groups")),
                ("one by one", ONE_BY_ONE, lambda name: name.startswith("one by one"))):
            found.append(hold(f"a durable transition {text} ({rate:,} a second), the slowest way", "us",
                              round(1e6 / rate), microseconds_a_transition(measured["ledger"], is_wanted)))
    if "upkeep" in measured:
        found.append(hold("upkeep's peak memory", "MiB", UPKEEP_MIB, measured["upkeep"]["peak_rss_mib"]))
    if "day_graph" in measured:
        slower = max((measured["day_graph"][part]["again_ms"] for part in ("derived", "collected")),
                     key=lambda one: one["median"])
        found.append(hold("a day's graph with nothing to do, the slower of two homes", "ms", DAY_MS, slower))
    if "status" in measured:
        found.append(hold("status of a date", "ms", STATUS_MS, measured["status"]["ms"]))
    return found
