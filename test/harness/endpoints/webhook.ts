import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Post = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** An HTTP endpoint on any free port of 127.0.0.1 that keeps what is posted to it. */
export type Webhook = {
  readonly url: string;
  readonly posts: readonly Post[];
  close(): Promise<void>;
};

/** @param answers the statuses of its first answers; 200 after that */
export async function listenForPosts(...answers: number[]): Promise<Webhook> {
  const posts: Post[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const status = answers.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    posts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
