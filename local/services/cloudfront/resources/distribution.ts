import type { Cloud } from "../../../cloud.ts";
import { oneOf, onlyLocally } from "../../../provider/declaration/checks.ts";
import {
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
import type { Behaviour, DistributionDefinition } from "../definition.ts";

/** Policies of AWS's that the local cloud knows. It asks the origin each time, whatever may be cached. */
const cachePolicies = [
  "658327ea-f89d-4fab-a63d-7e88639e58f6", // CachingOptimized
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
];
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

const behaviour = {
  allowedMethods: list(text(), required),
  cachedMethods: list(text(), required),
  cachePolicyId: text({ required: true, check: onlyLocally(...cachePolicies) }),
  compress: listed(flag({ default: false }), "local answers are not compressed"),
  originRequestPolicyId: text({ check: onlyLocally(allViewerExceptHostHeader) }),
  responseHeadersPolicyId: text(),
  targetOriginId: text(required),
  viewerProtocolPolicy: text({
    required: true,
    check: onlyLocally("redirect-to-https", "https-only"),
  }),
};

const origin = object({
  customOriginConfig: object({
    httpPort: number(required),
    httpsPort: number(required),
    originProtocolPolicy: text({ required: true, check: onlyLocally("https-only") }),
    originSslProtocols: list(text(), required),
  }),
  domainName: text(required),
  originAccessControlId: text(),
  originId: text(required),
});

const edge = "the local cloud has no edge locations";

const inputs = {
  comment: text(),
  defaultCacheBehavior: object(behaviour, required),
  defaultRootObject: text(),
  enabled: flag({ required: true, check: onlyLocally(true) }),
  httpVersion: listed(text({ default: "http2" }), "the local endpoint speaks HTTP/1.1"),
  isIpv6Enabled: listed(flag({ default: false }), edge),
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
    { cloudfrontDefaultCertificate: flag({ required: true, check: onlyLocally(true) }) },
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
    arn: `arn:aws:cloudfront::000000000000:distribution/${id}`,
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
      signed: each.originAccessControlId !== undefined,
    })),
    defaultBehaviour: behaviourOf(cloud, given.defaultCacheBehavior),
    behaviours: (given.orderedCacheBehaviors ?? []).map((each) => ({
      ...behaviourOf(cloud, each),
      pathPattern: each.pathPattern,
    })),
  };
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
