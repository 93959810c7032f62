import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { defaultTimeoutSeconds, type HandlerArgs } from "../handlerArgs.ts";
import { HandlerFunction } from "../handlerFunction.ts";
import type { Statement } from "../policyDocument.ts";
import { publishing } from "../topic/grants.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import { alreadyChecked } from "../validation/checkHandlerFunction.ts";
import { consumerName } from "./names.ts";

/**
 * The function of a consumer: the path of an entry file that exports `handler`, the same with settings, or
 * an existing function.
 */
export type HandlerSpec = string | HandlerArgs | aws.lambda.Function;

/** Lambda's default. */
const awsDefaultTimeoutSeconds = 3;

export type ConsumerFunction = {
  readonly function: aws.lambda.Function;
  /** What invokes the function names it, if there is one. */
  readonly alias?: aws.lambda.Alias | undefined;
  /** Has to exist before AWS uses the role. */
  readonly rolePolicy: aws.iam.RolePolicy;
};

/** Creates the function of a consumer, or adds the statements to the role of an existing one. */
export function createConsumerFunction(
  context: TopicContext,
  consumer: string,
  handler: HandlerSpec,
  needs: readonly pulumi.Output<Statement>[],
  settings: {
    region: pulumi.Input<string> | undefined;
    /** Variables that the consumer adds to the handler's. @default none */
    environment?: Record<string, pulumi.Input<string>>;
    parent: pulumi.Resource;
  },
): ConsumerFunction {
  const name = consumerName(context.name, consumer);
  if (isFunction(handler)) {
    return { function: handler, rolePolicy: grant(name, handler, needs, settings.parent) };
  }
  const given = handlerArgs(handler);
  const args = { ...given, environment: { ...settings.environment, ...given.environment } };
  return new HandlerFunction(
    name,
    alreadyChecked({
      handler: args.publishes ? withTopicArn(args, context) : args,
      statements: args.publishes ? [...needs, ...publishing(context)] : [...needs],
      description: `${consumer} of the topic ${context.name}`,
      region: settings.region,
      tracing: context.tracing,
      tags: context.tags,
      transform: transformsFor(consumer, context),
    }),
    { parent: settings.parent },
  );
}

function withTopicArn(handler: HandlerArgs, { topic }: TopicContext): HandlerArgs {
  return { ...handler, environment: { ...handler.environment, TOPIC_ARN: topic.arn } };
}

function transformsFor(consumer: string, { transform }: TopicContext) {
  return {
    role: (args: aws.iam.RoleArgs) => transform.role?.(args, consumer) ?? args,
    logGroup: (args: aws.cloudwatch.LogGroupArgs) => transform.logGroup?.(args, consumer) ?? args,
    function: (args: aws.lambda.FunctionArgs) => transform.function?.(args, consumer) ?? args,
  };
}

/** The timeout of a consumer's function, in seconds. */
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

/** Adds an inline policy to the role of an existing function. The role's other policies are not changed. */
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
