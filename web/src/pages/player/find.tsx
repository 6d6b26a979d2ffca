import { useRef } from "preact/hooks";
import { address } from "../../api/client";
import type { FoundPlayer } from "../../api/types";
import { dayShort } from "../../format";
import { useKeys } from "../../state/keys";
import { useResource } from "../../state/resource";
import { navigate, setQuery, usePlace } from "../../state/url";
import { Search } from "../../ui/controls";
import { Link } from "../../ui/link";
import { Empty, Loaded } from "../../ui/states";
import { Table } from "../../ui/table";

interface Found {
    readonly players: readonly FoundPlayer[];
}

export function PlayerSearch() {
    const { query } = usePlace();
    const text = query.get("q") ?? "";
    const found = useResource<Found>(
        text === "" ? null : address("/v1/players", { name: text, limit: 50 }),
    );
    const searchRef = useRef<HTMLInputElement>(null);
    useKeys({
        title: "Players",
        bindings: [
            { keys: ["/"], does: "Search players", run: () => searchRef.current?.select() },
            {
                keys: ["Enter"],
                does: "Open the first that was found",
                whileTyping: true,
                run: () => {
                    const first = found.value?.players[0];
                    if (first) navigate(`/player/${first.player_id}`);
                },
            },
        ],
    });
    return (
        <>
            <div class="page-head">
                <h1>Players</h1>
                <Search
                    label="Search by a part of the name"
                    value={text}
                    inputRef={searchRef}
                    onSearch={(q) => setQuery({ q }, "replace")}
                />
            </div>
            {text === "" ? (
                <Empty title="Who?">
                    <p>
                        A part of the name will do; accents do not matter. Who plays today is on{" "}
                        <Link href="/tonight">Tonight</Link>.
                    </p>
                </Empty>
            ) : (
                <Loaded resource={found} label="players" rows={10}>
                    {({ players }) =>
                        players.length === 0 ? (
                            <Empty title={`Nobody is called “${text}”`}>
                                <p>
                                    Players come with box scores and rosters:{" "}
                                    <code>tipoff import</code> or <code>tipoff collect</code>.
                                </p>
                            </Empty>
                        ) : (
                            <Table
                                caption="Players found"
                                rows={players}
                                rowKey={(player) => String(player.player_id)}
                                columns={[
                                    {
                                        id: "name",
                                        head: "Player",
                                        cell: (player) => (
                                            <Link
                                                class="player-name"
                                                href={`/player/${player.player_id}`}
                                            >
                                                {player.name}
                                            </Link>
                                        ),
                                    },
                                    {
                                        id: "first",
                                        head: "First game",
                                        numeric: true,
                                        cell: (player) => dayWithYear(player.first_seen),
                                    },
                                    {
                                        id: "last",
                                        head: "Last game",
                                        numeric: true,
                                        cell: (player) => dayWithYear(player.last_seen),
                                    },
                                ]}
                            />
                        )
                    }
                </Loaded>
            )}
        </>
    );
}

function dayWithYear(day: string | null): string {
    return day === null ? dayShort(day) : `${dayShort(day)}, ${day.slice(0, 4)}`;
}
