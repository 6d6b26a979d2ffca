import type { Instant } from "../api/types";
import { dayShort, leagueDay, moment } from "../format";

/** As of when a number holds: in the viewer's time, with the league's day. */
export function AsOf({ at, what }: { readonly at: Instant | null; readonly what?: string }) {
    if (at === null) return null;
    return (
        <span class="as-of" title={`${at} (UTC)`}>
            {what ?? "As of"} <time dateTime={at}>{moment(at)}</time>
            <span class="as-of-day"> · {dayShort(leagueDay(at))} ET</span>
        </span>
    );
}

/** When the service was last asked: what is shown holds as of then. */
export function Asked({ at }: { readonly at: Date | null }) {
    if (at === null) return null;
    return (
        <span class="as-of" title={at.toISOString()}>
            As of <time dateTime={at.toISOString()}>{moment(at)}</time>
        </span>
    );
}
