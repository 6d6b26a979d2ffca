// Numbers, times and names as the pages write them. Times are in the viewer's zone; days are the
// league's, in Eastern time.

import type { Day, Instant } from "./api/types";

export const none = "–";

export function number(value: number | null | undefined, digits = 1): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return none;
    // A true minus sign: as wide as a plus, so that columns stay even.
    return value
        .toFixed(digits)
        .replace(/^-(0(\.0+)?)$/, "$1")
        .replace("-", "−");
}

const grouped = new Intl.NumberFormat("en-US");

export function count(value: number | null | undefined): string {
    return value === null || value === undefined ? none : grouped.format(value);
}

export function signed(value: number | null | undefined, digits = 1): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return none;
    const text = number(value, digits);
    return value > 0 && !/^0(\.0+)?$/.test(text) ? `+${text}` : text;
}

/** A share of one as percent. */
export function percent(value: number | null | undefined, digits = 0): string {
    return value === null || value === undefined ? none : `${number(value * 100, digits)}%`;
}

export function signedPercent(value: number | null | undefined, digits = 1): string {
    return value === null || value === undefined ? none : `${signed(value * 100, digits)}%`;
}

/** American odds, always with their sign. */
export function price(value: number | null | undefined): string {
    return value === null || value === undefined ? none : signed(value, 0);
}

/** A line or a count: halves where there are any. */
export function line(value: number | null | undefined): string {
    if (value === null || value === undefined) return none;
    return number(value, Number.isInteger(value) ? 0 : 1);
}

const timeFormat = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });
const easternDay = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" });
const shortDay = new Intl.DateTimeFormat("en-US", {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
});
const longDay = new Intl.DateTimeFormat("en-US", {
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
});
const localMoment = new Intl.DateTimeFormat("en-US", {
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
});

export function time(at: Instant | Date): string {
    return timeFormat.format(new Date(at));
}

export function moment(at: Instant | Date | null | undefined): string {
    return at === null || at === undefined ? none : localMoment.format(new Date(at));
}

/** The league's day of an instant. */
export function leagueDay(at: Instant | Date): Day {
    return easternDay.format(new Date(at));
}

export function dayShort(day: Day | null | undefined): string {
    return day ? shortDay.format(new Date(`${day}T00:00:00Z`)) : none;
}

/** "2026-01" is "Jan 2026". */
export function monthName(month: string): string {
    return `${shortDay.format(new Date(`${month}-01T00:00:00Z`)).slice(0, 3)} ${month.slice(0, 4)}`;
}

export function dayLong(day: Day): string {
    return longDay.format(new Date(`${day}T00:00:00Z`));
}

/** Whether a text is a day that there is. */
export function isDay(text: string): boolean {
    const at = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export function addDays(day: Day, days: number): Day {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + days);
    return date.toISOString().slice(0, 10);
}

/** How long something took, or is ago. */
export function duration(seconds: number | null | undefined): string {
    if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return none;
    if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
    if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
    if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
    return `${Math.floor(seconds / 86_400)} d`;
}

export function bytes(value: number | null | undefined): string {
    if (value === null || value === undefined) return none;
    if (value < 1024) return `${value} B`;
    if (value < 1024 * 1024) return `${(value / 1024).toFixed(1)} KB`;
    return `${(value / 1024 / 1024).toFixed(1)} MB`;
}

const marketNames: Readonly<Record<string, string>> = {
    points: "Points",
    rebounds: "Rebounds",
    assists: "Assists",
    threes: "Threes",
    pra: "Pts + reb + ast",
};

const marketShort: Readonly<Record<string, string>> = {
    points: "PTS",
    rebounds: "REB",
    assists: "AST",
    threes: "3PM",
    pra: "PRA",
};

export function marketName(market: string): string {
    return marketNames[market] ?? market;
}

export function marketAbbreviation(market: string): string {
    return marketShort[market] ?? market;
}

const systemNames: Readonly<Record<string, string>> = {
    ensemble_v1: "Ensemble",
    xgboost_v1: "Boosted trees",
    similarity_v1: "Similarity",
    zone_matchup_v1: "Zone matchup",
    moving_average_v1: "Moving average",
};

export function systemName(system: string): string {
    return systemNames[system] ?? words(system);
}

/** A name of the program's as words: NO_ROSTER_SOURCE is "No roster source". */
export function words(name: string): string {
    const text = name.replaceAll("_", " ").toLowerCase();
    return text.charAt(0).toUpperCase() + text.slice(1);
}
