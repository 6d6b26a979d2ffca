import type { Accuracy, Slice, SystemAccuracy } from "../../api/types";
import {
    ByMean,
    byMeanInWords,
    Months,
    monthsInWords,
    PitHistogram,
    pitInWords,
    type Rate,
    Rates,
    Reliability,
    reliabilityInWords,
} from "../../charts/accuracy";
import {
    count,
    marketName,
    monthName,
    none,
    number,
    percent,
    signed,
    signedPercent,
    systemName,
    words,
} from "../../format";
import { setQuery } from "../../state/url";
import { Segmented } from "../../ui/controls";
import { Figure } from "../../ui/figure";
import { Empty } from "../../ui/states";
import { readOrder, Table } from "../../ui/table";
import { systemsOf } from "../tonight/board";
import { RateText } from "./rate-text";
import { Slices } from "./slices";

/** A system, or a plain reference that it has to beat. */
interface Line {
    readonly name: string;
    readonly system: SystemAccuracy | null;
    readonly n: number;
    readonly mae: number | null;
    readonly shared: number | null;
}

function linesOf(report: Accuracy): Line[] {
    return [
        ...report.systems.map((system) => ({
            name: systemName(system.system),
            system,
            n: system.n,
            mae: system.mae,
            shared: system.mae_shared,
        })),
        ...report.references.map((reference) => ({
            name: words(reference.name),
            system: null,
            n: reference.n,
            mae: reference.mae,
            shared: reference.mae_shared,
        })),
    ];
}

function Overview({
    report,
    query,
}: {
    readonly report: Accuracy;
    readonly query: URLSearchParams;
}) {
    const lines = linesOf(report);
    const order = readOrder(query.get("sort"), "mae");
    return (
        <Table
            caption="Systems and references"
            rows={lines}
            rowKey={(line) => line.name}
            rowClass={(line) => (line.system === null ? "reference" : "")}
            order={order}
            parameter="sort"
            cards
            columns={[
                {
                    id: "name",
                    head: "System",
                    sortBy: (line) => line.name,
                    cell: (line) => (
                        <>
                            {line.name}
                            {line.system === null && <span class="badge">reference</span>}
                        </>
                    ),
                },
                {
                    id: "n",
                    head: "N",
                    title: "Player games that it forecast",
                    numeric: true,
                    sortBy: (line) => line.n,
                    cell: (line) => count(line.n),
                },
                {
                    id: "mae",
                    head: "Error",
                    title: "Mean absolute error",
                    numeric: true,
                    sortBy: (line) => line.mae,
                    cell: (line) => <strong>{number(line.mae, 2)}</strong>,
                },
                {
                    id: "shared",
                    head: "Error, shared",
                    title: "On the player games that every system forecast",
                    numeric: true,
                    wide: true,
                    sortBy: (line) => line.shared,
                    cell: (line) => number(line.shared, 2),
                },
                {
                    id: "ratio",
                    head: "To last ten",
                    title: "Error beside that of the mean of the last ten games, less than 1 is better",
                    numeric: true,
                    sortBy: (line) => line.system?.ratio_to_last_10 ?? null,
                    cell: (line) => number(line.system?.ratio_to_last_10, 3),
                },
                {
                    id: "line",
                    head: "With a line",
                    title: "Error where a line stood, and the line's own",
                    numeric: true,
                    sortBy: (line) => line.system?.lined.mae ?? null,
                    cell: (line) =>
                        line.system === null || line.system.lined.n === 0 ? (
                            none
                        ) : (
                            <>
                                {number(line.system.lined.mae, 2)}
                                <div class="sub">
                                    line {number(line.system.lined.line_mae, 2)} · N{" "}
                                    {count(line.system.lined.n)}
                                </div>
                            </>
                        ),
                },
                {
                    id: "bias",
                    head: "Bias",
                    numeric: true,
                    sortBy: (line) => line.system?.bias ?? null,
                    cell: (line) => signed(line.system?.bias, 2),
                },
                {
                    id: "crps",
                    head: "CRPS",
                    title: "Error of the whole distribution",
                    numeric: true,
                    sortBy: (line) => line.system?.crps ?? null,
                    cell: (line) => number(line.system?.crps, 2),
                },
                {
                    id: "c80",
                    head: "In 80%",
                    title: "Results within the interval that should hold 80%",
                    numeric: true,
                    sortBy: (line) => line.system?.coverage_80 ?? null,
                    cell: (line) => percent(line.system?.coverage_80, 1),
                },
                {
                    id: "c95",
                    head: "In 95%",
                    numeric: true,
                    sortBy: (line) => line.system?.coverage_95 ?? null,
                    cell: (line) => percent(line.system?.coverage_95, 1),
                },
                {
                    id: "brier",
                    head: "Brier",
                    title: "Of P(over), and of what the prices said",
                    numeric: true,
                    wide: true,
                    sortBy: (line) => line.system?.brier ?? null,
                    cell: (line) =>
                        line.system === null ? (
                            none
                        ) : (
                            <>
                                {number(line.system.brier, 4)}
                                {line.system.lined.price_brier !== null && (
                                    <div class="sub">
                                        prices {number(line.system.lined.price_brier, 4)}
                                    </div>
                                )}
                            </>
                        ),
                },
                {
                    id: "hit",
                    head: "Hit rate",
                    title: "Of the picks, with its 95% interval",
                    numeric: true,
                    sortBy: (line) => line.system?.hit_rate ?? null,
                    cell: ({ system }) =>
                        system === null ? (
                            none
                        ) : (
                            <RateText
                                rate={system.hit_rate}
                                low={system.hit_rate_low}
                                high={system.hit_rate_high}
                                n={system.picks}
                            />
                        ),
                },
                {
                    id: "roi",
                    head: "Return",
                    title: "A unit staked on every pick, at the prices that stood",
                    numeric: true,
                    sortBy: (line) => line.system?.roi ?? null,
                    cell: (line) => signedPercent(line.system?.roi),
                },
            ]}
        />
    );
}

