import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { owner } from "../../../local/protocol/access.ts";
import type { Call, Reply } from "../../../local/protocol/call.ts";

/** A wire served on its own, on any free port of 127.0.0.1, so that a real client can talk to it. */
export type Loopback = {
  readonly url: string;
  /** Ends every connection. Rejects with the first failure of the handler, if it had one. */
  close(): Promise<void>;
};

/** Serves `handler`; every caller that signs is the owner of the account. */
export async function serve(handler: (call: Call) => Promise<Reply>): Promise<Loopback> {
  const failures: unknown[] = [];
  const server = createServer(async (request, response) => {
    try {
      const reply = await handler(await readCall(request));
      response.writeHead(reply.status, reply.headers).end(reply.body);
    } catch (error) {
      failures.push(error);
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (failures.length > 0) throw failures[0];
    },
  };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname, searchParams } = splitTarget(request.url ?? "/");
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(
    request.headers.authorization ?? "",
  );
  return {
    method: request.method ?? "GET",
    path: pathname,
    query: searchParams,
    headers: headersOf(request),
    body: Buffer.concat(chunks),
    service: scope?.[2],
    region: scope?.[1] ?? "eu-west-1",
    principal: scope === null ? { kind: "anonymous" } : owner,
    callerArn: scope === null ? "anonymous" : "arn:aws:iam::000000000000:root",
  };
}

function splitTarget(target: string): { pathname: string; searchParams: URLSearchParams } {
  const [pathname = "/", query = ""] = target.split(/\?(.*)/s);
  return { pathname, searchParams: new URLSearchParams(query) };
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().join(", ")]));
}
