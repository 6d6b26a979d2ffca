// The program under test: run once, or serving until it is stopped.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";

export const root = path.resolve(__dirname, "../../..");

export function binary(): string {
    const given = process.env.TIPOFF_BINARY ?? path.join(root, "build/release/bin/tipoff");
    if (!fs.existsSync(given)) throw new Error(`there is no program at ${given}`);
    return path.resolve(given);
}

/** The league's clock of a home: a moment before the first game of its last day. */
export interface Home {
    readonly folder: string;
    readonly now: string;
    readonly day: string;
}

/** What the program prints; a failure says what it said. */
export function run(home: Home | null, ...args: readonly string[]): string {
    const place = home === null ? [] : ["--home", home.folder, "--now", home.now];
    return execFileSync(binary(), [...place, ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        maxBuffer: 64 * 1024 * 1024,
    });
}

export interface Service {
    readonly url: string;
    readonly home: Home;
    stop(): Promise<void>;
}

/** Serves a copy of `home`, which another service may hold at the same time. */
export async function serve(home: Home, copy: string, openToAll: boolean): Promise<Service> {
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync(home.folder, copy, { recursive: true });
    const own = { ...home, folder: copy };
    const config = `${copy}.yaml`;
    fs.writeFileSync(config, `serve:\n  loopback_reads_without_token: ${openToAll}\n`);
    const child = spawn(
        binary(),
        [
            ...["--home", copy, "--now", home.now, "--config", config],
            ...["serve", "--listen", "127.0.0.1:0", "--without-schedule"],
        ],
        { stdio: ["ignore", "pipe", "pipe"] },
    );
    const url = await listeningAt(child);
    return {
        url,
        home: own,
        async stop() {
            const ended = once(child, "exit");
            child.kill("SIGTERM");
            await ended;
            fs.rmSync(copy, { recursive: true, force: true });
            fs.rmSync(config, { force: true });
        },
    };
}

function listeningAt(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
        let said = "";
        const hear = (data: Buffer) => {
            said += data.toString();
            const url = /listening on (http:\/\/\S+)/.exec(said)?.[1];
            if (url !== undefined) resolve(url);
        };
        child.stdout?.on("data", hear);
        child.stderr?.on("data", hear);
        child.once("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
    });
}
