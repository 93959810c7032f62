import { formatArn } from "../../arn.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { anything, flag, list, map, region, required, text } from "../declaration/field.ts";
import { missing } from "./found.ts";
import { type LookupContext, lookup, madeOf } from "./lookup.ts";

const tags = map(text());

/** Log groups and certificates: as programs on this cloud have made them. */
export const madeLookups = [
  lookup(
    "aws:cloudwatch/getLogGroup:getLogGroup",
    { name: text(required), region, tags },
    (context, { name }) => logGroup(context, name),
  ),

  lookup(
    "aws:acm/getCertificate:getCertificate",
    {
      domain: text(),
      keyTypes: anything(),
      mostRecent: flag(),
      region,
      statuses: list(text()),
      tags,
      types: list(text()),
    },
    (context, { domain, mostRecent = false, statuses = ["ISSUED"], types }) => {
      const certificates = madeOf(context, "aws:acm/certificate:Certificate")
        .map(({ outputs }) => outputs)
        .filter(({ domainName }) => domain === undefined || domainName === domain)
        .filter(({ status }) => statuses.includes(String(status)))
        .filter(({ type }) => types === undefined || types.includes(String(type)));
      const latest = certificates.at(-1);
      if (latest === undefined) throw missing(`certificate for ${domain ?? "these arguments"}`);
      if (certificates.length > 1 && !mostRecent) {
        throw new ProviderError(
          `${certificates.length} certificates match ${domain ?? "these arguments"}: set mostRecent, or look for a domain that one has`,
        );
      }
      const { arn = "", domainName = "", status = "", tagsAll = {} } = latest;
      return {
        ...{ id: arn, arn, domain: domainName, status, tags: tagsAll },
        ...{ certificate: "", certificateChain: "", region: context.cloud.region },
      };
    },
  ),
];

/** A function's own log group is there from its first line, on AWS as well. */
function logGroup(context: LookupContext, name: string): PropertyMap {
  const { cloud } = context;
  const made = madeOf(context, "aws:cloudwatch/logGroup:LogGroup").find(({ id }) => id === name);
  const written = cloud.logs.groups().find((each) => each.name === name);
  if (made === undefined && written === undefined) throw missing(`log group ${name}`);
  const { retentionInDays = 0, kmsKeyId = "", logGroupClass, tagsAll = {} } = made?.outputs ?? {};
  return {
    ...{ id: name, name, region: cloud.region, tags: tagsAll },
    arn: formatArn("logs", cloud.region, `log-group:${name}`),
    creationTime: written?.createdAt ?? 0,
    ...{ deletionProtectionEnabled: false, kmsKeyId, retentionInDays },
    logGroupClass: logGroupClass ?? "STANDARD",
  };
}
