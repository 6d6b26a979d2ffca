// The pages as they were just built. The program has them in itself once it is built again; until
// then this serves the files beside it, by the same rules, and hands every other request on.

import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { root } from "./program";

const dist = path.join(root, "web/dist");
const types: Readonly<Record<string, string>> = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
};

/** As strict as it gets: nothing inline, nothing from elsewhere. */
const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Whether the program's own pages are the ones that were just built. */
export async function hasThesePages(url: string): Promise<boolean> {
    const response = await fetch(`${url}/`);
    return (
        response.ok &&
        (await response.text()) === fs.readFileSync(path.join(dist, "index.html"), "utf8")
    );
}

export interface Front {
    readonly url: string;
    stop(): Promise<void>;
}

function isPage(target: string): boolean {
    return !/^\/(v1\/|health|ready|metrics|openapi\.json|start|complete|status|batches)/.test(
        target,
    );
}

function sendFile(target: string, response: http.ServerResponse): void {
    const asset = target.startsWith("/assets/");
    const file = path.join(dist, asset ? path.normalize(target) : "index.html");
    if (!fs.existsSync(file)) {
        response.writeHead(404).end();
        return;
    }
    response.writeHead(200, {
        "Content-Type": types[path.extname(file)] ?? "application/octet-stream",
        "Content-Security-Policy": policy,
        "Cache-Control": asset ? "public, max-age=31536000, immutable" : "no-cache",
    });
    response.end(fs.readFileSync(file));
}

export async function frontOf(service: string): Promise<Front> {
    const server = http.createServer((request, response) => {
        const target = request.url ?? "/";
        if (isPage(target)) {
            sendFile(target.split("?")[0] ?? "/", response);
            return;
        }
        const onward = http.request(
            service + target,
            { method: request.method ?? "GET", headers: request.headers },
            (answer) => {
                response.writeHead(answer.statusCode ?? 502, answer.headers);
                answer.pipe(response);
            },
        );
        onward.on("error", () => response.destroy());
        response.on("close", () => onward.destroy());
        request.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop: () =>
            new Promise((resolve) => {
                server.closeAllConnections();
                server.close(() => resolve());
            }),
    };
}
