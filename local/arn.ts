/** The account that everything in the local cloud belongs to. */
export const account = "000000000000";

export type Arn = {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account, for example `function:orders-inventory` or a queue's name. */
  readonly resource: string;
};

export function formatArn(service: string, region: string, resource: string): string {
  const global = ["cloudfront", "iam", "s3"].includes(service);
  return `arn:aws:${service}:${global ? "" : region}:${service === "s3" ? "" : account}:${resource}`;
}

/** The parts of an ARN, or undefined for a text that is none. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...rest] = text.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || !partition || !service || !resource) return undefined;
  return { service, region: region ?? "", account: accountId ?? "", resource };
}
