// Where a token is given: because none was, because it was wrong or is no longer taken, or because
// the viewer wants another one.

import { useEffect, useState } from "preact/hooks";
import { tryToken } from "../../api/client";
import { forgetToken, type Keeping, keepToken, readToken } from "../../api/token";
import type { Problem } from "../../api/types";
import { goLive } from "../../state/live";
import { refusal } from "../../state/session";
import { useStore } from "../../state/store";
import { navigate, usePlace } from "../../state/url";

/** Only an address of the dashboard itself: a link from elsewhere must not lead away. */
function safeNext(next: string | null): string {
    return next?.startsWith("/") && !next.startsWith("//") ? next : "/tonight";
}

function Why({ problem, hadToken }: { readonly problem: Problem; readonly hadToken: boolean }) {
    return (
        <div class={hadToken ? "notice notice-fault" : "notice"} role="alert">
            <p>
                <strong>
                    {hadToken ? "The token was refused." : "This service asks for a token."}
                </strong>{" "}
                {problem.detail}
                {problem.detail.endsWith(".") ? "" : "."}
            </p>
            {problem.hint && <p class="muted">{problem.hint}</p>}
        </div>
    );
}

export function TokenPage() {
    const { query } = usePlace();
    const refused = useStore(refusal);
    const [held, setHeld] = useState(readToken() !== null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [keeping, setKeeping] = useState<Keeping>("tab");
    const [trying, setTrying] = useState(false);

    // Whoever leaves is taken at his word: the next page asks the service anew.
    useEffect(() => () => refusal.set(null), []);

    const submit = async (event: SubmitEvent) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget as HTMLFormElement);
        const token = String(form.get("token") ?? "").trim();
        if (token === "") return;
        setTrying(true);
        const found = await tryToken(token);
        setTrying(false);
        setProblem(found);
        if (found !== null) return;
        keepToken(token, keeping);
        refusal.set(null);
        goLive();
        navigate(safeNext(query.get("next")), "replace");
    };

    const forget = () => {
        forgetToken();
        setHeld(false);
        setProblem(null);
        refusal.set(null);
        goLive();
    };

    const shown = problem ?? refused;
    return (
        <div class="token-page">
            <h1>Token</h1>
            {shown && <Why problem={shown} hadToken={problem !== null || held} />}
            {!shown && held && (
                <div class="notice">
                    <p>A token is kept here, and the service takes it.</p>
                </div>
            )}
            <form onSubmit={submit}>
                <label class="field">
                    <span class="field-label">Token with scope read</span>
                    <input
                        name="token"
                        type="password"
                        autocomplete="off"
                        spellcheck={false}
                        placeholder="tipoff_…"
                        required
                    />
                </label>
                <fieldset>
                    <legend class="field-label">Keep it</legend>
                    <label class="toggle">
                        <input
                            type="radio"
                            name="keeping"
                            checked={keeping === "tab"}
                            onChange={() => setKeeping("tab")}
                        />
                        <span>until this tab is closed</span>
                    </label>
                    <label class="toggle">
                        <input
                            type="radio"
                            name="keeping"
                            checked={keeping === "device"}
                            onChange={() => setKeeping("device")}
                        />
                        <span>on this device</span>
                    </label>
                </fieldset>
                <div class="row">
                    <button type="submit" class="primary" disabled={trying}>
                        {trying ? "Asking" : "Use this token"}
                    </button>
                    {held && (
                        <button type="button" onClick={forget}>
                            Forget the one that is kept
                        </button>
                    )}
                </div>
            </form>
            <h2>Where one comes from</h2>
            <p>On the machine of the service:</p>
            <pre>
                <code>tipoff token create --scope read --name dashboard --expires 90d</code>
            </pre>
            <p class="muted">
                It is shown once. <code>tipoff token revoke ID</code> ends it, and this page then
                asks for another.
            </p>
        </div>
    );
}
