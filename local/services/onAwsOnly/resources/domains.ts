import { randomUUID } from "node:crypto";
import { formatArn } from "../../../arn.ts";
import {
  anything,
  flag,
  list,
  map,
  number,
  region,
  required,
  requiredReplaces,
  tags,
  text,
} from "../../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../../provider/declaration/resourceType.ts";

const dns = "names lead to the local endpoint on AWS only";
const tls = "the local endpoint serves HTTP";

/** Names of domains and their certificates: accepted, with their effect on AWS only. */
export const domains: readonly ResourceType[] = [
  listedType({
    type: "aws:route53/zone:Zone",
    listed: dns,
    inputs: {
      comment: text({ default: "Managed by Pulumi" }),
      delegationSetId: text(),
      enableAcceleratedRecovery: flag(),
      forceDestroy: flag({ default: false }),
      name: text({ replaces: true }),
      tags,
      vpcs: anything({ computed: true }),
    },
    name: { input: "name", maximum: 255, exact: true },
    computed: ["arn", "nameServers", "primaryNameServer", "zoneId"],
    id: ({ name }) => zoneIdOf(String(name)),
    outputs: (_cloud, id) => ({
      arn: `arn:aws:route53:::hostedzone/${id}`,
      nameServers: [...nameServers],
      primaryNameServer: nameServers[0] ?? "",
      zoneId: id,
    }),
  }),
  listedType({
    type: "aws:route53/record:Record",
    listed: dns,
    inputs: {
      aliases: anything(),
      allowOverwrite: flag({ computed: true }),
      cidrRoutingPolicy: anything(),
      failoverRoutingPolicies: anything(),
      geolocationRoutingPolicies: anything(),
      geoproximityRoutingPolicy: anything(),
      healthCheckId: text(),
      latencyRoutingPolicies: anything(),
      multivalueAnswerRoutingPolicy: flag(),
      name: text(requiredReplaces),
      records: list(text()),
      setIdentifier: text(),
      ttl: number(),
      type: text(required),
      weightedRoutingPolicies: anything(),
      zoneId: text(requiredReplaces),
    },
    computed: ["fqdn"],
    id: ({ zoneId, name, type }) => `${String(zoneId)}_${String(name)}_${String(type)}`,
    outputs: (_cloud, _id, { name }) => ({ fqdn: String(name) }),
  }),
  listedType({
    type: "aws:acm/certificate:Certificate",
    listed: tls,
    inputs: {
      certificateAuthorityArn: text(),
      certificateBody: text(),
      certificateChain: text(),
      domainName: text({ computed: true, replaces: true }),
      earlyRenewalDuration: text(),
      keyAlgorithm: text({ computed: true }),
      options: anything({ computed: true }),
      privateKey: text(),
      region,
      subjectAlternativeNames: list(text(), { computed: true, replaces: true }),
      tags,
      validationMethod: text({ computed: true }),
      validationOptions: list(map(text())),
    },
    computed: ["arn", "domainValidationOptions", "notAfter", "notBefore", "status", "type"],
    id: (_inputs, _making, cloud) => formatArn("acm", cloud.region, `certificate/${randomUUID()}`),
    outputs: (_cloud, arn, { domainName, subjectAlternativeNames }) => ({
      arn,
      domainValidationOptions: [String(domainName ?? ""), ...textsIn(subjectAlternativeNames)].map(
        validationOf,
      ),
      notAfter: "",
      notBefore: "",
      status: "ISSUED",
      type: "AMAZON_ISSUED",
    }),
  }),
  listedType({
    type: "aws:acm/certificateValidation:CertificateValidation",
    listed: tls,
    inputs: {
      certificateArn: text(requiredReplaces),
      region,
      validationRecordFqdns: list(text()),
    },
    id: () => "1970-01-01 00:00:00 +0000 UTC",
  }),
];

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The record by which the owner of a domain shows that it is theirs. */
function validationOf(domainName: string) {
  return {
    domainName,
    resourceRecordName: `_0.${domainName}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: "_0.acm-validations.aws.",
  };
}

const nameServers = [0, 1, 2, 3].map((each) => `ns-${each}.awsdns-local.com`);

/** Always the same for a name, whether the zone is made or looked up. */
export function zoneIdOf(name: string): string {
  const label = name
    .replace(/\.$/, "")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, "");
  return `Z${label}`;
}
