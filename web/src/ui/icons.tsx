// Drawn by hand, in the colour of the text around; what they mean is said in words beside them.

import type { Pick } from "../api/types";

export function PickMark({ pick }: { readonly pick: Pick }) {
    return (
        <svg class="mark" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            {pick === "OVER" && <path d="M5 1 9.5 9h-9z" />}
            {pick === "UNDER" && <path d="M5 9 .5 1h9z" />}
            {pick === "PASS" && <path d="M1 4h8v2H1z" />}
        </svg>
    );
}

export function Chevron({ to }: { readonly to: "left" | "right" | "down" }) {
    const path = { left: "M7.5 2 3.5 6l4 4", right: "M4.5 2l4 4-4 4", down: "M2 4.5l4 4 4-4" }[to];
    return (
        <svg class="chevron" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d={path} />
        </svg>
    );
}

export function Sorted({ descending }: { readonly descending: boolean }) {
    return (
        <svg class="mark" viewBox="0 0 10 10" width="8" height="8" aria-hidden="true">
            <path d={descending ? "M5 9 .5 2h9z" : "M5 1 9.5 8h-9z"} />
        </svg>
    );
}

export type LightColour = "green" | "yellow" | "red" | "off";

const lightWords = { green: "Good", yellow: "Look", red: "Fault", off: "Nothing due" } as const;

/** Shape and colour both say how it stands: a disc, a triangle, a square with a stroke, a ring. */
export function Light({ colour, label }: { readonly colour: LightColour; readonly label: string }) {
    return (
        <svg
            class={`light light-${colour}`}
            viewBox="0 0 14 14"
            width="14"
            height="14"
            role="img"
            aria-label={`${label}: ${lightWords[colour]}`}
        >
            {colour === "green" && <circle cx="7" cy="7" r="5" />}
            {colour === "yellow" && <path d="M7 1.5 13 12H1z" />}
            {colour === "red" && (
                <>
                    <path d="M1.5 1.5h11v11h-11z" />
                    <path class="light-cut" d="m4.5 4.5 5 5m0-5-5 5" />
                </>
            )}
            {colour === "off" && <circle class="light-ring" cx="7" cy="7" r="4" />}
        </svg>
    );
}
