import { wholeNumber } from "../commandLine.ts";

export type PulumiArguments = {
  /** Of the endpoint on 127.0.0.1. @default 4566 */
  readonly port: number;
  /** For the CLI, as they were given. */
  readonly args: readonly string[];
  /** `up`, `stack`; undefined when there are only options. */
  readonly command: string | undefined;
  /** From `--stack` or `-s`. */
  readonly stack: string | undefined;
  /** From `--cwd` or `-C`. */
  readonly directory: string | undefined;
};

const defaultPort = 4566;

/** Commands that reach the provider, by every name that the CLI has for them. */
const providerCommands = new Set([
  ...["up", "update", "preview", "pre", "refresh", "destroy", "down", "dn", "rm"],
  ...["import", "watch"],
]);

/** Commands that run a program on a stack, which has to be there. */
const programCommands = new Set(["up", "update", "preview", "pre", "watch"]);

/** Options that may stand before the command with their value as the next argument. */
const valuedOptions = new Set([
  ...["-C", "--cwd", "-s", "--stack", "-v", "--verbose", "--color"],
  ...["--memprofilerate", "--otel-traces", "--profiling", "--tracing"],
]);

/**
 * Reads the command line after `fanout pulumi`. Only `--port` before the CLI's own arguments is ours.
 *
 * @throws Error for an invalid port
 */
export function pulumiArguments(argv: readonly string[]): PulumiArguments {
  const { port, args } = takePort(argv);
  return {
    port,
    args,
    command: commandOf(args),
    stack: optionOf(args, "--stack", "-s"),
    directory: optionOf(args, "--cwd", "-C"),
  };
}

export function needsCloud({ command = "", args }: PulumiArguments): boolean {
  return providerCommands.has(command) && !args.includes("--help") && !args.includes("-h");
}

export function needsStack({ command = "" }: PulumiArguments): boolean {
  return programCommands.has(command);
}

/** The first argument that is neither an option nor the value of one. */
function commandOf(args: readonly string[]): string | undefined {
  return args.find((each, index) => {
    const before = args[index - 1] ?? "";
    return !each.startsWith("-") && !valuedOptions.has(before);
  });
}

function takePort(argv: readonly string[]): Pick<PulumiArguments, "port" | "args"> {
  const [first = "", second = "", ...others] = argv;
  if (first === "--port") {
    return { port: wholeNumber("--port", second, 1, 65_535), args: others };
  }
  const [, text] = /^--port=(.*)$/.exec(first) ?? [];
  if (text === undefined) return { port: defaultPort, args: argv };
  return { port: wholeNumber("--port", text, 1, 65_535), args: argv.slice(1) };
}

/** The value of an option, in the forms that the CLI accepts: `--stack dev`, `--stack=dev`, `-s dev`, `-sdev`. */
function optionOf(args: readonly string[], long: string, short: string): string | undefined {
  for (const [index, each] of args.entries()) {
    if (each === "--") return undefined;
    if (each === long || each === short) return args[index + 1];
    if (each.startsWith(`${long}=`)) return each.slice(long.length + 1);
    if (each.startsWith(short) && !each.startsWith("--")) {
      return each.slice(short.length).replace(/^=/, "");
    }
  }
  return undefined;
}
