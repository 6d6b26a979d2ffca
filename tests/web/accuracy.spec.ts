import { expect, figure, test } from "./support/test";

interface Report {
    from: string;
    to: string;
    market: string;
    population: { n: number };
    systems: {
        system: string;
        n: number;
        mae: number;
        hit_rate: number | null;
        hit_rate_low: number | null;
        hit_rate_high: number | null;
        picks: number;
        reliability: unknown[];
        pit_counts: number[];
        by_mean: { n: number }[];
    }[];
    references: { name: string; n: number; mae: number }[];
}

const names: Record<string, string> = {
    ensemble_v1: "Ensemble",
    xgboost_v1: "Boosted trees",
    similarity_v1: "Similarity",
    zone_matchup_v1: "Zone matchup",
    moving_average_v1: "Moving average",
};

test("the report says what the API says", async ({ page, site }) => {
    const report = await site.get<Report>("/v1/accuracy?market=points&population=ten_prior_games");
    await page.goto(`${site.url}/accuracy`);
    const table = page.locator("table").first();
    await expect(table.locator("tbody tr")).toHaveCount(
        report.systems.length + report.references.length,
    );
    for (const system of report.systems) {
        const row = table.locator("tbody tr", { hasText: names[system.system] ?? system.system });
        await expect(row).toContainText(system.mae.toFixed(2));
        await expect(row).toContainText(system.n.toLocaleString("en-US"));
        if (system.hit_rate === null) continue;
        // Never a rate without its interval and N.
        await expect(row).toContainText(`${(system.hit_rate * 100).toFixed(1)}%`);
        const low = (Number(system.hit_rate_low) * 100).toFixed(0);
        const high = (Number(system.hit_rate_high) * 100).toFixed(0);
        await expect(row).toContainText(`${low}%–${high}%`);
        await expect(row).toContainText(`N ${system.picks.toLocaleString("en-US")}`);
    }
    const first = report.systems.find((one) => one.system === "ensemble_v1");
    const pit = figure(page, "PIT");
    await expect(pit.locator(".bar")).toHaveCount(first?.pit_counts.length ?? 0);
    const reliability = figure(page, "Reliability");
    await expect(reliability.locator(".point")).toHaveCount(first?.reliability.length ?? 0);
    const byMean = figure(page, "Error by the mean");
    await expect(byMean.locator(".bar")).toHaveCount(
        first?.by_mean.filter((bin) => bin.n > 0).length ?? 0,
    );
    await pit.getByRole("button", { name: "As a table" }).click();
    await expect(pit.locator("tbody tr")).toHaveCount(first?.pit_counts.length ?? 0);
});

test("days, population and system are in the address", async ({ page, site }) => {
    await page.goto(`${site.url}/accuracy`);
    await page.locator("table").first().waitFor();
    await page.getByRole("button", { name: "7 d", exact: true }).click();
    await expect(page).toHaveURL(/days=7/);
    await page.getByLabel("Players").selectOption("lined");
    await expect(page).toHaveURL(/population=lined/);
    await page
        .getByRole("group", { name: "System" })
        .getByRole("button", { name: "Similarity" })
        .click();
    await expect(page).toHaveURL(/system=similarity_v1/);
    await page.reload();
    await expect(page.getByRole("heading", { name: "Similarity closely" })).toBeVisible();
    const report = await site.get<Report>(
        "/v1/accuracy?market=points&population=lined&from=2026-01-25&to=2026-01-31",
    );
    await expect(page.locator(".lead")).toContainText(report.population.n.toLocaleString("en-US"));
});

test("days without grades say so", async ({ page, site }) => {
    await page.goto(`${site.url}/accuracy?from=2026-07-01&to=2026-07-05`);
    await expect(page.getByText("Nothing graded in these days")).toBeVisible();
});
