import type * as aws from "@pulumi/aws";
import { reservedLambdaVariables } from "../../aws/lambdaVariables.ts";
import { functionLimits } from "../../aws/limits.ts";
import {
  defaultPythonRuntime,
  type HandlerArgs,
  type ImageArgs,
  isPython,
  sourceMapOption,
} from "../handlerArgs.ts";
import { policyLimits } from "../policyDocument.ts";
import { tooLarge } from "./policySize.ts";
import { show } from "./problem.ts";
import { grouped, known, type Rule, range } from "./rule.ts";

const limits = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html";
const variables = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** Sids of the statements that the component may add to a role's policy. */
const ownSids: readonly string[] = [
  "ConsumeQueue",
  "DecryptMessages",
  "DelayRetries",
  "EncryptDeadLetters",
  "EncryptMessages",
  "KeepFailures",
  "ManageInterfaces",
  "MountFileSystem",
  "Publish",
  "SendDeadLetters",
  "SendTraces",
  "WriteLogs",
];

/** The subject of rules about a handler. */
export type HandlerFacts = {
  /** Undefined for an existing function. */
  readonly handler: Omit<HandlerArgs, "publishes"> | undefined;
  /** Whether the handler's entry file exists. */
  readonly entryFound: boolean;
  /** Variables that the consumer adds to the handler's; values that are not known are as short as they can be. */
  readonly addedVariables: Readonly<Record<string, string>>;
};

