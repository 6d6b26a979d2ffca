// The distribution against the line: the mass under it and over it in two colours, the systems'
// means as ticks below.

import { scaleLinear } from "d3-scale";
import { area } from "d3-shape";
import type { BoardRow } from "../api/types";
import { line as lineText, number, percent, systemName } from "../format";
import { type AtLine, curveOf, type Sample, sampleDensity } from "./cdf";

export interface Tick {
    readonly system: string;
    readonly mean: number;
}

function atLine(row: BoardRow): AtLine | null {
    if (row.line === null || row.p_over === null) return null;
    return { line: row.line, pOver: row.p_over, pPush: row.p_push ?? 0 };
}

/** What the picture says, for whoever does not see it. */
export function distributionInWords(row: BoardRow): string {
    const q = row.quantiles;
    const middle = q ? `, half of it between ${number(q[2], 0)} and ${number(q[4], 0)}` : "";
    const sides =
        row.line === null || row.p_over === null
            ? ""
            : `; ${percent(row.p_over)} over the line ${lineText(row.line)}`;
    return `${systemName(row.system)}: mean ${number(row.mean)}${middle}${sides}`;
}

/** From no count at all to the greatest that is drawn. */
function scaleOf(most: number, width: number) {
    return scaleLinear([-0.5, most], [1, width - 1]);
}

export function Distribution(props: {
    readonly row: BoardRow;
    readonly ticks: readonly Tick[];
    /** The greatest value that is drawn; rows of one table share it. */
    readonly most: number;
    readonly width: number;
    readonly height: number;
    /** With an axis and words at both sides, for a look at one player. */
    readonly large?: boolean;
}) {
    const { row, width, height, large = false } = props;
    const at = atLine(row);
    const curve = curveOf(row.quantiles, at);
    const words = distributionInWords(row);
    if (curve === null) return <span class="muted">no distribution</span>;

    const foot = large ? 40 : 9;
    const head = large ? 32 : 3;
    const x = scaleOf(props.most, width);
    const samples = sampleDensity(curve, -0.5, props.most, at?.line ?? null, large ? 160 : 64);
    const peak = Math.max(...samples.map((sample) => sample.y));
    const y = scaleLinear([0, peak], [height - foot, head]);
    const shape = area<Sample>()
        .x((sample) => x(sample.x))
        .y0(height - foot)
        .y1((sample) => y(sample.y));
    const under = at === null ? [] : samples.filter((sample) => sample.x <= at.line);
    const over = at === null ? [] : samples.filter((sample) => sample.x >= at.line);
    const base = height - foot;
    return (
        <svg
            class="distribution"
            viewBox={`0 0 ${width} ${height}`}
            width={width}
            height={height}
            role="img"
            aria-label={words}
        >
            {at === null ? (
                <path class="mass" d={shape(samples) ?? ""} />
            ) : (
                <>
                    <path class="mass mass-under" d={shape(under) ?? ""} />
                    <path class="mass mass-over" d={shape(over) ?? ""} />
                </>
            )}
            <path class="axis" d={`M0 ${base + 0.5}H${width}`} />
            {at !== null && (
                <path class="at-line" d={`M${x(at.line)} ${large ? 14 : 0}V${base + 2}`} />
            )}
            {props.ticks.map((tick) => (
                <path
                    key={tick.system}
                    class={tick.system === row.system ? "tick tick-lead" : "tick"}
                    d={`M${x(Math.min(tick.mean, props.most))} ${base + 2}v${
                        tick.system === row.system ? 7 : 5
                    }`}
                >
                    <title>{`${systemName(tick.system)} ${number(tick.mean)}`}</title>
                </path>
            ))}
            {large && (
                <>
                    {x.ticks(6).map((value) => (
                        <g key={value} transform={`translate(${x(value)} ${base})`}>
                            <path class="axis" d="M0 12v4" />
                            <text class="axis-text" y="28" text-anchor="middle">
                                {value}
                            </text>
                        </g>
                    ))}
                    {at !== null && <SideWords at={at} x={x(at.line)} width={width} />}
                </>
            )}
        </svg>
    );
}

function SideWords(props: { readonly at: AtLine; readonly x: number; readonly width: number }) {
    const { at, x, width } = props;
    const under = `Under ${percent(1 - at.pOver - at.pPush)}`;
    const over = `Over ${percent(at.pOver)}`;
    // Beside the line, each on its side; at an edge of the picture both stand on the free one.
    const leftRoom = x > 74;
    const rightRoom = width - x > 74;
    return (
        <g class="side-words">
            {leftRoom && (
                <text class="side-under" x={x - 6} y="26" text-anchor="end">
                    {under}
                </text>
            )}
            {rightRoom && (
                <text class="side-over" x={x + 6} y="26">
                    {over}
                </text>
            )}
            <text class="axis-text" x={x} y="10" text-anchor="middle">
                {lineText(at.line)}
            </text>
        </g>
    );
}

/** The scale that the distributions of a table share, for its head. */
export function DistributionScale(props: { readonly most: number; readonly width: number }) {
    const x = scaleOf(props.most, props.width);
    return (
        <svg class="distribution-scale" viewBox={`0 0 ${props.width} 12`} aria-hidden="true">
            {x.ticks(5).map((value) => (
                <text
                    key={value}
                    class="axis-text"
                    x={x(value)}
                    y="10"
                    text-anchor={value === 0 ? "start" : "middle"}
                >
                    {value}
                </text>
            ))}
        </svg>
    );
}
