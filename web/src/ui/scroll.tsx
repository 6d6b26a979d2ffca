import type { ComponentChildren } from "preact";

/** A frame that scrolls within itself, with a name, reached by keyboard as well. */
export function ScrollFrame(props: {
    readonly label: string;
    readonly class: string;
    readonly children: ComponentChildren;
}) {
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section class={props.class} aria-label={props.label} tabIndex={0}>
            {props.children}
        </section>
    );
}
