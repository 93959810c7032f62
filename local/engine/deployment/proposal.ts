import { createHash } from "node:crypto";
import type { Urn } from "../../pulumi/urn.ts";
import type { Deployment } from "./deployment.ts";
import type { NameProposal } from "./naming.ts";

/** How a resource is named that the program does not name. */
export function proposalFor(deployment: Deployment, urn: Urn): NameProposal {
  return deployment.autonamer(urn, seedOf(deployment, urn));
}

/** A resource is named alike in every run, but what replaces it is not. */
export function seedOf({ olds, oldUrns }: Deployment, urn: Urn): Uint8Array {
  const replaced = olds.get(oldUrns.get(urn) ?? urn)?.id ?? "";
  return createHash("sha256").update(`${urn}\n${replaced}`).digest();
}