/** Rules about handlers and their functions. */
export const handlerRules: readonly Rule<HandlerFacts>[] = [
  {
    about: "handler.entry",
    rule: "an existing TypeScript, JavaScript or Python file: a path relative to the program's folder, an absolute path or a file URL; required without `image`",
    severity: "error",
    source: "The handler is bundled from it.",
    check: ({ handler, entryFound }) => {
      if (handler === undefined) return undefined;
      const { entry, image } = handler;
      if (entry !== undefined) return entryProblem(entry, entryFound);
      return image === undefined ? "handler.entry is missing" : undefined;
    },
  },
  {
    about: "handler.image",
    rule: "an image in ECR, without the fields that are for code: entry, runtime, snapStart, bundle, layers",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html",
    check: ({ handler }) => (handler?.image ? imageProblems(handler, handler.image) : undefined),
  },
  range({
    about: "handler.memoryMb",
    ...functionLimits.memoryMb,
    unit: "MB",
    source: limits,
    value: ({ handler }) => handler?.memoryMb,
  }),
  range({
    about: "handler.timeoutSeconds",
    ...functionLimits.timeoutSeconds,
    unit: "seconds",
    source: limits,
    value: ({ handler }) => handler?.timeoutSeconds,
  }),
  {
    about: "handler.reservedConcurrency",
    rule: "1 or more: 0 stops the function",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html",
    check: ({ handler }) => {
      const given = known(handler?.reservedConcurrency);
      return given !== undefined && given < 1
        ? `handler.reservedConcurrency must be 1 or more: 0 stops the function (given ${given})`
        : undefined;
    },
  },
  {
    about: "handler.logRetentionDays",
    rule: `one of ${logRetentions.join(", ")}`,
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
    check: ({ handler }) => {
      const given = known(handler?.logRetentionDays);
      return given !== undefined && !logRetentions.includes(given)
        ? `handler.logRetentionDays must be one of CloudWatch's values ${logRetentions.join(", ")} (given ${given})`
        : undefined;
    },
  },
  {
    about: "handler.layers",
    rule: "at most 5",
    severity: "error",
    source: limits,
    check: ({ handler }) => {
      const given = handler?.layers?.length ?? 0;
      return given > 5 ? `handler.layers may have at most 5 layers (given ${given})` : undefined;
    },
  },
  {
    about: "handler.vpc",
    rule: "at least one subnet and one security group",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
    check: ({ handler }) => {
      const vpc = handler?.vpc;
      if (vpc === undefined) return undefined;
      return (["subnetIds", "securityGroupIds"] as const)
        .filter((field) => vpc[field].length === 0)
        .map((field) => `handler.vpc.${field} is empty; name at least one`);
    },
  },
  range({
    about: "handler.ephemeralStorageMb",
    ...functionLimits.ephemeralStorageMb,
    unit: "MB",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html",
    value: ({ handler }) => handler?.ephemeralStorageMb,
  }),
  {
    about: "handler.fileSystem",
    rule: "an access point of EFS, mounted below /mnt/, with a vpc in which it can be reached",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html",
    check: ({ handler }) => {
      const fileSystem = handler?.fileSystem;
      if (fileSystem === undefined) return undefined;
      const arn = known(fileSystem.accessPointArn);
      return [
        ...(handler?.vpc === undefined ? ["handler.fileSystem requires handler.vpc"] : []),
        ...(arn === undefined ||
        /^arn:[\w-]+:elasticfilesystem:[\w-]+:\d{12}:access-point\/fsap-\w+$/.test(arn)
          ? []
          : [
              `handler.fileSystem.accessPointArn must be the ARN of an access point (given ${show(arn)})`,
            ]),
        ...(/^\/mnt\/[\w.-]+$/.test(fileSystem.mountPath)
          ? []
          : [
              `handler.fileSystem.mountPath must be /mnt/ and a name (given ${show(fileSystem.mountPath)})`,
            ]),
      ];
    },
  },
  {
    about: "handler.alias",
    rule: "provisionedConcurrency of 1 or more, and not above reservedConcurrency; 1 to 99 percent for the previous version, whose number is not $LATEST",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html",
    check: ({ handler }) => {
      const { provisionedConcurrency, previous } = handler?.alias ?? {};
      const provisioned = known(provisionedConcurrency);
      const reserved = known(handler?.reservedConcurrency);
      const version = known(previous?.version);
      return [
        ...(provisioned !== undefined && provisioned < 1
          ? [`handler.alias.provisionedConcurrency must be 1 or more (given ${provisioned})`]
          : []),
        ...(provisioned !== undefined && reserved !== undefined && provisioned > reserved
          ? [
              `handler.alias.provisionedConcurrency (${provisioned}) is above handler.reservedConcurrency (${reserved})`,
            ]
          : []),
        ...(version !== undefined && !/^[1-9]\d*$/.test(version)
          ? [
              `handler.alias.previous.version must be the number of a version, such as "3" (given ${show(version)})`,
            ]
          : []),
        ...(previous !== undefined && (previous.percent < 1 || previous.percent > 99)
          ? [
              `handler.alias.previous.percent must be 1 to 99 (given ${previous.percent}); remove previous to run the newest version only`,
            ]
          : []),
      ];
    },
  },
  {
    about: "handler.runtime, handler.snapStart, handler.bundle",
    rule: "runtime and snapStart only of handlers in Python, whose bundle has only files; snapStart with an alias on python3.12 or newer, without provisionedConcurrency, fileSystem and ephemeralStorageMb",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html",
    check: ({ handler }) => (handler === undefined ? undefined : pythonProblems(handler)),
  },
  {
    about: "handler.bundle.loaders",
    rule: "by extensions with their dot, such as `.html`",
    severity: "error",
    source: "https://esbuild.github.io/api/#loader",
    check: ({ handler }) =>
      Object.keys(handler?.bundle?.loaders ?? {})
        .filter((extension) => !/^\.[^./\\]+(\.[^./\\]+)*$/.test(extension))
        .map(
          (extension) =>
            `handler.bundle.loaders: ${show(extension)} is not an extension such as ".html"`,
        ),
  },
  {
    about: "handler.environment",
    rule: "names of letters, digits and _ that begin with a letter and are not Lambda's own; 4 KB in all, with the component's own: NODE_OPTIONS, TOPIC_ARN, FANOUT_RETRIES, FANOUT_MAX_RECEIVE_COUNT",
    severity: "error",
    source: variables,
    check: ({ handler, addedVariables }) => handler && environmentProblems(handler, addedVariables),
  },
  {
    about: "handler.permissions",
    rule: "statements of IAM: each with an Action and a Resource, a Sid of letters and digits only",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html",
    check: ({ handler }) => (handler?.permissions ?? []).flatMap(statementProblems),
  },
  {
    about: "handler.permissions",
    rule: `each Sid once, and not one of the component's own: ${ownSids.join(", ")}`,
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
    check: ({ handler }) => repeatedSids(handler?.permissions ?? []),
  },
  {
    about: "handler.permissions",
    rule: "named actions on named resources: no statement that allows `*` or `service:*` on resource `*`",
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    check: ({ handler }) =>
      (handler?.permissions ?? []).flatMap((statement, index) => {
        const actions = texts(statement.Action).filter((action) => /^(\*|[\w-]+:\*)$/.test(action));
        const open =
          statement.Effect !== "Deny" &&
          texts(statement.Resource).includes("*") &&
          statement.Condition === undefined;
        return actions.length > 0 && open
          ? [
              `handler.permissions.${index} allows ${actions.join(", ")} on every resource; name the actions and the resources`,
            ]
          : [];
      }),
  },
  {
    about: "handler.permissions",
    rule: `a role's policy of at most ${grouped(policyLimits.role)} bytes, with the statements that are always there`,
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    check: ({ handler }) => tooLarge("role", handler?.permissions ?? []),
  },
];

function statementProblems(statement: aws.iam.PolicyStatement, index: number): string[] {
  const where = `handler.permissions.${index}`;
  const { Sid: sid } = statement;
  return [
    ...((statement.Action ?? statement.NotAction) === undefined ? [`${where} has no Action`] : []),
    ...((statement.Resource ?? statement.NotResource) === undefined
      ? [`${where} has no Resource`]
      : []),
    ...(typeof sid === "string" && !/^[A-Za-z0-9]*$/.test(sid)
      ? [`${where}.Sid may have only letters and digits (given ${show(sid)})`]
      : []),
  ];
}

