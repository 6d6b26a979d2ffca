// A document that a page shows. It is asked for when the page opens, when its address changes, and
// when the service says that the data did. While a newer one is under way, or cannot be had, the
// last one stays on the page and is marked.

import { useEffect, useRef, useState } from "preact/hooks";
import { concernsToken, get } from "../api/client";
import type { Problem } from "../api/types";
import { dataVersion } from "./live";
import { refusal } from "./session";
import { useStore } from "./store";

export interface Resource<T> {
    /** The newest that is known for this address. */
    readonly value: T | null;
    /** When it came, by this machine's clock. */
    readonly receivedAt: Date | null;
    /** Why there is no newer one. With a value: what is shown is stale. */
    readonly problem: Problem | null;
    readonly asking: boolean;
}

interface Held<T> extends Resource<T> {
    readonly url: string | null;
}

const nothing = { value: null, receivedAt: null, problem: null } as const;
const retryMs = 5_000;

/** `url` null asks for nothing: something that it depends on is not known yet. */
export function useResource<T>(url: string | null): Resource<T> {
    const version = useStore(dataVersion);
    const [held, setHeld] = useState<Held<T>>({ ...nothing, url, asking: url !== null });
    const [tries, setTries] = useState(0);
    const shown = useRef(held);
    shown.current = held;

    useEffect(() => {
        if (url === null) {
            setHeld({ ...nothing, url, asking: false });
            return;
        }
        const abandoned = new AbortController();
        let retry: ReturnType<typeof setTimeout> | undefined;
        const before = shown.current.url === url ? shown.current : nothing;
        setHeld({ ...before, url, asking: true });
        get<T>(url, abandoned.signal).then(
            (answer) => {
                if (abandoned.signal.aborted) return;
                if (answer.ok) {
                    const { value } = answer;
                    setHeld({ url, value, receivedAt: new Date(), problem: null, asking: false });
                    return;
                }
                setHeld({ ...before, url, problem: answer.problem, asking: false });
                if (concernsToken(answer.problem)) refusal.set(answer.problem);
                else if (worthAnotherTry(answer.problem)) {
                    retry = setTimeout(() => setTries((n) => n + 1), retryMs);
                }
            },
            () => {}, // Abandoned: another address is shown by now.
        );
        return () => {
            abandoned.abort();
            clearTimeout(retry);
        };
    }, [url, version, tries]);

    return held.url === url ? held : { ...nothing, asking: url !== null };
}

/** What another try may mend: no answer, too much at once, a fault; not what cannot be asked. */
function worthAnotherTry(problem: Problem): boolean {
    return problem.status === 0 || problem.status === 429 || problem.status >= 500;
}
