import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Tints what it holds for a moment when its value becomes another one while it is looked at. */
export function Changing(props: {
    readonly value: string | number | null;
    readonly children: ComponentChildren;
}) {
    const element = useRef<HTMLSpanElement>(null);
    const before = useRef(props.value);
    useEffect(() => {
        if (before.current === props.value) return;
        before.current = props.value;
        if (calm.matches) return;
        const tint = getComputedStyle(document.documentElement).getPropertyValue("--tint");
        element.current?.animate(
            [{ backgroundColor: tint }, { backgroundColor: tint, offset: 0.7 }, {}],
            { duration: 1200 },
        );
    }, [props.value]);
    return (
        <span ref={element} class="changing">
            {props.children}
        </span>
    );
}
