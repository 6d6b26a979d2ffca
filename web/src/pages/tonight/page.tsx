// What a person who runs a model looks at each morning: the games, and every player's forecast
// against his line.

import type { RefObject } from "preact";
import { useCallback, useMemo, useRef } from "preact/hooks";
import { address } from "../../api/client";
import { type Board, markets } from "../../api/types";
import { DistributionScale } from "../../charts/distribution";
import { dayLong, marketName } from "../../format";
import { useKeys } from "../../state/keys";
import { useResource } from "../../state/resource";
import { choice, setQuery, usePlace } from "../../state/url";
import { AsOf } from "../../ui/as-of";
import { DayChoice } from "../../ui/controls";
import { Link } from "../../ui/link";
import { Empty, Faulty, Skeleton, StaleBar } from "../../ui/states";
import { orderText, readOrder, SortHead } from "../../ui/table";
import { domainOf, type Filters, filter, group, sort, systemsOf } from "./board";
import { FilterBar, usualOrder } from "./filters";
import { Games } from "./games";
import { BoardRowMemo, distributionSize } from "./row";

function readFilters(query: URLSearchParams): Filters {
    return {
        game: query.get("game") || null,
        team: query.get("team") || null,
        edge: Number(query.get("edge") ?? 0) || 0,
        grade: query.get("grade") || null,
        pick: query.get("pick") || null,
        lined: query.get("lined") === "1",
        moved: query.get("moved") === "1",
        text: query.get("q") ?? "",
    };
}

const heads = [
    { id: "player", head: "Player", numeric: false },
    { id: "mean", head: "Mean", numeric: true, title: "Mean of the forecast" },
    { id: "distribution", head: "Distribution", numeric: false },
    { id: "line", head: "Line", numeric: true },
    { id: "p", head: "P(over)", numeric: true, title: "Chance to go over the line" },
    {
        id: "edge",
        head: "Edge",
        numeric: true,
        title: "P(over) less what the prices say; sorted by its size on either side",
    },
    { id: "recent", head: "Last ten", numeric: false },
    { id: "grade", head: "Grade", numeric: false, title: "Quality of the data behind it" },
    { id: "pick", head: "Pick", numeric: false },
] as const;
const unsorted = new Set(["distribution", "recent"]);

/** The rows in the order in which they stand on the page. */
function rowElements(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>("tr.entry")];
}

function moveFocus(step: number): void {
    const rows = rowElements();
    const at = rows.indexOf(document.activeElement?.closest("tr.entry") as HTMLElement);
    const next = at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next]?.focus({ preventScroll: true });
    rows[next]?.scrollIntoView({ block: "nearest" });
}

export function Tonight() {
    const { query } = usePlace();
    const date = query.get("date");
    const market = choice(query, "market", markets);
    const board = useResource<Board>(
        address("/v1/board", { date: date ?? "today", market, recent: 10 }),
    );
    const searchRef = useRef<HTMLInputElement>(null);
    const open = query.get("open");

    const toggle = useCallback((playerId: number) => {
        const now = new URLSearchParams(window.location.search).get("open");
        setQuery({ open: now === String(playerId) ? null : playerId }, "replace");
    }, []);

    useKeys({
        title: "Tonight",
        bindings: [
            { keys: ["/"], does: "Search players", run: () => searchRef.current?.select() },
            { keys: ["j", "ArrowDown"], does: "Next player", run: () => moveFocus(1) },
            { keys: ["k", "ArrowUp"], does: "Player before", run: () => moveFocus(-1) },
            {
                keys: ["Enter"],
                does: "Open or close the player's details",
                run: () => {
                    const row = document.activeElement?.closest<HTMLElement>("tr.entry");
                    if (row) toggle(Number(row.dataset.player));
                },
            },
            {
                keys: ["Escape"],
                does: "Close the details",
                run: () => setQuery({ open: null }, "replace"),
            },
        ],
    });

    const shown = board.value;
    return (
        <>
            <div class="page-head">
                <h1>{shown === null ? "Tonight" : dayLong(shown.date)}</h1>
                <DayChoice
                    value={date}
                    shown={shown?.date ?? date}
                    onChoose={(day) => setQuery({ date: day, game: null, open: null })}
                />
                <span class="page-head-end">
                    {shown?.simulated && <span class="badge">Simulated league</span>}
                    <AsOf at={shown?.as_of ?? null} />
                </span>
            </div>
            <StaleBar resource={board} />
            {shown === null &&
                (board.problem === null ? (
                    <Skeleton label="Loading the board" rows={12} />
                ) : (
                    <Faulty problem={board.problem} />
                ))}
            {shown !== null && (
                <BoardView
                    board={shown}
                    market={market}
                    query={query}
                    open={open}
                    searchRef={searchRef}
                    onToggle={toggle}
                />
            )}
        </>
    );
}

