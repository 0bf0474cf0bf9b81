import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";
import { inventory } from "./plugins/inventory.ts";
import { wordList } from "./plugins/word-list.ts";

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false }), wordList(), inventory()],
  test: { include: ["src/**/*.test.{ts,tsx}", "plugins/*.test.ts"], passWithNoTests: false, testTimeout: 20_000, hookTimeout: 20_000 },
});
