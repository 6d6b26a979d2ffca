// The keyboard. A page says which keys it takes and what they do; the list of keys is made of the
// same declarations, so it cannot tell of a key that does nothing.

import { useEffect, useRef } from "preact/hooks";

export interface Binding {
    /** As KeyboardEvent.key has it; several do the same. */
    readonly keys: readonly string[];
    readonly does: string;
    /** Also while a field is being typed in. */
    readonly whileTyping?: boolean;
    run(event: KeyboardEvent): void;
}

export interface KeyGroup {
    readonly title: string;
    readonly bindings: readonly Binding[];
}

const groups: { current: KeyGroup }[] = [];

export function keyGroups(): readonly KeyGroup[] {
    return groups.map((group) => group.current);
}

function isTyping(target: EventTarget | null): boolean {
    return (
        target instanceof HTMLElement &&
        (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
    );
}

/** A button or link does its own thing with Enter and the space bar. */
function isOwnAction(event: KeyboardEvent): boolean {
    return (
        (event.key === "Enter" || event.key === " ") &&
        event.target instanceof HTMLElement &&
        event.target.closest("a, button, summary") !== null
    );
}

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    // What is open in front takes its keys itself.
    if (document.querySelector("dialog[open]") !== null) return;
    const typing = isTyping(event.target);
    for (const group of [...groups].reverse()) {
        const found = group.current.bindings.find(({ keys }) => keys.includes(event.key));
        if (found === undefined || (typing && !found.whileTyping)) continue;
        if (isOwnAction(event)) return;
        event.preventDefault();
        found.run(event);
        return;
    }
});

/** Takes keys while the component is shown; the one that came last is asked first. */
export function useKeys(group: KeyGroup): void {
    const held = useRef(group);
    held.current = group;
    useEffect(() => {
        groups.push(held);
        return () => {
            groups.splice(groups.indexOf(held), 1);
        };
    }, []);
}
