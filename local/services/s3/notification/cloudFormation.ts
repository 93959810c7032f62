import { type NotificationRule, targetOf } from "./rules.ts";

/** The filter of a rule, as CloudFormation has it. */
type Filter = { readonly S3Key: { readonly Rules: readonly { Name: string; Value: string }[] } };

/**
 * The notifications of a bucket as CloudFormation describes them: each rule once for each of its events, without
 * its id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-notificationconfiguration.html
 */
export function notificationConfiguration(rules: readonly NotificationRule[]): object {
  const lists = {
    TopicConfigurations: ofKind(rules, "Topic", "Topic"),
    QueueConfigurations: ofKind(rules, "Queue", "Queue"),
    LambdaConfigurations: ofKind(rules, "CloudFunction", "Function"),
  };
  const isOnBus = rules.some((rule) => "eventBusArn" in rule);
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(isOnBus && { EventBridgeConfiguration: { EventBridgeEnabled: true } }),
  };
}

function ofKind(rules: readonly NotificationRule[], kind: string, field: string): object[] {
  return rules
    .filter((rule) => targetOf(rule).kind === kind)
    .flatMap((rule) =>
      rule.events.map((event) => ({
        Event: event,
        [field]: targetOf(rule).arn,
        ...(filterOf(rule).S3Key.Rules.length > 0 && { Filter: filterOf(rule) }),
      })),
    );
}

function filterOf({ prefix, suffix }: NotificationRule): Filter {
  const values = { prefix, suffix };
  const rules = Object.entries(values).flatMap(([Name, Value]) =>
    Value === undefined ? [] : [{ Name, Value }],
  );
  return { S3Key: { Rules: rules } };
}
