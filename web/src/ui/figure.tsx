// A chart with its caption: what it shows in a sentence for whoever cannot see it, and the same data
// as a table for whoever wants the numbers.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

export function Figure(props: {
    readonly title: string;
    /** What the chart says, in words. */
    readonly says: string;
    readonly note?: ComponentChildren;
    readonly legend?: ComponentChildren;
    readonly table?: () => ComponentChildren;
    readonly children: ComponentChildren;
    readonly class?: string;
}) {
    const [asTable, setAsTable] = useState(false);
    return (
        <figure class={`figure ${props.class ?? ""}`}>
            <figcaption>
                <span class="figure-title">{props.title}</span>
                {props.table && (
                    <button
                        type="button"
                        class="quiet"
                        aria-pressed={asTable}
                        onClick={() => setAsTable(!asTable)}
                    >
                        {asTable ? "As a chart" : "As a table"}
                    </button>
                )}
                <span class="figure-says">{props.says}</span>
            </figcaption>
            {props.legend && !asTable && <div class="legend">{props.legend}</div>}
            {asTable && props.table ? props.table() : props.children}
            {props.note && <p class="figure-note">{props.note}</p>}
        </figure>
    );
}
