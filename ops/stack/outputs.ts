import * as v from "valibot";
import { OpsError } from "../problems.ts";

/** What the tool reads of a stack's outputs. */
const schema = v.object({
  systems: v.record(
    v.string(),
    v.object({
      topicArn: v.pipe(v.string(), v.startsWith("arn:")),
      consumers: v.record(
        v.string(),
        v.object({
          queueUrl: v.optional(v.string()),
          deadLetterQueueUrl: v.optional(v.string()),
          functionName: v.optional(v.string()),
          subscriptionArn: v.string(),
        }),
      ),
    }),
  ),
});

export type System = {
  readonly name: string;
  readonly topicArn: string;
  readonly consumers: readonly Consumer[];
};

export type Consumer = {
  /** With its system's: `orders/billing`. */
  readonly name: string;
  readonly queueUrl?: string | undefined;
  readonly deadLetterQueueUrl?: string | undefined;
  readonly functionName?: string | undefined;
  readonly subscriptionArn: string;
};

/** @param from where the outputs come from, for the error */
export function readSystems(outputs: unknown, from: string): System[] {
  const result = v.safeParse(schema, outputs);
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue) ?? "systems";
    throw new OpsError(
      `the outputs of ${from} are not those of this program: ${path}: ${issue.message}`,
    );
  }
  return Object.entries(result.output.systems).map(([system, { topicArn, consumers }]) => ({
    name: system,
    topicArn,
    consumers: Object.entries(consumers).map(([name, consumer]) => ({
      ...consumer,
      name: `${system}/${name}`,
    })),
  }));
}
