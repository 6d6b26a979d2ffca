// From everybody who was expected to those with a forecast and a line: each bar is a part of the one
// above it, and what falls away is named.

import { scaleLinear } from "d3-scale";
import type { Coverage } from "../api/operations";
import { count, percent } from "../format";
import { Measured } from "./measured";

interface Piece {
    readonly name: string;
    readonly n: number;
    readonly kind: "kept" | "voided" | "gap" | "rest";
}

function funnelRows(coverage: Coverage): readonly (readonly Piece[])[] {
    const { lines } = coverage;
    const gaps = coverage.expected - coverage.predicted - coverage.voided;
    return [
        [{ name: "Expected", n: coverage.expected, kind: "kept" }],
        [
            { name: "Predicted", n: coverage.predicted, kind: "kept" },
            { name: "Void", n: coverage.voided, kind: "voided" },
            { name: "Missing", n: gaps, kind: "gap" },
        ],
        [
            { name: "With a line", n: lines.lined, kind: "kept" },
            { name: "No line yet", n: lines.no_line_yet, kind: "rest" },
            { name: "No line", n: lines.no_line, kind: "rest" },
        ],
    ];
}

export function funnelInWords(coverage: Coverage): string {
    const gaps = coverage.expected - coverage.predicted - coverage.voided;
    return `${count(coverage.expected)} expected: ${count(coverage.predicted)} predicted, ${count(
        coverage.voided,
    )} void, ${count(gaps)} missing; ${count(coverage.lines.lined)} with a line`;
}

const row = { height: 34, pitch: 62 };

export function Funnel(props: { readonly coverage: Coverage }) {
    return <Measured>{(width) => <FunnelOf {...props} width={width} />}</Measured>;
}

function FunnelOf(props: { readonly coverage: Coverage; readonly width: number }) {
    const { coverage, width } = props;
    const x = scaleLinear([0, Math.max(1, coverage.expected)], [0, width]);
    const rows = funnelRows(coverage);
    return (
        <svg
            class="drawn"
            viewBox={`0 0 ${width} ${rows.length * row.pitch}`}
            width={width}
            height={rows.length * row.pitch}
            role="img"
            aria-label={funnelInWords(coverage)}
        >
            {rows.map((pieces, i) => {
                let from = 0;
                const y = i * row.pitch + 20;
                const label = pieces
                    .filter((piece) => piece.n > 0)
                    .map((piece) => {
                        const share = percent(piece.n / Math.max(1, coverage.expected));
                        return `${piece.name} ${count(piece.n)}${width < 480 ? "" : ` (${share})`}`;
                    })
                    .join(" · ");
                return (
                    <g key={pieces[0]?.name}>
                        <text class="rate-name" x="0" y={y - 6}>
                            {label || `${pieces[0]?.name} 0`}
                        </text>
                        {pieces.map((piece) => {
                            const start = from;
                            from += piece.n;
                            if (piece.n === 0) return null;
                            return (
                                <rect
                                    key={piece.name}
                                    class={`piece piece-${piece.kind}`}
                                    x={x(start)}
                                    y={y}
                                    width={Math.max(3, x(piece.n) - 1)}
                                    height={row.height}
                                >
                                    <title>{`${piece.name}: ${count(piece.n)}`}</title>
                                </rect>
                            );
                        })}
                    </g>
                );
            })}
        </svg>
    );
}
