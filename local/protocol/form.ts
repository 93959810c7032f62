import type { SignedRequest } from "./authentication/signedRequest.ts";

const forms = new WeakMap<Buffer, URLSearchParams>();

/** A request's body read as a form, once: both the route and the service depend on it. */
export function formIn(body: Buffer): URLSearchParams {
  const known = forms.get(body);
  if (known !== undefined) return known;
  const form = new URLSearchParams(body.toString("utf8"));
  forms.set(body, form);
  return form;
}

/** Where a request has its `Action`, if it has one: in a form, or in the URL. */
export function actionParameters({
  headers,
  query,
  body,
}: Pick<SignedRequest, "headers" | "query" | "body">): URLSearchParams {
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  return isForm ? formIn(body) : query;
}
