import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import type { Page } from "./buildPage.ts";

let loaded: Promise<Page> | undefined;

/** Serves the console: one document, with its style and script inside. */
export async function servePage(response: ServerResponse): Promise<void> {
  loaded ??= load();
  const { html, policy } = await loaded;
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
  response.end(html);
}

/** The package ships the page as it was built; from its sources it is built when it is first asked for. */
async function load(): Promise<Page> {
  const shipped = new URL("page.json", import.meta.url);
  if (existsSync(shipped)) return JSON.parse(await readFile(shipped, "utf8"));
  const { buildPage } = await import("./buildPage.ts");
  return buildPage();
}
