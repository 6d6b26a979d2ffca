"""The part of the report on a season of documents: seconds from the archive to facts in memory."""

from tables import hold, spread, table

MOST_SECONDS = 20


def summary(runs):
    """By source, and the whole; documents and records are the same in every repeat."""
    by_source = [{**{key: lines[0][key] for key in ("source", "documents", "records")},
                  "seconds": spread(line["seconds"] for line in lines)}
                 for lines in zip(*(run["sources"] for run in runs))]
    return {"sources": by_source, "documents": runs[0]["documents"], "records": runs[0]["records"],
            "conform_seconds": spread(run["conform_seconds"] for run in runs),
            "seconds": spread(run["seconds"] for run in runs)}


def lines(measured):
    rows = [[one["source"], one["documents"], one["records"], one["seconds"]] for one in measured["sources"]]
    rows.append(["to facts in memory", "", "", measured["conform_seconds"]])
    rows.append(["in all", measured["documents"], measured["records"], measured["seconds"]])
    return table(["a season of documents", "documents", "records", "seconds"], rows)


def holds(measured):
    return [hold("a season of documents from the archive to facts", "s", MOST_SECONDS, measured["seconds"])]
