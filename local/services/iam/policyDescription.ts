/** What the ARN of a managed policy says of it. */
export function describePolicy(arn: string) {
  const [, path = "/", name = ""] = /:policy(\/.*?)([^/]+)$/.exec(arn) ?? [];
  const policyId = `ANPA${Buffer.from(name).toString("hex").toUpperCase().slice(0, 17)}`;
  return { arn, name, path, policyId };
}
