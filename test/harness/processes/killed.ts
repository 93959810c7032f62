import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * Runs a program of Node that prints how many things it has accepted so far, a line each time, and
 * kills it (SIGKILL) when they are `count` or more.
 * @returns the last number that it printed
 */
export async function killAfter(
  count: number,
  program: string,
  ...args: string[]
): Promise<number> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let accepted = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    accepted = Number(line);
    if (accepted >= count) child.kill("SIGKILL");
  }
  await exited;
  if (accepted < count) throw new Error(`${program} ended by itself after ${accepted}`);
  return accepted;
}
