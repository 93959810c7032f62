import { SQSClient } from "@aws-sdk/client-sqs";
import type { Authorize } from "../../../local/protocol/access.ts";
import { sqs } from "../../../local/services/sqs/api/sqs.ts";
import { makeQueues } from "../cloud/queues.ts";
import { serve } from "./loopback.ts";

/** SQS on loopback, over queues on a clock that stands still, and a client of it. */
export async function serveSqs(authorize: Authorize = () => ({ allowed: true })) {
  let url = "";
  const cloud = makeQueues({ queueUrl: (name) => `${url}/000000000000/${name}` });
  const handler = sqs({ queues: cloud.queues, authorize, region: "eu-west-1" });
  const loopback = await serve(handler);
  url = loopback.url;
  const client = new SQSClient({
    endpoint: url,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return {
    ...cloud,
    url,
    client,
    handler,
    async close() {
      client.destroy();
      cloud.queues.close();
      await loopback.close();
    },
  };
}
