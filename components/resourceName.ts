import type * as pulumi from "@pulumi/pulumi";

/** The name of a resource in Pulumi, which Pulumi's declarations hide; undefined if it has none. */
export function resourceName(resource: pulumi.Resource): string | undefined {
  return "__name" in resource && typeof resource.__name === "string" ? resource.__name : undefined;
}
