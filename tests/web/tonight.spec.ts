import type { Site } from "./support/test";
import { cells, expect, type Page, test } from "./support/test";

interface Row {
    player_id: number;
    player: string;
    team: string;
    game_id: string;
    system: string;
    book: string | null;
    line: number | null;
    mean: number;
    sd: number;
    p_over: number | null;
    edge: number | null;
    ev: number | null;
    grade: string;
    over_price: number | null;
    under_price: number | null;
    recommendation: string | null;
    reason: string | null;
}

interface Board {
    rows: Row[];
    games: {
        game_id: string;
        home: string;
        away: string;
        spread: number | null;
        total: number | null;
    }[];
    recent: Record<string, { points: number }[]>;
}

const board = (site: Site, market = "points") =>
    site.get<Board>(`/v1/board?date=${site.home.day}&market=${market}&recent=10`);

/** The row that leads for a player: his best paid line by the ensemble. */
function leads(rows: Row[], system = "ensemble_v1"): Map<number, Row> {
    const best = new Map<number, Row>();
    for (const row of rows.filter((one) => one.system === system)) {
        const held = best.get(row.player_id);
        if (held === undefined || (row.ev ?? -9) > (held.ev ?? -9)) best.set(row.player_id, row);
    }
    return best;
}

async function shown(page: Page): Promise<number[]> {
    const ids = await page
        .locator("tr.entry")
        .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.player)));
    return ids;
}

test("each row says what the board says", async ({ page, site }) => {
    await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();
    const { rows, games, recent } = await board(site);
    const lead = leads(rows);
    expect(await shown(page)).toHaveLength(lead.size);
    for (const id of (await shown(page)).slice(0, 12)) {
        const row = lead.get(id) as Row;
        const text = await cells(page, `tr.entry[data-player="${id}"]`);
        expect(text[0]).toContain(row.player);
        expect(text[1]).toContain(row.mean.toFixed(1));
        expect(text[3]).toContain(String(row.line));
        expect(text[3]).toContain(`${Number(row.over_price) > 0 ? "+" : ""}${row.over_price}`);
        expect(text[4]).toContain(`${(Number(row.p_over) * 100).toFixed(0)}%`);
        expect(text[5]).toContain(`${(Number(row.edge) * 100).toFixed(1)}%`);
        const games = (recent[String(id)] ?? []).filter((one) => one.points !== null);
        const over = games.filter((one) => one.points > Number(row.line)).length;
        expect(text[6]).toBe(`${over}/${games.length}`);
        expect(text[7]).toBe(row.grade);
        expect(text[8]).toContain(row.recommendation);
        expect(text[8]).toContain(row.reason);
    }
    await expect(page.locator(".game")).toHaveCount(games.length);
    for (const [i, game] of games.entries()) {
        const card = page.locator(".game").nth(i);
        await expect(card).toContainText(game.home);
        await expect(card).toContainText(game.away);
        if (game.total !== null) await expect(card).toContainText(`total ${game.total}`);
    }
});

test("the distribution's two masses are the chances on each side of the line", async ({
    page,
    site,
}) => {
    await page.goto(`${site.url}/tonight?lined=1`);
    const picture = page.locator("tr.entry .distribution").first();
    const shares = await picture.evaluate((svg) => {
        const area = (path: SVGPathElement | null) => {
            // The outline as its own numbers: the area between it and the axis.
            const points = [
                ...(path?.getAttribute("d") ?? "").matchAll(/(-?[\d.]+),(-?[\d.]+)/g),
            ].map((m) => [Number(m[1]), Number(m[2])] as const);
            return Math.abs(
                points.reduce((sum, [x, y], i) => {
                    const [nextX, nextY] = points[(i + 1) % points.length] ?? [0, 0];
                    return sum + x * nextY - nextX * y;
                }, 0) / 2,
            );
        };
        const under = area(svg.querySelector(".mass-under"));
        const over = area(svg.querySelector(".mass-over"));
        return over / (under + over);
    });
    const first = (await shown(page))[0] as number;
    const row = leads((await board(site)).rows).get(first) as Row;
    expect(Math.abs(shares - Number(row.p_over))).toBeLessThan(0.02);
    await expect(picture.locator(".tick")).toHaveCount(5);
});

