import type { ListingEntry, ListingRequest } from "../../listing.ts";
import { invalidArgument, S3Error } from "../../s3Error.ts";
import {
  commonPrefixElements,
  listEncoding,
  objectElement,
  objectsOf,
  pageSize,
} from "../lists.ts";
import type { S3Operation } from "../operation.ts";
import { listPermission } from "../permissions.ts";
import { xmlReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2: S3Operation = {
  name: "ListObjectsV2",
  method: "GET",
  of: "bucket",
  selectedBy: ["list-type"],
  parameters: [
    "continuation-token",
    "delimiter",
    "encoding-type",
    "fetch-owner",
    "max-keys",
    "prefix",
    "start-after",
  ],
  permissions: (request) => [listPermission("s3:ListBucket", request)],
  run({ bucket, query }, { buckets }) {
    checkListType(query);
    const encode = listEncoding(query);
    const limit = pageSize(query, "max-keys");
    const prefix = query.get("prefix") ?? "";
    const delimiter = query.get("delimiter") || undefined;
    const page = buckets.objects.list({
      bucket,
      prefix,
      ...(delimiter && { delimiter }),
      ...startOf(query),
      limit,
      versions: false,
    });
    const last = page.entries.at(-1);
    const startAfter = query.has("continuation-token") ? null : query.get("start-after");
    return xmlReply("ListBucketResult", {
      Name: bucket,
      Prefix: encode(prefix),
      ...(startAfter && { StartAfter: encode(startAfter) }),
      ContinuationToken: query.get("continuation-token") ?? undefined,
      NextContinuationToken: page.truncated && last ? tokenAfter(last) : undefined,
      KeyCount: page.entries.length,
      MaxKeys: limit,
      Delimiter: delimiter && encode(delimiter),
      EncodingType: query.get("encoding-type") ?? undefined,
      IsTruncated: page.truncated,
      Contents: objectsOf(page.entries).map((object) =>
        objectElement(object, encode, query.get("fetch-owner") === "true"),
      ),
      CommonPrefixes: commonPrefixElements(page.entries, encode),
    });
  },
};

function checkListType(query: URLSearchParams): void {
  const type = query.get("list-type") ?? "";
  if (type !== "2")
    throw invalidArgument("Invalid List Type specified in Request", "list-type", type);
}

/** A token outweighs `start-after`. */
function startOf(query: URLSearchParams): Pick<ListingRequest, "after"> {
  const token = query.get("continuation-token");
  if (token !== null) return { after: positionIn(token) };
  const startAfter = query.get("start-after");
  return startAfter ? { after: { key: startAfter, sequence: 0 } } : {};
}

function tokenAfter(entry: ListingEntry): string {
  const position = "object" in entry ? { key: entry.object.key } : entry;
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

function positionIn(token: string): NonNullable<ListingRequest["after"]> {
  const wrong = () =>
    new S3Error("InvalidArgument", "The continuation token provided is incorrect", {
      details: { ArgumentName: "continuation-token" },
    });
  const position = parse(Buffer.from(token, "base64url").toString("utf8"), wrong);
  if ("commonPrefix" in position) return { commonPrefix: String(position.commonPrefix) };
  if ("key" in position) return { key: String(position.key), sequence: 0 };
  throw wrong();
}

function parse(text: string, wrong: () => Error): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Not of our making: refused below like any other.
  }
  throw wrong();
}
