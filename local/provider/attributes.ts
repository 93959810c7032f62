/** AWS's attributes are texts; those that are not given are left out. */
export function attributes(
  given: Readonly<Record<string, string | number | boolean | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}

type Attributes = Readonly<Record<string, string>>;

/**
 * What has to be set so that the attributes `before` become those `after`, and others, which other resources own, stay
 * as they are.
 *
 * @param unset what an attribute is set to so that it is as if it had never been set, where that is not the empty text
 */
export function changedAttributes(
  before: Attributes,
  after: Attributes,
  unset: Attributes,
): Attributes {
  const gone = Object.keys(before).filter((name) => after[name] === undefined);
  return {
    ...Object.fromEntries(gone.map((name) => [name, unset[name] ?? ""])),
    ...Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value)),
  };
}
