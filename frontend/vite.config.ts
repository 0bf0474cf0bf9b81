import { defineConfig } from "vite";
import { integrity } from "./plugins/integrity.ts";
import { JSX, markup } from "./plugins/markup.ts";
import { sentences } from "./plugins/sentences.ts";
import { wordList } from "./plugins/word-list.ts";

// One file per entry: Integrity-Policy refuses chunks, because an import carries no integrity value.
const output = { codeSplitting: false, entryFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" };
// A sentence that is shown in one place stands there.
const optimization = { inlineConst: true };

export default defineConfig({
  base: "/assets/inside/",
  oxc: { jsx: JSX },
  plugins: [markup(), sentences(), wordList(), integrity()],
  worker: { format: "es", rollupOptions: { output, optimization } },
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
