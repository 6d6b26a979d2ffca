import { scaleLinear } from "d3-scale";
import type { Split } from "../../api/types";
import { marketName, monthName, number, words } from "../../format";
import { Figure } from "../../ui/figure";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

const names: Readonly<Record<string, string>> = {
    venue: "Venue",
    rest: "Rest",
    opponent_tier: "Opponent",
    starter: "Role",
    month: "Month",
};

function valueName({ by, value }: Split): string {
    if (by === "rest" && /^\d/.test(value)) return `${value} ${value === "1" ? "day" : "days"}`;
    if (by === "month") return monthName(value);
    return words(value);
}

const width = 140;

/** The mean as a mark on a bar of one standard deviation to each side. */
function MeanBar({ split, most }: { readonly split: Split; readonly most: number }) {
    if (split.mean === null) return null;
    const x = scaleLinear([0, most], [4, width - 4]).clamp(true);
    const low = x(split.mean - (split.sd ?? 0));
    const high = x(split.mean + (split.sd ?? 0));
    return (
        <svg width={width} height="14" viewBox={`0 0 ${width} 14`} aria-hidden="true">
            <path class="grid" d={`M0 7.5H${width}`} />
            <rect class="band-80" x={low} y="4" width={Math.max(1, high - low)} height="6" />
            <path class="tick-lead" d={`M${x(split.mean)} 1v12`} />
        </svg>
    );
}

export function Splits(props: { readonly splits: readonly Split[]; readonly market: string }) {
    const { splits, market } = props;
    if (splits.length === 0) return <Empty title="No games to split yet" />;
    const most = Math.max(...splits.map((split) => (split.mean ?? 0) + (split.sd ?? 0)));
    const groups = [...new Set(splits.map((split) => split.by))];
    return (
        <Figure
            title={`Splits: ${marketName(market).toLowerCase()}`}
            says="Mean with one standard deviation to each side. Few games say little: N is beside it."
        >
            <Table
                caption="Splits"
                rows={splits}
                rowKey={(split) => `${split.by}.${split.value}`}
                rowClass={(split) =>
                    splits.find((one) => one.by === split.by) === split && split.by !== groups[0]
                        ? "group-start"
                        : ""
                }
                columns={[
                    {
                        id: "by",
                        head: "By",
                        cell: (split) =>
                            splits.find((one) => one.by === split.by) === split ? (
                                <span class="muted">{names[split.by] ?? words(split.by)}</span>
                            ) : (
                                ""
                            ),
                    },
                    { id: "value", head: "Is", cell: (split) => valueName(split) },
                    { id: "n", head: "N", numeric: true, cell: (split) => split.games },
                    {
                        id: "mean",
                        head: "Mean",
                        numeric: true,
                        cell: (split) => number(split.mean),
                    },
                    { id: "sd", head: "SD", numeric: true, cell: (split) => number(split.sd) },
                    {
                        id: "minutes",
                        head: "Min",
                        numeric: true,
                        cell: (split) => number(split.minutes, 0),
                    },
                    {
                        id: "bar",
                        head: "",
                        wide: true,
                        cell: (split) => <MeanBar split={split} most={most} />,
                    },
                ]}
            />
        </Figure>
    );
}
