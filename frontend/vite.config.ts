import preact from "@preact/preset-vite";
import { defineConfig } from "vite";
import { integrity } from "./plugins/integrity.ts";
import { wordList } from "./plugins/word-list.ts";

// One file per entry: Integrity-Policy refuses chunks, because an import carries no integrity value.
export default defineConfig({
  base: "/assets/inside/",
  plugins: [preact({ devToolsEnabled: false }), wordList(), integrity()],
  worker: { format: "es", rollupOptions: { output: { codeSplitting: false, entryFileNames: "[name]-[hash].js" } } },
  build: {
    outDir: "../sameboat/web/static/inside",
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: false,
    sourcemap: false,
    target: "es2022",
    rollupOptions: {
      output: {
        codeSplitting: false,
        entryFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