function hitRates(systems: readonly SystemAccuracy[]): Rate[] {
    return systems.map((system) => ({
        name: systemName(system.system),
        n: system.picks,
        rate: system.hit_rate,
        low: system.hit_rate_low,
        high: system.hit_rate_high,
        goal: system.break_even,
    }));
}

/** 95% of a share of n lie within so much. */
function halfWidth(share: number, n: number): number {
    return 1.96 * Math.sqrt((share * (1 - share)) / n);
}

function coverageRates(systems: readonly SystemAccuracy[], level: 80 | 95): Rate[] {
    return systems.map((system) => {
        const rate = level === 80 ? system.coverage_80 : system.coverage_95;
        const half = rate === null ? 0 : halfWidth(rate, system.n);
        return {
            name: systemName(system.system),
            n: system.n,
            rate,
            low: rate === null ? null : rate - half,
            high: rate === null ? null : rate + half,
            goal: level / 100,
        };
    });
}

function edgeRates(system: SystemAccuracy): Rate[] {
    return system.edges.map((edge) => ({
        name: edge.min_edge === 0 ? "Any edge" : `${edge.min_edge} or more`,
        n: edge.n,
        rate: edge.hit_rate,
        low: edge.low,
        high: edge.high,
        goal: edge.break_even,
    }));
}

function RatesFigure(props: {
    readonly title: string;
    readonly says: string;
    readonly rates: readonly Rate[];
    readonly what: string;
    readonly span?: readonly [number, number];
}) {
    return (
        <Figure
            title={props.title}
            says={props.says}
            table={() => (
                <Table
                    caption={props.title}
                    rows={props.rates}
                    rowKey={(rate) => rate.name}
                    columns={[
                        { id: "name", head: "Of", cell: (rate) => rate.name },
                        { id: "n", head: "N", numeric: true, cell: (rate) => count(rate.n) },
                        {
                            id: "rate",
                            head: props.what,
                            numeric: true,
                            cell: (rate) => percent(rate.rate, 1),
                        },
                        {
                            id: "interval",
                            head: "95% interval",
                            numeric: true,
                            cell: (rate) =>
                                rate.low === null
                                    ? none
                                    : `${percent(rate.low, 1)} – ${percent(rate.high, 1)}`,
                        },
                        {
                            id: "goal",
                            head: "To reach",
                            numeric: true,
                            cell: (rate) => percent(rate.goal, 1),
                        },
                    ]}
                />
            )}
        >
            <Rates
                rates={props.rates}
                what={props.what}
                {...(props.span === undefined ? {} : { span: props.span })}
            />
        </Figure>
    );
}

