import type { LocalRunOptions } from "../localRun.ts";
import { parseCommandLine, wholeNumber } from "./commandLine.ts";

export const usage = `npm start -- [SYSTEM...] [options]

Runs the Pulumi program and its handlers on a local cloud until Ctrl-C: no account, no Docker.

  SYSTEM           which systems to start; without any, those of the stack
  --all            all systems
  --stack NAME     whose Pulumi.NAME.yaml is read (dev)
  --port N         of the endpoint on 127.0.0.1; 0 takes any free one (4566)
  --speed N        how many times as fast waiting goes: visibility, delays, retries, windows (1);
                   handlers always run at their own pace
  --data DIR       keep queues, topics, objects and tables in DIR
  --chaos          standard queues deliver out of order, and sometimes twice
  --no-permissions policies are not enforced
  --no-reload      handlers that are edited keep the code they started with
  --logs           print what handlers print
  --help           this
`;

export type StartOptions = Omit<LocalRunOptions, "examples" | "onLog" | "onReload"> & {
  readonly help: boolean;
  readonly logs: boolean;
  readonly reload: boolean;
};

/**
 * Reads the command line of `npm start`.
 *
 * @throws Error with what is wrong with it
 */
export function startOptions(argv: readonly string[], allSystems: readonly string[]): StartOptions {
  const { values, positionals } = parse(argv);
  const systems = values.all ? allSystems : positionals;
  return {
    stack: values.stack,
    systems: systems.length > 0 ? systems : undefined,
    port: wholeNumber("--port", values.port, 0, 65_535),
    speed: wholeNumber("--speed", values.speed, 1, 100_000),
    dataDirectory: values.data,
    chaos: values.chaos,
    permissions: !values["no-permissions"],
    logs: values.logs,
    reload: !values["no-reload"],
    help: values.help,
  };
}

function parse(argv: readonly string[]) {
  return parseCommandLine(
    {
      args: [...argv],
      allowPositionals: true,
      options: {
        all: { type: "boolean", default: false },
        stack: { type: "string", default: "dev" },
        port: { type: "string", default: "4566" },
        speed: { type: "string", default: "1" },
        data: { type: "string" },
        chaos: { type: "boolean", default: false },
        "no-permissions": { type: "boolean", default: false },
        "no-reload": { type: "boolean", default: false },
        logs: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    },
    "npm start -- --help",
  );
}
