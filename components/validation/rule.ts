import type { Input } from "@pulumi/pulumi";
import { show } from "./problem.ts";
import { isDeferred } from "./schema.ts";

/** A rule of AWS or of the components, and its check. docs/rules.md is generated from these. */
export type Rule<Subject> = {
  /** The field or fields, for example `batchSize`. */
  readonly about: string;
  /** The rule in words, with its limits. */
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** The page of the rule, or its reason. */
  readonly source: string;
  /** The problems of the subject; undefined if there are none, or if a value is not known. */
  readonly check: (subject: Subject) => string | readonly string[] | undefined;
};

/** A plain value; undefined for an Output. */
export function known<T>(value: Input<T> | undefined): T | undefined {
  return value === undefined || isDeferred(value) ? undefined : value;
}

/** The rule that a whole number is between two inclusive limits. */
export function range<Subject>(definition: {
  about: string;
  min: number;
  max: number;
  unit?: string;
  source: string;
  value: (subject: Subject) => Input<number> | undefined;
}): Rule<Subject> {
  const { about, min, max, unit, source, value } = definition;
  const limits = `${grouped(min)} to ${grouped(max)}${unit ? ` ${unit}` : ""}`;
  return {
    about,
    rule: limits,
    severity: "error",
    source,
    check: (subject) => {
      const given = known(value(subject));
      if (given === undefined || (given >= min && given <= max)) return undefined;
      return `${about} must be ${limits} (given ${show(given)})`;
    },
  };
}

/** 1209600 as `1,209,600`. */
export function grouped(number: number): string {
  return number.toLocaleString("en-US");
}
