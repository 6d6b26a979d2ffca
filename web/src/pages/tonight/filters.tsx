import type { Ref } from "preact";
import { useState } from "preact/hooks";
import { count, systemName } from "../../format";
import { setQuery } from "../../state/url";
import { Search, Segmented, Select, Toggle } from "../../ui/controls";
import { PickMark } from "../../ui/icons";
import { MarketChoice } from "../../ui/market-choice";
import { useMedia } from "../../ui/media";
import type { Filters } from "./board";

const any = "";

/** Takes every filter away; market, system and order stay. */
const noFilter = {
    game: null,
    team: null,
    edge: null,
    grade: null,
    pick: null,
    lined: null,
    moved: null,
    q: null,
};

export const usualOrder = "-edge";
const orders: readonly { readonly value: string; readonly label: string }[] = [
    { value: "-edge", label: "Edge" },
    { value: "tip", label: "Tip-off" },
    { value: "-mean", label: "Mean" },
    { value: "-p", label: "P(over)" },
    { value: "p", label: "P(under)" },
    { value: "player", label: "Name" },
];

const edges = ["0", "0.02", "0.05", "0.1", "0.15"] as const;
const grades = ["A", "B", "C"] as const;

interface BarProps {
    readonly market: string;
    readonly system: string;
    readonly systems: readonly string[];
    readonly teams: readonly string[];
    readonly filters: Filters;
    readonly searchRef: Ref<HTMLInputElement>;
    readonly order: string;
    readonly shown: number;
    readonly known: number;
}

/** What there is no room for on a phone until it is asked for. */
function MoreFilters(props: BarProps) {
    const { filters } = props;
    return (
        <>
            <Select
                label="System"
                value={props.system}
                options={props.systems.map((system) => ({
                    value: system,
                    label: systemName(system),
                }))}
                onChoose={(system) =>
                    setQuery({ system: system === props.systems[0] ? null : system })
                }
            />
            <Select
                label="Team"
                value={filters.team ?? any}
                options={[
                    { value: any, label: "All" },
                    ...props.teams.map((team) => ({ value: team, label: team })),
                ]}
                onChoose={(team) => setQuery({ team })}
            />
            <Select
                label="Edge"
                value={String(filters.edge)}
                options={edges.map((edge) => ({
                    value: edge as string,
                    label: edge === "0" ? "Any" : `${Number(edge) * 100}%+`,
                }))}
                onChoose={(edge) => setQuery({ edge: edge === "0" ? null : edge })}
            />
            <Select
                label="Grade"
                value={filters.grade ?? any}
                options={[
                    { value: any as string, label: "Any" },
                    ...grades.map((grade) => ({
                        value: grade as string,
                        label: grade === "A" ? "A" : `A–${grade}`,
                    })),
                ]}
                onChoose={(grade) => setQuery({ grade })}
            />
            <Select
                label="Order"
                value={props.order}
                options={orders}
                onChoose={(order) => setQuery({ sort: order === usualOrder ? null : order })}
            />
            <Toggle on={filters.lined} onChange={(on) => setQuery({ lined: on ? 1 : null })}>
                With a line
            </Toggle>
            <Toggle on={filters.moved} onChange={(on) => setQuery({ moved: on ? 1 : null })}>
                Moved
            </Toggle>
        </>
    );
}

/** How many of the filters that may be folded away are set. */
function foldedCount({ team, edge, grade, lined, moved }: Filters): number {
    return [team !== null, edge > 0, grade !== null, lined, moved].filter(Boolean).length;
}

export function FilterBar(props: BarProps) {
    const { filters } = props;
    const narrow = useMedia("(max-width: 719px)");
    const [unfolded, setUnfolded] = useState(false);
    const chosen = foldedCount(filters);
    return (
        <search class="filters" aria-label="Filters of the board">
            <Search
                label="Search players"
                value={filters.text}
                inputRef={props.searchRef}
                onSearch={(text) => setQuery({ q: text }, "replace")}
            />
            <MarketChoice market={props.market} />
            <Segmented
                label="Pick"
                value={filters.pick ?? any}
                options={[
                    { value: any, label: "All" },
                    ...(["OVER", "UNDER", "PASS"] as const).map((pick) => ({
                        value: pick as string,
                        label: (
                            <span class={`pick pick-${pick}`}>
                                <PickMark pick={pick} />
                                {pick}
                            </span>
                        ),
                    })),
                ]}
                onChoose={(pick) => setQuery({ pick })}
            />
            {narrow && (
                <button
                    type="button"
                    class="more"
                    aria-expanded={unfolded}
                    onClick={() => setUnfolded(!unfolded)}
                >
                    {chosen === 0 ? "More filters" : `More filters (${chosen})`}
                </button>
            )}
            {(!narrow || unfolded) && <MoreFilters {...props} />}
            <span class="counts" role="status">
                {props.shown < props.known && (
                    <button type="button" class="quiet" onClick={() => setQuery(noFilter)}>
                        Show all
                    </button>
                )}
                {count(props.shown)} of {count(props.known)} players
            </span>
        </search>
    );
}
