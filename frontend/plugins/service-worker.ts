import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformWithOxc, type Plugin, type Rolldown } from "vite";

const SOURCE = fileURLToPath(new URL("../src/service-worker.ts", import.meta.url));
const BASE = "/assets/inside/";
const SHELL = "/in/";
const NAME = "sw.js";

function integrityOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk): string {
  const bytes = file.type === "chunk" ? file.code : file.source;
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

/** Writes the service worker beside the build, with the name and hash of every file that it keeps; the shell last. */
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      async handler(_, bundle) {
        const files = Object.values(bundle).sort((one, other) => (one.fileName < other.fileName ? -1 : 1));
        const page = files.find(({ fileName }) => fileName === "index.html");
        if (page === undefined) throw new Error("no shell was built");
        const rows = files.filter((file) => file !== page).map((file) => [BASE + file.fileName, integrityOf(file)]);
        rows.push([SHELL, integrityOf(page)]);
        const build = createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 16);
        const { code } = await transformWithOxc(readFileSync(SOURCE, "utf8"), SOURCE, { target: "es2022" });
        const plain = code.replace(/^export\s*\{\s*\};?\s*$/m, "");
        const named = `const BUILD = ${JSON.stringify(build)}, FILES = ${JSON.stringify(rows)};\n`;
        this.emitFile({ type: "asset", fileName: NAME, source: named + plain });
      },
    },
  };
}
