import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaultTimeoutSeconds, HandlerFunction } from "../functions/handlerFunction.ts";
import type { HandlerArgs, HandlerSpec } from "../handlerSpec.ts";
import { consumerName } from "../names.ts";
import type { Statement } from "../policies/document.ts";
import { publishToTopic } from "../policies/functionRolePolicy.ts";
import { encryptMessages } from "../policies/keyPolicy.ts";
import type { TopicContext } from "../topicContext.ts";

/** AWS's own default, which an existing function that names no timeout has. */
const awsDefaultTimeoutSeconds = 3;

export type ConsumerFunction = {
  readonly function: aws.lambda.Function;
  /** What must be in place before AWS lets the function do what the consumer needs. */
  readonly rolePolicy: aws.iam.RolePolicy;
};

/** The function of a consumer: made from its handler, or one that exists, given the rights that it lacks. */
export function createConsumerFunction(
  context: TopicContext,
  consumer: string,
  handler: HandlerSpec,
  needs: readonly pulumi.Output<Statement>[],
  settings: { region: pulumi.Input<string> | undefined; parent: pulumi.Resource },
): ConsumerFunction {
  const name = consumerName(context.name, consumer);
  if (isFunction(handler)) {
    return { function: handler, rolePolicy: grant(name, handler, needs, settings.parent) };
  }
  const args = handlerArgs(handler);
  return new HandlerFunction(
    name,
    {
      handler: args.publishes ? knowingTopic(args, context) : args,
      statements: args.publishes ? [...needs, ...publishing(context)] : [...needs],
      description: `${consumer} of the topic ${context.name}`,
      region: settings.region,
      tracing: context.tracing,
      tags: context.tags,
      transform: transformsFor(consumer, context),
    },
    { parent: settings.parent },
  );
}

/** What publishing to the topic takes. */
export function publishing({
  topic,
  key,
}: Pick<TopicContext, "topic" | "key">): pulumi.Output<Statement>[] {
  const publish = topic.arn.apply(publishToTopic);
  return key === undefined ? [publish] : [publish, key.arn.apply(encryptMessages)];
}

function knowingTopic(handler: HandlerArgs, { topic }: TopicContext): HandlerArgs {
  return { ...handler, environment: { ...handler.environment, TOPIC_ARN: topic.arn } };
}

function transformsFor(consumer: string, { transform }: TopicContext) {
  return {
    role: (args: aws.iam.RoleArgs) => transform.role?.(args, consumer) ?? args,
    logGroup: (args: aws.cloudwatch.LogGroupArgs) => transform.logGroup?.(args, consumer) ?? args,
    function: (args: aws.lambda.FunctionArgs) => transform.function?.(args, consumer) ?? args,
  };
}

/** How long one invocation may take. */
export function functionTimeout(handler: HandlerSpec): pulumi.Input<number> {
  if (isFunction(handler)) {
    return handler.timeout.apply((seconds) => seconds ?? awsDefaultTimeoutSeconds);
  }
  return handlerArgs(handler).timeoutSeconds ?? defaultTimeoutSeconds;
}

export function handlerArgs(handler: string | HandlerArgs): HandlerArgs {
  return typeof handler === "string" ? { entry: handler } : handler;
}

export function isFunction(handler: HandlerSpec): handler is aws.lambda.Function {
  return aws.lambda.Function.isInstance(handler);
}

/** Adds to the role of a function that is not ours; what the role may do already stays as it is. */
function grant(
  name: string,
  target: aws.lambda.Function,
  needs: readonly pulumi.Output<Statement>[],
  parent: pulumi.Resource,
): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(
    name,
    {
      role: target.role.apply((arn) => arn.slice(arn.lastIndexOf("/") + 1)),
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: needs }),
    },
    { parent },
  );
}
