/**
 * A failing Output shows only as an unhandled rejection. This fails the test that was running, which
 * mocha on its own does not always do: a rejection that comes after the test's end is laid to the
 * test's charge too.
 */
const rejections: unknown[] = [];

process.on("unhandledRejection", (reason) => {
  rejections.push(reason);
});

export const mochaHooks = {
  async afterEach(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const [first, ...more] = rejections.splice(0);
    if (first === undefined) return;
    const others = more.length > 0 ? ` (and ${more.length} more)` : "";
    throw new Error(`unhandled rejection${others}: ${String(first)}`, { cause: first });
  },
};
