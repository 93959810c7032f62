const event = "unhandledRejection";

/**
 * Takes the rejections that nobody handles, in place of whoever listens to them now: the only way to
 * learn of an Output of Pulumi's that fails.
 *
 * @returns gives them back to whoever listened before
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
