/** The error that a promise rejects with; fails the test when it resolves. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  if (outcome === undefined) throw new Error("expected a failure, but it succeeded");
  return outcome;
}

/** The error that a function throws; fails the test when it returns. */
export function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  throw new Error("expected an error, but it returned");
}
