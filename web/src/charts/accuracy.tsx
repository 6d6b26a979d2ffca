// How good the forecasts were, as pictures: whether chances come true, whether results fall evenly
// into the distributions, how errors go with the size of the forecast, and rates with their
// intervals and counts.

import { scaleLinear } from "d3-scale";
import { line as path } from "d3-shape";
import type { MeanBin, ReliabilityBin, Slice } from "../api/types";
import { count, monthName, none, number, percent, signed } from "../format";
import { Measured } from "./measured";
import { Plot, scales } from "./plot";

/** Higher than a third of its width, and never so high that two do not fit a screen. */
const sizeFor = (width: number) => ({ width, height: Math.min(300, Math.round(width * 0.64)) });
const tenths = [0, 0.2, 0.4, 0.6, 0.8, 1];
const wholePercent = (value: number) => percent(value);

export function reliabilityInWords(bins: readonly ReliabilityBin[]): string {
    const held = bins.filter((bin) => bin.low <= bin.predicted && bin.predicted <= bin.high).length;
    return `Chances said and come true: ${held} of ${bins.length} bins have what was said within their 95% interval`;
}

/** Said against come true; on the diagonal both are one. */
export function Reliability(props: { readonly bins: readonly ReliabilityBin[] }) {
    return <Measured>{(width) => <ReliabilityOf {...props} width={width} />}</Measured>;
}

function ReliabilityOf(props: {
    readonly bins: readonly ReliabilityBin[];
    readonly width: number;
}) {
    const { bins } = props;
    const size = sizeFor(props.width);
    const ends = bins.flatMap((bin) => [bin.low, bin.high, bin.predicted]);
    // Tenths around what there is: chances near one half would else lie in one heap.
    const span = [
        Math.max(0, Math.floor(Math.min(...ends) * 10 - 0.5) / 10),
        Math.min(1, Math.ceil(Math.max(...ends) * 10 + 0.5) / 10),
    ] as const;
    const { x, y } = scales(size, span, span);
    const ticks = x.ticks(size.width / 110);
    const most = Math.max(...bins.map((bin) => bin.n));
    return (
        <Plot
            size={size}
            x={x}
            y={y}
            xTicks={ticks}
            yTicks={ticks}
            xText={wholePercent}
            yText={wholePercent}
            xLabel="Said: P(over) · come true upwards"
            words={reliabilityInWords(bins)}
        >
            <path class="diagonal" d={`M${x(span[0])} ${y(span[0])}L${x(span[1])} ${y(span[1])}`} />
            {bins.map((bin) => (
                <g key={bin.from}>
                    <title>
                        {`said ${percent(bin.predicted, 1)}, came true ${percent(bin.observed, 1)} (${percent(bin.low)} to ${percent(bin.high)}), N ${count(bin.n)}`}
                    </title>
                    <path
                        class="whisker"
                        d={`M${x(bin.predicted)} ${y(bin.low)}V${y(bin.high)}m-4 0h8M${x(bin.predicted) - 4} ${y(bin.low)}h8`}
                    />
                    <circle
                        class="point"
                        cx={x(bin.predicted)}
                        cy={y(bin.observed)}
                        r={3 + 4 * Math.sqrt(bin.n / most)}
                    />
                </g>
            ))}
        </Plot>
    );
}

export function pitInWords(counts: readonly number[]): string {
    const total = counts.reduce((sum, n) => sum + n, 0);
    const share = (from: number, to: number) =>
        percent(counts.slice(from, to).reduce((sum, n) => sum + n, 0) / total);
    return `Where results fell in their distributions: ${share(0, 5)} in the lowest quarter, ${share(5, 15)} in the middle half, ${share(15, 20)} in the highest quarter; even is 25, 50 and 25%`;
}

/** Flat where the distributions are right; a hump where they are too wide, a bowl where too narrow. */
export function PitHistogram(props: { readonly counts: readonly number[] }) {
    return <Measured>{(width) => <PitHistogramOf {...props} width={width} />}</Measured>;
}

