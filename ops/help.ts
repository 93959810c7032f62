import type { Command, Options } from "./command.ts";

/** Options of every command. */
export const commonOptions: Options = {
  json: { type: "boolean", about: "print results as JSON" },
  port: { type: "string", value: "N", about: "port of the local run on 127.0.0.1 (4566)" },
  stack: { type: "string", value: "NAME", about: "a deployed stack, by `pulumi stack output`" },
  outputs: {
    type: "string",
    value: "FILE",
    about: "a deployed stack, by a file of its outputs as JSON",
  },
  region: {
    type: "string",
    value: "NAME",
    about: "region where no ARN or URL names one (that of the topics)",
  },
  help: { type: "boolean", about: "print this" },
};

/** @param call how the tool is called: `npm run ops --`, `fanout ops` */
export function generalHelp(call: string, commands: readonly Command[]): string {
  return [
    `${call} COMMAND [options]`,
    "",
    "Inspects and operates the systems of the local run, or of a deployed stack.",
    "",
    ...columns(commands.map((command) => [synopsis(command), command.summary])),
    "",
    "Names are those of the stack's outputs: orders (a system, its topic), orders/billing (a consumer,",
    "its queue), orders/billing/dlq (dead letters), photos/resize/undelivered (what SNS could not",
    "deliver), photos/resize/failures (what a directly invoked function failed on).",
    "",
    ...optionLines(commonOptions),
    "",
    `${call} COMMAND --help prints its options. Exit codes: 0; 1 for a failure; 2 for an invalid`,
    "command line.",
  ].join("\n");
}

/** @param call how the tool is called */
export function commandHelp(call: string, command: Command): string {
  return [
    `${call} ${synopsis(command)} [options]`,
    "",
    command.summary,
    ...(command.details === "" ? [] : ["", command.details]),
    "",
    ...optionLines({ ...command.options, ...commonOptions }),
  ].join("\n");
}

function synopsis({ name, positionals }: Command): string {
  return [name, ...positionals].join(" ");
}

function optionLines(options: Options): string[] {
  return columns(
    Object.entries(options).map(([name, { value, about }]) => [
      value === undefined ? `--${name}` : `--${name} ${value}`,
      about,
    ]),
  );
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
