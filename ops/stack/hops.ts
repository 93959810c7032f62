import type { Hop } from "../../local/trace/hop.ts";
import { OpsError } from "../problems.ts";

/**
 * The hops of a local run as they happen, and before them those that it remembers.
 *
 * @param url of the run's endpoint
 */
export async function* hops(url: string, signal: AbortSignal): AsyncGenerator<Hop, void> {
  const response = await fetch(`${url}/_fanout/events`, { signal });
  if (!response.ok || response.body === null) {
    throw new OpsError(`${url} answers ${response.status} instead of a stream of events`);
  }
  let rest = "";
  for await (const text of untilEnd(response.body, url)) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const [event, ...lines] = block.split("\n");
      const data = lines.find((line) => line.startsWith("data: "))?.slice("data: ".length);
      if (event === "event: hop" && data !== undefined) yield JSON.parse(data);
    }
  }
}

async function* untilEnd(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  url: string,
): AsyncGenerator<string, never> {
  try {
    yield* body.pipeThrough(new TextDecoderStream());
  } catch (cause) {
    throw new OpsError(`the local run at ${url} has ended`, { cause });
  }
  throw new OpsError(`the local run at ${url} has ended`);
}
