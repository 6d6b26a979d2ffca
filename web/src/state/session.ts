// Whether the service takes who asks. A refusal anywhere brings the page of the token, which leads
// back to where it was needed.

import type { Problem } from "../api/types";
import { createStore } from "./store";

/** The refusal that stands between the viewer and the pages, or null. */
export const refusal = createStore<Problem | null>(null);