function Calibration({ system }: { readonly system: SystemAccuracy }) {
    const pit = system.pit_counts ?? [];
    const byMean = (system.by_mean ?? []).filter((bin) => bin.n > 0);
    return (
        <>
            {system.reliability.length === 0 ? (
                <Empty title="No lines to hold chances against" />
            ) : (
                <Figure
                    title="Reliability"
                    says={`${reliabilityInWords(system.reliability)}.`}
                    table={() => (
                        <Table
                            caption="Reliability"
                            rows={system.reliability}
                            rowKey={(bin) => String(bin.from)}
                            columns={[
                                {
                                    id: "bin",
                                    head: "Said between",
                                    cell: (bin) => `${percent(bin.from)} – ${percent(bin.to)}`,
                                },
                                { id: "n", head: "N", numeric: true, cell: (bin) => count(bin.n) },
                                {
                                    id: "said",
                                    head: "Said",
                                    numeric: true,
                                    cell: (bin) => percent(bin.predicted, 1),
                                },
                                {
                                    id: "came",
                                    head: "Came true",
                                    numeric: true,
                                    cell: (bin) => percent(bin.observed, 1),
                                },
                                {
                                    id: "interval",
                                    head: "95% interval",
                                    numeric: true,
                                    cell: (bin) =>
                                        `${percent(bin.low, 1)} – ${percent(bin.high, 1)}`,
                                },
                            ]}
                        />
                    )}
                >
                    <Reliability bins={system.reliability} />
                </Figure>
            )}
            {pit.length > 0 && (
                <Figure
                    title="PIT"
                    says={`${pitInWords(pit)}.`}
                    note="The shade is where 95% of the bars would be if the distributions were right."
                    table={() => (
                        <Table
                            caption="PIT"
                            rows={pit.map((n, i) => ({ n, from: i / pit.length }))}
                            rowKey={(bin) => String(bin.from)}
                            columns={[
                                {
                                    id: "bin",
                                    head: "Place",
                                    cell: (bin) =>
                                        `${percent(bin.from)} – ${percent(bin.from + 1 / pit.length)}`,
                                },
                                {
                                    id: "n",
                                    head: "Results",
                                    numeric: true,
                                    cell: (bin) => count(bin.n),
                                },
                            ]}
                        />
                    )}
                >
                    <PitHistogram counts={pit} />
                </Figure>
            )}
            {byMean.length > 0 && (
                <Figure
                    title="Error by the mean that was forecast"
                    says={`${byMeanInWords(byMean)}.`}
                    note="Bars are the mean absolute error, dashes the bias."
                    table={() => (
                        <Table
                            caption="Error by mean"
                            rows={byMean}
                            rowKey={(bin) => String(bin.from)}
                            columns={[
                                {
                                    id: "bin",
                                    head: "Mean",
                                    cell: (bin) => `${bin.from} – ${bin.to ?? ""}`,
                                },
                                { id: "n", head: "N", numeric: true, cell: (bin) => count(bin.n) },
                                {
                                    id: "mae",
                                    head: "Error",
                                    numeric: true,
                                    cell: (bin) => number(bin.mae, 2),
                                },
                                {
                                    id: "bias",
                                    head: "Bias",
                                    numeric: true,
                                    cell: (bin) => signed(bin.bias, 2),
                                },
                            ]}
                        />
                    )}
                >
                    <ByMean bins={byMean} />
                </Figure>
            )}
        </>
    );
}

function MonthsFigure({ months }: { readonly months: readonly Slice[] }) {
    const table = () => (
        <Slices caption="By month" slices={months} nameOf={(slice) => monthName(slice.name)} />
    );
    return (
        <Figure
            title="By month"
            says={`${monthsInWords(months)}.`}
            {...(months.length > 1 ? { table } : {})}
        >
            {months.length > 1 ? <Months months={months} /> : table()}
        </Figure>
    );
}

export function Report(props: {
    readonly report: Accuracy;
    readonly chosen: string | null;
    readonly query: URLSearchParams;
}) {
    const { report } = props;
    const names = systemsOf(report.systems);
    const name = names.find((one) => one === props.chosen) ?? names[0];
    const system = report.systems.find((one) => one.system === name) ?? report.systems[0];
    if (system === undefined) return null;
    const hits = hitRates(report.systems);
    const in80 = coverageRates(report.systems, 80);
    const in95 = coverageRates(report.systems, 95);
    return (
        <>
            {report.alarms.map((alarm) => (
                <div class="notice notice-fault" role="alert" key={alarm.sentence}>
                    <strong>Too good to be true.</strong> {alarm.sentence}
                </div>
            ))}
            <Overview report={report} query={props.query} />
            <div class="panels panels-3">
                <RatesFigure
                    title="Hit rate of the picks"
                    says="With 95% intervals; the stroke is what the prices ask for."
                    rates={hits}
                    what="Hit rate"
                />
                <RatesFigure
                    title="Within the 80% interval"
                    says="Results that fell into the interval that should hold 80% of them."
                    rates={in80}
                    what="Within 80%"
                    span={[0.7, 0.9]}
                />
                <RatesFigure
                    title="Within the 95% interval"
                    says="The same of the interval that should hold 95%."
                    rates={in95}
                    what="Within 95%"
                    span={[0.9, 1]}
                />
            </div>
            <div class="section-head">
                <h2>{systemName(system.system)} closely</h2>
                <Segmented
                    label="System"
                    value={system.system}
                    options={names.map((one) => ({ value: one, label: systemName(one) }))}
                    onChoose={(one) => setQuery({ system: one === names[0] ? null : one })}
                />
            </div>
            <div class="panels panels-3">
                <Calibration system={system} />
            </div>
            <div class="panels">
                <RatesFigure
                    title={`Hit rate by edge over the line, in ${marketName(report.market).toLowerCase()}`}
                    says="How often the forecast was on the right side, by how far it stood from the line."
                    rates={edgeRates(system)}
                    what="Hit rate"
                />
                <MonthsFigure months={system.months} />
                <Figure
                    title="By how much he usually scores"
                    says="Tiers of players, by what they are used to."
                >
                    <Slices caption="By tier" slices={system.tiers} />
                </Figure>
                <Figure
                    title="By grade of the data"
                    says="The quality grade that the forecast had."
                >
                    <Slices
                        caption="By grade"
                        slices={system.grades}
                        nameOf={(slice) => slice.name}
                    />
                </Figure>
            </div>
        </>
    );
}
