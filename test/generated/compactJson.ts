const widest = 100;

/** JSON with everything on one line that fits there: short to read, and a changed value is a changed line. */
export function compactJson(value: unknown, indent = "", label = ""): string {
  const flat = JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, " ");
  const fits = indent.length + label.length + flat.length <= widest;
  if (fits || typeof value !== "object" || value === null) return label + flat;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((each) => compactJson(each, inner))
    : Object.entries(value).map(([key, each]) =>
        compactJson(each, inner, `${JSON.stringify(key)}: `),
      );
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${label}${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}
