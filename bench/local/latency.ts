import { consumers, handled, onBench, publishFromOutside, warmUp } from "./benchRun.ts";

export type Latency = {
  /** From the publisher's call to the end of a consumer's invocation, in milliseconds. */
  readonly p50: number;
  readonly p95: number;
};

const batchesPerSecond = 10;
const seconds = 5;
const messages = batchesPerSecond * 10 * seconds;

/** Measures the latency from the publisher to each handler, at a hundred messages a second. */
export function measureLatency(fifo: boolean): Promise<Latency> {
  return onBench(fifo, async (bench) => {
    await warmUp(bench);
    const sent = new Map<string, number>();
    const times: number[] = [];
    const stop = bench.run.cloud.trace.listen((hop) => {
      if (hop.kind === "published") sent.set(hop.event, Number.parseFloat(hop.body));
      const sentAt = sent.get(hop.event);
      if (hop.kind === "handled" && sentAt !== undefined) times.push(now() - sentAt);
    });
    const done = handled(bench, messages * consumers);
    await publishFromOutside(bench, { messages, batchesPerSecond });
    await done;
    stop();
    times.sort((a, b) => a - b);
    return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
  });
}

/** Milliseconds since 1970, with a higher resolution than Date. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
}
