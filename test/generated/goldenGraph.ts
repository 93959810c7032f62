import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "../../settings.ts";
import { deploySystems, systemNames } from "../../systems/index.ts";
import { filesOf } from "../harness/programs/archive.ts";
import { runProgram } from "../harness/programs/program.ts";
import type { Registration } from "../harness/programs/registration.ts";
import { stackSettings } from "../harness/programs/stackConfig.ts";
import { compactJson } from "./compactJson.ts";

/**
 * What a stack would deploy, with the stack's own settings: by type chain and name the inputs of each
 * resource of AWS. Code is the path of its bundle: what it does is in the handler's own diff.
 */
export async function goldenGraph(stack: "dev" | "prod"): Promise<string> {
  const config = await stackSettings(stack);
  const { registrations } = await runProgram(() => deploySystems(readSettings(systemNames)), {
    stack,
    config,
  });
  const resources = registrations.filter(({ type }) => type.startsWith("aws:"));
  const entries = await Promise.all(
    resources.map(async (each) => [keyOf(each), await described(each)] as const),
  );
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${compactJson(Object.fromEntries(sorted))}\n`;
}

/** The URN without the stack and the project, which are the file's own. */
function keyOf({ urn }: Registration): string {
  return urn.split("::").slice(2).join("::");
}

async function described({ inputs, protect }: Registration): Promise<object> {
  const names = Object.keys(inputs).sort();
  const values = await Promise.all(
    names.map(async (name) => [name, await readable(inputs[name])] as const),
  );
  return { ...(protect && { protect }), ...Object.fromEntries(values) };
}

/** Policies as objects, assets by their paths. */
async function readable(value: unknown): Promise<unknown> {
  if (value instanceof pulumi.asset.FileAsset) return value.path;
  if (pulumi.asset.Archive.isInstance(value)) return filesOf(value);
  return typeof value === "string" && /^[[{]/.test(value) ? parsed(value) : value;
}

/** A text that begins like JSON need not be any. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
