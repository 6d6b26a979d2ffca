// A chart drawn for the width that it has: its text keeps its size on a phone and on a wide screen.

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const widthMost = 600;

export function Measured(props: { readonly children: (width: number) => ComponentChildren }) {
    const place = useRef<HTMLDivElement>(null);
    const [width, setWidth] = useState(0);
    useLayoutEffect(() => {
        const element = place.current;
        if (element === null) return;
        const measure = () => setWidth(Math.min(widthMost, Math.floor(element.clientWidth)));
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(element);
        return () => observer.disconnect();
    }, []);
    return (
        <div ref={place} class="measured">
            {width > 0 && props.children(width)}
        </div>
    );
}
