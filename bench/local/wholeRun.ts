import { startLocalRun } from "../../local/localRun.ts";
import { systemNames } from "../../systems/index.ts";

/** In a process of its own: starts every system, rests, and says what that took, as JSON. */
const run = await startLocalRun({ stack: "dev", systems: systemNames, port: 0 });
const startSeconds = process.uptime();
const cpuSeconds = secondsOf(process.cpuUsage());
const memory = process.memoryUsage().rss / 2 ** 20;

/** What S3 tells the topics at the start is worked off first. */
const settleSeconds = 5;
const idleSeconds = 5;
await rest(settleSeconds);
const before = process.cpuUsage();
await rest(idleSeconds);
const idlePercent = (secondsOf(process.cpuUsage(before)) / idleSeconds) * 100;
await run.close();
const systems = systemNames.length;
console.log(JSON.stringify({ systems, startSeconds, cpuSeconds, memory, idlePercent }));
process.exit(0);

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000_000;
}

function rest(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
