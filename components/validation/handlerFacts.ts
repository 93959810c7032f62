import type { HandlerArgs } from "../handlerArgs.ts";

/** The subject of rules about a handler. */
export type HandlerFacts = {
  /** Undefined for an existing function. */
  readonly handler: Omit<HandlerArgs, "publishes"> | undefined;
  /** Whether the handler's entry file exists. */
  readonly entryFound: boolean;
  /** Variables that the consumer adds to the handler's; values that are not known are as short as they can be. */
  readonly addedVariables: Readonly<Record<string, string>>;
};
