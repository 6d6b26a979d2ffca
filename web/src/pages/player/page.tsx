// Everything about one player; without one, who there is.

import { usePlace } from "../../state/url";
import { PlayerSearch } from "./find";
import { OnePlayer } from "./one";

export function Player() {
    const { path } = usePlace();
    const id = /^\/player\/(-?\d+)$/.exec(path)?.[1];
    return id === undefined ? <PlayerSearch /> : <OnePlayer id={id} key={id} />;
}
