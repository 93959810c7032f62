import type { Cloud } from "../../../cloud.ts";
import {
  map,
  number,
  object,
  partlyListed,
  region,
  replaces,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { invokeArn } from "../functionArn.ts";

const inputs = {
  description: text(),
  functionName: text(requiredReplaces),
  functionVersion: text(required),
  name: text(replaces),
  region,
  routingConfig: partlyListed(
    object({ additionalVersionWeights: map(number()) }),
    () => true,
    "versions of earlier deployments are on AWS only: their share goes to the alias's own version",
  ),
};

/** Aliases refer to versions of this run: those of earlier deployments are on AWS only. */
export const alias = resourceType({
  type: "aws:lambda/alias:Alias",
  inputs,
  name: { input: "name", maximum: 128 },
  computed: ["arn", "invokeArn"],
  transient: true,
  create: (cloud, given) => set(cloud, given),
  update: (cloud, _id, given) => {
    set(cloud, given);
  },
  delete: ({ functions }, _id, { functionName, name = "" }) =>
    functions.removeAlias(functionName, name),
  read: ({ functions }, arn) => {
    const found = functions.find(arn);
    const name = arn.slice(arn.lastIndexOf(":") + 1);
    const kept = found && functions.alias(found.name, name);
    if (kept === undefined) return undefined;
    const { version, description } = kept;
    return {
      arn,
      name,
      functionVersion: version,
      ...(description !== undefined && { description }),
    };
  },
  outputs: ({ region: own }, arn) => ({
    arn,
    invokeArn: invokeArn(own, arn),
  }),
});

function set({ functions }: Cloud, given: Values<typeof inputs>): string {
  const { functionName, functionVersion: version, name = "", description, routingConfig } = given;
  return functions.setAlias(functionName, {
    ...{ name, version, description },
    weights: routingConfig?.additionalVersionWeights ?? {},
  });
}
