// Every page at three widths and in both themes: pictures to look at (build/web-screenshots), no
// finding of axe that is serious, nothing that makes the page scroll sideways.

import * as path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { root } from "./support/program";
import { expect, type Page, type Site, test } from "./support/test";

const widths = [390, 820, 1440] as const;
const themes = ["light", "dark"] as const;

interface Lined {
    player_id: number;
    player: string;
    line: number | null;
}

async function oneWithLine(site: Site): Promise<Lined> {
    const { rows } = await site.get<{ rows: Lined[] }>(
        `/v1/board?date=${site.home.day}&market=points`,
    );
    const row = rows.find((one) => one.line !== null);
    if (row === undefined) throw new Error("no line on the board");
    return row;
}

const pages: readonly {
    readonly name: string;
    readonly address: (site: Site) => Promise<string>;
    readonly ready: string;
}[] = [
    { name: "tonight", address: async () => "/tonight?lined=1", ready: "tr.entry .distribution" },
    {
        name: "tonight-open",
        address: async (site) => {
            const { player, player_id } = await oneWithLine(site);
            return `/tonight?q=${encodeURIComponent(player)}&open=${player_id}`;
        },
        ready: ".details .distribution",
    },
    { name: "players", address: async () => "/player?q=an", ready: "tbody tr" },
    {
        name: "player",
        address: async (site) => `/player/${(await oneWithLine(site)).player_id}`,
        ready: ".court-marks",
    },
    { name: "accuracy", address: async () => "/accuracy", ready: ".rates .point" },
    { name: "pipeline", address: async () => "/pipeline?step=collect", ready: ".facts" },
    { name: "datasets", address: async () => "/datasets", ready: "tbody tr" },
    { name: "token", address: async () => "/token", ready: "form" },
    { name: "empty", address: async () => "/tonight?date=2026-07-15", ready: ".state" },
];

async function sideways(page: Page): Promise<number> {
    return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

for (const { name, address, ready } of pages) {
    test(`${name} looks as it should`, async ({ page, site }) => {
        test.setTimeout(60_000);
        await page.goto(site.url + (await address(site)));
        await page.locator(ready).first().waitFor();
        for (const theme of themes) {
            await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
            for (const width of widths) {
                await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
                await page.locator(ready).first().waitFor({ state: "attached" });
                // What is drawn for its width is drawn again a moment after it changed.
                await expect
                    .poll(() => sideways(page), { message: `${width} px` })
                    .toBeLessThanOrEqual(0);
                await page.screenshot({
                    path: path.join(root, "build/web-screenshots", `${name}-${theme}-${width}.png`),
                    fullPage: name !== "tonight",
                });
            }
            const { violations } = await new AxeBuilder({ page })
                .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
                .analyze();
            const grave = violations.filter(
                ({ impact }) => impact === "serious" || impact === "critical",
            );
            expect(
                grave.map(
                    ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
                ),
                `${name}, ${theme}`,
            ).toEqual([]);
        }
    });
}

test("the theme switch changes the colours and is remembered", async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(`${site.url}/datasets`);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByTitle(/Colours/).click();
    await page.getByTitle(/Colours/).click();
    expect(await paper()).not.toBe(light);
    await page.reload();
    expect(await paper()).not.toBe(light);
});
