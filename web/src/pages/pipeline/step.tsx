// A step closely: its tables with their lights and findings, and the run behind them.

import type { Run, SourceDeclaration, TableLights } from "../../api/operations";
import { words } from "../../format";
import { addressOf, usePlace } from "../../state/url";
import { Figure } from "../../ui/figure";
import { Light } from "../../ui/icons";
import { Link } from "../../ui/link";
import { Empty } from "../../ui/states";
import { type Column, Table } from "../../ui/table";
import { lightNames, type Node, readLight, runBehind } from "./day";
import { RunPanel } from "./run";

const heads = { job: "Job", age: "Age", completeness: "Complete", sanity: "Sane" } as const;

export function StepPanel(props: {
    readonly node: Node;
    readonly day: string;
    readonly sources: readonly SourceDeclaration[];
    readonly runs: readonly Run[];
    readonly runId: string | null;
}) {
    const { node, day, runs } = props;
    const { path, query } = usePlace();
    const sourcesOf = (table: string) =>
        props.sources.filter((source) => source.writes.includes(table)).map(({ source }) => source);
    const behind = (table: TableLights) => runBehind(runs, day, sourcesOf(table.table));
    const columns: Column<TableLights>[] = [
        {
            id: "table",
            head: "Table",
            cell: (table) => <code>{table.table}</code>,
        },
        ...lightNames.map((name) => ({
            id: name,
            head: heads[name],
            cell: (table: TableLights) => {
                const light = readLight(table[name]);
                const run = behind(table);
                const mark = <Light colour={light.colour} label={heads[name]} />;
                return (
                    <span class={`light-cell ${light.says.length < 24 ? "light-short" : ""}`}>
                        {run !== null && (light.colour === "red" || light.colour === "yellow") ? (
                            <Link
                                href={addressOf(path, query, { run: run.run_id })}
                                title={`The run behind it: ${run.run_id}`}
                            >
                                {mark} {light.says}
                            </Link>
                        ) : (
                            <>
                                {mark} {light.says}
                            </>
                        )}
                    </span>
                );
            },
        })),
    ];
    const worstTable =
        node.tables.find((table) =>
            lightNames.some((name) => readLight(table[name]).colour === "red"),
        ) ?? node.tables[0];
    const runId = props.runId ?? (worstTable && behind(worstTable)?.run_id) ?? null;
    const findings = node.tables.flatMap((table) =>
        table.findings.map((finding) => ({ table: table.table, ...finding })),
    );
    return (
        <div class="panels step-panels">
            <Figure
                title={words(node.step)}
                says="Each table by itself. A light that is not green leads to the run behind it."
            >
                {node.tables.length === 0 ? (
                    <Empty title="No table of this step is watched on this day" />
                ) : (
                    <Table
                        caption={`Lights of ${node.step}`}
                        columns={columns}
                        rows={node.tables}
                        rowKey={(table) => table.table}
                        cards
                    />
                )}
                {findings.length > 0 && (
                    <ul class="findings">
                        {findings.map((finding) => (
                            <li key={`${finding.table}.${finding.column}`}>
                                <Light
                                    colour={finding.light === "red" ? "red" : "yellow"}
                                    label={finding.column || finding.table}
                                />{" "}
                                <code>
                                    {finding.table}
                                    {finding.column && `.${finding.column}`}
                                </code>{" "}
                                {finding.says}
                            </li>
                        ))}
                    </ul>
                )}
            </Figure>
            {runId === null ? (
                <Empty title="No run of this step is on record">
                    <p>It has not been due yet, or its runs are older than they are kept.</p>
                </Empty>
            ) : (
                <RunPanel runId={runId} key={runId} />
            )}
        </div>
    );
}
