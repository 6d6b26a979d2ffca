// What every test has at hand: a service on a home of its own, the pages, the API's own answers,
// and a watch over the browser's console.

import * as path from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { hasRealData, real, simulated } from "./homes";
import { type Home, root, type Service, serve } from "./program";

export interface Site {
    /** Where the pages are. */
    readonly url: string;
    readonly home: Home;
    readonly service: Service;
    /** The API's answer to a path, as anyone would get it. */
    get<T>(path: string): Promise<T>;
    stop(): Promise<void>;
}

export async function openSite(home: Home, name: string, openToAll = true): Promise<Site> {
    const copy = path.join(root, "build/web-homes", `serving-${name}-${process.pid}`);
    const service = await serve(home, copy, openToAll);
    return {
        url: service.url,
        home: service.home,
        service,
        async get(target) {
            const response = await fetch(service.url + target);
            if (!response.ok) throw new Error(`${target}: ${response.status}`);
            return response.json();
        },
        stop: () => service.stop(),
    };
}

interface WorkerThings {
    readonly site: Site;
    readonly realSite: Site | null;
}

interface Things {
    readonly consoleWatch: string[];
}

export const test = base.extend<Things, WorkerThings>({
    site: [
        async ({}, use) => {
            const site = await openSite(simulated, "simulated");
            await use(site);
            await site.stop();
        },
        { scope: "worker", timeout: 90_000 },
    ],
    realSite: [
        async ({}, use) => {
            const site = hasRealData ? await openSite(real, "real") : null;
            await use(site);
            await site?.stop();
        },
        { scope: "worker", timeout: 90_000 },
    ],
    // What the browser complains of fails the test, unless the test takes it out of the list.
    consoleWatch: [
        async ({ page }, use) => {
            const said: string[] = [];
            page.on("console", (message) => {
                if (message.type() === "error" || message.type() === "warning")
                    said.push(`${message.text()} (${message.location().url})`);
            });
            page.on("pageerror", (error) => said.push(String(error)));
            await use(said);
            expect(said, "what the browser complained of").toEqual([]);
        },
        { auto: true },
    ],
});

export { expect, type Page };

/** The text of the cells of a row, as it is read: spaces are one, signs are plain. */
export async function cells(page: Page, row: string): Promise<string[]> {
    const texts = await page.locator(`${row} > *`).allInnerTexts();
    return texts.map((text) => text.replaceAll("−", "-").replace(/\s+/g, " ").trim());
}

/** A figure by its title. */
export function figure(page: Page, title: string | RegExp) {
    return page.locator("figure", { has: page.locator(".figure-title", { hasText: title }) });
}