test("filters narrow the board to what fits, and the address says so", async ({ page, site }) => {
    const lead = [...leads((await board(site)).rows).values()];
    await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();

    await page.getByRole("group", { name: "Pick" }).getByRole("button", { name: "OVER" }).click();
    await expect(page).toHaveURL(/pick=OVER/);
    expect((await shown(page)).sort()).toEqual(
        lead
            .filter((row) => row.recommendation === "OVER")
            .map((row) => row.player_id)
            .sort(),
    );
    await page.getByRole("combobox", { name: "Edge", exact: true }).selectOption("0.1");
    await expect(page).toHaveURL(/edge=0.1/);
    const fits = lead.filter(
        (row) => row.recommendation === "OVER" && Math.abs(row.edge ?? 0) >= 0.1,
    );
    expect((await shown(page)).sort()).toEqual(fits.map((row) => row.player_id).sort());

    await page.getByRole("button", { name: "Show all" }).click();
    await page
        .getByRole("combobox", { name: "Team", exact: true })
        .selectOption(lead[0]?.team ?? "");
    expect((await shown(page)).sort()).toEqual(
        lead
            .filter((row) => row.team === lead[0]?.team)
            .map((row) => row.player_id)
            .sort(),
    );
    await page.getByRole("combobox", { name: "Grade", exact: true }).selectOption("A");
    expect((await shown(page)).sort()).toEqual(
        lead
            .filter((row) => row.team === lead[0]?.team && row.grade === "A")
            .map((row) => row.player_id)
            .sort(),
    );
    await page.getByRole("button", { name: "Show all" }).click();
    await page.locator(".game").first().click();
    await expect(page).toHaveURL(/game=/);
    const game = (await board(site)).games[0]?.game_id;
    expect((await shown(page)).sort()).toEqual(
        lead
            .filter((row) => row.game_id === game)
            .map((row) => row.player_id)
            .sort(),
    );
});

test("another system leads when it is chosen", async ({ page, site }) => {
    await page.goto(`${site.url}/tonight?system=similarity_v1&lined=1`);
    await expect(page.getByRole("combobox", { name: "System", exact: true })).toHaveValue(
        "similarity_v1",
    );
    const lead = leads((await board(site)).rows, "similarity_v1");
    const first = (await shown(page))[0] as number;
    const text = await cells(page, `tr.entry[data-player="${first}"]`);
    expect(text[1]).toContain(lead.get(first)?.mean.toFixed(1));
});

test("the order is the one that was chosen", async ({ page, site }) => {
    const lead = [...leads((await board(site)).rows).values()];
    await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();
    const edges = (await shown(page)).map(
        (id) => lead.find((row) => row.player_id === id)?.edge ?? null,
    );
    const sizes = edges.filter((edge) => edge !== null).map(Math.abs);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(edges.slice(sizes.length).every((edge) => edge === null)).toBe(true);

    await page.getByRole("button", { name: "Mean" }).click();
    await expect(page).toHaveURL(/sort=-mean/);
    const means = () =>
        shown(page).then((ids) =>
            ids.map((id) => lead.find((row) => row.player_id === id)?.mean ?? 0),
        );
    expect(await means()).toEqual((await means()).sort((a, b) => b - a));
    await page.getByRole("button", { name: "Mean" }).click();
    await expect(page).toHaveURL(/sort=mean/);
    expect(await means()).toEqual((await means()).sort((a, b) => a - b));
    await page.goBack();
    await expect(page).toHaveURL(/sort=-mean/);
});

