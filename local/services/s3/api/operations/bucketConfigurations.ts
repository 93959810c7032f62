import { accelerate } from "../../configuration/accelerate.ts";
import type {
  BucketConfiguration,
  ConfigurationHeader,
} from "../../configuration/bucketConfiguration.ts";
import { cors } from "../../configuration/cors.ts";
import { type DocumentContent, readDocument } from "../../configuration/documentSchema.ts";
import { encryption } from "../../configuration/encryption.ts";
import {
  analytics,
  intelligentTiering,
  inventory,
  metrics,
} from "../../configuration/identifiedConfigurations.ts";
import { lifecycle } from "../../configuration/lifecycle.ts";
import { logging } from "../../configuration/logging.ts";
import { objectLock } from "../../configuration/objectLock.ts";
import { ownershipControls } from "../../configuration/ownershipControls.ts";
import { publicAccessBlock } from "../../configuration/publicAccessBlock.ts";
import { replication } from "../../configuration/replication.ts";
import { requestPayment } from "../../configuration/requestPayment.ts";
import { website } from "../../configuration/website.ts";
import { S3Error } from "../../s3Error.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import { reading, writing } from "./configurationOperation.ts";
import { identifiedOperationsOf } from "./identifiedConfigurations.ts";

/**
 * GetBucketCors, PutBucketCors, DeleteBucketCors, ... of everything that a bucket is configured with by
 * one document. docs/local-run.md names those that are stored without effect.
 */
export const bucketConfigurations: readonly S3Operation[] = [
  operationsOf(accelerate),
  operationsOf(cors),
  operationsOf(encryption),
  operationsOf(lifecycle),
  operationsOf(logging),
  operationsOf(objectLock),
  operationsOf(ownershipControls),
  operationsOf(publicAccessBlock),
  operationsOf(replication),
  operationsOf(requestPayment),
  operationsOf(website),
  identifiedOperationsOf(analytics),
  identifiedOperationsOf(intelligentTiering),
  identifiedOperationsOf(inventory),
  identifiedOperationsOf(metrics),
].flat();

function operationsOf<T extends DocumentContent>(kind: BucketConfiguration<T>): S3Operation[] {
  const { deletable = true } = kind;
  return [getOperation(kind), putOperation(kind), ...(deletable ? [deleteOperation(kind)] : [])];
}

function getOperation<T extends DocumentContent>(kind: BucketConfiguration<T>): S3Operation {
  return {
    ...reading(kind),
    name: `Get${kind.name}`,
    run({ bucket }, { buckets }) {
      const document = buckets.documents.find(bucket, kind);
      const value = kind.header && buckets.documents.find(bucket, kind.header);
      if (document !== undefined) {
        return xmlReply(kind.root, document, headerOf(kind.header, value));
      }
      if (kind.missing === undefined) return xmlReply(kind.root, {});
      const { code, message } = kind.missing;
      throw new S3Error(code, message, { status: 404, details: { BucketName: bucket } });
    },
  };
}

function putOperation<T extends DocumentContent>(kind: BucketConfiguration<T>): S3Operation {
  return {
    ...writing(kind),
    name: `Put${kind.name}`,
    method: "PUT",
    headers: [...payloadHeaders, ...(kind.header === undefined ? [] : [kind.header.name])],
    run(request, { buckets, region }) {
      const { bucket } = request;
      const text = readPayload(request).bytes.toString("utf8");
      kind.checkBucket?.(buckets.get(bucket));
      const document = readDocument(text, kind.root, kind.schema);
      const find = (name: string) => buckets.find(name);
      kind.check?.(document, { bucket: buckets.get(bucket), region, find });
      const { header } = kind;
      const value = header && (request.headers[header.name] ?? header.standard);
      if (header !== undefined && value !== undefined) {
        header.check(value);
        buckets.documents.set(bucket, header, value);
      }
      buckets.documents.set(bucket, kind, document);
      return emptyReply(200, headerOf(header, value));
    },
  };
}

function headerOf(header: ConfigurationHeader | undefined, value: string | undefined) {
  return header === undefined || value === undefined ? {} : { [header.name]: value };
}

function deleteOperation<T extends DocumentContent>(kind: BucketConfiguration<T>): S3Operation {
  return {
    ...writing(kind),
    name: `Delete${kind.name}`,
    method: "DELETE",
    run({ bucket }, { buckets }) {
      buckets.documents.delete(bucket, kind);
      return emptyReply(204);
    },
  };
}
