import { post } from "../api.ts";
import { h } from "../element.ts";
import { messageOf } from "../words.ts";

/** The kinds of faults of a function, and whether they take a number of times or of seconds. */
const kinds = [
  { kind: "error", text: "fails", times: true, seconds: false },
  { kind: "delay", text: "starts late", times: true, seconds: true },
  { kind: "throttle", text: "is throttled", times: true, seconds: false },
  { kind: "deny", text: "is denied its deliveries", times: true, seconds: false },
] as const;

export type FaultTarget = {
  readonly functionArn: string;
  /** What the topic delivers to, and the call by which it does. */
  readonly delivery?: { readonly resource: string; readonly action: string } | undefined;
};

/** Breaks a consumer on purpose. Made once for each function. */
export function faultForm(target: FaultTarget, changed: () => void): HTMLElement {
  const id = (name: string) => `${name} ${target.functionArn}`;
  const offered = kinds.filter(({ kind }) => kind !== "deny" || target.delivery !== undefined);
  const kind = h(
    "select",
    { id: id("fault"), on: { change: show } },
    offered.map(({ kind: value, text }) => h("option", { value }, text)),
  ) as HTMLSelectElement;
  const times = numberField(id("times"), "1", "1000000");
  const seconds = numberField(id("seconds"), "5", "86400");
  const secondsField = field(id("seconds"), "Seconds", seconds);
  const answer = h("p.answer", { role: "status" });

  function show(): void {
    secondsField.hidden = offered.find((each) => each.kind === kind.value)?.seconds !== true;
  }

  async function add(event: Event): Promise<void> {
    event.preventDefault();
    try {
      await post("add-fault", faultOf(target, kind.value, times.value, seconds.value));
      answer.className = "answer";
      answer.textContent = "";
      changed();
    } catch (error) {
      answer.className = "answer bad";
      answer.textContent = messageOf(error);
    }
  }

  show();
  return h(
    "form.fault",
    { "data-key": id("fault form"), "data-keep": true, on: { submit: add } },
    field(id("fault"), "The consumer", kind),
    secondsField,
    field(id("times"), "Times", times),
    h("button", { type: "submit" }, "Break it"),
    h("p.quiet", {}, "Without a number of times, until it is removed."),
    answer,
  );
}

function faultOf(target: FaultTarget, kind: string, times: string, seconds: string): object {
  const counted = times === "" ? {} : { times: Number(times) };
  if (kind === "deny") {
    return { kind, ...counted, ...target.delivery, principal: "sns.amazonaws.com" };
  }
  const { functionArn } = target;
  return {
    kind,
    function: functionArn,
    ...counted,
    ...(kind === "delay" && { seconds: Number(seconds) }),
  };
}

function numberField(id: string, value: string, max: string): HTMLInputElement {
  return h("input", { id, type: "number", min: "1", max, value }) as HTMLInputElement;
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h("div.field", {}, h("label", { for: id }, label), control);
}
