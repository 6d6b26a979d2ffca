// A value that pages watch. Small on purpose: a page's own state is in its address.

import { useLayoutEffect, useState } from "preact/hooks";

export interface Store<T> {
    get(): T;
    set(value: T): void;
    subscribe(onChange: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
    let value = initial;
    const watchers = new Set<() => void>();
    return {
        get: () => value,
        set(next) {
            if (Object.is(next, value)) return;
            value = next;
            for (const watcher of [...watchers]) watcher();
        },
        subscribe(onChange) {
            watchers.add(onChange);
            return () => watchers.delete(onChange);
        },
    };
}

export function useStore<T>(store: Store<T>): T {
    const [, draw] = useState(0);
    useLayoutEffect(() => {
        const before = store.get();
        const stop = store.subscribe(() => draw((n) => n + 1));
        if (!Object.is(before, store.get())) draw((n) => n + 1);
        return stop;
    }, [store]);
    return store.get();
}
