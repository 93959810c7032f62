import { owner } from "../../local/cloud/permissions/access.ts";
import {
  type BenchRun,
  consumers,
  handled,
  onBench,
  publishFromOutside,
  setConsuming,
  warmUp,
} from "./benchRun.ts";

export type Throughput = {
  /** Messages that the topic takes in a second, while nobody works on them. */
  readonly published: number;
  /** Deliveries that are handled in a second. */
  readonly handled: number;
  /** Of the local run's process, after all of it, in MiB. */
  readonly memory: number;
};

/**
 * How many messages go through in a second.
 *
 * @param backlog messages that each queue holds already
 */
export function measureThroughput(options: {
  readonly fifo: boolean;
  readonly backlog: number;
  readonly messages: number;
}): Promise<Throughput> {
  const { fifo, backlog, messages } = options;
  return onBench(fifo, async (bench) => {
    await warmUp(bench);
    setConsuming(bench, false);
    fill(bench, backlog);
    const publishing = await secondsOf(() => publishFromOutside(bench, { messages }));
    const handling = await secondsOf(async () => {
      const done = handled(bench, messages * consumers);
      setConsuming(bench, true);
      await done;
    });
    setConsuming(bench, false);
    return {
      published: messages / publishing,
      handled: (messages * consumers) / handling,
      memory: process.memoryUsage().rss / 2 ** 20,
    };
  });
}

function fill({ run, topicArn }: BenchRun, backlog: number): void {
  for (let number = 0; number < backlog; number++) {
    run.cloud.topics.publish(topicArn, {
      message: `waiting ${number}`.padEnd(1024, "."),
      ...(topicArn.endsWith(".fifo") && { groupId: String(number % 100) }),
      by: owner,
      from: "arn:aws:iam::000000000000:root",
    });
  }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
