import { ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";

export type NetworkFilter = { readonly name: string; readonly values: readonly string[] };

/** Filters of EC2's API by the output that they compare. */
const outputs: Readonly<Record<string, string>> = {
  "availability-zone": "availabilityZone",
  "availability-zone-id": "availabilityZoneId",
  cidr: "cidrBlock",
  "cidr-block": "cidrBlock",
  "default-for-az": "defaultForAz",
  "group-id": "id",
  "group-name": "name",
  "is-default": "default",
  isDefault: "default",
  "map-public-ip-on-launch": "mapPublicIpOnLaunch",
  "owner-id": "ownerId",
  state: "state",
  "subnet-id": "id",
  "vpc-id": "vpcId",
};

/**
 * Whether a VPC, a subnet or a security group passes all filters; `*` and `?` stand for other characters.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
 *
 * @throws ProviderError for a filter that the local cloud does not know
 */
export function matchesFilters(network: PropertyMap, filters: readonly NetworkFilter[]): boolean {
  return filters.every(({ name, values }) => {
    const actual = valuesOf(network, name);
    return actual.some((each) => values.some((value) => patternOf(value).test(each)));
  });
}

function valuesOf(network: PropertyMap, filter: string): string[] {
  const tags = Object.entries(network.tags ?? {});
  if (filter === "tag-key") return tags.map(([key]) => key);
  const [, tag] = /^tag:(.+)$/s.exec(filter) ?? [];
  if (tag !== undefined) {
    return tags.filter(([key]) => key === tag).map(([, value]) => String(value));
  }
  const output = outputs[filter];
  if (output === undefined) {
    throw new ProviderError(
      `the local cloud has no filter "${filter}" for networks: use tag:NAME, tag-key, ${Object.keys(outputs).join(", ")}`,
    );
  }
  // VPCs have themselves as their VPC.
  const value = network[output] ?? (output === "vpcId" ? network.id : undefined);
  return value === undefined ? [] : [String(value)];
}

function patternOf(value: string): RegExp {
  const escaped = value.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
