import { region, replaces, requiredReplaces, text } from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";

export const permission = resourceType({
  type: "aws:lambda/permission:Permission",
  inputs: {
    action: text(requiredReplaces),
    function: text(requiredReplaces),
    principal: text(requiredReplaces),
    region,
    sourceAccount: text(replaces),
    sourceArn: text(replaces),
    statementId: text({ replaces: true, conflicts: ["statementIdPrefix"] }),
    statementIdPrefix: text(replaces),
  },
  name: { input: "statementId", maximum: 100, prefixInput: "statementIdPrefix" },
  transient: true,
  create: ({ functions }, inputs) => {
    const { statementId = "", action, principal, sourceArn, sourceAccount } = inputs;
    const { arn } = functions.get(inputs.function);
    functions.addPermission(arn, { statementId, action, principal, sourceArn, sourceAccount });
    return statementId;
  },
  delete: ({ functions }, id, inputs) => {
    const found = functions.find(inputs.function);
    if (found !== undefined) functions.removePermission(found.arn, id);
  },
});
