import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Architecture, BundleArgs } from "./functions/bundleArgs.ts";
import type { Statement } from "./policyDocument.ts";

/** A handler, which is bundled by esbuild, or a container image, and the settings of its function. */
export interface HandlerArgs {
  /**
   * The entry file, which exports `handler`: a path relative to the program's folder, such as
   * `handlers/uploads/thumbnail.ts`, an absolute path, or a file URL from `import.meta.resolve`. A module in Python
   * (`handlers/mail.py`) is archived with the modules in its folder and the packages of the `uv.lock`, `pyproject.toml` or
   * `requirements.txt` there.
   * Required without `image`.
   */
  entry?: string;
  /** A container image instead of `entry`; the local run does not run it, and keeps its messages. @default none */
  image?: ImageArgs;
  /** Of a handler in Python: "python3.10" to "python3.14". @default "python3.13" */
  runtime?: PythonRuntime;
  /**
   * Starts the versions of a handler in Python from snapshots; requires `alias`, without provisioned concurrency,
   * and python3.12 or newer. @default false
   */
  snapStart?: boolean;
  /** What the archive holds besides the code that esbuild finds. @default nothing */
  bundle?: BundleArgs;
  /** Processor of the function: "arm64" or "x86_64". @default "arm64" */
  architecture?: Architecture;
  /** ARNs of versions of layers, up to 5. The packages in them belong into `bundle.external`. @default none */
  layers?: pulumi.Input<string>[];
  /** Runs the function in a VPC, with the permissions for its network interfaces. @default none */
  vpc?: VpcArgs;
  /** Mounts a file system; requires `vpc`. @default none */
  fileSystem?: FileSystemArgs;
  /** Size of `/tmp`: 512 to 10,240 MB. @default 512 */
  ephemeralStorageMb?: pulumi.Input<number>;
  /**
   * Publishes a version at each change, to which the alias `live` points: what invokes the function invokes the
   * alias. @default none: the newest code
   */
  alias?: AliasArgs;
  /** Memory, which also determines the share of a processor: 128 to 10,240 MB. @default 256 */
  memoryMb?: pulumi.Input<number>;
  /** Timeout of an invocation: 1 to 900 seconds. @default 30 */
  timeoutSeconds?: pulumi.Input<number>;
  /** Environment variables, up to 4 KB in total. `--enable-source-maps` is added to NODE_OPTIONS. @default none */
  environment?: Record<string, pulumi.Input<string>>;
  /** Statements of the role, in addition to those for the function's logs and its queue. @default none */
  permissions?: aws.iam.PolicyStatement[];
  /**
   * Lets the handler publish to the topic that it consumes from, whose ARN is in TOPIC_ARN. The consumer
   * requires a filter, or it receives its own messages in an endless loop. @default false
   */
  publishes?: boolean;
  /** Reserved concurrency, which is also the maximum: 1 or more. @default none */
  reservedConcurrency?: pulumi.Input<number>;
  /** Retention of the logs, in days: 1, 3, 5, 7, 14, 30 or another value of CloudWatch's. @default 30 */
  logRetentionDays?: pulumi.Input<number>;
}

/**
 * A container image in ECR. Queue consumers return partial batch responses, as `handleBatch` does.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export interface ImageArgs {
  /**
   * In ECR, in the function's region: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail@sha256:...`. Lambda resolves a
   * tag only when the function is deployed: an image that is pushed under the same tag changes nothing.
   */
  uri: pulumi.Input<string>;
  /** Replaces the image's CMD: the handler in most images. @default the image's own */
  command?: pulumi.Input<string>[];
}

/** Where a function's network interfaces are. */
export interface VpcArgs {
  /** At least one. */
  subnetIds: pulumi.Input<string>[];
  /** At least one. */
  securityGroupIds: pulumi.Input<string>[];
}

export type PythonRuntime =
  | "python3.10"
  | "python3.11"
  | "python3.12"
  | "python3.13"
  | "python3.14";

export const defaultPythonRuntime: PythonRuntime = "python3.13";

/** Whether an entry file is a module in Python. */
export function isPython(entry: string | undefined): boolean {
  return entry?.endsWith(".py") ?? false;
}

/** An access point of EFS. */
export interface FileSystemArgs {
  /** ARN of the access point. */
  accessPointArn: pulumi.Input<string>;
  /** A path below `/mnt/`, such as `/mnt/models`. */
  mountPath: string;
}

/** How the alias `live` runs the versions of a function. */
export interface AliasArgs {
  /** Environments that are kept initialized: 1 or more. @default none */
  provisionedConcurrency?: pulumi.Input<number>;
  /**
   * Introduces a version gradually: an earlier version still runs this share of the invocations. To finish,
   * remove it. @default the newest version runs all
   */
  previous?: PreviousVersionArgs;
}

/** The share of an earlier version. */
export interface PreviousVersionArgs {
  /** Its number, such as "3". */
  version: pulumi.Input<string>;
  /** 1 to 99 percent of the invocations. */
  percent: number;
}

export interface HandlerFunctionArgs {
  handler: Omit<HandlerArgs, "publishes">;
  /** Description of the function and its role in AWS. */
  description: string;
  /** Statements of the role, in addition to those for its logs and in `handler.permissions`. @default none */
  statements?: pulumi.Input<Statement>[] | undefined;
  /** @default the provider's */
  region?: pulumi.Input<string> | undefined;
  /** Sends traces to X-Ray. @default false */
  tracing?: boolean;
  /** @default none */
  tags?: Record<string, pulumi.Input<string>> | undefined;
  /** Changes the arguments of a resource before it is created. @default unchanged */
  transform?: {
    role?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
    function?: (args: aws.lambda.FunctionArgs) => aws.lambda.FunctionArgs;
  };
}

export const defaultTimeoutSeconds = 30;

/** Added to a function's NODE_OPTIONS. */
export const sourceMapOption = "--enable-source-maps";
