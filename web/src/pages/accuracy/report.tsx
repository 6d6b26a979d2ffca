import type { Accuracy, Slice, SystemAccuracy } from "../../api/types";
import { Months, monthsInWords, type Rate, Rates } from "../../charts/accuracy";
import { count, marketName, monthName, none, percent, systemName } from "../../format";
import { setQuery } from "../../state/url";
import { Segmented } from "../../ui/controls";
import { Figure } from "../../ui/figure";
import { Table } from "../../ui/table";
import { systemsOf } from "../tonight/board";
import { Calibration } from "./calibration";
import { Overview } from "./overview";
import { Slices } from "./slices";

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
    const ordered = names.flatMap((one) => report.systems.find((two) => two.system === one) ?? []);
    const system = ordered.find((one) => one.system === name);
    if (system === undefined) return null;
    const hits = hitRates(ordered);
    const in80 = coverageRates(ordered, 80);
    const in95 = coverageRates(ordered, 95);
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
