import { SNSClient } from "@aws-sdk/client-sns";
import type { Authorize } from "../../../local/protocol/access.ts";
import { sns } from "../../../local/services/sns/api/sns.ts";
import { Trace } from "../../../local/trace/trace.ts";
import { failureOf } from "../assertions/failure.ts";
import { makeTopics } from "../cloud/topics.ts";
import { serve } from "./loopback.ts";

/** Topics behind their wire, and the SDK's client for it. */
export async function serveTopics(authorize: Authorize = () => ({ allowed: true })) {
  const made = makeTopics({ authorize });
  const { topics, outbox, clock } = made;
  const trace = new Trace(clock);
  const region = "eu-west-1";
  const wire = await serve(sns({ topics, outbox, trace, authorize, region }));
  const client = new SNSClient({
    endpoint: wire.url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return {
    ...made,
    client,
    url: wire.url,
    async close() {
      client.destroy();
      await wire.close();
    },
  };
}

/** The code, status and message of the SDK's exception that `call` must reject with. */
export async function exceptionOf(call: Promise<unknown>) {
  const error = await failureOf(call);
  const { $metadata: metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return { name: error.name, status: metadata?.httpStatusCode, message: error.message };
}
