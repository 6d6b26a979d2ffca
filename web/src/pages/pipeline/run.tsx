// One run: what it was for, how it ended and why, and the documents that it read.

import type { Run, RunDocument } from "../../api/operations";
import { bytes, count, duration, moment, none, words } from "../../format";
import { useResource } from "../../state/resource";
import { setQuery } from "../../state/url";
import { Figure } from "../../ui/figure";
import { Light } from "../../ui/icons";
import { Loaded } from "../../ui/states";
import { Table } from "../../ui/table";
import { colourOf, secondsOf } from "./day";

interface RunAnswer {
    readonly run: Run;
    readonly documents?: readonly RunDocument[];
}

export function StateText({ state }: { readonly state: string }) {
    return (
        <span class={`run-state run-${state}`}>
            <Light colour={colourOf(state)} label="Run" /> {words(state)}
        </span>
    );
}

/** The last part of a document's address says which one it is. */
function shortKey(key: string): string {
    return key.replace(/^https?:\/\/[^/]+/, "");
}

function Documents({ documents }: { readonly documents: readonly RunDocument[] }) {
    if (documents.length === 0) {
        return <p class="figure-note">This run read no documents of upstreams.</p>;
    }
    return (
        <div class="tall">
            <Table
                caption="Documents of the run"
                rows={documents}
                rowKey={(document) => `${document.key}.${document.fetched_at}`}
                columns={[
                    {
                        id: "key",
                        head: "Document",
                        cell: (document) => (
                            <>
                                {document.source}
                                <code class="sub wrap" title={document.hash ?? ""}>
                                    {shortKey(document.key)}
                                </code>
                            </>
                        ),
                    },
                    {
                        id: "at",
                        head: "Fetched",
                        numeric: true,
                        cell: (document) => moment(document.fetched_at),
                    },
                    {
                        id: "outcome",
                        head: "Outcome",
                        cell: (document) => (
                            <>
                                {document.outcome ? words(document.outcome) : none}
                                <div class="sub">{document.status ?? ""}</div>
                            </>
                        ),
                    },
                    {
                        id: "bytes",
                        head: "Size",
                        numeric: true,
                        cell: (document) => bytes(document.bytes),
                    },
                ]}
            />
        </div>
    );
}

function Fact(props: { readonly name: string; readonly value: string | null }) {
    if (props.value === null || props.value === none || props.value === "") return null;
    return (
        <div>
            <dt>{props.name}</dt>
            <dd>{props.value}</dd>
        </div>
    );
}

export function RunPanel({ runId }: { readonly runId: string }) {
    const answer = useResource<RunAnswer>(`/v1/runs/${encodeURIComponent(runId)}`);
    return (
        <Loaded resource={answer} label={`run ${runId}`} rows={4}>
            {({ run, documents }) => (
                <Figure title={`Run ${run.run_id}`} says={`${words(run.step)}: ${run.scope}`}>
                    <div class="run-head">
                        <StateText state={run.state} />
                        {run.reason && (
                            <span
                                class={
                                    colourOf(run.state) === "red" ? "badge badge-fault" : "badge"
                                }
                            >
                                {words(run.reason)}
                            </span>
                        )}
                        <button
                            type="button"
                            class="quiet"
                            onClick={() => setQuery({ run: null, step: null }, "replace")}
                        >
                            Close
                        </button>
                    </div>
                    {run.detail && <p class="run-detail">{run.detail}</p>}
                    <dl class="facts">
                        <Fact name="Started" value={moment(run.started_at)} />
                        <Fact name="Took" value={duration(secondsOf(run))} />
                        <Fact name="Attempt" value={String(run.attempt)} />
                        <Fact name="Rows" value={count(run.rows)} />
                        <Fact name="Merges" value={count(run.merges)} />
                        <Fact name="Job" value={run.job ?? null} />
                        <Fact name="Waits for" value={run.waits_for ?? null} />
                        <Fact
                            name="Not before"
                            value={run.not_before ? moment(run.not_before) : null}
                        />
                    </dl>
                    {documents && <Documents documents={documents} />}
                </Figure>
            )}
        </Loaded>
    );
}
