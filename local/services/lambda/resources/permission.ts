import {
  flag,
  region,
  replaces,
  requiredReplaces,
  text,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { qualified } from "../functionArn.ts";

export const permission = resourceType({
  type: "aws:lambda/permission:Permission",
  inputs: {
    action: text(requiredReplaces),
    function: text(requiredReplaces),
    functionUrlAuthType: text(replaces),
    invokedViaFunctionUrl: flag(replaces),
    principal: text(requiredReplaces),
    principalOrgId: text(replaces),
    qualifier: text(replaces),
    region,
    sourceAccount: text(replaces),
    sourceArn: text(replaces),
    statementId: text({ replaces: true, conflicts: ["statementIdPrefix"] }),
    statementIdPrefix: text(replaces),
  },
  name: { input: "statementId", maximum: 100, prefixInput: "statementIdPrefix" },
  transient: true,
  create: ({ functions }, inputs) => {
    const { statementId = "", function: name, qualifier, ...permission } = inputs;
    const { arn } = functions.get(qualified(name, qualifier));
    functions.addPermission(arn, { ...permission, statementId });
    return statementId;
  },
  delete: ({ functions }, id, inputs) => {
    const found = functions.find(qualified(inputs.function, inputs.qualifier));
    if (found !== undefined) functions.removePermission(found.arn, id);
  },
});
