// What the systems were told about him, and where each number comes from.

import type { Feature, PlayerFeatures } from "../../api/types";
import { count, dayShort, none, number } from "../../format";
import { setQuery, usePlace } from "../../state/url";
import { AsOf } from "../../ui/as-of";
import { Search, Select } from "../../ui/controls";
import { Figure } from "../../ui/figure";
import { Empty } from "../../ui/states";
import { Table } from "../../ui/table";

const any = "";

function valueText({ value, unit }: Feature): string {
    if (value === null) return none;
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (typeof value === "string") return value;
    if (unit === "share" || unit === "percent") return number(value, 3);
    return number(value, Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 1 : 3);
}

export function Features({ document }: { readonly document: PlayerFeatures }) {
    const { query } = usePlace();
    const group = query.get("group") ?? any;
    const text = (query.get("feature") ?? "").toLowerCase();
    const all = document.features;
    if (all.length === 0) {
        return (
            <Empty title="No features of him yet">
                <p>
                    They are made for the players of a day: <code>tipoff run --date today</code>
                </p>
            </Empty>
        );
    }
    const groups = [...new Set(all.map((feature) => feature.group ?? ""))];
    const shown = all.filter(
        (feature) =>
            (group === any || feature.group === group) &&
            `${feature.name} ${feature.meaning ?? ""}`.toLowerCase().includes(text),
    );
    const missing = all.filter((feature) => feature.value === null).length;
    return (
        <Figure
            title="Features"
            says={`What the systems were told for ${dayShort(document.game_date)}${
                document.opponent ? ` against ${document.opponent}` : ""
            }: ${count(all.length)} numbers, ${missing} of them missing; grade ${
                document.quality_grade ?? none
            } (${number(document.quality_score, 0)} of 100).`}
            note={<AsOf at={document.as_of} />}
        >
            <div class="filters">
                <Search
                    label="Search features"
                    value={query.get("feature") ?? ""}
                    onSearch={(feature) => setQuery({ feature }, "replace")}
                />
                <Select
                    label="Group"
                    value={group}
                    options={[
                        { value: any, label: "All" },
                        ...groups.map((one) => ({ value: one, label: one })),
                    ]}
                    onChoose={(one) => setQuery({ group: one })}
                />
                <span class="counts" role="status">
                    {shown.length} of {all.length}
                </span>
            </div>
            {shown.length === 0 ? (
                <Empty title="No feature fits" />
            ) : (
                <div class="tall">
                    <Table
                        caption="Features and where they come from"
                        rows={shown}
                        rowKey={(feature) => feature.name}
                        cards
                        columns={[
                            {
                                id: "name",
                                head: "Feature",
                                cell: (feature) => (
                                    <>
                                        <code>{feature.name}</code>
                                        <div class="sub wrap">{feature.meaning}</div>
                                    </>
                                ),
                            },
                            {
                                id: "value",
                                head: "Value",
                                numeric: true,
                                cell: (feature) => (
                                    <>
                                        {valueText(feature)}
                                        <div class="sub">
                                            {feature.value === null ? "" : feature.unit}
                                        </div>
                                    </>
                                ),
                            },
                            {
                                id: "source",
                                head: "From",
                                cell: (feature) =>
                                    feature.value === null && feature.why_missing ? (
                                        <span class="sub wrap">missing: {feature.why_missing}</span>
                                    ) : (
                                        <code class="sub wrap">{feature.source.join(", ")}</code>
                                    ),
                            },
                            {
                                id: "group",
                                head: "Group",
                                wide: true,
                                cell: (feature) => <span class="sub">{feature.group}</span>,
                            },
                        ]}
                    />
                </div>
            )}
        </Figure>
    );
}
