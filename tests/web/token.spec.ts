import { simulated } from "./support/homes";
import { run } from "./support/program";
import { expect, openSite, type Site, test } from "./support/test";

// A service that asks for a token, as one that is not on this machine does.
let guarded: Site;

test.beforeAll(async () => {
    guarded = await openSite(simulated, "guarded", false);
});

test.afterAll(() => guarded.stop());

const refusals = (said: string[]) => said.filter((one) => !/\b(401|403|429)\b/.test(one));

test("a token is asked for, a wrong one refused, a good one taken, a revoked one asked for again", async ({
    page,
    consoleWatch,
}) => {
    await page.goto(`${guarded.url}/tonight?lined=1`);
    await expect(page.getByText("This service asks for a token.")).toBeVisible();
    await expect(page).toHaveURL(/\/token\?next=/);

    const field = page.getByLabel("Token with scope read");
    await field.fill("tipoff_nobody_knowsthis");
    await page.getByRole("button", { name: "Use this token" }).click();
    await expect(page.getByText("The token was refused.")).toBeVisible();

    const made = JSON.parse(
        run(guarded.home, "token", "create", "--scope", "read", "--format", "json"),
    ) as { id: string; token: string };
    await field.fill(made.token);
    await page.getByRole("button", { name: "Use this token" }).click();
    await expect(page).toHaveURL(/\/tonight\?lined=1/);
    await expect(page.locator("tr.entry").first()).toBeVisible();
    await expect(page.locator(".live")).toHaveAttribute("data-state", "live");

    // For this tab alone, as it was chosen.
    expect(await page.evaluate(() => localStorage.getItem("tipoff.token"))).toBeNull();
    expect(await page.evaluate(() => sessionStorage.getItem("tipoff.token"))).toBe(made.token);
    await page.reload();
    await expect(page.locator("tr.entry").first()).toBeVisible();

    run(guarded.home, "token", "revoke", made.id);
    await page.getByRole("link", { name: "Accuracy" }).click();
    await expect(page.getByText("The token was refused.")).toBeVisible();
    await expect(page).toHaveURL(/next=%2Faccuracy/);
    expect(refusals(consoleWatch)).toEqual([]);
    consoleWatch.length = 0;
});

test("a token is kept on the device when that was chosen, and forgotten when asked", async ({
    page,
    context,
    consoleWatch,
}) => {
    const made = JSON.parse(
        run(guarded.home, "token", "create", "--scope", "read", "--format", "json"),
    ) as { token: string };
    await page.goto(`${guarded.url}/token`);
    await page.getByLabel("Token with scope read").fill(made.token);
    await page.getByLabel("on this device").check();
    await page.getByRole("button", { name: "Use this token" }).click();
    await expect(page.locator("tr.entry").first()).toBeVisible();
    const other = await context.newPage();
    await other.goto(`${guarded.url}/tonight`);
    await expect(other.locator("tr.entry").first()).toBeVisible();
    await other.goto(`${guarded.url}/token`);
    await other.getByRole("button", { name: "Forget" }).click();
    await other.goto(`${guarded.url}/tonight`);
    await expect(other).toHaveURL(/\/token/);
    consoleWatch.length = 0;
});

test("a link from elsewhere cannot lead away from the dashboard", async ({
    page,
    consoleWatch,
}) => {
    const made = JSON.parse(
        run(guarded.home, "token", "create", "--scope", "read", "--format", "json"),
    ) as { token: string };
    await page.goto(`${guarded.url}/token?next=${encodeURIComponent("//example.com/")}`);
    await page.getByLabel("Token with scope read").fill(made.token);
    await page.getByRole("button", { name: "Use this token" }).click();
    await expect(page).toHaveURL(`${guarded.url}/tonight`);
    consoleWatch.length = 0;
});
