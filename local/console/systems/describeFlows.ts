import { parseArn } from "../../../aws/arn.ts";
import type { Cloud } from "../../cloud.ts";
import { targetOf } from "../../services/s3/notification/rules.ts";
import { shortName } from "../../trace/shortName.ts";
import type { ConsumerShape, Entrance, SystemShape } from "./systemShape.ts";
import { triggersOf } from "./triggers.ts";

/** Something that brings events to a queue or a function without a topic. */
type Flow = { readonly entrance: Entrance; readonly targetArn: string };

/**
 * What a program has besides its topics, by where its events come from: a bucket, a stream, a table, a rule. Each
 * of these is a system of its own, with a consumer for each queue and function that it brings events to.
 *
 * @param consumerOf describes the consumer at a queue or a function
 */
export function describeFlows(
  cloud: Cloud,
  consumerOf: (targetArn: string, key: string) => ConsumerShape,
): SystemShape[] {
  const flows = [
    ...ofBuckets(cloud),
    ...ofStreams(cloud),
    ...triggersOf(cloud).filter(({ targetArn }) =>
      ["sqs", "lambda"].includes(serviceOf(targetArn)),
    ),
  ];
  return [...Map.groupBy(flows, ({ entrance }) => entrance.arn).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { entrance } = first;
    const targets = [...new Set(own.map(({ targetArn }) => targetArn))];
    return [
      {
        name: entrance.name,
        inProgram: true,
        entrance,
        sources: [],
        consumers: targets.map((arn) => consumerOf(arn, `flow ${entrance.arn} ${arn}`)),
        otherQueues: [],
      },
    ];
  });
}

function ofBuckets({ buckets }: Cloud): Flow[] {
  return buckets.list().flatMap(({ arn, name, notification }) =>
    notification
      .map(targetOf)
      .filter(({ kind }) => kind === "Queue" || kind === "CloudFunction")
      .map((target) => ({ entrance: { arn, name, kind: "bucket" }, targetArn: target.arn })),
  );
}

/** The stream of a table is named by its table. */
function ofStreams({ streamMappings }: Cloud): Flow[] {
  return streamMappings.list().map(({ streamArn, functionArn }) => {
    const { service, resource = "" } = parseArn(streamArn) ?? {};
    const kind = service === "dynamodb" ? "table" : "stream";
    const name = resource.split("/")[1] ?? shortName(streamArn);
    return { entrance: { arn: streamArn, name, kind }, targetArn: functionArn };
  });
}

function serviceOf(arn: string): string {
  return parseArn(arn)?.service ?? "";
}
