import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../policies/document.ts";

/** A statement that the owner of a resource has to put into its policy, because we do not own it. */
export type StatementToAdd = {
  /** ARN of the resource. */
  readonly resource: string;
  readonly statement: Statement;
};

/** Statements that all belong to one resource. */
export function toAdd(
  resource: pulumi.Input<string>,
  statements: pulumi.Input<readonly Statement[]>,
): pulumi.Output<StatementToAdd[]> {
  return pulumi
    .all([resource, statements])
    .apply(([arn, all]) => all.map((statement) => ({ resource: arn, statement })));
}

/** Says what the owners have to add, where there is something, so that it is seen in `pulumi up`. */
export function announce(
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
