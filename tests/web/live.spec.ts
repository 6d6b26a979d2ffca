import { simulated } from "./support/homes";
import { run } from "./support/program";
import { expect, figure, openSite, type Site, test } from "./support/test";

// A service of its own: what it holds is changed.
let site: Site;

test.beforeAll(async () => {
    site = await openSite(simulated, "live");
});

test.afterAll(() => site.stop());

/** Notes his minutes at a moment of the day; the games of the day are forecast again. */
function note(player: string, minutes: number, time: string): void {
    const at = { ...site.home, now: `${site.home.day}T${time}Z` };
    run(at, "note", "--player", player, "--date", site.home.day, "minutes", String(minutes));
}

test("what is committed is on the page without loading it again", async ({ page }) => {
    await page.goto(`${site.url}/tonight?lined=1`);
    await expect(page.locator(".live")).toHaveAttribute("data-state", "live");
    const row = page.locator("tr.entry").first();
    const id = String(await row.getAttribute("data-player"));
    // A first live forecast for the next one to differ from.
    note(id, 30, "19:31:00");
    await expect(page.locator(`tr.entry[data-player="${id}"] .c-mean`)).toContainText("30 min");
    const own = page.locator(`tr.entry[data-player="${id}"]`);
    await expect(own.locator(".badge-moved")).toHaveCount(0);
    const before = await own.locator(".c-mean .changing").innerText();
    await page.evaluate(() => {
        (window as unknown as { untouched: boolean }).untouched = true;
    });

    note(id, 12, "19:40:00");

    await expect(own.locator(".badge-moved")).toBeVisible();
    await expect(own.locator(".c-mean .changing")).not.toHaveText(before);
    // From what it was to what it is.
    await expect(own.locator(".c-mean .was")).toContainText(`${before} →`);
    await page.getByLabel("Moved").check();
    await expect(page).toHaveURL(/moved=1/);
    await expect(own).toBeVisible();
    expect(
        await page.evaluate(() => (window as unknown as { untouched?: boolean }).untouched),
    ).toBe(true);
});

test("the pipeline shows a run that was done meanwhile", async ({ page }) => {
    await page.goto(`${site.url}/pipeline`);
    const rows = figure(page, "Runs").locator("tbody tr");
    await rows.first().waitFor();
    const before = await rows.count();
    run(site.home, "backfill", "--dates", "2026-01-30", "--only", "grades", "--force");
    await expect(rows).not.toHaveCount(before);
});

test("a service that went away is found again by itself", async ({ page, consoleWatch }) => {
    await page.goto(`${site.url}/tonight`);
    await expect(page.locator(".live")).toHaveAttribute("data-state", "live");
    await page.route("**/v1/events", (route) => route.abort());
    await page.reload();
    await expect(page.locator(".live")).toHaveAttribute("data-state", "waiting");
    await page.unroute("**/v1/events");
    await expect(page.locator(".live")).toHaveAttribute("data-state", "live");
    consoleWatch.length = 0;
});
