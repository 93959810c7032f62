/** An id that nothing has yet: the logical name, which people recognise, or that with a number. */
export function freeId(name: string, isTaken: (id: string) => boolean): string {
  let id = name;
  for (let number = 2; isTaken(id); number += 1) id = `${name}-${number}`;
  return id;
}

/** A name as a part of a domain name, such as those that APIs and function URLs begin with. */
export function hostLabel(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
}
