/**
 * What takes this long hangs, on however slow a machine, in milliseconds. A test whose wait can say what
 * it waits for ends it then, before mocha's own timeout (.mocharc.json) ends it without a word.
 */
export const hangMilliseconds = 8 * 60_000;
