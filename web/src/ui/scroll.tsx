import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A frame that scrolls within itself, with a name, reached by keyboard as well. */
export function ScrollFrame(props: {
    readonly label: string;
    readonly class: string;
    /** Begins at its right end: what is newest is there. */
    readonly fromEnd?: boolean;
    readonly children: ComponentChildren;
}) {
    const frame = useRef<HTMLElement>(null);
    const fromEnd = props.fromEnd ?? false;
    useLayoutEffect(() => {
        if (fromEnd && frame.current) frame.current.scrollLeft = frame.current.scrollWidth;
    }, [fromEnd]);
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section ref={frame} class={props.class} aria-label={props.label} tabIndex={0}>
            {props.children}
        </section>
    );
}
