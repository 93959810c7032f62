import { functionLimits } from "../../aws/limits.ts";
import { environmentRules } from "./environmentRules.ts";
import { handlerCodeRules } from "./handlerCodeRules.ts";
import type { HandlerFacts } from "./handlerFacts.ts";
import { permissionRules } from "./permissionRules.ts";
import { show } from "./problem.ts";
import { known, type Rule, range } from "./rule.ts";

const limits = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** Rules about handlers and their functions. */
export const handlerRules: readonly Rule<HandlerFacts>[] = [
  ...handlerCodeRules,
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
  ...environmentRules,
  ...permissionRules,
];
