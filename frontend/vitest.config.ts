import { defineConfig } from "vitest/config";
import { inventory } from "./plugins/inventory.ts";
import { wordList } from "./plugins/word-list.ts";

// One process plays one file after the other: each would else read all modules anew. What a file leaves waiting ends
// with it (src/store/tests/ended.ts).
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [wordList(), inventory()],
  test: {
    passWithNoTests: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    include: ["plugins/*.test.ts", "src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/store/tests/ended.ts"],
    isolate: false,
  },
});
