import { rules } from "../../components/validation/checkFanoutTopic.ts";

type Row = {
  readonly about: string;
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly source: string;
};

const titles: Readonly<Record<keyof typeof rules, string>> = {
  topic: "The topic",
  source: "A source: a bucket's rule",
  publisher: "A publisher",
  subscriber: "A subscriber of another account",
  consumer: "A consumer",
};

/** docs/rules.md: every rule that the arguments of a FanoutTopic are put to. */
export function rulesPage(): string {
  const tables = Object.entries(titles).map(([part, title]) => {
    const of: readonly Row[] = rules[part as keyof typeof rules];
    return [`## ${title}`, "", ...table(of)].join("\n");
  });
  return `${[introduction, ...tables].join("\n\n")}\n`;
}

const introduction = `# Rules

<!-- Made by \`npm run docs:rules\` from components/validation; do not edit. -->

What \`FanoutTopic\` checks before it makes the first resource: what AWS would refuse only when it is
deployed, or would take and then lose messages by. All problems are reported at once. An error stops the
preview, a warning is written to Pulumi's log. A value that is not known yet, an Output, stops no preview;
where a rule reads it, it is checked as soon as it is known.

Besides these, every field has to be one that exists (a mistyped one is refused, and the nearest name said)
and of its type.`;

function table(rows: readonly Row[]): string[] {
  return [
    "| field | rule | | source |",
    "| --- | --- | --- | --- |",
    ...rows.map(
      ({ about, rule, severity, source }) =>
        `| ${fields(about)} | ${plain(rule)} | ${severity} | ${linked(source)} |`,
    ),
  ];
}

function fields(about: string): string {
  return about
    .split(", ")
    .map((field) => (/^[\w.[\]]+$/.test(field) ? `\`${field}\`` : field))
    .join(", ");
}

/** A page of AWS by its name; a reason of ours as it is. */
function linked(source: string): string {
  if (!source.startsWith("https://")) return plain(source);
  const page = source
    .split("/")
    .at(-1)
    ?.replace(/\.html$/, "");
  return `[${page}](${source})`;
}

/** A bar would end the cell; a star or a line below, outside of code, would begin emphasis. */
function plain(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .split("`")
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/[*_]/g, "\\$&") : part))
    .join("`");
}
