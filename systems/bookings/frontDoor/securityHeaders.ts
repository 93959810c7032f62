import type * as aws from "@pulumi/aws";

/** The page may load its own files and call its own origin, and may not be framed. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const twoYears = 2 * 365 * 24 * 60 * 60;

/**
 * Security headers of every response.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export const securityHeaders: aws.cloudfront.ResponseHeadersPolicyArgs = {
  securityHeadersConfig: {
    contentSecurityPolicy: { contentSecurityPolicy, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "no-referrer", override: true },
    strictTransportSecurity: { accessControlMaxAgeSec: twoYears, override: true },
  },
};
