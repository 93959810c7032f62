import { parseArgs } from "node:util";
import { didYouMean } from "../components/validation/nearest.ts";
import type { Examples } from "../local/examples.ts";
import { Arguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands/index.ts";
import { commandHelp, commonOptions, generalHelp } from "./help.ts";
import { messageOf, OpsError, WrongUse } from "./problems.ts";
import { openStack } from "./stack/openStack.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a shell gives for a program that Ctrl-C ended. */
const interrupted = 130;

/**
 * Does what a command line asks for.
 *
 * @param examples messages that `publish --example` can send, by system
 * @returns the exit code: 0, 1 when something failed, 2 when the command line is wrong
 */
export async function ops(
  argv: readonly string[],
  surroundings: Surroundings,
  examples: Examples = {},
): Promise<number> {
  try {
    await runCommand(argv, surroundings, examples);
    return 0;
  } catch (error) {
    // Whoever pressed Ctrl-C need not be told that something was interrupted, but what that leaves behind.
    const { aborted } = surroundings.signal;
    if (!aborted || error instanceof OpsError) surroundings.printNote(messageOf(error));
    if (aborted) return interrupted;
    return error instanceof WrongUse ? 2 : 1;
  }
}

async function runCommand(
  argv: readonly string[],
  surroundings: Surroundings,
  examples: Examples,
): Promise<void> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help") return surroundings.print(generalHelp(commands));
  const command = commandNamed(name);
  const given = read(command, rest);
  if (given.flag("help")) return surroundings.print(commandHelp(command));
  const stack = await openStack(given);
  try {
    await command.run({
      given,
      stack,
      surroundings,
      examples,
      show: (text, data) => surroundings.print(given.flag("json") ? JSON.stringify(data) : text),
      note: surroundings.printNote,
    });
  } finally {
    stack.clients.close();
  }
}

function commandNamed(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  throw new WrongUse(
    `there is no command "${name}"${didYouMean(name, names)}; npm run ops -- --help says what there is`,
  );
}

function read(command: Command, argv: readonly string[]): Arguments {
  const { positionals, values } = parse(command, argv);
  const most = command.positionals.length;
  const least = command.positionals.filter((each) => !each.startsWith("[")).length;
  if (values.help !== true && (positionals.length < least || positionals.length > most)) {
    throw new WrongUse(
      `${command.name} takes ${command.positionals.join(" ") || "no arguments"} (given ${positionals.length === 0 ? "nothing" : positionals.join(" ")})`,
    );
  }
  return new Arguments(positionals, values);
}

function parse({ name, options }: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...commonOptions, ...options },
    });
  } catch (cause) {
    // Node's message goes on with advice about its own syntax.
    const [problem] = messageOf(cause).split(". ");
    throw new WrongUse(`${problem}; npm run ops -- ${name} --help says what there is`, { cause });
  }
}
