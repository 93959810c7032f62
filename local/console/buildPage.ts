import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

export type Page = {
  readonly html: string;
  /** Its content security policy. */
  readonly policy: string;
};

/** Builds the console: one document, with its style and script inside. */
export async function buildPage(): Promise<Page> {
  const [document, script, style] = await Promise.all([
    readFile(placeOf("index.html"), "utf8"),
    bundle("main.ts"),
    bundle("style.css"),
  ]);
  const html = document
    .replace("<!-- style -->", () => `<style>${style}</style>`)
    .replace("<!-- script -->", () => `<script type="module">${script}</script>`);
  return { html, policy: contentPolicy(script, style) };
}

async function bundle(file: string): Promise<string> {
  const result = await esbuild.build({
    entryPoints: [placeOf(file)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["es2023", "chrome120", "firefox121", "safari17.4"],
    legalComments: "none",
    logLevel: "silent",
  });
  // Inside a document, these letters would end the script.
  return (result.outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
}

/** The page runs its own script and nothing else, and talks to this endpoint alone. */
function contentPolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function placeOf(file: string): string {
  return fileURLToPath(new URL(`page/${file}`, import.meta.url));
}
