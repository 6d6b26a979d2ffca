import type { BoardGame } from "../../api/types";
import { line, none, signed, time } from "../../format";
import { setQuery } from "../../state/url";
import { ScrollFrame } from "../../ui/scroll";

function isOver(game: BoardGame): boolean {
    return game.home_score !== null && game.away_score !== null;
}

/** The line of a game from the home side, as books write it: BOS −4.5. */
function spreadText(game: BoardGame): string {
    if (game.spread === null) return none;
    return `${game.home} ${game.spread === 0 ? "even" : signed(game.spread, Number.isInteger(game.spread) ? 0 : 1)}`;
}

function whenText(game: BoardGame): string {
    if (isOver(game)) return "Final";
    return game.state === "postponed" ? "Postponed" : time(game.tip_off);
}

function Card({ game, chosen }: { readonly game: BoardGame; readonly chosen: boolean }) {
    const over = isOver(game);
    const score = (value: number | null) => over && <span>{value}</span>;
    return (
        <button
            type="button"
            class="game"
            aria-pressed={chosen}
            onClick={() => setQuery({ game: chosen ? null : game.game_id })}
        >
            <span class="game-teams">
                <span class="game-side">
                    <span>{game.away}</span> {score(game.away_score)}
                </span>
                <span class="game-side">
                    <span>
                        <span class="muted">at</span> {game.home}
                    </span>{" "}
                    {score(game.home_score)}
                </span>
            </span>
            <span class="game-time">{whenText(game)}</span>
            <span class="game-lines">
                {game.spread === null && game.total === null ? (
                    <span class="muted">no line yet</span>
                ) : (
                    <>
                        <span>{spreadText(game)}</span>
                        <span>
                            <span class="muted">total</span> {line(game.total)}
                        </span>
                    </>
                )}
            </span>
        </button>
    );
}

/** The games of the day by tip-off; one that is chosen narrows the board to its players. */
export function Games(props: {
    readonly games: readonly BoardGame[];
    readonly chosen: string | null;
}) {
    return (
        <ScrollFrame class="games" label="Games by tip-off">
            {props.games.map((game) => (
                <Card key={game.game_id} game={game} chosen={game.game_id === props.chosen} />
            ))}
        </ScrollFrame>
    );
}
