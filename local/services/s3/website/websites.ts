import type { Principal } from "../../../protocol/access.ts";
import type { Reply } from "../../../protocol/call.ts";
import { decodedPath, type WebReply, type WebRequest } from "../../../protocol/webMessage.ts";
import { redirectHeader } from "../api/objectHeaders.ts";
import type { BucketDocuments } from "../configuration/bucketDocuments.ts";
import { type Website, website } from "../configuration/website.ts";
import type { ObjectOrigin, WebsiteOrigin } from "../interface.ts";
import { redirectOf } from "./redirection.ts";

export type WebsitesOptions = {
  readonly documents: BucketDocuments;
  readonly objects: ObjectOrigin;
  readonly region: string;
};

/** Visitors do not sign their requests: the bucket's policy decides what they may read. */
const visitor: Principal = { kind: "anonymous" };

/**
 * Buckets as websites.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
 */
export class Websites implements WebsiteOrigin {
  readonly #options: WebsitesOptions;

  constructor(options: WebsitesOptions) {
    this.#options = options;
  }

  has(bucket: string): boolean {
    return this.#find(bucket) !== undefined;
  }

  /** By bucket. */
  domains(): ReadonlyMap<string, string> {
    const { documents, region } = this.#options;
    const buckets = documents.buckets(website);
    return new Map(buckets.map((each) => [each, `${each}.${websiteDomain(region)}`]));
  }

  bucketAt(domainName: string): string | undefined {
    return [...this.domains()].find(([, domain]) => domain === domainName)?.[0];
  }

  async answer(bucket: string, request: WebRequest): Promise<WebReply> {
    const settings = this.#find(bucket);
    if (settings === undefined) throw new Error(`the bucket "${bucket}" is no website`);
    const { RedirectAllRequestsTo: elsewhere, IndexDocument, RoutingRules } = settings;
    const indexDocument = encodeURIComponent(IndexDocument?.Suffix ?? "");
    const routingRules = RoutingRules?.RoutingRule ?? [];
    const { method, path } = request;
    if (elsewhere !== undefined) {
      const { HostName, Protocol = "http" } = elsewhere;
      return redirection(301, `${Protocol}://${HostName}${path}`);
    }
    if (method !== "GET" && method !== "HEAD") {
      return errorPage(405, "Method Not Allowed", "MethodNotAllowed");
    }
    const key = decodedPath(path.slice(1));
    const early = redirectOf(routingRules, key);
    if (early !== undefined) return redirected(path, early);
    const read = await this.#read(
      bucket,
      path.endsWith("/") ? path + indexDocument : path,
      request,
    );
    const ownTarget = read.headers[redirectHeader];
    if (read.status < 400 && ownTarget !== undefined) {
      return redirection(301, ownTarget.replace(/^\//, relativeTo(path, "")));
    }
    if (read.status < 400) return read;
    const late = redirectOf(routingRules, key, read.status);
    if (late !== undefined) return redirected(path, late);
    if (!path.endsWith("/") && (await this.#isFolder(bucket, path, indexDocument, request))) {
      return redirection(302, relativeTo(path, `${key}/`));
    }
    return this.#errorReply(bucket, settings, request, read);
  }

  #find(bucket: string): Website | undefined {
    return this.#options.documents.find(bucket, website);
  }

  async #isFolder(bucket: string, path: string, index: string, request: WebRequest) {
    const { status } = await this.#read(bucket, `${path}/${index}`, { ...request, method: "HEAD" });
    return status < 400;
  }

  async #errorReply(
    bucket: string,
    { ErrorDocument }: Website,
    request: WebRequest,
    { status, body }: Reply,
  ): Promise<WebReply> {
    if (ErrorDocument !== undefined) {
      const path = `/${encodeURIComponent(ErrorDocument.Key)}`;
      const page = await this.#read(bucket, path, { ...request, method: "GET" });
      if (page.status < 400) return { ...page, status };
    }
    const code = /<Code>(\w+)<\/Code>/.exec(String(body))?.[1];
    if (status === 404) return errorPage(404, "Not Found", code ?? "NoSuchKey");
    return errorPage(status, status === 403 ? "Forbidden" : "Error", code ?? "AccessDenied");
  }

  /** @param path percent-encoded */
  #read(bucket: string, path: string, { method, headers }: WebRequest): Promise<Reply> {
    const { objects, region } = this.#options;
    const { authorization: _unsigned, host: _other, ...kept } = headers;
    const call = {
      method,
      path: `/${bucket}${path}`,
      query: new URLSearchParams(),
      headers: { ...kept, host: "s3.amazonaws.com" },
      body: Buffer.alloc(0),
      service: "s3",
      region,
      principal: visitor,
      callerArn: "anonymous",
    };
    return objects.serve(call, {});
  }
}

export function websiteDomain(region: string): string {
  return `s3-website-${region}.amazonaws.com`;
}

function redirected(path: string, to: NonNullable<ReturnType<typeof redirectOf>>): WebReply {
  const { status, hostName, protocol, key } = to;
  const target = encodeURI(key);
  if (hostName !== undefined) return redirection(status, `${protocol}://${hostName}/${target}`);
  return redirection(status, relativeTo(path, target));
}

function redirection(status: number, location: string): WebReply {
  return { status, headers: { location }, body: "" };
}

/** The local endpoint serves a site below a path of its own: what is absolute would lead out of it. */
function relativeTo(path: string, key: string): string {
  const depth = path.split("/").length - 2;
  return depth === 0 ? `./${key}` : "../".repeat(depth) + key;
}

function errorPage(status: number, title: string, code: string): WebReply {
  const heading = `${status} ${title}`;
  const body = `<html>
<head><title>${heading}</title></head>
<body>
<h1>${heading}</h1>
<ul>
<li>Code: ${code}</li>
</ul>
</body>
</html>
`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}