function repeatedSids(permissions: readonly aws.iam.PolicyStatement[]): string[] {
  const sids = permissions.map(({ Sid: sid }) => (sid === "" ? undefined : sid));
  return sids.flatMap((sid, index) => {
    if (typeof sid !== "string") return [];
    const where = `handler.permissions.${index}.Sid`;
    if (ownSids.includes(sid)) return [`${where} ${show(sid)} is the component's own; rename it`];
    return sids.indexOf(sid) < index ? [`${where} ${show(sid)} is used twice; rename one`] : [];
  });
}

function pythonProblems(handler: Omit<HandlerArgs, "publishes">): string[] {
  const { entry, runtime, snapStart, bundle = {} } = handler;
  if (handler.image !== undefined) return [];
  if (!isPython(entry)) {
    return Object.entries({ runtime, snapStart })
      .filter(([, value]) => value !== undefined)
      .map(([field]) => `handler.${field} is for handlers in Python; remove it`);
  }
  const ofEsbuild = Object.keys(bundle).filter((field) => field !== "files");
  return [
    ...ofEsbuild.map(
      (field) => `handler.bundle.${field} is for handlers in TypeScript and JavaScript; remove it`,
    ),
    ...(snapStart ? snapStartProblems(handler) : []),
  ];
}

function snapStartProblems({
  runtime = defaultPythonRuntime,
  alias,
  fileSystem,
  ephemeralStorageMb,
}: Omit<HandlerArgs, "publishes">): string[] {
  const excluded = {
    "alias.provisionedConcurrency": alias?.provisionedConcurrency,
    fileSystem,
    ephemeralStorageMb,
  };
  return [
    ...(alias === undefined
      ? ["handler.snapStart requires handler.alias: Lambda makes snapshots of versions"]
      : []),
    ...(["python3.10", "python3.11"].includes(runtime)
      ? [`handler.snapStart requires python3.12 or newer (given ${show(runtime)})`]
      : []),
    ...Object.entries(excluded)
      .filter(([, value]) => value !== undefined)
      .map(([field]) => `handler.snapStart and handler.${field} exclude each other`),
  ];
}

function imageProblems(
  { entry, runtime, snapStart, bundle, layers }: Omit<HandlerArgs, "publishes">,
  { uri }: ImageArgs,
): string[] {
  const given = known(uri);
  const ofCode = Object.entries({ entry, runtime, snapStart, bundle, layers });
  return [
    ...ofCode
      .filter(([, value]) => value !== undefined)
      .map(([field]) => `handler.${field} does not apply to handler.image; remove one of them`),
    ...(given === undefined || ecrImage.test(given)
      ? []
      : [
          `handler.image.uri must be an image in ECR, such as "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail@sha256:...": Lambda runs no other (given ${show(given)})`,
        ]),
  ];
}

/** Of either endpoint, with a tag or a digest or without. */
const ecrImage =
  /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.[a-z0-9.]+\/[a-z0-9._/-]+(:[\w.-]+|@sha256:[0-9a-f]{64})?$/;

function entryProblem(entry: string, found: boolean): string | undefined {
  if (!/\.([cm]?[jt]s|[jt]sx|py)$/.test(entry)) {
    return `handler.entry must be a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file (given ${show(entry)})`;
  }
  if (isPython(entry) && !/(^|[\\/])[A-Za-z_]\w*\.py$/.test(entry)) {
    return `handler.entry: the name of a module in Python has only letters, digits and _ (given ${show(entry)})`;
  }
  return found
    ? undefined
    : `handler.entry: there is no file ${show(entry)} in the project's folder`;
}

function environmentProblems(
  { entry, image, environment = {} }: Pick<HandlerArgs, "entry" | "environment" | "image">,
  addedVariables: Readonly<Record<string, string>>,
): string[] {
  const names = Object.keys(environment);
  const own =
    isPython(entry) || image
      ? addedVariables
      : { NODE_OPTIONS: sourceMapOption, ...addedVariables };
  const added = environmentBytes(own);
  const size = environmentBytes({ ...own, ...environment });
  return [
    ...names
      .filter((name) => !/^[A-Za-z][A-Za-z0-9_]+$/.test(name))
      .map((name) => `handler.environment: ${show(name)} is not a valid name of a variable`),
    ...names
      .filter((name) => reservedLambdaVariables.has(name))
      .map((name) => `handler.environment: ${name} is set by Lambda; choose another name`),
    ...(size > functionLimits.environmentBytes
      ? [
          `handler.environment has ${grouped(size)} bytes, ${grouped(added)} of them in the component's own variables (${Object.keys(own).join(", ")}); Lambda allows ${grouped(functionLimits.environmentBytes)}`,
        ]
      : []),
  ];
}

/** Bytes of names and values; a value that is not known counts for nothing. */
function environmentBytes(variables: Readonly<Record<string, unknown>>): number {
  return Object.entries(variables)
    .map(([name, value]) => name + (typeof value === "string" ? value : ""))
    .reduce((sum, entry) => sum + Buffer.byteLength(entry), 0);
}

/** The strings among a value or a list of values, without Outputs. */
function texts(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === "string");
}
