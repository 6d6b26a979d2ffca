// Half a court seen from above, in feet from the middle of the hoop, which is below: the zones
// shaded by how the player does there beside the league, his newest attempts as marks.

import type { Shot, Zone } from "../api/types";
import { percent, signed } from "../format";

const scale = 10;
const left = 25;
const far = 31;
const baseline = -5.25;
const width = 2 * left * scale;
const height = (far - baseline) * scale;

const px = (x: number) => (x + left) * scale;
const py = (y: number) => (far - y) * scale;

/** The three-point line: straight at 22 ft up to where the arc of 23.75 ft meets it. */
const breakY = Math.sqrt(23.75 ** 2 - 22 ** 2);
const arc = `A${23.75 * scale} ${23.75 * scale} 0 0 1 ${px(22)} ${py(breakY)}`;
const threes = `M${px(-22)} ${height}V${py(breakY)}${arc}V${height}`;
const whole = `M0 0H${width}V${height}H0z`;
const inside = `${threes}z`;
const paint = `M${px(-8)} ${height}V${py(13.75)}H${px(8)}V${height}z`;
const restricted = `M${px(-4)} ${height}V${py(0)}A${4 * scale} ${4 * scale} 0 0 1 ${px(4)} ${py(0)}V${height}z`;
const cornerLeft = `M0 ${height}V${py(breakY)}H${px(-22)}V${height}z`;
const cornerRight = `M${px(22)} ${height}V${py(breakY)}H${width}V${height}z`;

/** From the outermost to the innermost: each covers a part of the one before. */
const zones: readonly {
    readonly zone: string;
    readonly path: string;
    readonly label: readonly [number, number];
}[] = [
    { zone: "above_break_3", path: whole, label: [0, 27] },
    { zone: "corner_3", path: cornerLeft + cornerRight, label: [-23.2, 2] },
    { zone: "mid_range", path: inside, label: [0, 18] },
    { zone: "paint", path: paint, label: [0, 9] },
    { zone: "restricted_area", path: restricted, label: [0, 0.2] },
];

export const zoneNames: Readonly<Record<string, string>> = {
    restricted_area: "Restricted area",
    paint: "Paint",
    mid_range: "Mid-range",
    corner_3: "Corner three",
    above_break_3: "Above the break",
};

/** Better than the league, worse, or within two points of it. */
function sideOf(zone: Zone | undefined): string {
    if (zone === undefined || zone.pct === null || zone.league_pct === null) return "unknown";
    const difference = zone.pct - zone.league_pct;
    if (Math.abs(difference) < 0.02) return "even";
    return difference > 0 ? "better" : "worse";
}

const discSize = 2.6;

/** All marks of a kind are one path: hundreds of elements would slow the page. */
function disc({ x, y }: Shot): string {
    const r = discSize;
    return `M${px(x) - r} ${py(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

function cross({ x, y }: Shot): string {
    return `M${px(x) - 2} ${py(y) - 2}l4 4m0-4l-4 4`;
}

export function Court(props: {
    readonly zones: readonly Zone[];
    readonly attempts: readonly Shot[];
    readonly words: string;
}) {
    const inSight = props.attempts.filter((shot) => shot.y < far && shot.y > baseline);
    const find = (name: string) => props.zones.find((zone) => zone.zone === name);
    return (
        <svg
            class="plot court"
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={props.words}
        >
            {zones.map(({ zone, path }) => (
                <path key={zone} class={`zone zone-${sideOf(find(zone))}`} d={path} />
            ))}
            <g class="court-marks">
                <path
                    class="missed"
                    d={inSight
                        .filter((shot) => !shot.made)
                        .map(cross)
                        .join("")}
                />
                <path
                    class="made"
                    d={inSight
                        .filter((shot) => shot.made)
                        .map(disc)
                        .join("")}
                />
            </g>
            <g class="court-lines">
                <path d={threes} />
                <path d={paint} />
                <path d={restricted} />
                <path d={`M${px(-3)} ${py(-1.25)}H${px(3)}`} />
                <circle cx={px(0)} cy={py(0)} r={0.75 * scale} />
                <path
                    d={`M${px(-6)} ${py(13.75)}A${6 * scale} ${6 * scale} 0 0 1 ${px(6)} ${py(13.75)}`}
                />
            </g>
            {zones.map(({ zone, label: [x, y] }) => {
                const found = find(zone);
                if (found === undefined || found.pct === null) return null;
                return (
                    <g
                        key={zone}
                        class="zone-label"
                        transform={`translate(${px(x)} ${py(y)})`}
                        text-anchor="middle"
                    >
                        <rect x="-17" y="-15" width="34" height="32" rx="3" />
                        <text class="zone-pct" y="-1">
                            {percent(found.pct)}
                        </text>
                        <text class="axis-text" y="13">
                            {found.league_pct === null
                                ? ""
                                : signed((found.pct - found.league_pct) * 100, 0)}
                        </text>
                    </g>
                );
            })}
        </svg>
    );
}
