import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import * as v from "valibot";

const latencies = v.array(v.number());

export type Collector = {
  readonly url: string;
  /** Resolves with the next `count` latencies that handlers report, in milliseconds. */
  readonly collect: (count: number) => Promise<readonly number[]>;
  readonly close: () => void;
};

/** Receives the reports of the handlers. */
export async function startCollector(): Promise<Collector> {
  let received = (_reported: readonly number[]): void => {};
  const server = createServer((request, response) => {
    json(request).then(
      (body) => {
        received(v.parse(latencies, body));
        response.end();
      },
      () => response.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    collect: (count) =>
      new Promise((resolve) => {
        const collected: number[] = [];
        received = (reported) => {
          collected.push(...reported);
          if (collected.length >= count) resolve(collected);
        };
      }),
    close: () => server.close(),
  };
}
