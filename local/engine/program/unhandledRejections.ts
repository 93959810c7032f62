const event = "unhandledRejection";

/**
 * Receives unhandled rejections in place of the listeners of now: the only way to learn of a failing Output of
 * Pulumi.
 *
 * @returns puts the earlier listeners back
 */
export function takeUnhandledRejections(take: (reason: unknown) => void): () => void {
  const others = process.listeners(event);
  process.removeAllListeners(event);
  process.on(event, take);
  return () => {
    process.off(event, take);
    for (const listener of others) process.on(event, listener);
  };
}
