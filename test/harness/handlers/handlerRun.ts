import type { Context } from "aws-lambda";

export type HandlerRun<Result> = {
  readonly result: Result;
  /** The log, a line an object, without metrics. */
  readonly log: readonly Record<string, unknown>[];
  /** What was counted, by metric. */
  readonly counts: Readonly<Record<string, unknown>>;
};

/** Runs a function's handler as Lambda would, and catches what it logs. */
export async function runHandler<Event, Result>(
  handler: (event: Event, context: Context) => Promise<Result>,
  event: Event,
): Promise<HandlerRun<Result>> {
  const lines: string[] = [];
  const release = [process.stdout, process.stderr].map((stream) => divert(stream, lines));
  try {
    const result = await handler(event, lambdaContext());
    const objects = lines.flatMap((line) => line.split("\n").filter(Boolean)).map(parse);
    const [metrics = [], log = []] = [true, false].map((embedded) =>
      objects.filter((object) => "_aws" in object === embedded),
    );
    return { result, log, counts: Object.assign({}, ...metrics.map(countsOf)) };
  } finally {
    for (const undo of release) undo();
  }
}

function divert(stream: NodeJS.WriteStream, lines: string[]): () => void {
  const write = stream.write;
  stream.write = (chunk: string | Uint8Array) => {
    lines.push(String(chunk));
    return true;
  };
  return () => {
    stream.write = write;
  };
}

/** What is left of a line in CloudWatch's embedded format without its dimensions. */
function countsOf(line: Record<string, unknown>): Record<string, unknown> {
  const { _aws, service, ...counts } = line;
  return counts;
}

function parse(line: string): Record<string, unknown> {
  return JSON.parse(line);
}

export function lambdaContext(): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: "function",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:000000000000:function:function",
    memoryLimitInMB: "128",
    awsRequestId: "request-1",
    logGroupName: "/aws/lambda/function",
    logStreamName: "stream",
    getRemainingTimeInMillis: () => 30_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
