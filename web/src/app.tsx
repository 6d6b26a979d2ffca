// The frame around every page: where one is, where one can go, whether what is shown is live.

import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { StreamState } from "./api/events";
import { Tonight } from "./pages/tonight/page";
import { useKeys } from "./state/keys";
import { goLive, stream } from "./state/live";
import { refusal } from "./state/session";
import { useStore } from "./state/store";
import { chooseTheme, theme, themes } from "./state/theme";
import { navigate, usePlace } from "./state/url";
import { KeysHelp } from "./ui/keys-help";
import { Link } from "./ui/link";
import { Empty, Skeleton } from "./ui/states";

interface PageEntry {
    readonly title: string;
    readonly path: string;
    readonly key: string;
    readonly load: () => Promise<ComponentType>;
}

/** Tonight is in the first script; the others come when they are first opened. */
const pages: readonly PageEntry[] = [
    { title: "Tonight", path: "/tonight", key: "1", load: async () => Tonight },
    {
        title: "Players",
        path: "/player",
        key: "2",
        load: async () => (await import("./pages/player/page")).Player,
    },
    {
        title: "Accuracy",
        path: "/accuracy",
        key: "3",
        load: async () => (await import("./pages/accuracy/page")).AccuracyPage,
    },
    {
        title: "Pipeline",
        path: "/pipeline",
        key: "4",
        load: async () => (await import("./pages/pipeline/page")).Pipeline,
    },
    {
        title: "Datasets",
        path: "/datasets",
        key: "5",
        load: async () => (await import("./pages/datasets/page")).Datasets,
    },
];

const tokenPage: PageEntry = {
    title: "Token",
    path: "/token",
    key: "",
    load: async () => (await import("./pages/token/page")).TokenPage,
};

function pageAt(path: string): PageEntry | null {
    if (path === "/") return pages[0] ?? null;
    return (
        [...pages, tokenPage].find(
            (page) => path === page.path || path.startsWith(`${page.path}/`),
        ) ?? null
    );
}

function PageOutlet({ page }: { readonly page: PageEntry }) {
    const [shown, setShown] = useState<{ page: PageEntry; Component: ComponentType } | null>(
        page.path === "/tonight" ? { page, Component: Tonight } : null,
    );
    const [failed, setFailed] = useState(false);
    useEffect(() => {
        let current = true;
        setFailed(false);
        page.load().then(
            (Component) => current && setShown({ page, Component }),
            () => current && setFailed(true),
        );
        return () => {
            current = false;
        };
    }, [page]);
    if (failed) {
        return (
            <Empty title="This page could not be loaded">
                The service may have been replaced by another version. Load the page again.
            </Empty>
        );
    }
    if (shown === null || shown.page !== page) return <Skeleton label={`Loading ${page.title}`} />;
    const { Component } = shown;
    return <Component />;
}

const streamWords: Readonly<Record<StreamState, { readonly word: string; readonly says: string }>> =
    {
        connecting: { word: "Connecting", says: "Asking the service to say what changes" },
        live: { word: "Live", says: "Changes are shown as they come" },
        waiting: {
            word: "Not live",
            says: "The service does not answer; it is asked again by itself",
        },
        refused: { word: "Not live", says: "The service refused the token" },
        absent: {
            word: "Not live",
            says: "This service does not say what changes: load the page again",
        },
    };

function LiveMark() {
    const state = useStore(stream);
    const { word, says } = streamWords[state];
    return (
        <span class={`live live-${state}`} title={says} role="status" data-state={state}>
            <span class="live-dot" aria-hidden="true" />
            {word}
        </span>
    );
}

const themeWords = { auto: "Auto", light: "Light", dark: "Dark" } as const;

function ThemeSwitch() {
    const value = useStore(theme);
    const next = themes[(themes.indexOf(value) + 1) % themes.length] ?? "auto";
    return (
        <button
            type="button"
            class="quiet theme-switch"
            title={`Colours: ${themeWords[value]}. Choose ${themeWords[next].toLowerCase()}`}
            onClick={() => chooseTheme(next)}
        >
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
                <circle cx="8" cy="8" r="6.5" class="theme-ring" />
                <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" />
            </svg>
            <span>{themeWords[value]}</span>
        </button>
    );
}

export function App() {
    const { path, query } = usePlace();
    const refused = useStore(refusal);
    const [keysShown, setKeysShown] = useState(false);
    const main = useRef<HTMLElement>(null);
    const page = pageAt(path);

    useEffect(goLive, []);

    useEffect(() => {
        if (refused === null || path === tokenPage.path) return;
        const back = `${path}${query.size > 0 ? `?${query}` : ""}`;
        navigate(`${tokenPage.path}?next=${encodeURIComponent(back)}`, "replace");
    }, [refused, path, query]);

    useEffect(() => {
        document.title = page === null ? "tipoff" : `${page.title} · tipoff`;
        window.scrollTo(0, 0);
    }, [page]);

    useKeys({
        title: "Everywhere",
        bindings: [
            { keys: ["?"], does: "This list of keys", run: () => setKeysShown(true) },
            ...pages.map(({ title, path: to, key }) => ({
                keys: [key],
                does: title,
                run: () => navigate(to),
            })),
        ],
    });

    return (
        <>
            <a class="skip" href="#main">
                To the content
            </a>
            <header class="top">
                <Link class="wordmark" href="/tonight">
                    tipoff
                </Link>
                <nav aria-label="Pages">
                    {pages.map(({ title, path: to }) => (
                        <Link
                            key={to}
                            href={to}
                            aria-current={page?.path === to ? "page" : undefined}
                        >
                            {title}
                        </Link>
                    ))}
                </nav>
                <div class="top-end">
                    <LiveMark />
                    <Link
                        class="token-link"
                        href="/token"
                        aria-current={page === tokenPage ? "page" : undefined}
                    >
                        Token
                    </Link>
                    <ThemeSwitch />
                    <button
                        type="button"
                        class="quiet keys-button"
                        title="Keys"
                        aria-label="Keys"
                        onClick={() => setKeysShown(true)}
                    >
                        ?
                    </button>
                </div>
            </header>
            <main id="main" ref={main} tabIndex={-1}>
                {page === null ? (
                    <Empty title="There is no page at this address">
                        <Link href="/tonight">Tonight</Link> is where the day begins.
                    </Empty>
                ) : (
                    <PageOutlet page={page} />
                )}
            </main>
            {keysShown && <KeysHelp onClose={() => setKeysShown(false)} />}
        </>
    );
}
