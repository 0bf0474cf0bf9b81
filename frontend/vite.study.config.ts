import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

// The coding screen of the study workbench. One script and one stylesheet under fixed names: the server gathers them
// under names that hold their hash, and writes `integrity` itself (`{% script %}`).
export default defineConfig({
  base: "/assets/study/",
  plugins: [preact({ devToolsEnabled: false })],
  publicDir: false,
  build: {
    outDir: "../sameboat/study/static/study",
    emptyOutDir: true,
    assetsDir: "",
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    sourcemap: false,
    target: "es2022",
    rollupOptions: {
      input: "src/study/main.tsx",
      output: { format: "iife", codeSplitting: false, entryFileNames: "coding.js", assetFileNames: "coding[extname]" },
    },
  },
});
