import type { ExampleMessage, Examples, Verdict } from "../../api/types.ts";
import type { SystemShape } from "../../systems/systemShape.ts";
import { get, post } from "../api.ts";
import { h } from "../element.ts";
import { linkTo } from "../route.ts";
import { messageOf } from "../words.ts";
import { fieldsOf } from "./messageFields.ts";
import { MessageForm } from "./messageForm.ts";

type Topic = NonNullable<SystemShape["topic"]>;

/** Writes a message to a topic, says who would get it, and publishes it. Made once for each topic. */
export function publishForm(system: SystemShape, topic: Topic): HTMLElement {
  const message = h("textarea", {
    id: "message",
    rows: 10,
    spellcheck: "false",
  }) as HTMLTextAreaElement;
  const fields = new MessageForm(message);
  const group = h("input", { id: "group", autocomplete: "off" }) as HTMLInputElement;
  const subject = h("input", { id: "subject", autocomplete: "off" }) as HTMLInputElement;
  const attributes = attributeRows();
  const examples = h("div.examples", { hidden: true });
  const verdicts = h("ul.verdicts");
  const answer = h("p.answer", { role: "status" });

  const input = () => ({
    topicArn: topic.arn,
    message: message.value,
    attributes: attributes.read(),
    ...(subject.value !== "" && { subject: subject.value }),
    ...(group.value !== "" && { groupId: group.value }),
  });

  function use(example: ExampleMessage): void {
    message.value = example.message;
    group.value = example.groupId ?? "";
    attributes.write(example.attributes);
    fields.read();
    answer.replaceChildren();
    previewDelivery();
  }

  let timer = 0;
  function previewDelivery(): void {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      verdicts.replaceChildren(...(await verdictsOf(system, input())));
    }, 150);
  }

  async function publish(event: Event): Promise<void> {
    event.preventDefault();
    try {
      const { event: id } = await post<{ event: string }>("publish", input());
      answer.className = "answer good";
      answer.replaceChildren("Published. ", h("a", { href: linkTo("event", id) }, "Follow it"));
    } catch (error) {
      answer.className = "answer bad";
      answer.replaceChildren(messageOf(error));
    }
  }

  void offerExamples(system.name, examples, use, fields);
  previewDelivery();
  return h(
    "form.publish",
    {
      "data-key": `publish ${topic.arn}`,
      "data-keep": true,
      on: { submit: publish, input: previewDelivery },
    },
    examples,
    field("message", "Message", message),
    fields.element,
    topic.fifo && field("group", "Message group", group),
    h("fieldset", {}, h("legend", {}, "Attributes"), attributes.element),
    h("details", {}, h("summary", {}, "Subject"), field("subject", "Subject of e-mails", subject)),
    h("h3", {}, "Who would get it"),
    verdicts,
    h("div.actions", {}, h("button.primary", { type: "submit" }, "Publish"), answer),
  );
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h("div.field", {}, h("label", { for: id }, label), control);
}

async function offerExamples(
  system: string,
  place: HTMLElement,
  use: (example: ExampleMessage) => void,
  fields: MessageForm,
): Promise<void> {
  const { messages } = await get<Examples>("examples", { system });
  const [first] = messages;
  if (first === undefined) return;
  const valid = messages.filter(({ poison }) => !poison);
  fields.offer(fieldsOf(valid.map(({ message }) => message)));
  const choose = (event: Event) => {
    const example = messages[Number((event.target as HTMLSelectElement).value)];
    if (example !== undefined) use(example);
  };
  place.append(
    h("label", { for: "example" }, "Example"),
    h(
      "select",
      { id: "example", on: { change: choose } },
      messages.map(({ title }, index) => h("option", { value: index }, title)),
    ),
  );
  place.hidden = false;
  use(first);
}

/** Names and values, with a row to spare. */
function attributeRows() {
  const element = h("div.attributes");

  function add(name = "", value = ""): void {
    const rowNumber = element.children.length + 1;
    element.append(
      h(
        "div.attribute",
        {},
        h("input", {
          "aria-label": `Name of attribute ${rowNumber}`,
          placeholder: "name",
          value: name,
          autocomplete: "off",
        }),
        h("input", {
          "aria-label": `Value of attribute ${rowNumber}`,
          placeholder: "value",
          value,
          autocomplete: "off",
        }),
      ),
    );
  }

  function rows(): (readonly [string, string])[] {
    return [...element.children].map((row) => {
      const [name, value] = row.querySelectorAll("input");
      return [name?.value.trim() ?? "", value?.value ?? ""] as const;
    });
  }

  element.addEventListener("input", () => {
    if (rows().at(-1)?.[0] !== "") add();
  });
  add();
  return {
    element,
    read: () => Object.fromEntries(rows().filter(([name]) => name !== "")),
    write: (attributes: Readonly<Record<string, string>>) => {
      element.replaceChildren();
      for (const [name, value] of Object.entries(attributes)) add(name, value);
      add();
    },
  };
}

async function verdictsOf(system: SystemShape, input: object): Promise<HTMLElement[]> {
  try {
    const verdicts = await post<Verdict[]>("previewDelivery", input);
    return verdicts.map((verdict) => {
      const consumer = system.consumers.find(
        (each) => each.subscriptionArn === verdict.subscriptionArn,
      );
      return h(
        `li.${verdict.delivered ? "good" : "quiet"}`,
        {},
        h("span.mark", { "aria-hidden": "true" }, verdict.delivered ? "✓" : "–"),
        h("strong", {}, consumer?.name ?? verdict.subscriptionArn),
        h("span.unseen", {}, verdict.delivered ? " gets it" : " does not get it"),
        verdict.reason !== undefined && h("span.reason", {}, verdict.reason),
      );
    });
  } catch (error) {
    return [h("li.bad", {}, messageOf(error))];
  }
}
