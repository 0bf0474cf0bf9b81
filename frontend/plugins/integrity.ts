import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;

const BASE = "/assets/inside/";
const LATER = "seldom";

function hashOf(bundle: Bundle, name: string): string {
  const file = bundle[name];
  if (!file) throw new Error(`the shell names ${name}, which was not built`);
  const bytes = file.type === "chunk" ? file.code : file.source;
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

/** The one script beside the entry. Any other could never be run: see decision 0026. */
function laterOf(bundle: Bundle): string {
  const beside = Object.values(bundle).filter((file) => file.type === "chunk" && !file.isEntry);
  const [later] = beside;
  if (beside.length !== 1 || later?.name !== LATER) {
    throw new Error(`one script beside the entry is looked for, ${LATER}; found: ${beside.map(({ fileName }) => fileName).join(", ")}`);
  }
  return later.fileName;
}

/** Adds `integrity` to every script and stylesheet of the shell, and names the part that the app brings in by itself. */
export function integrity(): Plugin {
  return {
    name: "integrity",
    enforce: "post",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const pages = Object.values(bundle).filter((file) => file.fileName.endsWith(".html"));
        for (const page of pages) {
          if (page.type !== "asset") continue;
          const later = laterOf(bundle);
          const named = `<meta name="${LATER}" content="${BASE}${later}" data-integrity="${hashOf(bundle, later)}" />`;
          page.source = String(page.source)
            .replace(
              /<(?:script|link)\b[^>]*?(?:src|href)="\/assets\/inside\/([^"]+\.(?:js|css))"[^>]*?(?=>)/g,
              (tag, name: string) => `${tag} integrity="${hashOf(bundle, name)}"`,
            )
            .replace("</head>", () => `  ${named}\n  </head>`);
        }
      },
    },
  };
}
