import type { Urn } from "../../pulumi/urn.ts";

/** What was done to a resource, in Pulumi's terms. */
export type Operation =
  | "same"
  | "create"
  | "update"
  /** The new one of a replacement. */
  | "create-replacement"
  /** The old one of a replacement. */
  | "delete-replaced"
  | "delete"
  /** Out of the state: deleted for a replacement that never came, because the program no longer has it. */
  | "remove-pending-replace"
  | "read"
  /** What was the program's own is only read from now on; the old one is deleted. */
  | "read-replacement"
  /** Out of the state: was only read, and is read no more. */
  | "discard"
  /** The same, because the program makes one of its own instead. */
  | "discard-replaced"
  | "import"
  | "import-replacement";

/** In the order in which they were done; in a preview, would be done. */
export type Step = { readonly operation: Operation; readonly urn: Urn };

/** By what became of resources: a replaced one is under `create-replacement`. */
const changed = {
  same: ["same"],
  create: ["create"],
  update: ["update"],
  "create-replacement": ["create-replacement"],
  delete: ["delete"],
  read: ["read", "read-replacement"],
  import: ["import", "import-replacement"],
} as const satisfies Partial<Record<Operation, readonly Operation[]>>;

export type Changes = Readonly<Record<keyof typeof changed, readonly Urn[]>>;

export function changesOf(steps: readonly Step[]): Changes {
  const by = (kind: keyof Changes) => {
    const operations: readonly Operation[] = changed[kind];
    return steps.filter(({ operation }) => operations.includes(operation)).map(({ urn }) => urn);
  };
  return {
    same: by("same"),
    create: by("create"),
    update: by("update"),
    "create-replacement": by("create-replacement"),
    delete: by("delete"),
    read: by("read"),
    import: by("import"),
  };
}
