// Charts of long tables are drawn once they come near to what is in sight, all watched by one
// observer.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const callbacks = new WeakMap<Element, () => void>();
const observer = new IntersectionObserver(
    (entries) => {
        for (const entry of entries) {
            if (!entry.isIntersecting) continue;
            callbacks.get(entry.target)?.();
            observer.unobserve(entry.target);
        }
    },
    { rootMargin: "800px" },
);

/** Its place has the size that the style sheet gives it, drawn or not. */
export function WhenNear(props: { readonly children: () => ComponentChildren }) {
    const [near, setNear] = useState(false);
    const place = useRef<HTMLDivElement>(null);
    useEffect(() => {
        const element = place.current;
        if (element === null) return;
        callbacks.set(element, () => setNear(true));
        observer.observe(element);
        return () => observer.unobserve(element);
    }, []);
    return (
        <div ref={place} class="when-near">
            {near && props.children()}
        </div>
    );
}
