export function AccuracyPage() {
    return <p>AccuracyPage</p>;
}
