import { useEffect, useState } from "preact/hooks";

/** Whether a media query holds, and holds still. */
export function useMedia(query: string): boolean {
    const [holds, setHolds] = useState(() => window.matchMedia(query).matches);
    useEffect(() => {
        const media = window.matchMedia(query);
        const change = () => setHolds(media.matches);
        change();
        media.addEventListener("change", change);
        return () => media.removeEventListener("change", change);
    }, [query]);
    return holds;
}
