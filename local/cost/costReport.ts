import { pricePages, pricesDate } from "../../aws/prices.ts";
import type { Load } from "./load.ts";
import { type CostItem, total } from "./monthlyCost.ts";
import type { Saving } from "./savings.ts";

export type CostReport = {
  readonly region: string;
  readonly load: Load;
  readonly items: readonly CostItem[];
  readonly savings: readonly Saving[];
};

const mostSavings = 10;

/** The report as text: by service, by consumer, and what other choices would save. */
export function costText({ region, load, items, savings }: CostReport): string {
  const rate = `${load.events.toLocaleString("en")} events a month to each topic, ${load.bytes.toLocaleString("en")} bytes each`;
  return [
    `${dollars(total(items))} a month in ${region}: ${rate}`,
    "",
    ...section(
      "by service",
      sums(items, ({ service }) => service),
    ),
    ...section("by topic and consumer", sums(items, placeOf)),
    ...section("in detail", details(items)),
    ...savingLines(savings),
    `Prices of ${pricesDate}, first tiers, without free tiers and data transfer: ${pricePages[0]} and`,
    "the pages of the other services. Not included: provisioned pollers, S3, tables, retries. An invocation",
    "is taken to last as long with a large batch as with a small one.",
  ].join("\n");
}

type Row = readonly [name: string, dollars: number];

function section(title: string, rows: readonly Row[]): string[] {
  return [title, ...lines(rows), ""];
}

function savingLines(savings: readonly Saving[]): string[] {
  if (savings.length === 0) return [];
  const rows = savings
    .slice(0, mostSavings)
    .map(({ topic, consumer, choice, dollars: saved }): Row => {
      const place = consumer === undefined ? topic : `${topic}/${consumer}`;
      return [`${place}: ${choice}`, saved];
    });
  return section("what one other choice would save", rows);
}

function details(items: readonly CostItem[]): Row[] {
  return sums(items, (item) => `${placeOf(item)}: ${item.service} ${item.what}`);
}

function placeOf({ topic, consumer }: CostItem): string {
  if (topic === undefined) return "the stack";
  return consumer === undefined ? topic : `${topic}/${consumer}`;
}

/** The largest first. */
function sums(items: readonly CostItem[], nameOf: (item: CostItem) => string): Row[] {
  const byName = Map.groupBy(items, nameOf);
  return [...byName]
    .map(([name, group]): Row => [name, total(group)])
    .sort(([, a], [, b]) => b - a);
}

function lines(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${dollars(value).padStart(12)}`);
}

function dollars(value: number): string {
  return value.toLocaleString("en", { style: "currency", currency: "USD" });
}
