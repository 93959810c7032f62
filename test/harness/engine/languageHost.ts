import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

/** Ends a program that would not end by itself. */
const limitMilliseconds = 60_000;

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
};

export type ProgramExit = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Runs a program as Pulumi's language host for Node does: the same process, arguments and environment. */
export async function runProcess(process: ProgramProcess): Promise<ProgramExit> {
  const nodeArguments = process.stackTraces ? [] : ["--stack-trace-limit=0"];
  const child = spawn(nodeExecutable, [...nodeArguments, runner, ...argumentsOf(process)], {
    env: { ...environment, PULUMI_CONFIG: configOf(process), PULUMI_CONFIG_SECRET_KEYS: "[]" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: limitMilliseconds,
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject).once("close", resolve);
  const [exitCode, stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, stdout, stderr };
}

const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
const { execPath: nodeExecutable, env: environment } = process;

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
