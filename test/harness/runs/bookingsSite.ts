import type { StoredBooking } from "../../../handlers/bookings/bookingTable.ts";
import { textOutput } from "../../../local/systems/stackOutputs.ts";
import type { RunningSystems } from "./systems.ts";

/** What the API of the system `bookings` answers: to a booking, to a look at the list, to what it refuses. */
export type Answer = Partial<StoredBooking> & {
  readonly bookings: StoredBooking[];
  readonly problems?: { field: string; message: string }[];
};

/** The system `bookings`, as a browser has it. */
export type Site = {
  readonly url: string;
  book(
    request: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Answer }>;
  list(): Promise<{ status: number; body: Answer }>;
  post(body: string, contentType: string): Promise<Response>;
  /** @param path below the page's URL */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
};

export function bookingsSite(test: Pick<RunningSystems, "system">): Site {
  const url = textOutput(test.system("bookings"), "url");
  const api = new URL("bookings", url);
  const get = (path: string, headers = {}) => fetch(new URL(path, url), { headers });
  const send = (body: string, headers: Record<string, string>) =>
    fetch(api, { method: "POST", headers, body });
  return {
    url,
    get,
    list: async () => answerOf(await get("bookings")),
    book: async (request, headers = {}) =>
      answerOf(
        await send(JSON.stringify(request), { "content-type": "application/json", ...headers }),
      ),
    post: (body, contentType) => send(body, { "content-type": contentType }),
  };
}

async function answerOf(response: Response): Promise<{ status: number; body: Answer }> {
  const isJson = response.headers.get("content-type") === "application/json";
  const text = await response.text();
  return { status: response.status, body: isJson ? JSON.parse(text) : { bookings: [] } };
}
