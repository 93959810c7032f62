/** An error that the runtime itself finds, not the handler. Its name begins with `Runtime.`. */
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
