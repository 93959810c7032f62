const forms = new WeakMap<Buffer, URLSearchParams>();

/** A request's body read as a form, once: both the route and the service depend on it. */
export function formIn(body: Buffer): URLSearchParams {
  const known = forms.get(body);
  if (known !== undefined) return known;
  const form = new URLSearchParams(body.toString("utf8"));
  forms.set(body, form);
  return form;
}
