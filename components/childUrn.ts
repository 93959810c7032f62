import * as pulumi from "@pulumi/pulumi";

/**
 * The URN of a child that a resource has or had, as of `pulumi.createUrn`: a plain value where the types of all
 * its parents are known, without the Outputs that Pulumi's runtime makes of each.
 */
export function childUrn(
  name: string,
  type: string,
  parent: pulumi.Resource,
): pulumi.Input<string> {
  const types = typesOf(parent);
  if (types === undefined) return pulumi.createUrn(name, type, parent);
  const qualified = [...types, type].join("$");
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${qualified}::${name}`;
}

const stackType = "pulumi:pulumi:Stack";

/**
 * The types of a resource and its parents as its URN has them, without that of the stack. Undefined unless all of
 * them are components that are being constructed: another resource may stand for one of another process, whose
 * parents are unknown here. What this reads is not in Pulumi's declarations; where it is missing, the types are
 * undefined too.
 */
function typesOf(resource: pulumi.Resource): string[] | undefined {
  const type = pulumi.resourceType(resource);
  if (type === stackType) return [];
  const isConstructed = !("__registered" in resource) || resource.__registered !== false;
  const parent = "__parentResource" in resource ? resource.__parentResource : undefined;
  if (isConstructed || !pulumi.Resource.isInstance(parent)) return undefined;
  const types = typesOf(parent);
  return types && [...types, type];
}
