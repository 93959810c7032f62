import { type Deployed, records } from "../programs/deployed.ts";
import { ownAccount } from "../programs/mockedResource.ts";
import type { Registration } from "../programs/registration.ts";
import { byRole, byService, type Hop } from "./hop.ts";
import { actions, namesFor } from "./targets.ts";

/** Something that a deployment is to be able to do. */
export type IntendedHop = {
  /** `topic to queue`. */
  readonly what: string;
  /** All that it may come to; at least one of them has to be allowed. */
  readonly anyOf: readonly Hop[];
  /** Whether it may as well be denied: not all who could make use of it do. */
  readonly optional: boolean;
};

/**
 * What the parts of a deployment have to be able to do with each other. It follows from how they are
 * connected, and from nothing that a policy says: policies are what is on trial.
 */
export function intendedHops(
  registrations: readonly Registration[],
  deployed: Deployed,
  objectKeys: readonly string[],
): IntendedHop[] {
  return registrations
    .flatMap((each) => hopsByType[each.type]?.(each, deployed, objectKeys) ?? [])
    .flatMap((hop) => [hop, ...keyUses(hop, deployed)]);
}

type Hops = (
  each: Registration,
  deployed: Deployed,
  objectKeys: readonly string[],
) => IntendedHop[];

const workerType = "aws:lambda/function:Function";

const hopsByType: Readonly<Record<string, Hops>> = {
  "aws:s3/bucketNotification:BucketNotification": ({ inputs }, deployed) => {
    const bucket = deployed.find("aws:s3/bucket:Bucket", inputs.bucket);
    const source = { arn: bucket?.state.arn, account: ownAccount };
    return records(inputs.topics).map(({ topicArn }) =>
      meant("bucket to topic", byService("s3", source, "sns:Publish", topicArn)),
    );
  },
  "aws:sns/topicSubscription:TopicSubscription": (subscription) => [
    ...delivery(subscription),
    ...undelivered(subscription),
  ],
  "aws:sns/topic:Topic": (topic, deployed) => deliveryLogs(topic, deployed),
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ inputs }) =>
    // Any alarm of this account: they are too many to name, and change.
    [inputs.alarmActions ?? []]
      .flat()
      .map((topic) =>
        meant(
          "alarm to topic",
          byService("cloudwatch", { account: ownAccount }, "sns:Publish", topic),
        ),
      ),
  "aws:lambda/eventSourceMapping:EventSourceMapping": ({ inputs }, deployed) => {
    const worker = deployed.find(workerType, inputs.functionName);
    return [
      ...consuming("poller to queue", worker?.inputs.role, inputs.eventSourceArn),
      ...(worker ? retries(worker, deployed) : []),
    ];
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ({ inputs }, deployed) => {
    const role = deployed.find(workerType, inputs.functionName)?.inputs.role;
    return records(inputs.destinationConfig)
      .flatMap(({ onFailure }) => records(onFailure))
      .map(({ destination }) =>
        meant("function to failure queue", byRole(role, "sqs:SendMessage", destination)),
      );
  },
  [workerType]: (worker, deployed, objectKeys) => [
    meant(
      "Lambda to role",
      byService("lambda", { account: ownAccount }, "sts:AssumeRole", worker.inputs.role),
    ),
    ...stores(worker, deployed, objectKeys),
    ...records(worker.inputs.loggingConfig).flatMap(({ logGroup }) => {
      const group = deployed.find("aws:cloudwatch/logGroup:LogGroup", logGroup);
      const stream = `${group?.state.arn}:log-stream:2026`;
      return ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) =>
        meant("function to log group", byRole(worker.inputs.role, action, stream)),
      );
    }),
  ],
  "aws:apigatewayv2/route:Route": ({ inputs }, deployed) => {
    const api = deployed.find("aws:apigatewayv2/api:Api", inputs.apiId);
    const target = String(inputs.target).replace("integrations/", "");
    const integration = deployed.find("aws:apigatewayv2/integration:Integration", target);
    const worker = integration?.inputs.integrationUri;
    const arn = `${api?.state.executionArn}/$default/${String(inputs.routeKey).replace(" ", "")}`;
    return [
      meant("API to function", byService("apigateway", { arn }, "lambda:InvokeFunction", worker)),
    ];
  },
  "aws:cloudfront/distribution:Distribution": ({ inputs, state }, deployed) =>
    records(inputs.origins)
      .flatMap(({ domainName }) =>
        deployed.all.filter((each) => each.state.bucketRegionalDomainName === domainName),
      )
      .map((bucket) => {
        const page = `${bucket.state.arn}/index.html`;
        return meant(
          "distribution to bucket",
          byService("cloudfront", { arn: state.arn }, "s3:GetObject", page),
        );
      }),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ({ inputs }, deployed, objectKeys) =>
    records(inputs.extendedS3Configuration).flatMap(({ roleArn, bucketArn }) => [
      meant("Firehose to role", byService("firehose", {}, "sts:AssumeRole", roleArn)),
      ...deployed.all
        .filter(({ state }) => state.arn === bucketArn)
        .map((bucket) => using("delivery stream", roleArn, bucket, objectKeys)),
    ]),
  "aws:scheduler/schedule:Schedule": ({ inputs }) =>
    records(inputs.target).flatMap(({ arn, roleArn, deadLetterConfig }) => [
      meant(
        "scheduler to role",
        byService("scheduler", { account: ownAccount }, "sts:AssumeRole", roleArn),
      ),
      String(arn).startsWith("arn:aws:sns:")
        ? meant("schedule to topic", byRole(roleArn, "sns:Publish", arn))
        : meant("schedule to function", byRole(roleArn, "lambda:InvokeFunction", arn)),
      ...records(deadLetterConfig).map(({ arn: queue }) =>
        meant("schedule to dead-letter queue", byRole(roleArn, "sqs:SendMessage", queue)),
      ),
    ]),
  "aws:cloudwatch/eventTarget:EventTarget": ({ inputs }, deployed) => {
    const rule = deployed
      .ofType("aws:cloudwatch/eventRule:EventRule")
      .find(({ state }) => state.name === inputs.rule);
    const source = { arn: rule?.state.arn };
    return [
      meant("rule to topic", byService("events", source, "sns:Publish", inputs.arn)),
      ...records(inputs.deadLetterConfig).map(({ arn }) =>
        meant("rule to dead-letter queue", byService("events", source, "sqs:SendMessage", arn)),
      ),
    ];
  },
};