function PitHistogramOf(props: { readonly counts: readonly number[]; readonly width: number }) {
    const { counts } = props;
    const size = sizeFor(props.width);
    const total = counts.reduce((sum, n) => sum + n, 0);
    const even = 1 / counts.length;
    const shares = counts.map((n) => n / total);
    const { x, y } = scales(size, [0, 1], [0, Math.max(2 * even, ...shares)]);
    const wide = x(even) - x(0);
    // 95% of an even bin of so many results lie within.
    const spread = 1.96 * Math.sqrt((even * (1 - even)) / total);
    return (
        <Plot
            size={size}
            x={x}
            y={y}
            xTicks={tenths}
            yTicks={y.ticks(4)}
            xText={wholePercent}
            yText={(value) => percent(value)}
            xLabel="Place of the result in its forecast's distribution"
            words={pitInWords(counts)}
        >
            <rect
                class="expected-band"
                x={x(0)}
                width={x(1) - x(0)}
                y={y(even + spread)}
                height={y(even - spread) - y(even + spread)}
            />
            {shares.map((share, i) => (
                <rect
                    // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
                    key={i}
                    class="bar"
                    x={x(i * even) + 1}
                    width={wide - 2}
                    y={y(share)}
                    height={y(0) - y(share)}
                >
                    <title>{`${percent(i * even)} to ${percent((i + 1) * even)}: ${count(counts[i])} results, ${percent(share, 1)}`}</title>
                </rect>
            ))}
            <path class="diagonal" d={`M${x(0)} ${y(even)}H${x(1)}`} />
        </Plot>
    );
}

export function byMeanInWords(bins: readonly MeanBin[]): string {
    const worst = [...bins].sort((a, b) => Math.abs(b.bias ?? 0) - Math.abs(a.bias ?? 0))[0];
    if (worst === undefined) return "No bins.";
    const range = worst.to === null ? `${worst.from} and more` : `${worst.from} to ${worst.to}`;
    return `Error by the size of the forecast: the greatest bias is ${signed(worst.bias, 2)}, where ${range} was forecast (N ${count(worst.n)})`;
}

/** The mean absolute error as bars, the bias as marks, by the mean that was forecast. */
export function ByMean(props: { readonly bins: readonly MeanBin[] }) {
    return <Measured>{(width) => <ByMeanOf {...props} width={width} />}</Measured>;
}

function ByMeanOf(props: { readonly bins: readonly MeanBin[]; readonly width: number }) {
    const { bins } = props;
    const size = sizeFor(props.width);
    const most = Math.max(1, ...bins.map((bin) => bin.mae ?? 0));
    const least = Math.min(-0.5, ...bins.map((bin) => bin.bias ?? 0));
    const { x, y } = scales(size, [-0.5, bins.length - 0.5], [least, most]);
    const wide = Math.min(36, (x(1) - x(0)) * 0.7);
    return (
        <Plot
            size={size}
            x={x}
            y={y}
            xTicks={bins.map((_, i) => i)}
            yTicks={y.ticks(5)}
            xText={(i) => {
                const bin = bins[i];
                if (bin === undefined) return "";
                return bin.to === null ? `${bin.from}+` : `${bin.from}–${bin.to}`;
            }}
            yText={(value) => number(value, 0)}
            xLabel="Mean that was forecast"
            words={byMeanInWords(bins)}
        >
            {bins.map((bin, i) => (
                <g key={bin.from}>
                    <title>{`N ${count(bin.n)}: error ${number(bin.mae, 2)}, bias ${signed(bin.bias, 2)}`}</title>
                    <rect
                        class="bar"
                        x={x(i) - wide / 2}
                        width={wide}
                        y={y(bin.mae ?? 0)}
                        height={y(0) - y(bin.mae ?? 0)}
                    />
                    <path
                        class="bias-mark"
                        d={`M${x(i) - wide / 2 - 3} ${y(bin.bias ?? 0)}h${wide + 6}`}
                    />
                </g>
            ))}
            <path class="axis" d={`M${x(-0.5)} ${y(0)}H${x(bins.length - 0.5)}`} />
        </Plot>
    );
}

export interface Rate {
    readonly name: string;
    readonly n: number;
    readonly rate: number | null;
    readonly low: number | null;
    readonly high: number | null;
    /** What it has to reach: the break-even of the prices, the level of the interval. */
    readonly goal: number | null;
}

const rateSize = { row: 30, name: 116, count: 112 };

function ratesInWords(rates: readonly Rate[], what: string): string {
    const known = rates.filter((rate) => rate.rate !== null);
    return `${what}: ${known
        .map(
            (r) =>
                `${r.name} ${percent(r.rate, 1)}${r.low === null ? "" : ` (${percent(r.low)} to ${percent(r.high)})`}, N ${count(r.n)}`,
        )
        .join("; ")}`;
}

