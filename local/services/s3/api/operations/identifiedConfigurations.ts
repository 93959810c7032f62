import type {
  IdentifiedConfiguration,
  IdentifiedDocument,
} from "../../configuration/bucketConfiguration.ts";
import { readDocument } from "../../configuration/documentSchema.ts";
import { invalidArgument, S3Error } from "../../s3Error.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import { reading, writing } from "./configurationOperation.ts";

/** GetBucketMetricsConfiguration, ListBucketMetricsConfigurations, ... of a kind that a bucket has several of. */
export function identifiedOperationsOf<T extends IdentifiedDocument>(
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

function noSuchConfiguration(): S3Error {
  return new S3Error("NoSuchConfiguration", "The specified configuration does not exist.", {
    status: 404,
  });
}
