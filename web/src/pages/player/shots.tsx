import type { PlayerShots, Zone } from "../../api/types";
import { Court, zoneNames } from "../../charts/court";
import { count, percent, signed } from "../../format";
import { AsOf } from "../../ui/as-of";
import { Figure } from "../../ui/figure";
import { Empty } from "../../ui/states";
import { type Column, Table } from "../../ui/table";

function columnsFor(opponent: string | null): Column<Zone>[] {
    return [
        { id: "zone", head: "Zone", cell: (zone) => zoneNames[zone.zone] ?? zone.zone },
        {
            id: "share",
            head: "Share",
            title: "Of his attempts",
            numeric: true,
            cell: (zone) => percent(zone.attempt_share),
        },
        {
            id: "made",
            head: "Made",
            numeric: true,
            cell: (zone) => `${count(zone.made)}/${count(zone.attempts)}`,
        },
        { id: "pct", head: "Hits", numeric: true, cell: (zone) => percent(zone.pct, 1) },
        {
            id: "league",
            head: "League",
            numeric: true,
            cell: (zone) => percent(zone.league_pct, 1),
        },
        {
            id: "defence",
            head: `${opponent ?? "Opponent"} allows`,
            numeric: true,
            cell: (zone) =>
                zone.defence_pct === null
                    ? percent(null)
                    : `${percent(zone.defence_pct, 1)} (${signed(
                          (zone.defence_league_diff ?? 0) * 100,
                      )})`,
        },
    ];
}

function inWords(zones: readonly Zone[]): string {
    const most = [...zones].sort((a, b) => (b.attempt_share ?? 0) - (a.attempt_share ?? 0))[0];
    if (most === undefined) return "No zones.";
    const name = (zoneNames[most.zone] ?? most.zone).toLowerCase();
    return `Most from ${name}: ${percent(most.attempt_share)} of his attempts, ${percent(most.pct)} of them in.`;
}

export function Shots({ shots }: { readonly shots: PlayerShots }) {
    const zones = shots.zones ?? [];
    if (zones.length === 0) {
        return <Empty title="No shots on record">{shots.why && <p>{shots.why}</p>}</Empty>;
    }
    const words = inWords(zones);
    return (
        <Figure
            title={`Shots${shots.opponent ? ` against ${shots.opponent}` : ""}`}
            says={words}
            legend={
                <>
                    <span>
                        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                            <rect class="zone zone-better" width="12" height="12" />
                        </svg>
                        better than the league (+)
                    </span>
                    <span>
                        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
                            <rect class="zone zone-worse" width="12" height="12" />
                        </svg>
                        worse (−)
                    </span>
                    <span>
                        <svg width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">
                            <circle class="made" cx="5" cy="6" r="2.6" />
                            <path class="missed" d="M17 4l4 4m0-4l-4 4" />
                        </svg>
                        made, missed
                    </span>
                </>
            }
            note={
                <>
                    {shots.window}
                    {shots.why ? `; ${shots.why}` : ""}. <AsOf at={shots.as_of} />
                </>
            }
        >
            <Court zones={zones} attempts={shots.attempts ?? []} words={words} />
            <Table
                caption="Shots by zone"
                columns={columnsFor(shots.opponent)}
                rows={zones}
                rowKey={(zone) => zone.zone}
            />
        </Figure>
    );
}
