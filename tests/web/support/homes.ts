// The homes that the tests look at, made once a run: half a simulated season, and real games where
// the files with them are at hand.

import * as fs from "node:fs";
import * as path from "node:path";
import { binary, type Home, root, run } from "./program";

const folder = path.join(root, "build/web-homes");

export const simulated: Home = {
    folder: path.join(folder, "simulated"),
    now: "2026-02-01T19:30:00Z",
    day: "2026-02-01",
};

export const real: Home = {
    folder: path.join(folder, "real"),
    now: "2023-02-02T22:00:00Z",
    day: "2023-02-02",
};

const data = process.env.TIPOFF_DATA ?? path.resolve(root, "../shared/data");
const files = [
    "schedule_2015-16_2022-23.csv.gz",
    "player_box_2022-23.csv.gz",
    "player_prop_lines_2022-23_draftkings.csv.gz",
    "game_lines_2022-23_draftkings.csv.gz",
    "injury_transactions_2014-07_2023-06.csv.gz",
    "player_positions_2022-23.csv.gz",
];

export const hasRealData = files.every((file) => fs.existsSync(path.join(data, file)));

/** A home is good for the program that made it; another program makes it again. */
function makeOnce(home: Home, make: () => void): void {
    const stamp = `${home.folder}.stamp`;
    const { mtimeMs, size } = fs.statSync(binary());
    const wanted = `${binary()} ${mtimeMs} ${size}`;
    if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) return;
    fs.rmSync(home.folder, { recursive: true, force: true });
    make();
    fs.writeFileSync(stamp, wanted);
}

function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}

/** Copies of homes that a run which was broken off has left behind: they are named by its process. */
function removeLeftovers(): void {
    for (const name of fs.readdirSync(folder)) {
        const pid = /^serving-.*-(\d+)(\.yaml)?$/.exec(name)?.[1];
        if (pid !== undefined && !isRunning(Number(pid)))
            fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    }
}

export default function setUp(): void {
    fs.mkdirSync(folder, { recursive: true });
    removeLeftovers();
    makeOnce(simulated, () => run(null, "demo", "--keep", simulated.folder));
    if (!hasRealData) return;
    makeOnce(real, () => {
        const unbound = ["--home", real.folder];
        run(null, ...unbound, "import", ...files.map((file) => path.join(data, file)));
        run(null, ...unbound, "backfill", "--from", "2023-01-25", "--to", real.day);
    });
}
