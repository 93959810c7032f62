/** How Lambda reports a handler's failure to the caller. */
export type ErrorDocument = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

export function errorDocument(error: unknown): ErrorDocument {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: error.stack?.split("\n") ?? [],
  };
}

/** The error with all its own fields, as the Node.js runtime writes it into the log. */
export function errorLogText(error: unknown): string {
  const logged = error instanceof Error ? error : new Error(String(error));
  try {
    return JSON.stringify(logged, (_key, value) =>
      value instanceof Error ? fields(value) : value,
    );
  } catch {
    // A field of the error is circular or a BigInt: the document of the response has none of those.
    return JSON.stringify(errorDocument(error));
  }
}

function fields(error: Error): object {
  const { name, message, stack, ...own } = { ...error, ...described(error) };
  return { errorType: name, errorMessage: message, ...own, stack: stack?.split("\n") };
}

function described({ name, message, stack }: Error) {
  return { name, message, stack };
}

/** Node's codes of a module that was not found, by `require` and by `import`. */
export const missingCodes: readonly string[] = ["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"];

/** Whether it is of a module that may be found elsewhere, not of one that is found and cannot be used. */
export function isMissing(error: unknown): error is Error {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return typeof error.code === "string" && missingCodes.includes(error.code);
}

/** An error of the runtime, not of the handler. Its name begins with `Runtime.`. */
export class RuntimeError extends Error {
  constructor(
    name: RuntimeErrorName,
    message: string,
    options: { stack?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = `Runtime.${name}`;
    // Once more, because the trace that `Error` took begins with the name of the class.
    Error.captureStackTrace(this, RuntimeError);
    if (options.stack !== undefined) this.stack = options.stack;
  }
}

type RuntimeErrorName =
  | "CallbackHandlerDeprecated"
  | "HandlerNotFound"
  | "ImportModuleError"
  | "JSONStringifyError"
  | "MalformedHandlerName"
  | "UnhandledPromiseRejection"
  | "UserCodeSyntaxError";
