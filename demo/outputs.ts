import * as v from "valibot";

const system = v.looseObject({
  topicArn: v.string(),
  consumers: v.record(
    v.string(),
    v.object({
      queueUrl: v.optional(v.string()),
      deadLetterQueueUrl: v.optional(v.string()),
      undeliveredQueueUrl: v.optional(v.string()),
      functionName: v.optional(v.string()),
      subscriptionArn: v.string(),
      confirmation: v.optional(v.string()),
    }),
  ),
});

export type SystemOutputs = v.InferOutput<typeof system>;

/** The outputs of one system among the stack's. */
export function systemOutputs(
  outputs: Readonly<Record<string, unknown>>,
  name: string,
): SystemOutputs {
  const { systems } = v.parse(v.object({ systems: v.record(v.string(), v.unknown()) }), outputs);
  return v.parse(system, systems[name]);
}

/** A text among a system's outputs: the name of a bucket or table. */
export function textOutput(outputs: SystemOutputs, name: string): string {
  return v.parse(v.string(), outputs[name]);
}
