import { parseArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import { zoneIdOf } from "../../services/onAwsOnly/resources/domains.ts";
import { anything, flag, list, region, required, text } from "../declaration/field.ts";
import { lookup } from "./lookup.ts";

const zones = ["a", "b", "c"];

/** What is the same for every program: who calls, and where. */
export const accountLookups = [
  lookup("aws:index/getCallerIdentity:getCallerIdentity", { id: text() }, () => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:root`,
    userId: account,
  })),

  lookup(
    "aws:index/getRegion:getRegion",
    { id: text(), endpoint: text(), name: text(), region },
    ({ cloud }) => ({
      id: cloud.region,
      description: cloud.region,
      endpoint: `ec2.${cloud.region}.amazonaws.com`,
      name: cloud.region,
      region: cloud.region,
    }),
  ),

  lookup("aws:index/getPartition:getPartition", { id: text() }, () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  })),

  lookup(
    "aws:index/getAvailabilityZones:getAvailabilityZones",
    {
      allAvailabilityZones: flag(),
      excludeNames: list(text()),
      excludeZoneIds: list(text()),
      filters: anything(),
      region,
      state: text(),
    },
    ({ cloud }, { excludeNames = [] }) => {
      const names = zones
        .map((zone) => `${cloud.region}${zone}`)
        .filter((name) => !excludeNames.includes(name));
      return {
        id: cloud.region,
        names,
        zoneIds: names.map((name) => `${cloud.region}-az${zones.indexOf(name.slice(-1)) + 1}`),
        groupNames: [cloud.region],
        region: cloud.region,
      };
    },
  ),

  lookup(
    "aws:route53/getZone:getZone",
    {
      enableAcceleratedRecovery: flag(),
      name: text(),
      privateZone: flag(),
      tags: anything(),
      vpcId: text(),
      zoneId: text(),
    },
    (_context, { name = "", zoneId = zoneIdOf(name), privateZone = false }) => ({
      id: zoneId,
      zoneId,
      name,
      arn: `arn:aws:route53:::hostedzone/${zoneId}`,
      callerReference: "",
      comment: "",
      linkedServiceDescription: "",
      linkedServicePrincipal: "",
      nameServers: [],
      primaryNameServer: "",
      privateZone,
      resourceRecordSetCount: 2,
      tags: {},
    }),
  ),

  lookup("aws:index/getArn:getArn", { arn: text(required), id: text() }, (_context, { arn }) => {
    const parts = parseArn(arn);
    if (parts === undefined) throw new ProviderError(`"${arn}" is not an ARN: arn:aws:...`);
    const [, partition = "aws"] = arn.split(":");
    const { account: owner, region: place, resource, service } = parts;
    return { id: arn, arn, partition, service, region: place, account: owner, resource };
  }),

  lookup("aws:index/getDefaultTags:getDefaultTags", { id: text() }, ({ defaultTags }) => ({
    id: account,
    tags: defaultTags,
  })),
];
