import { useEffect, useRef } from "preact/hooks";
import { keyGroups } from "../state/keys";

const names: Readonly<Record<string, string>> = {
    ArrowDown: "↓",
    ArrowUp: "↑",
    Escape: "Esc",
    " ": "Space",
};

/** The list of keys, made of what the page takes at the moment. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => dialog.current?.showModal(), []);
    return (
        <dialog ref={dialog} class="keys-help" aria-labelledby="keys-title" onClose={onClose}>
            <header>
                <h2 id="keys-title">Keys</h2>
                <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
                    Close
                </button>
            </header>
            {keyGroups().map((group) => (
                <section key={group.title}>
                    <h3>{group.title}</h3>
                    <dl>
                        {group.bindings.map((binding) => (
                            <div key={binding.does}>
                                <dt>
                                    {binding.keys.map((key) => (
                                        <kbd key={key}>{names[key] ?? key}</kbd>
                                    ))}
                                </dt>
                                <dd>{binding.does}</dd>
                            </div>
                        ))}
                    </dl>
                </section>
            ))}
        </dialog>
    );
}
