import { defineConfig } from "@playwright/test";

// The browser is the system's: nothing is downloaded. Every test talks to loopback alone.
export default defineConfig({
    testDir: ".",
    outputDir: "../../build/web-test-results",
    globalSetup: "./support/homes.ts",
    fullyParallel: false,
    workers: 2,
    retries: 0,
    timeout: 30_000,
    expect: { timeout: 8_000 },
    reporter: [["list"]],
    use: {
        browserName: "chromium",
        viewport: { width: 1440, height: 900 },
        timezoneId: "America/New_York",
        locale: "en-US",
        trace: "off",
        launchOptions: {
            executablePath: process.env.TIPOFF_CHROMIUM ?? "/usr/bin/chromium",
            args: [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        },
    },
});
