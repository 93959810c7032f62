import { randomBytes } from "node:crypto";
import { formatArn } from "../../arn.ts";
import { textReply, type WebReply, type WebRequest } from "../../protocol/webMessage.ts";
import type { ApiOrigin } from "../apigateway/interface.ts";
import { type BucketOriginOptions, readFromBucket } from "./bucketOrigin.ts";
import {
  type Behaviour,
  behaviourFor,
  type DistributionDefinition,
  type OriginDefinition,
  type ResponseHeader,
} from "./definition.ts";

export type DistributionsOptions = BucketOriginOptions & { readonly apis: ApiOrigin };

type Origin =
  | { readonly kind: "bucket"; readonly bucket: string }
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

  /** Makes a response headers policy, or replaces the one of that id. */
  setHeadersPolicy(id: string, headers: readonly ResponseHeader[]): void {
    this.#headersPolicies.set(id, headers);
  }

  /** @throws Error when there is none */
  headersPolicy(id: string): readonly ResponseHeader[] {
    const headers = this.#headersPolicies.get(id);
    if (headers === undefined) throw new Error(`there is no response headers policy "${id}"`);
    return headers;
  }

  /** @throws Error for an origin that is not of this cloud, or that would not get what it needs */
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
    if (distribution === undefined) throw new Error(`there is no distribution "${name}"`);
    const { method, path } = request;
    const behaviour = behaviourFor(distribution, path);
    const reply = behaviour.allowedMethods.includes(method)
      ? await this.#forward(distribution, behaviour, request)
      : textReply(403, `This distribution does not take ${method} requests for ${path}.`);
    return { ...reply, headers: withHeaders(reply.headers, behaviour.headers) };
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
    const isRoot = request.path === "/" && defaultRootObject !== undefined;
    const path = isRoot ? `/${defaultRootObject}` : request.path;
    return readFromBucket(this.#options, arn, origin.bucket, { ...request, path });
  }

  #find({ domainName, signed }: OriginDefinition): Origin {
    const { apis, objects, region } = this.#options;
    const id = apis.idAt(domainName);
    if (id !== undefined) return { kind: "api", id };
    const suffix = `.s3.${region}.amazonaws.com`;
    const bucket = domainName.endsWith(suffix) ? domainName.slice(0, -suffix.length) : "";
    if (!objects.hasBucket(bucket)) {
      throw new Error(
        `the origin "${domainName}" is neither a bucket nor an HTTP API of this cloud`,
      );
    }
    if (!signed) {
      throw new Error(
        `the origin "${domainName}" has no origin access control: its bucket would answer nothing, for it is private`,
      );
    }
    return { kind: "bucket", bucket };
  }
}

function checkOrigin(
  { originId, forwardsViewer }: Behaviour,
  originById: ReadonlyMap<string, Origin>,
): Origin {
  const origin = originById.get(originId);
  if (origin === undefined) throw new Error(`there is no origin "${originId}"`);
  if (origin.kind === "api" && !forwardsViewer) {
    throw new Error(
      `the origin "${originId}" would get no content type, no query and none of the caller's headers: give its behaviour the origin request policy AllViewerExceptHostHeader`,
    );
  }
  if (origin.kind === "bucket" && forwardsViewer) {
    throw new Error(`the origin "${originId}" is a bucket, and refuses the viewer's own headers`);
  }
  return origin;
}

/** CloudFront names itself and the viewer. */
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
