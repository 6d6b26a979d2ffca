// One player at a closer look: the distribution with its axis, every system, every line, the reason
// in full.

import type { BoardRow } from "../../api/types";
import { Distribution, distributionInWords } from "../../charts/distribution";
import { Measured } from "../../charts/measured";
import { type StripGame, stripInWords } from "../../charts/strip";
import { line, moment, number, percent, price, signedPercent, systemName } from "../../format";
import { Figure } from "../../ui/figure";
import { PickMark } from "../../ui/icons";
import { Link } from "../../ui/link";
import { type Column, Table } from "../../ui/table";
import type { Entry } from "./board";

function PickText({ row }: { readonly row: BoardRow }) {
    if (row.recommendation === null) return <span class="muted">no line</span>;
    return (
        <span class={`pick pick-${row.recommendation}`} title={row.reason ?? ""}>
            <PickMark pick={row.recommendation} />
            {row.recommendation}
        </span>
    );
}

const systemColumns: readonly Column<BoardRow>[] = [
    { id: "system", head: "System", cell: (row) => systemName(row.system) },
    { id: "mean", head: "Mean", numeric: true, cell: (row) => number(row.mean) },
    { id: "sd", head: "SD", numeric: true, wide: true, cell: (row) => number(row.sd) },
    { id: "p", head: "P(over)", numeric: true, cell: (row) => percent(row.p_over) },
    { id: "edge", head: "Edge", numeric: true, cell: (row) => signedPercent(row.edge) },
    { id: "pick", head: "Pick", cell: (row) => <PickText row={row} /> },
];

const lineColumns: readonly Column<BoardRow>[] = [
    { id: "book", head: "Book", cell: (row) => row.book },
    { id: "line", head: "Line", numeric: true, cell: (row) => line(row.line) },
    { id: "over", head: "Over", numeric: true, cell: (row) => price(row.over_price) },
    { id: "under", head: "Under", numeric: true, cell: (row) => price(row.under_price) },
    { id: "p", head: "P(over)", numeric: true, wide: true, cell: (row) => percent(row.p_over) },
    { id: "edge", head: "Edge", numeric: true, cell: (row) => signedPercent(row.edge) },
    { id: "pick", head: "Pick", cell: (row) => <PickText row={row} /> },
];

const quantileNames = ["2.5%", "10%", "25%", "50%", "75%", "90%", "97.5%"];

export interface DetailsProps {
    readonly entry: Entry;
    readonly games: readonly StripGame[];
    readonly most: number;
    readonly market: string;
}

export function Details(props: DetailsProps) {
    const { entry, games } = props;
    const { lead } = entry;
    const quantiles = lead.quantiles ?? [];
    // Close by, a player has a scale of his own.
    const most = Math.max(5, Math.ceil((quantiles[6] ?? props.most) * 1.08), (lead.line ?? 0) + 2);
    const lined = entry.lines.filter((row) => row.line !== null);
    return (
        <div class="details">
            <Figure
                title="Forecast against the line"
                says={distributionInWords(lead)}
                class="details-chart"
                table={() => (
                    <Table
                        caption="Quantiles of the forecast"
                        columns={[
                            { id: "level", head: "At most, with", cell: (q) => q.level },
                            {
                                id: "value",
                                head: "Value",
                                numeric: true,
                                cell: (q) => line(q.value),
                            },
                        ]}
                        rows={quantiles.map((value, i) => ({
                            level: quantileNames[i] ?? "",
                            value,
                        }))}
                        rowKey={(q) => q.level}
                    />
                )}
            >
                <Measured>
                    {(width) => (
                        <Distribution
                            row={lead}
                            ticks={entry.ticks}
                            most={most}
                            width={Math.min(440, width)}
                            height={196}
                            large
                        />
                    )}
                </Measured>
            </Figure>
            <div class="details-tables">
                <h3>Systems{lead.line === null ? "" : ` at ${line(lead.line)}`}</h3>
                <Table
                    caption={`Systems for ${lead.player}`}
                    columns={systemColumns}
                    rows={entry.all}
                    rowKey={(row) => row.system}
                    rowClass={(row) => (row.system === lead.system ? "leads" : "")}
                />
                {lined.length > 0 && (
                    <>
                        <h3>Lines</h3>
                        <Table
                            caption={`Lines for ${lead.player}`}
                            columns={lineColumns}
                            rows={lined}
                            rowKey={(row) => `${row.book}.${row.line}`}
                        />
                    </>
                )}
            </div>
            <div class="details-words">
                {lead.reason && (
                    <>
                        <h3>Why</h3>
                        <p>{lead.reason}</p>
                    </>
                )}
                <h3>Last ten</h3>
                <p>{stripInWords(games, lead.line)}</p>
                {lead.changed_since !== null && (
                    <p class="muted">Otherwise until {moment(lead.changed_since)}.</p>
                )}
                <p>
                    <Link href={`/player/${lead.player_id}?market=${props.market}`}>
                        Season, shots and features of {lead.player}
                    </Link>
                </p>
            </div>
        </div>
    );
}
