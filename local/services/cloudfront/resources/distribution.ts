import { formatArn } from "../../../arn.ts";
import type { Cloud } from "../../../cloud.ts";
import { oneOf, onlyLocally } from "../../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  list,
  listed,
  number,
  object,
  required,
  tags,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { freeId } from "../../../provider/freeId.ts";
import type { Behaviour, DistributionDefinition, OriginDefinition } from "../definition.ts";
import { identityArn } from "./originAccessIdentity.ts";

/** Policies of AWS's that the local cloud knows. It asks the origin each time, whatever may be cached. */
const cachePolicies = [
  "658327ea-f89d-4fab-a63d-7e88639e58f6", // CachingOptimized
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
];
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

const uncached = "nothing is cached locally";

const behaviour = {
  allowedMethods: list(text(), required),
  cachedMethods: list(text(), required),
  cachePolicyId: text({ check: onlyLocally(...cachePolicies) }),
  compress: listed(flag({ default: false }), "local answers are not compressed"),
  defaultTtl: listed(number({ computed: true }), uncached),
  forwardedValues: object({
    cookies: object({ forward: text({ required: true, check: onlyLocally("none") }) }, required),
    headers: list(text({ check: onlyLocally() }), { computed: true }),
    queryString: flag({ required: true, check: onlyLocally(false) }),
  }),
  maxTtl: listed(number({ computed: true }), uncached),
  minTtl: listed(number({ default: 0 }), uncached),
  originRequestPolicyId: text({ check: onlyLocally(allViewerExceptHostHeader) }),
  responseHeadersPolicyId: text(),
  targetOriginId: text(required),
  viewerProtocolPolicy: text({
    required: true,
    check: oneOf("allow-all", "redirect-to-https", "https-only"),
  }),
};

const origin = object({
  customOriginConfig: object({
    httpPort: number(required),
    httpsPort: number(required),
    originProtocolPolicy: text({
      required: true,
      check: oneOf("http-only", "https-only", "match-viewer"),
    }),
    originSslProtocols: list(text(), required),
  }),
  domainName: text(required),
  originAccessControlId: text(),
  originId: text(required),
  s3OriginConfig: object({ originAccessIdentity: text(required) }),
});

const edge = "the local cloud has no edge locations";

const inputs = {
  aliases: listed(list(text()), "other names lead to the local endpoint on AWS only"),
  comment: text(),
  customErrorResponses: list(
    object({
      errorCachingMinTtl: listed(number(), uncached),
      errorCode: number(required),
      responseCode: number(),
      responsePagePath: text(),
    }),
  ),
  defaultCacheBehavior: object(behaviour, required),
  defaultRootObject: text(),
  enabled: flag({ required: true, check: onlyLocally(true) }),
  httpVersion: listed(text({ default: "http2" }), "the local endpoint speaks HTTP/1.1"),
  isIpv6Enabled: listed(flag({ default: false }), edge),
  loggingConfig: listed(anything(), "the access log is written on AWS only"),
  orderedCacheBehaviors: list(object({ ...behaviour, pathPattern: text(required) })),
  origins: list(origin, required),
  priceClass: listed(
    text({
      default: "PriceClass_All",
      check: oneOf("PriceClass_100", "PriceClass_200", "PriceClass_All"),
    }),
    edge,
  ),
  restrictions: object(
    {
      geoRestriction: object(
        { restrictionType: text({ required: true, check: onlyLocally("none") }) },
        required,
      ),
    },
    required,
  ),
  tags,
  viewerCertificate: object(
    {
      acmCertificateArn: listed(text(), "the local endpoint serves HTTP"),
      cloudfrontDefaultCertificate: flag(),
      iamCertificateId: listed(text(), "the local endpoint serves HTTP"),
      minimumProtocolVersion: listed(text({ computed: true }), "the local endpoint serves HTTP"),
      sslSupportMethod: listed(text(), "the local endpoint serves HTTP"),
    },
    required,
  ),
  waitForDeployment: flag({ default: true }),
};

export const distribution = resourceType({
  type: "aws:cloudfront/distribution:Distribution",
  inputs,
  computed: ["arn", "domainName", "etag", "hostedZoneId", "status"],
  transient: true,
  create: (cloud, given, making) => {
    const { distributions } = cloud.web;
    const id = making.id(() => freeId(making.name, (each) => cloud.web.distributions.has(each)));
    distributions.create(definitionOf(cloud, id, given));
    return id;
  },
  update: (cloud, id, given) => {
    cloud.web.distributions.create(definitionOf(cloud, id, given));
  },
  delete: ({ web: { distributions } }, id) => distributions.delete(id),
  outputs: ({ web: { distributions } }, id) => ({
    arn: formatArn("cloudfront", "", `distribution/${id}`),
    domainName: distributions.domains().get(id) ?? "",
    etag: "E1",
    hostedZoneId: "Z2FDTNDATAQYW2",
    status: "Deployed",
  }),
});

function definitionOf(
  cloud: Cloud,
  name: string,
  given: Values<typeof inputs>,
): DistributionDefinition {
  return {
    name,
    defaultRootObject: given.defaultRootObject,
    origins: given.origins.map((each) => ({
      id: each.originId,
      domainName: each.domainName,
      access: accessOf(each),
    })),
    errorResponses: (given.customErrorResponses ?? []).map((each) => ({
      errorCode: each.errorCode,
      responseCode: each.responseCode,
      pagePath: each.responsePagePath,
    })),
    defaultBehaviour: behaviourOf(cloud, given.defaultCacheBehavior),
    behaviours: (given.orderedCacheBehaviors ?? []).map((each) => ({
      ...behaviourOf(cloud, each),
      pathPattern: each.pathPattern,
    })),
  };
}

/** An identity is named by its path: `origin-access-identity/cloudfront/E1`. */
function accessOf({
  originAccessControlId,
  s3OriginConfig,
}: Values<typeof inputs>["origins"][number]): OriginDefinition["access"] {
  if (originAccessControlId !== undefined) return "control";
  const id = s3OriginConfig?.originAccessIdentity.replace(/^.*\//, "");
  return id ? { identityArn: identityArn(id) } : undefined;
}

function behaviourOf(cloud: Cloud, given: Values<typeof behaviour>): Behaviour {
  const { responseHeadersPolicyId: policy } = given;
  return {
    originId: given.targetOriginId,
    allowedMethods: given.allowedMethods,
    headers: policy === undefined ? [] : cloud.web.distributions.headersPolicy(policy),
    forwardsViewer: given.originRequestPolicyId === allViewerExceptHostHeader,
  };
}
