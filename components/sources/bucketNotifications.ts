import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mergedArgs } from "./notificationDocument.ts";
import { whenNothingIsLost } from "./presentNotifications.ts";
import type { BucketSource } from "./source.ts";

/** What a topic adds to the notifications of a bucket. */
export type NotificationPart = {
  readonly topic: string;
  readonly topicArn: pulumi.Output<string>;
  readonly sources: readonly BucketSource[];
  readonly args: aws.s3.BucketNotificationArgs;
  /** Fails if S3 cannot notify the topic. */
  readonly checked: pulumi.Output<void>;
  /** Policies that let S3 publish, which it validates when the notifications are put. */
  readonly policies: readonly pulumi.Resource[];
  /** Names of the notification in Pulumi when it was a child of the topic. */
  readonly aliases: pulumi.Alias[];
};

type Owner = {
  readonly name: string;
  readonly label: string;
  readonly bucket: aws.s3.Bucket;
  /** Whether the notifications that the bucket has may be overwritten. */
  readonly overwrites: boolean;
};

/**
 * The notifications of a bucket. S3 keeps one document of them, so that all topics of the bucket share one
 * resource. It is created when the topics that the program has created by then have their ARNs.
 */
export class BucketNotifications {
  readonly #owner: Owner;
  readonly #parts: NotificationPart[] = [];
  #isComplete = false;
  #resource: aws.s3.BucketNotification | undefined;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  get parts(): readonly NotificationPart[] {
    return this.#parts;
  }

  /** Whether the notifications are created, so that no topic can be added. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  add(part: NotificationPart): aws.s3.BucketNotification {
    this.#parts.push(part);
    this.#resource ??= this.#create(part.aliases);
    return this.#resource;
  }

  /**
   * A child of the bucket and not of a component: what depends on a component waits for the component's children,
   * and a topic that depended on its notification would never be created.
   */
  #create(aliases: pulumi.Alias[]): aws.s3.BucketNotification {
    const { name, label, bucket, overwrites } = this.#owner;
    const complete = this.#allParts();
    const document = pulumi
      .output(complete.then((parts) => parts.map(({ args }) => args)))
      .apply(mergedArgs);
    const found = overwrites ? bucket.id : whenNothingIsLost(label, bucket, document);
    const checked = complete.then((parts) => pulumi.all(parts.map((part) => part.checked)));
    const policies: Promise<pulumi.Input<pulumi.Resource>[]> = complete.then(policiesOf);
    const { topics, queues, lambdaFunctions, eventbridge } = document;
    return new aws.s3.BucketNotification(
      name,
      {
        bucket: pulumi.all([found, checked]).apply(([id]) => id),
        topics,
        queues,
        lambdaFunctions,
        eventbridge,
      },
      {
        parent: bucket,
        aliases,
        dependsOn: policies,
      },
    );
  }

  /** The parts of every topic that the program creates before those of the bucket have their ARNs. */
  async #allParts(): Promise<readonly NotificationPart[]> {
    for (let seen = 0; seen < this.#parts.length; ) {
      seen = this.#parts.length;
      await Promise.all(this.#parts.map(whenCreated));
    }
    this.#isComplete = true;
    return this.#parts;
  }
}

function policiesOf(parts: readonly NotificationPart[]): pulumi.Input<pulumi.Resource>[] {
  return parts.flatMap(({ policies }) => [...policies]);
}

/** Resolves in a preview as well, where the ARN is not known. */
async function whenCreated({ topicArn, policies }: NotificationPart): Promise<void> {
  const outputs = [topicArn, ...policies.map(({ urn }) => urn)];
  await Promise.all(outputs.map((output) => pulumi.isSecret(output)));
  await new Promise((resolve) => setImmediate(resolve));
}
