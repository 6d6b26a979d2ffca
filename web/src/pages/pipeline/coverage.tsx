import type { Coverage, Gap } from "../../api/operations";
import { Funnel, funnelInWords } from "../../charts/funnel";
import { count, percent, words } from "../../format";
import { Figure } from "../../ui/figure";
import { Link } from "../../ui/link";
import { MarketChoice } from "../../ui/market-choice";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

function Reasons(props: {
    readonly title: string;
    readonly reasons: Readonly<Record<string, number>>;
    readonly of: number;
}) {
    const entries = Object.entries(props.reasons).sort((a, b) => b[1] - a[1]);
    if (entries.length === 0) return null;
    return (
        <>
            <h3>{props.title}</h3>
            <dl class="reasons">
                {entries.map(([reason, n]) => (
                    <div key={reason}>
                        <dt>{words(reason.replace(/^VOID_/, ""))}</dt>
                        <dd>
                            {count(n)}{" "}
                            <span class="muted">({percent(n / Math.max(1, props.of), 1)})</span>
                        </dd>
                    </div>
                ))}
            </dl>
        </>
    );
}

function Gaps({ gaps }: { readonly gaps: readonly Gap[] }) {
    return (
        <div class="tall">
            <Table
                caption="Who is missing, and why"
                rows={gaps}
                rowKey={(gap) => `${gap.game_id}.${gap.player_id}.${gap.player}`}
                columns={[
                    {
                        id: "player",
                        head: "Missing",
                        cell: (gap) => (
                            <>
                                {gap.player_id === null ? (
                                    gap.player
                                ) : (
                                    <Link href={`/player/${gap.player_id}`}>{gap.player}</Link>
                                )}
                                <div class="sub">{gap.team}</div>
                            </>
                        ),
                    },
                    {
                        id: "reason",
                        head: "Why",
                        cell: (gap) => (
                            <>
                                {words(gap.reason)}
                                <div class="sub wrap">{gap.detail}</div>
                            </>
                        ),
                    },
                ]}
            />
        </div>
    );
}

export function CoveragePanel(props: {
    readonly coverage: Coverage;
    readonly market: string | null;
}) {
    const { coverage } = props;
    return (
        <Figure title="Coverage" says={`${funnelInWords(coverage)}.`}>
            <div class="filters">
                <MarketChoice market={coverage.market} />
            </div>
            {coverage.expected === 0 ? (
                <Empty title="Nobody is expected on this day">
                    <p>No games are scheduled.</p>
                </Empty>
            ) : (
                <>
                    <Funnel coverage={coverage} />
                    <Reasons title="Missing" reasons={coverage.reasons} of={coverage.expected} />
                    <Reasons title="Void" reasons={coverage.void_reasons} of={coverage.expected} />
                    {coverage.gaps.length > 0 && <Gaps gaps={coverage.gaps} />}
                </>
            )}
        </Figure>
    );
}
