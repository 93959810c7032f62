import { startLocalRun } from "../local/localRun.ts";
import { examples, scenes } from "../systems/index.ts";
import { connect } from "./clients.ts";
import { type DemoOptions, demoOptions, usage } from "./demoOptions.ts";
import { SceneRunner } from "./sceneRunner.ts";

/** `npm run demo`: plays scenes on the local cloud. @returns whether every check holds */
async function main(argv: readonly string[]): Promise<boolean> {
  const options = demoOptions(argv, scenes);
  if (options.help) {
    console.log(usage);
    return true;
  }
  if (options.list) {
    for (const { name, title } of scenes) console.log(`${name.padEnd(14)} ${title}`);
    return true;
  }
  return play(options);
}

async function play({ scenes, speed, port }: DemoOptions): Promise<boolean> {
  const systems = [...new Set(scenes.flatMap((scene) => scene.systems))];
  console.log(`Starting ${systems.join(" and ")} on the local cloud ...`);
  const run = await startLocalRun({ stack: "dev", systems, port, speed, examples });
  const clients = connect(run);
  const runner = new SceneRunner(run, clients);
  console.log(`The program runs at ${run.url}; its clock runs ${speed} times as fast.`);
  try {
    for (const { title, play } of scenes) {
      runner.heading(title);
      await play(runner);
    }
  } finally {
    clients.close();
    await run.close();
  }
  const { checks, failures } = runner;
  console.log(`\n${checks - failures} of ${checks} checks hold.`);
  return failures === 0;
}

main(process.argv.slice(2)).then(
  (right) => process.exit(right ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
