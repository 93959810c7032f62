import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policyDocument.ts";

/** A statement that the owner of an existing resource has to add to its policy. */
export type StatementToAdd = {
  /** ARN of the resource. */
  readonly resource: string;
  readonly statement: Statement;
};

export function statementsFor(
  resource: pulumi.Input<string>,
  statements: pulumi.Input<readonly Statement[]>,
): pulumi.Output<StatementToAdd[]> {
  return pulumi
    .all([resource, statements])
    .apply(([arn, all]) => all.map((statement) => ({ resource: arn, statement })));
}

/** Logs the statements by resource, so that `pulumi up` shows them. */
export function logStatementsToAdd(
  component: string,
  statements: pulumi.Output<readonly StatementToAdd[]>,
): void {
  statements.apply((all) => {
    for (const [resource, own] of Map.groupBy(all, (each) => each.resource)) {
      const text = JSON.stringify(
        own.map(({ statement }) => statement),
        undefined,
        2,
      );
      void pulumi.log.info(
        `${component}: the policy of ${resource} needs these statements\n${text}`,
      );
    }
  });
}
