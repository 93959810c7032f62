import type { Context } from "aws-lambda";

export type HandlerRun<Result> = {
  readonly result: Result;
  /** The log, a line an object. */
  readonly log: readonly Record<string, unknown>[];
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
    return { result, log: lines.flatMap((line) => line.split("\n").filter(Boolean)).map(parse) };
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
