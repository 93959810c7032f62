/** The keys by which Pulumi marks a value that is not plain, and a secret among them. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Inputs as values, with secrets opened: locally they are no more secret than the stack's file. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value);
  const marked = Object.fromEntries(entries);
  if (marked[signatureKey] === secretSignature) return plain(marked.value);
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}
