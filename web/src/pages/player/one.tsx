import { useEffect, useRef } from "preact/hooks";
import { address } from "../../api/client";
import {
    markets,
    type PlayerDocument,
    type PlayerFeatures,
    type PlayerSeason,
    type PlayerShots,
    type Split,
} from "../../api/types";
import { systemName } from "../../format";
import { useKeys } from "../../state/keys";
import { useResource } from "../../state/resource";
import { choice, navigate, setQuery, usePlace } from "../../state/url";
import { Search, Select } from "../../ui/controls";
import { MarketChoice } from "../../ui/market-choice";
import { Empty, Loaded } from "../../ui/states";
import { systemsOf } from "../tonight/board";
import { Features } from "./features";
import { Form } from "./form";
import { Games, Record } from "./records";
import { Shots } from "./shots";
import { Splits } from "./splits";

export function OnePlayer({ id }: { readonly id: string }) {
    const { query } = usePlace();
    const market = choice(query, "market", markets);
    const chosen = query.get("season");
    const date = query.get("date") ?? "today";
    const base = `/v1/players/${id}`;
    const player = useResource<PlayerDocument>(address(base, { games: 10 }));
    const season = useResource<PlayerSeason>(address(`${base}/season`, { market, season: chosen }));
    const shots = useResource<PlayerShots>(address(`${base}/shots`, { date }));
    const splits = useResource<{ readonly splits: readonly Split[] }>(
        address(`${base}/splits`, { market, season: chosen }),
    );
    const features = useResource<PlayerFeatures>(address(`${base}/features`, { date }));
    const name = player.value?.player.name;
    useEffect(() => {
        if (name !== undefined) document.title = `${name} · tipoff`;
    }, [name]);
    const searchRef = useRef<HTMLInputElement>(null);
    const step = (by: number) => () => {
        const at = markets.indexOf(market);
        setQuery(
            { market: markets[(at + by + markets.length) % markets.length] ?? null },
            "replace",
        );
    };
    useKeys({
        title: "Player",
        bindings: [
            { keys: ["/"], does: "Search players", run: () => searchRef.current?.select() },
            { keys: ["j", "ArrowRight"], does: "Next market", run: step(1) },
            { keys: ["k", "ArrowLeft"], does: "Market before", run: step(-1) },
        ],
    });

    const present = systemsOf(season.value?.games.flatMap((game) => game.forecasts) ?? []);
    const system = present.find((one) => one === query.get("system")) ?? present[0] ?? "";
    const seasons = season.value?.seasons ?? [];
    return (
        <>
            <div class="page-head">
                <h1>{name ?? "Player"}</h1>
                {player.value?.player.team && <span class="badge">{player.value.player.team}</span>}
                <span class="page-head-end">
                    <Search
                        label="Another player"
                        value=""
                        inputRef={searchRef}
                        onSearch={(q) => q !== "" && navigate(`/player?q=${encodeURIComponent(q)}`)}
                    />
                </span>
            </div>
            <div class="filters">
                <MarketChoice market={market} />
                {present.length > 0 && (
                    <Select
                        label="System"
                        value={system}
                        options={present.map((one) => ({ value: one, label: systemName(one) }))}
                        onChoose={(one) => setQuery({ system: one === present[0] ? null : one })}
                    />
                )}
                {seasons.length > 0 && (
                    <Select
                        label="Season"
                        value={season.value?.season ?? ""}
                        options={seasons.map((one) => ({ value: one, label: one }))}
                        onChoose={(one) => setQuery({ season: one })}
                    />
                )}
            </div>
            <div class="panels">
                <section class="panel-full">
                    <Loaded resource={season} label="the season" rows={6}>
                        {(value) =>
                            value.games.length === 0 ? (
                                <Empty title="No games in this season">
                                    <p>Another season or market may have some.</p>
                                </Empty>
                            ) : (
                                <Form season={value} system={system} />
                            )
                        }
                    </Loaded>
                </section>
                <div class="panel-column">
                    <Loaded resource={shots} label="shots" rows={8}>
                        {(value) => <Shots shots={value} />}
                    </Loaded>
                    <Loaded resource={player} label="the record" rows={5}>
                        {(value) => <Record document={value} market={market} />}
                    </Loaded>
                </div>
                <div class="panel-column">
                    <Loaded resource={splits} label="splits" rows={8}>
                        {(value) => <Splits splits={value.splits} market={market} />}
                    </Loaded>
                    <Loaded resource={player} label="games" rows={5}>
                        {(value) => <Games games={value.recent_games} />}
                    </Loaded>
                </div>
                <section class="panel-full">
                    <Loaded resource={features} label="features" rows={8}>
                        {(value) => <Features document={value} />}
                    </Loaded>
                </section>
            </div>
        </>
    );
}
