/**
 * In a process of its own, in the folder of a checkout: one operation of the real engine on the program
 * of that folder, or on another one. Prints what it did as one line of JSON.
 *
 *     node test/harness/pulumi/operate.ts up --stack dev --program index.ts
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import type { Reported, ResourceStep } from "./operated.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stack: { type: "string", default: "dev" },
    program: { type: "string", default: "index.ts" },
    parallel: { type: "string" },
  },
});
const file = pathToFileURL(path.resolve(values.program)).href;
const stack = await LocalWorkspace.createOrSelectStack(
  {
    projectName: "fanout",
    stackName: values.stack,
    program: async () => ({ ...(await import(file)) }),
  },
  { workDir: process.cwd() },
);
/** By operation and URN, because the engine reports a component again with its outputs. */
const steps = new Map<string, ResourceStep>();
const begun = new Map<string, number>();
await operate(positionals[0] ?? "", {
  onEvent: note,
  color: "never",
  ...(values.parallel !== undefined && { parallel: Number(values.parallel) }),
});
const { user, system } = process.cpuUsage();
const reported: Reported = {
  cpuSeconds: (user + system) / 1e6,
  memory: process.resourceUsage().maxRSS / 1024,
  steps: [...steps.values()],
};
process.stdout.write(`${JSON.stringify(reported)}\n`);
process.exit(0);

async function operate(
  operation: string,
  options: { onEvent: (event: EngineEvent) => void; color: "never"; parallel?: number },
): Promise<void> {
  switch (operation) {
    case "preview":
      await stack.preview(options);
      return;
    case "up":
      await stack.up(options);
      return;
    case "refresh":
      await stack.refresh(options);
      return;
    case "destroy":
      await stack.destroy(options);
      return;
    default:
      throw new Error(`there is no operation "${operation}"; use preview, up, refresh or destroy`);
  }
}

function note({ resourcePreEvent, resOutputsEvent }: EngineEvent): void {
  const now = performance.now();
  if (resourcePreEvent !== undefined) {
    const { op, urn } = resourcePreEvent.metadata;
    begun.set(`${op} ${urn}`, now);
  }
  if (resOutputsEvent !== undefined) {
    const { op, urn } = resOutputsEvent.metadata;
    const key = `${op} ${urn}`;
    steps.set(key, { op, urn, begunAt: begun.get(key) ?? now, endedAt: now });
  }
}
