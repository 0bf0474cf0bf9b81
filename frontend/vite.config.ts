import { defineConfig } from "vite";
import { integrity } from "./plugins/integrity.ts";
import { inventory } from "./plugins/inventory.ts";
import { JSX, markup } from "./plugins/markup.ts";
import { plainImport } from "./plugins/plain-import.ts";
import { sentences } from "./plugins/sentences.ts";
import { serviceWorker } from "./plugins/service-worker.ts";
import { wordList } from "./plugins/word-list.ts";

// One script for the worker. The app is two: what the first room needs, and `seldom`, which the page names with its
// integrity and brings in by itself. A third would be refused: an import carries no integrity value (decision 0026).
const output = { entryFileNames: "[name]-[hash].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" };
const whole = { ...output, codeSplitting: false };
// A sentence that is shown in one place stands there.
const optimization = { inlineConst: true };

export default defineConfig({
  base: "/assets/inside/",
  oxc: { jsx: JSX },
  plugins: [inventory(), markup(), sentences(), wordList(), plainImport(), integrity(), serviceWorker()],
  worker: { format: "es", rollupOptions: { output: whole, optimization } },
  build: {
    outDir: "../sameboat/web/static/inside",
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
    target: "es2022",
    rollupOptions: { output, optimization },
  },
});
