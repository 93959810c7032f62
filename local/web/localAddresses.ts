type Outputs = Readonly<Record<string, unknown>>;

/**
 * The stack's outputs with local addresses: what on AWS would be a distribution's domain is
 * served by the local endpoint.
 *
 * @param addresses local URLs by domain name, each without a slash at its end
 */
export function withLocalAddresses(
  outputs: Outputs,
  addresses: ReadonlyMap<string, string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, localValue(value, addresses)]),
  );
}

function localValue(value: unknown, addresses: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return localText(value, addresses);
  if (Array.isArray(value)) return value.map((each) => localValue(each, addresses));
  if (typeof value !== "object" || value === null) return value;
  return withLocalAddresses({ ...value }, addresses);
}

function localText(text: string, addresses: ReadonlyMap<string, string>): string {
  // S3 gives the endpoints of websites without a scheme.
  const [whole = "", scheme = "", domain = ""] = /^(https?:\/\/)?([^/]+)/.exec(text) ?? [];
  const local = addresses.get(domain);
  if (local === undefined) return text;
  if (scheme !== "") return text.replace(whole, local);
  return text === domain && domain.includes(".s3-website") ? local.replace("http://", "") : text;
}
