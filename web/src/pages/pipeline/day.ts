// What the day's steps left behind, from the lights of their tables and the runs: pure.

import type { Run, StepDeclaration, TableLights } from "../../api/operations";
import type { LightColour } from "../../ui/icons";

export const lightNames = ["job", "age", "completeness", "sanity"] as const;
export type LightName = (typeof lightNames)[number];

export interface Light {
    readonly colour: LightColour;
    readonly says: string;
}

/** "green: 10 h" as its colour and its words; nothing due is no light at all. */
export function readLight(text: string): Light {
    const [, colour = "", says = ""] = /^(\w+):?\s*(.*)$/.exec(text) ?? [];
    if (says === "nothing due" || says === "no rows") return { colour: "off", says };
    if (colour === "green" || colour === "yellow" || colour === "red") return { colour, says };
    return { colour: "off", says: text };
}

const severity: readonly LightColour[] = ["off", "green", "yellow", "red"];

/** The worst of a step's tables; the step is as good as that one. */
export function worst(tables: readonly TableLights[], name: LightName): LightColour {
    return tables
        .map((table) => readLight(table[name]).colour)
        .reduce(
            (a, b) => (severity.indexOf(b) > severity.indexOf(a) ? b : a),
            "off" as LightColour,
        );
}

export interface Node {
    readonly step: string;
    readonly tables: readonly TableLights[];
    readonly column: number;
    readonly after: readonly string[];
}

/** Steps with tables, each in the column after the last of those that it waits for. */
export function nodesOf(
    steps: readonly StepDeclaration[],
    lights: readonly TableLights[],
): readonly Node[] {
    const columns = new Map<string, number>();
    const nodes: Node[] = [];
    for (const { step, writes, after } of steps) {
        if (writes.length === 0) continue;
        const known = after.filter((one) => columns.has(one));
        const column = known.reduce((most, one) => Math.max(most, (columns.get(one) ?? 0) + 1), 0);
        columns.set(step, column);
        nodes.push({ step, column, after: known, tables: lights.filter((l) => l.step === step) });
    }
    return nodes;
}

function covers(run: Run, day: string): boolean {
    if (run.game_date !== null) return run.game_date === day;
    const [, from, to] = /(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})/.exec(run.scope) ?? [];
    return from !== undefined && to !== undefined && from <= day && day <= to;
}

const faults = new Set(["failed", "abandoned", "cancelled"]);

/** The run that a light speaks of: the newest of the day, one that failed before one that did not. */
export function runBehind(
    runs: readonly Run[],
    day: string,
    sources: readonly string[] = [],
): Run | null {
    const own =
        sources.length === 0
            ? runs
            : runs.filter((run) => sources.some((source) => run.scope.startsWith(source)));
    const ofDay = own.filter((run) => covers(run, day));
    return ofDay.find((run) => faults.has(run.state)) ?? ofDay[0] ?? own[0] ?? null;
}

export function secondsOf(run: Run): number | null {
    if (run.started_at === null || run.finished_at === null) return null;
    return (Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000;
}

export function colourOf(state: string): LightColour {
    if (faults.has(state)) return "red";
    if (["retry_wait", "degraded", "skipped"].includes(state)) return "yellow";
    return state === "succeeded" || state === "empty_ok" ? "green" : "off";
}
