// The one place that asks the service. What goes wrong is a value: a problem document as the
// service wrote it, or one of the same form for an answer that never came.

import { readToken } from "./token";
import type { Problem } from "./types";

export type Answer<T> =
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly problem: Problem };

export type Parameters = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The status of a problem that is not the service's: it could not be reached. */
export const unreachable = 0;

/** `path` with those parameters that say something, always in the same order. */
export function address(path: string, parameters: Parameters = {}): string {
    const query = new URLSearchParams();
    for (const name of Object.keys(parameters).sort()) {
        const value = parameters[name];
        if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
    }
    const text = query.toString();
    return text === "" ? path : `${path}?${text}`;
}

export function authorization(token: string | null = readToken()): Record<string, string> {
    return token === null ? {} : { Authorization: `Bearer ${token}` };
}

/** Whether a problem is about who asks rather than what was asked. */
export function concernsToken(problem: Problem): boolean {
    return problem.status === 401 || problem.status === 403;
}

async function problemOf(response: Response): Promise<Problem> {
    const fallback = {
        status: response.status,
        title: response.statusText || "Refused",
        detail: `the service answered with ${response.status}`,
    };
    if (!response.headers.get("Content-Type")?.includes("json")) return fallback;
    const document = await response.json().catch(() => null);
    return { ...fallback, ...(document as Partial<Problem> | null) };
}

/** Asks for a document. ETags are the browser's business: what is not newer comes from its cache. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<Answer<T>> {
    try {
        const response = await fetch(url, {
            headers: { Accept: "application/json", ...authorization() },
            signal: signal ?? null,
        });
        if (!response.ok) return { ok: false, problem: await problemOf(response) };
        return { ok: true, value: (await response.json()) as T };
    } catch (error) {
        if (signal?.aborted) throw error;
        return {
            ok: false,
            problem: {
                status: unreachable,
                title: "No answer",
                detail: "the service does not answer",
                hint: "is `tipoff serve` running?",
            },
        };
    }
}

/** Whether the service takes a token, before it is kept. */
export async function tryToken(token: string): Promise<Problem | null> {
    try {
        const response = await fetch("/v1/alerts?limit=1", {
            headers: authorization(token),
            cache: "no-store",
        });
        return response.ok ? null : await problemOf(response);
    } catch {
        return { status: unreachable, title: "No answer", detail: "the service does not answer" };
    }
}
