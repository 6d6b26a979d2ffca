// Light, dark, or as the machine is set. The choice stays on this device.

import { createStore } from "./store";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "tipoff.theme";

function kept(): Theme {
    const value = localStorage.getItem(key);
    return themes.find((theme) => theme === value) ?? "auto";
}

export const theme = createStore<Theme>(kept());

function show(): void {
    const value = theme.get();
    if (value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
}

export function chooseTheme(value: Theme): void {
    if (value === "auto") localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    theme.set(value);
    show();
}

show();
