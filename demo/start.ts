import { startOptions, usage } from "../local/cli/startOptions.ts";
import { hopLine } from "../local/console/hopLine.ts";
import { welcome } from "../local/console/welcome.ts";
import { type LocalRun, startLocalRun } from "../local/localRun.ts";
import { examples, systemNames } from "../systems/index.ts";

/** `npm start`: the program on the local cloud, until Ctrl-C. */
async function main(argv: readonly string[]): Promise<void> {
  const options = startOptions(argv, systemNames);
  if (options.help) return console.log(usage);
  const run = await startLocalRun({
    ...options,
    examples,
    ...(options.logs && { onLog: printLog }),
    ...(options.reload && { onReload: console.log }),
  });
  console.log(welcome(run, options));
  follow(run);
  await interrupted();
  await run.close();
}

function printLog({ functionArn, text }: { functionArn: string; text: string }): void {
  const name = functionArn.slice(functionArn.lastIndexOf(":") + 1);
  for (const line of text.trimEnd().split("\n")) console.log(`${name} | ${line}`);
}

function follow(run: LocalRun): void {
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  run.cloud.trace.listen((hop) => console.log(hopLine(hop, colours)));
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
