/** A CloudFront distribution, as far as the local cloud has it. */
export type DistributionDefinition = {
  readonly name: string;
  /** The object that `/` stands for. */
  readonly defaultRootObject: string | undefined;
  readonly origins: readonly OriginDefinition[];
  /** For paths that no other behaviour matches. */
  readonly defaultBehaviour: Behaviour;
  /** In the order in which they are tried. */
  readonly behaviours: readonly (Behaviour & { readonly pathPattern: string })[];
};

export type OriginDefinition = {
  readonly id: string;
  /** Of a bucket, or of an HTTP API. */
  readonly domainName: string;
  /** Whether CloudFront signs its requests, so that a bucket's policy can know it. */
  readonly signed: boolean;
};

export type Behaviour = {
  readonly originId: string;
  readonly allowedMethods: readonly string[];
  /** Put on every answer. */
  readonly headers: readonly ResponseHeader[];
  /** Whether the viewer's headers and query go to the origin. */
  readonly forwardsViewer: boolean;
};

export type ResponseHeader = {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** Also if the origin sets the header. */
  readonly override: boolean;
};

/**
 * The behaviour for a path: the first whose pattern fits, in which `*` stands for any characters and `?`
 * for one.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function behaviourFor(
  { behaviours, defaultBehaviour }: DistributionDefinition,
  path: string,
): Behaviour {
  return behaviours.find(({ pathPattern }) => fits(pathPattern, path)) ?? defaultBehaviour;
}

function fits(pattern: string, path: string): boolean {
  const rooted = pattern.startsWith("/") ? pattern : `/${pattern}`;
  const source = rooted
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(path);
}
