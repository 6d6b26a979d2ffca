import { cells, expect, figure, test } from "./support/test";

interface Found {
    players: { player_id: number; name: string }[];
}

interface Season {
    games: {
        game_id: string;
        actual: number | null;
        line: number | null;
        forecasts: { system: string }[];
    }[];
}

interface Shots {
    zones: { zone: string; attempts: number; made: number; pct: number; league_pct: number }[];
    opponent: string | null;
    attempts: { y: number }[];
}

interface Splits {
    splits: { by: string; value: string; games: number; mean: number }[];
}

interface Document {
    player: { name: string };
    accuracy: { systems: { market: string; system: string; n: number; mae: number }[] };
    recent_games: { points: number; rebounds: number }[];
}

interface Features {
    features: { name: string; value: number | null; source: string[]; group: string }[];
}

test("players are found by a part of their name", async ({ page, site }) => {
    const { players } = await site.get<Found>("/v1/players?name=do&limit=50");
    await page.goto(`${site.url}/player`);
    await expect(page.getByText("Who?")).toBeVisible();
    await page.keyboard.press("/");
    await page.keyboard.type("do");
    await expect(page).toHaveURL(/q=do/);
    await expect(page.locator("tbody tr")).toHaveCount(players.length);
    await expect(page.locator("tbody tr").first()).toContainText(players[0]?.name ?? "");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/player/${players[0]?.player_id}$`));
    await page.goto(`${site.url}/player?q=qqqq`);
    await expect(page.getByText("Nobody is called")).toBeVisible();
});

test("a player's page says what the API says of him", async ({ page, site }) => {
    const { rows } = await site.get<{ rows: { player_id: number; line: number | null }[] }>(
        `/v1/board?date=${site.home.day}&market=points`,
    );
    const id = rows.find((row) => row.line !== null)?.player_id;
    const base = `/v1/players/${id}`;
    const document = await site.get<Document>(`${base}?games=10`);
    const season = await site.get<Season>(`${base}/season?market=points`);
    const shots = await site.get<Shots>(`${base}/shots?date=today`);
    const { splits } = await site.get<Splits>(`${base}/splits?market=points`);
    const { features } = await site.get<Features>(`${base}/features?date=today`);

    await page.goto(`${site.url}/player/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(document.player.name);

    const form = figure(page, "Points in");
    await expect(form.locator(".season-game")).toHaveCount(season.games.length);
    const played = season.games.filter((game) => game.actual !== null);
    await expect(form.locator(".season-game .result")).toHaveCount(played.length);
    const lined = played.filter((game) => game.line !== null && game.actual !== game.line);
    const over = lined.filter((game) => Number(game.actual) > Number(game.line)).length;
    await expect(form).toContainText(`over the line in ${over} of ${lined.length}`);
    await form.getByRole("button", { name: "As a table" }).click();
    await expect(form.locator("tbody tr")).toHaveCount(season.games.length);

    const court = figure(page, `Shots against ${shots.opponent}`);
    for (const zone of shots.zones) {
        await expect(court.locator("tbody")).toContainText(`${zone.made}/${zone.attempts}`);
    }
    const inSight = shots.attempts.filter((shot) => shot.y < 31 && shot.y > -5.25).length;
    const marks = await court
        .locator(".court-marks path")
        .evaluateAll((paths) => paths.map((path) => path.getAttribute("d") ?? "").join(""));
    expect(marks.split("M").length - 1).toBe(inSight);

    const split = figure(page, "Splits");
    await expect(split.locator("tbody tr")).toHaveCount(splits.length);
    for (const [i, one] of splits.entries()) {
        const row = split.locator("tbody tr").nth(i);
        await expect(row).toContainText(one.mean.toFixed(1));
        await expect(row).toContainText(String(one.games));
    }

    const record = figure(page, "The systems' record");
    const best = document.accuracy.systems
        .filter((one) => one.market === "points")
        .sort((a, b) => a.mae - b.mae);
    await expect(record.locator("tbody tr")).toHaveCount(best.length);
    const first = await record.locator("tbody tr").first().innerText();
    expect(first).toContain(best[0]?.mae.toFixed(2));
    expect(first).toContain(String(best[0]?.n));

    const told = figure(page, "Features");
    await expect(told.locator("tbody tr")).toHaveCount(features.length);
    await told.getByRole("searchbox").fill("points_mean_last_3");
    await expect(page).toHaveURL(/feature=points_mean_last_3/);
    const row = (await cells(page, ".panel-full:last-child tbody tr")).join(" ");
    const feature = features.find((one) => one.name === "points_mean_last_3");
    expect(row).toContain(feature?.source[0]);
});

test("market, season and system are in the address", async ({ page, site }) => {
    const { players } = await site.get<Found>("/v1/players?name=a&limit=1");
    await page.goto(`${site.url}/player/${players[0]?.player_id}`);
    await page.getByRole("button", { name: "REB" }).click();
    await expect(page).toHaveURL(/market=rebounds/);
    await expect(page.getByText(/Rebounds in/)).toBeVisible();
    await page.reload();
    await expect(page.getByText(/Rebounds in/)).toBeVisible();
    await page.keyboard.press("j");
    await expect(page).toHaveURL(/market=assists/);
});

test("nobody of that number", async ({ page, site, consoleWatch }) => {
    await page.goto(`${site.url}/player/1`);
    await expect(page.getByRole("alert").first()).toContainText("404");
    consoleWatch.length = 0;
});
