import { defineConfig } from "vitest/config";
import { inventory } from "./plugins/inventory.ts";
import { wordList } from "./plugins/word-list.ts";

// What these try keeps nothing, waits for nothing and takes no browser's place: one process after another serves them
// all. A store goes on waiting after its test, so each of its files has a process to itself.
const pure = ["plugins/*.test.ts", ...["inside", "protocol", "study/core", "ui"].map((folder) => `src/${folder}/**/*.test.{ts,tsx}`)];
const every = ["plugins/*.test.ts", "src/**/*.test.{ts,tsx}"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [wordList(), inventory()],
  test: {
    passWithNoTests: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "apart", include: every, exclude: pure } },
    ],
  },
});
