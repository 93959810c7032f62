import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionLimits } from "../../aws/limits.ts";
import { childUrn } from "../childUrn.ts";
import { createFunctionResources } from "../functions/functionResources.ts";
import { defaultTimeoutSeconds, type HandlerArgs } from "../handlerArgs.ts";
import type { Statement } from "../policyDocument.ts";
import { publishing } from "../topic/grants.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import {
  type ExistingFunction,
  type ExistingFunctionSpec,
  existingFunction,
  isExistingFunction,
} from "./existingFunction.ts";
import { consumerName } from "./names.ts";

/**
 * The function of a consumer: the path of an entry file that exports `handler`, the same with settings, or an existing
 * function, alias or version.
 */
export type HandlerSpec = string | HandlerArgs | ExistingFunctionSpec;

export type ConsumerFunction = {
  readonly function: aws.lambda.Function;
  /** Undefined for an existing function, and without `handler.alias`. */
  readonly alias?: aws.lambda.Alias | undefined;
  /** ARN of what is invoked: the function, or an alias or a version of it. */
  readonly invokedArn: pulumi.Output<string>;
  /** The name of the alias or the number of the version. */
  readonly qualifier?: pulumi.Output<string | undefined> | undefined;
  /** Has to exist before AWS uses the role. */
  readonly rolePolicy: aws.iam.RolePolicy;
};

/** The handler of a consumer, with existing functions looked up. */
export type ResolvedHandler = OwnHandler | ({ readonly kind: "existing" } & ExistingFunction);

export type OwnHandler = { readonly kind: "own"; readonly args: HandlerArgs };

/** @param name logical name of the consumer's resources */
export function resolveHandler(
  name: string,
  handler: HandlerSpec,
  parent: pulumi.Resource,
): ResolvedHandler {
  return isExistingFunction(handler)
    ? { kind: "existing", ...existingFunction(name, handler, parent) }
    : { kind: "own", args: handlerArgs(handler) };
}

/** Creates the function of a consumer, or adds the statements to the role of an existing one. */
export function createConsumerFunction(
  context: TopicContext,
  consumer: string,
  handler: ResolvedHandler,
  needs: readonly pulumi.Output<Statement>[],
  settings: {
    region: pulumi.Input<string> | undefined;
    /** Variables that the consumer adds to the handler's. @default none */
    environment?: Record<string, pulumi.Input<string>>;
    parent: pulumi.Resource;
  },
): ConsumerFunction {
  const name = consumerName(context.name, consumer);
  if (handler.kind === "existing") {
    const { function: target, invokedArn } = handler;
    const rolePolicy = grant(name, target, needs, settings.parent);
    return { function: target, invokedArn, rolePolicy };
  }
  const environment = { ...settings.environment, ...handler.args.environment };
  const args = { ...handler.args, environment };
  const created = createFunctionResources(
    name,
    {
      handler: args.publishes ? withTopicArn(args, context) : args,
      statements: args.publishes ? [...needs, ...publishing(context)] : [...needs],
      description: `${consumer} of the topic ${context.name}`,
      region: settings.region,
      tracing: context.tracing,
      tags: context.tags,
      transform: transformsFor(consumer, context),
    },
    { parent: settings.parent, aliases: [ofFormerComponent(name, settings.parent)] },
  );
  const { function: own, alias, rolePolicy } = created;
  return {
    function: own,
    alias,
    invokedArn: (alias ?? own).arn,
    qualifier: alias?.name,
    rolePolicy,
  };
}

/** A stack may still have the resources as children of a component between the consumer and them. */
function ofFormerComponent(name: string, consumer: pulumi.Resource): pulumi.Alias {
  return { parent: childUrn(name, "fanout:index:HandlerFunction", consumer) };
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

/** The timeout of a consumer's function, in seconds; of an existing one's newest code, whatever alias is invoked. */
export function functionTimeout(handler: ResolvedHandler): pulumi.Input<number> {
  if (handler.kind === "own") return handler.args.timeoutSeconds ?? defaultTimeoutSeconds;
  return handler.function.timeout.apply(
    (seconds) => seconds ?? functionLimits.timeoutSeconds.default,
  );
}

export function handlerArgs(handler: string | HandlerArgs): HandlerArgs {
  return typeof handler === "string" ? { entry: handler } : handler;
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
