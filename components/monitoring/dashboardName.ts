import * as pulumi from "@pulumi/pulumi";
import { uniqueSuffix } from "../consumers/names.ts";

/** CloudWatch's 255 characters, without the suffix. */
const longestName = 247;

/**
 * The name of a topic's dashboard, which is unique in an account: `orders-prod-1a2b3c4`. A stack's name may have
 * characters that CloudWatch does not accept.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
export function dashboardName(topic: string, component: pulumi.Resource): pulumi.Output<string> {
  const name = `${topic}-${pulumi.getStack()}`.replaceAll(/[^A-Za-z0-9_-]/g, "-");
  return uniqueSuffix(component).apply((suffix) => name.slice(0, longestName) + suffix);
}
