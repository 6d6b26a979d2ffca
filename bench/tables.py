"""What the parts of the report are made of: medians of repeats, holds, and plain tables."""

import statistics


def spread(values):
    values = list(values)
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def hold(what, unit, limit, measured):
    """Judged by the median; nothing measured is not held."""
    verdict = "not measured" if measured is None else "held" if measured["median"] <= limit else "missed"
    return {"hold": what, "unit": unit, "limit": limit, "measured": measured, "verdict": verdict}


def number(value):
    if 0 < value < 0.0005:
        return f"{value:.1e}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def cell(value):
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, str):
        return value
    return f"{number(value['median'])} ({number(value['min'])}-{number(value['max'])})"


def table(header, rows):
    """Plain columns, as wide as they need; the first is text."""
    lines = [[cell(value) for value in row] for row in [header, *rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    return [("  ".join([line[0].ljust(widths[0]), *(part.rjust(width) for part, width in zip(line[1:], widths[1:]))])
             ).rstrip() for line in lines]


def seasons_text(count):
    return "1 season" if int(count) == 1 else f"{count} seasons"
