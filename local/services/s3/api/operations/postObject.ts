import { callerArnOf, type Principal } from "../../../../protocol/access.ts";
import { notSupported } from "../../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../../protocol/call.ts";
import { invalidArgument, preconditionFailed, S3Error } from "../../s3Error.ts";
import type { StoredObject } from "../../storedObject.ts";
import { encryptionHeaders } from "../customerKey.ts";
import { encodedWordOf } from "../metadataText.ts";
import { detailHeaders, detailsIn } from "../objectDetails.ts";
import { checksumHeaders, versionHeader } from "../objectHeaders.ts";
import type { S3Operation } from "../operation.ts";
import { checkedPayload, payloadHeaders } from "../payload.ts";
import { accessDenied, writePermissions } from "../permissions.ts";
import { checkPolicy } from "../postPolicy.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";
import { readTagging } from "../tagging.ts";

/**
 * The upload of a page's form.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export const postObject: S3Operation = {
  name: "PostObject",
  method: "POST",
  of: "bucket",
  // The key is in the form.
  permissions: () => [],
  async run(request, context) {
    const { bucket, call } = request;
    const { buckets, now, decide } = context;
    const form = await readForm(request);
    const principal = signerOf(form.fields, call);
    const callerArn = callerArnOf(principal);
    if (form.fields.policy !== undefined) {
      checkPolicy(form.fields.policy, { ...form, bucket, size: form.bytes.length }, now);
    }
    const key = form.key;
    const headers = headersOf(form.fields);
    const posted = { ...request, key, headers };
    for (const permission of writePermissions(posted)) {
      const decision = decide(permission, principal);
      if (!decision.allowed) throw accessDenied({ callerArn }, permission, decision.reason);
    }
    const { tagging } = form.fields;
    const object = buckets.objects.put(
      {
        bucket,
        key,
        ...checkedPayload(headers, form.bytes),
        ...detailsIn(headers, bucket, context),
        ...(tagging !== undefined && { tags: readTagging(tagging, "object", "ignored") }),
      },
      { ...request.requester, callerArn },
      "ObjectCreated:Post",
    );
    const base = `http://${request.headers.host}${request.call.path.replace(/\/$/, "")}`;
    const location = `${base}/${encodeURIComponent(key)}`;
    return reply(form.fields, object, {
      etag: `"${object.etag}"`,
      location,
      ...encryptionHeaders(object),
      ...checksumHeaders(object),
      ...versionHeader(buckets.get(bucket), object),
    });
  },
};

const signatureFields = {
  version2: ["AWSAccessKeyId", "Signature"],
  version4: ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature"],
} as const;

/**
 * Who has signed the form's policy; the caller if it has none.
 * @throws AwsError AccessDenied, InvalidArgument, InvalidAccessKeyId, SignatureDoesNotMatch
 */
function signerOf(fields: Form["fields"], { principal, signerOfForm }: Call): Principal {
  const { policy } = fields;
  if (policy === undefined) return principal;
  requireSignature(fields);
  return signerOfForm?.(policy, fields) ?? principal;
}

/**
 * A policy is nothing without its signature.
 * @throws S3Error AccessDenied, InvalidArgument
 */
function requireSignature(fields: Form["fields"]): void {
  const isGiven = (name: string) => name.toLowerCase() in fields;
  const wanted = Object.values(signatureFields).find((names) => names.some(isGiven));
  if (wanted === undefined) throw new S3Error("AccessDenied", "Access Denied", { status: 403 });
  const missing = wanted.find((name) => !isGiven(name));
  if (missing !== undefined) throw missingField(missing);
}

function missingField(name: string): S3Error {
  const problem = `Bucket POST must contain a field named '${name}'.`;
  const advice = "If it is specified, please check the order of the fields.";
  return invalidArgument(`${problem}  ${advice}`, name, "");
}

type Form = {
  /** By name in lower case, without the file. */
  readonly fields: Readonly<Record<string, string>>;
  readonly key: string;
  readonly bytes: Buffer;
};

async function readForm({ headers, call }: S3Request): Promise<Form> {
  const type = headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) {
    throw preconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data");
  }
  const data = await parseForm(call.body, type);
  const fields: Record<string, string> = {};
  for (const [name, value] of data) {
    // S3 heeds nothing after the file.
    if (name === "file") break;
    if (typeof value === "string") fields[name.toLowerCase()] = value;
  }
  const file = data.get("file");
  if (file === null) {
    const message = "POST requires exactly one file upload per request.";
    throw invalidArgument(message, "file", "0");
  }
  const { key: name } = fields;
  if (name === undefined) throw missingField("key");
  if (typeof file === "string") return { fields, key: name, bytes: Buffer.from(file) };
  const key = name.replaceAll(/\$\{filename\}/g, () => file.name);
  return { fields, key, bytes: Buffer.from(await file.arrayBuffer()) };
}

async function parseForm(body: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), {
      headers: { "content-type": type },
    }).formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new S3Error(
      "MalformedPOSTRequest",
      "The body of your POST request is not well-formed multipart/form-data.",
    );
  }
}

/** Fields that are no headers of the object. */
const otherFields =
  /^(?:acl|awsaccesskeyid|bucket|key|policy|redirect|signature|success_action_(?:redirect|status)|tagging|submit|x-amz-(?:algorithm|credential|date|security-token|signature))$/;

/** The fields as the headers of PutObject. */
function headersOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  const headers = Object.entries(fields).filter(([name]) => !otherFields.test(name));
  const known = [...detailHeaders, ...payloadHeaders];
  for (const [name, value] of headers) {
    const isMetadata = name.startsWith("x-amz-meta-");
    if (!name.startsWith("x-amz-") || isMetadata || known.includes(name)) continue;
    throw notSupported(`the field "${name}: ${value}" of S3's PostObject`);
  }
  const { acl } = fields;
  return {
    ...Object.fromEntries(headers.map(([name, value]) => [name, asSent(name, value)])),
    ...(acl !== undefined && { "x-amz-acl": acl }),
  };
}

/** Metadata comes in headers as bytes or as encoded words, and in a form as text, which may look like one. */
function asSent(name: string, value: string): string {
  return name.startsWith("x-amz-meta-") ? encodedWordOf(value) : value;
}

function reply(
  fields: Readonly<Record<string, string>>,
  { bucket, key, etag }: StoredObject,
  headers: Readonly<Record<string, string>> & { readonly location: string },
): Reply {
  const target = fields.success_action_redirect ?? fields.redirect;
  if (target !== undefined && URL.canParse(target)) {
    const url = new URL(target);
    url.searchParams.set("bucket", bucket);
    url.searchParams.set("key", key);
    url.searchParams.set("etag", `"${etag}"`);
    return emptyReply(303, { ...headers, location: url.href });
  }
  if (fields.success_action_status === "200") return emptyReply(200, headers);
  if (fields.success_action_status !== "201") return emptyReply(204, headers);
  const result = { Location: headers.location, Bucket: bucket, Key: key, ETag: `"${etag}"` };
  return { ...xmlReply("PostResponse", result, headers), status: 201 };
}
