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
await operate(positionals[0] ?? "", { onEvent: note, color: "never" });
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
  options: { onEvent: (event: EngineEvent) => void; color: "never" },
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

function note({ resOutputsEvent }: EngineEvent): void {
  if (resOutputsEvent === undefined) return;
  const { op, urn } = resOutputsEvent.metadata;
  steps.set(`${op} ${urn}`, { op, urn });
}
