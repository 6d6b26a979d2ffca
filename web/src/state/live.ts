// What the service says by itself: that the data changed, that a run or a batch has come further.
// Pages then ask again; what has not changed for them costs an empty answer.

import { listen, type StreamState } from "../api/events";
import { readToken } from "../api/token";
import { refusal } from "./session";
import { createStore } from "./store";

export const stream = createStore<StreamState>("connecting");

/** Counts up whenever the data is another one: what a page holds is then asked for again. */
export const dataVersion = createStore(0);

/** Changes that come in one go are one: a batch commits several times. */
const settleMs = 200;

let stop: (() => void) | null = null;
let settling: ReturnType<typeof setTimeout> | undefined;
let known: string | null = null;

function changed(data: string): void {
    if (data === known) return;
    const first = known === null;
    known = data;
    if (first) return; // The present version, said on connecting: pages have just asked.
    ask();
}

function ask(): void {
    clearTimeout(settling);
    settling = setTimeout(askAgain, settleMs);
}

/** Listens from now on, with the token as it is now. */
export function goLive(): void {
    stop?.();
    stop = listen("/v1/events", {
        onState(state) {
            stream.set(state);
            // Without a token the page that is shown is refused as well, in better words.
            if (state === "refused" && readToken() !== null && refusal.get() === null) {
                refusal.set({
                    status: 401,
                    title: "Unauthorized",
                    detail: "the token is no longer taken",
                });
            }
        },
        onEvent(event) {
            if (event.name === "changed") changed(event.data);
            else ask();
        },
    });
}

export function askAgain(): void {
    dataVersion.set(dataVersion.get() + 1);
}

// Back from a sleep or a lost network: what is shown may be old.
window.addEventListener("online", askAgain);
