import * as v from "valibot";
import { OpsError } from "../errors.ts";

/**
 * Reads from the API of a local run's console.
 *
 * @param url endpoint of the run
 * @param path below `/_fanout/api/`, with its query
 * @throws OpsError with the reason that the run returns
 */
export async function readLocalApi<Schema extends v.GenericSchema>(
  url: string,
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  return v.parse(schema, await answerOf(await fetch(addressOf(url, path))));
}

/** Changes something by that API. @returns the answer */
export async function postLocalApi(url: string, path: string, body: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  return answerOf(
    await fetch(addressOf(url, path), { method: "POST", headers, body: JSON.stringify(body) }),
  );
}

function addressOf(url: string, path: string): string {
  return `${url}/_fanout/api/${path}`;
}

const failure = v.object({ error: v.object({ message: v.string() }) });

async function answerOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  const said = reasonIn(await response.text());
  throw new OpsError(said ?? `${response.url} answers ${response.status}`);
}

/** What a run says in an answer that is an error; undefined for another text. */
export function reasonIn(text: string): string | undefined {
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), failure), text);
  return success ? output.error.message : undefined;
}
