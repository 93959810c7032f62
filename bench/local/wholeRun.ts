import { startLocalRun } from "../../local/localRun.ts";
import { systemNames } from "../../systems/index.ts";

/** Run as a process: starts every system, idles, and prints the measurements as JSON. */
const run = await startLocalRun({ stack: "dev", systems: systemNames, port: 0 });
const startSeconds = process.uptime();
const cpuSeconds = secondsOf(process.cpuUsage());
const memory = process.memoryUsage().rss / 2 ** 20;

/** First the test events of S3 are handled. */
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
