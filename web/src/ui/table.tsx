// A table of records: sorted by a click on a head, the order kept in the address. Wide ones scroll
// within their own frame; the page never does.

import type { ComponentChildren } from "preact";
import { none } from "../format";
import { setQuery } from "../state/url";
import { Sorted } from "./icons";
import { ScrollFrame } from "./scroll";

export interface Column<Row> {
    readonly id: string;
    readonly head: ComponentChildren;
    readonly title?: string;
    readonly numeric?: boolean;
    /** Left out where there is little room. */
    readonly wide?: boolean;
    /** What the column is sorted by; without it, it is not. */
    readonly sortBy?: (row: Row) => number | string | null;
    readonly cell: (row: Row) => ComponentChildren;
}

export interface Order {
    readonly column: string;
    readonly descending: boolean;
}

/** "-edge" is by edge, the greatest first. */
export function readOrder(text: string | null, usual: string): Order {
    const value = text ?? usual;
    return { column: value.replace(/^-/, ""), descending: value.startsWith("-") };
}

export function orderText(order: Order): string {
    return (order.descending ? "-" : "") + order.column;
}

/** What is not known comes last, whichever way. */
export function compare(a: number | string | null, b: number | string | null, descending: boolean) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const way = descending ? -1 : 1;
    if (typeof a === "string" || typeof b === "string")
        return way * String(a).localeCompare(String(b));
    return way * (a - b);
}

function sortRows<Row>(
    rows: readonly Row[],
    columns: readonly Column<Row>[],
    order: Order,
): readonly Row[] {
    const by = columns.find((column) => column.id === order.column)?.sortBy;
    if (by === undefined) return rows;
    return rows
        .map((row) => ({ row, key: by(row) }))
        .sort((a, b) => compare(a.key, b.key, order.descending))
        .map(({ row }) => row);
}

/** The next order when the head of `column` is chosen: numbers begin with the greatest. */
function nextOrder(order: Order, column: string, numeric: boolean): Order {
    if (order.column === column) return { column, descending: !order.descending };
    return { column, descending: numeric };
}

export function SortHead(props: {
    readonly column: Pick<Column<never>, "id" | "head" | "title" | "numeric">;
    readonly order: Order;
    readonly parameter: string;
    readonly class?: string;
}) {
    const { column, order } = props;
    const isSorted = order.column === column.id;
    return (
        <th
            scope="col"
            class={`${column.numeric ? "numeric" : ""} ${props.class ?? ""}`}
            aria-sort={isSorted ? (order.descending ? "descending" : "ascending") : "none"}
        >
            <button
                type="button"
                class="sort"
                title={column.title}
                onClick={() =>
                    setQuery({
                        [props.parameter]: orderText(
                            nextOrder(order, column.id, column.numeric ?? false),
                        ),
                    })
                }
            >
                {column.head}
                {isSorted && <Sorted descending={order.descending} />}
            </button>
        </th>
    );
}

export function Table<Row>(props: {
    readonly caption: string;
    readonly columns: readonly Column<Row>[];
    readonly rows: readonly Row[];
    readonly rowKey: (row: Row) => string;
    readonly order?: Order;
    /** The parameter of the address that holds the order. */
    readonly parameter?: string;
    readonly rowClass?: (row: Row) => string;
    /** On a phone a row is a card: its first cell is the title, the others have their heads beside. */
    readonly cards?: boolean;
}) {
    const { columns, order, parameter } = props;
    const rows = order === undefined ? props.rows : sortRows(props.rows, columns, order);
    return (
        <ScrollFrame class={`table-frame ${props.cards ? "cards" : ""}`} label={props.caption}>
            <table>
                <caption class="hidden">{props.caption}</caption>
                <thead>
                    <tr>
                        {columns.map((column) =>
                            column.sortBy && order && parameter ? (
                                <SortHead
                                    key={column.id}
                                    column={column}
                                    order={order}
                                    parameter={parameter}
                                    class={column.wide ? "wide" : ""}
                                />
                            ) : (
                                <th
                                    scope="col"
                                    key={column.id}
                                    title={column.title}
                                    class={`${column.numeric ? "numeric" : ""} ${column.wide ? "wide" : ""}`}
                                >
                                    {column.head}
                                </th>
                            ),
                        )}
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => (
                        <tr key={props.rowKey(row)} class={props.rowClass?.(row) ?? ""}>
                            {columns.map((column) => {
                                const content = column.cell(row);
                                return (
                                    <td
                                        key={column.id}
                                        data-head={
                                            typeof column.head === "string" ? column.head : ""
                                        }
                                        data-empty={content === none ? "" : undefined}
                                        class={`${column.numeric ? "numeric" : ""} ${column.wide ? "wide" : ""}`}
                                    >
                                        {content}
                                    </td>
                                );
                            })}
                        </tr>
                    ))}
                </tbody>
            </table>
        </ScrollFrame>
    );
}
