import { count, none, percent } from "../../format";

/** A rate is never without its interval and its N. */
export function RateText(props: {
    readonly rate: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly n: number;
}) {
    if (props.rate === null) return <span class="muted">{none}</span>;
    return (
        <>
            {percent(props.rate, 1)}
            <div class="sub">
                {percent(props.low)}–{percent(props.high)} · N {count(props.n)}
            </div>
        </>
    );
}
