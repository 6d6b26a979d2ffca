import type { RecentGame } from "../../api/types";
import { Distribution } from "../../charts/distribution";
import { WhenNear } from "../../charts/near";
import { Strip } from "../../charts/strip";
import { line, moment, none, number, percent, price, signedPercent, time } from "../../format";
import { Changing } from "../../ui/changing";
import { Chevron, PickMark } from "../../ui/icons";
import { Link } from "../../ui/link";
import { useMedia } from "../../ui/media";
import { memo } from "../../ui/memo";
import { type Entry, type Move, moves, strip } from "./board";
import { Details, type DetailsProps } from "./details";

export interface RowProps {
    readonly entry: Entry;
    readonly recent: readonly RecentGame[] | undefined;
    readonly market: string;
    readonly most: number;
    readonly open: boolean;
    readonly onToggle: (playerId: number) => void;
}

export const distributionSize = { width: 216, height: 38 };
const stripHeight = 30;

function Status({ entry, moved }: { readonly entry: Entry; readonly moved: readonly Move[] }) {
    const { status, p_plays } = entry.lead;
    const doubtful = p_plays !== null && p_plays < 0.9;
    const was = <Was all={moved} what="plays" />;
    if (status === "available" && !doubtful) return was;
    return (
        <span class={`badge badge-${status}`}>
            {status === "available" ? "" : `${status} `}
            {was}
            {doubtful && `${percent(p_plays)} to play`}
        </span>
    );
}

/** What an earlier board said, before what this one says. */
function Was({ all, what }: { readonly all: readonly Move[]; readonly what: Move["what"] }) {
    const move = all.find((one) => one.what === what);
    if (move === undefined) return null;
    return (
        <span class="was">
            <span class="hidden">was </span>
            {move.from} →{" "}
        </span>
    );
}

/** As wide as the columns that there are: the style sheet leaves out some where room is short. */
function DetailsRow(props: DetailsProps) {
    const close = useMedia("(max-width: 1199px)");
    const closer = useMedia("(max-width: 959px)");
    return (
        <tr class="details-row">
            <td colSpan={closer ? 7 : close ? 8 : 9}>
                <Details {...props} />
            </td>
        </tr>
    );
}

function BoardRowView({ entry, recent, market, most, open, onToggle }: RowProps) {
    const { lead } = entry;
    const games = strip(recent, market);
    const overs =
        lead.line === null ? null : games.filter((g) => g.value > Number(lead.line)).length;
    const moved = moves(lead);
    const where = lead.is_home === false ? "at" : "vs";
    const toggle = () => onToggle(lead.player_id);
    return (
        <>
            <tr
                class={`entry ${open ? "entry-open" : ""} ${lead.status === "out" ? "entry-out" : ""}`}
                data-key={entry.key}
                data-player={lead.player_id}
                tabIndex={-1}
            >
                <th scope="row" class="c-player">
                    <div class="player-cell">
                        <button
                            type="button"
                            class="expand"
                            aria-expanded={open}
                            aria-label={`${open ? "Close" : "Open"} ${lead.player}`}
                            onClick={toggle}
                        >
                            <Chevron to={open ? "down" : "right"} />
                        </button>
                        <div>
                            <Link
                                class="player-name"
                                href={`/player/${lead.player_id}?market=${market}`}
                            >
                                {lead.player}
                            </Link>{" "}
                            <Status entry={entry} moved={moved} />
                            {lead.changed_since !== null && (
                                <span
                                    class="badge badge-moved"
                                    title={`Otherwise until ${moment(lead.changed_since)}`}
                                >
                                    moved
                                </span>
                            )}
                            <div class="sub">
                                {lead.team} {where} {lead.opponent} · {time(lead.tip_off)}
                            </div>
                        </div>
                    </div>
                </th>
                <td class="c-mean numeric">
                    <Was all={moved} what="mean" />
                    <Changing value={lead.mean}>{number(lead.mean)}</Changing>
                    <div class="sub">
                        ±{number(lead.sd)} · {number(lead.minutes, 0)} min
                    </div>
                </td>
                <td class="c-distribution">
                    <WhenNear>
                        {() => (
                            <Distribution
                                row={lead}
                                ticks={entry.ticks}
                                most={most}
                                {...distributionSize}
                            />
                        )}
                    </WhenNear>
                </td>
                <td class="c-line numeric">
                    {lead.line === null ? (
                        <span class="muted" title="No book has a line for him yet">
                            {none}
                        </span>
                    ) : (
                        <>
                            <Was all={moved} what="line" />
                            <Changing value={lead.line}>{line(lead.line)}</Changing>
                            <div class="sub" title={lead.book ?? ""}>
                                <span>
                                    <abbr title="over">o</abbr> {price(lead.over_price)}
                                </span>{" "}
                                <span>
                                    <abbr title="under">u</abbr> {price(lead.under_price)}
                                </span>
                            </div>
                        </>
                    )}
                </td>
                <td class="c-p numeric">
                    <Changing value={lead.p_over}>{percent(lead.p_over)}</Changing>
                    {lead.p_no_vig !== null && (
                        <div class="sub">prices {percent(lead.p_no_vig)}</div>
                    )}
                </td>
                <td class="c-edge numeric">
                    <span class={edgeClass(lead.edge)}>{signedPercent(lead.edge)}</span>
                </td>
                <td class="c-recent">
                    {games.length === 0 ? (
                        <span class="muted">no games</span>
                    ) : (
                        <div class="recent">
                            <WhenNear>
                                {() => (
                                    <Strip games={games} line={lead.line} height={stripHeight} />
                                )}
                            </WhenNear>
                            {overs !== null && (
                                <span class="sub">
                                    {overs}/{games.length}
                                </span>
                            )}
                        </div>
                    )}
                </td>
                <td class="c-grade">
                    <span class={`grade grade-${lead.grade}`}>{lead.grade}</span>
                </td>
                <td class="c-pick">
                    {lead.recommendation === null ? (
                        <span class="muted">no line yet</span>
                    ) : (
                        <div class="pick-cell">
                            <span class="pick-line">
                                <Was all={moved} what="pick" />
                                <span class={`pick pick-${lead.recommendation}`}>
                                    <PickMark pick={lead.recommendation} />
                                    {lead.recommendation}
                                </span>
                            </span>
                            <span class="reason" title={lead.reason ?? ""}>
                                {lead.reason}
                            </span>
                        </div>
                    )}
                </td>
            </tr>
            {open && <DetailsRow entry={entry} games={games} most={most} market={market} />}
        </>
    );
}

function edgeClass(edge: number | null): string {
    if (edge === null) return "muted";
    return edge > 0 ? "toward-over" : "toward-under";
}

/** A row is drawn anew only when something of it changed: filters and keys leave the others. */
export const BoardRowMemo = memo(BoardRowView);
