import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** Adds `integrity` to every script and stylesheet of the shell; Vite itself writes only `crossorigin`. */
export function integrity(): Plugin {
  return {
    name: "integrity",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const page of Object.values(bundle)) {
          if (page.type !== "asset" || !page.fileName.endsWith(".html")) continue;
          page.source = String(page.source).replace(
            /<(?:script|link)\b[^>]*?(?:src|href)="\/assets\/inside\/([^"]+\.(?:js|css))"[^>]*?(?=>)/g,
            (tag, name: string) => {
              const file = bundle[name];
              if (!file) throw new Error(`the shell names ${name}, which was not built`);
              const bytes = file.type === "chunk" ? file.code : file.source;
              return `${tag} integrity="sha384-${createHash("sha384").update(bytes).digest("base64")}"`;
            },
          );
        }
      },
    },
  };
}
