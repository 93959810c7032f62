import * as v from "valibot";
import { parseArn } from "../../../aws/arn.ts";
import type { Cloud } from "../../cloud.ts";
import { asynchronousSettings } from "../../services/lambda/lambdaFunction.ts";
import type { StreamMapping } from "../../services/lambda/streamMappings/streamMapping.ts";
import {
  effectiveDelivery,
  readSubscriptionDeliveryPolicy,
  readTopicDeliveryPolicy,
} from "../../services/sns/attributes/deliveryPolicy.ts";
import type { BranchState } from "../events/eventSummary.ts";
import type { Attempts } from "./attempts.ts";
import type { Progress } from "./outlook.ts";

export type Branch = Attempts & { readonly endpoint: string; readonly state: BranchState };

/** States after which a branch is tried again. */
const open: readonly BranchState[] = ["failed", "retrying"];

export function progressOf(cloud: Cloud, branch: Branch): Progress {
  const { tries, retryAt, endpoint, state } = branch;
  const { mostTries, nextAt } = limitsOf(cloud, branch) ?? {};
  const next = retryAt ?? nextAt;
  const isOver = !open.includes(state) || (mostTries !== undefined && tries >= mostTries);
  const ofDelivery = retryAt === undefined ? undefined : mostDeliveries(cloud, endpoint);
  const most = mostTries ?? ofDelivery;
  return {
    tries,
    ...(most !== undefined && { mostTries: most }),
    // A queue moves a message to its dead letters when it would be received once too often.
    ...(next !== undefined &&
      (!isOver || isQueue(endpoint)) &&
      open.includes(state) && { nextAt: next }),
  };
}

type Limits = { readonly mostTries?: number; readonly nextAt?: number };

function limitsOf(cloud: Cloud, branch: Branch): Limits | undefined {
  if (isQueue(branch.endpoint)) return ofQueue(cloud, branch);
  const mapping = cloud.streamMappings
    .list()
    .find((each) => each.streamArn === branch.invokedBy && each.functionArn === branch.endpoint);
  if (mapping !== undefined) return ofStream(mapping);
  return parseArn(branch.endpoint)?.service === "lambda" ? ofFunction(cloud, branch) : undefined;
}

const redrivePolicy = v.object({ maxReceiveCount: v.pipe(v.unknown(), v.transform(Number)) });

/** A message that failed is visible again when the timeout of its last receive ends. */
function ofQueue({ queues }: Cloud, { endpoint, triedAt }: Branch): Limits | undefined {
  const queue = queues.find(endpoint);
  if (queue === undefined) return undefined;
  const { RedrivePolicy: policy, VisibilityTimeout: timeout } = queue.attributes;
  return {
    ...(policy !== undefined && {
      mostTries: v.parse(redrivePolicy, JSON.parse(policy)).maxReceiveCount,
    }),
    ...(triedAt !== undefined && { nextAt: triedAt + Number(timeout) * 1000 }),
  };
}

/** Without a limit a batch is tried until its records expire. */
function ofStream({ maximumRetryAttempts }: StreamMapping): Limits {
  return maximumRetryAttempts < 0 ? {} : { mostTries: 1 + maximumRetryAttempts };
}

/** Lambda waits one minute, then two. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
function ofFunction(
  { functions }: Cloud,
  { endpoint, tries, triedAt }: Branch,
): Limits | undefined {
  const settings = asynchronousSettings(functions.find(endpoint));
  if (settings === undefined) return undefined;
  return {
    mostTries: 1 + settings.maximumRetryAttempts,
    ...(triedAt !== undefined && { nextAt: triedAt + tries * 60_000 }),
  };
}

/** How often SNS tries an HTTP endpoint; undefined for those that AWS runs, which it tries for weeks. */
function mostDeliveries({ topics }: Cloud, endpoint: string): number | undefined {
  if (!/^https?:/.test(endpoint)) return undefined;
  for (const topic of topics.list()) {
    const found = topics.subscriptions(topic.arn).find((each) => each.endpoint === endpoint);
    if (found === undefined) continue;
    const { retries } = effectiveDelivery(
      readTopicDeliveryPolicy(topic.attributes.DeliveryPolicy),
      readSubscriptionDeliveryPolicy(found.attributes.DeliveryPolicy),
    );
    return 1 + retries.numRetries;
  }
  return undefined;
}

function isQueue(endpoint: string): boolean {
  return parseArn(endpoint)?.service === "sqs";
}
