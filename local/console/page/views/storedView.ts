import { shortName } from "../../../trace/shortName.ts";
import type { Count } from "../../stored/types.ts";
import { type Child, h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { count, listedTime } from "../words.ts";
import { detailFrame, empty, facts, frame, textBox } from "./frame.ts";

const back = { href: linkTo("stored"), name: "Stored" };

/** Everything that keeps data: buckets, tables, streams. Mails and texts are in the outbox. */
export function storedView({ detail }: State): HTMLElement {
  if (detail?.view !== "stored") return frame("Stored", empty("Looking …"));
  const { buckets, tables, streams, deliveryStreams } = detail.stores;
  const stores = buckets.length + tables.length + streams.length + deliveryStreams.length;
  if (stores === 0) return frame("Stored", empty("The program has no bucket, table or stream."));
  return frame(
    "Stored",
    group(
      "Buckets",
      buckets.map(({ arn, name, count: number }) =>
        line("bucket", name, linkTo("bucket", arn), inWords(number, "object")),
      ),
    ),
    group(
      "Tables",
      tables.map(({ name, count: number }) =>
        line("table", name, linkTo("table", name), inWords(number, "item")),
      ),
    ),
    group(
      "Streams",
      streams.map(({ arn, name, count: number }) =>
        line("stream", name, linkTo("stream", arn), inWords(number, "record")),
      ),
    ),
    group(
      "Delivery streams",
      deliveryStreams.map(({ name, bucketArn }) =>
        line("stream", name, linkTo("bucket", bucketArn), `to ${shortName(bucketArn)}`),
      ),
    ),
  );
}

function group(title: string, lines: readonly HTMLElement[]): Child {
  return lines.length > 0 && [h("h3", {}, title), h("ul.stores", {}, lines)];
}

function line(kind: IconName, name: string, href: string, state: string): HTMLElement {
  return h(
    "li",
    { "data-key": `${kind} ${name}` },
    h("a", { href }, icon(kind), h("span.store-name", {}, name), h("span.quiet", {}, state)),
  );
}

function inWords({ number, more }: Count, what: string): string {
  if (number === 0) return "empty";
  return more ? `more than ${count(number, what)}` : count(number, what);
}

/** The items of a table, a row each; the keys come first. */
export function tableView({ detail }: State, name: string): HTMLElement {
  if (detail?.view !== "table") return detailFrame(back, name, empty("Looking …"));
  const { keys, items, more } = detail.table;
  return detailFrame(
    back,
    name,
    facts({ Table: h("code", {}, name), Keys: keys.join(", ") }),
    items.length === 0 && empty("It is empty."),
    h(
      "ul.items",
      {},
      items.map((item) => {
        const key = keys.map((each) => text(item[each])).join(" · ");
        const others = Object.entries(item).filter(([attribute]) => !keys.includes(attribute));
        return h(
          "li",
          { "data-key": key },
          h(
            "details",
            {},
            h(
              "summary",
              {},
              h("span.summary-text", {}, h("strong", {}, key)),
              h(
                "span.item-line.quiet",
                {},
                others.map(([attribute, value]) => `${attribute}: ${text(value)}`).join(", "),
              ),
            ),
            textBox(JSON.stringify(item, undefined, 2), `Item ${key}`),
          ),
        );
      }),
    ),
    more && h("p.quiet", {}, `The first ${items.length} are shown.`),
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The latest records of a stream. */
export function streamView({ detail, overview }: State, arn: string): HTMLElement {
  if (detail?.view !== "stream") return detailFrame(back, shortName(arn), empty("Looking …"));
  return detailFrame(
    back,
    shortName(arn),
    detail.records.length === 0 && empty("It is empty."),
    h(
      "ol.items",
      {},
      detail.records.map(({ sequenceNumber, partitionKey, shardId, text: body, arrival }) =>
        h(
          "li",
          { "data-key": sequenceNumber },
          h(
            "details",
            {},
            h(
              "summary",
              {},
              h("span.summary-text", {}, h("strong", {}, partitionKey)),
              h(
                "span.item-line.quiet",
                {},
                `${listedTime(arrival, overview?.now)} ${body.slice(0, 140)}`,
              ),
            ),
            textBox(body, `Record ${sequenceNumber}`),
            facts({
              Shard: shardId,
              "Sequence number": h("a", { href: linkTo("event", sequenceNumber) }, sequenceNumber),
            }),
          ),
        ),
      ),
    ),
  );
}
