import { parseArgs } from "node:util";
import { startLocalRun } from "../local/localRun.ts";
import { connect } from "./clients.ts";
import type { Scene } from "./scene.ts";
import { mainScenes, scenes } from "./scenes.ts";
import { Stage } from "./stage.ts";

const usage = `npm run demo -- [options]

Starts the local cloud, sends sample events through the real handlers, shows the way that each event
took, checks what came of it, and ends: with 0 only if all of it is right.

  --scene NAME  play this scene; may be given more than once (uploads, orders)
  --all         play every scene
  --list        the scenes there are
  --speed N     how many times as fast waiting goes (100)
  --port N      of the endpoint; 0 takes any free one (0)
  --help        this
`;

async function main(argv: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      scene: { type: "string", multiple: true },
      all: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      speed: { type: "string", default: "100" },
      port: { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return say(usage);
  if (values.list)
    return say(scenes.map(({ name, title }) => `${name.padEnd(14)} ${title}`).join("\n"));
  const chosen = values.scene?.map(sceneNamed) ?? (values.all ? scenes : mainScenes);
  return play(chosen, { speed: Number(values.speed), port: Number(values.port) });
}

function say(text: string): true {
  console.log(text);
  return true;
}

function sceneNamed(name: string): Scene {
  const scene = scenes.find((each) => each.name === name);
  if (scene !== undefined) return scene;
  const names = scenes.map((each) => each.name).join(", ");
  throw new Error(`there is no scene "${name}"; there are ${names}`);
}

async function play(
  chosen: readonly Scene[],
  { speed, port }: { speed: number; port: number },
): Promise<boolean> {
  const systems = [...new Set(chosen.flatMap((scene) => scene.systems))];
  console.log(`Starting ${systems.join(" and ")} on the local cloud ...`);
  const run = await startLocalRun({ stack: "dev", systems, port, speed });
  const clients = connect(run);
  const stage = new Stage(run, clients);
  console.log(`The program runs at ${run.url}; waiting goes ${speed} times as fast.`);
  try {
    for (const { title, play } of chosen) {
      stage.heading(title);
      await play(stage);
    }
  } finally {
    clients.close();
    await run.close();
  }
  const { checks, failures } = stage;
  console.log(`\n${checks - failures} of ${checks} checks are right.`);
  return failures === 0;
}

main(process.argv.slice(2)).then(
  (right) => process.exit(right ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
