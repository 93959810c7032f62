import { flagsOf, parseCommandLine, webAddress, wholeNumber } from "./commandLine.ts";

/** How the command is called, for its help and its errors. */
export type StartCommand = {
  /** `fanout start`, `npm start --` */
  readonly call: string;
  /** Systems that the command line may choose from. @default it takes no systems */
  readonly systems?: readonly string[];
};

export type StartOptions = {
  readonly help: boolean;
  /** @default the only stack that has a file, or dev */
  readonly stack: string | undefined;
  /** The systems to start. @default those of the stack */
  readonly systems: readonly string[] | undefined;
  readonly port: number;
  readonly speed: number;
  readonly dataDirectory: string | undefined;
  readonly strict: boolean;
  /** Whether the cloud runs without a program. */
  readonly empty: boolean;
  readonly logs: boolean;
  readonly reload: boolean;
  readonly permissions: boolean;
  readonly chaos: boolean;
  /** Where traces are sent, by OTLP over HTTP. */
  readonly otlp: string | undefined;
};

/** The help of the command. */
export function startUsage({ call, systems }: StartCommand): string {
  return `${call}${systems === undefined ? "" : " [SYSTEM...]"} [options]

Runs the Pulumi program of this folder on a local cloud until Ctrl-C, and again when its files change.
${
  systems === undefined
    ? ""
    : `
  SYSTEM            systems to start; without any, those of the stack
  --all             all systems`
}
  --stack NAME      reads Pulumi.NAME.yaml (the only stack, or dev)
  --port N          port of the endpoint on 127.0.0.1; 0 takes any free one (4566)
  --speed N         runs waiting N times as fast: visibility, delays, retries, windows (1);
                    handlers keep their own pace
  --data DIR        keeps queues, topics, objects, tables and functions in DIR
  --empty           runs no program: a cloud for "fanout pulumi", kept in .fanout/cloud
  --strict          rejects what has its effect on AWS only
  --logs            prints what functions print
  --no-reload       does not run the program again when its files change
  --no-permissions  does not enforce policies
  --chaos           standard queues deliver out of order, and sometimes twice
  --otlp URL        sends traces to an OpenTelemetry receiver: http://127.0.0.1:4318
  --help            prints this`;
}

/** @throws Error that says what is wrong with the command line */
export function startOptions(argv: readonly string[], command: StartCommand): StartOptions {
  const { values, positionals } = parse(argv, command);
  const systems = values.all === true ? (command.systems ?? []) : positionals;
  if (values.empty && values.stack !== undefined) {
    throw new Error("--empty runs no program: leave out --stack");
  }
  return {
    help: values.help,
    stack: values.stack,
    systems: systems.length > 0 ? systems : undefined,
    port: wholeNumber("--port", values.port, 0, 65_535),
    speed: wholeNumber("--speed", values.speed, 1, 100_000),
    dataDirectory: values.data,
    strict: values.strict,
    empty: values.empty,
    logs: values.logs,
    reload: !values["no-reload"],
    permissions: !values["no-permissions"],
    chaos: values.chaos,
    otlp: webAddress("--otlp", values.otlp),
  };
}

const options = {
  stack: { type: "string" },
  port: { type: "string", default: "4566" },
  speed: { type: "string", default: "1" },
  data: { type: "string" },
  strict: { type: "boolean", default: false },
  empty: { type: "boolean", default: false },
  logs: { type: "boolean", default: false },
  "no-reload": { type: "boolean", default: false },
  "no-permissions": { type: "boolean", default: false },
  chaos: { type: "boolean", default: false },
  otlp: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

export const startFlags = flagsOf(options);

function parse(argv: readonly string[], { call, systems }: StartCommand) {
  return parseCommandLine(
    {
      args: [...argv],
      allowPositionals: systems !== undefined,
      options: {
        ...(systems !== undefined && { all: { type: "boolean", default: false } as const }),
        ...options,
      },
    },
    `${call} --help`,
  );
}
