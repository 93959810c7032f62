import { parseArgs } from "node:util";
import { didYouMean } from "../aws/nearest.ts";
import type { Examples } from "../local/systems/examples.ts";
import { fitText } from "../local/terminal/fitText.ts";
import { waitFor } from "../local/terminal/waiting.ts";
import { Arguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands/index.ts";
import { messageOf, OpsError, UsageError } from "./errors.ts";
import { commandHelp, commonOptions, generalHelp } from "./help.ts";
import { openStack } from "./stack/openStack.ts";
import type { Terminal } from "./terminal.ts";

/** The exit code of a program that Ctrl-C ended, by convention of shells. */
const interrupted = 130;

export type OpsOptions = {
  /** How the tool is called, for its help and errors: `npm run ops --`, `fanout ops`. */
  readonly call: string;
  /** Messages that `publish --example` can send, by system. @default none */
  readonly examples?: Examples;
};

/**
 * Runs a command line.
 *
 * @returns the exit code: 0, 1 for a failure, 2 for an invalid command line, 130 after Ctrl-C
 */
export async function ops(
  argv: readonly string[],
  terminal: Terminal,
  options: OpsOptions,
): Promise<number> {
  try {
    await runCommand(argv, terminal, options);
    return 0;
  } catch (error) {
    // After Ctrl-C only errors of the tool are printed: they say what the interruption leaves behind.
    const { aborted } = terminal.signal;
    if (!aborted || error instanceof OpsError) terminal.printNote(messageOf(error));
    if (aborted) return interrupted;
    return error instanceof UsageError ? 2 : 1;
  }
}

async function runCommand(
  argv: readonly string[],
  terminal: Terminal,
  { call, examples = {} }: OpsOptions,
): Promise<void> {
  const [name, ...rest] = argv;
  const help = (text: string) => terminal.print(fitText(text, terminal.columns?.()));
  if (name === undefined || name === "--help") return help(generalHelp(call, commands));
  const command = commandNamed(call, name);
  const given = read(call, command, rest);
  if (given.flag("help")) return help(commandHelp(call, command));
  const { status } = terminal;
  const work = run(command, given, terminal, examples);
  // Lines of progress are the commands' own: without a terminal nothing else is said.
  await (status === undefined ? work : waitFor(work, command.name, status, () => {}));
}

async function run(
  command: Command,
  given: Arguments,
  terminal: Terminal,
  examples: Examples,
): Promise<void> {
  const stack = await openStack(given);
  try {
    await command.run({
      given,
      stack,
      terminal,
      examples,
      show: (text, data) => terminal.print(given.flag("json") ? JSON.stringify(data) : text),
      note: terminal.printNote,
    });
  } finally {
    stack.clients.close();
  }
}

function commandNamed(call: string, name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  throw new UsageError(
    `there is no command "${name}"${didYouMean(name, names)}; ${call} --help prints the usage`,
  );
}

function read(call: string, command: Command, argv: readonly string[]): Arguments {
  const { positionals, values } = parse(call, command, argv);
  const most = command.positionals.length;
  const least = command.positionals.filter((each) => !each.startsWith("[")).length;
  if (values.help !== true && (positionals.length < least || positionals.length > most)) {
    throw new UsageError(
      `${command.name} takes ${command.positionals.join(" ") || "no arguments"} (given ${positionals.length === 0 ? "nothing" : positionals.join(" ")})`,
    );
  }
  return new Arguments(positionals, values);
}

function parse(call: string, { name, options }: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...commonOptions, ...options },
    });
  } catch (cause) {
    // Node's message goes on with advice about its own syntax.
    const [problem] = messageOf(cause).split(". ");
    throw new UsageError(`${problem}; ${call} ${name} --help prints the usage`, { cause });
  }
}
