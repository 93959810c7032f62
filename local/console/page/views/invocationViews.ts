import { lastError } from "../../../services/lambda/failures/handlerError.ts";
import { shortName } from "../../../trace/shortName.ts";
import type { Invocation } from "../../history/invocationHistory.ts";
import { readable } from "../../history/logText.ts";
import { type Child, h } from "../element.ts";
import { placeOf } from "../names.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { count, duration, exactTime, listedTime } from "../words.ts";
import { detailFrame, empty, facts, textBox } from "./frame.ts";

/** The attempts of one request. */
export function invocationView(state: State, requestId: string): HTMLElement {
  return detailFrame(
    { href: linkTo("failures"), name: "Failures" },
    "Invocation",
    facts({ Request: h("code", {}, requestId) }),
    invocations(state, "Nothing is known of it any more.", true),
  );
}

/** Invocations, the latest first, each with its log. */
export function invocations({ detail, overview }: State, none: string, open = false): Child {
  if (detail?.view !== "invocations") return empty("Looking …");
  if (detail.invocations.length === 0) return empty(none);
  return h(
    "ul.invocations",
    {},
    detail.invocations.map((each) =>
      entry(each, placeOf(overview?.systems ?? [], each.functionArn), { open, now: overview?.now }),
    ),
  );
}

function entry(
  invocation: Invocation,
  place: string,
  { open, now }: { readonly open: boolean; readonly now: number | undefined },
): HTMLElement {
  const { requestId, functionArn, startedAt, milliseconds, error, failures, log } = invocation;
  const failed = error !== undefined || failures.length > 0;
  return h(
    "li",
    { "data-key": `${requestId} ${startedAt}` },
    h(
      "details",
      { open },
      h(
        "summary",
        {},
        h(`span.mark.${failed ? "bad" : "good"}`, { "aria-hidden": "true" }, failed ? "✕" : "✓"),
        h("span.summary-text", {}, place || shortName(functionArn)),
        h("span.quiet", {}, `${listedTime(startedAt, now)}, ${duration(milliseconds)}`),
        error !== undefined && h("span.reason", {}, `${error.errorType}: ${error.errorMessage}`),
        error === undefined &&
          failures.length > 0 &&
          h("span.reason", {}, reportedInWords(invocation)),
      ),
      facts({
        Started: exactTime(startedAt),
        Function: h("a", { href: linkTo("function", functionArn) }, shortName(functionArn)),
        Request: h("code", {}, requestId),
      }),
      failures.length > 0 &&
        h(
          "ul.failed-messages",
          {},
          failures.map(({ event, reason }) =>
            h(
              "li",
              {},
              h("a", { href: linkTo("event", event) }, "its event"),
              ": ",
              h("span.reason", {}, reason),
            ),
          ),
        ),
      error?.trace !== undefined && textBox(error.trace.join("\n"), "Stack"),
      error?.stackTrace !== undefined && textBox(error.stackTrace.join(""), "Stack"),
      textBox(log === "" ? "It printed nothing." : readable(log), "Log"),
    ),
  );
}

/** What the log says of it, where the handler writes its errors as JSON. */
function reportedInWords({ failures, log }: Invocation): string {
  const number = `${count(failures.length, "message")} reported as failed`;
  const cause = lastError(log)?.reason;
  return cause === undefined ? number : `${number}: ${cause}`;
}
