import { formatArn as format } from "../aws/arn.ts";

/** The account that owns every resource of the local cloud. */
export const account = "000000000000";

const globalServices = ["cloudfront", "iam", "s3"];

/** The ARN of a resource in the local cloud's account. */
export function formatArn(service: string, region: string, resource: string): string {
  return format({
    partition: "aws",
    service,
    region: globalServices.includes(service) ? "" : region,
    account: service === "s3" ? "" : account,
    resource,
  });
}
