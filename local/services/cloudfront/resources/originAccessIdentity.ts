import { formatArn } from "../../../arn.ts";
import { text } from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";

/** Whom the policies of buckets let in; a distribution names the one as which it reads. */
export const originAccessIdentity = resourceType({
  type: "aws:cloudfront/originAccessIdentity:OriginAccessIdentity",
  inputs: { comment: text() },
  computed: [
    "arn",
    "callerReference",
    "cloudfrontAccessIdentityPath",
    "etag",
    "iamArn",
    "s3CanonicalUserId",
  ],
  transient: true,
  create: (_cloud, _inputs, making) =>
    making.id(() => `E${making.name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "")}`),
  update: () => {},
  delete: () => {},
  outputs: (_cloud, id) => ({
    arn: formatArn("cloudfront", "", `origin-access-identity/${id}`),
    callerReference: id,
    cloudfrontAccessIdentityPath: `origin-access-identity/cloudfront/${id}`,
    etag: "E1",
    iamArn: identityArn(id),
    s3CanonicalUserId: "",
  }),
});

export function identityArn(id: string): string {
  return `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`;
}
