import * as v from "valibot";
import { OpsError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import type { Stack } from "./stack.ts";

const overview = v.object({ now: v.number() });

/** Milliseconds since 1970: the clock of a local run may be faster than that of this machine. */
export async function cloudNow({ localUrl }: Stack, terminal: Terminal): Promise<number> {
  if (localUrl === undefined) return terminal.now();
  const response = await fetch(`${localUrl}/_fanout/api/overview`);
  if (!response.ok) throw new OpsError(`${localUrl} answers ${response.status} for its overview`);
  return v.parse(overview, await response.json()).now;
}
