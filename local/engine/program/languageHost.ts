import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { splitArguments } from "../project/arguments.ts";
import type { Project } from "../project/project.ts";
import type { StackConfig } from "../project/stackConfig.ts";
import type { StackName } from "../state/stackOutputs.ts";

export type ProgramOptions = {
  readonly project: Project;
  readonly target: StackName;
  readonly config: StackConfig;
  readonly preview: boolean;
  /** How many registrations the SDK begins at a time; 1 makes it wait for each. */
  readonly parallel: number;
  /** Where the monitor and the engine listen: `127.0.0.1:40123`. */
  readonly address: string;
  /** The node that runs the program. @default that of this process */
  readonly node?: string | undefined;
  /** @default that of this process */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Where node keeps what it compiled, for faster starts. @default nowhere */
  readonly compileCache?: string | undefined;
  /** Whether errors of the SDK have long stack traces, which are most of a program's time. @default false */
  readonly fullStackTraces?: boolean | undefined;
  readonly onOutput: (stream: "stdout" | "stderr", text: string) => void;
};

/** A program at work. */
export type ProgramProcess = {
  /** How it ended: `null` for one that was stopped. */
  readonly exit: Promise<number | null>;
  /** Ends it, at first gently, and drops what it prints from now on. */
  stop(): void;
};

/** How long a program has to end by itself after it was told to. */
const patience = 5_000;

/**
 * Starts a program as Pulumi's language host for Node does: a process of the program's own SDK, with the
 * same arguments and environment (sdk/nodejs/cmd/pulumi-language-nodejs/main.go of pulumi/pulumi).
 *
 * @throws Error when the SDK is not installed
 */
export function startProgram(options: ProgramOptions): ProgramProcess {
  const child = spawn(options.node ?? process.execPath, argumentsOf(options), {
    cwd: options.project.directory,
    env: environmentOf(options),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let isStopped = false;
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      if (!isStopped) options.onOutput(stream, text);
    });
  }
  const { promise: exit, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject).once("close", resolve);
  return {
    exit,
    stop: () => {
      isStopped = true;
      stop(child);
    },
  };
}

function stop(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGKILL"), patience).unref();
  child.once("close", () => clearTimeout(timer));
}

function argumentsOf(options: ProgramOptions): string[] {
  const { project, target, address, preview, parallel } = options;
  return [
    ...splitArguments(project.runtime.nodeargs ?? ""),
    ...(options.fullStackTraces ? [] : [`--require=${preload}`]),
    runner(project),
    ...["--monitor", address, "--engine", address],
    ...["--organization", target.organization, "--project", target.project],
    ...["--root-directory", project.root, "--stack", target.stack, "--pwd", project.directory],
    ...(preview ? ["--dry-run"] : []),
    ...["--parallel", String(parallel)],
    project.entryPoint,
  ];
}

/** Makes the SDK's own bookkeeping of stack traces cheap. */
const preload = fileURLToPath(new URL("preload.cjs", import.meta.url));

function runner({ directory }: Project): string {
  try {
    return createRequire(path.join(directory, "program.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch (cause) {
    throw new Error(
      `the Pulumi SDK has not been installed in ${directory}; run npm install, yarn install or pnpm install there`,
      { cause },
    );
  }
}

function environmentOf(options: ProgramOptions): NodeJS.ProcessEnv {
  const { project, config, compileCache, environment = process.env } = options;
  const { typescript, tsconfig } = project.runtime;
  return {
    ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }),
    ...environment,
    PULUMI_CONFIG: JSON.stringify(oldKeys(config.values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
    ...(typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}

/** The language host still writes keys in their first form, `shop:config:sender`. */
function oldKeys(values: StackConfig["values"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key.replace(":", ":config:"), value]),
  );
}
