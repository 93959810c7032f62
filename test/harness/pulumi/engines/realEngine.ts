import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { pulumi } from "../cli.ts";
import { type Engine, type EngineRun, project, stack } from "./engine.ts";
import { diagnosticsOf, readEvents, stepsOf } from "./events.ts";
import { serveProgram } from "./programServer.ts";
import { readState } from "./realState.ts";

export type RealEngine = Engine & {
  /** @param program the `Pulumi.yaml` of a program in YAML */
  runYaml(program: string): Promise<EngineRun>;
};

export type RealEngineOptions = {
  /** Where the provider `aws` listens. */
  readonly providerPort: number;
  /** What the provider was asked to do so far. @default nothing is known of it */
  readonly calls?: () => readonly string[];
};

/** The engine of the Pulumi CLI on PATH, with a home and a backend of its own. */
export async function realEngine({
  providerPort,
  calls = () => [],
}: RealEngineOptions): Promise<RealEngine> {
  const root = await mkdtemp(path.join(tmpdir(), "fanout-engine-"));
  const backend = path.join(root, "backend");
  await mkdir(backend);
  await writeFile(path.join(root, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
  const cli = { directory: root, environment: environment(root, backend, providerPort) };
  await pulumi(["stack", "init", stack], cli);
  const state = path.join(backend, ".pulumi", "stacks", project, `${stack}.json`);
  let runs = 0;

  /** @param command with options of its own */
  async function operate(command: readonly string[]) {
    const before = calls().length;
    const log = path.join(root, `events-${++runs}.json`);
    const options = ["--stack", stack, "--parallel", "1", "--event-log", log];
    const { code, output } = await pulumi([...command, ...options], { ...cli, mayFail: true });
    // Without a log, the CLI has not come as far as to run anything.
    if (!existsSync(log)) throw new Error(output);
    const events = await readEvents(log);
    return {
      succeeded: code === 0,
      steps: stepsOf(events),
      calls: calls().slice(before),
      diagnostics: diagnosticsOf(events),
      state: await readState(state),
    };
  }

  return {
    run: async (program, { preview = false, config = {} } = {}) => {
      await configure(path.join(root, `Pulumi.${stack}.yaml`), config);
      await using served = await serveProgram(program);
      // The program is served until the engine has ended.
      return await operate([
        ...(preview ? ["preview"] : ["up", "--yes", "--skip-preview"]),
        ...["--client", served.address, "--exec-kind", "auto.inline"],
      ]);
    },
    runYaml: async (program) => {
      await writeFile(path.join(root, "Pulumi.yaml"), program);
      return operate(["up", "--yes", "--skip-preview"]);
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** Sets a stack's settings, and leaves what the CLI has written beside them. */
async function configure(file: string, config: Readonly<Record<string, unknown>>): Promise<void> {
  const content: object = parse(await readFile(file, "utf8"));
  await writeFile(file, stringify({ ...content, config }));
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
