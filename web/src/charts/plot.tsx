// A plane with two scales and their axes; what is drawn on it is handed in.

import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { ComponentChildren } from "preact";

export type Scale = ScaleLinear<number, number>;

export interface PlotSize {
    readonly width: number;
    readonly height: number;
}

const edge = { left: 44, right: 18, top: 10, bottom: 36 };

export function scales(
    size: PlotSize,
    x: readonly [number, number],
    y: readonly [number, number],
): { x: Scale; y: Scale } {
    return {
        x: scaleLinear(x, [edge.left, size.width - edge.right]),
        y: scaleLinear(y, [size.height - edge.bottom, edge.top]),
    };
}

/** A line across the plane at each of the values, which stand to its left. */
export function Levels(props: {
    readonly values: readonly number[];
    readonly y: Scale;
    readonly left: number;
    readonly right: number;
    readonly text: (value: number) => string;
}) {
    return (
        <>
            {props.values.map((value) => (
                <g key={value} transform={`translate(0 ${props.y(value)})`}>
                    <path class="grid" d={`M${props.left} .5H${props.right}`} />
                    <text class="axis-text" x={props.left - 8} y="4" text-anchor="end">
                        {props.text(value)}
                    </text>
                </g>
            ))}
        </>
    );
}

export function Plot(props: {
    readonly size: PlotSize;
    readonly x: Scale;
    readonly y: Scale;
    readonly xLabel: string;
    readonly xTicks: readonly number[];
    readonly yTicks: readonly number[];
    readonly xText: (value: number) => string;
    readonly yText: (value: number) => string;
    readonly words: string;
    readonly children: ComponentChildren;
}) {
    const { size, x, y } = props;
    const base = size.height - edge.bottom;
    return (
        <svg
            class="drawn"
            viewBox={`0 0 ${size.width} ${size.height}`}
            width={size.width}
            height={size.height}
            role="img"
            aria-label={props.words}
        >
            <Levels
                values={props.yTicks}
                y={y}
                left={edge.left}
                right={size.width - edge.right}
                text={props.yText}
            />
            {props.xTicks.map((value) => (
                <text key={value} class="axis-text" x={x(value)} y={base + 16} text-anchor="middle">
                    {props.xText(value)}
                </text>
            ))}
            <text
                class="axis-text"
                x={(edge.left + size.width - edge.right) / 2}
                y={size.height - 4}
                text-anchor="middle"
            >
                {props.xLabel}
            </text>
            {props.children}
            <path class="axis" d={`M${edge.left} ${base + 0.5}H${size.width - edge.right}`} />
        </svg>
    );
}
