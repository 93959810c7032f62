import { randomBytes } from "node:crypto";
import { formatArn } from "../../arn.ts";
import { textReply, type WebReply, type WebRequest } from "../../protocol/webMessage.ts";
import type { ApiOrigin } from "../apigateway/interface.ts";
import type { WebsiteOrigin } from "../s3/interface.ts";
import { type BucketAccess, type BucketOriginOptions, readFromBucket } from "./bucketOrigin.ts";
import {
  type Behaviour,
  behaviourFor,
  type DistributionDefinition,
  type OriginDefinition,
  type ResponseHeader,
} from "./definition.ts";

export type DistributionsOptions = BucketOriginOptions & {
  readonly apis: ApiOrigin;
  readonly websites: WebsiteOrigin;
};

type Origin =
  | { readonly kind: "bucket"; readonly bucket: string; readonly access: BucketAccess }
  | { readonly kind: "website"; readonly bucket: string }
  | { readonly kind: "api"; readonly id: string };

type Distribution = DistributionDefinition & {
  readonly arn: string;
  readonly domainName: string;
  readonly originById: ReadonlyMap<string, Origin>;
};

/** CloudFront's distributions, in front of buckets and HTTP APIs of this cloud. Nothing is cached. */
export class Distributions {
  readonly #options: DistributionsOptions;
  readonly #distributions = new Map<string, Distribution>();
  readonly #headersPolicies = new Map<string, readonly ResponseHeader[]>();

  constructor(options: DistributionsOptions) {
    this.#options = options;
  }

  /** Creates a response headers policy, or replaces the one of that id. */
  setHeadersPolicy(id: string, headers: readonly ResponseHeader[]): void {
    this.#headersPolicies.set(id, headers);
  }

  /** @throws Error when there is none */
  headersPolicy(id: string): readonly ResponseHeader[] {
    const headers = this.#headersPolicies.get(id);
    if (headers === undefined)
      throw new Error(`the response headers policy "${id}" does not exist`);
    return headers;
  }

  /** @throws Error for an origin outside of this cloud, or one that would not get the headers it needs */
  create(definition: DistributionDefinition): { arn: string; domainName: string } {
    const { name, origins, behaviours, defaultBehaviour } = definition;
    const originById = new Map(origins.map((origin) => [origin.id, this.#find(origin)]));
    for (const behaviour of [...behaviours, defaultBehaviour]) checkOrigin(behaviour, originById);
    const distribution = {
      ...definition,
      arn: formatArn("cloudfront", this.#options.region, `distribution/${name}`),
      domainName: `${name}.cloudfront.net`,
      originById,
    };
    this.#distributions.set(name, distribution);
    return distribution;
  }

  delete(name: string): void {
    this.#distributions.delete(name);
  }

  hasHeadersPolicy(id: string): boolean {
    return this.#headersPolicies.has(id);
  }

  removeHeadersPolicy(id: string): void {
    this.#headersPolicies.delete(id);
  }

  has(name: string): boolean {
    return this.#distributions.has(name);
  }

  /** Domain names by the distributions' names. */
  domains(): ReadonlyMap<string, string> {
    return new Map([...this.#distributions].map(([name, { domainName }]) => [name, domainName]));
  }

  /** @throws Error when there is no such distribution */
  async answer(name: string, request: WebRequest): Promise<WebReply> {
    const distribution = this.#distributions.get(name);
    if (distribution === undefined) throw new Error(`the distribution "${name}" does not exist`);
    const { method, path } = request;
    const behaviour = behaviourFor(distribution, path);
    const answered = behaviour.allowedMethods.includes(method)
      ? await this.#forward(distribution, behaviour, request)
      : textReply(403, `This distribution does not allow ${method} requests for ${path}.`);
    const reply = await this.#withErrorPage(distribution, request, answered);
    return { ...reply, headers: withHeaders(reply.headers, behaviour.headers) };
  }

  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html */
  async #withErrorPage(
    distribution: Distribution,
    request: WebRequest,
    answered: WebReply,
  ): Promise<WebReply> {
    const response = distribution.errorResponses.find(
      ({ errorCode }) => errorCode === answered.status,
    );
    if (response === undefined) return answered;
    const { pagePath: path, responseCode: status = answered.status } = response;
    if (path === undefined) return { ...answered, status };
    const page = await this.#forward(distribution, behaviourFor(distribution, path), {
      ...request,
      method: "GET",
      path,
    });
    return page.status < 400 ? { ...page, status } : answered;
  }

  #forward(
    { arn, domainName, defaultRootObject, originById }: Distribution,
    behaviour: Behaviour,
    request: WebRequest,
  ): Promise<WebReply> {
    const origin = checkOrigin(behaviour, originById);
    if (origin.kind === "api") {
      return this.#options.apis.answer(origin.id, forwarded(request, domainName));
    }
    if (origin.kind === "website") return this.#options.websites.answer(origin.bucket, request);
    const isRoot = request.path === "/" && defaultRootObject !== undefined;
    const path = isRoot ? `/${defaultRootObject}` : request.path;
    return readFromBucket(this.#options, { arn, ...origin }, { ...request, path });
  }

  #find({ domainName, access }: OriginDefinition): Origin {
    const { apis, websites, objects, region } = this.#options;
    const id = apis.idAt(domainName);
    if (id !== undefined) return { kind: "api", id };
    const website = websites.bucketAt(domainName);
    if (website !== undefined) return { kind: "website", bucket: website };
    const suffixes = [`.s3.${region}.amazonaws.com`, ".s3.amazonaws.com"];
    const suffix = suffixes.find((each) => domainName.endsWith(each)) ?? "";
    const bucket = suffix === "" ? "" : domainName.slice(0, -suffix.length);
    if (!objects.hasBucket(bucket)) {
      throw new Error(
        `the origin "${domainName}" is neither a bucket, a website nor an HTTP API of this cloud`,
      );
    }
    if (access === undefined) {
      throw new Error(
        `the origin "${domainName}" has no origin access control, and its bucket is private: add one`,
      );
    }
    return { kind: "bucket", bucket, access };
  }
}

function checkOrigin(
  { originId, forwardsViewer }: Behaviour,
  originById: ReadonlyMap<string, Origin>,
): Origin {
  const origin = originById.get(originId);
  if (origin === undefined) throw new Error(`the origin "${originId}" does not exist`);
  if (origin.kind === "api" && !forwardsViewer) {
    throw new Error(
      `the origin "${originId}" would not get the content type, the query and the caller's headers: set its behaviour's origin request policy to AllViewerExceptHostHeader`,
    );
  }
  if (origin.kind === "bucket" && forwardsViewer) {
    throw new Error(
      `the origin "${originId}" is a bucket, which rejects the viewer's headers: remove the behaviour's origin request policy`,
    );
  }
  return origin;
}

/** CloudFront adds itself and the viewer. */
function forwarded(request: WebRequest, domainName: string): WebRequest {
  const { "x-forwarded-for": earlier, ...headers } = request.headers;
  const { sourceIp } = request;
  return {
    ...request,
    headers: {
      ...headers,
      via: `1.1 ${domainName} (CloudFront)`,
      "x-amz-cf-id": randomBytes(40).toString("base64url"),
      "x-forwarded-for": earlier === undefined ? sourceIp : `${earlier}, ${sourceIp}`,
    },
  };
}

function withHeaders(
  headers: WebReply["headers"],
  policy: readonly ResponseHeader[],
): WebReply["headers"] {
  const added = policy.filter(({ name, override }) => override || headers[name] === undefined);
  return { ...headers, ...Object.fromEntries(added.map(({ name, value }) => [name, value])) };
}
