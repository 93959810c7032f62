import type * as v from "valibot";
import { invalidArgument, invalidRequest } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { element, one, optional, several, text } from "./documentSchema.ts";

const routingRule = element({
  Condition: optional(
    element({
      HttpErrorCodeReturnedEquals: optional(text),
      KeyPrefixEquals: optional(text),
    }),
  ),
  Redirect: one(
    element({
      HostName: optional(text),
      HttpRedirectCode: optional(text),
      Protocol: optional(text),
      ReplaceKeyPrefixWith: optional(text),
      ReplaceKeyWith: optional(text),
    }),
  ),
});

const schema = element({
  RedirectAllRequestsTo: optional(element({ HostName: one(text), Protocol: optional(text) })),
  IndexDocument: optional(element({ Suffix: one(text) })),
  ErrorDocument: optional(element({ Key: one(text) })),
  RoutingRules: optional(element({ RoutingRule: several(routingRule, 50) })),
});

/** How a bucket is served as a website. */
export type Website = v.InferOutput<typeof schema>;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RoutingRule.html */
export type RoutingRule = v.InferOutput<typeof routingRule>;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
export const website: BucketConfiguration<Website> = {
  parameter: "website",
  name: "BucketWebsite",
  action: "BucketWebsite",
  root: "WebsiteConfiguration",
  schema,
  missing: {
    code: "NoSuchWebsiteConfiguration",
    message: "The specified bucket does not have a website configuration",
  },
  check: (document) => {
    checkDocuments(document);
    checkProtocol(document.RedirectAllRequestsTo?.Protocol);
    for (const rule of document.RoutingRules?.RoutingRule ?? []) checkRoutingRule(rule);
  },
};

function checkDocuments({ RedirectAllRequestsTo: redirect, ...others }: Website): void {
  if (redirect !== undefined && Object.keys(others).length > 0) {
    const message =
      "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.";
    throw invalidArgument(message, "RedirectAllRequestsTo", "not null");
  }
  if (redirect !== undefined) return;
  const suffix = others.IndexDocument?.Suffix;
  if (suffix === undefined) {
    const message =
      "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty";
    throw invalidArgument(message, "IndexDocument", "null");
  }
  if (suffix === "" || suffix.includes("/")) {
    throw invalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", suffix);
  }
}

function checkRoutingRule({ Condition, Redirect }: RoutingRule): void {
  checkProtocol(Redirect.Protocol);
  if (Redirect.ReplaceKeyPrefixWith !== undefined && Redirect.ReplaceKeyWith !== undefined) {
    throw invalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
  }
  if (Condition !== undefined && Object.keys(Condition).length === 0) {
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    );
  }
}

function checkProtocol(protocol: string | undefined): void {
  if (protocol === undefined || protocol === "http" || protocol === "https") return;
  throw invalidRequest(
    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
  );
}
