// A season game by game: what was forecast as bands that hold 50, 80 and 95% of the mass, the line
// as a dash, what he did as a mark whose shape says over or under. Minutes stand below on their own
// scale, game under game.

import { scaleLinear } from "d3-scale";
import type { SeasonForecast, SeasonGame } from "../api/types";
import { dayShort, line as lineText, none, number } from "../format";
import { Levels } from "./plot";

export interface SeasonPoint {
    readonly game: SeasonGame;
    readonly forecast: SeasonForecast | null;
}

const measures = { height: 300, minutes: 72, left: 32, right: 20, top: 8, gap: 28 };
/** A game needs so much for its mark; a season that has less room scrolls. */
const pitchLeast = 11;

export function seasonWidth(room: number, games: number): number {
    return Math.max(room, measures.left + measures.right + games * pitchLeast);
}

/** The pairs of quantiles that hold 95, 80 and 50%, the widest first. */
const bands = [
    [0, 6, "band-95"],
    [1, 5, "band-80"],
    [2, 4, "band-50"],
] as const;

function inWords({ game, forecast }: SeasonPoint): string {
    const q = forecast?.quantiles;
    return [
        `${dayShort(game.game_date)} ${game.is_home === false ? "at" : "vs"} ${game.opponent}`,
        game.actual === null ? "not played" : `${game.actual} in ${number(game.minutes, 0)} min`,
        game.line === null ? "" : `line ${lineText(game.line)}`,
        forecast === null ? "" : `forecast ${number(forecast.mean)}`,
        q ? `80% between ${q[1]} and ${q[5]}` : "",
    ]
        .filter(Boolean)
        .join(", ");
}

/** Where a month begins, for the axis. */
function monthStarts(points: readonly SeasonPoint[]): { at: number; name: string }[] {
    const month = (i: number) => points[i]?.game.game_date.slice(0, 7);
    return points.flatMap((point, i) =>
        month(i) === month(i - 1)
            ? []
            : [{ at: i, name: dayShort(point.game.game_date).slice(0, 3) }],
    );
}

function Mark(props: { readonly game: SeasonGame; readonly x: number; readonly y: number }) {
    const { game, x, y } = props;
    const { actual, line } = game;
    if (actual === null) return null;
    if (line === null || actual === line)
        return <circle class="result result-even" cx={x} cy={y} r="3.2" />;
    return actual > line ? (
        <path class="result result-over" d={`M${x} ${y - 4.5}l4.2 7.5h-8.4z`} />
    ) : (
        <path class="result result-under" d={`M${x} ${y + 4.5}l4.2-7.5h-8.4z`} />
    );
}

export function SeasonChart(props: {
    readonly points: readonly SeasonPoint[];
    readonly words: string;
    readonly width: number;
}) {
    const { points } = props;
    const size = { ...measures, width: props.width };
    const bottom = size.height - size.minutes - size.gap;
    const x = scaleLinear([-0.5, points.length - 0.5], [size.left, size.width - size.right]);
    const pitch = x(1) - x(0);
    const most = Math.max(
        5,
        ...points.map(({ game, forecast }) =>
            Math.max(game.actual ?? 0, game.line ?? 0, forecast?.quantiles?.[6] ?? 0),
        ),
    );
    const y = scaleLinear([0, most], [bottom, size.top]).nice();
    const minutesMost = Math.max(48, ...points.map(({ game }) => game.minutes ?? 0));
    const minutes = scaleLinear([0, minutesMost], [size.height - 18, size.height - size.minutes]);
    const wide = Math.min(pitch, 22);
    return (
        <svg
            class="drawn"
            viewBox={`0 0 ${size.width} ${size.height}`}
            width={size.width}
            height={size.height}
            role="img"
            aria-label={props.words}
        >
            <Levels values={y.ticks(5)} y={y} left={size.left} right={size.width} text={String} />
            {[0, 24, 48].map((value) => (
                <g key={value} transform={`translate(0 ${minutes(value)})`}>
                    <path class="grid" d={`M${size.left} .5H${size.width}`} />
                    <text class="axis-text" x={size.left - 8} y="4" text-anchor="end">
                        {value}
                    </text>
                </g>
            ))}
            <text class="axis-text" x={size.left} y={size.height - size.minutes - 8}>
                Minutes
            </text>
            {monthStarts(points).map(({ at, name }) => (
                <text key={at} class="axis-text" x={x(at - 0.5) + 2} y={size.height - 4}>
                    {name}
                </text>
            ))}
            {points.map((point, i) => {
                const { game, forecast } = point;
                const q = forecast?.quantiles;
                return (
                    <g key={game.game_id} class="season-game">
                        <title>{inWords(point)}</title>
                        <rect
                            class="season-hit"
                            x={x(i) - pitch / 2}
                            y={size.top}
                            width={pitch}
                            height={size.height - size.top - 18}
                        />
                        {q &&
                            bands.map(([low, high, name]) => (
                                <rect
                                    key={name}
                                    class={name}
                                    x={x(i) - wide / 2}
                                    width={wide}
                                    y={y(q[high] ?? 0)}
                                    height={Math.max(1, y(q[low] ?? 0) - y(q[high] ?? 0))}
                                />
                            ))}
                        {game.line !== null && (
                            <path
                                class="at-line"
                                d={`M${x(i) - wide / 2} ${y(game.line)}h${wide}`}
                            />
                        )}
                        <Mark game={game} x={x(i)} y={y(game.actual ?? 0)} />
                        {game.minutes !== null && (
                            <rect
                                class="strip-even"
                                x={x(i) - wide / 2 + 1}
                                width={Math.max(1, wide - 2)}
                                y={minutes(game.minutes)}
                                height={minutes(0) - minutes(game.minutes)}
                            />
                        )}
                    </g>
                );
            })}
        </svg>
    );
}

export function seasonInWords(points: readonly SeasonPoint[]): string {
    const played = points.filter(({ game }) => game.actual !== null);
    const lined = played.filter(({ game }) => game.line !== null && game.actual !== game.line);
    const over = lined.filter(({ game }) => Number(game.actual) > Number(game.line)).length;
    const inside = played.filter(({ game, forecast }) => {
        const q = forecast?.quantiles;
        return q && Number(game.actual) >= Number(q[1]) && Number(game.actual) <= Number(q[5]);
    }).length;
    const forecast = played.filter((point) => point.forecast?.quantiles).length;
    const mean = played.reduce((sum, { game }) => sum + Number(game.actual), 0) / played.length;
    return [
        `${played.length} games, ${played.length === 0 ? none : number(mean)} a game`,
        forecast === 0 ? "" : `${inside} of ${forecast} within the 80% band`,
        lined.length === 0 ? "" : `over the line in ${over} of ${lined.length}`,
    ]
        .filter(Boolean)
        .join("; ");
}