/** Rates as points on their 95% intervals, each with its N and what it has to reach. */
interface RatesProps {
    readonly rates: readonly Rate[];
    readonly what: string;
    readonly span?: readonly [number, number];
}

export function Rates(props: RatesProps) {
    return <Measured>{(width) => <RatesOf {...props} width={width} />}</Measured>;
}

function RatesOf(props: RatesProps & { readonly width: number }) {
    const { rates, width } = props;
    const known = rates.filter((rate) => rate.rate !== null);
    const ends = known.flatMap((r) => [
        r.low ?? r.rate ?? 0,
        r.high ?? r.rate ?? 0,
        r.goal ?? r.rate ?? 0,
    ]);
    const [low, high] = props.span ?? [Math.min(0.4, ...ends), Math.max(0.65, ...ends)];
    const x = scaleLinear([low, high], [rateSize.name, width - rateSize.count]).clamp(true);
    const height = rates.length * rateSize.row + 20;
    return (
        <svg
            class="drawn rates"
            viewBox={`0 0 ${width} ${height}`}
            width={width}
            height={height}
            role="img"
            aria-label={ratesInWords(rates, props.what)}
        >
            {x.ticks(Math.max(2, (width - 228) / 56)).map((value) => (
                <g key={value} transform={`translate(${x(value)} 0)`}>
                    <path class="grid" d={`M.5 0V${height - 18}`} />
                    <text class="axis-text" y={height - 4} text-anchor="middle">
                        {percent(value)}
                    </text>
                </g>
            ))}
            {rates.map((rate, i) => {
                const y = i * rateSize.row + rateSize.row / 2;
                return (
                    <g key={rate.name}>
                        <text class="rate-name" x="0" y={y + 4}>
                            {rate.name}
                        </text>
                        {rate.goal !== null && (
                            <path class="goal" d={`M${x(rate.goal)} ${y - 10}v20`} />
                        )}
                        {rate.rate === null ? (
                            <text class="axis-text" x={rateSize.name} y={y + 4}>
                                none yet
                            </text>
                        ) : (
                            <>
                                {rate.low !== null && rate.high !== null && (
                                    <path
                                        class="whisker"
                                        d={`M${x(rate.low)} ${y}H${x(rate.high)}`}
                                    />
                                )}
                                <circle class="point" cx={x(rate.rate)} cy={y} r="4.5" />
                            </>
                        )}
                        <text class="rate-value" x={width} y={y + 4} text-anchor="end">
                            {rate.rate === null ? none : percent(rate.rate, 1)}
                            {` · N ${count(rate.n)}`}
                        </text>
                    </g>
                );
            })}
        </svg>
    );
}

export function monthsInWords(months: readonly Slice[]): string {
    return `Error by month: ${months.map((m) => `${monthName(m.name)} ${number(m.mae, 2)} (N ${count(m.n)})`).join("; ")}`;
}

export function Months(props: { readonly months: readonly Slice[] }) {
    return <Measured>{(width) => <MonthsOf {...props} width={width} />}</Measured>;
}

function MonthsOf(props: { readonly months: readonly Slice[]; readonly width: number }) {
    const { months } = props;
    const size = sizeFor(props.width);
    const values = months.map((month) => month.mae ?? 0);
    const { x, y } = scales(
        size,
        [-0.5, months.length - 0.5],
        [Math.max(0, Math.min(...values) - 0.5), Math.max(...values) + 0.5],
    );
    const points = months.map((month, i): [number, number] => [x(i), y(month.mae ?? 0)]);
    return (
        <Plot
            size={size}
            x={x}
            y={y}
            xTicks={months.map((_, i) => i)}
            yTicks={y.ticks(4)}
            xText={(i) => monthName(months[i]?.name ?? "").slice(0, 3)}
            yText={(value) => number(value)}
            xLabel="Month"
            words={monthsInWords(months)}
        >
            <path class="series" d={path()(points) ?? ""} />
            {months.map((month, i) => (
                <circle key={month.name} class="point" cx={x(i)} cy={y(month.mae ?? 0)} r="4">
                    <title>{`${monthName(month.name)}: ${number(month.mae, 2)}, N ${count(month.n)}`}</title>
                </circle>
            ))}
        </Plot>
    );
}
