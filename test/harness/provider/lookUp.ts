import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import type { ProviderWorld } from "./awsProvider.ts";

/** @throws Error with the failures of arguments */
export async function lookUp(
  { provider }: ProviderWorld,
  token: string,
  args: PropertyMap = {},
): Promise<PropertyMap> {
  const invoked = await provider.invoke(token, args);
  if ("failures" in invoked) throw new Error(JSON.stringify(invoked.failures));
  return invoked.result;
}
