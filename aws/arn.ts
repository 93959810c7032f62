/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export type Arn = {
  /** `aws`, `aws-cn`, `aws-us-gov` or another one of `partitions`. */
  readonly partition: string;
  readonly service: string;
  /** Empty for global services and for S3. */
  readonly region: string;
  /** Empty for S3. */
  readonly account: string;
  /** Everything after the account, for example `function:orders-inventory` or a queue's name. */
  readonly resource: string;
};

/** The parts of an ARN, or undefined for a text that is not one. */
export function parseArn(text: string): Arn | undefined {
  const { partition, service, resource, ...place } = arnParts(text);
  if (!text.startsWith("arn:") || !partition || !service || !resource) return undefined;
  return { partition, service, resource, ...place };
}

/** The service of an ARN, or undefined for a text that is not one. It costs a fraction of `parseArn`. */
export function serviceOfArn(text: string): string | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const start = text.indexOf(":", 4) + 1;
  const end = text.indexOf(":", start);
  return start > 0 && end > start ? text.slice(start, end) : undefined;
}

/**
 * The parts of an ARN that is known to be one; parts that are missing are empty. All are missing in unit tests
 * whose mocks return a resource without an ARN, as those of Pulumi's documentation do.
 * https://www.pulumi.com/docs/iac/guides/testing/unit/
 */
export function arnParts(arn: string | undefined): Arn {
  const [, partition = "", service = "", region = "", account = "", ...rest] = (arn ?? "").split(
    ":",
  );
  return { partition, service, region, account, resource: rest.join(":") };
}

export function formatArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** The principal that stands for a whole account in a policy. */
export function accountRootArn(account: string, partition = "aws"): string {
  return formatArn({ partition, service: "iam", region: "", account, resource: "root" });
}