function BoardView(props: {
    readonly board: Board;
    readonly market: string;
    readonly query: URLSearchParams;
    readonly open: string | null;
    readonly searchRef: RefObject<HTMLInputElement>;
    readonly onToggle: (playerId: number) => void;
}) {
    const { board, market, query } = props;
    const present = useMemo(() => systemsOf(board.rows), [board]);
    const wanted = query.get("system");
    const system = present.find((one) => one === wanted) ?? present[0] ?? "";
    const entries = useMemo(() => group(board.rows, system), [board, system]);
    const most = useMemo(() => domainOf(entries), [entries]);
    const teams = useMemo(
        () => [...new Set(entries.map(({ lead }) => lead.team))].sort(),
        [entries],
    );
    const filters = readFilters(query);
    const order = readOrder(query.get("sort"), usualOrder);
    const rows = sort(filter(entries, filters), order);
    const games = board.games ?? [];

    if (entries.length === 0 && games.length === 0) {
        return (
            <Empty title="Nothing is forecast for this day">
                <p>
                    There may be no games, or the day has not been run yet.{" "}
                    <Link href="/pipeline">Pipeline</Link> says which.
                </p>
            </Empty>
        );
    }
    return (
        <>
            {games.length > 0 && <Games games={games} chosen={filters.game} />}
            <FilterBar
                market={market}
                system={system}
                systems={present}
                teams={teams}
                filters={filters}
                searchRef={props.searchRef}
                order={orderText(order)}
                shown={rows.length}
                known={entries.length}
            />
            {rows.length === 0 ? (
                <Empty
                    title={
                        entries.length === 0
                            ? "No forecasts in this market"
                            : "Nobody fits these filters"
                    }
                >
                    {entries.length === 0 ? (
                        <p>
                            It is forecast once it is asked for:{" "}
                            <code>
                                tipoff backfill --dates {board.date} --market {market}
                            </code>
                        </p>
                    ) : (
                        <p>Take one of them away, or show all.</p>
                    )}
                </Empty>
            ) : (
                <table class="board">
                    <caption class="hidden">
                        {marketName(market)} of {dayLong(board.date)}
                    </caption>
                    <thead>
                        <tr>
                            {heads.map((column) =>
                                unsorted.has(column.id) ? (
                                    <th scope="col" key={column.id} class={`c-${column.id}`}>
                                        {column.head}
                                        {column.id === "distribution" && (
                                            <DistributionScale
                                                most={most}
                                                width={distributionSize.width}
                                            />
                                        )}
                                    </th>
                                ) : (
                                    <SortHead
                                        key={column.id}
                                        column={column}
                                        order={order}
                                        parameter="sort"
                                        class={`c-${column.id}`}
                                    />
                                ),
                            )}
                        </tr>
                    </thead>
                    <tbody>
                        {rows.map((entry) => (
                            <BoardRowMemo
                                key={entry.key}
                                entry={entry}
                                recent={board.recent?.[String(entry.lead.player_id)]}
                                market={market}
                                most={most}
                                open={props.open === String(entry.lead.player_id)}
                                onToggle={props.onToggle}
                            />
                        ))}
                    </tbody>
                </table>
            )}
        </>
    );
}
