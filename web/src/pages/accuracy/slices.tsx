import type { Slice } from "../../api/types";
import { count, number, percent, signed, words } from "../../format";
import { Table } from "../../ui/table";
import { RateText } from "./rate-text";

/** A system's accuracy cut by something: N and an interval beside every rate. */
export function Slices(props: {
    readonly caption: string;
    readonly slices: readonly Slice[];
    readonly nameOf?: (slice: Slice) => string;
}) {
    const nameOf = props.nameOf ?? ((slice: Slice) => words(slice.name));
    return (
        <Table
            caption={props.caption}
            rows={props.slices.filter((slice) => slice.n > 0)}
            rowKey={(slice) => slice.name}
            cards
            columns={[
                { id: "name", head: "Of", cell: nameOf },
                { id: "n", head: "N", numeric: true, cell: (slice) => count(slice.n) },
                { id: "mae", head: "Error", numeric: true, cell: (slice) => number(slice.mae, 2) },
                {
                    id: "bias",
                    head: "Bias",
                    numeric: true,
                    wide: true,
                    cell: (slice) => signed(slice.bias, 2),
                },
                {
                    id: "c80",
                    head: "In 80%",
                    numeric: true,
                    cell: (slice) => percent(slice.coverage_80, 1),
                },
                {
                    id: "hit",
                    head: "Hit rate",
                    numeric: true,
                    cell: (slice) => (
                        <RateText
                            rate={slice.hit_rate}
                            low={slice.hit_rate_low}
                            high={slice.hit_rate_high}
                            n={slice.picks}
                        />
                    ),
                },
            ]}
        />
    );
}
