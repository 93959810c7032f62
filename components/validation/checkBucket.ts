import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tagAlphabet } from "../../aws/tags.ts";
import type { ExistingBucketArgs, PrivateBucketArgs, UploadBucketArgs } from "../bucketArgs.ts";
import { formProblem } from "./addresses.ts";
import { containsOutput } from "./outputs.ts";
import { type Problem, show } from "./problem.ts";
import { checkedPart, error, report, reportNew, violations } from "./report.ts";
import { known, type Rule } from "./rule.ts";
import {
  boolean,
  type FieldSchemas,
  input,
  integer,
  isPlainObject,
  listOf,
  recordOf,
  strictObject,
  text,
} from "./schema.ts";
import { tagProblems } from "./tagRules.ts";

type CorsRule = aws.types.input.s3.BucketCorsConfigurationCorsRule;

const corsRule = strictObject(
  {
    allowedHeaders: input(listOf(input(text))),
    allowedMethods: input(listOf(input(text))),
    allowedOrigins: input(listOf(input(text))),
    exposeHeaders: input(listOf(input(text))),
    id: input(text),
    maxAgeSeconds: input(integer),
  } satisfies FieldSchemas<CorsRule>,
  ["allowedMethods", "allowedOrigins"],
);

const newBucket = strictObject({
  versioned: boolean,
  forceDestroy: input(boolean),
  appendOnly: boolean,
  expireDays: integer,
  distributionArn: input(text),
  cors: listOf(corsRule),
  tags: recordOf(input(text)),
} satisfies FieldSchemas<PrivateBucketArgs>);

const existingBucket = strictObject(
  {
    existingBucketName: input(text),
    ownsNotifications: boolean,
  } satisfies FieldSchemas<ExistingBucketArgs>,
  ["existingBucketName"],
);

/** The subject of rules about a bucket. */
export type BucketFacts = {
  readonly name: string;
  readonly args: PrivateBucketArgs & Partial<ExistingBucketArgs>;
};

const bucketNames = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html";
const cors = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html";

const reservedPrefixes: readonly string[] = ["xn--", "sthree-", "amzn-s3-demo-"];

const corsMethods: readonly string[] = ["GET", "PUT", "POST", "DELETE", "HEAD"];

/** Rules about an UploadBucket or a PrivateBucket. */
export const bucketRules: readonly Rule<BucketFacts>[] = [
  {
    about: "name",
    rule: "of a new bucket: letters, digits and -, 55 at the most, because Pulumi adds 8 to S3's 63",
    severity: "error",
    source: bucketNames,
    check: ({ name, args }) =>
      args.existingBucketName !== undefined || /^[A-Za-z0-9][A-Za-z0-9-]{0,54}$/.test(name)
        ? undefined
        : "a bucket's name may have only letters, digits and -, 55 at the most, because Pulumi adds 8 to S3's 63",
  },
  {
    about: "name",
    rule: `of a new bucket: does not begin with ${reservedPrefixes.join(", ")}`,
    severity: "error",
    source: bucketNames,
    check: ({ name, args }) => {
      const reserved = reservedPrefixes.find((prefix) => name.toLowerCase().startsWith(prefix));
      return args.existingBucketName === undefined && reserved !== undefined
        ? `the name of a bucket may not begin with ${reserved}, which S3 reserves (given ${show(name)})`
        : undefined;
    },
  },
  {
    about: "existingBucketName",
    rule: "the name of a bucket, not its ARN",
    severity: "error",
    source: bucketNames,
    check: ({ args }) =>
      formProblem(
        "existingBucketName",
        {
          what: "the name of a bucket, 3 to 63 of a-z, 0-9, . and -",
          pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        },
        args.existingBucketName,
      ),
  },
  {
    about: "expireDays",
    rule: "1 to 2,147,483,647",
    severity: "error",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html",
    check: ({ args: { expireDays } }) =>
      expireDays !== undefined && (expireDays < 1 || expireDays > 2_147_483_647)
        ? `expireDays must be 1 to 2,147,483,647 (given ${expireDays})`
        : undefined,
  },
  {
    about: "cors",
    rule: `at most 100 rules, each with origins and methods: ${corsMethods.join(", ")}`,
    severity: "error",
    source: cors,
    check: ({ args }) => corsProblems(args.cors ?? []),
  },
  {
    about: "tags",
    rule: `at most 50, with keys and values of ${tagAlphabet}`,
    severity: "error",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html",
    check: ({ args }) => tagProblems(args.tags ?? {}),
  },
];

function corsProblems(rules: readonly CorsRule[]): string[] {
  const wrong = rules.flatMap(({ allowedMethods, allowedOrigins }, index) => [
    ...(known(allowedMethods) ?? [])
      .map(known)
      .filter((method) => method !== undefined && !corsMethods.includes(method))
      .map(
        (method) =>
          `cors.${index}.allowedMethods: S3 has no ${show(method)}; it has ${corsMethods.join(", ")}`,
      ),
    ...(known(allowedOrigins) ?? [])
      .map(known)
      .filter((origin) => origin !== undefined && origin.split("*").length > 2)
      .map(
        (origin) =>
          `cors.${index}.allowedOrigins: at most one * in an origin (given ${show(origin)})`,
      ),
  ]);
  return rules.length > 100 ? [`cors: at most 100 rules (given ${rules.length})`, ...wrong] : wrong;
}

/**
 * Checks the arguments of a bucket before any resource is created. Outputs are checked when their values are
 * known.
 *
 * @throws RunError with a line for each problem
 */
export function checkBucket(
  type: "UploadBucket" | "PrivateBucket",
  name: string,
  args: UploadBucketArgs,
): void {
  const component = `${type} "${name}"`;
  const problems = bucketProblems(name, args);
  report(component, problems);
  pulumi.output(args).apply((resolved) => {
    reportNew(component, bucketProblems(name, resolved), problems);
  });
}

function bucketProblems(name: string, args: UploadBucketArgs): readonly Problem[] {
  if (containsOutput(name)) {
    return [error("", "the name contains an Output as text, which is not its value")];
  }
  const adopts = isPlainObject(args) && "existingBucketName" in args;
  return checkedPart("", adopts ? existingBucket : newBucket, args, () =>
    violations(bucketRules, "", { name, args }),
  ).problems;
}
