import { createHash } from "node:crypto";
import type { CheckRequest } from "../../pulumi/provider.ts";
import { parseUrn, type Urn } from "../../pulumi/urn.ts";

/** How resources are named that the program does not name, unless the stack configures `pulumi:autonaming`. */
export type Naming = "random" | "as in the program";

export type NameProposal = {
  /** For the provider; undefined leaves the name to it. */
  readonly options: CheckRequest["autonaming"];
  /** Whether the name is always the same, so that a replacement deletes the old resource first. */
  readonly isFixed: boolean;
};

/** @param seed of what is random in names */
export type Autonamer = (urn: Urn, seed: Uint8Array) => NameProposal;

const byProvider: NameProposal = { options: undefined, isFixed: false };

export function namerFor(naming: Naming): Autonamer {
  return naming === "random" ? () => byProvider : programNames();
}

/** Names like the program's, and other ones where those are taken. */
function programNames(): Autonamer {
  const proposed = new Map<string, Urn>();
  return (urn) => {
    const { type, name } = parseUrn(urn);
    const taken = proposed.get(`${type} ${name}`);
    if (taken === undefined || taken === urn) {
      proposed.set(`${type} ${name}`, urn);
      return { options: { mode: "propose", proposedName: name }, isFixed: true };
    }
    const suffix = createHash("sha256").update(urn).digest("hex").slice(0, 7);
    return { options: { mode: "propose", proposedName: `${name}-${suffix}` }, isFixed: true };
  };
}
