import * as v from "valibot";
import type { Terminal } from "../terminal.ts";
import { readLocalApi } from "./localApi.ts";
import type { Stack } from "./stack.ts";

/** Milliseconds since 1970: the clock of a local run may be faster than that of this machine. */
export async function cloudNow({ localUrl }: Stack, terminal: Terminal): Promise<number> {
  return localUrl === undefined ? terminal.now() : localNow(localUrl);
}

const overview = v.object({ now: v.number() });

/** Milliseconds since 1970 by the clock of a local run. */
export async function localNow(localUrl: string): Promise<number> {
  return (await readLocalApi(localUrl, "overview", overview)).now;
}
