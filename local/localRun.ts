import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Cloud } from "./cloud.ts";
import { inlineProgram } from "./engine/program/inlineProgram.ts";
import { readProject } from "./engine/project/project.ts";
import type { ProgramRun } from "./run/program.ts";
import { type ProjectRunOptions, startProject } from "./run/projectRun.ts";
import type { Examples } from "./systems/examples.ts";

export type LocalRunOptions = Omit<ProjectRunOptions, "config" | "print" | "program"> & {
  /** Registers the program's resources, and returns its outputs. @default index.ts of the working directory */
  readonly program?: () => Promise<object>;
  /** Which systems are started. @default those of the stack */
  readonly systems?: readonly string[] | undefined;
};

/** The program, running on the local cloud. */
export type LocalRun = {
  readonly cloud: Cloud;
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  readonly examples: Examples;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Resources that the program no longer has, kept for their data: `queue orders-mail, with 3 messages`. */
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

/** How many programs this process has loaded: modules are kept, and each run needs a new one. */
let runs = 0;

function loadIndex(): Promise<object> {
  return import(`${pathToFileURL(path.resolve("index.ts"))}?run=${++runs}`);
}

/**
 * Starts the local cloud and runs the program on it, in this process: `index.ts` of the working directory,
 * unless another is passed.
 *
 * @throws Error with a message for the user: no such stack, port in use, whatever the program rejects
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const { systems, examples = {}, program = loadIndex } = options;
  const chosen = systems && { [`${readProject().name}:systems`]: JSON.stringify(systems) };
  const run = await startProject({
    ...options,
    program: inlineProgram(program),
    ...(chosen && { config: chosen }),
    print: (stream, text) => process[stream].write(text),
  });
  const { cloud, url, update, close } = run;
  return {
    cloud,
    url,
    examples,
    get outputs() {
      return run.latest().outputs;
    },
    get leftovers() {
      return run.latest().leftovers;
    },
    update,
    close,
  };
}
