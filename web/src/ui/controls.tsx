// The parts of a bar of filters. Each holds no state: what it shows comes from the address, and
// what is chosen goes there.

import type { ComponentChildren, Ref } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { addDays, dayLong, dayShort, isDay } from "../format";
import { Chevron } from "./icons";

export interface Option<T extends string> {
    readonly value: T;
    readonly label: ComponentChildren;
    readonly title?: string;
}

/** A choice of few: all of them in sight. */
export function Segmented<T extends string>(props: {
    readonly label: string;
    readonly value: T;
    readonly options: readonly Option<T>[];
    readonly onChoose: (value: T) => void;
}) {
    return (
        <fieldset class="segmented">
            <legend class="hidden">{props.label}</legend>
            {props.options.map((option) => (
                <button
                    type="button"
                    key={option.value}
                    aria-pressed={option.value === props.value}
                    title={option.title}
                    onClick={() => props.onChoose(option.value)}
                >
                    {option.label}
                </button>
            ))}
        </fieldset>
    );
}

/** A choice of many. */
export function Select<T extends string>(props: {
    readonly label: string;
    readonly value: T;
    readonly options: readonly { readonly value: T; readonly label: string }[];
    readonly onChoose: (value: T) => void;
}) {
    return (
        <label class="field">
            <span class="field-label">{props.label}</span>
            <select
                value={props.value}
                onChange={(event) => props.onChoose(event.currentTarget.value as T)}
            >
                {props.options.map((option) => (
                    <option key={option.value} value={option.value}>
                        {option.label}
                    </option>
                ))}
            </select>
        </label>
    );
}

export function Toggle(props: {
    readonly on: boolean;
    readonly onChange: (on: boolean) => void;
    readonly children: ComponentChildren;
}) {
    return (
        <label class="toggle">
            <input
                type="checkbox"
                checked={props.on}
                onChange={(event) => props.onChange(event.currentTarget.checked)}
            />
            <span>{props.children}</span>
        </label>
    );
}

const typingMs = 120;

/** What is typed is looked for once the typing rests. */
export function Search(props: {
    readonly label: string;
    readonly value: string;
    readonly onSearch: (text: string) => void;
    readonly inputRef?: Ref<HTMLInputElement>;
    readonly autoFocus?: boolean;
}) {
    const timer = useRef<ReturnType<typeof setTimeout>>();
    useEffect(() => () => clearTimeout(timer.current), []);
    return (
        <label class="field search">
            <span class="hidden">{props.label}</span>
            <input
                type="search"
                ref={props.inputRef ?? null}
                value={props.value}
                placeholder={props.label}
                autocomplete="off"
                spellcheck={false}
                onInput={(event) => {
                    const text = event.currentTarget.value;
                    clearTimeout(timer.current);
                    timer.current = setTimeout(() => props.onSearch(text), typingMs);
                }}
                onKeyDown={(event) => {
                    if (event.key !== "Escape") return;
                    props.onSearch("");
                    event.currentTarget.value = "";
                    event.currentTarget.blur();
                }}
            />
        </label>
    );
}

/** A day of the league with the days beside it. `value` null is today. */
export function DayChoice(props: {
    readonly value: string | null;
    readonly shown: string | null;
    readonly onChoose: (day: string | null) => void;
}) {
    // Whatever the address says: a field for dates takes nothing but dates.
    const day = props.shown !== null && isDay(props.shown) ? props.shown : null;
    const step = (days: number) => () => day !== null && props.onChoose(addDays(day, days));
    return (
        <div class="day-choice">
            <button type="button" aria-label="The day before" disabled={!day} onClick={step(-1)}>
                <Chevron to="left" />
            </button>
            <label title={day === null ? "" : dayLong(day)}>
                <span class="hidden">Day (Eastern)</span>
                <input
                    type="date"
                    value={day ?? ""}
                    onChange={(event) => props.onChoose(event.currentTarget.value || null)}
                />
            </label>
            <button type="button" aria-label="The day after" disabled={!day} onClick={step(1)}>
                <Chevron to="right" />
            </button>
            <button
                type="button"
                class="today"
                aria-pressed={props.value === null}
                onClick={() => props.onChoose(null)}
            >
                Today
            </button>
            <span class="hidden">{dayShort(day)}</span>
        </div>
    );
}
