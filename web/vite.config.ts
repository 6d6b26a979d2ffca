import { defineConfig } from "vite";

// The service answers for the pages while they are worked on: `npm run dev` with a `tipoff serve`
// beside it. What is built knows of no address but its own.
const service = "http://127.0.0.1:8080";

export default defineConfig({
    esbuild: { jsx: "automatic", jsxImportSource: "preact" },
    server: { proxy: { "/v1": service, "/health": service } },
    build: {
        target: "es2022",
        // Everything is a file of its own, so that the pages need no inline script, style or data.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        cssCodeSplit: false,
        reportCompressedSize: true,
    },
});
