import {
  drain,
  handle,
  handlerLatency,
  idle,
  type Load,
  type Pace,
  publish,
  type Running,
  uploadLatency,
} from "./measurements.ts";

/** A line of the result: a number for each server. */
export type Row = {
  readonly title: string;
  readonly unit: string;
  /** Whether the larger number is the better one. @default the smaller */
  readonly moreIsBetter?: boolean;
  readonly value: number;
};

/** Everything that is measured of one server, in this order. What it does not serve is left out. */
export async function* rowsOf(running: Running, load: Load): AsyncGenerator<Row> {
  yield row("start until the first answer", "s", running.process.startSeconds);
  yield row("memory after the start", "MiB", running.process.usage().memory);
  for (const topic of ["standard", "fifo"] as const) {
    await publish(running, topic, warmUp(load));
    await drain(running, topic, warmUp(load));
    yield* pace(`${topic}: publish to 3 queues`, await publish(running, topic, load));
    yield* pace(`${topic}: receive and delete`, await drain(running, topic, load));
  }
  yield* functionRows(running, load);
  yield row("idle", "% of a core", await idle(running));
  yield row("memory at the end", "MiB", running.process.usage().memory);
}

/** Not measured: what follows runs compiled code. */
function warmUp(load: Load): Load {
  return { ...load, messages: 500 };
}

async function* functionRows(running: Running, load: Load): AsyncGenerator<Row> {
  const { functionsTopic, uploadBucket } = running.deployment;
  if (functionsTopic !== undefined) {
    await handle(running, functionsTopic, warmUp(load));
    const handled = await handle(running, functionsTopic, load);
    yield* pace("publish to 3 functions", handled);
    yield row("publish to 3 functions, with all processes", "us each", handled.all);
    const { p50, p95 } = await handlerLatency(running, functionsTopic);
    yield row("published to handled at 100/s, p50", "ms", p50);
    yield row("published to handled at 100/s, p95", "ms", p95);
  }
  if (uploadBucket !== undefined) {
    await uploadLatency(running, uploadBucket);
    const { p50, p95 } = await uploadLatency(running, uploadBucket);
    yield row("uploaded to handled at 20/s, p50", "ms", p50);
    yield row("uploaded to handled at 20/s, p95", "ms", p95);
  }
}

function* pace(title: string, { perSecond, own }: Pace): Generator<Row> {
  yield { ...row(title, "per second", perSecond), moreIsBetter: true };
  yield row(title, "us each", own);
}

function row(title: string, unit: string, value: number): Row {
  return { title, unit, value };
}