/** SNS to whatever the subscription leads to; an address outside of AWS has no policy. */
function delivery({ inputs }: Registration): IntendedHop[] {
  const { protocol, endpoint, topic, subscriptionRoleArn: role } = inputs;
  const source = { arn: topic };
  switch (protocol) {
    case "sqs":
      return [meant("topic to queue", byService("sns", source, "sqs:SendMessage", endpoint))];
    case "lambda":
      return [
        meant("topic to function", byService("sns", source, "lambda:InvokeFunction", endpoint)),
      ];
    case "firehose":
      return [
        meant("SNS to role", byService("sns", {}, "sts:AssumeRole", role)),
        meant("topic to delivery stream", byRole(role, "firehose:PutRecord", endpoint)),
      ];
    default:
      return [];
  }
}

function undelivered({ inputs }: Registration): IntendedHop[] {
  if (typeof inputs.redrivePolicy !== "string") return [];
  const { deadLetterTargetArn } = JSON.parse(inputs.redrivePolicy);
  const send = byService("sns", { arn: inputs.topic }, "sqs:SendMessage", deadLetterTargetArn);
  return [meant("subscription to dead-letter queue", send)];
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html */
function deliveryLogs({ inputs, id }: Registration, deployed: Deployed): IntendedHop[] {
  const roles = Object.keys(inputs)
    .filter((name) => name.endsWith("FeedbackRoleArn"))
    .map((name) => inputs[name]);
  const groups = deployed
    .ofType("aws:cloudwatch/logGroup:LogGroup")
    .filter((group) => new RegExp(`^sns/.*/${id}(/Failure)?$`).test(group.id));
  return [...new Set(roles)].flatMap((role) => [
    meant("SNS to logging role", byService("sns", {}, "sts:AssumeRole", role)),
    ...groups.flatMap(({ state: { arn } }) => [
      meant("SNS to log group", byRole(role, "logs:PutLogEvents", `${arn}:log-stream:2026`)),
      {
        ...meant("SNS to log group", byRole(role, "logs:PutRetentionPolicy", arn)),
        optional: true,
      },
    ]),
  ]);
}

/** A function uses what its environment names, and the bucket whose events it gets. */
function stores(
  worker: Registration,
  deployed: Deployed,
  objectKeys: readonly string[],
): IntendedHop[] {
  const { role } = worker.inputs;
  return [
    ...deployed
      .namedBy(worker)
      .flatMap((store) =>
        store.type === "aws:sqs/queue:Queue"
          ? pulling(role, store.state.arn)
          : [using("function", role, store, objectKeys)],
      ),
    ...deployed
      .sourcesOf(worker)
      .map((bucket) => ({ ...using("function", role, bucket, objectKeys), optional: true })),
  ];
}

function using(
  who: string,
  role: unknown,
  store: Registration,
  objectKeys: readonly string[],
): IntendedHop {
  const anyOf = (actions[store.type]?.use ?? []).flatMap((action) =>
    namesFor(store, action, objectKeys).map((name) => byRole(role, action, name)),
  );
  return {
    what: `${who} to ${store.type.split(":").at(-1)?.toLowerCase()}`,
    anyOf,
    optional: false,
  };
}

function pulling(role: unknown, queueArn: unknown): IntendedHop[] {
  const longer = byRole(role, "sqs:ChangeMessageVisibility", queueArn);
  const what = "puller to queue";
  return [...consuming(what, role, queueArn), { ...meant(what, longer), optional: true }];
}

function consuming(what: string, role: unknown, queueArn: unknown): IntendedHop[] {
  return ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map((action) =>
    meant(what, byRole(role, action, queueArn)),
  );
}

/** A handler delays what failed, and sets aside what will always fail, in the queues that its settings name. */
function retries({ inputs }: Registration, deployed: Deployed): IntendedHop[] {
  const [variables = {}] = records(inputs.environment).flatMap((each) => records(each.variables));
  const { FANOUT_RETRIES: text = "{}" } = variables;
  const { queueUrl, deadLetterQueueUrl } = JSON.parse(String(text));
  const queueAt = (url: unknown) =>
    deployed.ofType("aws:sqs/queue:Queue").filter(({ state }) => state.url === url);
  const { role } = inputs;
  return [
    ...queueAt(queueUrl).map(({ state }) =>
      meant("function to queue", byRole(role, "sqs:ChangeMessageVisibility", state.arn)),
    ),
    ...queueAt(deadLetterQueueUrl).map(({ state }) =>
      meant("function to dead-letter queue", byRole(role, "sqs:SendMessage", state.arn)),
    ),
  ];
}

/** Who sends to or reads from what is encrypted also uses its key. */
function keyUses({ what, anyOf }: IntendedHop, deployed: Deployed): IntendedHop[] {
  return anyOf.flatMap((hop) => {
    const key = deployed.keyOf(hop.resource);
    if (key === undefined) return [];
    return (withKey[hop.action] ?? []).map((action) =>
      meant(`${what}'s key`, {
        ...hop,
        action,
        resource: key,
        context: { ...hop.context, ...encryptionContext(hop.resource) },
      }),
    );
  });
}

/** What SNS and SQS tell the key that the message is for. */
function encryptionContext(arn: string): Readonly<Record<string, string>> {
  const name = arn.startsWith("arn:aws:sns:") ? "aws:sns:topicArn" : "aws:sqs:arn";
  return { [`kms:EncryptionContext:${name}`]: arn };
}

const withKey: Readonly<Record<string, readonly string[]>> = {
  "sns:Publish": ["kms:GenerateDataKey", "kms:Decrypt"],
  "sqs:SendMessage": ["kms:GenerateDataKey", "kms:Decrypt"],
  "sqs:ReceiveMessage": ["kms:Decrypt"],
};

function meant(what: string, hop: Hop): IntendedHop {
  return { what, anyOf: [hop], optional: false };
}
