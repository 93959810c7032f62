/** The most messages of one request. https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const mostEntries = 10;

/**
 * Divides messages into the batches of `PublishBatch`, in order.
 *
 * Each message of a batch can fail alone. Where order matters, a batch has no two messages of one group, so
 * that the second never overtakes the first.
 *
 * @param options.maxBytes of all messages of a batch together
 */
export function batchesOf<
  Message extends { readonly bytes: number; readonly group?: string | undefined },
>(
  messages: readonly Message[],
  options: { readonly maxBytes: number; readonly ordered: boolean },
): Message[][] {
  const batches: Message[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const batch = batches.at(-1);
    const fits =
      batch !== undefined &&
      batch.length < mostEntries &&
      bytes + message.bytes <= options.maxBytes &&
      !(options.ordered && batch.some(({ group }) => group === message.group));
    if (fits) batch.push(message);
    else batches.push([message]);
    bytes = fits ? bytes + message.bytes : message.bytes;
  }
  return batches;
}
