import { accelerate } from "../../configuration/accelerate.ts";
import type {
  BucketConfiguration,
  ConfigurationHeader,
  IdentifiedConfiguration,
  IdentifiedDocument,
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
import { invalidArgument, S3Error } from "../../s3Error.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onBucket } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";

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

function identifiedOperationsOf<T extends IdentifiedDocument>(
  kind: IdentifiedConfiguration<T>,
): S3Operation[] {
  const { name, root, schema } = kind;
  const one = { selectedBy: [kind.parameter, "id"] };
  return [
    {
      ...reading(kind),
      ...one,
      name: `Get${name}`,
      run({ bucket, query }, { buckets }) {
        const document = buckets.documents.find(bucket, kind, query.get("id") ?? "");
        if (document === undefined) throw noSuchConfiguration();
        return xmlReply(root, document);
      },
    },
    {
      ...reading(kind),
      name: `List${name}s`,
      parameters: ["continuation-token"],
      run({ bucket, query }, { buckets }) {
        const all = buckets.documents.list(bucket, kind);
        const after = tokenOf(query);
        const following = all.filter(({ Id }) => Id > after);
        const page = following.slice(0, pageLength);
        const last = following.length > pageLength ? page.at(-1)?.Id : undefined;
        return xmlReply(kind.listRoot, {
          IsTruncated: last !== undefined,
          ContinuationToken: query.get("continuation-token") ?? undefined,
          NextContinuationToken: last && Buffer.from(last).toString("base64url"),
          [root]: page,
        });
      },
    },
    {
      ...writing(kind),
      ...one,
      name: `Put${name}`,
      method: "PUT",
      headers: payloadHeaders,
      run(request, { buckets }) {
        const text = readPayload(request).bytes.toString("utf8");
        const document = readDocument(text, root, schema);
        const id = request.query.get("id") ?? "";
        kind.check(document, id);
        buckets.documents.set(request.bucket, kind, document, id);
        return emptyReply(204);
      },
    },
    {
      ...writing(kind),
      ...one,
      name: `Delete${name}`,
      method: "DELETE",
      run({ bucket, query }, { buckets }) {
        const id = query.get("id") ?? "";
        if (buckets.documents.find(bucket, kind, id) === undefined) throw noSuchConfiguration();
        buckets.documents.delete(bucket, kind, id);
        return emptyReply(204);
      },
    },
  ];
}

/** The most that S3 lists on a page. */
const pageLength = 100;

/** The id after which a page begins. */
function tokenOf(query: URLSearchParams): string {
  const token = query.get("continuation-token");
  if (token === "") {
    const message = "The continuation token provided is incorrect";
    throw invalidArgument(message, "continuation-token", token);
  }
  return Buffer.from(token ?? "", "base64url").toString("utf8");
}

type Named = { readonly parameter: string; readonly action: string };

function reading({ parameter, action }: Named) {
  return {
    method: "GET",
    of: "bucket",
    selectedBy: [parameter],
    permissions: (request) => [onBucket(`s3:Get${action}`, request)],
  } satisfies Partial<S3Operation>;
}

function writing({ parameter, action }: Named) {
  return {
    of: "bucket",
    selectedBy: [parameter],
    permissions: (request) => [onBucket(`s3:Put${action}`, request)],
  } satisfies Partial<S3Operation>;
}

function noSuchConfiguration(): S3Error {
  return new S3Error("NoSuchConfiguration", "The specified configuration does not exist.", {
    status: 404,
  });
}
