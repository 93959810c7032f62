import { parseCommandLine, wholeNumber } from "../local/cli/commandLine.ts";
import type { Scene } from "./scene.ts";

export const usage = `npm run demo -- [options]

Starts the local cloud, sends sample events through the real handlers, prints the path of each event and
checks the results. Exits with 0 only if every check holds.

  --scene NAME  play this scene; may be given more than once (uploads, orders)
  --all         play every scene
  --list        list the scenes
  --speed N     how many times as fast the cloud's clock runs, 1 to 100000 (100)
  --port N      port of the endpoint on 127.0.0.1; 0 takes any free one (0)
  --help        print this
`;

/** Played when no scene is named. */
const mainScenes = ["uploads", "orders"];

export type DemoOptions = {
  readonly help: boolean;
  readonly list: boolean;
  /** The scenes to play, in order. */
  readonly scenes: readonly Scene[];
  readonly speed: number;
  readonly port: number;
};

/**
 * Reads the command line of `npm run demo`.
 *
 * @param all every scene there is
 * @throws Error that names what is wrong with the command line
 */
export function demoOptions(argv: readonly string[], all: readonly Scene[]): DemoOptions {
  const { values } = parse(argv);
  const { scene, help, list } = values;
  if (scene !== undefined && values.all) throw new Error("give --scene or --all, not both");
  const names = scene ?? mainScenes;
  return {
    help,
    list,
    scenes: values.all ? all : names.map((name) => sceneNamed(name, all)),
    speed: wholeNumber("--speed", values.speed, 1, 100_000),
    port: wholeNumber("--port", values.port, 0, 65_535),
  };
}

function parse(argv: readonly string[]) {
  return parseCommandLine(
    {
      args: [...argv],
      options: {
        scene: { type: "string", multiple: true },
        all: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
        speed: { type: "string", default: "100" },
        port: { type: "string", default: "0" },
        help: { type: "boolean", default: false },
      },
    },
    "npm run demo -- --help",
  );
}

function sceneNamed(name: string, all: readonly Scene[]): Scene {
  const found = all.find((scene) => scene.name === name);
  if (found !== undefined) return found;
  const names = all.map((scene) => scene.name).join(", ");
  throw new Error(`there is no scene "${name}"; the scenes are ${names}`);
}
