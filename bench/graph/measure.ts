import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as v from "valibot";

/** What a process took. */
export type Cost = {
  /** From its start to its end. */
  readonly seconds: number;
  /** Of processors, which other load of the machine changes less. */
  readonly cpuSeconds: number;
  /** The largest that it was, in MiB. */
  readonly memory: number;
};

const reported = v.object({ cpuSeconds: v.number(), memory: v.number() });

/** Runs a script in a process of its own, which prints `cpuSeconds` and `memory` as its last line. */
export async function costOf(script: string, ...args: readonly string[]): Promise<Cost> {
  const begun = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
  const seconds = (performance.now() - begun) / 1000;
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  return { seconds, ...v.parse(reported, JSON.parse(last)) };
}

/** Of each number by itself. */
export function medianCost(costs: readonly Cost[]): Cost {
  return {
    seconds: median(costs.map(({ seconds }) => seconds)),
    cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    memory: median(costs.map(({ memory }) => memory)),
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, each) => sum + each, 0) / middle.length;
}
