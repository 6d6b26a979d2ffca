// What the service says while it works (server-sent events), read through fetch because an
// EventSource cannot carry a token. A stream that ends or falls silent is opened again, after a
// wait that doubles from one second to thirty.

import { authorization } from "./client";

export interface ServerEvent {
    readonly name: string;
    readonly data: string;
}

export type StreamState = "connecting" | "live" | "waiting" | "refused" | "absent";

export interface Listener {
    onEvent(event: ServerEvent): void;
    onState(state: StreamState): void;
}

const waitFirstMs = 1_000;
const waitMostMs = 30_000;
/** The service gives a sign of life every 15 s; without one for so long the stream is dead. */
const silenceMostMs = 40_000;

/** Cuts a stream of text into events; what is not whole yet is kept for the next piece. */
export class EventParser {
    private rest = "";

    push(text: string): ServerEvent[] {
        const blocks = (this.rest + text).replaceAll("\r\n", "\n").split("\n\n");
        this.rest = blocks.pop() ?? "";
        return blocks.flatMap((block) => parseBlock(block) ?? []);
    }
}

function parseBlock(block: string): ServerEvent | null {
    let name = "message";
    const data: string[] = [];
    for (const line of block.split("\n")) {
        const colon = line.indexOf(":");
        if (colon <= 0) continue; // A comment: the sign of life.
        const value = line.slice(colon + 1).replace(/^ /, "");
        if (line.slice(0, colon) === "event") name = value;
        if (line.slice(0, colon) === "data") data.push(value);
    }
    return data.length === 0 ? null : { name, data: data.join("\n") };
}

/** Listens until the returned function is called. */
export function listen(url: string, listener: Listener): () => void {
    const ended = new AbortController();
    void keepListening(url, listener, ended.signal);
    return () => ended.abort();
}

async function keepListening(url: string, listener: Listener, ended: AbortSignal): Promise<void> {
    let waitMs = waitFirstMs;
    while (!ended.aborted) {
        listener.onState("connecting");
        const outcome = await readOnce(url, listener, ended);
        if (ended.aborted) return;
        if (outcome === "refused" || outcome === "absent") return listener.onState(outcome);
        if (outcome === "ended") waitMs = waitFirstMs;
        listener.onState("waiting");
        await pause(waitMs, ended);
        waitMs = Math.min(waitMs * 2, waitMostMs);
    }
}

type Outcome = "ended" | "unreached" | "refused" | "absent";

async function readOnce(url: string, listener: Listener, ended: AbortSignal): Promise<Outcome> {
    const silent = new AbortController();
    let timer = setTimeout(() => silent.abort(), silenceMostMs);
    const stop = () => silent.abort();
    ended.addEventListener("abort", stop, { once: true });
    let opened = false;
    try {
        const response = await fetch(url, {
            headers: { Accept: "text/event-stream", ...authorization() },
            cache: "no-store",
            signal: silent.signal,
        });
        if (response.status === 401 || response.status === 403) return "refused";
        if (response.status === 404) return "absent";
        if (!response.ok || response.body === null) return "unreached";
        opened = true;
        listener.onState("live");
        const parser = new EventParser();
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
            const { done, value } = await reader.read();
            if (done) return "ended";
            clearTimeout(timer);
            timer = setTimeout(() => silent.abort(), silenceMostMs);
            for (const event of parser.push(value)) listener.onEvent(event);
        }
    } catch {
        return opened ? "ended" : "unreached";
    } finally {
        clearTimeout(timer);
        ended.removeEventListener("abort", stop);
    }
}

function pause(ms: number, ended: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        ended.addEventListener("abort", () => {
            clearTimeout(timer);
            resolve();
        });
    });
}
