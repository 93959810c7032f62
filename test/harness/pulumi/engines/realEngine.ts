import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import * as v from "valibot";
import { serveProvider } from "../../../../local/provider/server/providerServer.ts";
import type { FakeProvider } from "../../../local/engine/support/fakeProvider.ts";
import { pulumi } from "../cli.ts";
import {
  type Engine,
  inOrder,
  isOwn,
  project,
  type StateEntry,
  stack,
  stepText,
  withoutEmpty,
} from "./engine.ts";
import { serveProgram } from "./programServer.ts";

/** The engine of the Pulumi CLI on PATH, with a home and a backend of its own. */
export async function realEngine(aws: FakeProvider): Promise<Engine> {
  const root = await mkdtemp(path.join(tmpdir(), "fanout-engine-"));
  const backend = path.join(root, "backend");
  await mkdir(backend);
  await writeFile(path.join(root, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
  const server = await serveProvider({ provider: aws, schema: () => "{}" });
  const cli = { directory: root, environment: environment(root, backend, server.port) };
  await pulumi(["stack", "init", stack], cli);
  const state = path.join(backend, ".pulumi", "stacks", project, `${stack}.json`);
  let runs = 0;
  return {
    run: async (program, { preview = false } = {}) => {
      const before = aws.log.length;
      const log = path.join(root, `events-${++runs}.json`);
      await using served = await serveProgram(program);
      const { code } = await pulumi(
        [
          ...(preview ? ["preview"] : ["up", "--yes", "--skip-preview"]),
          ...["--stack", stack, "--parallel", "1", "--event-log", log],
          ...["--client", served.address, "--exec-kind", "auto.inline"],
        ],
        { ...cli, mayFail: true },
      );
      const events = await readEvents(log);
      return {
        succeeded: code === 0,
        steps: stepsOf(events),
        calls: aws.log.slice(before),
        diagnostics: diagnosticsOf(events),
        state: await readState(state),
      };
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function readEvents(file: string): Promise<EngineEvent[]> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line): EngineEvent => JSON.parse(line));
}

function environment(root: string, backend: string, port: number): Record<string, string> {
  return {
    PULUMI_HOME: path.join(root, "home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "passphrase",
    // Without it, the CLI does not take --event-log.
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: `aws:${port}`,
  };
}

/**
 * The steps that concern the program's own resources, in the order in which they began: the engine reports
 * that a component is done only when its outputs are registered. A replacement is reported twice, as a whole
 * and as the creation of the new resource.
 */
function stepsOf(events: readonly EngineEvent[]): string[] {
  const failed = new Set(
    events.flatMap(({ resOpFailedEvent }) =>
      resOpFailedEvent === undefined ? [] : [textOf(resOpFailedEvent.metadata)],
    ),
  );
  return events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { op, urn } = resourcePreEvent.metadata;
    const text = textOf({ op, urn });
    return isOwn(urn) || op === "replace" || failed.has(text) ? [] : [text];
  });
}

function textOf({ op, urn }: { readonly op: string; readonly urn: string }): string {
  return stepText(op, urn);
}

function diagnosticsOf(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) => {
    if (diagnosticEvent === undefined || diagnosticEvent.ephemeral === true) return [];
    const { prefix = "", message, severity } = diagnosticEvent;
    const text = `${prefix}${message}`.replace(/<\{%[a-z]+%\}>/g, "").trimEnd();
    // The CLI's own remedies, and what the SDK repeats of a program in its own process, are left out.
    const same = text
      .replace("error: Preview failed: ", "error: ")
      .replace("error: an unhandled error occurred: ", "error: ")
      .replace("either remove the `protect` flag", "remove the `protect` flag")
      .replace(
        /run `pulumi up`(, or use the command:\n`pulumi state unprotect '.*'`)?/,
        "run it again",
      );
    const isOther =
      severity === "info#err" ||
      /^(debug: |error: (update|preview) failed|error: Unhandled)/.test(text);
    return isOther ? [] : [same];
  });
}

const texts = v.optional(v.array(v.string()), []);
const flag = v.optional(v.boolean(), false);
const text = v.optional(v.string(), "");

const resource = v.object({
  urn: v.string(),
  custom: v.boolean(),
  external: flag,
  inputs: v.optional(v.unknown(), {}),
  outputs: v.optional(v.unknown(), {}),
  parent: text,
  dependencies: texts,
  propertyDependencies: v.nullish(v.record(v.string(), v.nullish(v.array(v.string())))),
  provider: text,
  protect: flag,
  retainOnDelete: flag,
  deletedWith: text,
  importID: text,
  delete: flag,
  pendingReplacement: flag,
});

const stateFile = v.object({
  checkpoint: v.object({ latest: v.object({ resources: v.optional(v.array(resource), []) }) }),
});

async function readState(file: string): Promise<StateEntry[]> {
  const { checkpoint } = v.parse(stateFile, JSON.parse(await readFile(file, "utf8")));
  return inOrder(checkpoint.latest.resources.map(entryOf));
}

function entryOf(state: v.InferOutput<typeof resource>): StateEntry {
  const { importID, delete: pendingDelete, propertyDependencies, ...same } = state;
  return {
    ...same,
    dependencies: state.dependencies.toSorted(),
    inputs: shown(state.inputs),
    outputs: shown(state.outputs),
    propertyDependencies: withoutEmpty(propertyDependencies ?? {}),
    provider: state.provider.slice(0, Math.max(0, state.provider.lastIndexOf("::"))),
    importId: importID,
    pendingDelete,
  };
}

const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Values with secrets hidden: their ciphertext differs each time. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  if (Object.values(value).includes(secretSignature)) return "[secret]";
  // A reference to a resource is shown by its URN and id alone.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === resourceSignature ? [] : [[name, shown(each)]],
    ),
  );
}
