import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { runClients } from "./client/runClients.ts";
import type { Load } from "./measurements.ts";

const reply = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>
<MessageId>00000000-0000-0000-0000-000000000000</MessageId></PublishResult></PublishResponse>`;

/** Publications a second that the client reaches with a server that does nothing. */
export async function clientAlone({ messages, clients }: Load): Promise<number> {
  const server = createServer((request, response) => {
    request.resume().once("end", () => response.end(reply));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const job = {
    kind: "publish",
    url: `http://127.0.0.1:${port}`,
    topicArn: "arn:aws:sns:us-east-1:000000000000:nothing",
    messages: Math.ceil(messages / clients),
  } as const;
  const { count, seconds } = await runClients(Array.from({ length: clients }, () => job));
  server.close();
  return count / seconds;
}
