// A forecast's distribution drawn from what is known of it: seven quantiles and, where a line
// stands, the exact chance to go over it. Between these points the distribution is interpolated
// monotonically on the scale of normal deviates, where a normal distribution is a straight line: the
// density is smooth, has the tails of a normal one, and the mass on each side of the line is
// exactly the chance that the forecast gives.

import { quantileLevels } from "../api/types";

/** P(X <= x) = p, said as the normal deviate of p. */
interface Knot {
    readonly x: number;
    readonly z: number;
    /** How far x may be from where it was put: a quantile of a count says it to a half. */
    readonly slack: number;
}

export interface Curve {
    readonly density: (x: number) => number;
    readonly below: (x: number) => number;
}

export interface AtLine {
    readonly line: number;
    readonly pOver: number;
    readonly pPush: number;
}

const levelLeast = 1e-4;

/** Acklam's approximation of the normal quantile: within 1.2e-9 of it. */
export function normalQuantile(p: number): number {
    const a = [
        -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269,
        -30.66479806614716, 2.506628277459239,
    ];
    const b = [
        -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
        -13.28068155288572,
    ];
    const c = [
        -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
        4.374664141464968, 2.938163982698783,
    ];
    const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
    const horner = (k: readonly number[], x: number) => k.reduce((sum, one) => sum * x + one, 0);
    const tail = (q: number) => horner(c, q) / (horner(d, q) * q + 1);
    if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
    if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
    const q = p - 0.5;
    const r = q * q;
    return (horner(a, r) * q) / (horner(b, r) * r + 1);
}

/** Abramowitz and Stegun 26.2.17: within 7.5e-8. */
export function normalBelow(z: number): number {
    const t = 1 / (1 + 0.2316419 * Math.abs(z));
    const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
    const tail = normalDensity(z) * t * series.reduce((sum, one) => sum * t + one, 0);
    return z > 0 ? 1 - tail : tail;
}

