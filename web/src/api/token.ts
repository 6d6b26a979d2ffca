// The token that the viewer gave: for this tab alone (sessionStorage) or kept on this device
// (localStorage), as he chose. It is nowhere else, and sent to nobody but the service.

const key = "tipoff.token";

export type Keeping = "tab" | "device";

export function readToken(): string | null {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key);
}

export function keepToken(token: string, keeping: Keeping): void {
    forgetToken();
    (keeping === "tab" ? sessionStorage : localStorage).setItem(key, token);
}

export function forgetToken(): void {
    sessionStorage.removeItem(key);
    localStorage.removeItem(key);
}
