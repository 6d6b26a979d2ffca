export function Player() {
    return <p>Player</p>;
}
