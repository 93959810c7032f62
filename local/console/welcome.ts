import type { Cloud } from "../cloud.ts";
import { listedLines } from "../provider/listedInputs.ts";
import type { Examples } from "../systems/examples.ts";
import { asRecord, commandsFor, pagesOf, type Running } from "./gettingStarted.ts";

export type Welcome = {
  readonly cloud: Cloud;
  readonly url: string;
  readonly project: string;
  readonly stack: string;
  /** Of the program. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the program no longer has, and is kept for what it holds; a line each. */
  readonly leftovers: readonly string[];
  readonly examples: Examples;
  readonly speed?: number | undefined;
  readonly dataDirectory?: string | undefined;
  readonly chaos?: boolean | undefined;
  readonly permissions?: boolean | undefined;
};

/** What a local run prints when its program has run. */
export function welcome(run: Welcome): string {
  const running = runningOf(run);
  const { project, stack, cloud, permissions } = run;
  return [
    `${project}, stack ${stack}, on the local cloud (region ${cloud.region}${pace(run)})`,
    "",
    ...systems(running),
    ...notes(run),
    ...leftoversOf(run),
    ...(permissions === false ? ["Permissions are off: what AWS would deny works here.", ""] : []),
    "To look at it, in a browser:",
    ...pagesOf(running).map((line) => `  ${line}`),
    "",
    "To try it, from another terminal:",
    ...commandsFor(running).map((line) => `  ${line}`),
    "",
    "Events as they happen, at their time in UTC; Ctrl-C ends.",
  ].join("\n");
}

function pace({ speed = 1, dataDirectory, chaos }: Welcome): string {
  return [
    speed > 1 ? `, waiting ${speed} times as fast` : "",
    dataDirectory === undefined ? "" : `, kept in ${dataDirectory}`,
    chaos ? ", with chaos" : "",
  ].join("");
}

function runningOf({ url, cloud, examples, outputs }: Welcome): Running {
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

function notes({ cloud }: Welcome): string[] {
  const lines = listedLines(cloud.listed());
  return lines.length === 0 ? [] : ["On AWS only:", ...lines.map((line) => `  ${line}`), ""];
}

function leftoversOf({ leftovers }: Welcome): string[] {
  if (leftovers.length === 0) return [];
  return [
    "Kept although the program no longer has it:",
    ...leftovers.map((line) => `  ${line}`),
    "",
  ];
}
