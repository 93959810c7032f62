import type * as v from "valibot";
import { S3Error } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { choice, element, flag, one, optional, several, text } from "./documentSchema.ts";

const rule = element({
  ApplyServerSideEncryptionByDefault: optional(
    element({
      SSEAlgorithm: one(choice("AES256", "aws:kms", "aws:kms:dsse")),
      KMSMasterKeyID: optional(text),
    }),
  ),
  BlockedEncryptionTypes: optional(element({ EncryptionType: several(choice("NONE", "SSE-C")) })),
  BucketKeyEnabled: optional(flag),
});

const schema = element({ Rule: several(rule, 1) });

type Encryption = v.InferOutput<typeof schema>;

/** S3 encrypts with its own keys unless told otherwise. */
const standard: Encryption = {
  Rule: [
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
      BucketKeyEnabled: false,
    },
  ],
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const encryption: BucketConfiguration<Encryption> = {
  parameter: "encryption",
  name: "BucketEncryption",
  action: "EncryptionConfiguration",
  root: "ServerSideEncryptionConfiguration",
  schema,
  initial: standard,
  returnsToInitial: true,
  check: ({ Rule: [only] }) => {
    const standard = only?.ApplyServerSideEncryptionByDefault;
    if (standard?.SSEAlgorithm !== "AES256" || standard.KMSMasterKeyID === undefined) return;
    throw new S3Error(
      "InvalidArgument",
      "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
      { details: { ArgumentName: "ApplyServerSideEncryptionByDefault" } },
    );
  },
};
