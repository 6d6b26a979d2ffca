export function Pipeline() {
    return <p>Pipeline</p>;
}
