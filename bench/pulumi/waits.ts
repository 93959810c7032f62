/** A resource of a stack's state. */
export type Deployed = {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string | undefined;
  readonly dependencies?: readonly string[] | undefined;
};

/**
 * How many of the resources that take long a deployment waits for one after the other: the longest chain of
 * them along the dependencies.
 *
 * @param isLong whether the provider waits for a type of resource
 */
export function waitsInSeries(
  resources: readonly Deployed[],
  isLong: (type: string) => boolean,
): number {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const known = new Map<string, number>();

  function waitsUntil(urn: string): number {
    const before = known.get(urn);
    if (before !== undefined) return before;
    const resource = byUrn.get(urn);
    if (resource === undefined) return 0;
    const earlier = Math.max(0, ...(resource.dependencies ?? []).map(waitsUntil));
    const waits = earlier + (isLong(resource.type) ? 1 : 0);
    known.set(urn, waits);
    return waits;
  }

  return Math.max(0, ...resources.map(({ urn }) => waitsUntil(urn)));
}
