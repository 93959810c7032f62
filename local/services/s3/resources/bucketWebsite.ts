import type { Cloud } from "../../../cloud.ts";
import { oneOf } from "../../../provider/declaration/checks.ts";
import {
  json,
  list,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import {
  type RoutingRule,
  type Website,
  website as websiteKind,
} from "../configuration/website.ts";
import { parseRoutingRules } from "../website/redirection.ts";
import { websiteDomain } from "../website/websites.ts";

const protocol = text({ check: oneOf("http", "https") });

const inputs = {
  bucket: text(requiredReplaces),
  errorDocument: object({ key: text(required) }),
  expectedBucketOwner: text(replaces),
  indexDocument: object({ suffix: text(required) }),
  redirectAllRequestsTo: object({ hostName: text(required), protocol }),
  region,
  routingRuleDetails: json({ conflicts: ["routingRules"] }),
  routingRules: list(
    object({
      condition: object({ httpErrorCodeReturnedEquals: text(), keyPrefixEquals: text() }),
      redirect: object(
        {
          hostName: text(),
          httpRedirectCode: text(),
          protocol,
          replaceKeyPrefixWith: text(),
          replaceKeyWith: text(),
        },
        required,
      ),
    }),
  ),
};

export const bucketWebsite = resourceType({
  type: [
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
  ],
  inputs,
  computed: ["websiteDomain", "websiteEndpoint"],
  create: (cloud, given) => {
    cloud.buckets.get(given.bucket);
    cloud.buckets.documents.set(given.bucket, websiteKind, documentOf(given));
    return given.bucket;
  },
  update: ({ buckets }, bucket, given) =>
    buckets.documents.set(bucket, websiteKind, documentOf(given)),
  delete: ({ buckets }, bucket) => buckets.documents.delete(bucket, websiteKind),
  outputs: ({ region: own }, bucket) => ({
    websiteDomain: websiteDomain(own),
    websiteEndpoint: `${bucket}.${websiteDomain(own)}`,
  }),
});

function documentOf(given: Values<typeof inputs>): Website {
  const { redirectAllRequestsTo: elsewhere, errorDocument, indexDocument } = given;
  const { routingRuleDetails, routingRules = [] } = given;
  return {
    ...(elsewhere !== undefined && {
      RedirectAllRequestsTo: { HostName: elsewhere.hostName, Protocol: elsewhere.protocol },
    }),
    ...(indexDocument !== undefined && { IndexDocument: { Suffix: indexDocument.suffix } }),
    ...(errorDocument !== undefined && { ErrorDocument: { Key: errorDocument.key } }),
    ...rulesElement(
      routingRuleDetails === undefined
        ? routingRules.map(ruleOf)
        : parseRoutingRules(routingRuleDetails),
    ),
  };
}

function rulesElement(rules: RoutingRule[]): Pick<Website, "RoutingRules"> {
  return rules.length > 0 ? { RoutingRules: { RoutingRule: rules } } : {};
}

type GivenRule = NonNullable<Values<typeof inputs>["routingRules"]>[number];

function ruleOf({ condition, redirect }: GivenRule): RoutingRule {
  return {
    Condition: {
      KeyPrefixEquals: condition?.keyPrefixEquals,
      HttpErrorCodeReturnedEquals: condition?.httpErrorCodeReturnedEquals,
    },
    Redirect: {
      HostName: redirect.hostName,
      HttpRedirectCode: redirect.httpRedirectCode,
      Protocol: redirect.protocol,
      ReplaceKeyPrefixWith: redirect.replaceKeyPrefixWith,
      ReplaceKeyWith: redirect.replaceKeyWith,
    },
  };
}

/** The website among the inputs of a bucket itself. */
export const websiteInput = object(
  {
    errorDocument: text(),
    indexDocument: text(),
    redirectAllRequestsTo: text(),
    routingRules: json(),
  },
  { computed: true },
);

/** Serves a bucket as its own inputs say. */
export function setWebsite(
  { buckets: { documents } }: Cloud,
  bucket: string,
  given: Values<{ website: typeof websiteInput }>,
): void {
  const { website } = given;
  if (website === undefined) {
    documents.delete(bucket, websiteKind);
    return;
  }
  const { errorDocument, indexDocument, redirectAllRequestsTo: target, routingRules } = website;
  const [, Protocol, HostName] = /^(?:(https?):\/\/)?(.+)$/.exec(target ?? "") ?? [];
  documents.set(bucket, websiteKind, {
    ...(HostName !== undefined && { RedirectAllRequestsTo: { HostName, Protocol } }),
    ...(indexDocument !== undefined && { IndexDocument: { Suffix: indexDocument } }),
    ...(errorDocument !== undefined && { ErrorDocument: { Key: errorDocument } }),
    ...rulesElement(routingRules === undefined ? [] : parseRoutingRules(routingRules)),
  });
}
