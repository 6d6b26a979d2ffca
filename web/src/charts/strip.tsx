// The last ten games as a strip, the oldest first, against the line.

import { scaleLinear } from "d3-scale";
import { line as lineText } from "../format";

export interface StripGame {
    readonly value: number;
    /** What it was: the day, the opponent, the number. */
    readonly says: string;
}

const pitch = 10;
const bar = 7;

export function stripInWords(games: readonly StripGame[], line: number | null): string {
    const values = games.map((game) => game.value).join(", ");
    if (games.length === 0) return "no earlier games";
    if (line === null) return `last ${games.length}: ${values}`;
    const over = games.filter((game) => game.value > line).length;
    return `over ${lineText(line)} in ${over} of the last ${games.length}: ${values}`;
}

export function Strip(props: {
    readonly games: readonly StripGame[];
    readonly line: number | null;
    readonly height: number;
}) {
    const { games, line, height } = props;
    const width = 10 * pitch;
    const most = Math.max(1, ...games.map((game) => game.value), (line ?? 0) * 1.15);
    const y = scaleLinear([0, most], [0, height - 2]);
    return (
        <svg
            class="strip"
            viewBox={`0 0 ${width} ${height}`}
            width={width}
            height={height}
            role="img"
            aria-label={stripInWords(games, line)}
        >
            {games.map((game, i) => {
                const tall = Math.max(1.5, y(game.value));
                const side = line === null ? "even" : game.value > line ? "over" : "under";
                return (
                    <rect
                        // biome-ignore lint/suspicious/noArrayIndexKey: a game is its place here
                        key={i}
                        class={`strip-${side}`}
                        x={(10 - games.length + i) * pitch + 1}
                        y={height - tall}
                        width={bar}
                        height={tall}
                    >
                        <title>{game.says}</title>
                    </rect>
                );
            })}
            {line !== null && <path class="at-line" d={`M0 ${height - y(line)}H${width}`} />}
        </svg>
    );
}
