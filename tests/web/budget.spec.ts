// What the first view costs, and that the pages need nothing inline and nothing from elsewhere.

import type { Request } from "@playwright/test";
import { expect, test } from "./support/test";

const scriptMost = 100 * 1024;

test("the first view is under 100 KB of script, packed", async ({ page, site }) => {
    const scripts: Request[] = [];
    page.on("requestfinished", (request) => {
        if (request.url().endsWith(".js")) scripts.push(request);
    });
    await page.goto(`${site.url}/`);
    await page.locator("tr.entry").first().waitFor();
    expect(scripts.length).toBeGreaterThan(0);
    let bytes = 0;
    for (const script of scripts) bytes += (await script.sizes()).responseBodySize;
    test.info().annotations.push({ type: "script", description: `${bytes} bytes packed` });
    console.log(`first view: ${scripts.length} script, ${bytes} bytes packed`);
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
    const html = (await response?.text()) ?? "";
    expect(html).toContain("<script");
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
