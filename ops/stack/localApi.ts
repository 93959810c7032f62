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
  const text = await response.text();
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), failure), text);
  throw new OpsError(success ? output.error.message : `${response.url} answers ${response.status}`);
}
