import type { XmlContent } from "../../../../protocol/xml.ts";
import { S3Error } from "../../s3Error.ts";
import type { S3Operation } from "../operation.ts";
import { onBucket } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";

/**
 * Settings of buckets that the API cannot change here: it answers what AWS answers for a new bucket,
 * because tools read them, and rejects every change. A setting of a program that has its effect on AWS
 * only is not seen here.
 */
type Setting = {
  /** The query parameter, for example `cors`. */
  readonly parameter: string;
  /** As in the names of the operations, for example `BucketCors`. */
  readonly name: string;
  /** The action that reads it, without `s3:Get`; that which writes it is the same with `s3:Put`. */
  readonly action: string;
} & (
  | { readonly element: string; readonly content: XmlContent }
  /** A bucket without it answers 404, and deletes it at any time. */
  | { readonly missing: { readonly code: string; readonly message: string } }
);

const settings: readonly Setting[] = [
  {
    parameter: "encryption",
    name: "BucketEncryption",
    action: "EncryptionConfiguration",
    element: "ServerSideEncryptionConfiguration",
    content: {
      Rule: {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
        BucketKeyEnabled: false,
      },
    },
  },
  {
    parameter: "logging",
    name: "BucketLogging",
    action: "BucketLogging",
    element: "BucketLoggingStatus",
    content: {},
  },
  {
    parameter: "accelerate",
    name: "BucketAccelerateConfiguration",
    action: "AccelerateConfiguration",
    element: "AccelerateConfiguration",
    content: {},
  },
  {
    parameter: "requestPayment",
    name: "BucketRequestPayment",
    action: "BucketRequestPayment",
    element: "RequestPaymentConfiguration",
    content: { Payer: "BucketOwner" },
  },
  {
    parameter: "cors",
    name: "BucketCors",
    action: "BucketCORS",
    missing: {
      code: "NoSuchCORSConfiguration",
      message: "The CORS configuration does not exist",
    },
  },
  {
    parameter: "lifecycle",
    name: "BucketLifecycleConfiguration",
    action: "LifecycleConfiguration",
    missing: {
      code: "NoSuchLifecycleConfiguration",
      message: "The lifecycle configuration does not exist",
    },
  },
  {
    parameter: "replication",
    name: "BucketReplication",
    action: "ReplicationConfiguration",
    missing: {
      code: "ReplicationConfigurationNotFoundError",
      message: "The replication configuration was not found",
    },
  },
  {
    parameter: "object-lock",
    name: "ObjectLockConfiguration",
    action: "BucketObjectLockConfiguration",
    missing: {
      code: "ObjectLockConfigurationNotFoundError",
      message: "Object Lock configuration does not exist for this bucket",
    },
  },
];

/** GetBucketCors, DeleteBucketCors, GetBucketEncryption, ... */
export const bucketDefaults: readonly S3Operation[] = settings.flatMap((setting) => {
  const deletable = "missing" in setting && setting.parameter !== "object-lock";
  return deletable ? [getSetting(setting), deleteSetting(setting)] : [getSetting(setting)];
});

function getSetting(setting: Setting): S3Operation {
  const { parameter, name, action } = setting;
  return {
    name: `Get${name}`,
    method: "GET",
    of: "bucket",
    selectedBy: [parameter],
    permissions: (request) => [onBucket(`s3:Get${action}`, request)],
    run({ bucket }) {
      if ("content" in setting) return xmlReply(setting.element, setting.content);
      const { code, message } = setting.missing;
      throw new S3Error(code, message, { status: 404, details: { BucketName: bucket } });
    },
  };
}

function deleteSetting({ parameter, name, action }: Setting): S3Operation {
  return {
    name: `Delete${name}`,
    method: "DELETE",
    of: "bucket",
    selectedBy: [parameter],
    permissions: (request) => [onBucket(`s3:Put${action}`, request)],
    run: () => emptyReply(204),
  };
}
