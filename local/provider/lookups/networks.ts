import { account, formatArn } from "../../arn.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { flag, list, map, object, region, required, text } from "../declaration/field.ts";
import { missing } from "./found.ts";
import { type LookupContext, lookup, madeOf } from "./lookup.ts";
import { matchesFilters, type NetworkFilter } from "./networkFilter.ts";

const filters = list(object({ name: text(required), values: list(text(), required) }));
const tags = map(text());

/** Networks, of which the local cloud has the descriptions only: the program's, and the account's default VPC. */
export const networkLookups = [
  lookup(
    "aws:ec2/getVpc:getVpc",
    {
      cidrBlock: text(),
      default: flag(),
      dhcpOptionsId: text(),
      filters,
      id: text(),
      region,
      state: text(),
      tags,
    },
    (context, { default: isDefault, ...wanted }) => {
      const all = vpcs(context).filter((vpc) => isDefault !== true || vpc.default === true);
      return only("VPC", all, wanted);
    },
  ),

  lookup("aws:ec2/getVpcs:getVpcs", { filters, region, tags }, (context, wanted) =>
    idsOf(context, vpcs(context), wanted),
  ),

  lookup(
    "aws:ec2/getSubnet:getSubnet",
    {
      ...{ availabilityZone: text(), availabilityZoneId: text(), cidrBlock: text() },
      ...{ defaultForAz: flag(), filters, id: text(), ipv6CidrBlock: text(), region },
      ...{ state: text(), tags, vpcId: text() },
    },
    (context, wanted) => only("subnet", subnets(context), wanted),
  ),

  lookup("aws:ec2/getSubnets:getSubnets", { filters, region, tags }, (context, wanted) =>
    idsOf(context, subnets(context), wanted),
  ),

  lookup(
    "aws:ec2/getSecurityGroup:getSecurityGroup",
    { filters, id: text(), name: text(), region, tags, vpcId: text() },
    (context, wanted) => only("security group", securityGroups(context), wanted),
  ),
];

const defaultVpcId = "vpc-00000000000000000";

function vpcs(context: LookupContext): PropertyMap[] {
  const { region: own } = context.cloud;
  const shared = { default: false, instanceTenancy: "default", state: "available" };
  const main = {
    ...{ id: defaultVpcId, arn: formatArn("ec2", own, `vpc/${defaultVpcId}`), ownerId: account },
    ...{ cidrBlock: "172.31.0.0/16", enableDnsHostnames: true, enableDnsSupport: true, tags: {} },
  };
  const made = described(context, "aws:ec2/vpc:Vpc").map((vpc) => ({ ...shared, ...vpc }));
  return [...made, { ...shared, ...main, default: true }].map((vpc) => ({
    ...vpc,
    region: own,
    cidrBlockAssociations: [],
  }));
}

function subnets(context: LookupContext): PropertyMap[] {
  const { region: own } = context.cloud;
  const shared = { defaultForAz: false, state: "available" };
  const main = ["a", "b", "c"].map((zone, index) => {
    const id = `subnet-0000000000000000${index}`;
    return {
      ...{ id, arn: formatArn("ec2", own, `subnet/${id}`), ownerId: account, tags: {} },
      ...{ vpcId: defaultVpcId, defaultForAz: true, mapPublicIpOnLaunch: true },
      availabilityZone: `${own}${zone}`,
      availabilityZoneId: `${own}-az${index + 1}`,
      cidrBlock: `172.31.${index * 16}.0/20`,
    };
  });
  return [...described(context, "aws:ec2/subnet:Subnet"), ...main].map((subnet) => ({
    ...shared,
    ...subnet,
    region: own,
  }));
}

function securityGroups(context: LookupContext): PropertyMap[] {
  const { region: own } = context.cloud;
  const id = "sg-00000000000000000";
  const main = {
    ...{ id, name: "default", description: "default VPC security group", vpcId: defaultVpcId },
    ...{ arn: formatArn("ec2", own, `security-group/${id}`), tags: {} },
  };
  const made = described(context, "aws:ec2/securityGroup:SecurityGroup");
  return [...made.map((each) => ({ vpcId: defaultVpcId, ...each })), main].map((group) => ({
    ...group,
    region: own,
  }));
}

function described(context: LookupContext, token: string): PropertyMap[] {
  return madeOf(context, token).map(({ id, outputs: { tagsAll = {}, ...outputs } }) => ({
    ...outputs,
    tags: tagsAll,
    id,
  }));
}

type Wanted = {
  readonly filters: readonly NetworkFilter[] | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly [attribute: string]: unknown;
};

/** As AWS's provider, which wants exactly one. */
function only(what: string, all: readonly PropertyMap[], wanted: Wanted): PropertyMap {
  const [first, ...others] = matching(all, wanted);
  if (first === undefined) throw missing(`${what} that matches ${JSON.stringify(wanted)}`);
  if (others.length === 0) return first;
  throw new ProviderError(
    `${others.length + 1} ${what}s match ${JSON.stringify(wanted)}: give an id, or arguments that one of them has`,
  );
}

function idsOf({ cloud }: LookupContext, all: readonly PropertyMap[], wanted: Wanted): PropertyMap {
  const ids = matching(all, wanted).map(({ id }) => id ?? "");
  return { id: cloud.region, ids, region: cloud.region };
}

function matching(all: readonly PropertyMap[], wanted: Wanted): PropertyMap[] {
  const { filters: given = [], tags: ownTags = {}, region: _, ...attributes } = wanted;
  const asFilters = Object.entries(ownTags).map(([name, value]) => ({
    name: `tag:${name}`,
    values: [value],
  }));
  return all
    .filter((each) => matchesFilters(each, [...given, ...asFilters]))
    .filter((each) =>
      Object.entries(attributes).every(
        ([name, value]) => value === undefined || each[name] === value,
      ),
    );
}
