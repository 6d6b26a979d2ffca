// Whether one system means what it says: its chances, its distributions, its means.

import type { SystemAccuracy } from "../../api/types";
import {
    ByMean,
    byMeanInWords,
    PitHistogram,
    pitInWords,
    Reliability,
    reliabilityInWords,
} from "../../charts/accuracy";
import { count, number, percent, signed } from "../../format";
import { Figure } from "../../ui/figure";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

export function Calibration({ system }: { readonly system: SystemAccuracy }) {
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
