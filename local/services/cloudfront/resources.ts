import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import {
  optionalFlag,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";
import type { Behaviour, ResponseHeader } from "./definition.ts";

/** Policies of AWS's that the local cloud knows. It asks the origin each time, whatever may be cached. */
const cachePolicies = [
  "658327ea-f89d-4fab-a63d-7e88639e58f6", // CachingOptimized
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
];
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

const behaviour = {
  targetOriginId: v.string(),
  allowedMethods: v.array(v.string()),
  cachedMethods: v.array(v.string()),
  compress: optionalFlag,
  viewerProtocolPolicy: v.picklist(["redirect-to-https", "https-only"]),
  cachePolicyId: v.picklist(cachePolicies),
  originRequestPolicyId: v.optional(v.literal(allViewerExceptHostHeader)),
  responseHeadersPolicyId: optionalText,
};

const origin = v.strictObject({
  originId: v.string(),
  domainName: v.string(),
  originAccessControlId: optionalText,
  customOriginConfig: v.optional(
    v.strictObject({
      httpPort: v.number(),
      httpsPort: v.number(),
      originProtocolPolicy: v.literal("https-only"),
      originSslProtocols: v.array(v.string()),
    }),
  ),
});

const override = { override: v.boolean() };

const securityHeaders = v.strictObject({
  contentSecurityPolicy: v.optional(
    v.strictObject({ ...override, contentSecurityPolicy: v.string() }),
  ),
  contentTypeOptions: v.optional(v.strictObject(override)),
  frameOptions: v.optional(v.strictObject({ ...override, frameOption: v.string() })),
  referrerPolicy: v.optional(v.strictObject({ ...override, referrerPolicy: v.string() })),
  strictTransportSecurity: v.optional(
    v.strictObject({ ...override, accessControlMaxAgeSec: v.number() }),
  ),
});

export const cloudfront: Readonly<Record<string, ResourceType>> = {
  "aws:cloudfront/originAccessControl:OriginAccessControl": resourceType(
    {
      name: optionalText,
      description: optionalText,
      originAccessControlOriginType: v.literal("s3"),
      signingBehavior: v.literal("always"),
      signingProtocol: v.literal("sigv4"),
    },
    (_cloud, logicalName) => ({ id: logicalName }),
  ),

  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": resourceType(
    { name: optionalText, comment: optionalText, securityHeadersConfig: securityHeaders },
    (cloud, logicalName, { securityHeadersConfig }) => {
      cloud.web.distributions.setHeadersPolicy(logicalName, headersOf(securityHeadersConfig));
      return { id: logicalName };
    },
  ),

  "aws:cloudfront/distribution:Distribution": resourceType(
    {
      comment: optionalText,
      enabled: v.literal(true),
      isIpv6Enabled: optionalFlag,
      httpVersion: optionalText,
      priceClass: optionalText,
      waitForDeployment: optionalFlag,
      defaultRootObject: optionalText,
      origins: v.array(origin),
      defaultCacheBehavior: v.strictObject(behaviour),
      orderedCacheBehaviors: v.optional(
        v.array(v.strictObject({ ...behaviour, pathPattern: v.string() })),
        [],
      ),
      restrictions: v.strictObject({
        geoRestriction: v.strictObject({ restrictionType: v.literal("none") }),
      }),
      viewerCertificate: v.strictObject({ cloudfrontDefaultCertificate: v.literal(true) }),
      tags,
    },
    (cloud, name, inputs) => {
      const { arn, domainName } = cloud.web.distributions.create({
        name,
        defaultRootObject: inputs.defaultRootObject,
        origins: inputs.origins.map((each) => ({
          id: each.originId,
          domainName: each.domainName,
          signed: each.originAccessControlId !== undefined,
        })),
        defaultBehaviour: behaviourOf(cloud, inputs.defaultCacheBehavior),
        behaviours: inputs.orderedCacheBehaviors.map((each) => ({
          ...behaviourOf(cloud, each),
          pathPattern: each.pathPattern,
        })),
      });
      return { id: name, outputs: { arn, domainName } };
    },
  ),
};

function behaviourOf(
  cloud: Cloud,
  inputs: v.InferOutput<v.StrictObjectSchema<typeof behaviour, undefined>>,
): Behaviour {
  const { responseHeadersPolicyId: policy } = inputs;
  return {
    originId: inputs.targetOriginId,
    allowedMethods: inputs.allowedMethods,
    headers: policy === undefined ? [] : cloud.web.distributions.headersPolicy(policy),
    forwardsViewer: inputs.originRequestPolicyId === allViewerExceptHostHeader,
  };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html */
function headersOf(config: v.InferOutput<typeof securityHeaders>): ResponseHeader[] {
  const { contentSecurityPolicy, contentTypeOptions, frameOptions } = config;
  const { referrerPolicy, strictTransportSecurity: transport } = config;
  return [
    header(
      "content-security-policy",
      contentSecurityPolicy,
      contentSecurityPolicy?.contentSecurityPolicy,
    ),
    header("x-content-type-options", contentTypeOptions, "nosniff"),
    header("x-frame-options", frameOptions, frameOptions?.frameOption),
    header("referrer-policy", referrerPolicy, referrerPolicy?.referrerPolicy),
    header("strict-transport-security", transport, `max-age=${transport?.accessControlMaxAgeSec}`),
  ].flat();
}

function header(
  name: string,
  setting: { readonly override: boolean } | undefined,
  value: string | undefined,
): ResponseHeader[] {
  if (setting === undefined || value === undefined) return [];
  return [{ name, value, override: setting.override }];
}
