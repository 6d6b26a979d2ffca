// What the first view costs, and that the pages need nothing inline and nothing from elsewhere.

import * as fs from "node:fs";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./support/program";
import { expect, test } from "./support/test";

const dist = path.join(root, "web/dist");
const scriptMost = 100 * 1024;

test("the first view is under 100 KB of script, packed", async ({ page, site }) => {
    const scripts = new Set<string>();
    page.on("response", (response) => {
        const name = new URL(response.url()).pathname;
        if (name.endsWith(".js")) scripts.add(name);
    });
    await page.goto(`${site.url}/`);
    await page.locator("tr.entry").first().waitFor();
    expect(scripts.size).toBeGreaterThan(0);
    const bytes = [...scripts]
        .map((name) => gzipSync(fs.readFileSync(path.join(dist, name)), { level: 9 }).length)
        .reduce((sum, size) => sum + size, 0);
    test.info().annotations.push({ type: "script", description: `${bytes} bytes packed` });
    console.log(`first view: ${scripts.size} script, ${bytes} bytes packed`);
    expect(bytes).toBeLessThan(scriptMost);
});

test("other pages come when they are opened", async ({ page, site }) => {
    const scripts: string[] = [];
    await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();
    page.on("response", (response) => {
        if (response.url().endsWith(".js")) scripts.push(response.url());
    });
    await page.getByRole("link", { name: "Datasets" }).click();
    await page.locator("h1", { hasText: "Datasets" }).waitFor();
    expect(scripts.length).toBeGreaterThan(0);
});

test("nothing is inline and nothing comes from elsewhere", async ({ page, site }) => {
    const asked = new Set<string>();
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    const response = await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();
    expect([...asked]).toEqual([new URL(site.url).origin]);
    const policy = (await response?.headerValue("content-security-policy")) ?? "";
    expect(policy).toContain("default-src");
    expect(policy).not.toContain("unsafe");
    const html = fs.readFileSync(path.join(dist, "index.html"), "utf8");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=/);
});

test("how soon it can be used, said and not judged", async ({ page, site }) => {
    await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();
    const times: number[] = [];
    for (let i = 0; i < 3; ++i) {
        await page.reload({ waitUntil: "commit" });
        await page.locator("tr.entry").first().waitFor();
        times.push(await page.evaluate(() => performance.now()));
    }
    console.log(`interactive after ${times.map((ms) => ms.toFixed(0)).join(", ")} ms on loopback`);
    expect(times).toHaveLength(3);
});
