// What the pages work out by themselves, without a browser.

import { expect, test } from "@playwright/test";
import { EventParser } from "../../web/src/api/events";
import { curveOf, normalBelow, normalQuantile, sampleDensity } from "../../web/src/charts/cdf";

test("the normal quantile and its inverse", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232, 5);
    for (const p of [0.003, 0.1, 0.5, 0.77, 0.999])
        expect(normalBelow(normalQuantile(p))).toBeCloseTo(p, 6);
});

test("the chance at the line is exact, pushes included, and the rest never falls", () => {
    const quantiles = [11, 15, 20, 24, 29, 34, 39];
    const half = curveOf(quantiles, { line: 24.5, pOver: 0.4904, pPush: 0 });
    expect(half?.below(24.5)).toBeCloseTo(1 - 0.4904, 6);
    const whole = curveOf(quantiles, { line: 24, pOver: 0.47, pPush: 0.055 });
    expect(whole?.below(24.5)).toBeCloseTo(0.53, 6);
    expect(whole?.below(23.5)).toBeCloseTo(0.475, 6);
    for (const curve of [half, whole]) {
        let before = 0;
        for (let x = -5; x < 70; x += 0.25) {
            const below = curve?.below(x) ?? 0;
            expect(below).toBeGreaterThanOrEqual(before);
            before = below;
        }
    }
});

test("few counts, where several quantiles are one number, still make a curve", () => {
    const curve = curveOf([0, 0, 1, 1, 2, 3, 5], { line: 1.5, pOver: 0.38, pPush: 0 });
    expect(curve?.below(1.5)).toBeCloseTo(0.62, 6);
    if (curve === null) throw new Error("no curve");
    const density = sampleDensity(curve, -0.5, 6, 1.5);
    expect(density.every(({ y }) => Number.isFinite(y) && y >= 0)).toBe(true);
    expect(density.some(({ x }) => x === 1.5)).toBe(true);
});

test("nothing is drawn of what is not known", () => {
    expect(curveOf(null, null)).toBeNull();
    expect(curveOf([1, 2, 3], null)).toBeNull();
});

test("events are whole, however the stream is cut", () => {
    const text =
        ': alive\n\nevent: changed\ndata: {"version": 7}\n\nevent: run\r\ndata: a\r\ndata: b\r\n\r\n';
    for (let size = 1; size < text.length; ++size) {
        const parser = new EventParser();
        const events = [];
        for (let at = 0; at < text.length; at += size)
            events.push(...parser.push(text.slice(at, at + size)));
        expect(events).toEqual([
            { name: "changed", data: '{"version": 7}' },
            { name: "run", data: "a\nb" },
        ]);
    }
});
