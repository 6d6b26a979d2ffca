"""The part of the report on reading documents: MB/s of each source's largest recording, from bytes to records."""

from tables import hold, spread, table

MB = 1e6
HELD_BYTES = 100_000  # below that what a reading costs whatever its size counts most
MOST_NS_A_BYTE = 5  # 200 MB/s


def rate(line, seconds):
    return line["bytes"] / MB / line["seconds"][seconds]


def summary(runs):
    """By source. The medians of the repeats; each is a median of many readings."""
    by_source = []
    for lines in zip(*(run["sources"] for run in runs)):
        first = {key: value for key, value in lines[0].items() if key != "seconds"}
        by_source.append({**first, "mb_a_second": spread(rate(line, "median") for line in lines),
                          "ns_a_byte": spread(1e9 * line["seconds"]["median"] / line["bytes"] for line in lines)})
    return {"sources": by_source}


def lines(measured):
    rows = [[one["source"], one["format"], one["bytes"], one["records"], one["mb_a_second"]]
            for one in sorted(measured["sources"], key=lambda one: (one["format"], -one["bytes"]))]
    return table(["largest recording of", "format", "bytes", "records", "MB/s"], rows)


def holds(measured):
    large = [one["ns_a_byte"] for one in measured["sources"]
             if one["format"] == "json" and one["bytes"] >= HELD_BYTES]
    slowest = max(large, key=lambda one: one["median"], default=None)
    return [hold("JSON of 100 kB and more from bytes to records, the slowest source", "ns a byte", MOST_NS_A_BYTE,
                 slowest)]
