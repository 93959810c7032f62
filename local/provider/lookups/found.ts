import { ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { typeOf } from "../resourceTypes.ts";
import type { LookupContext } from "./lookup.ts";

/**
 * A resource of the cloud as its type describes it, with all its tags.
 *
 * @param id undefined where there is none
 * @param what how the error calls it
 */
export async function found(
  { cloud, made }: LookupContext,
  token: string,
  id: string | undefined,
  what: string,
): Promise<PropertyMap> {
  const outputs = id === undefined ? undefined : await typeOf({ type: token }).read?.(cloud, id);
  if (id === undefined || outputs === undefined) throw missing(what);
  const { tagsAll } = made.find(token, id)?.outputs ?? {};
  return { tags: {}, ...outputs, ...(tagsAll && { tags: tagsAll }), id, region: cloud.region };
}

export function missing(what: string): ProviderError {
  return new ProviderError(
    `there is no ${what} in the local cloud: make it in a program that runs on it, or look it up on AWS only`,
  );
}
