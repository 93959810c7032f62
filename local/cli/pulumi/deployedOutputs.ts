import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import * as v from "valibot";

type Outputs = Readonly<Record<string, unknown>>;

const resource = v.object({
  type: v.string(),
  outputs: v.optional(v.record(v.string(), v.unknown())),
});
const checkpoint = v.object({
  checkpoint: v.object({
    latest: v.nullish(v.object({ resources: v.nullish(v.array(resource)) })),
  }),
});

/**
 * The outputs of the stack that the Pulumi CLI deployed last to a local backend; none while there is no stack with
 * resources. A file is read again only when it has changed.
 *
 * @param state folder of the backend
 */
export function deployedOutputs(state: string): () => Outputs {
  const known = new Map<string, { readonly modified: number; readonly outputs?: Outputs }>();
  const read = (file: string, modified: number) => {
    const found = known.get(file);
    if (found?.modified === modified) return found;
    const outputs = outputsIn(file);
    const entry = { modified, ...(outputs !== undefined && { outputs }) };
    known.set(file, entry);
    return entry;
  };
  return () => {
    const [latest] = stackFiles(state)
      .map((file) => read(file, statSync(file).mtimeMs))
      .filter(({ outputs }) => outputs !== undefined)
      .sort((a, b) => b.modified - a.modified);
    return latest?.outputs ?? {};
  };
}

/** The backend keeps a stack's state in `.pulumi/stacks/PROJECT/STACK.json`. */
function stackFiles(state: string): string[] {
  const folder = path.join(state, ".pulumi", "stacks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .map((file) => path.join(folder, file));
}

/** Undefined for a stack without resources: it was never deployed, or is destroyed. */
function outputsIn(file: string): Outputs | undefined {
  const content = readFileSync(file);
  const text = file.endsWith(".gz") ? gunzipSync(content) : content;
  const { latest } = v.parse(checkpoint, JSON.parse(text.toString("utf8"))).checkpoint;
  const stack = latest?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  if (stack === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(stack.outputs ?? {}).map(([name, value]) => [name, withoutSecrets(value)]),
  );
}

/** The key by which Pulumi marks values that are more than JSON, and its mark of a secret. */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** Secrets are encrypted in the state: they are shown as `pulumi stack output` does. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  if (members.some(([name, mark]) => name === signature && mark === secret)) return "[secret]";
  return Object.fromEntries(members.map(([name, member]) => [name, withoutSecrets(member)]));
}
