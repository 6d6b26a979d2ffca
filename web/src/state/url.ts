// The address is the state: the page is its path, and every filter, order, date and selection is in
// its query. What is as it always is stays out, so that an address says what was chosen.

import { createStore, useStore } from "./store";

export interface Place {
    readonly path: string;
    readonly query: URLSearchParams;
}

function here(): Place {
    return { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
}

const place = createStore<Place>(here());
window.addEventListener("popstate", () => place.set(here()));

export type Change = Readonly<Record<string, string | number | null>>;

/** The address of `path` with `change` made to `query`; null takes a parameter out. */
export function addressOf(path: string, query: URLSearchParams, change: Change = {}): string {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) {
        if (value === null || value === "") next.delete(name);
        else next.set(name, String(value));
    }
    const text = next.toString();
    return text === "" ? path : `${path}?${text}`;
}

export function navigate(address: string, how: "push" | "replace" = "push"): void {
    if (how === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
    place.set(here());
}

/** Changes the query of the page that is shown. */
export function setQuery(change: Change, how: "push" | "replace" = "push"): void {
    const { path, query } = place.get();
    const next = addressOf(path, query, change);
    if (next !== addressOf(path, query)) navigate(next, how);
}

export function usePlace(): Place {
    return useStore(place);
}

/** A parameter that has one of few values; any other, and none, is the first. */
export function choice<const T extends string>(
    query: URLSearchParams,
    name: string,
    choices: readonly [T, ...T[]],
): T {
    const value = query.get(name);
    return choices.find((one) => one === value) ?? choices[0];
}
