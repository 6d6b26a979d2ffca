// A chart drawn for the width that it has: its text keeps its size on a phone and on a wide screen.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const widthMost = 600;

export function Measured(props: {
    /** It is drawn no wider than so many pixels. */
    readonly most?: number;
    readonly children: (width: number) => ComponentChildren;
}) {
    const most = props.most ?? widthMost;
    const place = useRef<HTMLDivElement>(null);
    const [width, setWidth] = useState(0);
    useLayoutEffect(() => {
        const element = place.current;
        if (element === null) return;
        const measure = () => setWidth(Math.min(most, Math.floor(element.clientWidth)));
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(element);
        return () => observer.disconnect();
    }, [most]);
    return (
        <div ref={place} class="measured">
            {width > 0 && props.children(width)}
        </div>
    );
}
