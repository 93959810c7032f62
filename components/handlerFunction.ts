import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createFunctionResources, type FunctionResources } from "./functions/functionResources.ts";
import type { HandlerFunctionArgs } from "./handlerArgs.ts";
import { plainEntry, plainInputs } from "./plainInputs.ts";
import { checkHandlerFunction } from "./validation/checkHandlerFunction.ts";

/**
 * A handler's function with its own role and log group, on Node 24 or Python. The consumers of a topic
 * create theirs; this is for a function that something else invokes.
 *
 * @example
 * new HandlerFunction("archiver", {
 *   handler: { entry: "handlers/archive.ts", timeoutSeconds: 60 },
 *   description: "archives the messages of a queue",
 * });
 *
 * @throws RunError if the arguments are invalid, before any resource is created; it lists every problem
 * @throws Error when deployed if the handler does not compile or exports no `handler`
 */
export class HandlerFunction extends pulumi.ComponentResource implements FunctionResources {
  readonly function: aws.lambda.Function;
  readonly role: aws.iam.Role;
  /** Has to exist before Lambda uses the role. */
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Undefined without `handler.alias`. */
  readonly alias: aws.lambda.Alias | undefined;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    checkHandlerFunction(name, args);
    const { entry, image, memoryMb, timeoutSeconds } = args.handler;
    const inputs = { entry: entry && plainEntry(entry), image, memoryMb, timeoutSeconds };
    super("fanout:index:HandlerFunction", name, plainInputs(inputs), opts);
    const created = createFunctionResources(name, args, { parent: this });
    this.function = created.function;
    this.role = created.role;
    this.rolePolicy = created.rolePolicy;
    this.logGroup = created.logGroup;
    this.alias = created.alias;
    this.registerOutputs({ functionName: this.function.name });
  }
}
