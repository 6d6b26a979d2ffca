// Every system beside the plain references that it has to beat.

import type { Accuracy, SystemAccuracy } from "../../api/types";
import {
    count,
    none,
    number,
    percent,
    signed,
    signedPercent,
    systemName,
    words,
} from "../../format";
import { readOrder, Table } from "../../ui/table";
import { RateText } from "./rate-text";

/** A system, or a plain reference that it has to beat. */
interface Line {
    readonly name: string;
    readonly system: SystemAccuracy | null;
    readonly n: number;
    readonly mae: number | null;
    readonly shared: number | null;
}

function linesOf(report: Accuracy): Line[] {
    return [
        ...report.systems.map((system) => ({
            name: systemName(system.system),
            system,
            n: system.n,
            mae: system.mae,
            shared: system.mae_shared,
        })),
        ...report.references.map((reference) => ({
            name: words(reference.name),
            system: null,
            n: reference.n,
            mae: reference.mae,
            shared: reference.mae_shared,
        })),
    ];
}

export function Overview({
    report,
    query,
}: {
    readonly report: Accuracy;
    readonly query: URLSearchParams;
}) {
    const lines = linesOf(report);
    const order = readOrder(query.get("sort"), "mae");
    return (
        <Table
            caption="Systems and references"
            rows={lines}
            rowKey={(line) => line.name}
            rowClass={(line) => (line.system === null ? "reference" : "")}
            order={order}
            parameter="sort"
            cards
            columns={[
                {
                    id: "name",
                    head: "System",
                    sortBy: (line) => line.name,
                    cell: (line) => (
                        <>
                            {line.name}
                            {line.system === null && <span class="badge">reference</span>}
                        </>
                    ),
                },
                {
                    id: "n",
                    head: "N",
                    title: "Player games that it forecast",
                    numeric: true,
                    sortBy: (line) => line.n,
                    cell: (line) => count(line.n),
                },
                {
                    id: "mae",
                    head: "Error",
                    title: "Mean absolute error",
                    numeric: true,
                    sortBy: (line) => line.mae,
                    cell: (line) => <strong>{number(line.mae, 2)}</strong>,
                },
                {
                    id: "shared",
                    head: "Error, shared",
                    title: "On the player games that every system forecast",
                    numeric: true,
                    wide: true,
                    sortBy: (line) => line.shared,
                    cell: (line) => number(line.shared, 2),
                },
                {
                    id: "ratio",
                    head: "To last ten",
                    title: "Error beside that of the mean of the last ten games, less than 1 is better",
                    numeric: true,
                    sortBy: (line) => line.system?.ratio_to_last_10 ?? null,
                    cell: (line) => number(line.system?.ratio_to_last_10, 3),
                },
                {
                    id: "line",
                    head: "With a line",
                    title: "Error where a line stood, and the line's own",
                    numeric: true,
                    sortBy: (line) => line.system?.lined.mae ?? null,
                    cell: (line) =>
                        line.system === null || line.system.lined.n === 0 ? (
                            none
                        ) : (
                            <>
                                {number(line.system.lined.mae, 2)}
                                <div class="sub">
                                    line {number(line.system.lined.line_mae, 2)} · N{" "}
                                    {count(line.system.lined.n)}
                                </div>
                            </>
                        ),
                },
                {
                    id: "bias",
                    head: "Bias",
                    numeric: true,
                    sortBy: (line) => line.system?.bias ?? null,
                    cell: (line) => signed(line.system?.bias, 2),
                },
                {
                    id: "crps",
                    head: "CRPS",
                    title: "Error of the whole distribution",
                    numeric: true,
                    sortBy: (line) => line.system?.crps ?? null,
                    cell: (line) => number(line.system?.crps, 2),
                },
                {
                    id: "c80",
                    head: "In 80%",
                    title: "Results within the interval that should hold 80%",
                    numeric: true,
                    sortBy: (line) => line.system?.coverage_80 ?? null,
                    cell: (line) => percent(line.system?.coverage_80, 1),
                },
                {
                    id: "c95",
                    head: "In 95%",
                    numeric: true,
                    sortBy: (line) => line.system?.coverage_95 ?? null,
                    cell: (line) => percent(line.system?.coverage_95, 1),
                },
                {
                    id: "brier",
                    head: "Brier",
                    title: "Of P(over), and of what the prices said",
                    numeric: true,
                    wide: true,
                    sortBy: (line) => line.system?.brier ?? null,
                    cell: (line) =>
                        line.system === null ? (
                            none
                        ) : (
                            <>
                                {number(line.system.brier, 4)}
                                {line.system.lined.price_brier !== null && (
                                    <div class="sub">
                                        prices {number(line.system.lined.price_brier, 4)}
                                    </div>
                                )}
                            </>
                        ),
                },
                {
                    id: "hit",
                    head: "Hit rate",
                    title: "Of the picks, with its 95% interval",
                    numeric: true,
                    sortBy: (line) => line.system?.hit_rate ?? null,
                    cell: ({ system }) =>
                        system === null ? (
                            none
                        ) : (
                            <RateText
                                rate={system.hit_rate}
                                low={system.hit_rate_low}
                                high={system.hit_rate_high}
                                n={system.picks}
                            />
                        ),
                },
                {
                    id: "roi",
                    head: "Return",
                    title: "A unit staked on every pick, at the prices that stood",
                    numeric: true,
                    sortBy: (line) => line.system?.roi ?? null,
                    cell: (line) => signedPercent(line.system?.roi),
                },
            ]}
        />
    );
}
