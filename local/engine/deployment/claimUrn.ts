import { makeUrn, type Urn } from "../../pulumi/urn.ts";
import type { Deployment } from "./deployment.ts";
import { DeploymentError } from "./diagnostics.ts";
import type { Goal } from "./goal.ts";

/**
 * The URN of a resource that the program registers or reads.
 *
 * @throws DeploymentError when another resource of this run has it
 */
export function claimUrn(
  { registered, target }: Deployment,
  { parent, type, name }: Pick<Goal, "parent" | "type" | "name">,
): Urn {
  const urn = makeUrn(target, parent, type, name);
  if (registered.has(urn)) {
    throw new DeploymentError(urn, `Duplicate resource URN '${urn}'; try giving it a unique name`);
  }
  registered.add(urn);
  return urn;
}
