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
  /** What viewers get in place of an origin's errors. */
  readonly errorResponses: readonly ErrorResponse[];
};

type ErrorResponse = {
  readonly errorCode: number;
  /** @default the error's own */
  readonly responseCode?: number | undefined;
  /** Path of the page, which an origin of the distribution has. @default the origin's answer */
  readonly pagePath?: string | undefined;
};

export type OriginDefinition = {
  readonly id: string;
  /** Of a bucket, of a bucket's website, or of an HTTP API. */
  readonly domainName: string;
  /**
   * As whom CloudFront reads a bucket, so that the bucket's policy can know it: as itself on behalf of the
   * distribution, or as an origin access identity, by its ARN. Absent for an origin of another kind.
   */
  readonly access?: "control" | { readonly identityArn: string } | undefined;
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
