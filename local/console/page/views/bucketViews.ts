import { shortName } from "../../../trace/shortName.ts";
import type { ObjectLine } from "../../stored/types.ts";
import { type Child, h } from "../element.ts";
import { dropZone } from "../forms/dropZone.ts";
import { kept } from "../kept.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { bytes, exactTime, listedTime, pretty } from "../words.ts";
import { detailFrame, empty, facts, textBox } from "./frame.ts";

/** A bucket: the place to drop files on, and its objects. */
export function bucketView({ overview, detail }: State, arn: string): HTMLElement {
  const bucket = shortName(arn);
  const system = overview?.systems.find(({ sources }) => sources.some((each) => each.arn === arn));
  return detailFrame(
    { href: linkTo("stored"), name: "Stored" },
    system === undefined ? bucket : `Files for ${system.name}`,
    overview !== undefined &&
      kept(`drop ${arn}`, () =>
        dropZone({ bucket, region: overview.region, system: system?.name }),
      ),
    facts({ Bucket: h("code", {}, bucket) }),
    h("h3", {}, "Objects"),
    detail?.view === "bucket"
      ? objects(detail.bucket.objects, arn, overview?.now)
      : empty("Looking …"),
    detail?.view === "bucket" &&
      detail.bucket.more &&
      h("p.quiet", {}, `The first ${detail.bucket.objects.length} are shown.`),
  );
}

function objects(lines: readonly ObjectLine[], arn: string, now?: number): HTMLElement {
  if (lines.length === 0) return empty("It is empty.");
  return h(
    "ul.stores",
    {},
    lines.map(({ key, size, modified }) =>
      h(
        "li",
        { "data-key": key },
        h(
          "a",
          { href: linkTo("object", `${arn}/${key}`) },
          h("span.store-name", {}, key),
          h("span.quiet", {}, `${bytes(size)}, ${listedTime(modified, now)}`),
        ),
      ),
    ),
  );
}

/** An object: what it looks like, and the event that wrote it. */
export function objectView({ detail }: State, arn: string): HTMLElement {
  const bucketArn = arn.slice(0, arn.indexOf("/"));
  const back = { href: linkTo("bucket", bucketArn), name: shortName(bucketArn) };
  if (detail?.view !== "object") return detailFrame(back, "Object", empty("Looking …"));
  const { object } = detail;
  const { key, bucket, size, modified, contentType, metadata, event } = object;
  const address = `/_fanout/object?${new URLSearchParams({ bucket, key })}`;
  return detailFrame(
    back,
    key,
    facts({
      "Written by": event !== undefined && h("a", { href: linkTo("event", event) }, "this event"),
      Size: bytes(size),
      Type: contentType,
      Modified: exactTime(modified),
      ...metadata,
    }),
    preview(object, address),
    h("div.actions", {}, h("a.button", { href: address, download: "" }, "Save")),
  );
}

function preview(
  { contentType, text, cut, key, size }: Extract<State["detail"], { view: "object" }>["object"],
  address: string,
): Child {
  if (contentType.startsWith("image/")) {
    // The address changes with the object, so that the browser does not show an older one.
    return h("img.preview", { src: `${address}&size=${size}`, alt: `The picture ${key}` });
  }
  if (text === undefined) return empty("It is no text and no picture.");
  return [
    textBox(cut ? text : pretty(text), "Text"),
    cut && h("p.quiet", {}, "Only the beginning is shown."),
  ];
}
