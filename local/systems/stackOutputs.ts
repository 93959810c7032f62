import * as v from "valibot";

const consumer = v.object({
  /** The queue, where the consumer has one. */
  queueUrl: v.optional(v.string()),
  /** Holds what the function failed on too often, whether from its queue or invoked directly. */
  deadLetterQueueUrl: v.optional(v.string()),
  /** Holds what the topic could not deliver. */
  undeliveredQueueUrl: v.optional(v.string()),
  functionName: v.optional(v.string()),
  subscriptionArn: v.string(),
  /** Who has to confirm the subscription and how, if it needs a confirmation. */
  confirmation: v.optional(v.string()),
});

const system = v.looseObject({
  topicArn: v.pipe(v.string(), v.startsWith("arn:")),
  /** The bucket for uploads, where the system has one. */
  bucket: v.optional(v.string()),
  /** The front door, where the system has one. */
  url: v.optional(v.string()),
  consumers: v.record(v.string(), consumer),
});

const stackOutputs = v.looseObject({ systems: v.record(v.string(), system) });

/** Outputs of a consumer, once they are known. */
export type ConsumerOutputs = v.InferOutput<typeof consumer>;

/** Outputs of a system, once they are known. Other tables and buckets have names of the system's own. */
export type SystemOutputs = v.InferOutput<typeof system>;

/**
 * Reads the stack output `systems`: an object by system name that names each system's topic and consumers.
 * Programs that export it have their systems shown by the console and operated by `npm run ops`.
 */
export function parseStackOutputs(outputs: unknown) {
  return v.safeParse(stackOutputs, outputs);
}

/**
 * The outputs of one system.
 *
 * @throws ValiError for outputs of another form, Error when there is no such system
 */
export function systemOutputs(outputs: unknown, name: string): SystemOutputs {
  const { systems } = v.parse(stackOutputs, outputs);
  const found = systems[name];
  if (found !== undefined) return found;
  const names = Object.keys(systems).join(", ") || "none";
  throw new Error(`the stack has no system "${name}"; it has ${names}`);
}

/**
 * An output of a system that is a string, such as the name of a bucket or a table.
 *
 * @throws Error when it is missing or of another type
 */
export function textOutput(outputs: SystemOutputs, name: string): string {
  const value = outputs[name];
  if (typeof value === "string") return value;
  const names = Object.keys(outputs).join(", ");
  throw new Error(`the system has no output "${name}" that is a string; its outputs are ${names}`);
}
