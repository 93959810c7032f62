/** What is wrong with one field of a request, in words for whoever filled it in. */
export type Problem = { readonly field: string; readonly message: string };

/** A request that is answered with an error of the caller's. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly problems: readonly Problem[] | undefined;

  /** @param message the caller reads it */
  constructor(status: number, message: string, problems?: readonly Problem[]) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}
