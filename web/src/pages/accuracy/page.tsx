// How good the forecasts were: beside the line and the plain references, with N everywhere.

import { address } from "../../api/client";
import type { Health } from "../../api/operations";
import { type Accuracy, markets } from "../../api/types";
import { addDays, count, dayShort, leagueDay, words } from "../../format";
import { useKeys } from "../../state/keys";
import { useResource } from "../../state/resource";
import { choice, setQuery, usePlace } from "../../state/url";
import { Asked } from "../../ui/as-of";
import { Segmented, Select } from "../../ui/controls";
import { MarketChoice } from "../../ui/market-choice";
import { Empty, Loaded } from "../../ui/states";
import { Report } from "./report";

const populations = [
    "ten_prior_games",
    "lined",
    "rotation",
    "settled",
    "new_player",
    "all",
] as const;
const seasonTypes = ["regular", "playoffs", "play_in", "cup"] as const;
const asOfs = ["last", "morning", "first"] as const;
const spans = ["30", "7", "90", "200"] as const;

/** The days that are asked about: chosen ones, or so many up to yesterday. */
function rangeOf(query: URLSearchParams, leagueToday: string | null) {
    const from = query.get("from");
    const to = query.get("to");
    if (from !== null || to !== null) return { from, to };
    const days = choice(query, "days", spans);
    if (days === spans[0]) return {};
    if (leagueToday === null) return null;
    return { from: addDays(leagueToday, -Number(days)), to: addDays(leagueToday, -1) };
}

export function AccuracyPage() {
    const { query } = usePlace();
    const health = useResource<Health>("/health");
    const market = choice(query, "market", markets);
    const population = choice(query, "population", populations);
    const seasonType = choice(query, "season_type", seasonTypes);
    const asOf = choice(query, "as_of", asOfs);
    const today = health.value === null ? null : leagueDay(health.value.league_now);
    const range = rangeOf(query, today);
    const report = useResource<Accuracy>(
        range === null
            ? null
            : address("/v1/accuracy", {
                  ...range,
                  market,
                  population,
                  season_type: seasonType,
                  as_of: asOf === asOfs[0] ? null : asOf,
              }),
    );
    const step = (by: number) => () => {
        const at = markets.indexOf(market);
        setQuery(
            { market: markets[(at + by + markets.length) % markets.length] ?? null },
            "replace",
        );
    };
    useKeys({
        title: "Accuracy",
        bindings: [
            { keys: ["j", "ArrowRight"], does: "Next market", run: step(1) },
            { keys: ["k", "ArrowLeft"], does: "Market before", run: step(-1) },
        ],
    });
    const chosenDays = query.has("from") || query.has("to") ? "" : choice(query, "days", spans);
    const shown = report.value;
    const setDay = (name: "from" | "to") => (event: Event) => {
        const value = (event.currentTarget as HTMLInputElement).value || null;
        setQuery({ days: null, from: shown?.from ?? null, to: shown?.to ?? null, [name]: value });
    };
    return (
        <>
            <div class="page-head">
                <h1>Accuracy</h1>
                <Segmented
                    label="Days"
                    value={chosenDays as string}
                    options={[...spans]
                        .sort((a, b) => Number(a) - Number(b))
                        .map((days) => ({
                            value: days as string,
                            label: `${days} d`,
                            title: `The last ${days} days`,
                        }))}
                    onChoose={(days) =>
                        setQuery({ days: days === spans[0] ? null : days, from: null, to: null })
                    }
                />
                <span class="row">
                    <label>
                        <span class="hidden">From</span>
                        <input type="date" value={shown?.from ?? ""} onChange={setDay("from")} />
                    </label>
                    <span class="muted">to</span>
                    <label>
                        <span class="hidden">To</span>
                        <input type="date" value={shown?.to ?? ""} onChange={setDay("to")} />
                    </label>
                </span>
                <span class="page-head-end">
                    <Asked at={report.receivedAt} />
                </span>
            </div>
            <div class="filters">
                <MarketChoice market={market} />
                <Select
                    label="Players"
                    value={population as string}
                    options={populations.map((one) => ({
                        value: one as string,
                        label: words(one),
                    }))}
                    onChoose={(one) =>
                        setQuery({ population: one === populations[0] ? null : one })
                    }
                />
                <Select
                    label="Games"
                    value={seasonType as string}
                    options={seasonTypes.map((one) => ({
                        value: one as string,
                        label: words(one),
                    }))}
                    onChoose={(one) =>
                        setQuery({ season_type: one === seasonTypes[0] ? null : one })
                    }
                />
                <Select
                    label="Forecast"
                    value={asOf as string}
                    options={[
                        { value: "last", label: "Last before tip-off" },
                        { value: "morning", label: "Of the morning" },
                        { value: "first", label: "First of the day" },
                    ]}
                    onChoose={(one) => setQuery({ as_of: one === asOfs[0] ? null : one })}
                />
            </div>
            <Loaded resource={report} label="the report" rows={10}>
                {(value) => (
                    <>
                        <p class="muted lead">
                            {dayShort(value.from)} to {dayShort(value.to)}:{" "}
                            {count(value.population.n)} player games with{" "}
                            {value.population.definition}.
                        </p>
                        {value.systems.length === 0 ? (
                            <Empty title="Nothing graded in these days">
                                <p>
                                    Forecasts are graded when games are over:{" "}
                                    <code>tipoff grade</code>. More days, or other players, may have
                                    some.
                                </p>
                            </Empty>
                        ) : (
                            <Report report={value} chosen={query.get("system")} query={query} />
                        )}
                    </>
                )}
            </Loaded>
        </>
    );
}
