import { isObject } from "../../../aws/isObject.ts";
import type { Registration } from "./registration.ts";

/** Something that AWS refuses, or loses messages for, when it is made before another. */
export type RequiredOrder = {
  readonly what: string;
  readonly later: Registration;
  readonly earlier: Registration;
};

/** Every such pair among what a program registered in an update: in a preview ARNs are unknown. */
export function requiredOrder(registrations: readonly Registration[]): RequiredOrder[] {
  return registrations.flatMap((later) =>
    (predecessors[later.type]?.(later, registrations) ?? []).map(([what, earlier]) => ({
      what,
      later,
      earlier,
    })),
  );
}

type Predecessors = (later: Registration, all: readonly Registration[]) => [string, Registration][];

const predecessors: Readonly<Record<string, Predecessors>> = {
  "aws:sns/topicSubscription:TopicSubscription": ({ inputs }, all) => [
    ...those("subscription after queue", all, queue, ({ state }) => state.arn === inputs.endpoint),
    ...those("subscription after permission", all, permission, (each) =>
      String(inputs.endpoint).endsWith(`:function:${each.inputs.function}`),
    ),
    ...those("subscription after topic's policy", all, topicPolicy, isOf(inputs.topic)),
    ...those("subscription after key's policy", all, keyPolicy, ({ inputs: { keyId } }) =>
      all.some((each) => each.state.arn === inputs.topic && usesKey(each, keyId)),
    ),
  ],
  "aws:s3/bucketNotification:BucketNotification": ({ inputs }, all) =>
    [inputs.topics]
      .flat()
      .filter(isObject)
      .flatMap(({ topicArn }) =>
        those("notification after topic's policy", all, topicPolicy, isOf(topicArn)),
      ),
  "aws:lambda/eventSourceMapping:EventSourceMapping": ({ inputs }, all) =>
    those("mapping after role's policy", all, rolePolicy, isForFunction(inputs.functionName, all)),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ({ inputs }, all) =>
    those(
      "destination after role's policy",
      all,
      rolePolicy,
      isForFunction(inputs.functionName, all),
    ),
};

const queue = "aws:sqs/queue:Queue";
const permission = "aws:lambda/permission:Permission";
const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";
const keyPolicy = "aws:kms/keyPolicy:KeyPolicy";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

function those(
  what: string,
  all: readonly Registration[],
  type: string,
  fits: (each: Registration) => boolean,
): [string, Registration][] {
  return all.filter((each) => each.type === type && fits(each)).map((each) => [what, each]);
}

function isOf(arn: unknown): (policy: Registration) => boolean {
  return ({ inputs }) => inputs.arn === arn;
}

function usesKey({ inputs }: Registration, keyId: unknown): boolean {
  return String(inputs.kmsMasterKeyId).endsWith(String(keyId));
}

/** The policies of the role of a function, which is named by its ARN or its name. */
function isForFunction(
  named: unknown,
  all: readonly Registration[],
): (policy: Registration) => boolean {
  const roles = all
    .filter(({ id, state }) => id !== "" && (id === named || state.arn === named))
    .map(({ inputs }) => inputs.role);
  return ({ inputs }) => roles.some((role) => String(role).endsWith(`:role/${inputs.role}`));
}
