import * as v from "valibot";

/** How a bucket is served as a website. */
export type WebsiteSettings = {
  /** The object of a folder: `index.html`. Absent where everything is redirected. */
  readonly indexDocument?: string | undefined;
  /** The key of the page for what is missing or denied. @default a page of S3's */
  readonly errorDocument?: string | undefined;
  /** Another host that every request is sent to. */
  readonly redirectAll?: { readonly hostName: string; readonly protocol?: string | undefined };
  /** In the order in which they are tried. */
  readonly routingRules: readonly RoutingRule[];
};

const routingRule = v.object({
  Condition: v.optional(
    v.object({
      KeyPrefixEquals: v.optional(v.string()),
      HttpErrorCodeReturnedEquals: v.optional(v.pipe(v.unknown(), v.transform(String))),
    }),
  ),
  Redirect: v.object({
    HostName: v.optional(v.string()),
    HttpRedirectCode: v.optional(v.pipe(v.unknown(), v.transform(String))),
    Protocol: v.optional(v.string()),
    ReplaceKeyPrefixWith: v.optional(v.string()),
    ReplaceKeyWith: v.optional(v.string()),
  }),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RoutingRule.html */
export type RoutingRule = v.InferOutput<typeof routingRule>;

/**
 * @param text JSON as the console and AWS's provider take it
 * @throws Error that names the part that is wrong
 */
export function parseRoutingRules(text: string): readonly RoutingRule[] {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(routingRule)), text);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`routing rules of a website: ${v.getDotPath(issue) ?? ""}: ${issue.message}`);
}

/**
 * Where the first rule that matches sends a request.
 *
 * @param status of the answer, for rules about errors; absent before the object is read
 * @returns the other key, and the host where it is another
 */
export function redirectOf(rules: readonly RoutingRule[], key: string, status?: number) {
  const rule = rules.find(({ Condition = {} }) => {
    const { KeyPrefixEquals: prefix, HttpErrorCodeReturnedEquals: code } = Condition;
    const isOfTurn = status === undefined ? code === undefined : code === String(status);
    return isOfTurn && (prefix === undefined || key.startsWith(prefix));
  });
  if (rule === undefined) return undefined;
  const { HostName, HttpRedirectCode = "301", Protocol, ...replacement } = rule.Redirect;
  const { ReplaceKeyWith, ReplaceKeyPrefixWith } = replacement;
  const prefix = rule.Condition?.KeyPrefixEquals ?? "";
  const rest = key.slice(prefix.length);
  const otherKey =
    ReplaceKeyWith ?? (ReplaceKeyPrefixWith === undefined ? key : ReplaceKeyPrefixWith + rest);
  return {
    key: otherKey,
    status: Number(HttpRedirectCode),
    hostName: HostName,
    protocol: Protocol ?? "http",
  };
}
