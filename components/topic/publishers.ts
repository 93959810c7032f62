import * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs, Publisher, Subscriber } from "../fanoutTopicArgs.ts";
import type { KnownPublisher, Publishers } from "../policies/publisherStatements.ts";
import type { KnownSubscriber } from "../policies/topicPolicy.ts";
import { sourceBuckets } from "../sources.ts";

/** Everyone who publishes to a topic without a role of ours, once their ARNs are known. */
export function publishersOf(
  topicArn: pulumi.Output<string>,
  args: FanoutTopicArgs,
): pulumi.Output<Publishers> {
  const buckets = sourceBuckets(args.sources ?? []).map(({ name, bucket }) => ({
    name,
    arn: bucket.arn,
  }));
  return pulumi
    .all([topicArn, pulumi.all(buckets), pulumi.all((args.publishers ?? []).map(knownPublisher))])
    .apply(([arn, known, publishers]) => ({ topicArn: arn, buckets: known, publishers }));
}

/** The addresses of other accounts, those that the spec names and those of its consumers there. */
export function subscribersOf(
  subscribers: readonly Subscriber[],
): pulumi.Output<KnownSubscriber[]> {
  return pulumi.all(subscribers.map((subscriber) => pulumi.output({ ...subscriber })));
}

function knownPublisher(publisher: Publisher): pulumi.Output<KnownPublisher> {
  return pulumi
    .all([publisher.principalArn, publisher.sourceArn])
    .apply(([principalArn, sourceArn]) => asKnown(publisher, principalArn, sourceArn));
}

/** A publisher whose ARNs are these. */
export function asKnown(
  { service, account }: Publisher,
  principalArn: string | undefined,
  sourceArn: string | undefined,
): KnownPublisher {
  if (service !== undefined) return { kind: "service", service, sourceArn };
  if (account !== undefined) return { kind: "account", account, sourceArn };
  return { kind: "principal", principalArn: principalArn ?? "" };
}
