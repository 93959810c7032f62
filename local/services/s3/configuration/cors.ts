import type * as v from "valibot";
import { invalidRequest } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { any, element, number, optional, several, text } from "./documentSchema.ts";

const rule = element({
  ID: optional(text),
  AllowedHeader: any(text),
  AllowedMethod: several(text),
  AllowedOrigin: several(text),
  ExposeHeader: any(text),
  MaxAgeSeconds: optional(number()),
});

const schema = element({ CORSRule: several(rule, 100) });

export type CorsRule = v.InferOutput<typeof rule>;

const methods = ["GET", "PUT", "HEAD", "POST", "DELETE"];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
export const cors: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "cors",
  name: "BucketCors",
  action: "BucketCORS",
  root: "CORSConfiguration",
  schema,
  missing: {
    code: "NoSuchCORSConfiguration",
    message: "The CORS configuration does not exist",
  },
  check: ({ CORSRule: rules }) => {
    for (const { AllowedMethod, AllowedOrigin, AllowedHeader = [] } of rules) {
      const unknown = AllowedMethod.find((method) => !methods.includes(method));
      if (unknown !== undefined) {
        const problem = "Found unsupported HTTP method in CORS config.";
        throw invalidRequest(`${problem} Unsupported method is ${unknown}`);
      }
      requireOneWildcard("AllowedOrigin", AllowedOrigin);
      requireOneWildcard("AllowedHeader", AllowedHeader);
    }
  },
};

function requireOneWildcard(name: string, patterns: readonly string[]): void {
  const wrong = patterns.find((pattern) => pattern.split("*").length > 2);
  if (wrong === undefined) return;
  throw invalidRequest(`${name} "${wrong}" can not have more than one wildcard.`);
}