export function normalDensity(z: number): number {
    return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** What is exact stands; a quantile that does not rise with it is left out. */
function knotsOf(quantiles: readonly number[], at: AtLine | null): Knot[] {
    const knot = (x: number, p: number, slack: number): Knot => {
        const inside = Math.min(1 - levelLeast, Math.max(levelLeast, p));
        return { x, z: normalQuantile(inside), slack };
    };
    const exact: Knot[] = [];
    if (at !== null) {
        // A push has the width of one count around the line; a half line has none.
        const half = at.pPush > 0 ? 0.5 : 0;
        if (half > 0) exact.push(knot(at.line - half, 1 - at.pOver - at.pPush, 0));
        exact.push(knot(at.line + half, 1 - at.pOver, 0));
    }
    const rough = quantileLevels.map((p, i) => knot(quantiles[i] ?? 0, p, 0.5));
    const fits = (one: Knot) =>
        exact.every((e) => Math.abs(one.z - e.z) > 0.15 && (one.x - e.x) * (one.z - e.z) >= 0);
    return smooth([...rough.filter(fits), ...exact].sort((m, n) => m.z - n.z));
}

const sweeps = 24;

/** How much the slope changes from knot to knot: what the eye takes for a bump. */
function roughness(xs: readonly number[], zs: readonly number[]): number {
    let sum = 0;
    let before: number | null = null;
    for (let i = 1; i < xs.length; ++i) {
        const slope = ((xs[i] ?? 0) - (xs[i - 1] ?? 0)) / ((zs[i] ?? 0) - (zs[i - 1] ?? 0));
        if (before !== null) sum += (slope - before) ** 2;
        before = slope;
    }
    return sum;
}

/** Moves each knot within its slack to where the whole is smoothest, one after the other. */
function smooth(knots: readonly Knot[]): Knot[] {
    const zs = knots.map((knot) => knot.z);
    const xs = knots.map((knot) => knot.x);
    for (let sweep = 0; sweep < sweeps; ++sweep) {
        knots.forEach((knot, i) => {
            if (knot.slack === 0) return;
            const low = Math.max(knot.x - knot.slack, (xs[i - 1] ?? -1e9) + 0.02);
            const high = Math.min(knot.x + knot.slack, (xs[i + 1] ?? 1e9) - 0.02);
            const at = (x: number) => {
                const moved = [...xs];
                moved[i] = x;
                return roughness(moved, zs);
            };
            // The roughness is a parabola in one knot: three points give its lowest.
            const x = xs[i] ?? 0;
            const [a, b, c] = [at(x - 0.1), at(x), at(x + 0.1)];
            const bend = a - 2 * b + c;
            const best = bend > 1e-9 ? x + (0.05 * (a - c)) / bend : x;
            if (low <= high) xs[i] = Math.min(high, Math.max(low, best));
        });
    }
    const rising: Knot[] = [];
    knots.forEach((knot, i) => {
        const x = xs[i] ?? knot.x;
        const last = rising.at(-1);
        if (last === undefined || (x > last.x && knot.z > last.z)) rising.push({ ...knot, x });
    });
    return rising;
}

/** Slopes by Fritsch and Carlson: the cubic between two knots never falls. */
function slopesOf(knots: readonly Knot[]): number[] {
    const secant = knots.slice(1).map((k, i) => {
        const before = knots[i] as Knot;
        return (k.z - before.z) / (k.x - before.x);
    });
    return knots.map((_, i) => {
        const left = secant[i - 1];
        const right = secant[i];
        if (left === undefined) return right ?? 0;
        if (right === undefined) return left;
        return (2 * left * right) / (left + right);
    });
}

/** Null where too little is known to draw anything. */
export function curveOf(
    quantiles: readonly number[] | null | undefined,
    at: AtLine | null,
): Curve | null {
    if (!quantiles || quantiles.length !== quantileLevels.length) return null;
    const knots = knotsOf(quantiles, at);
    if (knots.length < 2) return null;
    const slopes = slopesOf(knots);
    const deviate = (x: number): { z: number; slope: number } => {
        const after = knots.findIndex((knot) => knot.x > x);
        const i = after === -1 ? knots.length - 1 : after - 1;
        if (after === 0 || after === -1) {
            const end = Math.max(0, i);
            const knot = knots[end] as Knot;
            const slope = slopes[end] ?? 0;
            return { z: knot.z + slope * (x - knot.x), slope };
        }
        const a = knots[i] as Knot;
        const b = knots[i + 1] as Knot;
        const h = b.x - a.x;
        const t = (x - a.x) / h;
        const m0 = (slopes[i] ?? 0) * h;
        const m1 = (slopes[i + 1] ?? 0) * h;
        const z =
            a.z * (1 + 2 * t) * (1 - t) ** 2 +
            m0 * t * (1 - t) ** 2 +
            b.z * t * t * (3 - 2 * t) +
            m1 * t * t * (t - 1);
        const slope =
            (6 * t * (t - 1) * (a.z - b.z) + m0 * (1 - t) * (1 - 3 * t) + m1 * t * (3 * t - 2)) / h;
        return { z, slope: Math.max(0, slope) };
    };
    return {
        density(x) {
            const { z, slope } = deviate(x);
            return normalDensity(z) * slope;
        },
        below: (x) => normalBelow(deviate(x).z),
    };
}

export interface Sample {
    readonly x: number;
    readonly y: number;
}

/** The density over [from, to]; a point at `cut`, where the two colours meet, is among them. */
export function sampleDensity(
    curve: Curve,
    from: number,
    to: number,
    cut: number | null,
    points = 64,
): Sample[] {
    const xs = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
    if (cut !== null && cut > from && cut < to) xs.push(cut);
    return xs.sort((a, b) => a - b).map((x) => ({ x, y: curve.density(x) }));
}
