// The day as a graph: a box a step with its four lights, an arrow from each step to those that wait
// for it. From left to right where there is room, else from above to below.

import { curveBumpX, curveBumpY, line } from "d3-shape";
import { count, words } from "../format";
import { lightNames, type Node, worst } from "../pages/pipeline/day";
import { Light } from "../ui/icons";
import { Link } from "../ui/link";

/** How the graph lies: from left to right with or without much room, or from above to below. */
export type Lie = "wide" | "close" | "upright";

interface Measures {
    readonly width: number;
    readonly height: number;
    readonly along: number;
    /** Lights side by side in a box. */
    readonly lightColumns: number;
}

const measures: Readonly<Record<Lie, Measures>> = {
    wide: { width: 204, height: 104, along: 56, lightColumns: 2 },
    close: { width: 126, height: 160, along: 24, lightColumns: 1 },
    upright: { width: 204, height: 104, along: 32, lightColumns: 2 },
};
const acrossGap = 16;
const lightLabels = { job: "Job", age: "Age", completeness: "Complete", sanity: "Sane" } as const;

interface Placed {
    readonly node: Node;
    readonly x: number;
    readonly y: number;
}

function place(nodes: readonly Node[], lie: Lie): Placed[] {
    const box = measures[lie];
    const upright = lie === "upright";
    const filled = new Map<number, number>();
    return nodes.map((node) => {
        const row = filled.get(node.column) ?? 0;
        filled.set(node.column, row + 1);
        const along = node.column * ((upright ? box.height : box.width) + box.along);
        const across = row * ((upright ? box.width : box.height) + acrossGap);
        return upright ? { node, x: across, y: along } : { node, x: along, y: across };
    });
}

interface Arrow {
    readonly from: Placed;
    readonly to: Placed;
    /** Past other steps an arrow goes round them, each in a lane of its own; 0 is straight there. */
    readonly lane: number;
}

function arrowsOf(placed: readonly Placed[]): Arrow[] {
    let lane = 0;
    return placed.flatMap((to) =>
        to.node.after.flatMap((name) => {
            const from = placed.find((one) => one.node.step === name);
            if (from === undefined) return [];
            return [{ from, to, lane: to.node.column - from.node.column > 1 ? ++lane : 0 }];
        }),
    );
}

function arrow({ from, to, lane }: Arrow, lie: Lie): string {
    const box = measures[lie];
    const upright = lie === "upright";
    if (upright) {
        if (lane > 0) {
            const side = box.width + 8 + lane * 10;
            return `M${from.x + box.width} ${from.y + box.height / 2}H${side}V${to.y + box.height / 2}H${to.x + box.width + 4}`;
        }
        const points: [number, number][] = [
            [from.x + box.width / 2, from.y + box.height],
            [to.x + box.width / 2, to.y - 4],
        ];
        return line().curve(curveBumpY)(points) ?? "";
    }
    if (lane > 0) {
        const below = from.y + box.height + 8 + lane * 10;
        return `M${from.x + box.width / 2 + lane * 12} ${from.y + box.height}V${below}H${to.x + box.width / 2 - lane * 12}V${to.y + box.height + 4}`;
    }
    const points: [number, number][] = [
        [from.x + box.width, from.y + box.height / 2],
        [to.x - 4, to.y + box.height / 2],
    ];
    return line().curve(curveBumpX)(points) ?? "";
}

function Step(props: {
    readonly placed: Placed;
    readonly lie: Lie;
    readonly chosen: boolean;
    readonly href: string;
}) {
    const box = measures[props.lie];
    const lightTop = box.lightColumns === 1 ? 56 : 40;
    const { node, x, y } = props.placed;
    const tables = `${count(node.tables.length)} ${node.tables.length === 1 ? "table" : "tables"}`;
    return (
        <g transform={`translate(${x} ${y})`}>
            <Link
                class={`step ${props.chosen ? "step-chosen" : ""}`}
                href={props.href}
                aria-label={`${words(node.step)}: ${tables}`}
            >
                <rect width={box.width} height={box.height} rx="4" />
                <text class="step-name" x="12" y="24">
                    {words(node.step)}
                </text>
                <text
                    class="axis-text"
                    x={box.lightColumns === 1 ? 12 : box.width - 12}
                    y={box.lightColumns === 1 ? 42 : 24}
                    text-anchor={box.lightColumns === 1 ? "start" : "end"}
                >
                    {tables}
                </text>
                {lightNames.map((name, i) => (
                    <g
                        key={name}
                        transform={`translate(${12 + (i % box.lightColumns) * 92} ${lightTop + Math.floor(i / box.lightColumns) * (box.lightColumns === 1 ? 24 : 28)})`}
                    >
                        <Light colour={worst(node.tables, name)} label={lightLabels[name]} />
                        <text class="step-light" x="22" y="11">
                            {lightLabels[name]}
                        </text>
                    </g>
                ))}
            </Link>
        </g>
    );
}

export function DayGraph(props: {
    readonly nodes: readonly Node[];
    readonly chosen: string | null;
    readonly lie: Lie;
    readonly hrefOf: (step: string) => string;
    readonly label: string;
}) {
    const box = measures[props.lie];
    const upright = props.lie === "upright";
    const placed = place(props.nodes, props.lie);
    const arrows = arrowsOf(placed);
    const extra = 16 + 10 * Math.max(0, ...arrows.map((one) => one.lane));
    const width = Math.max(...placed.map((one) => one.x)) + box.width + (upright ? extra : 2);
    const height = Math.max(...placed.map((one) => one.y)) + box.height + (upright ? 2 : extra);
    return (
        <svg
            class="day-graph"
            viewBox={`-2 -2 ${width + 4} ${height + 4}`}
            width={width + 4}
            role="group"
            aria-label={props.label}
        >
            <defs>
                <marker
                    id="arrow-head"
                    viewBox="0 0 8 8"
                    refX="6"
                    refY="4"
                    markerWidth="7"
                    markerHeight="7"
                    orient="auto"
                >
                    <path class="arrow-head" d="M0 0l8 4-8 4z" />
                </marker>
            </defs>
            {arrows.map((one) => (
                <path
                    key={`${one.from.node.step}.${one.to.node.step}`}
                    class="arrow"
                    d={arrow(one, props.lie)}
                    marker-end="url(#arrow-head)"
                />
            ))}
            {placed.map((one) => (
                <Step
                    key={one.node.step}
                    placed={one}
                    lie={props.lie}
                    chosen={one.node.step === props.chosen}
                    href={props.hrefOf(one.node.step)}
                />
            ))}
        </svg>
    );
}