test("the keyboard does what its list says", async ({ page, site }) => {
    await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog");
    await expect(help).toContainText("Search players");
    await expect(help).toContainText("Next player");
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();

    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("ArrowDown");
    const second = (await shown(page))[1];
    await expect(page.locator(`tr.entry[data-player="${second}"]`)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`open=${second}`));
    await expect(page.locator(".details")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.locator(".details")).toHaveCount(0);

    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox")).toBeFocused();
    const name = (await page.locator(".player-name").last().innerText()).split(" ").at(-1) ?? "";
    await page.keyboard.type(name.toLowerCase());
    await expect(page).toHaveURL(/q=/);
    for (const text of await page.locator(".player-name").allInnerTexts())
        expect(text.toLowerCase()).toContain(name.toLowerCase());
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/q=/);
    await page.getByRole("combobox", { name: "Order", exact: true }).selectOption("tip");
    await expect(page).toHaveURL(/sort=tip/);
    await page.locator("tr.entry").first().focus();
    await page.keyboard.press("3");
    await expect(page).toHaveURL(/accuracy/);
});

test("a link brings back what was looked at", async ({ page, site, context }) => {
    const id = [...leads((await board(site)).rows).values()].find(
        (row) => row.line !== null,
    )?.player_id;
    const address = `${site.url}/tonight?date=${site.home.day}&lined=1&open=${id}&sort=player&pick=`;
    await page.goto(address);
    await expect(page.locator(".details")).toBeVisible();
    const before = await shown(page);
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(other.locator(".details")).toBeVisible();
    expect(await shown(other)).toEqual(before);
    expect(before.length).toBeLessThan(leads((await board(site)).rows).size);
});

test("a market that is not forecast, and a day without games, say what to do", async ({
    page,
    site,
}) => {
    await page.goto(`${site.url}/tonight?market=assists`);
    await expect(page.getByText("No forecasts in this market")).toBeVisible();
    await page.goto(`${site.url}/tonight?date=2026-07-15`);
    await expect(page.getByText("Nothing is forecast for this day")).toBeVisible();
    await page.goto(`${site.url}/tonight?q=zzzz`);
    await expect(page.getByText("Nobody fits these filters")).toBeVisible();
    await page.goto(`${site.url}/nowhere`);
    await expect(page.getByText("There is no page at this address")).toBeVisible();
});

test("what cannot be asked is said in the service's words", async ({
    page,
    site,
    consoleWatch,
}) => {
    await page.goto(`${site.url}/tonight?date=2026-02-31`);
    await expect(page.getByRole("alert")).toContainText("date");
    await expect(page.getByRole("alert")).toContainText("400");
    // The browser names each answer that is an error; here it is what was asked for.
    expect(consoleWatch.every((said) => said.includes("400"))).toBe(true);
    consoleWatch.length = 0;
});

test("what was known stays in sight when the service is gone", async ({
    page,
    site,
    consoleWatch,
}) => {
    await page.goto(`${site.url}/tonight`);
    await page.locator("tr.entry").first().waitFor();
    await page.route("**/v1/board**", (route) => route.abort());
    await page.getByLabel("Day (Eastern)").waitFor();
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect(page.locator(".stale")).toContainText("Not the newest");
    await expect(page.locator("tr.entry").first()).toBeVisible();
    await page.unroute("**/v1/board**");
    await expect(page.locator(".stale")).toHaveCount(0, { timeout: 12_000 });
    consoleWatch.length = 0;
});

test("the real day: every player of the API, in each of its games", async ({ page, realSite }) => {
    test.skip(realSite === null, "needs ../shared/data");
    if (realSite === null) return;
    const { rows, games } = await board(realSite);
    await page.goto(`${realSite.url}/tonight?date=${realSite.home.day}`);
    await page.locator("tr.entry").first().waitFor();
    expect((await shown(page)).sort()).toEqual(
        [...new Set(rows.map((row) => row.player_id))].sort(),
    );
    await expect(page.locator(".game")).toHaveCount(games.length);
});
