import { h } from "../element.ts";
import { type MessageField, nameOf, parseObject, valueAt, withValueAt } from "./messageFields.ts";

/** Fields beside a message's text: what is written in one shows in the other. */
export class MessageForm {
  readonly element = h("div.message-fields", { hidden: true });
  readonly #message: HTMLTextAreaElement;
  readonly #fields = h("div.field-grid");
  readonly #problem = h("p.field-problem", { role: "status" });
  #controls: readonly Control[] = [];

  /** @param message JSON text; other texts have no fields */
  constructor(message: HTMLTextAreaElement) {
    this.#message = message;
    message.addEventListener("input", () => this.read());
    this.element.append(
      h("h3", {}, "Fields"),
      h("p.quiet", {}, "As the examples have them; ", h("b", {}, "*"), " is in each of them."),
      this.#fields,
      this.#problem,
    );
  }

  /** Offers these fields. */
  offer(fields: readonly MessageField[]): void {
    this.#controls = fields.map(
      (field) => new Control(field, (value) => this.#write(field, value)),
    );
    this.#fields.replaceChildren(...this.#controls.map(({ element }) => element));
    this.element.hidden = fields.length === 0;
    this.read();
  }

  /** Shows what the text has. */
  read(): void {
    const document = parseObject(this.#message.value);
    for (const control of this.#controls) control.show(document);
    this.#problem.textContent =
      document === undefined ? "The message is no JSON object: the fields cannot show it." : "";
  }

  #write({ path }: MessageField, value: string | number | boolean | undefined): void {
    const document = parseObject(this.#message.value) ?? {};
    this.#message.value = JSON.stringify(withValueAt(document, path, value), undefined, 2);
  }
}

type Value = string | number | boolean | undefined;

/** One field: its label, its control, and what is wrong with what is in it. */
class Control {
  readonly element: HTMLElement;
  readonly #field: MessageField;
  readonly #input: HTMLInputElement | HTMLSelectElement;
  readonly #problem: HTMLElement;

  constructor(field: MessageField, onChange: (value: Value) => void) {
    const id = `field-${nameOf(field.path)}`;
    this.#field = field;
    this.#problem = h("p.field-problem", { id: `${id}-problem` });
    this.#input = inputOf(field, id);
    this.#input.addEventListener("input", () => {
      const { value } = this.#input;
      const problem = problemOf(field, value);
      this.#say(problem);
      // What is missing is missing in the message too.
      if (problem === undefined || value === "") onChange(parsed(field, value));
    });
    this.element = h(
      "div.field",
      {},
      h("label", { for: id }, nameOf(field.path), field.required && " *"),
      this.#input,
      field.values.length > 1 &&
        h(
          "datalist",
          { id: `${id}-values` },
          field.values.map((value) => h("option", { value })),
        ),
      this.#problem,
    );
  }

  show(document: Readonly<Record<string, unknown>> | undefined): void {
    this.#input.disabled = document === undefined;
    if (document === undefined) return;
    const value = valueAt(document, this.#field.path);
    this.#input.value = value === undefined ? "" : String(value);
    this.#say(problemOf(this.#field, this.#input.value));
  }

  #say(problem: string | undefined): void {
    this.#problem.textContent = problem ?? "";
    if (problem === undefined) this.#input.removeAttribute("aria-invalid");
    else this.#input.setAttribute("aria-invalid", "true");
  }
}

function inputOf({ kind, values }: MessageField, id: string): HTMLInputElement | HTMLSelectElement {
  const common = { id, "aria-describedby": `${id}-problem` };
  if (kind === "boolean") {
    const options = ["", "true", "false"].map((value) => h("option", { value }, value));
    return h("select", common, options) as HTMLSelectElement;
  }
  return h("input", {
    ...common,
    autocomplete: "off",
    ...(kind === "number" && { inputmode: "decimal" }),
    ...(values.length > 1 && { list: `${id}-values` }),
  }) as HTMLInputElement;
}

/** What is wrong with what is typed, for the reader. */
function problemOf({ kind, required }: MessageField, value: string): string | undefined {
  if (value === "") return required ? "Every example has a value here." : undefined;
  return kind === "number" && !Number.isFinite(Number(value)) ? "Enter a number." : undefined;
}

function parsed({ kind }: MessageField, value: string): Value {
  if (value === "") return undefined;
  if (kind === "number") return Number(value);
  return kind === "boolean" ? value === "true" : value;
}
