import type { ExampleFile, Examples } from "../../api/types.ts";
import { get, putObject } from "../api.ts";
import { h } from "../element.ts";
import { linkTo } from "../route.ts";
import { messageOf } from "../words.ts";

type Target = {
  readonly bucket: string;
  readonly region: string;
  readonly system: string | undefined;
};

/** Takes files for a bucket: dropped, chosen, or one of the examples. Made once for each bucket. */
export function dropZone(target: Target): HTMLElement {
  const prefix = h("input", {
    id: "prefix",
    placeholder: "folder/",
    autocomplete: "off",
  }) as HTMLInputElement;
  const files = h("input.unseen", {
    type: "file",
    id: "files",
    multiple: true,
  }) as HTMLInputElement;
  const answers = h("ul.answers");
  const examples = h("div.example-files", { hidden: true });

  async function put(name: string, body: Blob, metadata?: ExampleFile["metadata"]): Promise<void> {
    const entry = h("li", {}, `${name}: on its way …`);
    answers.prepend(entry);
    try {
      const { event } = await putObject(target.bucket, name, body, metadata);
      entry.className = "good";
      entry.replaceChildren(
        `${name}: stored. `,
        h("a", { href: linkTo("event", event) }, "Follow it"),
      );
    } catch (error) {
      entry.className = "bad";
      entry.textContent = `${name}: ${messageOf(error)}`;
    }
  }

  async function putAll(list: Iterable<File>): Promise<void> {
    for (const file of list) await put(`${prefix.value}${file.name}`, file);
  }

  const over = (is: boolean) => (event: Event) => {
    event.preventDefault();
    zone.toggleAttribute("data-over", is);
  };
  const zone = h(
    "label.zone",
    {
      for: "files",
      on: {
        dragover: over(true),
        dragleave: over(false),
        drop: (event) => {
          over(false)(event);
          if (event instanceof DragEvent) void putAll(event.dataTransfer?.files ?? []);
        },
      },
    },
    h("strong", {}, "Drop files here"),
    h("span", {}, "or choose some"),
  );
  files.addEventListener("change", async () => {
    await putAll(files.files ?? []);
    files.value = "";
  });

  void offerExamples(target.system, examples, (file) =>
    put(`${prefix.value}${file.key}`, blobOf(file), file.metadata),
  );
  return h(
    "div.drop",
    { "data-key": `drop ${target.bucket}`, "data-keep": true },
    files,
    zone,
    examples,
    h("div.field", {}, h("label", { for: "prefix" }, "Key prefix"), prefix),
    h("div", { role: "status" }, answers),
  );
}

async function offerExamples(
  system: string | undefined,
  place: HTMLElement,
  use: (file: ExampleFile) => Promise<void>,
): Promise<void> {
  if (system === undefined) return;
  const { files } = await get<Examples>("examples", { system });
  if (files.length === 0) return;
  place.append(
    h("p", {}, "Or put one of these:"),
    ...files.map((file) =>
      h("button", { type: "button", on: { click: () => void use(file) } }, file.title),
    ),
  );
  place.hidden = false;
}

function blobOf({ body, contentType }: ExampleFile): Blob {
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: contentType });
}
