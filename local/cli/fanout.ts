import { didYouMean } from "../../aws/nearest.ts";
import { packageVersion } from "./packageVersion.ts";
import { printHelp } from "./printHelp.ts";

type Command = {
  readonly name: string;
  readonly positionals: string;
  readonly summary: string;
  /** @returns the exit code */
  readonly run: (argv: readonly string[]) => Promise<number>;
};

/** Each is loaded when it is run, so that the help comes at once. */
const commands: readonly Command[] = [
  {
    name: "new",
    positionals: "FOLDER",
    summary: "creates a project with a topic, two consumers and a test",
    run: async (argv) => (await import("./commands/new.ts")).newProject(argv),
  },
  {
    name: "start",
    positionals: "[options]",
    summary: "runs the Pulumi program of this folder on a local cloud",
    run: async (argv) => (await import("./commands/start.ts")).start(argv),
  },
  {
    name: "pulumi",
    positionals: "[--port N] ARGS...",
    summary: "runs your Pulumi CLI on the local cloud: up, preview, refresh, destroy",
    run: async (argv) => (await import("./commands/pulumi.ts")).pulumi(argv),
  },
  {
    name: "ops",
    positionals: "COMMAND [options]",
    summary: "inspects and operates topics, queues and functions",
    run: async (argv) => (await import("./commands/ops.ts")).operate(argv),
  },
  {
    name: "cost",
    positionals: "[options]",
    summary: "calculates what the program of this folder costs a month on AWS",
    run: async (argv) => (await import("./commands/cost.ts")).cost(argv),
  },
  {
    name: "simulate",
    positionals: "[options]",
    summary: "simulates a queue and its function at a rate, with Lambda's scaling",
    run: async (argv) => (await import("./commands/simulate.ts")).simulate(argv),
  },
  {
    name: "explain",
    positionals: "TOPIC FILE",
    summary: "tells which subscriptions would receive a message, and why",
    run: async (argv) => (await import("./commands/ops.ts")).explain(argv),
  },
  {
    name: "completion",
    positionals: "SHELL",
    summary: "prints the script for completion in bash, zsh or fish",
    run: async (argv) => (await import("./commands/completion.ts")).completion(argv),
  },
];

/**
 * Runs the command line of `fanout`.
 *
 * @returns the exit code: 0, 1 for a failure, 2 for an invalid command line, or that of the Pulumi CLI
 */
export async function fanout(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "help") {
    printHelp(usage());
    return 0;
  }
  if (name === "--version") {
    console.log(packageVersion());
    return 0;
  }
  if (name === "complete") {
    const { completeWords } = await import("./commands/completion.ts");
    return completeWords(
      rest,
      commands.map((each) => each.name),
    );
  }
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    const names = commands.map((each) => each.name);
    const near = didYouMean(name, names);
    console.error(
      `fanout: there is no command "${name}"${near || `; commands: ${names.join(", ")}`}`,
    );
    return 2;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function usage(): string {
  const width = Math.max(
    ...commands.map(({ name, positionals }) => `${name} ${positionals}`.length),
  );
  return [
    "fanout COMMAND",
    "",
    "A local cloud for Pulumi programs on AWS: SNS, SQS, Lambda, S3 and what belongs to them.",
    "",
    ...commands.map(
      ({ name, positionals, summary }) => `  ${`${name} ${positionals}`.padEnd(width)}  ${summary}`,
    ),
    "",
    "fanout COMMAND --help prints the options of a command, fanout --version the version.",
  ].join("\n");
}
