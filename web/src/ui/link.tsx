import type { ComponentChildren, JSX } from "preact";
import { navigate } from "../state/url";

type Props = Omit<JSX.AnchorHTMLAttributes, "href"> & {
    readonly href: string;
    readonly children?: ComponentChildren;
};

/** A link within the dashboard: a plain click changes the page without loading it anew. */
export function Link({ href, children, ...rest }: Props) {
    const follow = (event: MouseEvent) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
            return;
        event.preventDefault();
        navigate(href);
    };
    return (
        <a {...rest} href={href} onClick={follow}>
            {children}
        </a>
    );
}
