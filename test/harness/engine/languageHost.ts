import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { parse } from "yaml";
import { hangMilliseconds } from "../assertions/hang.ts";

export type ProgramProcess = {
  /** The entry file, seen from the working directory: `main` of Pulumi.yaml. */
  readonly program: string;
  readonly project: string;
  readonly stack: string;
  readonly preview: boolean;
  /** With full keys, `fanout:systems`. */
  readonly config: Readonly<Record<string, string>>;
  /** Where the engine and its resource monitor listen. */
  readonly address: string;
  /** Pulumi takes one for each resource, which is most of a run's time; a test of errors needs them. */
  readonly stackTraces: boolean;
  /** Of Node, before those of Pulumi.yaml. @default none */
  readonly nodeArguments?: readonly string[];
};

export type ProgramExit = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/**
 * Runs a program as Pulumi's language host for Node does: the same process, arguments and environment.
 *
 * @throws Error with all that the program printed, if it hangs
 */
export async function runProcess(process: ProgramProcess): Promise<ProgramExit> {
  const nodeArguments = [
    ...(process.stackTraces ? [] : ["--stack-trace-limit=0"]),
    ...(process.nodeArguments ?? []),
    ...projectNodeArguments(),
  ];
  const child = spawn(nodeExecutable, [...nodeArguments, runner, ...argumentsOf(process)], {
    env: { ...environment, PULUMI_CONFIG: configOf(process), PULUMI_CONFIG_SECRET_KEYS: "[]" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: hangMilliseconds,
    killSignal: "SIGKILL",
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject).once("close", resolve);
  const [exitCode, stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  if (child.signalCode === "SIGKILL") {
    const minutes = hangMilliseconds / 60_000;
    throw new Error(
      `${process.program} hangs: killed after ${minutes} minutes, having printed\n${stdout}${stderr}`,
    );
  }
  return { exitCode, stdout, stderr };
}

const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
const { execPath: nodeExecutable, env: environment } = process;

/** `runtime.options.nodeargs` of Pulumi.yaml, none of which is quoted. */
function projectNodeArguments(): string[] {
  const { runtime } = parse(readFileSync("Pulumi.yaml", "utf8"));
  return runtime.options.nodeargs.split(" ");
}

function argumentsOf({ program, project, stack, preview, address }: ProgramProcess): string[] {
  return [
    ...["--monitor", address, "--engine", address],
    ...["--organization", "organization", "--project", project, "--stack", stack],
    ...["--root-directory", process.cwd(), "--pwd", process.cwd(), "--parallel", "16"],
    ...(preview ? ["--dry-run"] : []),
    program,
  ];
}

/** The language host still writes keys in their first form, `fanout:config:systems`. */
function configOf({ config }: ProgramProcess): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key.replace(":", ":config:"), value]),
    ),
  );
}
