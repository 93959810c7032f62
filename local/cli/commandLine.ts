import { type ParseArgsConfig, parseArgs } from "node:util";

/**
 * Parses a command line as `node:util`'s `parseArgs` does.
 *
 * @param help the command that prints the options, for the error
 * @throws Error for an unknown option or a value that is missing or not expected
 */
export function parseCommandLine<Config extends ParseArgsConfig>(config: Config, help: string) {
  try {
    return parseArgs(config);
  } catch (cause) {
    // Node's message goes on with advice about its own syntax.
    const [problem] = String(cause instanceof Error ? cause.message : cause).split(". ");
    throw new Error(`${problem}; ${help} lists the options`, { cause });
  }
}

/** The options with their dashes, for completion. */
export function flagsOf(options: NonNullable<ParseArgsConfig["options"]>): string[] {
  return Object.keys(options).map((name) => `--${name}`);
}

/** @throws Error unless the option's value is a whole number of the range */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw new Error(`${option} must be a whole number from ${min} to ${max} (given "${text}")`);
}

/** @throws Error unless the option's value is the address of a web server, or absent */
export function webAddress(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const protocol = URL.parse(text)?.protocol;
  if (protocol === "http:" || protocol === "https:") return text;
  throw new Error(`${option} must be an address such as http://127.0.0.1:4318 (given "${text}")`);
}
