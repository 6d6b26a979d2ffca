// The day as the program does it: what each step left behind, what ran, what is missing and why.

import { useMemo } from "preact/hooks";
import { address } from "../../api/client";
import type { Alert, Coverage, DayStatus, Run, StepDeclaration } from "../../api/operations";
import { DayGraph } from "../../charts/day-graph";
import { count, dayLong, moment } from "../../format";
import { useKeys } from "../../state/keys";
import { useResource } from "../../state/resource";
import { addressOf, setQuery, usePlace } from "../../state/url";
import { Asked } from "../../ui/as-of";
import { DayChoice } from "../../ui/controls";
import { Figure } from "../../ui/figure";
import { useMedia } from "../../ui/media";
import { ScrollFrame } from "../../ui/scroll";
import { Empty, Loaded } from "../../ui/states";
import { CoveragePanel } from "./coverage";
import { lightNames, nodesOf, readLight } from "./day";
import { Runs } from "./runs";
import { StepPanel } from "./step";

function lightsInWords(status: DayStatus): string {
    const all = status.lights.flatMap((table) => lightNames.map((name) => readLight(table[name])));
    const of = (colour: string) => all.filter((light) => light.colour === colour).length;
    return `${count(status.games)} games; of ${count(all.length)} lights ${of("green")} are good, ${of(
        "yellow",
    )} worth a look, ${of("red")} faults, the others not due`;
}

function Alerts({ alerts }: { readonly alerts: readonly Alert[] }) {
    if (alerts.length === 0) return null;
    return (
        <section aria-label="Open alerts">
            {alerts.map((alert) => (
                <div
                    key={alert.signature}
                    class={alert.severity === "error" ? "notice notice-fault" : "stale"}
                >
                    <strong>{alert.title}</strong>{" "}
                    <span class="muted">
                        {alert.severity}, since {moment(alert.first_raised_at)}
                        {alert.times_raised > 1 ? `, ${alert.times_raised} times` : ""}
                    </span>
                </div>
            ))}
        </section>
    );
}

export function Pipeline() {
    const { path, query } = usePlace();
    const date = query.get("date");
    const day = date ?? "today";
    const step = query.get("step");
    const wide = useMedia("(min-width: 1320px)");
    const narrow = useMedia("(max-width: 799px)");
    const status = useResource<DayStatus>(address("/v1/status", { date: day }));
    const steps = useResource<{ readonly steps: readonly StepDeclaration[] }>("/v1/steps");
    const coverage = useResource<Coverage>(
        address("/v1/coverage", { date: day, detailed: true, market: query.get("market") }),
    );
    const alerts = useResource<{ readonly alerts: readonly Alert[] }>("/v1/alerts?state=open");
    const runs = useResource<{ readonly runs: readonly Run[] }>(
        address("/v1/runs", { limit: 100, step, state: query.get("state") }),
    );
    useKeys({
        title: "Pipeline",
        bindings: [
            {
                keys: ["Escape"],
                does: "Close the run, then the step",
                run: () => setQuery(query.has("run") ? { run: null } : { step: null }, "replace"),
            },
        ],
    });
    const nodes = useMemo(
        () => nodesOf(steps.value?.steps ?? [], status.value?.lights ?? []),
        [steps.value, status.value],
    );
    const shownDay = status.value?.date ?? null;
    const chosen = nodes.find((node) => node.step === step) ?? null;
    const sources = steps.value?.steps.flatMap((one) => one.sources ?? []) ?? [];
    return (
        <>
            <div class="page-head">
                <h1>Pipeline</h1>
                <DayChoice
                    value={date}
                    shown={shownDay ?? date}
                    onChoose={(one) => setQuery({ date: one, run: null })}
                />
                <span class="page-head-end">
                    <Asked at={status.receivedAt} />
                </span>
            </div>
            {alerts.value && <Alerts alerts={alerts.value.alerts} />}
            <Loaded resource={status} label="the day's lights" rows={3}>
                {(value) => (
                    <Loaded resource={steps} label="the steps" rows={3}>
                        {() => (
                            <Figure title={dayLong(value.date)} says={`${lightsInWords(value)}.`}>
                                {nodes.length === 0 ? (
                                    <Empty title="No step has left anything for this day" />
                                ) : (
                                    <ScrollFrame class="plot-frame" label="Steps of the day">
                                        <DayGraph
                                            nodes={nodes}
                                            chosen={step}
                                            lie={wide ? "wide" : narrow ? "upright" : "close"}
                                            label={`Steps of ${dayLong(value.date)}`}
                                            hrefOf={(one) =>
                                                addressOf(path, query, {
                                                    step: one === step ? null : one,
                                                    run: null,
                                                })
                                            }
                                        />
                                    </ScrollFrame>
                                )}
                            </Figure>
                        )}
                    </Loaded>
                )}
            </Loaded>
            {chosen !== null && shownDay !== null && (
                <StepPanel
                    node={chosen}
                    day={shownDay}
                    sources={sources}
                    runs={runs.value?.runs ?? []}
                    runId={query.get("run")}
                />
            )}
            <div class="panels">
                <Loaded resource={coverage} label="coverage" rows={5}>
                    {(value) => <CoveragePanel coverage={value} market={query.get("market")} />}
                </Loaded>
                <Loaded resource={runs} label="runs" rows={8}>
                    {(value) => (
                        <Runs
                            runs={value.runs}
                            query={query}
                            steps={steps.value?.steps.map((one) => one.step) ?? []}
                            alone={chosen === null}
                        />
                    )}
                </Loaded>
            </div>
        </>
    );
}
