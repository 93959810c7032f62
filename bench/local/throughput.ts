import { owner } from "../../local/protocol/access.ts";
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
  /** Messages that the topic accepts and fans out while no function polls. */
  readonly published: Pace;
  /** Deliveries that are handled while nothing is published. */
  readonly handled: Pace;
  /** Deliveries that are handled while messages are published; its CPU time includes that of publishing. */
  readonly atOnce: Pace;
  /** Resident memory of the local run's process at the end, in MiB. */
  readonly memory: number;
};

export type Pace = {
  readonly perSecond: number;
  /** CPU time of the local run's process for each, in microseconds. */
  readonly cpu: number;
};

/**
 * Measures the throughput of messages and the CPU time of each.
 *
 * @param options.backlog messages in each queue at the start
 */
export function measureThroughput(options: {
  readonly fifo: boolean;
  readonly backlog: number;
  readonly messages: number;
}): Promise<Throughput> {
  const { fifo, backlog, messages } = options;
  return onBench(fifo, async (bench) => {
    await warmUp(bench);
    const deliveries = messages * consumers;
    const atOnce = await paceOf(deliveries, async () => {
      const done = handled(bench, deliveries);
      await publishFromOutside(bench, { messages });
      await done;
    });
    setConsuming(bench, false);
    fill(bench, backlog);
    const published = await paceOf(messages, () => publishFromOutside(bench, { messages }));
    const drained = await paceOf(deliveries, async () => {
      const done = handled(bench, deliveries);
      setConsuming(bench, true);
      await done;
    });
    setConsuming(bench, false);
    const memory = process.memoryUsage().rss / 2 ** 20;
    return { published, handled: drained, atOnce, memory };
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

async function paceOf(count: number, work: () => Promise<void>): Promise<Pace> {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: count / seconds, cpu: (user + system) / count };
}
