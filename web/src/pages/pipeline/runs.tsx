import type { Run } from "../../api/operations";
import { count, dayShort, duration, moment, words } from "../../format";
import { addressOf, setQuery, usePlace } from "../../state/url";
import { Select } from "../../ui/controls";
import { Figure } from "../../ui/figure";
import { Link } from "../../ui/link";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";
import { secondsOf } from "./day";
import { RunPanel, StateText } from "./run";

const any = "";
const states = [
    "running",
    "succeeded",
    "failed",
    "abandoned",
    "retry_wait",
    "degraded",
    "empty_ok",
    "skipped",
    "planned",
    "ready",
    "cancelled",
] as const;

/** A run's seconds as a bar beside those of the others. */
function Took(props: { readonly seconds: number | null; readonly most: number }) {
    if (props.seconds === null) return <span class="muted">not over</span>;
    return (
        <>
            {duration(props.seconds)}
            <svg class="took" viewBox="0 0 64 4" width="64" height="4" aria-hidden="true">
                <rect
                    class="bar"
                    width={Math.max(1, (64 * props.seconds) / Math.max(props.most, 0.001))}
                    height="4"
                />
            </svg>
        </>
    );
}

export function Runs(props: {
    readonly runs: readonly Run[];
    readonly query: URLSearchParams;
    readonly steps: readonly string[];
    /** No step is chosen, which would show the run itself. */
    readonly alone: boolean;
}) {
    const { runs, query } = props;
    const { path } = usePlace();
    const most = Math.max(0, ...runs.map((run) => secondsOf(run) ?? 0));
    const runId = query.get("run");
    return (
        <div class="panel-column">
            {props.alone && runId !== null && <RunPanel runId={runId} key={runId} />}
            <Figure
                title="Runs"
                says={`The newest ${count(runs.length)}, with how long they took.`}
            >
                <div class="filters">
                    <Select
                        label="Step"
                        value={query.get("step") ?? any}
                        options={[
                            { value: any, label: "All" },
                            ...props.steps.map((step) => ({ value: step, label: words(step) })),
                        ]}
                        onChoose={(step) => setQuery({ step, run: null })}
                    />
                    <Select
                        label="State"
                        value={query.get("state") ?? any}
                        options={[
                            { value: any as string, label: "All" },
                            ...states.map((state) => ({
                                value: state as string,
                                label: words(state),
                            })),
                        ]}
                        onChoose={(state) => setQuery({ state, run: null })}
                    />
                </div>
                {runs.length === 0 ? (
                    <Empty title="No run is on record">
                        <p>
                            {query.get("state") || query.get("step")
                                ? "None of this kind."
                                : "The schedule plans them; tipoff run --date today is a day in one go."}
                        </p>
                    </Empty>
                ) : (
                    <div class="tall">
                        <Table
                            caption="Runs"
                            rows={runs}
                            rowKey={(run) => run.run_id}
                            cards
                            rowClass={(run) => (run.run_id === runId ? "leads" : "")}
                            columns={[
                                {
                                    id: "run",
                                    head: "Run",
                                    cell: (run) => (
                                        <>
                                            <Link
                                                href={addressOf(path, query, { run: run.run_id })}
                                            >
                                                {words(run.step)}
                                            </Link>
                                            <div class="sub wrap">{run.scope}</div>
                                        </>
                                    ),
                                },
                                {
                                    id: "state",
                                    head: "State",
                                    cell: (run) => (
                                        <>
                                            <StateText state={run.state} />
                                            {run.reason && (
                                                <div class="sub wrap">{words(run.reason)}</div>
                                            )}
                                        </>
                                    ),
                                },
                                {
                                    id: "started",
                                    head: "Started",
                                    numeric: true,
                                    cell: (run) => (
                                        <>
                                            {moment(run.started_at ?? run.planned_at)}
                                            <div class="sub">
                                                {run.game_date ? dayShort(run.game_date) : ""}
                                            </div>
                                        </>
                                    ),
                                },
                                {
                                    id: "took",
                                    head: "Took",
                                    numeric: true,
                                    cell: (run) => <Took seconds={secondsOf(run)} most={most} />,
                                },
                                {
                                    id: "rows",
                                    head: "Rows",
                                    numeric: true,
                                    wide: true,
                                    cell: (run) => count(run.rows),
                                },
                            ]}
                        />
                    </div>
                )}
            </Figure>
        </div>
    );
}
