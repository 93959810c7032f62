import path from "node:path";
import { pathToFileURL } from "node:url";
import { Cloud, type CloudOptions } from "./cloud.ts";
import { consoleServer } from "./console/consoleServer.ts";
import { serveCloud } from "./endpoint.ts";
import { inlineProgram } from "./engine/program/inlineProgram.ts";
import { type Project, readProject } from "./engine/program/project.ts";
import { readStackConfig, type StackConfig } from "./engine/program/stackConfig.ts";
import type { Examples } from "./examples.ts";
import { Program, type ProgramRun } from "./program.ts";
import type { LogEntry } from "./services/lambda/environments/environmentLog.ts";
import { shuffledDelivery } from "./services/sqs/receiving/standardDelivery.ts";
import { SystemClock } from "./time/systemClock.ts";
import { withLocalAddresses } from "./web/localAddresses.ts";
import { siteUrls } from "./web/webServer.ts";

export type LocalRunOptions = {
  /** Whose Pulumi.<stack>.yaml is read. */
  readonly stack: string;
  /** Which systems are started. @default those of the stack */
  readonly systems?: readonly string[] | undefined;
  /** Loads the program, which registers its resources, and gives its outputs. @default index.ts of the working directory */
  readonly program?: () => Promise<object>;
  /** What the console offers to try the program's systems with. @default nothing */
  readonly examples?: Examples;
  /** Of the endpoint; 0 takes any free one. */
  readonly port: number;
  /** How many times as fast waiting goes. @default 1 */
  readonly speed?: number;
  /** A clock of the caller's, in place of one that runs by itself. */
  readonly clock?: CloudOptions["clock"];
  /** Runs the timeouts of handlers. @default the machine's time */
  readonly handlerTimer?: CloudOptions["handlerTimer"];
  /** Where everything is kept beyond this run. @default nowhere */
  readonly dataDirectory?: string | undefined;
  /** Whether policies are enforced. @default true */
  readonly permissions?: boolean;
  /** Whether standard queues deliver out of order, and sometimes twice. @default false */
  readonly chaos?: boolean;
  /** Receives what functions print. @default ignored */
  readonly onLog?: (entry: LogEntry) => void;
};

/** The program, running on the local cloud. */
export type LocalRun = {
  readonly cloud: Cloud;
  /** Of the endpoint: `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly examples: Examples;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the program has no more, and is kept for what it holds: `queue orders-mail, with 3 messages`. */
  readonly leftovers: readonly string[];
  /**
   * Runs the program again, and brings the cloud to what it says now; messages and objects stay.
   *
   * @throws Error with what `pulumi up` would print; the cloud keeps what it had
   */
  update(): Promise<ProgramRun>;
  /** Ends every handler and every connection. */
  close(): Promise<void>;
};

/** The region of a stack that names none. */
const defaultRegion = "us-east-1";

/** How many programs this process has loaded: modules are kept, and each run needs a new one. */
let runs = 0;

function loadIndex(): Promise<object> {
  return import(`${pathToFileURL(path.resolve("index.ts"))}?run=${++runs}`);
}

/**
 * Starts the local cloud and runs the program on it.
 *
 * @throws Error with a message for the user: no such stack, port in use, whatever the program refuses
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const { examples = {} } = options;
  const project = readProject();
  const config = await stackConfig(project, options);
  let url = "";
  let ready = false;
  const cloud = new Cloud({
    ...options,
    region: config.values["aws:region"] ?? defaultRegion,
    clock:
      options.clock ?? ((activity, earliest) => new SystemClock(activity, options.speed, earliest)),
    endpoint: () => url,
    standardDelivery: options.chaos ? shuffledDelivery(Math.random) : undefined,
  });
  let program: Program | undefined;
  const people = consoleServer({
    cloud,
    stack: options.stack,
    examples,
    modes: modesOf(options),
    problems: () => [],
    onFailure: (message, error) => console.error(message, error),
  });
  const endpoint = await serveCloud(cloud, {
    port: options.port,
    ready: () => ready,
    console: people.serve,
    onFailure: (message, error) => console.error(message, error),
  }).catch(async (error: unknown) => {
    await cloud.close();
    throw error;
  });
  url = endpoint.url;
  const close = async () => {
    program?.close();
    await endpoint.close();
    await cloud.close();
  };
  try {
    program = await Program.on({
      cloud,
      target: { organization: "organization", project: project.name, stack: options.stack },
      config: () => stackConfig(project, options),
      directory: process.cwd(),
      program: inlineProgram(options.program ?? loadIndex),
      dataDirectory: options.dataDirectory,
    });
    const started = program;
    let latest: ProgramRun;
    const update = async () => {
      const { outputs, ...rest } = await started.run();
      const sites = siteUrls(cloud.web.distributions, url);
      latest = { ...rest, outputs: withLocalAddresses(outputs, sites) };
      people.setOutputs(latest.outputs);
      return latest;
    };
    latest = await update();
    ready = true;
    return {
      cloud,
      url,
      examples,
      get outputs() {
        return latest.outputs;
      },
      get leftovers() {
        return latest.leftovers;
      },
      update,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** How the run differs from AWS, in words for its page. */
function modesOf({ speed = 1, permissions = true, chaos = false }: LocalRunOptions): string[] {
  return [
    ...(speed > 1 ? [`waiting ${speed} times as fast`] : []),
    ...(permissions ? [] : ["permissions off"]),
    ...(chaos ? ["with chaos"] : []),
  ];
}

async function stackConfig(
  project: Project,
  { stack, systems }: LocalRunOptions,
): Promise<StackConfig> {
  const config = await readStackConfig(project, stack);
  if (systems === undefined) return config;
  const chosen = { [`${project.name}:systems`]: JSON.stringify(systems) };
  return { ...config, values: { ...config.values, ...chosen } };
}
