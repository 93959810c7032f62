import { createHash } from "node:crypto";
import type { Cloud } from "../../../cloud.ts";
import { onlyLocally } from "../../../provider/declaration/checks.ts";
import { json, map, region, requiredReplaces, text } from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { ProviderError } from "../../../pulumi/provider.ts";

/** What functions returned, by the invocation's id. */
const results = new WeakMap<Cloud, Map<string, string>>();

/** Invokes a function once, when the resource is created or one of its inputs changes. */
export const invocation = resourceType({
  type: "aws:lambda/invocation:Invocation",
  inputs: {
    functionName: text(requiredReplaces),
    input: json(requiredReplaces),
    lifecycleScope: text({ default: "CREATE_ONLY", check: onlyLocally("CREATE_ONLY") }),
    qualifier: text({ default: "$LATEST", replaces: true }),
    region,
    tenantId: text({ check: onlyLocally() }),
    terraformKey: text({ default: "tf" }),
    triggers: map(text(), { replaces: true }),
  },
  computed: ["result"],
  create: async (cloud, { functionName, qualifier, input }, making) => {
    const result = await invoke(cloud, functionName, qualifier, input);
    const hash = createHash("md5").update(result).digest("hex");
    const id = making.id(() => `${functionName}_${qualifier}_${hash}`);
    results.set(cloud, (results.get(cloud) ?? new Map<string, string>()).set(id, result));
    return id;
  },
  update: () => {},
  delete: (cloud, id) => {
    results.get(cloud)?.delete(id);
  },
  outputs: (cloud, id) => ({ result: results.get(cloud)?.get(id) ?? "" }),
});

/** @returns what the function returned, as JSON text */
async function invoke(
  { functions }: Cloud,
  functionName: string,
  qualifier: string,
  input: string,
): Promise<string> {
  const { arn } = functions.get(functionName);
  const target = qualifier === "$LATEST" ? arn : `${arn}:${qualifier}`;
  const ended = await functions.invoke(target, input);
  if (ended.outcome === "succeeded") return ended.payload;
  const reason = ended.outcome === "failed" ? ended.error.errorMessage : "it is throttled";
  throw new ProviderError(`the function ${functionName} returned an error: ${reason}`);
}
