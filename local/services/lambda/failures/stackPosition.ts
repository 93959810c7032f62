/** What runs a handler, and is not of its program. */
const foreign = /(^node:|\/node_modules\/|\/bootstrap\.mjs$)/;

/** Folders that a function's code is unpacked into, here and on AWS. */
const codeFolder = /^(file:\/\/)?.*(\/fanout-functions-[^/]+\/[^/]+\/|\/var\/task\/)/;

/**
 * The innermost place in the program's own code: `handlers/orders/order.ts:16:10`.
 *
 * @param stack lines as Node.js writes them, or the entries of a Python traceback
 */
export function positionIn(stack: string): string | undefined {
  return nodePosition(stack) ?? pythonPosition(stack);
}

function nodePosition(stack: string): string | undefined {
  for (const line of stack.split("\n")) {
    const [, file = "", place] = /^\s+at (?:.*\()?(.+?):(\d+:\d+)\)?$/.exec(line) ?? [];
    if (place !== undefined && !foreign.test(file)) return `${shown(file)}:${place}`;
  }
  return undefined;
}

/** The innermost call comes last. */
function pythonPosition(stack: string): string | undefined {
  const frames = [...stack.matchAll(/File "([^"]+)", line (\d+)/g)];
  const own = frames.findLast(([, file = ""]) => codeFolder.test(file));
  return own && `${shown(own[1] ?? "")}:${own[2]}`;
}

function shown(file: string): string {
  return file.replace(codeFolder, "");
}
