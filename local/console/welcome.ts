import type { StartOptions } from "../cli/startOptions.ts";
import type { LocalRun } from "../localRun.ts";
import { listedLines } from "../provider/listedInputs.ts";
import { asRecord, commandsFor, pagesOf, type Running } from "./gettingStarted.ts";

/** What `npm start` says when everything is up. */
export function welcome(run: LocalRun, options: StartOptions): string {
  const running = runningOf(run);
  return [
    `Fanout's local cloud is at ${run.url} (stack ${options.stack}, region ${run.cloud.region}${pace(options)})`,
    "",
    ...systems(running),
    ...notes(run),
    ...leftovers(run),
    ...(options.permissions === false
      ? ["Permissions are off: what AWS would deny works here.", ""]
      : []),
    "To look at it, in a browser:",
    ...pagesOf(running).map((line) => `  ${line}`),
    "",
    "To try it, from another terminal:",
    ...commandsFor(running).map((line) => `  ${line}`),
    "",
    "Events as they happen; Ctrl-C ends.",
  ].join("\n");
}

function pace({ speed = 1, dataDirectory, chaos }: StartOptions): string {
  return [
    speed > 1 ? `, waiting ${speed} times as fast` : "",
    dataDirectory === undefined ? "" : `, kept in ${dataDirectory}`,
    chaos ? ", with chaos" : "",
  ].join("");
}

function runningOf({ url, cloud, examples, outputs }: LocalRun): Running {
  const systems = Object.entries(asRecord(outputs.systems));
  return {
    url,
    region: cloud.region,
    examples,
    systems: new Map(systems.map(([name, system]) => [name, asRecord(system)])),
  };
}

function systems(running: Running): string[] {
  return [...running.systems].flatMap(([name, { consumers, ...others }]) => {
    const lines: [string, unknown][] = [
      ...Object.entries(others),
      ["consumers", Object.keys(asRecord(consumers)).join(", ")],
    ];
    const width = Math.max(16, ...lines.map(([key]) => key.length));
    return [name, ...lines.map(([key, value]) => `  ${key.padEnd(width)} ${value}`), ""];
  });
}

function notes({ cloud }: LocalRun): string[] {
  const lines = listedLines(cloud.listed());
  return lines.length === 0 ? [] : ["On AWS only:", ...lines.map((line) => `  ${line}`), ""];
}

function leftovers({ leftovers }: LocalRun): string[] {
  if (leftovers.length === 0) return [];
  return ["Kept, though the program has it no more:", ...leftovers.map((line) => `  ${line}`), ""];
}
