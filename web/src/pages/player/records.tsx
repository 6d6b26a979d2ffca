import type { BoxGame, PlayerDocument } from "../../api/types";
import { dayShort, marketName, none, number, percent, signed, systemName } from "../../format";
import { Figure } from "../../ui/figure";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

/** How each system has done with this player. */
export function Record(props: { readonly document: PlayerDocument; readonly market: string }) {
    const { document, market } = props;
    const all = document.accuracy?.systems ?? [];
    const records = all
        .filter((record) => record.market === market)
        .sort((a, b) => (a.mae ?? Infinity) - (b.mae ?? Infinity));
    const name = marketName(market).toLowerCase();
    if (records.length === 0) {
        return (
            <Empty title={`No graded forecasts of ${name}`}>
                <p>They are graded when the games are over.</p>
            </Empty>
        );
    }
    return (
        <Figure
            title={`The systems' record: ${name}`}
            says={`${document.accuracy?.season}, graded forecasts of him alone, the least error first.`}
        >
            <Table
                caption="Record of each system"
                rows={records}
                rowKey={(record) => record.system}
                columns={[
                    { id: "system", head: "System", cell: (record) => systemName(record.system) },
                    { id: "n", head: "N", numeric: true, cell: (record) => record.n },
                    {
                        id: "mae",
                        head: "Error",
                        title: "Mean absolute error of the median",
                        numeric: true,
                        cell: (record) => number(record.mae, 2),
                    },
                    {
                        id: "bias",
                        head: "Bias",
                        title: "Forecast less what he did",
                        numeric: true,
                        cell: (record) => signed(record.bias, 2),
                    },
                    {
                        id: "crps",
                        head: "CRPS",
                        title: "Error of the whole distribution",
                        numeric: true,
                        cell: (record) => number(record.crps, 2),
                    },
                ]}
            />
        </Figure>
    );
}

export function Games({ games }: { readonly games: readonly BoxGame[] }) {
    if (games.length === 0) return <Empty title="No games on record" />;
    const stat = (id: keyof BoxGame, head: string, title?: string, wide = false) => ({
        id,
        head,
        numeric: true,
        wide,
        ...(title ? { title } : {}),
        cell: (game: BoxGame) => (typeof game[id] === "number" ? String(game[id]) : none),
    });
    return (
        <Figure
            title="Last games"
            says={`The newest ${games.length}, as the box scores have them.`}
        >
            <Table
                caption="Last games"
                rows={games}
                rowKey={(game) => game.game_id}
                columns={[
                    { id: "day", head: "Day", cell: (game) => dayShort(game.game_date) },
                    {
                        id: "opponent",
                        head: "Against",
                        cell: (game) => `${game.is_home === false ? "at" : "vs"} ${game.opponent}`,
                    },
                    stat("minutes", "MIN"),
                    stat("points", "PTS"),
                    stat("rebounds", "REB"),
                    stat("assists", "AST"),
                    stat("threes", "3PM"),
                    {
                        id: "usage",
                        head: "USG",
                        title: "Usage rate",
                        numeric: true,
                        wide: true,
                        cell: (game) => percent(game.usage_rate),
                    },
                    {
                        id: "ts",
                        head: "TS",
                        title: "True shooting",
                        numeric: true,
                        wide: true,
                        cell: (game) => percent(game.true_shooting),
                    },
                ]}
            />
        </Figure>
    );
}
