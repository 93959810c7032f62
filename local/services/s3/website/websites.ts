import type { DatabaseSync } from "node:sqlite";
import type { Principal } from "../../../protocol/access.ts";
import type { Reply } from "../../../protocol/call.ts";
import { decodedPath, type WebReply, type WebRequest } from "../../../protocol/webMessage.ts";
import type { ObjectOrigin, WebsiteOrigin } from "../interface.ts";
import { redirectOf, type WebsiteSettings } from "./websiteSettings.ts";
import { WebsiteTable } from "./websiteTable.ts";

export type WebsitesOptions = {
  readonly store: DatabaseSync;
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
  readonly #table: WebsiteTable;

  constructor(options: WebsitesOptions) {
    this.#options = options;
    this.#table = new WebsiteTable(options.store);
  }

  /** @param settings undefined to end the website */
  set(bucket: string, settings: WebsiteSettings | undefined): void {
    this.#table.set(bucket, settings);
  }

  has(bucket: string): boolean {
    return this.#table.find(bucket) !== undefined;
  }

  /** By bucket. */
  domains(): ReadonlyMap<string, string> {
    const { region } = this.#options;
    const buckets = this.#table.buckets();
    return new Map(buckets.map((each) => [each, `${each}.${websiteDomain(region)}`]));
  }

  bucketAt(domainName: string): string | undefined {
    return [...this.domains()].find(([, domain]) => domain === domainName)?.[0];
  }

  async answer(bucket: string, request: WebRequest): Promise<WebReply> {
    const settings = this.#table.find(bucket);
    if (settings === undefined) throw new Error(`the bucket "${bucket}" is no website`);
    const { redirectAll, indexDocument = "", routingRules } = settings;
    const { method, path } = request;
    if (redirectAll !== undefined) {
      const { hostName, protocol = "http" } = redirectAll;
      return redirection(301, `${protocol}://${hostName}${path}`);
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
    if (read.status < 400) return read;
    const late = redirectOf(routingRules, key, read.status);
    if (late !== undefined) return redirected(path, late);
    if (!path.endsWith("/") && (await this.#isFolder(bucket, path, indexDocument, request))) {
      return redirection(302, relativeTo(path, `${key}/`));
    }
    return this.#errorReply(bucket, settings, request, read);
  }

  async #isFolder(bucket: string, path: string, index: string, request: WebRequest) {
    const { status } = await this.#read(bucket, `${path}/${index}`, { ...request, method: "HEAD" });
    return status < 400;
  }

  async #errorReply(
    bucket: string,
    { errorDocument }: WebsiteSettings,
    request: WebRequest,
    { status, body }: Reply,
  ): Promise<WebReply> {
    if (errorDocument !== undefined) {
      const page = await this.#read(bucket, `/${errorDocument}`, { ...request, method: "GET" });
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
