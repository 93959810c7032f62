import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../aws/arn.ts";
import { isPlainObject } from "../validation/schema.ts";

/** A function that the component does not create, by its ARN. */
export interface ExistingFunctionArgs {
  /**
   * ARN of a function, or of an alias or a version of it, which is then invoked:
   * `arn:aws:lambda:eu-west-1:123456789012:function:charge:live`. The function's current role receives the permissions
   * that the consumer needs.
   */
  functionArn: pulumi.Input<string>;
}

/** A function that the component does not create: the function, or an alias or a version of it. */
export type ExistingFunctionSpec = aws.lambda.Function | aws.lambda.Alias | ExistingFunctionArgs;

export type ExistingFunction = {
  readonly function: aws.lambda.Function;
  /** ARN of what is invoked: the function, or an alias or a version of it. */
  readonly invokedArn: pulumi.Output<string>;
  /** The name of the alias or the number of the version. */
  readonly qualifier: pulumi.Output<string | undefined> | undefined;
};

export function isExistingFunction(handler: unknown): handler is ExistingFunctionSpec {
  return (
    aws.lambda.Function.isInstance(handler) ||
    aws.lambda.Alias.isInstance(handler) ||
    (isPlainObject(handler) && "functionArn" in handler)
  );
}

/**
 * Reads the function whose alias, version or ARN is given.
 *
 * @param name logical name of what is read
 * @throws RunError if the ARN is known and not that of a function
 */
export function existingFunction(
  name: string,
  handler: ExistingFunctionSpec,
  parent: pulumi.Resource,
): ExistingFunction {
  if (aws.lambda.Function.isInstance(handler)) {
    return { function: handler, invokedArn: handler.arn, qualifier: undefined };
  }
  const given = aws.lambda.Alias.isInstance(handler) ? handler.arn : handler.functionArn;
  const parts = (arn: string) => functionParts(arn, name);
  // A name may be known before its function exists, which then cannot be read; its ARN is not.
  const functionName =
    typeof given === "string"
      ? parts(given).name
      : pulumi.output(given).apply((arn) => parts(arn).name);
  return {
    function: aws.lambda.Function.get(`${name}-existing`, functionName, undefined, { parent }),
    invokedArn: pulumi.output(given),
    qualifier: pulumi.output(given).apply((arn) => parts(arn).qualifier),
  };
}

/** Whether a text is the ARN of a function, or of an alias or a version of it. */
export function isFunctionArn(arn: string): boolean {
  const { service, resource = "" } = parseArn(arn) ?? {};
  return service === "lambda" && /^function:[\w-]+(:[\w$-]+)?$/.test(resource);
}

function functionParts(
  arn: string,
  where: string,
): { readonly name: string; readonly qualifier: string | undefined } {
  if (!isFunctionArn(arn)) throw new pulumi.RunError(`${where}: ${functionArnProblem(arn)}`);
  const [, name = "", qualifier] = parseArn(arn)?.resource.split(":") ?? [];
  return { name, qualifier: qualifier === "$LATEST" ? undefined : qualifier };
}

export function functionArnProblem(arn: string): string {
  return `handler.functionArn must be the ARN of a function, or of an alias or a version of it (given "${arn}")`;
}
