import * as pulumi from "@pulumi/pulumi";

/**
 * The arguments that a transform returned, with a check of the name: an invalid one would fail halfway through
 * the deployment. An Output is checked when its value is known.
 *
 * @param where `FanoutTopic "orders": transform.topic`
 * @param problemOf why AWS rejects a name, or undefined if it does not
 * @throws RunError
 */
export function withCheckedName<Args extends { name?: pulumi.Input<string | undefined> }>(
  args: Args,
  where: string,
  problemOf: (name: string) => string | undefined,
): Args {
  const { name } = args;
  if (name === undefined) return args;
  const checked = (known: string | undefined): string | undefined => {
    const problem = known === undefined ? undefined : problemOf(known);
    if (problem === undefined) return known;
    throw new pulumi.RunError(`${where}: ${problem}`);
  };
  if (typeof name === "string") checked(name);
  return typeof name === "string" ? args : { ...args, name: pulumi.output(name).apply(checked) };
}

/**
 * Rejects a transform that changes fields on which other resources rely.
 *
 * @param advice what to do instead, by field
 * @throws RunError
 */
export function rejectChanges<Args extends object>(
  before: Args,
  after: Args,
  where: string,
  advice: Readonly<Partial<Record<keyof Args, string>>>,
): void {
  for (const [field, instead] of Object.entries(advice)) {
    if (fieldOf(before, field) === fieldOf(after, field)) continue;
    throw new pulumi.RunError(`${where} may not change ${field}; ${instead}`);
  }
}

/**
 * Rejects a key that AWS manages: its policy, which cannot be changed, does not let services use it. SNS would
 * drop every message to such a queue, and S3 could not publish to such a topic.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 *
 * @throws RunError
 */
export function rejectManagedKey(
  { kmsMasterKeyId: key }: { readonly kmsMasterKeyId?: pulumi.Input<string | undefined> },
  where: string,
): void {
  if (typeof key !== "string" || !/(^|:)alias\/aws\//.test(key)) return;
  throw new pulumi.RunError(
    `${where} sets a key that AWS manages, which services may not use; set encryption on the component (given "${key}")`,
  );
}

function fieldOf(args: object, field: string): unknown {
  return Object.entries(args).find(([name]) => name === field)?.[1];
}
