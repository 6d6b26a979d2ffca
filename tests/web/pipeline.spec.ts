import { expect, figure, test } from "./support/test";

interface Status {
    lights: {
        step: string;
        table: string;
        job: string;
        age: string;
        completeness: string;
        sanity: string;
        held: number;
    }[];
}

interface Runs {
    runs: { run_id: string; step: string; state: string; scope: string }[];
}

interface Coverage {
    expected: number;
    predicted: number;
    voided: number;
    gaps: { player: string; reason: string }[];
    lines: { lined: number };
}

test("the day's graph has a box a step, with its lights", async ({ page, site }) => {
    const status = await site.get<Status>("/v1/status?date=today");
    const steps = new Set(status.lights.map((light) => light.step));
    await page.goto(`${site.url}/pipeline`);
    await expect(page.locator(".step")).toHaveCount(steps.size);
    for (const step of steps) {
        const box = page.locator(".step", { hasText: new RegExp(step, "i") });
        const tables = status.lights.filter((light) => light.step === step).length;
        await expect(box).toContainText(tables === 1 ? "1 table" : `${tables} tables`);
        await expect(box.locator(".light")).toHaveCount(4);
    }
    await expect(page.locator(".arrow").first()).toBeAttached();
});

test("a step leads to its tables, a run and its documents", async ({ page, site }) => {
    const status = await site.get<Status>("/v1/status?date=today");
    await page.goto(`${site.url}/pipeline`);
    await page.locator(".step", { hasText: "Collect" }).click();
    await expect(page).toHaveURL(/step=collect/);
    const lights = page.locator(".step-panels table").first();
    const tables = status.lights.filter((light) => light.step === "collect");
    await expect(lights.locator("tbody tr")).toHaveCount(tables.length);
    for (const [i, table] of tables.entries())
        await expect(lights.locator("tbody tr").nth(i)).toContainText(table.table);

    const { runs } = await site.get<Runs>("/v1/runs?step=collect&limit=100");
    await page.getByRole("link", { name: "Collect", exact: true }).nth(0).click();
    await expect(page).toHaveURL(/run=/);
    const id = new URL(page.url()).searchParams.get("run");
    const run = runs.find((one) => one.run_id === id);
    const panel = figure(page, `Run ${id}`);
    await expect(panel).toContainText(run?.scope ?? "");
    const answer = await site.get<{ documents: { source: string }[] }>(`/v1/runs/${id}`);
    if (answer.documents.length > 0)
        await expect(panel.locator("tbody tr")).toHaveCount(answer.documents.length);
    else await expect(panel).toContainText("read no documents");
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/run=/);
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/step=/);
});

test("runs are listed with their durations, by step and state", async ({ page, site }) => {
    const { runs } = await site.get<Runs>("/v1/runs?limit=100");
    await page.goto(`${site.url}/pipeline`);
    const table = figure(page, "Runs");
    await expect(table.locator("tbody tr")).toHaveCount(runs.length);
    await expect(table.locator(".took").first()).toBeVisible();
    await page.getByLabel("State").selectOption("failed");
    await expect(page).toHaveURL(/state=failed/);
    await expect(page.getByText("No run is on record")).toBeVisible();
});

test("coverage falls from expected to predicted to lined", async ({ page, site }) => {
    const coverage = await site.get<Coverage>("/v1/coverage?date=today");
    await page.goto(`${site.url}/pipeline`);
    const coverageFigure = figure(page, "Coverage");
    await expect(coverageFigure).toContainText(`Expected ${coverage.expected}`);
    await expect(coverageFigure).toContainText(`Predicted ${coverage.predicted}`);
    await expect(coverageFigure).toContainText(`With a line ${coverage.lines.lined}`);
});

test("the real day: who is missing, and why", async ({ page, realSite }) => {
    test.skip(realSite === null, "needs ../shared/data");
    if (realSite === null) return;
    const day = "2023-02-01";
    const coverage = await realSite.get<Coverage>(`/v1/coverage?date=${day}`);
    await page.goto(`${realSite.url}/pipeline?date=${day}`);
    const coverageFigure = figure(page, "Coverage");
    await expect(coverageFigure).toContainText(
        `${coverage.expected} expected: ${coverage.predicted} predicted, ${coverage.voided} void, ${coverage.gaps.length} missing`,
    );
    for (const gap of coverage.gaps) await expect(coverageFigure).toContainText(gap.player);
});

test("every table says when it should have come and when it did", async ({ page, site }) => {
    const { datasets } = await site.get<{
        datasets: { table: string; state: string; rows: number; why: string | null }[];
    }>("/v1/datasets");
    await page.goto(`${site.url}/datasets`);
    await expect(page.locator("tbody tr")).toHaveCount(datasets.length);
    for (const one of datasets) {
        const row = page.locator("tbody tr", {
            has: page.locator("code", { hasText: new RegExp(`^${one.table}$`) }),
        });
        await expect(row).toContainText(one.rows.toLocaleString("en-US"));
        await expect(row).toContainText(new RegExp(one.state.replace("_", " "), "i"));
        if (one.why) await expect(row).toContainText(one.why);
    }
    await page.keyboard.press("/");
    await page.keyboard.type("raw.");
    await expect(page.locator("tbody tr")).toHaveCount(
        datasets.filter((one) => one.table.includes("raw.")).length,
    );
    await page.getByRole("button", { name: "Table" }).click();
    await expect(page).toHaveURL(/sort=table/);
});
