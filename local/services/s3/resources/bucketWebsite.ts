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
  parseRoutingRules,
  type RoutingRule,
  type WebsiteSettings,
} from "../website/websiteSettings.ts";
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
    cloud.web.websites.set(given.bucket, settingsOf(given));
    return given.bucket;
  },
  update: ({ web }, bucket, given) => web.websites.set(bucket, settingsOf(given)),
  delete: ({ web }, bucket) => web.websites.set(bucket, undefined),
  outputs: ({ region: own }, bucket) => ({
    websiteDomain: websiteDomain(own),
    websiteEndpoint: `${bucket}.${websiteDomain(own)}`,
  }),
});

function settingsOf(given: Values<typeof inputs>): WebsiteSettings {
  const { redirectAllRequestsTo: redirectAll, routingRuleDetails } = given;
  return {
    indexDocument: given.indexDocument?.suffix,
    errorDocument: given.errorDocument?.key,
    ...(redirectAll !== undefined && { redirectAll }),
    routingRules:
      routingRuleDetails === undefined
        ? (given.routingRules ?? []).map(ruleOf)
        : parseRoutingRules(routingRuleDetails),
  };
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
  { web }: Cloud,
  bucket: string,
  given: Values<{ website: typeof websiteInput }>,
): void {
  const { website } = given;
  if (website === undefined) {
    web.websites.set(bucket, undefined);
    return;
  }
  const { errorDocument, indexDocument, redirectAllRequestsTo: target, routingRules } = website;
  const [, scheme, hostName] = /^(?:(https?):\/\/)?(.+)$/.exec(target ?? "") ?? [];
  web.websites.set(bucket, {
    indexDocument,
    errorDocument,
    ...(hostName !== undefined && { redirectAll: { hostName, protocol: scheme } }),
    routingRules: routingRules === undefined ? [] : parseRoutingRules(routingRules),
  });
}
