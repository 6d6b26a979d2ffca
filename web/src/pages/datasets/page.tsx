// Whether each table is as new as it should be: when it was due, when it last came, when it is due
// next.

import { useRef } from "preact/hooks";
import type { Dataset } from "../../api/operations";
import { count, moment, none, words } from "../../format";
import { useKeys } from "../../state/keys";
import { useResource } from "../../state/resource";
import { setQuery, usePlace } from "../../state/url";
import { Asked } from "../../ui/as-of";
import { Search, Segmented } from "../../ui/controls";
import { Light, type LightColour } from "../../ui/icons";
import { Link } from "../../ui/link";
import { Empty, Loaded } from "../../ui/states";
import { type Column, readOrder, Table } from "../../ui/table";

const colours: Readonly<Record<string, LightColour>> = {
    fresh: "green",
    late: "yellow",
    failed: "red",
    never: "off",
    off_season: "off",
};
const stateOrder = ["failed", "late", "never", "off_season", "fresh"];

/** A line may break after the schema. */
function breakable(table: string) {
    const [schema, name] = table.split(".");
    return (
        <>
            {schema}.<wbr />
            {name}
        </>
    );
}

const columns: readonly Column<Dataset>[] = [
    {
        id: "table",
        head: "Table",
        sortBy: (one) => one.table,
        cell: (one) => (
            <>
                <code>{breakable(one.table)}</code>
                <div class="sub wrap">{one.source ?? words(one.step ?? "")}</div>
            </>
        ),
    },
    {
        id: "state",
        head: "State",
        sortBy: (one) => stateOrder.indexOf(one.state),
        cell: (one) => (
            <>
                <span class="light-cell">
                    <Light colour={colours[one.state] ?? "off"} label={one.table} />{" "}
                    {one.last_run === null ? (
                        words(one.state)
                    ) : (
                        <Link
                            href={`/pipeline?run=${encodeURIComponent(one.last_run.run_id)}`}
                            title={`The last run: ${words(one.last_run.state).toLowerCase()}`}
                        >
                            {words(one.state)}
                        </Link>
                    )}
                </span>
                <div class="sub wrap why">{one.why}</div>
            </>
        ),
    },
    {
        id: "due",
        head: "Should have come",
        numeric: true,
        sortBy: (one) => one.should_update_at,
        cell: (one) => moment(one.should_update_at),
    },
    {
        id: "success",
        head: "Last came",
        numeric: true,
        sortBy: (one) => one.last_success_at,
        cell: (one) => moment(one.last_success_at),
    },
    {
        id: "change",
        head: "Last changed",
        numeric: true,
        wide: true,
        sortBy: (one) => one.last_change_at,
        cell: (one) => moment(one.last_change_at),
    },
    {
        id: "next",
        head: "Next",
        numeric: true,
        sortBy: (one) => one.next_update_at,
        cell: (one) => moment(one.next_update_at),
    },
    {
        id: "rows",
        head: "Rows",
        numeric: true,
        wide: true,
        sortBy: (one) => one.rows,
        cell: (one) => count(one.rows),
    },
    {
        id: "schedule",
        head: "Schedule",
        wide: true,
        cell: (one) =>
            one.schedule === null ? (
                none
            ) : (
                <details class="schedule">
                    <summary>{one.jobs.map(words).join(", ")}</summary>
                    {one.schedule.split("; ").map((job) => (
                        <div class="sub wrap" key={job}>
                            {job}
                        </div>
                    ))}
                </details>
            ),
    },
];

export function Datasets() {
    const { query } = usePlace();
    const datasets = useResource<{ readonly datasets: readonly Dataset[] }>("/v1/datasets");
    const searchRef = useRef<HTMLInputElement>(null);
    useKeys({
        title: "Datasets",
        bindings: [{ keys: ["/"], does: "Search tables", run: () => searchRef.current?.select() }],
    });
    const state = query.get("state") ?? "";
    const text = (query.get("q") ?? "").toLowerCase();
    const order = readOrder(query.get("sort"), "state");
    return (
        <>
            <div class="page-head">
                <h1>Datasets</h1>
                <span class="page-head-end">
                    <Asked at={datasets.receivedAt} />
                </span>
            </div>
            <Loaded resource={datasets} label="datasets" rows={12}>
                {({ datasets: all }) => {
                    const shown = all.filter(
                        (one) =>
                            (state === "" || one.state === state) &&
                            `${one.table} ${one.source ?? ""}`.toLowerCase().includes(text),
                    );
                    const of = (one: string) => all.filter((set) => set.state === one).length;
                    return (
                        <>
                            <div class="filters">
                                <Search
                                    label="Search tables"
                                    value={query.get("q") ?? ""}
                                    inputRef={searchRef}
                                    onSearch={(q) => setQuery({ q }, "replace")}
                                />
                                <Segmented
                                    label="State"
                                    value={state}
                                    options={[
                                        { value: "", label: `All ${all.length}` },
                                        ...stateOrder.map((one) => ({
                                            value: one,
                                            label: `${words(one)} ${of(one)}`,
                                        })),
                                    ]}
                                    onChoose={(one) => setQuery({ state: one })}
                                />
                            </div>
                            {shown.length === 0 ? (
                                <Empty
                                    title={
                                        all.length === 0 ? "No tables are watched" : "No table fits"
                                    }
                                />
                            ) : (
                                <Table
                                    caption="Datasets"
                                    columns={columns}
                                    rows={shown}
                                    rowKey={(one) => one.table}
                                    order={order}
                                    parameter="sort"
                                    cards
                                />
                            )}
                        </>
                    );
                }}
            </Loaded>
        </>
    );
}
