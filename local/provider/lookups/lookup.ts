import type { Cloud } from "../../cloud.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import type { Fields, Values } from "../declaration/field.ts";
import type { MadeResource, MadeResources } from "../madeResources.ts";

/** A lookup of AWS's provider, such as `aws:index/getRegion:getRegion`. */
export type Lookup = {
  readonly token: string;
  readonly args: Fields;
  answer(context: LookupContext, args: PropertyMap): Promise<PropertyMap>;
};

export type LookupContext = {
  readonly cloud: Cloud;
  readonly defaultTags: PropertyMap;
  /** What programs have made, which also answers for types that no service keeps. */
  readonly made: Pick<MadeResources, "list" | "find">;
};

/** The resources of a type that programs have made. @param token Pulumi's */
export function madeOf({ made }: LookupContext, token: string): MadeResource[] {
  return made.list().filter(({ type }) => type === token);
}

/** @param answer throws ProviderError for what AWS does not find */
export function lookup<const F extends Fields>(
  token: string,
  args: F,
  answer: (context: LookupContext, args: Values<F>) => PropertyMap | Promise<PropertyMap>,
): Lookup {
  return {
    token,
    args,
    // The arguments have been checked against their fields, which TypeScript cannot see.
    answer: async (context, given) => answer(context, given as Values<F>),
  };
}
