// What a page shows in place of data, or above it: nothing there, not there yet, older than it
// should be, refused. Each says what it is, why, and what can be done.

import type { ComponentChildren } from "preact";
import type { Problem } from "../api/types";
import { time } from "../format";
import { askAgain } from "../state/live";
import type { Resource } from "../state/resource";

export function Empty(props: { readonly title: string; readonly children?: ComponentChildren }) {
    return (
        <div class="state" role="status">
            <p class="state-title">{props.title}</p>
            {props.children && <div class="state-text">{props.children}</div>}
        </div>
    );
}

export function Faulty({ problem }: { readonly problem: Problem }) {
    return (
        <div class="state state-fault" role="alert">
            <p class="state-title">
                {problem.title}
                {problem.status > 0 && <span class="state-code"> {problem.status}</span>}
            </p>
            <div class="state-text">
                <p>{problem.detail}</p>
                {problem.hint && <p class="muted">{problem.hint}</p>}
            </div>
            <button type="button" onClick={askAgain}>
                Ask again
            </button>
        </div>
    );
}

/** Where the rows will be, in their height, so that nothing jumps when they come. */
export function Skeleton(props: { readonly rows?: number; readonly label: string }) {
    return (
        <div class="skeleton" role="status" aria-label={props.label}>
            {[...Array(props.rows ?? 8).keys()].map((row) => (
                <div class="skeleton-row" key={row} />
            ))}
        </div>
    );
}

export function StaleBar({ resource }: { readonly resource: Resource<unknown> }) {
    if (resource.problem === null || resource.value === null) return null;
    return (
        <div class="stale" role="status">
            <strong>Not the newest.</strong> This is what was known at{" "}
            {resource.receivedAt && time(resource.receivedAt)}: {resource.problem.detail}. It is
            asked for again every few seconds.
        </div>
    );
}

/** A resource as a part of a page: waiting, refused, or what `children` makes of it. */
export function Loaded<T>(props: {
    readonly resource: Resource<T>;
    readonly label: string;
    readonly rows?: number;
    readonly children: (value: T) => ComponentChildren;
}) {
    const { value, problem } = props.resource;
    if (value === null) {
        if (problem !== null) return <Faulty problem={problem} />;
        return <Skeleton label={`Loading ${props.label}`} rows={props.rows ?? 4} />;
    }
    return (
        <>
            <StaleBar resource={props.resource} />
            {props.children(value)}
        </>
    );
}
