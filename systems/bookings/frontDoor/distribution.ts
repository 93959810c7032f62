import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { securityHeaders } from "./securityHeaders.ts";

/**
 * Ids of AWS managed policies.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const managed = {
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  /** The API accepts only its own host name. */
  allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

/** The smallest set of CloudFront that includes POST. */
const everyMethod = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const reading = ["GET", "HEAD"];

export interface Origins {
  bucket: aws.s3.Bucket;
  api: aws.apigatewayv2.Api;
  /** Paths that are forwarded to the API; all others go to the bucket. */
  routes: readonly string[];
}

/** Serves the page from the bucket, and the API, under one domain. TLS only. */
export function createDistribution(
  name: string,
  { bucket, api, routes }: Origins,
  child: pulumi.ResourceOptions,
): aws.cloudfront.Distribution {
  const headers = new aws.cloudfront.ResponseHeadersPolicy(name, securityHeaders, child);
  const shared = {
    viewerProtocolPolicy: "redirect-to-https",
    cachedMethods: reading,
    compress: true,
    responseHeadersPolicyId: headers.id,
  };
  return new aws.cloudfront.Distribution(
    name,
    {
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: "PriceClass_100",
      defaultRootObject: "index.html",
      origins: [siteOrigin(name, bucket, child), apiOrigin(api)],
      defaultCacheBehavior: {
        ...shared,
        targetOriginId: "site",
        allowedMethods: reading,
        cachePolicyId: managed.cachingOptimized,
      },
      orderedCacheBehaviors: pathsOf(routes).map((pathPattern) => ({
        ...shared,
        pathPattern,
        targetOriginId: "api",
        allowedMethods: everyMethod,
        cachePolicyId: managed.cachingDisabled,
        originRequestPolicyId: managed.allViewerExceptHostHeader,
      })),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    },
    child,
  );
}

function siteOrigin(
  name: string,
  bucket: aws.s3.Bucket,
  child: pulumi.ResourceOptions,
): aws.types.input.cloudfront.DistributionOrigin {
  const access = new aws.cloudfront.OriginAccessControl(
    name,
    {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
    child,
  );
  return {
    originId: "site",
    domainName: bucket.bucketRegionalDomainName,
    originAccessControlId: access.id,
  };
}

function apiOrigin(api: aws.apigatewayv2.Api): aws.types.input.cloudfront.DistributionOrigin {
  return {
    originId: "api",
    domainName: api.apiEndpoint.apply((url) => new URL(url).host),
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
    },
  };
}

function pathsOf(routes: readonly string[]): string[] {
  return [...new Set(routes.map((route) => route.slice(route.indexOf("/"))))];
}
