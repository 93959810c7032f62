import type { Urn } from "../urn.ts";

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
  | "read"
  | "import";

/** In the order in which they were done; in a preview, would be done. */
export type Step = { readonly operation: Operation; readonly urn: Urn };

export type Changes = Readonly<Record<Exclude<Operation, "delete-replaced">, readonly Urn[]>>;

/** The resources by what became of them; a replaced one is under `create-replacement`. */
export function changesOf(steps: readonly Step[]): Changes {
  const by = (operation: Operation) =>
    steps.filter((step) => step.operation === operation).map(({ urn }) => urn);
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
