// What the board says of a market, a player a row: pure, so that a test can hold it to the API.

import { type BoardRow, type RecentGame, systems } from "../../api/types";
import type { Tick } from "../../charts/distribution";
import type { StripGame } from "../../charts/strip";
import { dayShort, line, number, percent } from "../../format";
import { compare, type Order } from "../../ui/table";

export interface Entry {
    readonly key: string;
    /** The chosen system's forecast, at the line that pays best by it. */
    readonly lead: BoardRow;
    /** Every system, at that line. */
    readonly all: readonly BoardRow[];
    /** The chosen system at every line of every book. */
    readonly lines: readonly BoardRow[];
    readonly ticks: readonly Tick[];
}

export interface Filters {
    readonly game: string | null;
    readonly team: string | null;
    /** The least edge on either side, as a share of one. */
    readonly edge: number;
    /** The worst grade that is shown. */
    readonly grade: string | null;
    readonly pick: string | null;
    readonly lined: boolean;
    readonly moved: boolean;
    readonly text: string;
}

/** The systems that a board has, the one that leads as a rule first. */
export function systemsOf(rows: readonly { readonly system: string }[]): string[] {
    const present = new Set(rows.map((row) => row.system));
    const known = systems.filter((system) => present.has(system));
    return [...known, ...[...present].filter((system) => !known.some((one) => one === system))];
}

function paysBetter(a: BoardRow, b: BoardRow): number {
    return compare(a.ev, b.ev, true) || compare(Math.abs(a.edge ?? 0), Math.abs(b.edge ?? 0), true);
}

export function group(rows: readonly BoardRow[], system: string): Entry[] {
    const players = new Map<string, BoardRow[]>();
    for (const row of rows) {
        const key = `${row.game_id}.${row.player_id}`;
        const held = players.get(key);
        if (held === undefined) players.set(key, [row]);
        else held.push(row);
    }
    const entries: Entry[] = [];
    for (const [key, held] of players) {
        const lines = held.filter((row) => row.system === system).sort(paysBetter);
        const lead = lines[0];
        if (lead === undefined) continue;
        const all = systemsOf(held).flatMap(
            (one) =>
                held.find(
                    (row) => row.system === one && row.book === lead.book && row.line === lead.line,
                ) ??
                held.find((row) => row.system === one) ??
                [],
        );
        const ticks = all.map((row) => ({ system: row.system, mean: row.mean }));
        entries.push({ key, lead, all, lines, ticks });
    }
    return entries;
}

function fold(text: string): string {
    return text
        .normalize("NFD")
        .replace(/\p{Diacritic}/gu, "")
        .toLowerCase();
}

export function filter(entries: readonly Entry[], by: Filters): Entry[] {
    const words = fold(by.text).split(/\s+/).filter(Boolean);
    return entries.filter(({ lead }) => {
        if (by.game !== null && lead.game_id !== by.game) return false;
        if (by.team !== null && lead.team !== by.team) return false;
        if (by.edge > 0 && Math.abs(lead.edge ?? 0) < by.edge) return false;
        if (by.grade !== null && lead.grade > by.grade) return false;
        if (by.pick !== null && lead.recommendation !== by.pick) return false;
        if (by.lined && lead.line === null) return false;
        if (by.moved && lead.changed_since === null) return false;
        const hay = fold(`${lead.player} ${lead.team}`);
        return words.every((word) => hay.includes(word));
    });
}

const keys: Readonly<Record<string, (row: BoardRow) => number | string | null>> = {
    player: (row) => row.player,
    mean: (row) => row.mean,
    line: (row) => row.line,
    p: (row) => row.p_over,
    edge: (row) => (row.edge === null ? null : Math.abs(row.edge)),
    grade: (row) => row.grade,
    pick: (row) => row.recommendation,
    tip: (row) => row.tip_off,
};

/** By the chosen column; what is alike there by tip-off, then the greater forecast first. */
export function sort(entries: readonly Entry[], order: Order): Entry[] {
    const by = keys[order.column] ?? keys.edge;
    return [...entries].sort(
        (a, b) =>
            (by ? compare(by(a.lead), by(b.lead), order.descending) : 0) ||
            compare(a.lead.tip_off, b.lead.tip_off, false) ||
            compare(a.lead.game_id, b.lead.game_id, false) ||
            compare(a.lead.mean, b.lead.mean, true),
    );
}

function statOf(game: RecentGame, market: string): number | null {
    const value = (game as unknown as Record<string, unknown>)[market];
    return typeof value === "number" ? value : null;
}

/** The newest ten as the strip draws them, the oldest first. */
export function strip(games: readonly RecentGame[] | undefined, market: string): StripGame[] {
    return (games ?? [])
        .slice(0, 10)
        .flatMap((game) => {
            const value = statOf(game, market);
            if (value === null) return [];
            const where = game.is_home === false ? "at" : "vs";
            return {
                value,
                says: `${value}, ${dayShort(game.game_date)} ${where} ${game.opponent}`,
            };
        })
        .reverse();
}

export interface Move {
    readonly what: "mean" | "plays" | "line" | "pick";
    readonly from: string;
    readonly to: string;
}

/** What the newest earlier board said otherwise. */
export function moves(row: BoardRow): Move[] {
    if (row.changed_since === null) return [];
    const all: Move[] = [];
    const add = (what: Move["what"], from: string, to: string) => {
        if (from !== to) all.push({ what, from, to });
    };
    if (row.previous_mean !== null) add("mean", number(row.previous_mean), number(row.mean));
    if (row.previous_p_plays !== null)
        add("plays", percent(row.previous_p_plays), percent(row.p_plays));
    if (row.previous_line !== null) add("line", line(row.previous_line), line(row.line));
    if (row.previous_recommendation !== null)
        add("pick", row.previous_recommendation, row.recommendation ?? "none");
    return all;
}

/** The greatest value that the pictures of a market need to show. */
export function domainOf(entries: readonly Entry[]): number {
    let most = 5;
    for (const { lead } of entries) {
        most = Math.max(most, lead.quantiles?.[6] ?? 0, (lead.line ?? 0) + 1);
    }
    return Math.ceil(most);
}
