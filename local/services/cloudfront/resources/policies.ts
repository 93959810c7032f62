import { formatArn } from "../../../arn.ts";
import { onlyLocally } from "../../../provider/declaration/checks.ts";
import {
  flag,
  number,
  object,
  required,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { freeId } from "../../../provider/freeId.ts";
import type { ResponseHeader } from "../definition.ts";

/** A distribution asks which of its origins have one; there is nothing else to it. */
export const originAccessControl = resourceType({
  type: "aws:cloudfront/originAccessControl:OriginAccessControl",
  inputs: {
    description: text({ default: "Managed by Pulumi" }),
    name: text({ replaces: true }),
    originAccessControlOriginType: text({ required: true, check: onlyLocally("s3") }),
    signingBehavior: text({ required: true, check: onlyLocally("always") }),
    signingProtocol: text({ required: true, check: onlyLocally("sigv4") }),
  },
  name: { input: "name", maximum: 64 },
  computed: ["arn", "etag"],
  transient: true,
  create: (_cloud, _inputs, making) => making.id(() => making.name),
  update: () => {},
  delete: () => {},
  outputs: (_cloud, id) => ({
    arn: formatArn("cloudfront", "", `origin-access-control/${id}`),
    etag: "E1",
  }),
});

const override = { override: flag(required) };

const securityHeadersConfig = object(
  {
    contentSecurityPolicy: object({ ...override, contentSecurityPolicy: text(required) }),
    contentTypeOptions: object(override),
    frameOptions: object({ ...override, frameOption: text(required) }),
    referrerPolicy: object({ ...override, referrerPolicy: text(required) }),
    strictTransportSecurity: object({ ...override, accessControlMaxAgeSec: number(required) }),
  },
  required,
);

const inputs = { comment: text(), name: text({ replaces: true }), securityHeadersConfig };

export const responseHeadersPolicy = resourceType({
  type: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
  inputs,
  name: { input: "name", maximum: 128 },
  computed: ["arn", "etag"],
  transient: true,
  create: ({ web: { distributions } }, given, making) => {
    const id = making.id(() => freeId(making.name, (each) => distributions.hasHeadersPolicy(each)));
    distributions.setHeadersPolicy(id, headersOf(given.securityHeadersConfig));
    return id;
  },
  update: ({ web: { distributions } }, id, given) =>
    distributions.setHeadersPolicy(id, headersOf(given.securityHeadersConfig)),
  delete: ({ web: { distributions } }, id) => distributions.removeHeadersPolicy(id),
  outputs: (_cloud, id) => ({
    arn: formatArn("cloudfront", "", `response-headers-policy/${id}`),
    etag: "E1",
  }),
});

type SecurityHeaders = Values<typeof inputs>["securityHeadersConfig"];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html */
function headersOf(config: SecurityHeaders): ResponseHeader[] {
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
